package classic

import (
	"math"
	"slices"
)

// loess smooths y (at 1 … n) with tricube weights over window values, at every jump-th
// step, and joins those by straight lines. weights may be nil.
func loess(y []float64, window, degree, jump int, weights []float64) []float64 {
	n := len(y)
	if n < 2 {
		return slices.Clone(y)
	}
	out := make([]float64, n)
	jump = min(jump, n-1)
	at := func(i int) float64 { // i counts from 1
		left, right := 1, n
		if window < n {
			half := (window + 1) / 2
			left = min(max(i-half+1, 1), n-window+1)
			right = left + window - 1
		}
		return orElse(loessAt(y, window, degree, float64(i), left, right, weights), y[i-1])
	}
	done := 1
	for i := 1; i <= n; i += jump {
		out[i-1] = at(i)
		done = i
	}
	for i := 1; i+jump <= n; i += jump {
		between(out, i, i+jump)
	}
	if done < n {
		out[n-1] = at(n)
		between(out, done, n)
	}
	return out
}

func between(out []float64, i, j int) {
	slope := (out[j-1] - out[i-1]) / float64(j-i)
	for k := i + 1; k < j; k++ {
		out[k-1] = out[i-1] + slope*float64(k-i)
	}
}

// loessAt is the local fit at x from the values left … right (counted from 1); NaN where
// no value has weight.
func loessAt(y []float64, window, degree int, x float64, left, right int, weights []float64) float64 {
	n := float64(len(y))
	h := math.Max(x-float64(left), float64(right)-x)
	if window > len(y) {
		h += float64((window - len(y)) / 2)
	}
	w := make([]float64, right-left+1)
	total := 0.0
	for j := left; j <= right; j++ {
		r := math.Abs(float64(j) - x)
		if r > .999*h {
			continue
		}
		v := 1.0
		if r > .001*h {
			c := r / h
			c = 1 - c*c*c
			v = c * c * c
		}
		if weights != nil {
			v *= weights[j-1]
		}
		w[j-left] = v
		total += v
	}
	if !(total > 0) {
		return math.NaN()
	}
	centre := 0.0
	for i := range w {
		w[i] /= total
		centre += w[i] * float64(left+i)
	}
	if h > 0 && degree > 0 {
		b, c := x-centre, 0.0
		for i, v := range w {
			c += v * (float64(left+i) - centre) * (float64(left+i) - centre)
		}
		// Where all weight is on one spot there is no slope to speak of.
		if math.Sqrt(c) > .001*(n-1) {
			b /= c
			for i := range w {
				w[i] *= b*(float64(left+i)-centre) + 1
			}
		}
	}
	out := 0.0
	for i, v := range w {
		out += v * y[left-1+i]
	}
	return out
}

func orElse(v, other float64) float64 {
	if math.IsNaN(v) {
		return other
	}
	return v
}
