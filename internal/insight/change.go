package insight

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// unlikeDays is how many days more may be missing in one window than in the
// other before two sums are not compared any more.
const unlikeDays = 4

// change compares the last four weeks with the four weeks before: the same
// weekdays on both sides, recent enough to act on. nil where there is nothing to
// compare.
func (v *View) change(ind *goal.Indicator) *Change {
	now := v.recentSpan()
	before := now.Before(comparisonDays)
	a, b := v.value(ind.ID, before), v.value(ind.ID, now)
	if !a.Exists() || !b.Exists() {
		return nil
	}
	if v.flow(ind.ID) && abs(a.MissingDays-b.MissingDays) > unlikeDays {
		return nil
	}
	c := &Change{
		Label: v.say(words.T("前4週比", "vs. 4 weeks before")),
		Now:   b.V, Before: a.V, Absolute: b.V - a.V, Relative: ratio(b.V-a.V, math.Abs(a.V)), Span: now,
	}
	c.Good = v.goodWay(ind, c.Absolute)
	return c
}

func abs(n int) int { return max(n, -n) }

// goodWay tells whether a change is for the better: by the target's direction,
// or else by what it does to the KGI along formulas. nil when neither says.
func (v *View) goodWay(ind *goal.Indicator, change float64) *bool {
	if change == 0 {
		return nil
	}
	helps := v.wanted(ind)
	if helps == 0 {
		return nil
	}
	good := change*helps > 0
	return &good
}

// wanted is +1 where more is better, -1 where less is, 0 where it is not known.
func (v *View) wanted(ind *goal.Indicator) float64 {
	if t := ind.Target; t != nil {
		if t.Direction == goal.Down {
			return -1
		}
		return 1
	}
	slope, some := v.slope(ind.ID)
	switch kgi := v.model.KGI().Target; {
	case !some || slope == 0:
		return 0
	case kgi != nil && kgi.Direction == goal.Down:
		return -math.Copysign(1, slope)
	}
	return math.Copysign(1, slope)
}

// slope is what one unit more of an indicator does to the KGI along formulas, at
// the values of the last four weeks; false where no formula leads there or a
// value is missing.
func (v *View) slope(id string) (float64, bool) {
	if v.slopes == nil {
		v.slopes = v.allSlopes()
	}
	s, some := v.slopes[id]
	return s, some
}

// allSlopes walks down from the KGI, adding up over all ways to an indicator.
func (v *View) allSlopes() map[string]float64 {
	span := v.recentSpan()
	slopes := map[string]float64{v.model.KGI().ID: 1}
	order := v.model.Order()
	for i := len(order) - 1; i >= 0; i-- {
		id := order[i]
		slope, reached := slopes[id]
		ind := v.model.Indicator(id)
		if !reached || ind.Formula == nil {
			continue
		}
		for child, partial := range gradient(ind.Formula, func(name string) float64 { return v.value(name, span).V }) {
			slopes[child] += slope * partial
		}
	}
	return slopes
}

// gradient is the partial derivatives, or nil where an input is missing.
func gradient(e *formula.Expr, at func(string) float64) map[string]float64 {
	_, partial, err := e.Gradient(func(name string) (float64, bool) {
		x := at(name)
		return x, exists(x)
	})
	if err != nil {
		return nil
	}
	return partial
}

// staleOnCard is from how many days on a card says how old its value is.
const staleOnCard = 3

// freshness looks for the last day with data. A source that has rows only when
// something happens is as fresh as its latest row of any kind.
func (v *View) freshness(ind *goal.Indicator) Freshness {
	last, some := v.presence(ind.ID).LastPresent()
	if !some {
		return Freshness{}
	}
	if source, known := v.sourcesUpTo(ind.ID); known && source > last && v.comesSeldom(ind.ID, last) {
		last = source
	}
	days := max(int(v.today)-int(last), 0)
	return Freshness{LastDay: &last, StaleDays: &days, Stale: int(v.asOf)-int(last) >= staleOnCard}
}

// sourcesUpTo is the day up to which all sources of an indicator have rows.
func (v *View) sourcesUpTo(id string) (last series.Day, known bool) {
	for _, name := range v.model.Leaves(id) {
		metric := v.model.Metric(name)
		if metric == nil {
			continue
		}
		state, ok := v.ev.Data().Sources[metric.Source.ID]
		if !ok || state.Empty {
			return 0, false
		}
		if !known || state.Last < last {
			last, known = state.Last, true
		}
	}
	return min(last, v.asOf), known
}

// comesSeldom reports whether fewer than four of five days had a value in the
// eight weeks before a day.
func (v *View) comesSeldom(id string, day series.Day) bool {
	eight := v.history(id).Slice(series.Span{From: day - 55, To: day})
	return float64(present(eight)) < 0.8*56
}
