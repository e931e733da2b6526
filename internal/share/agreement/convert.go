package agreement

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// converted is somebody's number in the terms of the goal.
type converted struct {
	amount    float64
	rounding  float64    // how far rounding alone may have moved it
	converted bool       // it was said in other terms
	means     words.Text // 12か月で96件
	why       words.Text // why it cannot be said in the goal's terms
	otherKind bool       // because it is another kind of goal
}

// monthsOf is how many months a period has.
var monthsOf = map[series.Grain]float64{
	series.GrainDay: 12 / 365.2425, series.GrainWeek: 7 * 12 / 365.2425, series.GrainMonth: 1, series.GrainQuarter: 3, series.GrainYear: 12,
}

// value says a number in the terms of the goal: 月8件 for a goal of 100件 in a year is 96件.
func (g Goal) value(n Number) converted {
	amount, step := g.inUnit(n)
	grain, per := series.ParseGrain(n.Per)
	count := max(n.Count, 1)
	span, hasSpan := g.span()
	switch g.Kind {
	case goal.TargetGrowth:
		if n.Growth {
			return converted{amount: n.Value}
		}
		return converted{why: words.T("目標は前年との比です。前年の数が分かると比べられます", "the goal is a comparison with last year: last year's number is needed")}
	case goal.TargetVague:
		return converted{why: words.T("目標の数がまだありません", "the goal has no number yet")}
	}
	switch {
	case n.Growth:
		return converted{why: words.T("前年との比です。前年の数が分かると比べられます", "a comparison with last year: last year's number is needed")}
	case (n.Unit == "%") != (g.Unit == "%") && n.Unit != "":
		return converted{otherKind: true, why: words.T("割合と数は比べられません", "a rate and a count cannot be compared")}
	case g.Kind == goal.TargetReach && per:
		return converted{otherKind: true, why: words.T("期限の日の水準ではなく、期間ごとの数です", "a number for each period, not a level on the day")}
	case g.Kind == goal.TargetReach, g.Kind == goal.TargetTotal && !per:
		return converted{amount: amount}
	case g.Kind == goal.TargetTotal:
		if !hasSpan {
			return converted{why: words.T("目標の期間が決まると比べられます", "the goal needs a term to compare with")}
		}
		length := monthsIn(span, grain)
		times := length / count
		out := converted{amount: amount * times, converted: true, rounding: step / 2 * times}
		out.means = words.T("%[1]sで%[2]s", "%[2]s in %[1]s", lengthText(length, grain), words.Amount{Value: roundTo(out.amount), Unit: g.Unit})
		out.converted = !(grain == series.GrainYear && near(times, 1)) // 年100件 of one year is not said otherwise
		return out
	}
	return g.eachPeriod(n, amount, step, count, grain, per, span, hasSpan)
}

// eachPeriod says a number in the periods of a goal that is to hold in each.
func (g Goal) eachPeriod(n Number, amount, step, count float64, grain series.Grain, per bool, span series.Span, hasSpan bool) converted {
	ours := g.per()
	out := converted{converted: true}
	switch {
	case per:
		times := monthsOf[ours] / (monthsOf[grain] * count)
		out.amount, out.rounding = amount*times, step/2*times
		out.converted = grain != ours || count != 1
	case hasSpan:
		length := monthsIn(span, ours)
		out.amount, out.rounding = amount/length, step/2/length
	default:
		return converted{why: words.T("目標の期間が決まると比べられます", "the goal needs a term to compare with")}
	}
	// The goal itself is a round number of its periods: 月8件 where somebody says 年100件.
	out.rounding = max(out.rounding, stepOf(g.Amount)/2)
	out.means = ours.Per(words.Amount{Value: roundTo(out.amount), Unit: g.Unit})
	return out
}

// monthsIn is how many periods of a grain the span has: whole ones where it begins and
// ends with one.
func monthsIn(span series.Span, grain series.Grain) float64 {
	days := float64(span.Days())
	if grain == series.GrainDay {
		return days
	}
	if grain == series.GrainWeek {
		return days / 7
	}
	fromYear, fromMonth, fromDay := span.From.Civil()
	toYear, toMonth, toDay := (span.To + 1).Civil()
	months := days * 12 / 365.2425
	if fromDay == toDay {
		months = float64((toYear-fromYear)*12 + int(toMonth) - int(fromMonth))
	}
	return months / monthsOf[grain]
}

// inUnit is the number in the goal's unit: 500万円 for a goal in 万円 is 500.
func (g Goal) inUnit(n Number) (amount, step float64) {
	base, scale := moneyScale(g.Unit)
	if base != "円" || scale == 1 || n.Unit == "" && n.Step < scale {
		return n.Value, n.Step
	}
	return n.Value / scale, n.Step / scale
}

// stepOf is how finely a number is written: 1 for 8, 0.5 for 2.5.
func stepOf(v float64) float64 {
	for step := 1.0; step > 1e-6; step /= 10 {
		if near(v/step, float64(int64(v/step+0.5))) {
			return step
		}
	}
	return 0
}

// roundTo keeps a converted number readable: 104.29 is 104, 8.333 is 8.3.
func roundTo(v float64) float64 {
	switch {
	case v >= 100 || v <= -100:
		return float64(int64(v + 0.5))
	case v >= 1:
		return float64(int64(v*10+0.5)) / 10
	}
	return v
}
