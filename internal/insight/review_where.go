package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

const (
	// partVolume is the share of all that is counted from which a part is looked at by itself.
	partVolume = .25
	// mostParts bounds the parts of one dimension that are looked at.
	mostParts = 4
	// whereShare is the part of a fall that one value of a dimension must hold to be named.
	whereShare = .6
	// whereOwn is how much further that value fell than the rest, in logarithms of the rate.
	whereOwn = 1.5
	// partSure is the chance of a false alarm at which a part's own fall names it.
	partSure = .05
)

// partsOf is a measured rate's counts for the larger values of one dimension.
func (v *View) partsOf(ind *goal.Indicator, dimension string, span series.Span) (above, below map[string]series.Daily) {
	above, below = map[string]series.Daily{}, map[string]series.Daily{}
	if ind.Measure == nil {
		return above, below
	}
	shape := ind.Measure.Shape()
	tops, all := v.byPart(shape.Parts[0].Name, dimension, span)
	bottoms, _ := v.byPart(shape.Parts[1].Name, dimension, span)
	for value, top := range tops {
		sum, _ := top.Aggregate(span, series.Sum)
		bottom, both := bottoms[value]
		if both && sum >= partVolume*all && sum < all && len(above) < mostParts {
			above[value], below[value] = top, bottom
		}
	}
	return above, below
}

// byPart adds a metric's parts up by the value of one dimension.
func (v *View) byPart(name, dimension string, span series.Span) (parts map[string]series.Daily, all float64) {
	parts = map[string]series.Daily{}
	metric, observed := v.model.Metric(name), v.ev.Data().Metrics[name]
	if metric == nil || observed == nil {
		return parts, 0
	}
	at := -1
	for i, d := range metric.Source.By {
		if d == dimension {
			at = i
		}
	}
	for _, part := range observed.Parts {
		if at < 0 || at >= len(part.Values) {
			continue
		}
		sum, known := parts[part.Values[at]]
		if !known {
			sum = series.Daily{First: span.From, Values: make([]float64, span.Days())}
			for i := range sum.Values {
				sum.Values[i] = math.NaN()
			}
		}
		for i := range sum.Values {
			if x, ok := part.Daily.At(span.From + series.Day(i)); ok {
				if math.IsNaN(sum.Values[i]) {
					sum.Values[i] = 0
				}
				sum.Values[i] += x
				all += x
			}
		}
		parts[part.Values[at]] = sum
	}
	return parts, all
}

// located finds the one value of a dimension that a leak happened at, where there is such
// a value.
func (v *View) located(l leak) leak {
	found := l
	found.dimension, found.part, found.partShare = "", "", 0
	for _, dimension := range v.ev.Dimensions(l.ind.ID) {
		parts := v.ev.SplitChange(l.ind.ID, l.base, l.since, dimension)
		was, is := map[string]float64{}, map[string]float64{}
		for _, p := range v.ev.Split(l.ind.ID, l.base, dimension) {
			was[p.Value] = p.V
		}
		for _, p := range v.ev.Split(l.ind.ID, l.since, dimension) {
			is[p.Value] = p.V
		}
		whole := 0.0
		for _, c := range parts {
			whole += c
		}
		if whole*(l.now-l.before) <= 0 || len(parts) < 2 {
			continue
		}
		for value, c := range parts {
			share := min(c/whole, 1)
			if share < whereShare || !(was[value] > 0) || !exists(is[value]) {
				continue
			}
			if share < found.partShare || share == found.partShare && value > found.part || !standsOut(parts, was, is, value) {
				continue
			}
			found.dimension, found.part, found.partShare, found.partWas, found.partIs = dimension, value, share, was[value], is[value]
		}
	}
	return found
}

// partNamed names the part whose own look found the fall, where the fall of the whole is
// too blurred by luck in the others to be shared out.
func (v *View) partNamed(l leak, parts []leak) leak {
	best := -1
	for i, p := range parts {
		if p.ind == l.ind && p.p <= partSure && p.ratio < l.ratio && p.first <= l.last+14 && l.first <= p.last+14 && (best < 0 || p.p < parts[best].p) {
			best = i
		}
	}
	if best < 0 {
		return l
	}
	l.dimension, l.part = parts[best].dimension, parts[best].part
	for _, side := range []struct {
		span series.Span
		into *float64
	}{{l.base, &l.partWas}, {l.since, &l.partIs}} {
		for _, p := range v.ev.Split(l.ind.ID, side.span, l.dimension) {
			if p.Value == l.part {
				*side.into = p.V
			}
		}
	}
	return l
}

// standsOut reports whether one value fell clearly further than the others together.
func standsOut(parts, was, is map[string]float64, value string) bool {
	fall := func(v string) float64 { return math.Log(max(is[v], was[v]*.01) / was[v]) }
	sum, weight := 0.0, 0.0
	for other := range parts {
		if other != value && was[other] > 0 && exists(is[other]) {
			w := math.Abs(parts[other]) + 1e-12
			sum += w * fall(other)
			weight += w
		}
	}
	if weight == 0 {
		return false
	}
	own, rest := fall(value), sum/weight
	return rest*own <= 0 || math.Abs(own) > whereOwn*math.Abs(rest)
}
