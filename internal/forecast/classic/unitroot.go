package classic

// KPSSLevel is the statistic of Kwiatkowski, Phillips, Schmidt & Shin (1992) for a series
// stationary around a level, Bartlett weights to lag ⌊3√n/13⌋. Above .463 stationarity is
// rejected at 5 %. 0 for a constant series or one with gaps.
func KPSSLevel(y []float64) float64 {
	n := len(y)
	if n < 3 || !complete(y) {
		return 0
	}
	centre := mean(y)
	partial, sum := 0.0, 0.0
	for _, v := range y {
		partial += v - centre
		sum += partial * partial
	}
	lags := 0
	for (13*(lags+1))*(13*(lags+1)) <= 9*n {
		lags++
	}
	long := variance(y)
	for l := 1; l <= lags; l++ {
		part := 0.0
		for i := l; i < n; i++ {
			part += (y[i] - centre) * (y[i-l] - centre)
		}
		long += 2 * (1 - float64(l)/float64(lags+1)) * part / float64(n)
	}
	if !(long > 1e-14*(1e-14+centre*centre)) {
		return 0
	}
	return sum / (float64(n) * float64(n) * long)
}

// Differences is how many first differences make a series stationary by KPSSLevel: 0 … 2.
func Differences(y []float64) int {
	d := 0
	for d < 2 && len(y) > 3 && !constant(y) && KPSSLevel(y) > .463 {
		y = lagged(y, 1)
		d++
	}
	return d
}

// SeasonalStrength is 1 − var(rest)/var(season + rest) of an STL decomposition, 0 … 1
// (Wang, Smith & Hyndman 2006); 0 where there are fewer than two seasons and a value, or gaps.
func SeasonalStrength(y []float64, m int) float64 {
	if m < 2 || len(y) < 2*m+1 || !complete(y) || constant(y) {
		return 0
	}
	d, why := STL(y, m, STLOptions{Season: 11})
	if why != Fine {
		return 0
	}
	both := make([]float64, len(y))
	for i := range both {
		both[i] = d.Season[i] + d.Rest[i]
	}
	return max(0, 1-ratio(variance(d.Rest), variance(both)))
}
