package lift

import (
	"math"

	"github.com/shirube/shirube/internal/stat"
)

// Verdict is what can be said of an arm against the control.
type Verdict string

// The verdicts. Same is only given where it was said which difference matters.
const (
	Higher     Verdict = "higher"
	Lower      Verdict = "lower"
	Same       Verdict = "same"
	CannotTell Verdict = "cannot-tell"
)

// Reason is why something is not said.
type Reason string

// The reasons.
const (
	TooFew          Reason = "too-few"           // people, or people with an outcome other than 0
	NoVariation     Reason = "no-variation"      // everyone has the same outcome
	ControlZero     Reason = "control-zero"      // no relative difference exists
	ControlNearZero Reason = "control-near-zero" // the relative difference rests on nothing firm
	NoDenominator   Reason = "no-denominator"    // what the outcome is counted per sums to 0
	OutOfRange      Reason = "out-of-range"      // numbers too large to be squared
)

// How many people an arm needs, and how many outcomes other than 0 both need together,
// before the normal approximation is trusted with a verdict.
const (
	leastPeople   = 10
	leastOutcomes = 10
)

// DefaultTuning is where always-valid intervals are narrowest unless said otherwise.
const DefaultTuning = 5000

// Question says how arms are compared. The zero value asks at 5 %.
type Question struct {
	Alpha   float64 // level of verdicts; 0 is .05
	Tuning  float64 // people of both arms at which always-valid intervals are narrowest; 0 is 5,000
	Matters float64 // relative difference that would matter; 0 where nobody said
	Before  bool    // a number from before is in the tallies (CUPED)
}

// Difference is a difference with its 95 % intervals, for one planned look and for looking
// at any time; an interval that does not exist is nil.
type Difference struct {
	Value      float64
	CI, Always *[2]float64
}

// Comparison is one arm against the control. Its p-values are those of equal means
// (Welch), unadjusted in P and AlwaysP, adjusted for the number of arms (Holm) in the
// others; 1 where nothing can be tested.
type Comparison struct {
	N, Mean                   float64     // Mean is not adjusted
	Relative, Absolute        *Difference // nil where they do not exist
	P, AlwaysP                float64
	AdjustedP, AdjustedAlways float64
	Verdict                   Verdict
	OneLook                   bool    // the verdict holds for one planned look, not yet for many
	Reason                    Reason  // why there is no verdict, or no relative difference
	Better                    float64 // probability that the arm's mean is higher, from these data alone
	VarianceLeft              float64 // share of the variance that the adjustment leaves; 1 without
	Theta                     float64
	Needed                    *Needed // what it takes until the question is settled; nil where it is, or no realistic number would do
}

// Needed is how many more people, in this arm and the control together, settle with 80 %
// chance, under always-valid intervals, whether there is a difference of this size.
type Needed struct {
	Effect float64 // relative
	People float64
}

// mostTimes is how many times today's size is still a realistic plan.
const mostTimes = 100

// Compare judges every arm against the control. Nothing is NaN in the result; what does not
// exist is nil with a reason.
func Compare(control *Tally, arms []*Tally, q Question) []Comparison {
	if !(q.Alpha > 0 && q.Alpha < 1) {
		q.Alpha = 0.05
	}
	if !(q.Tuning > 0) {
		q.Tuning = DefaultTuning
	}
	out := make([]Comparison, len(arms))
	estimates := make([]Estimate, len(arms))
	p, always := make([]float64, len(arms)), make([]float64, len(arms))
	for i, arm := range arms {
		out[i], estimates[i] = q.compare(control, arm)
		p[i], always[i] = out[i].P, out[i].AlwaysP
	}
	p, always = stat.Holm(p), stat.Holm(always)
	for i := range out {
		out[i].AdjustedP, out[i].AdjustedAlways = p[i], always[i]
		out[i].decide(q)
		out[i].need(control, estimates[i], q)
	}
	return out
}

