package insight

import (
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

const (
	// paceEnough is the share of the pace from which an indicator is on pace.
	paceEnough = 0.95
	// earlyDays and earlyShare of a target's time must have passed before it is
	// judged.
	earlyDays  = 7
	earlyShare = 0.10
)

// judge gives the status. The order matters: what is known for certain first.
// What cannot be judged because there is no number to reach, or no day to reach
// it by, is not judged yet: too early. A target whose number rests on data that
// are not there has no data.
func (v *View) judge(ind *goal.Indicator, amount float64, r *Reading) string {
	t := ind.Target
	switch {
	case v.notBegun(ind) && present(v.history(ind.ID)) > 0:
		return StatusTooEarly
	case r.Value == nil:
		return StatusNoData
	case t == nil || t.Kind == goal.TargetVague:
		return StatusTooEarly
	case !exists(amount):
		return StatusNoData
	case v.over(t):
		return v.final(t, amount, r)
	case v.reached(ind, amount, r):
		return StatusMet
	case v.lost(t, amount, r):
		return StatusMissed
	case t.By == nil && t.Kind != goal.TargetHold:
		return StatusTooEarly // without a deadline nothing can be late
	case v.early(ind):
		return StatusTooEarly
	case v.onPace(t, amount, r):
		return StatusOnPace
	}
	return StatusBehind
}

// notBegun reports whether the first day that counts is still to come.
func (v *View) notBegun(ind *goal.Indicator) bool {
	t := ind.Target
	return t != nil && t.From != nil && t.Kind != goal.TargetVague && v.asOf < *t.From
}

// final is the verdict once the deadline is over. hold asks for a share of the
// complete periods; a target shorter than one period is judged by its value.
func (v *View) final(t *goal.Target, amount float64, r *Reading) string {
	met := reaches(*r.Value, amount, t.Direction)
	if t.Kind == goal.TargetHold && r.Periods != nil && r.Periods.Complete > 0 {
		// The small slack keeps 8 of 10 from missing 0.8 by its binary digits.
		met = float64(r.Periods.Met) >= t.AtLeast*float64(r.Periods.Complete)-1e-9
	}
	if met {
		return StatusMet
	}
	return StatusMissed
}

// reached reports whether the number is there already and cannot be lost again,
// or was to be reached and is. Sums that should stay low are met at the end
// only, and a rate that should hold is met when its period is over.
func (v *View) reached(ind *goal.Indicator, amount float64, r *Reading) bool {
	t := ind.Target
	if !reaches(*r.Value, amount, t.Direction) {
		return false
	}
	switch t.Kind {
	case goal.TargetReach:
		return true
	case goal.TargetHold:
		return t.Direction == goal.Up && v.ev.Kind(ind.ID) == formula.Flow
	}
	return t.Direction == goal.Up
}

// lost reports whether a sum that should stay low is over its limit already: it
// cannot come down again.
func (v *View) lost(t *goal.Target, amount float64, r *Reading) bool {
	sums := t.Kind == goal.TargetTotal || t.Kind == goal.TargetGrowth
	return sums && t.Direction == goal.Down && *r.Value > amount
}

// early reports whether too little time has passed to tell: under a week or a
// tenth of the target, or of the current period for hold. Periods of a day or a
// week are never a week old, so there only the tenth counts.
func (v *View) early(ind *goal.Indicator) bool {
	t := ind.Target
	w := v.window(ind)
	whole := w.whole
	if t.Kind == goal.TargetHold {
		whole.From = w.value.From
		whole.To = v.periodEnd(t, w)
	}
	elapsed := int(v.asOf) - int(whole.From) + 1
	if float64(elapsed) < earlyShare*float64(whole.Days()) {
		return true
	}
	short := t.Kind == goal.TargetHold && t.Per <= series.GrainWeek
	return !short && elapsed < earlyDays
}

// onPace is generous on purpose: nobody is called behind for what the scatter of
// days can still make good.
func (v *View) onPace(t *goal.Target, amount float64, r *Reading) bool {
	switch {
	case r.Pace != nil && *r.Pace >= paceEnough:
		return true
	case r.Pace == nil && r.Expected != nil && reaches(*r.Value, *r.Expected, t.Direction):
		return true // nothing was asked for yet, or a number that should be low is zero
	case t.Direction == goal.Down:
		return r.Forecast.Lo80 != nil && *r.Forecast.Lo80 <= amount
	}
	return r.Forecast.Hi80 != nil && *r.Forecast.Hi80 >= amount
}

// whyNoValue says in one sentence why a number is not there.
func (v *View) whyNoValue(ind *goal.Indicator, value goal.Value) words.Text {
	if v.notBegun(ind) {
		return words.T("目標の期間は%sに始まります。", "The target's time begins on %s.", ind.Target.From.Long())
	}
	if value.Why.Zero() {
		return words.T("この期間のデータがありません。", "There is no data for this period.")
	}
	return value.Why
}
