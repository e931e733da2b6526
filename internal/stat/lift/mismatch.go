package lift

import "github.com/shirube/shirube/internal/stat"

// MismatchBelow is the p-value under which a split is called broken: one in a thousand
// correct experiments is accused (Fabijan et al. 2019 use .0005, others .01).
const MismatchBelow = 0.001

// Mismatch tests whether people fell into the arms as planned (sample ratio mismatch):
// Pearson's chi-square of the counts against the planned weights, which need not sum to 1.
// ok is false with fewer than two arms or a weight that is not positive.
func Mismatch(counts, weights []float64) (t stat.Test, ok bool) {
	if len(counts) < 2 || len(weights) != len(counts) {
		return stat.Test{P: 1}, false
	}
	n, whole := 0.0, 0.0
	for i, w := range weights {
		if !(w > 0) {
			return stat.Test{P: 1}, false
		}
		whole += w
		n += counts[i]
	}
	if !(n > 0) {
		return stat.Test{P: 1}, false
	}
	for i, w := range weights {
		expected := n * w / whole
		t.Stat += (counts[i] - expected) * (counts[i] - expected) / expected
	}
	t.DF1 = float64(len(counts) - 1)
	t.P = stat.ChiSquareTail(t.Stat, t.DF1)
	return t, true
}
