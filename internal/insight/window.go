package insight

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// window is the days an indicator is read over.
type window struct {
	value series.Span // days of the value
	whole series.Span // days the target asks for; hold: the current period
}

// window is chosen by the kind of target. total and growth: from the start to
// the as-of day. hold: the current period to date. reach and no target: the last
// 28 days, which for a level means its last value and for a rate a ratio of
// sums. After the deadline every window ends on the deadline.
func (v *View) window(ind *goal.Indicator) window {
	t := ind.Target
	last := v.asOf
	if t != nil && t.By != nil {
		last = min(last, *t.By)
	}
	if t == nil || t.Kind == goal.TargetVague || t.Kind == goal.TargetReach {
		recent := series.Span{From: last - comparisonDays + 1, To: last}
		whole := recent
		if t != nil && t.By != nil {
			whole = series.Span{From: v.start(t), To: *t.By}
		}
		return window{value: recent, whole: whole}
	}
	if t.Kind == goal.TargetHold {
		// The period the team lives in, even where the target starts or ends
		// inside of it: a half month is judged by its half.
		period := v.model.Fiscal.Containing(t.Per, last)
		value := series.Span{From: period.From, To: last}
		if t.From != nil {
			value.From = max(value.From, *t.From)
		}
		return window{value: value, whole: period}
	}
	whole := series.Span{From: v.start(t), To: last}
	if t.By != nil {
		whole.To = *t.By
	} else {
		whole.To = v.model.Fiscal.Containing(series.GrainYear, last).To
	}
	return window{value: series.Span{From: whole.From, To: last}, whole: whole}
}

// start is the first day of a target. Where the file does not say: for reach the
// day it was last agreed on; else the start of the fiscal year of the deadline.
func (v *View) start(t *goal.Target) series.Day {
	if t.From != nil {
		return *t.From
	}
	end := v.asOf
	if t.By != nil {
		end = *t.By
	}
	if t.Kind == goal.TargetReach {
		agreed, some := series.Day(0), false
		for _, a := range t.Agreed {
			if a.On != nil && *a.On < end && (!some || *a.On > agreed) {
				agreed, some = *a.On, true
			}
		}
		if some {
			return agreed
		}
	}
	return v.model.Fiscal.Containing(series.GrainYear, end).From
}

// over reports whether the deadline is reached: its day is counted in.
func (v *View) over(t *goal.Target) bool { return t.By != nil && v.asOf >= *t.By }

// longestTarget is the longest time, in days, that is gone through day by day. A
// deadline in the year 9999 is a slip of the pen or an attack, not a plan.
const longestTarget = 20 * 366

// periods are the complete periods of a hold target up to the as-of day.
func (v *View) periods(t *goal.Target) []series.Span {
	span := series.Span{From: max(v.start(t), v.asOf-longestTarget), To: v.asOf}
	if t.By != nil {
		span.To = min(span.To, *t.By)
	}
	return v.model.Fiscal.Complete(t.Per, span)
}

// lastPeriod is the latest period that is complete on the as-of day, whether or
// not the target had begun: the one people compare with.
func (v *View) lastPeriod(t *goal.Target) series.Span {
	last := v.asOf
	if t.By != nil {
		last = min(last, *t.By)
	}
	period := v.model.Fiscal.Containing(t.Per, last)
	if period.To > v.asOf {
		period = v.model.Fiscal.Previous(t.Per, period)
	}
	return period
}