func (q Question) compare(control, arm *Tally) (Comparison, Estimate) {
	a, okA := control.Pair()
	b, okB := arm.Pair()
	c := Comparison{N: arm.N, Mean: b.Post.Mean, Verdict: CannotTell, Better: 0.5, VarianceLeft: 1, P: 1, AlwaysP: 1}
	switch {
	case !a.usable() || !b.usable():
		c.Mean, c.Reason = 0, OutOfRange
		return c, Estimate{}
	case arm.N == 0 || control.N == 0:
		c.Reason = TooFew
		return c, Estimate{}
	case !okA || !okB:
		c.Reason = NoDenominator
		return c, Estimate{}
	}
	if q.Before {
		c.Theta = Theta(a, b)
		c.VarianceLeft = VarianceRatio(a, b, c.Theta)
	}
	e, ok := AbsoluteAdjusted(a, b, c.Theta)
	switch {
	case control.N < leastPeople || arm.N < leastPeople:
		c.Reason = TooFew
	case !ok:
		c.Reason = NoVariation
	case control.Nonzero+arm.Nonzero < leastOutcomes:
		c.Reason = TooFew
	}
	if ok {
		q.judge(&c, e, newShare(a, b, c.Theta))
	}
	return c, e
}

// judge fills in the differences, their intervals and p-values.
func (q Question) judge(c *Comparison, e Estimate, s share) {
	at95, asked := Always{Alpha: 0.05, Tuning: q.Tuning}, Always{Alpha: q.Alpha, Tuning: q.Tuning}
	ci, always := e.Interval(0.05, Both), at95.Interval(e, Both)
	c.Absolute = &Difference{Value: e.Value, CI: &ci, Always: &always}
	c.P, c.AlwaysP = e.PValue(Both), asked.PValue(e, Both)
	c.Better = stat.NormalTail(-e.Value / e.SE)
	if s.m == 0 || !usable(s.value()) {
		c.reason(ControlZero)
		return
	}
	c.Relative = &Difference{Value: s.value()}
	if ci, ok := s.interval(stat.StudentQuantile(0.975, e.DF)); ok {
		c.Relative.CI = &ci
	} else {
		c.reason(ControlNearZero)
	}
	if ci, ok := s.interval(at95.Half(e.N, e.N, Both)); ok {
		c.Relative.Always = &ci
	}
}

// reason keeps the first reason there is.
func (c *Comparison) reason(r Reason) {
	if c.Reason == "" {
		c.Reason = r
	}
}

// decide gives the verdict by the always-valid p, and notes one that only holds for a
// single look.
func (c *Comparison) decide(q Question) {
	if c.Absolute == nil || c.Reason == TooFew || c.Reason == NoVariation {
		return
	}
	direction := Higher
	if c.Absolute.Value < 0 {
		direction = Lower
	}
	same := c.Relative != nil && c.Relative.Always != nil && c.Relative.Always[0] > -q.Matters && c.Relative.Always[1] < q.Matters
	switch {
	case same:
		c.Verdict = Same
	case c.AdjustedAlways <= q.Alpha:
		c.Verdict = direction
	case c.AdjustedP <= q.Alpha:
		c.Verdict, c.OneLook = direction, true
	}
}

// need computes how many more people it takes: for the difference that matters where
// somebody said which, else for the one seen so far.
func (c *Comparison) need(control *Tally, e Estimate, q Question) {
	if c.Relative == nil || c.Reason != "" || c.Verdict != CannotTell && !c.OneLook {
		return
	}
	effect := q.Matters
	if effect == 0 {
		effect = math.Abs(c.Relative.Value)
	}
	pair, _ := control.Pair()
	plan := Plan{Effect: effect * math.Abs(pair.Post.Mean), Power: 0.8, Alpha: q.Alpha, Always: &Always{Alpha: q.Alpha, Tuning: q.Tuning}}
	times, ok := plan.More(e)
	if !ok || times > mostTimes {
		return
	}
	c.Needed = &Needed{Effect: effect, People: math.Ceil(times * e.N)}
}
