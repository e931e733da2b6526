package link

import (
	"math"
	"slices"
)

// scale is how a series is measured for a link.
type scale uint8

const (
	logs   scale = iota // log v: effects are elasticities
	counts              // small whole numbers, zeros among them: a log-linear count model
	levels              // negatives: v / mean|v|, so that 1 is the usual size
	still               // never changes, or nothing there
)

// measured is a series as a link sees it, in units of its own so that euros or thousands
// of euros make no difference.
type measured struct {
	scale   scale
	reason  Reason
	present []bool
	asKPI   []float64 // log v or level; 0 where absent
	raw     []float64 // v in steps of the series' own grain (counts) or as it is
}

// measure chooses how a series is measured. Zero can mean "nothing happened" (small
// counts) or "nothing was recorded" (a site with hundreds of visits a day that shows 0):
// a zero in a series whose typical day is at least 20 grains is taken as missing unless
// such days are common.
func measure(values []float64) measured {
	n := len(values)
	m := measured{present: make([]bool, n), asKPI: make([]float64, n), raw: make([]float64, n)}
	var positive []float64
	zeros, negatives, finite := 0, 0, 0
	for t, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		m.present[t] = true
		finite++
		switch {
		case v > 0:
			positive = append(positive, v)
		case v < 0:
			negatives++
		default:
			zeros++
		}
	}
	if finite == 0 || constant(values) {
		m.scale, m.reason = still, Constant
		return m
	}
	if negatives > 0 || len(positive) == 0 {
		m.scale = levels
		size := 0.0
		for t, v := range values {
			if m.present[t] {
				size += math.Abs(v) / float64(finite)
			}
		}
		for t, v := range values {
			if m.present[t] {
				m.raw[t], m.asKPI[t] = v/size, v/size
			}
		}
		return m
	}
	slices.Sort(positive)
	grain := grainOf(positive)
	typical := positive[len(positive)/2] / grain
	mean := 0.0
	for _, v := range positive {
		mean += v / grain / float64(finite)
	}
	if zeros > 0 && typical >= 20 && zeros*10 <= finite {
		for t, v := range values {
			if m.present[t] && v == 0 {
				m.present[t] = false
			}
		}
		zeros = 0
	}
	if zeros > 0 || mean < 20 {
		m.scale = counts
	}
	for t, v := range values {
		if !m.present[t] {
			continue
		}
		m.raw[t] = v / grain
		switch {
		case v > 0 && typical >= 20:
			m.asKPI[t] = math.Log(v / grain)
		case typical >= 20: // common zeros of a large series: a KPI cannot say log 0
			m.asKPI[t] = math.NaN()
		default:
			m.asKPI[t] = math.Log(v/grain + .5)
		}
	}
	return m
}

func constant(values []float64) bool {
	first, seen := 0.0, false
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		if seen && math.Abs(v-first) > 1e-12*math.Abs(first) {
			return false
		}
		first, seen = v, true
	}
	return true
}

// grainOf is the step in which sorted positive values count: 1 for whole numbers, 1000
// for whole numbers written in thousands; tiny for amounts of money.
func grainOf(sorted []float64) float64 {
	top := sorted[len(sorted)-1]
	grain, last := sorted[0], 0.0
	for _, v := range sorted {
		if gap := v - last; gap > 1e-9*top && gap < grain {
			grain = gap
		}
		last = v
	}
	return max(grain, 1e-9*top)
}
