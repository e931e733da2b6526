package forecast

import (
	"math"
	"slices"
)

func mean(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// variance is the sample variance; 0 for fewer than two values.
func variance(values []float64) float64 {
	if len(values) < 2 {
		return 0
	}
	m, sum := mean(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return sum / float64(len(values)-1)
}

// medianAndSpread is the median and the median absolute deviation, the latter
// scaled to be a standard deviation where values are normal.
func medianAndSpread(values []float64) (median, spread float64) {
	if len(values) == 0 {
		return 0, 0
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	median = middle(sorted)
	return median, 1.4826 * middleDistance(sorted, median)
}

// middleDistance is the median distance of sorted values from a point among them: from
// there outwards, whichever side is nearer, until half are passed.
func middleDistance(sorted []float64, from float64) float64 {
	n := len(sorted)
	above := 0
	for above < n && sorted[above] < from {
		above++
	}
	below, last, before := above-1, 0.0, 0.0
	for range n/2 + 1 {
		before = last
		if below < 0 || above < n && sorted[above]-from <= from-sorted[below] {
			last = math.Abs(sorted[above] - from)
			above++
		} else {
			last = math.Abs(sorted[below] - from)
			below--
		}
	}
	if n%2 == 1 {
		return last
	}
	return (before + last) / 2
}

func middle(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

func ones(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}
