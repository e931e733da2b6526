package classic

import "math"

// Decomposition splits a series of n values: y = Trend + Season + Rest, or the product of
// the three where it is multiplicative. Trend is NaN for half a season at either end of a
// classical decomposition and everywhere defined after STL.
type Decomposition struct {
	Trend, Season, Rest []float64
	Indices             []float64 // Indices[i] belongs to y[i], y[i+m], …; len m
	Multiplicative      bool
}

// Decompose is the classical decomposition by centred moving averages (Kendall & Stuart
// 1983). It needs two whole seasons, and positive values where it is multiplicative;
// otherwise the season is neutral and why says so.
func Decompose(y []float64, m int, multiplicative bool) (d Decomposition, why Reason) {
	n := len(y)
	neutral := 0.0
	if multiplicative {
		neutral = 1
	}
	d = Decomposition{Season: repeat(neutral, n), Rest: repeat(neutral, n), Indices: repeat(neutral, max(m, 1)), Multiplicative: multiplicative}
	d.Trend = append([]float64(nil), y...)
	if multiplicative && !positive(y) {
		return d, NotPositive
	}
	if m < 2 || n < 2*m {
		return d, TooShort
	}
	if !complete(y) {
		return d, TooManyGaps
	}
	d.Trend = centredMean(y, m)
	sums, counts := make([]float64, m), make([]float64, m)
	for i, t := range d.Trend {
		if !usable(t) {
			continue
		}
		part := y[i] - t
		if multiplicative {
			part = y[i] / t
		}
		sums[i%m] += part
		counts[i%m]++
	}
	for i := range sums {
		d.Indices[i] = neutral
		if counts[i] > 0 {
			d.Indices[i] = sums[i] / counts[i]
		}
	}
	centre := mean(d.Indices)
	for i := range d.Indices {
		if multiplicative {
			d.Indices[i] /= centre
		} else {
			d.Indices[i] -= centre
		}
	}
	for i := range y {
		d.Season[i] = d.Indices[i%m]
		if multiplicative {
			d.Rest[i] = y[i] / (d.Trend[i] * d.Season[i])
		} else {
			d.Rest[i] = y[i] - d.Trend[i] - d.Season[i]
		}
	}
	return d, Fine
}

// centredMean is the moving average over one season, its two end values weighted by half
// where m is even; NaN for ⌊m/2⌋ values at either end.
func centredMean(y []float64, m int) []float64 {
	n, half := len(y), m/2
	out := make([]float64, n)
	for i := range out {
		if i < half || i+half >= n {
			out[i] = math.NaN()
			continue
		}
		sum := 0.0
		for j := i - half; j <= i+half; j++ {
			sum += y[j]
		}
		if m%2 == 0 {
			sum -= (y[i-half] + y[i+half]) / 2
		}
		out[i] = sum / float64(m)
	}
	return out
}

// Autocorrelation is the sample autocorrelation at lags 1 … most (out[0] is lag 1), each
// −1 … 1; zeros where the series does not vary.
func Autocorrelation(y []float64, most int) []float64 {
	out := make([]float64, max(most, 0))
	centre, total := mean(y), 0.0
	for _, v := range y {
		total += (v - centre) * (v - centre)
	}
	if !(total > 0) {
		return out
	}
	for lag := 1; lag <= most; lag++ {
		sum := 0.0
		for i := lag; i < len(y); i++ {
			sum += (y[i] - centre) * (y[i-lag] - centre)
		}
		out[lag-1] = sum / total
	}
	return out
}

// Seasonal is the test of the Theta method (Assimakopoulos & Nikolopoulos 2000): whether
// the autocorrelation at one season exceeds its 90 % limit given the shorter lags. It
// needs more than two seasons.
func Seasonal(y []float64, m int) bool {
	n := len(y)
	if m < 2 || n <= 2*m || constant(y) {
		return false
	}
	r := Autocorrelation(y, m)
	sum := 1.0
	for _, v := range r[:m-1] {
		sum += 2 * v * v
	}
	return math.Abs(r[m-1]) > normalQuantile(.95)*math.Sqrt(sum/float64(n))
}
