package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

const (
	// staleDays is how many days old the latest data may be: a week, so that a
	// weekly upload is not nagged about.
	staleDays = 7
	// gapShare is the share of days that may be missing.
	gapShare = 0.10
	// disagreement is the gap between formula and measure that is worth a look.
	disagreement = 0.05
	// dailyShare is the share of days a number that is followed daily must have.
	dailyShare = 0.6
	dailyDays  = 56
	// neverThere is the share of a weekday's rows below which it is a day off.
	neverThere = 0.1
)

func (v *View) checkData(ind *goal.Indicator) []dataFinding {
	if !v.model.Measurable(ind.ID) || present(v.history(ind.ID)) == 0 {
		return nil
	}
	found := v.checkReach(ind)
	found = append(found, v.checkDaily(ind)...)
	if ind.Measure != nil {
		// Of computed indicators only the inputs can be stale or have gaps.
		found = append(found, v.checkStale(ind)...)
		found = append(found, v.checkGaps(ind)...)
	}
	return append(found, v.checkReconciled(ind)...)
}

// checkDaily finds indicators that are meant to be watched each morning and
// cannot be: their data come too seldom.
func (v *View) checkDaily(ind *goal.Indicator) []dataFinding {
	if ind.Role != goal.RoleLeading && ind.Role != goal.RoleAction {
		return nil
	}
	h := v.history(ind.ID)
	last, _ := h.LastPresent()
	first, _ := h.FirstPresent()
	span := series.Span{From: max(first, last-dailyDays+1), To: last}
	if span.Days() < comparisonDays {
		return nil
	}
	there, previous := 0, first
	var gaps []int // in days, from one day with data to the next
	for d := span.From; d <= span.To; d++ {
		if _, ok := h.At(d); !ok {
			continue
		}
		if there > 0 {
			gaps = append(gaps, int(d-previous))
		}
		there, previous = there+1, d
	}
	usual := span.Days()
	if len(gaps) > 0 {
		slices.Sort(gaps)
		usual = gaps[len(gaps)/2]
	}
	if usual <= 1 && float64(there) >= dailyShare*float64(span.Days()) {
		return nil
	}
	return []dataFinding{noted("not-daily", goal.SeverityWarning, ind, ind.At,
		words.T("「%[1]s」は毎日追う指標ですが、直近%[2]d日のうちデータがあるのは%[3]d日です。",
			"“%[1]s” is to be followed daily, but only %[3]d of the last %[2]d days have data.", ind.Name, span.Days(), there),
		words.T("毎日取れるデータにつなぐか、役割(role)を outcome に変えて週ごとに見ましょう。",
			"Connect data that come daily, or make its role “outcome” and look at it weekly."),
		map[string]any{"days": span.Days(), "days_with_data": there, "usual_gap_days": usual})}
}

func (v *View) checkStale(ind *goal.Indicator) []dataFinding {
	f := v.freshness(ind)
	if f.LastDay == nil || *f.StaleDays <= staleDays {
		return nil
	}
	return []dataFinding{noted("stale-data", goal.SeverityWarning, ind, ind.At,
		words.T("「%[1]s」のデータは%[2]sで止まっています(%[3]d日前)。", "The data of “%[1]s” end on %[2]s, %[3]d days ago.", ind.Name, *f.LastDay, *f.StaleDays),
		words.T("新しいデータを取り込みましょう。", "Import the latest data."),
		map[string]any{"last_day": f.LastDay.String(), "days": *f.StaleDays})}
}

// skipped counts the days of a span that were not measured, except those of
// weekdays on which the team never measures: a shop's system that is off on
// Sundays has no gap there.
func (v *View) skipped(id string, span series.Span) int {
	there := v.presence(id)
	var days, rows [7]int
	for d := there.First; d <= there.Span().To; d++ {
		days[d.Weekday()]++
		if _, ok := there.At(d); ok {
			rows[d.Weekday()]++
		}
	}
	missing := 0
	for d := span.From; d <= span.To; d++ {
		w := d.Weekday()
		if _, ok := there.At(d); !ok && float64(rows[w]) >= neverThere*float64(days[w]) {
			missing++
		}
	}
	return missing
}

