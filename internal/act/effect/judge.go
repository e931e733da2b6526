package effect

import (
	"math"

	"github.com/shirube/shirube/internal/stat/lift"
)

// Verdict is what can be said of an automation.
type Verdict string

// The verdicts. All but CannotTell hold however often one looks.
const (
	Works      Verdict = "works"
	Harms      Verdict = "harms"
	Same       Verdict = "same" // any difference is smaller than a tenth of the outcome
	CannotTell Verdict = "cannot-tell"
)

// Reason is why something is not said.
type Reason string

// The reasons.
const (
	NoHoldout  Reason = "no-holdout" // nobody is held out, so there is nobody to compare with
	NobodyYet  Reason = "nobody-yet" // nobody's days of watching are over
	NoOutcome  Reason = "no-outcome" // nobody has had the outcome
	NotYet     Reason = "not-yet"    // too few so far
	Mismatched Reason = "mismatch"   // people did not fall into the arms as the lot says
	NoOne      Reason = "no-one"     // nobody enters any more, so that waiting tells nothing
	TooSlow    Reason = "too-slow"   // at this pace it takes longer than is worth telling
	Decided    Reason = "decided"    // nothing is left to wait for
	Unmeasured Reason = "unmeasured" // nothing of the outcome is known person by person
)

// matters is the smallest relative difference that is waited for.
const matters = 0.1

// longestWait is the most days to a decision that are named: beyond that nobody plans.
const longestWait = 730

// Effect is what the comparison showed. Differences are nil where they do not exist.
type Effect struct {
	Counted
	Verdict  Verdict
	Reason   Reason           // of CannotTell
	Absolute *lift.Difference // in outcomes a person
	Relative *lift.Difference // the upper end may be +Inf
	// Days is how long it takes at this pace until it is settled, with 80 % chance,
	// whether there is a difference of the size of Aim; 0 with a Wait.
	Days int
	Aim  float64 // relative
	Wait Reason  // why there are no Days
}

// Judge compares the arms.
func Judge(c Counted) Effect {
	e := Effect{Counted: c, Verdict: CannotTell}
	h := lift.HeldOut{Treated: c.Sent, Held: c.Held, Share: c.Share}
	switch {
	case !(c.Share > 0):
		e.Reason, e.Wait = NoHoldout, NoHoldout
		return e
	case c.Sent.People+c.Held.People == 0:
		e.Reason = NobodyYet
		e.wait(h)
		return e
	}
	if a, ok := h.Absolute(); ok {
		e.Absolute = &a
	}
	if r, ok := h.Relative(); ok {
		e.Relative = &r
	}
	test, ok := lift.Mismatch([]float64{c.Held.People, c.Sent.People}, []float64{c.Share, 1 - c.Share})
	switch {
	case ok && c.Sent.People+c.Held.People >= fewestToAccuse && test.P < lift.MismatchBelow:
		e.Reason, e.Wait = Mismatched, Mismatched
		return e
	case c.Sent.Yes+c.Held.Yes == 0:
		e.Reason = NoOutcome
	case !h.Usable():
		e.Reason = NotYet
	case h.Told() && e.Absolute.Value > 0:
		e.Verdict = Works
	case h.Told() && e.Absolute.Value < 0:
		e.Verdict = Harms
	case e.Relative != nil && e.Relative.Always[0] > -matters && e.Relative.Always[1] < matters:
		e.Verdict = Same
	default:
		e.Reason = NotYet
	}
	e.wait(h)
	return e
}

// fewestToAccuse: below that many people the test of the split is not exact enough to
// accuse anybody.
const fewestToAccuse = 100

// wait tells how long it takes until the question is settled.
func (e *Effect) wait(h lift.HeldOut) {
	if e.Verdict != CannotTell {
		e.Wait = Decided
		return
	}
	if e.Reason == NobodyYet || e.Reason == NoOutcome || !h.Usable() {
		e.Wait = e.Reason
		return
	}
	if !(e.ADay > 0) {
		e.Wait = NoOne
		return
	}
	e.Aim = matters
	if r := e.Relative; r != nil {
		seen := r.Value
		if math.IsInf(seen, 1) {
			seen = max(1, r.CI[0]) // nobody held out has it yet: at least a doubling is to be told
		}
		if math.Abs(seen) > e.Aim {
			e.Aim = seen
		}
	}
	if e.Aim <= -1 {
		e.Aim = -0.99
	}
	more, ok := h.More(e.Aim)
	rate := (h.Treated.Yes + h.Held.Yes) / (h.Treated.People + h.Held.People)
	days := math.Ceil(more / (rate * e.ADay))
	if !ok || !(days <= longestWait) {
		e.Wait = TooSlow
		return
	}
	e.Days = max(1, int(days))
}
