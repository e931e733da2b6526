package insight

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

func people(n, yes int) *lift.Tally {
	t := &lift.Tally{}
	for i := range n {
		outcome := 0.0
		if i < yes {
			outcome = 1
		}
		t.Add(outcome, 1, 0)
	}
	return t
}

// Every outcome of an experiment has a sentence in both languages, without a word of
// statistics.
func TestLiftSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		control, arm *lift.Tally
		days         int
		matters      float64
		ja, en       string
	}{
		{"more", people(2000, 200), people(2000, 344), 0, 0,
			"「Mens」の「来訪」は「なし」より約72%多く、この差は偶然では説明しにくいものです。",
			"With “Mens”, “来訪” is about 72% higher than with “なし”, and chance hardly explains the difference."},
		{"less", people(2000, 300), people(2000, 200), 0, 0,
			"「Mens」の「来訪」は「なし」より約33%少なく、この差は偶然では説明しにくいものです。",
			"With “Mens”, “来訪” is about 33% lower than with “なし”, and chance hardly explains the difference."},
		{"nothing in the control", people(5000, 0), people(5000, 60), 0, 0,
			"「Mens」の「来訪」は「なし」より1.20ポイント多く、この差は偶然では説明しにくいものです。",
			"With “Mens”, “来訪” is 1.20 points higher than with “なし”, and chance hardly explains the difference."},
		{"one look", people(2000, 200), people(2000, 245), 10, 0,
			"「Mens」の「来訪」は「なし」より約22%多くなっています。見る日を前もって決めていたのなら、偶然では説明しにくい差です。途中で何度も見ているなら、まだ決めずに続けてください。22%の差があるかどうかは、あと約8,000人(いまの調子で約20日)で分かる見込みです。",
			"With “Mens”, “来訪” is about 22% higher than with “なし”. If the day of looking was fixed beforehand, chance hardly explains it; if you look again and again, do not decide yet. Whether there is a difference of 22% should be known after about 8,000 more people (about 20 days at this rate)."},
		{"not yet", people(2000, 200), people(2000, 210), 0, 0.1,
			"「来訪」は、「Mens」と「なし」で差があるとも、ないとも、まだ言えません。10%の差があるかどうかは、あと約58,000人で分かる見込みです。",
			"Whether “来訪” differs between “Mens” and “なし” cannot be told yet. Whether there is a difference of 10% should be known after about 58,000 more people."},
		{"no difference to speak of", people(2000, 200), people(2000, 200), 0, 0,
			"「来訪」は、「Mens」と「なし」で差があるとも、ないとも、まだ言えません。いまの差はごく小さく、どれだけ集めれば分かるかの見当もつきません。どれくらいの差なら意味があるかを --matters で決めてください。",
			"Whether “来訪” differs between “Mens” and “なし” cannot be told yet. The difference so far is so small that no number of people can be named. Say with --matters which difference would matter."},
		{"hopeless", people(2000, 200), people(2000, 210), 0, 0.001,
			"「来訪」は、「Mens」と「なし」で差があるとも、ないとも、まだ言えません。0.1%の差は、現実的な人数では見分けられません。",
			"Whether “来訪” differs between “Mens” and “なし” cannot be told yet. No realistic number of people tells a difference of 0.1%."},
		{"the same", people(100000, 20000), people(100000, 20010), 0, 0.05,
			"「Mens」の「来訪」は「なし」とほとんど変わりません。差があっても5%までです。",
			"With “Mens”, “来訪” is practically the same as with “なし”: any difference is within 5%."},
		{"too few", people(5, 2), people(5, 3), 0, 0,
			"「Mens」と「なし」は、まだ人数か件数が少なすぎて比べられません。",
			"There are too few people or outcomes yet to compare “Mens” with “なし”."},
		{"all alike", people(50, 50), people(50, 50), 0, 0,
			"「来訪」が全員同じなので、「Mens」と「なし」の差は調べられません。",
			"“来訪” is the same for everyone, so “Mens” and “なし” cannot be told apart."},
	} {
		in := LiftInput{Outcome: "来訪", Share: true, Control: LiftArm{"なし", c.control}, Arms: []LiftArm{{"Mens", c.arm}}, Days: c.days, Question: lift.Question{Matters: c.matters}}
		for _, l := range []struct {
			lang words.Lang
			want string
		}{{words.JA, c.ja}, {words.EN, c.en}} {
			in.Lang = l.lang
			if got := Lift(in).Arms[0].Sentence; got != l.want {
				t.Errorf("%s:\n got %s\nwant %s", c.name, got, l.want)
			}
		}
	}
}

// A split that is not as planned is told before anything is believed.
func TestLiftWarnings(t *testing.T) {
	t.Parallel()
	in := LiftInput{Outcome: "来訪", Control: LiftArm{"なし", people(1000, 100)}, Arms: []LiftArm{{"A", people(1200, 130)}}, LeftOut: 3, Lang: words.JA}
	report := Lift(in)
	if m := report.Mismatch; m == nil || !m.Found || !m.Assumed || len(report.Warnings) != 2 || !strings.Contains(report.Warnings[0], "--expect") || !strings.Contains(report.Warnings[1], "3行") {
		t.Errorf("%+v %v", report.Mismatch, report.Warnings)
	}
	in.Planned = []float64{10, 12}
	if report = Lift(in); report.Mismatch.Found || report.Mismatch.Assumed {
		t.Errorf("as planned: %+v", report.Mismatch)
	}
	in.Planned = []float64{1, 1}
	if report = Lift(in); !strings.Contains(report.Warnings[0], "計画と違います") {
		t.Errorf("%v", report.Warnings)
	}
	in.Arms[0].Tally = people(1200, 600)
	if report = Lift(in); !strings.HasSuffix(report.Arms[0].Sentence, "この結果は信用できません。") {
		t.Errorf("a result of a broken split: %s", report.Arms[0].Sentence)
	}
}
