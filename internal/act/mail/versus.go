package mail

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

// What two wordings of a mail are told apart by.
const (
	ByClicks = "clicks" // people who followed a link
	ByOpens  = "opens"  // people who opened it
	ByKPI    = "kpi"    // people with an event of a KPI
)

// Yardsticks are all of them, the usual one first.
var Yardsticks = []string{ByClicks, ByOpens, ByKPI}

// KnownYardstick reports whether there is such a yardstick; "" is the usual one.
func KnownYardstick(by string) bool { return by == "" || slices.Contains(Yardsticks, by) }

// Arm is what came of one of two wordings of a mail.
type Arm struct {
	People int // whose mail was taken, each counted once
	Did    int // of them, did what the wordings are told apart by
}

// Contest is two wordings of a mail, sent to people by lot.
type Contest struct {
	A, B   Arm
	ShareB float64 // planned share that is sent B, within (0, 1)
	By     string  // one of Yardsticks; ByClicks where empty
	KPI    string  // its name, with ByKPI
}

// Versus is B against A: of a hundred people, how many more did it. The interval holds 95 %
// however often one looks; nil where there is too little to say one.
type Versus struct {
	Verdict    lift.Verdict
	Difference float64 // share, not percent
	Interval   *[2]float64
	Needed     int // people more until it should be told; 0 nobody can say
	Sentence   words.Text
}

const (
	// fewestDid did it before a range is worth showing, unless a difference is told already.
	fewestDid = 10
	// fewestToAccuse people are needed before the lot can be said to have gone wrong.
	fewestToAccuse = 100
	// mattersLeast is the smallest relative difference that is waited for.
	mattersLeast = 0.1
)

// Judge compares the wordings. What is known is the lot: were both alike, each person who
// did it had B with the planned chance. That is judged exactly, however few they are and
// however often one looks.
func (c Contest) Judge() Versus {
	c.A.Did, c.B.Did = min(c.A.Did, c.A.People), min(c.B.Did, c.B.People)
	yes := func(a Arm) lift.Yes { return lift.Yes{People: float64(a.People), Yes: float64(a.Did)} }
	h := lift.HeldOut{Treated: yes(c.B), Held: yes(c.A), Share: 1 - c.ShareB}
	v := Versus{Verdict: lift.CannotTell}
	did, people := c.A.Did+c.B.Did, c.A.People+c.B.People
	found, ok := h.Absolute()
	told := ok && h.Told()
	if !ok || did < fewestDid && !told {
		v.Sentence = words.Join([]words.Text{words.T("まだ人数か、", "There are too few people yet, or "), c.things(), words.T("が少なすぎて、A と B を比べられません。", ", to compare A with B.")}, "", "")
		return v
	}
	if test, ok := lift.Mismatch([]float64{float64(c.A.People), float64(c.B.People)}, []float64{1 - c.ShareB, c.ShareB}); ok && people >= fewestToAccuse && test.P < lift.MismatchBelow {
		v.Sentence = words.T("A と B に届いた人数が、くじの割合と合いません。片方だけ届きにくくなっていないか、確かめてください。", "A and B did not reach people in the shares of the lot. See whether one of them is held back or refused.")
		return v
	}
	v.Difference, v.Interval = found.Value, found.Always
	if told && found.Value != 0 {
		v.Verdict = lift.Higher
		better, worse, low, high := WordingB, WordingA, v.Interval[0], v.Interval[1]
		if found.Value < 0 {
			v.Verdict = lift.Lower
			better, worse, low, high = WordingA, WordingB, -high, -low
		}
		v.Sentence = words.Join([]words.Text{c.more(better, worse, hundred(math.Abs(v.Difference)), hundred(low), hundred(high)),
			words.T("偶然では説明しにくい差です。次は %s の文面で送るとよさそうです。", "Chance hardly explains it: write the next one like %s.", better)}, "", " ")
		return v
	}
	v.Needed = needed(h, found.Value)
	v.Sentence = words.Join([]words.Text{words.T("A と B に差があるとも、ないとも、まだ言えません(", "Whether A and B differ cannot be told yet ("), words.T("100人あたり %[1]s〜%[2]s人", "%[1]s to %[2]s of a hundred people", signed(v.Interval[0]), signed(v.Interval[1])), words.T(")。", ").")}, "", "")
	if v.Needed > 0 {
		v.Sentence = words.Join([]words.Text{v.Sentence, words.T("この差が本物かどうかは、あと約%s人で分かる見込みです。", "Whether it is real should be known after about %s more people.", words.Group(float64(roundUp(v.Needed)), 0))}, "", " ")
	}
	return v
}

// The names of the two wordings; they stand on screens.
const (
	WordingA = "A"
	WordingB = "B"
)

// needed is how many people more it takes, with 80 % chance, until a difference of the size
// seen, or of the smallest that matters, is told.
func needed(h lift.HeldOut, seen float64) int {
	rate := (h.Treated.Yes + h.Held.Yes) / (h.Treated.People + h.Held.People)
	base, _ := h.Held.Rate()
	aim := mattersLeast
	if base > 0 && math.Abs(seen/base) > aim {
		aim = seen / base
	}
	more, ok := h.More(max(aim, -0.99))
	if people := more / rate; ok && people > 0 && people < 1e8 {
		return int(math.Ceil(people))
	}
	return 0
}

// things is what is counted.
func (c Contest) things() words.Text {
	switch c.By {
	case ByOpens:
		return words.T("開封", "openings")
	case ByKPI:
		return words.T("「%s」に至った方", "people who came to “%s”", c.KPI)
	}
	return words.T("クリック", "clicks")
}

// more says that one wording does more, of a hundred people.
func (c Contest) more(better, worse, by, low, high string) words.Text {
	switch c.By {
	case ByOpens:
		return words.T("%[1]s のほうが、100人あたり%[3]s人多く開かれています(%[4]s〜%[5]s人)。", "Of a hundred people, %[3]s more open %[1]s than %[2]s (%[4]s to %[5]s).", better, worse, by, low, high)
	case ByKPI:
		return words.T("%[1]s のほうが、100人あたり%[3]s人多く「%[6]s」に至っています(%[4]s〜%[5]s人)。", "Of a hundred people, %[3]s more come to “%[6]s” after %[1]s than after %[2]s (%[4]s to %[5]s).", better, worse, by, low, high, c.KPI)
	}
	return words.T("%[1]s のほうが、100人あたり%[3]s人多くクリックされています(%[4]s〜%[5]s人)。", "Of a hundred people, %[3]s more follow %[1]s than %[2]s (%[4]s to %[5]s).", better, worse, by, low, high)
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
