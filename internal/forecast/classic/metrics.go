package classic

import (
	"math"
	"slices"
)

// SMAPE is the symmetric mean absolute percentage error of the M competitions
// (Makridakis & Hibon 2000): the mean of 200·|y−f|/(|y|+|f|), in percent, 0 … 200. A
// step where both are zero counts as no error. Steps that are NaN are left out.
func SMAPE(actual, forecast []float64) float64 {
	sum, count := 0.0, 0
	for i := range min(len(actual), len(forecast)) {
		a, f := actual[i], forecast[i]
		if !usable(a) || !usable(f) {
			continue
		}
		count++
		if size := math.Abs(a) + math.Abs(f); size > 0 {
			sum += 200 * math.Abs(a-f) / size
		}
	}
	return ratio(sum, float64(count))
}

// SeasonalScale is the mean absolute difference of a series from itself a season before:
// the scale of MASE and MSIS, in the units of y. 0 where the series is shorter than that.
func SeasonalScale(train []float64, m int) float64 {
	m = max(m, 1)
	sum, count := 0.0, 0
	for i := m; i < len(train); i++ {
		if usable(train[i]) && usable(train[i-m]) {
			sum += math.Abs(train[i] - train[i-m])
			count++
		}
	}
	return ratio(sum, float64(count))
}

// MASE is the mean absolute scaled error (Hyndman & Koehler 2006): the mean absolute
// error in units of SeasonalScale. Below 1 the forecast beats the seasonal naive one
// inside the sample. 0 where the scale is zero.
func MASE(train, actual, forecast []float64, m int) float64 {
	sum, count := 0.0, 0
	for i := range min(len(actual), len(forecast)) {
		if usable(actual[i]) && usable(forecast[i]) {
			sum += math.Abs(actual[i] - forecast[i])
			count++
		}
	}
	return ratio(ratio(sum, float64(count)), SeasonalScale(train, m))
}

// MSIS is the mean scaled interval score of the M4 competition (Gneiting & Raftery 2007):
// width plus 2/a times the miss, in units of SeasonalScale; a is .05 for a 95 % interval.
func MSIS(train, actual, lo, hi []float64, m int, a float64) float64 {
	sum, count := 0.0, 0
	for i := range min(len(actual), len(lo), len(hi)) {
		if !usable(actual[i]) || !usable(lo[i]) || !usable(hi[i]) {
			continue
		}
		sum += hi[i] - lo[i] + 2/a*(math.Max(lo[i]-actual[i], 0)+math.Max(actual[i]-hi[i], 0))
		count++
	}
	return ratio(ratio(sum, float64(count)), SeasonalScale(train, m))
}

// Coverage counts the steps whose value lies inside its interval, ends included.
func Coverage(actual, lo, hi []float64) (inside, of int) {
	for i := range min(len(actual), len(lo), len(hi)) {
		if !usable(actual[i]) {
			continue
		}
		of++
		if actual[i] >= lo[i] && actual[i] <= hi[i] {
			inside++
		}
	}
	return inside, of
}

// Pinball is the loss of a forecast f of the quantile q, in the units of y
// (Koenker & Bassett 1978).
func Pinball(q, y, f float64) float64 {
	if y >= f {
		return q * (y - f)
	}
	return (1 - q) * (f - y)
}

// CRPSNormal is the continuous ranked probability score of a normal forecast, in the
// units of y (Gneiting & Raftery 2007, equation 21). With sd 0 it is the absolute error.
func CRPSNormal(y, mu, sd float64) float64 {
	if !(sd > 0) {
		return math.Abs(y - mu)
	}
	z := (y - mu) / sd
	return sd * (z*(2*normalCDF(z)-1) + 2*normalPDF(z) - 1/math.Sqrt(math.Pi))
}

// CRPSSample is the same score of a forecast given as draws: E|X−y| − ½E|X−X′|.
func CRPSSample(y float64, draws []float64) float64 {
	if len(draws) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(draws))
	n := float64(len(sorted))
	far, apart := 0.0, 0.0
	for i, x := range sorted {
		far += math.Abs(x - y)
		apart += x * (2*float64(i) + 1 - n)
	}
	return far/n - apart/(n*n)
}

func normalCDF(z float64) float64 { return .5 * math.Erfc(-z/math.Sqrt2) }

func normalPDF(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// normalQuantile is the z below which a standard normal falls with probability p.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
