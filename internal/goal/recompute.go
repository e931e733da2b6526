package goal

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// Recompute answers "what if": every indicator over a span as it is (before)
// and with some of them set to other values (after), carried up along formulas
// exactly. An indicator that is measured as well as computed keeps its gap in
// proportion: its measured value is scaled as its formula is. Values that do
// not exist are NaN.
func (e *Evaluator) Recompute(span series.Span, set map[string]float64) (before, after map[string]float64) {
	base := e.Values(span)
	before, after = make(map[string]float64, len(base)), make(map[string]float64, len(base))
	for id, v := range base {
		before[id] = v.V
	}
	for _, id := range e.order {
		after[id] = e.recompute(id, base, after, set)
	}
	return before, after
}

func (e *Evaluator) recompute(id string, base map[string]Value, after, set map[string]float64) float64 {
	if v, isSet := set[id]; isSet {
		return v
	}
	ind := e.model.byID[id]
	if ind.Formula == nil || !e.touched(id, base, after) {
		return base[id].V
	}
	computed, _ := e.run(ind.Formula, func(name string) (float64, bool) {
		v := after[name]
		return v, !math.IsNaN(v)
	})
	measured, old := base[id].Measured, base[id].Computed
	switch {
	case math.IsNaN(measured):
		return computed
	case math.IsNaN(computed) || math.IsNaN(old):
		return measured
	case old == 0:
		return measured + computed
	}
	return measured * (computed / old)
}

// touched reports whether any input of a formula differs from its base value.
func (e *Evaluator) touched(id string, base map[string]Value, after map[string]float64) bool {
	for _, child := range e.model.Children(id) {
		was, is := base[child].V, after[child]
		if was != is && !(math.IsNaN(was) && math.IsNaN(is)) {
			return true
		}
	}
	return false
}
