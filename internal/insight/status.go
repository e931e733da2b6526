package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// Status tells where every indicator stands: the KGI first, then the KPIs in the
// order of the file.
func Status(ev *goal.Evaluator, opt Options) *Standing {
	return NewView(ev, opt).Status()
}

// Status tells where every indicator stands.
func (v *View) Status() *Standing {
	s := &Standing{AsOf: v.asOf, byID: map[string]*Reading{}}
	for _, ind := range v.model.Indicators {
		r := v.reading(ind)
		s.Indicators = append(s.Indicators, r)
		s.byID[ind.ID] = r
	}
	return s
}

func (v *View) reading(ind *goal.Indicator) *Reading {
	if done, ok := v.readings[ind.ID]; ok {
		return done
	}
	w := v.window(ind)
	value := v.value(ind.ID, w.value)
	amount, noAmount := v.amount(ind)
	r := &Reading{
		ID: ind.ID, Name: ind.Name, Unit: ind.Unit, IsKGI: ind.IsKGI, Kind: v.ev.Kind(ind.ID).String(),
		Value: number(value.V), ValueSpan: w.value, MissingDays: value.MissingDays,
		Target: number(amount), Goal: v.goal(ind, amount),
		Forecast: v.readLanding(ind, amount), Change: v.change(ind), Freshness: v.freshness(ind),
		Reconciliation: reconcile(value),
	}
	if r.Value == nil {
		r.NoValue = v.sayOrNil(v.whyNoValue(ind, value))
	}
	if r.Goal != nil {
		r.Goal.NoAmount = v.sayOrNil(noAmount)
		r.Milestone = v.nextMilestone(r.Goal.Milestones)
		v.readBaseline(ind, w, r)
	}
	v.readPace(ind, amount, r)
	if ind.Target != nil && ind.Target.Kind == goal.TargetHold {
		v.readPeriods(ind, amount, r)
	}
	r.Status = v.judge(ind, amount, r)
	v.readings[ind.ID] = r
	return r
}

// ReadValue is an indicator's number as the as-of day has it, over the days its target
// speaks of; nil where there is none.
func (v *View) ReadValue(id string) *float64 {
	ind := v.model.Indicator(id)
	if ind == nil {
		return nil
	}
	return number(v.value(id, v.window(ind).value).V)
}

func (v *View) goal(ind *goal.Indicator, amount float64) *Goal {
	t := ind.Target
	if t == nil {
		return nil
	}
	g := &Goal{
		Kind: string(t.Kind), Amount: number(amount), Label: v.say(v.targetLabel(ind)),
		From: t.From, By: t.By, Direction: string(t.Direction), Agreed: []Agreement{},
		Milestones: v.milestones(ind, amount),
	}
	for _, a := range t.Agreed {
		g.Agreed = append(g.Agreed, Agreement(a))
	}
	switch t.Kind {
	case goal.TargetGrowth:
		g.Factor = number(t.Amount)
	case goal.TargetHold:
		per, atLeast := t.Per.String(), t.AtLeast
		g.Per, g.AtLeast = &per, &atLeast
	case goal.TargetVague:
		g.Kind = "vague"
	}
	return g
}

// readPace fills attainment, expected and pace. For a target that is better low,
// both ratios are turned over, so that 1 and more is always good; a ratio by
// zero does not exist.
func (v *View) readPace(ind *goal.Indicator, amount float64, r *Reading) {
	expected := v.expected(ind, amount)
	r.Expected = number(expected)
	value := orNaN(r.Value)
	if ind.Target != nil && ind.Target.Direction == goal.Down {
		r.Attainment, r.Pace = ratio(amount, value), ratio(expected, value)
		return
	}
	r.Attainment, r.Pace = ratio(value, amount), ratio(value, expected)
}

func ratio(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	return number(a / b)
}

// readBaseline looks at the same span before the target began: as many days as
// the target has, the period before for hold, four weeks for reach.
func (v *View) readBaseline(ind *goal.Indicator, w window, r *Reading) {
	var before series.Span
	switch t := ind.Target; t.Kind {
	case goal.TargetTotal, goal.TargetGrowth:
		before = w.whole.Before(w.whole.Days())
	case goal.TargetHold:
		before = v.model.Fiscal.Previous(t.Per, v.model.Fiscal.Containing(t.Per, v.start(t)))
	case goal.TargetReach:
		before = w.whole.Before(comparisonDays)
	default:
		return
	}
	if before.Empty() || before.To > v.asOf {
		return
	}
	value := v.value(ind.ID, before)
	if value.Exists() {
		r.Baseline, r.BaselineSpan, r.BaselineMissingDays = number(value.V), &before, value.MissingDays
	}
}

func (v *View) readPeriods(ind *goal.Indicator, amount float64, r *Reading) {
	t := ind.Target
	last := v.lastPeriod(t)
	if value := v.valueOnce(ind.ID, last); value.Exists() {
		r.LastPeriod, r.LastPeriodSpan = number(value.V), &last
	}
	r.Periods = &Periods{AtLeast: t.AtLeast}
	for _, period := range v.periods(t) {
		r.Periods.Complete++
		if value := v.valueOnce(ind.ID, period); value.Exists() && reaches(value.V, amount, t.Direction) {
			r.Periods.Met++
		}
	}
}

// valueOnce is for spans no other indicator is likely to ask for: a year of
// single days would fill the shared store with every indicator's value.
func (v *View) valueOnce(id string, span series.Span) goal.Value {
	if all, done := v.values[span]; done {
		return all[id]
	}
	return v.ev.Value(id, span)
}

// reaches reports whether a value is on the good side of a number. What a sum of
// fractions rounds off in its last digits does not miss a target.
func reaches(value, amount float64, direction goal.Direction) bool {
	slack := 1e-12 * math.Abs(amount)
	if direction == goal.Down {
		return value <= amount+slack
	}
	return value >= amount-slack
}

func reconcile(value goal.Value) *Reconciliation {
	if !exists(value.Measured) || !exists(value.Computed) {
		return nil
	}
	return &Reconciliation{
		Measured: value.Measured, Computed: value.Computed,
		GapRelative: ratio(value.Computed-value.Measured, math.Abs(value.Measured)),
	}
}
