// Package selfcheck is the two-minute check: what a team can do and how much time it has,
// and with that what to take on itself, what to learn, and what to hand to somebody outside.
// What the goal is and what is decided stays with the team whatever the answers are.
package selfcheck

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/words"
)

// Skill is how well somebody can do a piece of work.
type Skill int

// The skills, as they are asked.
const (
	Unneeded Skill = -1 // the team does not do this at all
	Never    Skill = 0
	Helped   Skill = 1 // with a book or somebody beside
	Alone    Skill = 2
	Teaches  Skill = 3
)

// MostHours is the most that is taken for hours of one person in a month.
const MostHours = 200

// learning is how much longer work takes somebody who still needs help.
const learning = 1.5

// Work is one kind of work that a living map takes.
type Work struct {
	ID    string
	Name  words.Text
	Asked words.Text // what whoever answers is asked about
	Hours float64    // a month, roughly: what a small team with one map spends
	Keep  bool       // stays with the team: nobody outside can know what it wants
}

// Works is every kind of work, in the order it is asked.
var Works = []Work{
	{"goal", words.T("目標を数にする", "Putting the goal into numbers"),
		words.T("何を・いつまでに・いくつ、を決めて、関係する人と合わせる", "Settling what, by when and how many, with everyone concerned"), 2, true},
	{"numbers", words.T("数字を集める", "Bringing numbers in"),
		words.T("SNSや広告、GA4、顧客リストから数字を出して、そろえる", "Getting numbers out of social media, ads, GA4 and lists, and matching them"), 3, false},
	{"tags", words.T("計測の設定", "Setting up the measuring"),
		words.T("サイトに計測タグを入れ、届いているか確かめる", "Putting the tag into the site and checking that it arrives"), 1, false},
	{"reading", words.T("数字を読んで決める", "Reading numbers and deciding"),
		words.T("なぜ変わったかを考え、次に何をするか決める", "Thinking about why something changed, and deciding what comes next"), 4, true},
	{"content", words.T("投稿や記事をつくる", "Making posts and pages"),
		words.T("企画し、書いて、出しつづける", "Planning, writing and keeping at it"), 20, false},
	{"ads", words.T("広告を回す", "Running ads"),
		words.T("予算を決め、出して、見直す", "Setting a budget, running, adjusting"), 6, false},
	{"mail", words.T("フォームとメール", "Forms and mail"),
		words.T("問い合わせの受け口と、そのあとのメールや自動化をつくる", "Building the form and what is sent after it"), 5, false},
	{"review", words.T("定期点検を回す", "Running the reviews"),
		words.T("決まった日に集まり、決めたことを残して、次で確かめる", "Meeting on the day, keeping what was decided, checking it the next time"), 2, true},
}

// Answer is what one person said.
type Answer struct {
	Person string // id
	Name   string
	Skills map[string]Skill // by the id of a work; absent = Never
	Hours  float64          // a month
}

// Verdict is what is best done with a piece of work.
type Verdict string

// The verdicts, from one's own hands to those of others.
const (
	Own      Verdict = "own"      // the team does it
	Learn    Verdict = "learn"    // the team does it and learns on the way
	Together Verdict = "together" // the team decides, somebody helps
	Hand     Verdict = "hand"     // somebody outside does it
	None     Verdict = "none"     // it is not needed
)

// Line is the verdict on one piece of work.
type Line struct {
	Work    Work
	Verdict Verdict
	Skill   Skill      // the best in the team
	By      string     // who that is; "" where nobody can
	Hours   float64    // a month, for whoever does it
	Reason  words.Text // one sentence
}

// Result is what the answers come to.
type Result struct {
	Lines  []Line
	Hours  float64 // the team has, a month
	Own    float64 // it spends on what it keeps
	Handed float64 // hours of work that go to others
	Short  bool    // the time is not even enough for what has to stay
}

// Weigh tells what to take on and what to hand over. Time goes first to what has to stay
// with the team, then to what it can do best; at the first piece that there is no time
// for it ends, so that more time never takes a piece of work away.
func Weigh(answers []Answer) Result {
	var r Result
	for _, a := range answers {
		r.Hours += min(max(a.Hours, 0), MostHours)
	}
	lines := make([]Line, len(Works))
	for i, work := range Works {
		lines[i] = Line{Work: work}
		lines[i].Skill, lines[i].By = best(answers, work.ID)
	}
	order := make([]*Line, len(lines))
	for i := range lines {
		order[i] = &lines[i]
	}
	slices.SortStableFunc(order, func(a, b *Line) int {
		return cmp.Or(boolRank(b.Work.Keep)-boolRank(a.Work.Keep), cmp.Compare(b.Skill, a.Skill), cmp.Compare(a.Work.Hours, b.Work.Hours))
	})
	left, full := r.Hours, false
	for _, line := range order {
		line.Hours = line.Work.Hours
		if line.Skill == Helped {
			line.Hours *= learning
		}
		switch {
		case line.Skill == Unneeded:
			line.Verdict, line.Hours = None, 0
			continue
		case line.Work.Keep:
			r.Short = r.Short || line.Hours > left
			line.Verdict = kept(line.Skill, line.Hours > left)
		case line.Skill == Never:
			line.Verdict = Hand
		case full || line.Hours > left:
			full, line.Verdict = true, Hand
		case line.Skill == Helped:
			line.Verdict = Learn
		default:
			line.Verdict = Own
		}
		if line.Verdict == Hand {
			line.Hours = line.Work.Hours
			r.Handed += line.Hours
			continue
		}
		left -= line.Hours
		r.Own += line.Hours
	}
	for i := range lines {
		lines[i].Reason = reason(lines[i])
	}
	r.Lines = lines
	return r
}

// kept is how a team does what has to stay with it.
func kept(skill Skill, short bool) Verdict {
	switch {
	case skill == Never || short:
		return Together
	case skill == Helped:
		return Learn
	}
	return Own
}

// best is the highest skill and whose it is: of several, the one with more time.
func best(answers []Answer, work string) (Skill, string) {
	skill, by, hours := Unneeded, "", -1.0
	if len(answers) == 0 {
		return Never, ""
	}
	for _, a := range answers {
		s := min(max(a.Skills[work], Unneeded), Teaches)
		if s > skill || s == skill && a.Hours > hours {
			skill, by, hours = s, a.Name, a.Hours
		}
	}
	if skill <= Never {
		by = ""
	}
	return skill, by
}

func reason(line Line) words.Text {
	switch line.Verdict {
	case Own:
		return words.T("%[1]sさんができます。自分たちで続けられます。", "%[1]s can do it. It stays with you.", line.By)
	case Learn:
		return words.T("%[1]sさんが、はじめは教わりながら回せます。慣れるまでは時間を多めにみています。",
			"%[1]s can run it with some help at first. More time is set aside until then.", line.By)
	case Together:
		return words.T("決めるのは自分たちです。形づくりを、くわしい人に手伝ってもらいましょう。",
			"The decision is yours. Let somebody who knows help you shape it.")
	case None:
		return words.T("いまは要りません。", "Not needed for now.")
	}
	if line.Skill == Never {
		return words.T("やったことのある人がいません。任せたほうが、早くて確かです。", "Nobody has done it before. Handing it over is quicker and safer.")
	}
	return words.T("できる人はいますが、時間が足りません。任せると、読んで決めることに時間を使えます。",
		"Somebody could, but there is no time. Handed over, your time goes into reading and deciding.")
}

func boolRank(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
