package structure

import (
	"fmt"
	"math"
)

// The quantiles below were simulated: movingQuantiles from 1,000,000 bridges of 1,000 steps;
// watchQuantiles from 500,000 paths of 1,000 steps per history and, of the same paths, every
// fourth step, which together give the limit of ever finer steps (the gap to it falls with
// the root of the step). TestGateMovingLaw and TestGateWatchLaw simulate them anew. A real
// watch sees a day at a time and stays below the limit: with a history of 100 its 5 % point
// is lower by 2 %, so it alarms a little too seldom and never too often.

// movingLevels are the tail probabilities of the columns of movingQuantiles.
var movingLevels = []float64{.9, .7, .5, .3, .2, .1, .05, .025, .01, .005, .002}

// movingQuantiles: the largest |B(t+h) − B(t)| of a Brownian bridge, for h = .05, .10 … .50.
var movingQuantiles = [][]float64{
	{0.5004, 0.5607, 0.6078, 0.6604, 0.6948, 0.7468, 0.7931, 0.8357, 0.8888, 0.9267, 0.9737},
	{0.5978, 0.6905, 0.7623, 0.8422, 0.8942, 0.9722, 1.0407, 1.1035, 1.1789, 1.2330, 1.3011},
	{0.6400, 0.7559, 0.8477, 0.9491, 1.0153, 1.1128, 1.1984, 1.2756, 1.3700, 1.4368, 1.5211},
	{0.6578, 0.7903, 0.8978, 1.0167, 1.0946, 1.2082, 1.3076, 1.3985, 1.5079, 1.5841, 1.6797},
	{0.6623, 0.8074, 0.9262, 1.0590, 1.1460, 1.2736, 1.3858, 1.4857, 1.6048, 1.6886, 1.7977},
	{0.6600, 0.8131, 0.9404, 1.0841, 1.1783, 1.3169, 1.4380, 1.5456, 1.6737, 1.7651, 1.8791},
	{0.6537, 0.8114, 0.9444, 1.0962, 1.1955, 1.3424, 1.4708, 1.5856, 1.7216, 1.8176, 1.9317},
	{0.6429, 0.8028, 0.9403, 1.0977, 1.2018, 1.3539, 1.4868, 1.6060, 1.7466, 1.8460, 1.9699},
	{0.6267, 0.7910, 0.9317, 1.0928, 1.1988, 1.3539, 1.4889, 1.6113, 1.7554, 1.8556, 1.9827},
	{0.6159, 0.7811, 0.9234, 1.0851, 1.1915, 1.3485, 1.4845, 1.6079, 1.7506, 1.8537, 1.9810},
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
		{1.0291, 1.1437, 1.2437, 1.3342, 1.4461}, {1.1329, 1.2396, 1.3345, 1.4197, 1.5214},
		{1.1575, 1.2597, 1.3512, 1.4329, 1.5317}, {1.1672, 1.2665, 1.3556, 1.4359, 1.5346},
		{1.1693, 1.2675, 1.3560, 1.4360, 1.5348}, {1.1698, 1.2678, 1.3561, 1.4360, 1.5348},
	},
	{
		{1.3362, 1.5273, 1.6978, 1.8518, 2.0365}, {1.5235, 1.7064, 1.8678, 2.0110, 2.1875},
		{1.5721, 1.7465, 1.8999, 2.0411, 2.2084}, {1.5961, 1.7629, 1.9120, 2.0489, 2.2130},
		{1.6016, 1.7668, 1.9149, 2.0500, 2.2135}, {1.6034, 1.7676, 1.9154, 2.0501, 2.2137},
	},
	{
		{1.6436, 1.9589, 2.2431, 2.5006, 2.8074}, {2.0284, 2.3549, 2.6403, 2.8955, 3.2076},
		{2.1322, 2.4439, 2.7108, 2.9612, 3.2618}, {2.1910, 2.4852, 2.7439, 2.9835, 3.2774},
		{2.2080, 2.4963, 2.7516, 2.9871, 3.2798}, {2.2165, 2.5003, 2.7535, 2.9883, 3.2800},
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
