package classic

import (
	"math"
	"slices"
)

// SplitRank is the rank k = ⌈(n+1)(1−a)⌉ of split conformal prediction (Lei et al. 2018).
// Where k > n the residuals are too few for the level, and k is n+1.
func SplitRank(n int, a float64) int {
	// A hair is taken off so that (n+1)(1−a) that is whole but for rounding stays whole.
	return min(max(int(math.Ceil(float64(n+1)*(1-a)-1e-9)), 1), n+1)
}

// SplitQuantile is the k-th smallest absolute residual, k by SplitRank: the half width
// that covers a new value with probability ≥ 1−a where residuals are exchangeable. With
// too few residuals for the level it is the largest one and enough is false.
func SplitQuantile(residuals []float64, a float64) (q float64, k int, enough bool) {
	sizes := make([]float64, 0, len(residuals))
	for _, r := range residuals {
		if usable(r) {
			sizes = append(sizes, math.Abs(r))
		}
	}
	if len(sizes) == 0 {
		return 0, 1, false
	}
	slices.Sort(sizes)
	k = SplitRank(len(sizes), a)
	return sizes[min(k, len(sizes))-1], k, k <= len(sizes)
}

// ACI is adaptive conformal inference (Gibbs & Candès 2021, equation 2): the level a is
// moved after every outcome, a ← a + gamma·(target − missed), so that the share of misses
// in the long run is the target whatever the series does.
type ACI struct {
	Target, Gamma float64 // for instance .05 and .01
	Alpha         float64 // the level to use next; may leave 0 … 1, see Level
}

// NewACI starts at the target.
func NewACI(target, gamma float64) *ACI { return &ACI{Target: target, Gamma: gamma, Alpha: target} }

// Update takes in whether the last value fell outside its interval.
func (c *ACI) Update(missed bool) {
	err := 0.0
	if missed {
		err = 1
	}
	c.Alpha += c.Gamma * (c.Target - err)
}

// Level is Alpha held inside (0, 1), as a quantile needs it.
func (c *ACI) Level() float64 { return math.Min(math.Max(c.Alpha, 1e-4), 1-1e-4) }

// SplitBands are the intervals of split conformal prediction around a forecast, each step
// by its own residuals: residuals[i] are the errors i+1 steps ahead from earlier origins.
// A width never shrinks with the step: where later steps have fewer residuals, the widest
// so far is kept. enough is false if a step had too few for the level.
func SplitBands(mean []float64, residuals [][]float64, level float64) (lo, hi []float64, enough bool) {
	lo, hi = make([]float64, len(mean)), make([]float64, len(mean))
	half := 0.0
	enough = true
	for i, v := range mean {
		if i < len(residuals) {
			q, _, ok := SplitQuantile(residuals[i], 1-level)
			half, enough = math.Max(half, q), enough && ok
		} else {
			enough = false
		}
		lo[i], hi[i] = v-half, v+half
	}
	return lo, hi, enough
}