// checkGaps looks at the days the value rests on, from the first day with data.
func (v *View) checkGaps(ind *goal.Indicator) []dataFinding {
	first, _ := v.presence(ind.ID).FirstPresent()
	last, _ := v.presence(ind.ID).LastPresent()
	span := v.window(ind).value.Intersect(series.Span{From: first, To: last})
	if span.Days() < comparisonDays {
		span = series.Span{From: max(first, last-comparisonDays+1), To: last}
	}
	if span.Empty() {
		return nil
	}
	missing := v.skipped(ind.ID, span)
	if float64(missing) <= gapShare*float64(span.Days()) {
		return nil
	}
	return []dataFinding{noted("gap-in-data", goal.SeverityWarning, ind, ind.At,
		words.T("「%[1]s」は%[2]sの%[3]d日のうち%[4]d日分のデータが抜けています。", "“%[1]s” lacks %[4]d of the %[3]d days of %[2]s.", ind.Name, span, span.Days(), missing),
		words.T("抜けた日を取り込みましょう。何もなかった日なら、データ源に gaps: zero と書くと0として数えます。",
			"Import the missing days. If nothing happened on them, “gaps: zero” in the source counts them as 0."),
		map[string]any{"days": span.Days(), "missing_days": missing})}
}

func (v *View) checkReconciled(ind *goal.Indicator) []dataFinding {
	if ind.Formula == nil || ind.Measure == nil {
		return nil
	}
	span := v.recentSpan()
	value := v.value(ind.ID, span)
	if !exists(value.Measured) || !exists(value.Computed) {
		return nil
	}
	gap := (value.Computed - value.Measured) / math.Abs(value.Measured)
	if !(math.Abs(gap) > disagreement) {
		return nil
	}
	measured, computed := words.Amount{Value: value.Measured, Unit: ind.Unit}, words.Amount{Value: value.Computed, Unit: ind.Unit}
	numbers := map[string]any{"measured": value.Measured, "computed": value.Computed}
	if exists(gap) {
		numbers["gap_relative"] = gap
	}
	return []dataFinding{noted("formula-disagrees-with-measure", goal.SeverityWarning, ind, ind.FieldAt("formula"),
		words.T("「%[1]s」は直近28日の実測が%[2]s、式では%[3]sで、合いません。", "“%[1]s” was measured as %[2]s in the last 28 days; its formula gives %[3]s.", ind.Name, measured, computed),
		words.T("同じ範囲を数えているか、式の割合の分母をまず確かめましょう。", "Check first whether both count the same things, and the denominators of the rates in the formula."),
		numbers)}
}

// checkSameNumbers finds pairs whose daily numbers are the same on every day of
// at least four weeks: they measure one thing under two names.
func (v *View) checkSameNumbers() []dataFinding {
	byPrint := map[uint64][]*goal.Indicator{}
	var found []dataFinding
	for _, ind := range v.model.Indicators {
		h := v.history(ind.ID)
		print, ok := fingerprint(h)
		if !ok {
			continue
		}
		for _, other := range byPrint[print] {
			if !sameHistory(v.history(other.ID), h) || v.identical(other, ind) {
				continue
			}
			found = append(found, noted("same-thing-twice", goal.SeverityWarning, ind, ind.At,
				words.T("「%s」と「%s」は毎日同じ数です。同じものを数えているようです。", "“%s” and “%s” have the same number every day: they seem to count one thing.", other.Name, ind.Name),
				words.T("どちらか1つにまとめましょう。", "Keep one of them."),
				map[string]any{"other": other.ID, "days": present(h)}))
			break
		}
		byPrint[print] = append(byPrint[print], ind)
	}
	return found
}

// identical reports whether one indicator is nothing but the other by formula,
// which the shape check tells already.
func (v *View) identical(a, b *goal.Indicator) bool {
	alias := func(x, y *goal.Indicator) bool {
		return x.Formula != nil && x.Formula.Canonical() == y.ID
	}
	return alias(a, b) || alias(b, a)
}

// fingerprint sums up a history for a quick comparison; false for one that is
// too short, or so flat that being equal means nothing.
func fingerprint(h series.Daily) (uint64, bool) {
	first, some := h.FirstPresent()
	if !some || present(h) < comparisonDays {
		return 0, false
	}
	const prime = 1099511628211
	print, flat, reference := uint64(14695981039346656037), true, math.NaN()
	for i, x := range h.Values {
		if math.IsNaN(x) {
			continue
		}
		if math.IsNaN(reference) {
			reference = x
		}
		flat = flat && x == reference
		print = (print ^ math.Float64bits(x) ^ uint64(int(h.First)+i-int(first))) * prime
	}
	return print, !flat
}

func sameHistory(a, b series.Daily) bool {
	if a.First != b.First || len(a.Values) != len(b.Values) {
		return false
	}
	for i := range a.Values {
		if !same(a.Values[i], b.Values[i]) {
			return false
		}
	}
	return true
}
