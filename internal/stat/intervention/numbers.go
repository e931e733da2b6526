package intervention

import "math"

func mean(x []float64) float64 {
	m, n := 0.0, 0
	for _, v := range x {
		if !math.IsNaN(v) {
			n++
			m += (v - m) / float64(n)
		}
	}
	return m
}

// quantile reads a sorted list, with straight lines between its members.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	h := p * float64(len(sorted)-1)
	i := min(int(h), len(sorted)-1)
	j := min(i+1, len(sorted)-1)
	return sorted[i] + (h-float64(i))*(sorted[j]-sorted[i])
}
