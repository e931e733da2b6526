package mail

import (
	"math"

	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

// Arm is what came of one of two ways to write a mail.
type Arm struct {
	Sent    int // mails that were taken
	Clicked int // of them, followed by a person
}

func (a Arm) tally() *lift.Tally {
	t := &lift.Tally{}
	for n := range a.Sent {
		clicked := 0.0
		if n < a.Clicked {
			clicked = 1
		}
		t.Add(clicked, 1, 0)
	}
	return t
}

// Versus is B against A: of a hundred mails, how many more were followed. The interval
// holds 95 % however often one looks; nil where there is too little to say one.
type Versus struct {
	Verdict    lift.Verdict
	Difference float64 // share, not percent
	Interval   *[2]float64
	Needed     int // mails more until it should be told; 0 nobody can say
	Sentence   words.Text
}

// Compare compares two ways to write a mail by clicks of people.
func Compare(a, b Arm) Versus {
	a.Clicked, b.Clicked = min(a.Clicked, a.Sent), min(b.Clicked, b.Sent)
	found := lift.Compare(a.tally(), []*lift.Tally{b.tally()}, lift.Question{})[0]
	v := Versus{Verdict: found.Verdict}
	if found.OneLook { // it holds for one planned look: here people look every day
		v.Verdict = lift.CannotTell
	}
	if found.Absolute != nil {
		v.Difference, v.Interval = found.Absolute.Value, found.Absolute.Always
	}
	if found.Reason == lift.TooFew || found.Reason == lift.NoVariation {
		v.Interval, v.Sentence = nil, words.T("まだ通数かクリックが少なすぎて、A と B を比べられません。", "There are too few mails or clicks yet to compare A with B.")
		return v
	}
	if v.Interval == nil {
		v.Sentence = words.T("A と B を比べられません。", "A and B cannot be compared.")
		return v
	}
	if v.Verdict == lift.Higher || v.Verdict == lift.Lower {
		better, worse, low, high := "B", "A", v.Interval[0], v.Interval[1]
		if v.Verdict == lift.Lower {
			better, worse, low, high = "A", "B", -high, -low
		}
		v.Sentence = words.T("%[1]s のほうが、100通あたり%[3]s回多くクリックされています(%[4]s〜%[5]s回)。偶然では説明しにくい差です。次は %[1]s の書き方で送るとよさそうです。",
			"Of a hundred mails, %[1]s is followed %[3]s times more than %[2]s (%[4]s to %[5]s). Chance hardly explains it: write the next one like %[1]s.",
			better, worse, hundred(math.Abs(v.Difference)), hundred(low), hundred(high))
		return v
	}
	if found.Needed != nil {
		v.Needed = int(found.Needed.People)
	}
	more := words.Text{}
	if v.Needed > 0 {
		more = words.T("この差が本物かどうかは、あと約%s通で分かる見込みです。", " Whether it is real should be known after about %s more mails.", words.Group(float64(roundUp(v.Needed)), 0))
	}
	v.Sentence = words.Join([]words.Text{words.T("A と B に差があるとも、ないとも、まだ言えません(100通あたり %s〜%s回)。", "Whether A and B differ cannot be told yet (%s to %s clicks of a hundred mails).",
		signed(v.Interval[0]), signed(v.Interval[1])), more}, "", "")
	return v
}

func hundred(share float64) string { return words.Group(share*100, 1) }

func signed(share float64) string {
	switch {
	case math.Abs(share) < 0.0005:
		return "±0.0"
	case share > 0:
		return "+" + hundred(share)
	}
	return "−" + hundred(-share)
}

// roundUp keeps two figures: an estimate is no more exact than that.
func roundUp(n int) int {
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	return (n + unit - 1) / unit * unit
}
