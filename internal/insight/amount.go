package insight

import (
	"math"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// mostMissingLastYear is the share of last year's days that may be missing
// before its sum is no base for growth any more.
const mostMissingLastYear = 0.10

// amount is the number to reach in the indicator's unit, NaN with a reason while
// it is unknown. Growth is a factor on the same span of last year.
func (v *View) amount(ind *goal.Indicator) (float64, words.Text) {
	t := ind.Target
	switch {
	case t == nil || t.Kind == goal.TargetVague:
		return math.NaN(), words.T("目標の数がまだ決まっていません。", "The number to reach is not set yet.")
	case t.Kind != goal.TargetGrowth:
		return t.Amount, words.Text{}
	}
	base, why := v.growthBase(ind)
	return base * t.Amount, why
}

func (v *View) growthBase(ind *goal.Indicator) (float64, words.Text) {
	lastYear := v.window(ind).whole.LastYear()
	base := v.value(ind.ID, lastYear)
	missing := v.unmeasured(ind.ID, lastYear)
	if !base.Exists() || float64(missing) > mostMissingLastYear*float64(lastYear.Days()) {
		return math.NaN(), words.T("前年(%[1]s)のデータが%[2]d日分足りないので、前年比の目標の数を出せません。",
			"%[2]d days of last year's data (%[1]s) are missing, so the target over last year has no number.", lastYear, missing)
	}
	return base.V, words.Text{}
}

// unmeasured counts the days of a span that were not measured; days without a
// row in a source that has rows only when something happens do not count.
func (v *View) unmeasured(id string, span series.Span) int {
	there := v.presence(id)
	habit, done := v.habits[id]
	if !done {
		habit = forecast.Learn(there, there.Span(), v.kinds)
		v.habits[id] = habit
	}
	return habit.Unmeasured(there, span)
}

// profileUpTo learns how days differ from the history up to a day.
func (v *View) profileUpTo(id string, to series.Day) *forecast.Profile {
	key := profileKey{id, to}
	p, done := v.profiles[key]
	if !done {
		h := v.history(id)
		p = forecast.Learn(h, series.Span{From: h.First, To: to}, v.kinds)
		v.profiles[key] = p
	}
	return p
}

// fullProfile knows everything up to the as-of day: for forecasts.
func (v *View) fullProfile(id string) *forecast.Profile { return v.profileUpTo(id, v.asOf) }

// fewestDaysBefore is how much history before a target pace is learned from.
const fewestDaysBefore = 56

// paceProfile is the one pace is measured against: learned from the days before
// the target began, so that the target's own days cannot bend the yardstick they
// are measured with. With less than eight weeks before it, from all days so far.
func (v *View) paceProfile(ind *goal.Indicator) *forecast.Profile {
	if t := ind.Target; t != nil && t.Kind != goal.TargetVague {
		start := v.start(t)
		first, some := v.history(ind.ID).FirstPresent()
		if some && int(start)-int(first) >= fewestDaysBefore && start <= v.asOf {
			return v.profileUpTo(ind.ID, start-1)
		}
	}
	return v.fullProfile(ind.ID)
}

// targetLabel is a target in a few words: 年100件, 月9,000回, 3月31日までに3%.
func (v *View) targetLabel(ind *goal.Indicator) words.Text {
	t := ind.Target
	amount := words.Amount{Value: t.Amount, Unit: ind.Unit}
	var label words.Text
	switch t.Kind {
	case goal.TargetVague:
		return words.T("数が未定", "no number yet")
	case goal.TargetGrowth:
		label = words.T("前年比%s", "%s of last year", words.Percent(t.Amount))
	case goal.TargetHold:
		label = t.Per.Per(amount)
	case goal.TargetTotal:
		if span, ok := t.Span(); ok && wholeYear(span) {
			label = series.GrainYear.Per(amount)
			break
		}
		fallthrough
	default:
		if t.By == nil {
			label = words.T("%s", "%s", amount)
		} else {
			label = words.T("%[2]sまでに%[1]s", "%[1]s by %[2]s", amount, *t.By)
		}
	}
	if t.Direction == goal.Down {
		label = words.T("%s以下", "at most %s", label)
	}
	return label
}

func wholeYear(s series.Span) bool { return s.To+1 == s.From.AddYears(1) }
