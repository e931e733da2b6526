package goal

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

// PartValue is an indicator's value among the rows that have one value of a
// dimension.
type PartValue struct {
	Value string  // of the dimension; "" where the rows leave it empty
	V     float64 // NaN when there is none
}

// Dimensions lists the dimensions an indicator can be split by: those that every
// metric of its measure has. Only measured indicators can be split.
func (e *Evaluator) Dimensions(id string) []string {
	ind := e.model.byID[id]
	if ind == nil || ind.Measure == nil {
		return nil
	}
	var common []string
	for i, name := range ind.Measure.Inputs() {
		by := e.model.metricsByID[name].Source.By
		if i == 0 {
			common = slices.Clone(by)
			continue
		}
		common = slices.DeleteFunc(common, func(d string) bool { return !slices.Contains(by, d) })
	}
	return common
}

// Split evaluates an indicator over a span for each value of one dimension, the
// largest first. Rates are ratios of the part's own sums.
func (e *Evaluator) Split(id string, span series.Span, dimension string) []PartValue {
	ind := e.model.byID[id]
	if ind == nil || ind.Measure == nil || !slices.Contains(e.Dimensions(id), dimension) {
		return nil
	}
	byValue := map[string]map[string]float64{}
	for _, name := range ind.Measure.Inputs() {
		metric, observed := e.model.metricsByID[name], e.data.Metrics[name]
		if observed == nil {
			continue
		}
		at := dimensionAt(metric, dimension)
		for value, total := range splitMetric(observed, at, span, metric.Agg) {
			if byValue[value] == nil {
				byValue[value] = map[string]float64{}
			}
			byValue[value][name] = total
		}
	}
	out := make([]PartValue, 0, len(byValue))
	for value, metrics := range byValue {
		v, _ := e.run(ind.Measure, func(name string) (float64, bool) {
			v, ok := metrics[name]
			return v, ok
		})
		out = append(out, PartValue{Value: value, V: v})
	}
	slices.SortFunc(out, func(a, b PartValue) int {
		switch x, y := orZero(a.V), orZero(b.V); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		if a.Value < b.Value {
			return -1
		}
		return 1
	})
	return out
}

// splitMetric aggregates a metric's parts by the value of one dimension.
func splitMetric(observed *Observed, at int, span series.Span, agg series.Aggregation) map[string]float64 {
	out := map[string]float64{}
	counts := map[string]int{}
	for _, part := range observed.Parts {
		if at < 0 || at >= len(part.Values) {
			continue
		}
		v, present := part.Daily.Aggregate(span, agg)
		if present == 0 {
			continue
		}
		value := part.Values[at]
		counts[value]++
		switch agg {
		case series.Max:
			if counts[value] == 1 || v > out[value] {
				out[value] = v
			}
		case series.Mean:
			out[value] += (v - out[value]) / float64(counts[value])
		default:
			out[value] += v
		}
	}
	return out
}

func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// dimensionAt is the place of a dimension among those of a metric's source.
func dimensionAt(m *Metric, dimension string) int { return slices.Index(m.Source.By, dimension) }
