package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// road is the line from the start of a target to its number: 目安. Between two
// knots a sum grows with the weights of the days, a level or a rate evenly.
type road struct {
	knots []knot
	// between is the part of the way from one knot to the next that lies behind
	// after a day; it runs from 0 to 1 and never falls.
	between func(way series.Span, day series.Day) float64
}

// knot is a value to have at the end of a day.
type knot struct {
	day   series.Day
	value float64
}

// on is what the pace asks for by the end of a day; constant before the first
// and after the last knot, NaN without knots.
func (r road) on(day series.Day) float64 {
	if len(r.knots) == 0 {
		return math.NaN()
	}
	last := r.knots[0]
	if day <= last.day {
		return last.value
	}
	for _, next := range r.knots[1:] {
		if day < next.day {
			share := r.between(series.Span{From: last.day + 1, To: next.day}, day)
			return last.value + (next.value-last.value)*share
		}
		last = next
	}
	return last.value
}

// evenly lets every day count the same.
func evenly(way series.Span, day series.Day) float64 {
	return float64(int(day)-int(way.From)+1) / float64(way.Days())
}

// road lays out the line of a total, growth or reach target through its
// milestones. A sum starts at 0 on the day before the first; a level or a rate
// starts where it stood.
func (v *View) road(ind *goal.Indicator, amount float64) road {
	t := ind.Target
	whole := v.window(ind).whole
	start := knot{day: whole.From - 1}
	r := road{between: evenly}
	if v.flow(ind.ID) && t.Kind != goal.TargetReach {
		if whole.Days() <= longestTarget {
			r.between = v.paceProfile(ind).Share
		}
	} else {
		start.value = v.standingAt(ind, whole.From-1)
		if math.IsNaN(start.value) {
			start.value = amount
		}
		// Who starts beyond the target is asked to stay there, not to come back.
		if t.Direction == goal.Down {
			start.value = max(start.value, amount)
		} else {
			start.value = min(start.value, amount)
		}
	}
	r.knots = append(r.knots, start)
	for _, m := range t.Milestones {
		if m.By > r.knots[len(r.knots)-1].day && m.By < whole.To {
			r.knots = append(r.knots, knot{m.By, m.Value})
		}
	}
	r.knots = append(r.knots, knot{whole.To, amount})
	return r
}

// standingAt is where a level or rate stood when its target began: over the four
// weeks before, or over the first four weeks there are. Growth starts where last
// year was.
func (v *View) standingAt(ind *goal.Indicator, day series.Day) float64 {
	if ind.Target.Kind == goal.TargetGrowth {
		base, _ := v.growthBase(ind)
		return base
	}
	day = min(day, v.asOf)
	before := v.value(ind.ID, series.Span{From: day - comparisonDays + 1, To: day})
	if before.Exists() {
		return before.V
	}
	first, some := v.history(ind.ID).FirstPresent()
	if !some {
		return math.NaN()
	}
	last := min(first+comparisonDays-1, v.asOf)
	return v.value(ind.ID, series.Span{From: first, To: last}).V
}

// expected is what the pace asks for by the as-of day; NaN without a number or
// a deadline. hold asks a sum for the part of the period whose days have passed,
// and a level or rate for the number itself.
func (v *View) expected(ind *goal.Indicator, amount float64) float64 {
	t := ind.Target
	if t == nil || !exists(amount) {
		return math.NaN()
	}
	w := v.window(ind)
	switch t.Kind {
	case goal.TargetHold:
		if !v.flow(ind.ID) {
			return amount
		}
		p := v.paceProfile(ind)
		return amount * (p.Share(w.whole, w.value.To) - p.Share(w.whole, w.value.From-1))
	case goal.TargetTotal, goal.TargetGrowth, goal.TargetReach:
		if t.By == nil {
			return math.NaN()
		}
		return v.road(ind, amount).on(w.value.To)
	}
	return math.NaN()
}

// longSpanMonths is the length of a target from which milestones are quarterly.
const longSpanMonths = 18

// milestones are those of the file, or derived ones: what the pace asks for at
// the end of each month, of each quarter for targets over a year and a half. The
// last one is the target itself.
func (v *View) milestones(ind *goal.Indicator, amount float64) []Milestone {
	t := ind.Target
	out := []Milestone{}
	if t == nil {
		return out
	}
	if len(t.Milestones) > 0 {
		for _, m := range t.Milestones {
			out = append(out, Milestone{By: m.By, Value: m.Value})
		}
		return out
	}
	if !exists(amount) || t.By == nil || t.Kind == goal.TargetHold || t.Kind == goal.TargetVague {
		return out
	}
	whole := v.window(ind).whole
	if whole.Empty() || whole.Days() > longestTarget {
		return out
	}
	grain := series.GrainMonth
	if whole.To >= whole.From.AddMonths(longSpanMonths) {
		grain = series.GrainQuarter
	}
	r := v.road(ind, amount)
	for _, period := range v.model.Fiscal.Each(grain, whole) {
		by := min(period.To, whole.To)
		out = append(out, Milestone{By: by, Value: r.on(by), Derived: true})
	}
	return out
}

// nextMilestone is the first one still to come, or nil.
func (v *View) nextMilestone(milestones []Milestone) *Milestone {
	for i := range milestones {
		if milestones[i].By > v.asOf {
			return &milestones[i]
		}
	}
	return nil
}
