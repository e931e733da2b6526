package stat

import (
	"cmp"
	"math"
	"slices"
)

// Adjusted p-values answer "at which level would this one just be rejected?" when many
// tests are made. Each function takes p-values in any order and gives the adjusted ones
// in the same order, between 0 and 1; a p that is not a number counts as 1.

// Bonferroni multiplies by the number of tests: no false rejection at all, at the level.
func Bonferroni(p []float64) []float64 {
	return adjust(p, false, func(_, m int) float64 { return float64(m) })
}

// Holm steps down from the smallest: as safe as Bonferroni, never weaker (Holm 1979).
func Holm(p []float64) []float64 {
	return adjust(p, false, func(i, m int) float64 { return float64(m - i) })
}

// Hochberg steps up from the largest; right for independent or positively dependent tests
// (Hochberg 1988).
func Hochberg(p []float64) []float64 {
	return adjust(p, true, func(i, m int) float64 { return float64(m - i) })
}

// BenjaminiHochberg bounds the expected share of false ones among those called
// (Benjamini & Hochberg 1995): these are q-values.
func BenjaminiHochberg(p []float64) []float64 {
	return adjust(p, true, func(i, m int) float64 { return float64(m) / float64(i+1) })
}

// BenjaminiYekutieli does so under any dependence, at the price of log m (2001).
func BenjaminiYekutieli(p []float64) []float64 {
	harmonic := 0.0
	for i := range p {
		harmonic += 1 / float64(i+1)
	}
	return adjust(p, true, func(i, m int) float64 { return harmonic * float64(m) / float64(i+1) })
}

// TwoStage is Benjamini & Hochberg's procedure at the level alpha with the number of true
// null hypotheses estimated by a first round. With careful the first round runs at
// alpha/(1+alpha), which proves the bound for independent tests (Benjamini, Krieger &
// Yekutieli 2006).
func TwoStage(p []float64, alpha float64, careful bool) []float64 {
	factor := 1.0
	if careful {
		factor = 1 + alpha
	}
	q := BenjaminiHochberg(p)
	called := Rejected(q, alpha/factor)
	share := 1.0
	if called > 0 && called < len(p) {
		share = float64(len(p)-called) / float64(len(p))
	}
	for i := range q {
		q[i] = min(1, q[i]*share*factor)
	}
	return q
}

// Rejected counts the adjusted p-values at or below a level.
func Rejected(adjusted []float64, alpha float64) int {
	count := 0
	for _, q := range adjusted {
		if q <= alpha {
			count++
		}
	}
	return count
}

// adjust multiplies the i-th smallest p by its factor and makes the result monotone: from
// the largest down where the procedure steps up, from the smallest up where it steps down.
func adjust(p []float64, up bool, factor func(i, m int) float64) []float64 {
	m := len(p)
	order := make([]int, m)
	clean := make([]float64, m)
	for i, v := range p {
		order[i], clean[i] = i, v
		if math.IsNaN(v) {
			clean[i] = 1
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(clean[a], clean[b]) })
	out := make([]float64, m)
	running := 0.0
	if up {
		running = 1
	}
	for step := range m {
		i := step
		if up {
			i = m - 1 - step
		}
		v := min(1, clean[order[i]]*factor(i, m))
		if up {
			running = min(running, v)
		} else {
			running = max(running, v)
		}
		out[order[i]] = running
	}
	return out
}
