package structure

import (
	"fmt"
	"math"
)

// The quantiles below were simulated (40,000 bridges of 1,000 steps; 20,000 paths of 500
// steps per history). TestGateMovingLaw simulates them anew.

// movingLevels are the tail probabilities of the columns of movingQuantiles.
var movingLevels = []float64{.9, .7, .5, .3, .2, .1, .05, .025, .01, .005, .002}

// movingQuantiles: the largest |B(t+h) − B(t)| of a Brownian bridge, for h = .05, .10 … .50.
var movingQuantiles = [][]float64{
	{0.4996, 0.5593, 0.6076, 0.6602, 0.6944, 0.7456, 0.7906, 0.8357, 0.8858, 0.9244, 0.9709},
	{0.5997, 0.6906, 0.7621, 0.8411, 0.8938, 0.9722, 1.0398, 1.0996, 1.1778, 1.2335, 1.3063},
	{0.6422, 0.7570, 0.8487, 0.9508, 1.0175, 1.1132, 1.1993, 1.2755, 1.3713, 1.4351, 1.5190},
	{0.6589, 0.7934, 0.8994, 1.0163, 1.0931, 1.2080, 1.3115, 1.4031, 1.5058, 1.5724, 1.6754},
	{0.6621, 0.8085, 0.9246, 1.0590, 1.1432, 1.2735, 1.3824, 1.4833, 1.5986, 1.6787, 1.7745},
	{0.6595, 0.8130, 0.9377, 1.0831, 1.1751, 1.3122, 1.4319, 1.5395, 1.6776, 1.7602, 1.8705},
	{0.6547, 0.8103, 0.9439, 1.0935, 1.1944, 1.3387, 1.4680, 1.5834, 1.7259, 1.8217, 1.9362},
	{0.6435, 0.8026, 0.9398, 1.0978, 1.1995, 1.3498, 1.4835, 1.6030, 1.7534, 1.8487, 1.9848},
	{0.6265, 0.7935, 0.9326, 1.0914, 1.1944, 1.3499, 1.4881, 1.6104, 1.7559, 1.8556, 1.9849},
	{0.6179, 0.7836, 0.9229, 1.0822, 1.1877, 1.3467, 1.4832, 1.6067, 1.7515, 1.8522, 1.9896},
}

// MovingP is P(max_t |B(t+h) − B(t)| > x) for the largest of k independent bridges, the law
// of the moving-window tests (Chu, Hornik and Kuan 1995).
func MovingP(x, h float64, k int) float64 {
	at := math.Min(math.Max(h/.05, 1), 10) - 1
	i := min(int(at), 8)
	share := at - float64(i)
	quantiles := make([]float64, len(movingLevels))
	for j := range quantiles {
		quantiles[j] = (1-share)*movingQuantiles[i][j] + share*movingQuantiles[i+1][j]
	}
	return severalP(tailFrom(x, quantiles, movingLevels), k)
}

// tailFrom interpolates a tail: log p is nearly linear in x², beyond the ends too.
func tailFrom(x float64, quantiles, levels []float64) float64 {
	if !(x > 0) {
		return 1
	}
	last := len(quantiles) - 1
	if x < quantiles[0] {
		return 1 - (1-levels[0])*math.Pow(x/quantiles[0], 4)
	}
	j := 0
	for j+2 <= last && x > quantiles[j+1] {
		j++
	}
	a, b := quantiles[j]*quantiles[j], quantiles[j+1]*quantiles[j+1]
	share := (x*x - a) / (b - a)
	return math.Exp((1-share)*math.Log(levels[j]) + share*math.Log(levels[j+1]))
}

var (
	watchLevels  = []float64{.2, .1, .05, .025, .01}
	watchWindows = []float64{.25, .5, 1}
	watchPeriods = []float64{2, 3, 4, 6, 8, 10}
)

// watchQuantiles: largest |W₀(t) − W₀(t−h)|/√(2 max(1, log t)) for t from 1 to the period,
// W₀(t) = W(t) − tW(1), by window and period.
var watchQuantiles = [][][]float64{
	{
		{1.0066, 1.1178, 1.2149, 1.3125, 1.4330}, {1.1042, 1.2122, 1.3088, 1.3909, 1.4974},
		{1.1289, 1.2327, 1.3260, 1.4042, 1.5061}, {1.1396, 1.2404, 1.3308, 1.4089, 1.5079},
		{1.1419, 1.2423, 1.3316, 1.4098, 1.5079}, {1.1425, 1.2424, 1.3317, 1.4098, 1.5079},
	},
	{
		{1.3207, 1.5081, 1.6673, 1.8284, 2.0235}, {1.5012, 1.6829, 1.8499, 1.9921, 2.1812},
		{1.5500, 1.7222, 1.8901, 2.0150, 2.1920}, {1.5762, 1.7396, 1.9018, 2.0272, 2.1960},
		{1.5816, 1.7420, 1.9042, 2.0287, 2.1961}, {1.5844, 1.7437, 1.9042, 2.0287, 2.1961},
	},
	{
		{1.6252, 1.9342, 2.2228, 2.4939, 2.8403}, {1.9975, 2.3298, 2.6186, 2.8810, 3.2048},
		{2.1100, 2.4197, 2.7049, 2.9450, 3.2458}, {2.1717, 2.4603, 2.7350, 2.9690, 3.2823},
		{2.1865, 2.4706, 2.7420, 2.9720, 3.2834}, {2.1924, 2.4751, 2.7427, 2.9735, 3.2834},
	},
}

// MosumCritical is the factor of √(2 max(1, log t)) that a monitored moving sum crosses with
// probability alpha (.2 … .01; beyond, along the tail) within period times the history
// (Leisch, Hornik and Kuan 2000). Errors: ErrShape unless window is .25, .5 or 1 and period
// lies within 2 … 10.
func MosumCritical(alpha, window, period float64) (float64, error) {
	w := -1
	for i, v := range watchWindows {
		if math.Abs(v-window) < 1e-9 {
			w = i
		}
	}
	if w < 0 || !(period >= 2 && period <= 10) || !(alpha > 0 && alpha < 1) {
		return 0, fmt.Errorf("find a boundary for window %v, period %v, level %v: %w", window, period, alpha, ErrShape)
	}
	i := 0
	for i+2 < len(watchPeriods) && period > watchPeriods[i+1] {
		i++
	}
	share := (period - watchPeriods[i]) / (watchPeriods[i+1] - watchPeriods[i])
	quantiles := make([]float64, len(watchLevels))
	for j := range quantiles {
		quantiles[j] = (1-share)*watchQuantiles[w][i][j] + share*watchQuantiles[w][i+1][j]
	}
	return bisect(func(x float64) bool { return tailFrom(x, quantiles, watchLevels) > alpha }, 0, 20), nil
}
