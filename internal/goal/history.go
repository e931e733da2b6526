package goal

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

// Daily evaluates an indicator day by day over a span. Days without a value are
// missing (NaN). A daily rate is that day's ratio; it must not be averaged, use
// Value for longer spans.
func (e *Evaluator) Daily(id string, span series.Span) series.Daily {
	return e.History(id).Slice(span)
}

// History is an indicator's daily values over all days there are data for.
// It is computed once and kept; callers must not change it.
func (e *Evaluator) History(id string) series.Daily {
	if done, ok := e.history[id]; ok {
		return done
	}
	ind := e.model.byID[id]
	days := max(e.span.Days(), 0)
	out := series.Daily{First: e.span.From, Values: make([]float64, days)}
	var computed, measured []float64
	if ind != nil && ind.Formula != nil {
		inputs := map[string][]float64{}
		for _, name := range ind.Formula.Inputs() {
			inputs[name] = e.History(name).Values
		}
		computed = daily(ind.Formula, inputs, days)
	}
	if ind != nil && ind.Measure != nil {
		inputs := map[string][]float64{}
		for _, name := range ind.Measure.Inputs() {
			if observed := e.data.Metrics[name]; observed != nil {
				inputs[name] = padded(observed.Total, e.span)
			}
		}
		measured = daily(ind.Measure, inputs, days)
	}
	for i := range out.Values {
		out.Values[i] = math.NaN()
		if measured != nil && !math.IsNaN(measured[i]) {
			out.Values[i] = measured[i]
		} else if computed != nil {
			out.Values[i] = computed[i]
		}
	}
	e.history[id] = out
	return out
}

// padded lays a series over a span: element i is day From+i, NaN where missing.
func padded(d series.Daily, span series.Span) []float64 {
	out := make([]float64, max(span.Days(), 0))
	for i := range out {
		out[i] = math.NaN()
	}
	part := d.Slice(span)
	if len(part.Values) > 0 {
		copy(out[part.First-span.From:], part.Values)
	}
	return out
}

// daily evaluates an expression on each of n days.
func daily(expr *formula.Expr, inputs map[string][]float64, n int) []float64 {
	out := make([]float64, n)
	if refs := expr.Names(); len(refs) == 1 && expr.Canonical() == refs[0].Name {
		for i := range out {
			out[i] = math.NaN()
		}
		copy(out, inputs[refs[0].Name])
		return out
	}
	day := 0
	lookup := func(name string) (float64, bool) {
		values := inputs[name]
		if day >= len(values) || math.IsNaN(values[day]) {
			return 0, false
		}
		return values[day], true
	}
	for day = range n {
		v, err := expr.Eval(lookup)
		if err != nil {
			v = math.NaN()
		}
		out[day] = v
	}
	return out
}

// Kind tells how an indicator behaves over time: a Flow accumulates, a Rate is a
// ratio of flows, a Level stands at a height.
func (e *Evaluator) Kind(id string) formula.Kind {
	if kind, done := e.kinds[id]; done {
		return kind
	}
	ind := e.model.byID[id]
	kind := formula.Other
	switch {
	case ind == nil:
	case ind.Measure != nil:
		kind = ind.Measure.Degree(e.metricKind)
	case ind.Formula != nil:
		kind = ind.Formula.Degree(e.Kind)
	case ind.Ratio():
		kind = formula.Rate
	}
	e.kinds[id] = kind
	return kind
}

func (e *Evaluator) metricKind(name string) formula.Kind {
	m := e.model.metricsByID[name]
	if m != nil && m.Agg == series.Sum {
		return formula.Flow
	}
	return formula.Level
}

// Presence is 1 on the days on which everything an indicator rests on was
// measured, and missing on the others. It differs from History where a rate has
// nothing to divide by: that day was measured, though it has no rate.
func (e *Evaluator) Presence(id string) series.Daily {
	out := series.Daily{First: e.span.From, Values: make([]float64, max(e.span.Days(), 0))}
	counts := e.completeDays(id)
	for i := range out.Values {
		out.Values[i] = math.NaN()
		if counts != nil && counts[i+1] > counts[i] {
			out.Values[i] = 1
		}
	}
	return out
}
