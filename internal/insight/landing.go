package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// landingSpan is the span whose value is the landing: the whole target, the
// current period for hold, and the four weeks up to the deadline for reach.
func (v *View) landingSpan(ind *goal.Indicator) series.Span {
	w := v.window(ind)
	switch ind.Target.Kind {
	case goal.TargetReach:
		return series.Span{From: w.whole.To - comparisonDays + 1, To: w.whole.To}
	case goal.TargetHold:
		return series.Span{From: w.value.From, To: v.periodEnd(ind.Target, w)}
	}
	return w.whole
}

// periodEnd is the last day of the current period that counts.
func (v *View) periodEnd(t *goal.Target, w window) series.Day {
	if t.By != nil {
		return min(w.whole.To, *t.By)
	}
	return w.whole.To
}

// landing is where an indicator lands, or why that cannot be said.
type landing struct {
	outcome prospect
	soFar   float64 // of a sum: what is in already; 0 for rates and levels
	on      series.Day
	why     words.Text
}

// landingOutcome leads an indicator on to its deadline; the reason says why that
// cannot be done.
func (v *View) landingOutcome(ind *goal.Indicator) (o prospect, on series.Day, why words.Text) {
	done, ok := v.landings[ind.ID]
	if !ok {
		done = v.project(ind)
		v.landings[ind.ID] = done
	}
	return done.outcome, done.on, done.why
}

func (v *View) project(ind *goal.Indicator) landing {
	t := ind.Target
	without := func(on series.Day, why words.Text) landing { return landing{on: on, why: why} }
	switch {
	case t == nil || t.Kind == goal.TargetVague:
		return without(0, words.T("目標が決まると、着地の見込みを出します。", "Once there is a target, there will be a forecast of the landing."))
	case t.By == nil && t.Kind != goal.TargetHold:
		return without(0, words.T("期限が決まると、着地の見込みを出します。", "Once there is a deadline, there will be a forecast of the landing."))
	}
	span := v.landingSpan(ind)
	if span.To <= v.asOf {
		value := v.value(ind.ID, v.window(ind).value)
		if !value.Exists() {
			return without(span.To, value.Why)
		}
		return landing{outcome: certainly(value.V), soFar: value.V, on: span.To}
	}
	if int(span.To)-int(v.asOf) > furthestAhead {
		return without(span.To, words.T("期限が遠すぎるので、見込みを出せません。", "The deadline is too far away for a forecast."))
	}
	if why := v.shortage(ind.ID); !why.Zero() {
		return without(span.To, why)
	}
	o, ok := prospectOf(v.ways(ind.ID, span, outlookPaths))
	if !ok {
		return without(span.To, words.T("この先の値を計算できません。", "Its value ahead cannot be computed."))
	}
	l := landing{outcome: o, on: span.To}
	if known := span.Intersect(series.Span{From: span.From, To: v.asOf}); v.flow(ind.ID) && !known.Empty() {
		if soFar := v.value(ind.ID, known); soFar.Exists() {
			l.soFar = soFar.V
		}
	}
	return l
}

func (v *View) readLanding(ind *goal.Indicator, amount float64) Landing {
	o, on, why := v.landingOutcome(ind)
	if !why.Zero() {
		return Landing{Reason: v.sayOrNil(why)}
	}
	l := Landing{On: &on, Mean: number(o.mean)}
	low, high := o.band(0.8)
	l.Lo80, l.Hi80 = number(low), number(high)
	low, high = o.band(0.95)
	l.Lo95, l.Hi95 = number(low), number(high)
	if exists(amount) {
		l.PAttain = number(o.attains(amount, ind.Target.Direction))
	}
	return l
}

// changedLanding is an indicator's landing when what is still to come changes by a
// factor at once.
func (v *View) changedLanding(ind *goal.Indicator, before, after float64) prospect {
	o, _, _ := v.landingOutcome(ind)
	if v.over(ind.Target) || same(before, after) || !exists(before) || !exists(after) || before == 0 {
		return o
	}
	return o.stretched(v.landings[ind.ID].soFar, after/before)
}

func present(h series.Daily) int {
	n := 0
	for _, v := range h.Values {
		if !math.IsNaN(v) {
			n++
		}
	}
	return n
}
