package insight

import (
	"math"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// fit is what was learned of an indicator's way ahead: one of the three
// projections, or why there is none.
type fit struct {
	flow   *forecast.Flow
	level  *forecast.Level
	rate   *forecast.Rate
	reason words.Text
}

// ready reports whether there is a projection.
func (f *fit) ready() bool { return f.reason.Zero() }

// fit learns an indicator from its own daily history, computed ones included.
func (v *View) fit(id string) *fit {
	if done, ok := v.fits[id]; ok {
		return done
	}
	f := v.learn(id)
	v.fits[id] = f
	return f
}

func (v *View) learn(id string) *fit {
	h := v.history(id)
	var f fit
	var short forecast.Shortage
	switch v.ev.Kind(id) {
	case formula.Flow:
		f.flow, short = forecast.FitFlow(h, v.fullProfile(id), v.asOf)
	case formula.Level:
		f.level, short = forecast.FitLevel(h, v.asOf)
	case formula.Rate:
		weeks := make([]float64, forecast.WeeksOfRate)
		for i := range weeks {
			end := v.asOf - series.Day(7*(len(weeks)-1-i))
			weeks[i] = v.value(id, series.Span{From: end - 6, To: end}).V
		}
		f.rate, short = forecast.FitRate(v.value(id, v.recentSpan()).V, weeks, present(h), v.asOf)
	default:
		f.reason = words.T("合計でも割合でもない式なので、まだ見込みを出せません。", "Its formula is neither a sum nor a rate, so there is no forecast yet.")
		return &f
	}
	f.reason = short.Reason()
	return &f
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

// outcome is what an indicator will be over a span that may reach into the future.
// soFar is its value on the part that is known, NaN where there is none.
func (v *View) outcome(id string, span series.Span, soFar float64) forecast.Outcome {
	f := v.fit(id)
	switch {
	case f.flow != nil:
		if math.IsNaN(soFar) {
			soFar = 0
		}
		return f.flow.Sum(span).Plus(soFar)
	case f.level != nil:
		return f.level.On(span.To)
	}
	return f.rate.Over(span, soFar)
}

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
	outcome forecast.Outcome
	on      series.Day
	why     words.Text
}

// landingOutcome projects an indicator to its deadline; the reason says why
// there is no projection.
func (v *View) landingOutcome(ind *goal.Indicator) (o forecast.Outcome, on series.Day, why words.Text) {
	done, ok := v.landings[ind.ID]
	if !ok {
		done.outcome, done.on, done.why = v.project(ind)
		v.landings[ind.ID] = done
	}
	return done.outcome, done.on, done.why
}

func (v *View) project(ind *goal.Indicator) (o forecast.Outcome, on series.Day, why words.Text) {
	t := ind.Target
	switch {
	case t == nil || t.Kind == goal.TargetVague:
		return o, 0, words.T("目標が決まると、着地の見込みを出します。", "Once there is a target, there will be a forecast of the landing.")
	case t.By == nil && t.Kind != goal.TargetHold:
		return o, 0, words.T("期限が決まると、着地の見込みを出します。", "Once there is a deadline, there will be a forecast of the landing.")
	}
	span := v.landingSpan(ind)
	if span.To <= v.asOf {
		value := v.value(ind.ID, v.window(ind).value)
		if !value.Exists() {
			return o, span.To, value.Why
		}
		return forecast.Certain(value.V), span.To, words.Text{}
	}
	if int(span.To)-int(v.asOf) > longestTarget {
		return o, span.To, words.T("期限が遠すぎるので、見込みを出せません。", "The deadline is too far away for a forecast.")
	}
	if f := v.fit(ind.ID); !f.ready() {
		return o, span.To, f.reason
	}
	soFar := math.NaN()
	if known := span.Intersect(series.Span{From: span.From, To: v.asOf}); !known.Empty() {
		soFar = v.value(ind.ID, known).V
	}
	return v.outcome(ind.ID, span, soFar), span.To, words.Text{}
}

func (v *View) readLanding(ind *goal.Indicator, amount float64) Landing {
	o, on, why := v.landingOutcome(ind)
	if !why.Zero() {
		return Landing{Reason: v.sayOrNil(why)}
	}
	l := Landing{On: &on, Mean: number(o.Mean)}
	low, high := o.Band(0.8)
	l.Lo80, l.Hi80 = number(low), number(high)
	low, high = o.Band(0.95)
	l.Lo95, l.Hi95 = number(low), number(high)
	if exists(amount) {
		l.PAttain = number(attains(o, amount, ind.Target.Direction))
	}
	return l
}

// attains is the probability that an outcome is on the good side of a number.
func attains(o forecast.Outcome, amount float64, direction goal.Direction) float64 {
	if direction == goal.Down {
		return o.AtMost(amount)
	}
	return o.AtLeast(amount)
}
