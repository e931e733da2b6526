package goal

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

// SplitChange says how much the parts of one dimension moved an indicator from
// one span to another, by the value of the dimension, in the indicator's unit.
//
// For what adds up it is the part's own difference. For a rate it is the
// difference of the part's rate times the part's share of the denominator,
// averaged over both spans: a device that few people use cannot move the whole
// far, whatever its own rate does. What is left of the whole's change came from
// the mix of the parts. Parts that lack data in either span are left out, and so
// is everything for measures of another shape.
func (e *Evaluator) SplitChange(id string, base, now series.Span, dimension string) map[string]float64 {
	before, after := byValue(e.Split(id, base, dimension)), byValue(e.Split(id, now, dimension))
	shareBefore, shareAfter := e.partShares(id, base, dimension), e.partShares(id, now, dimension)
	out := map[string]float64{}
	for value, is := range after {
		was, known := before[value]
		if !known {
			continue
		}
		switch e.Kind(id) {
		case formula.Flow, formula.Level:
			out[value] = is - was
		case formula.Rate:
			if shareBefore != nil && shareAfter != nil {
				out[value] = (is - was) * (shareBefore[value] + shareAfter[value]) / 2
			}
		}
	}
	return out
}

// partShares is each part's share of the denominator of a measured ratio; nil
// where the measure is not one metric over another.
func (e *Evaluator) partShares(id string, span series.Span, dimension string) map[string]float64 {
	ind := e.model.byID[id]
	if ind == nil || ind.Measure == nil {
		return nil
	}
	shape := ind.Measure.Shape()
	if shape.Op != formula.JoinQuotient || len(shape.Parts) != 2 || !shape.Parts[1].Inverse {
		return nil
	}
	name := shape.Parts[1].Name
	observed, metric := e.data.Metrics[name], e.model.metricsByID[name]
	if observed == nil {
		return nil
	}
	parts := splitMetric(observed, dimensionAt(metric, dimension), span, metric.Agg)
	whole := 0.0
	for _, v := range parts {
		whole += v
	}
	if !(whole > 0) {
		return nil
	}
	for value := range parts {
		parts[value] /= whole
	}
	return parts
}

func byValue(parts []PartValue) map[string]float64 {
	out := make(map[string]float64, len(parts))
	for _, p := range parts {
		if !math.IsNaN(p.V) {
			out[p.Value] = p.V
		}
	}
	return out
}
