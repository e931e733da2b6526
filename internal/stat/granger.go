package stat

import "math"

// Causality is Granger's test in its three usual forms.
type Causality struct {
	F          Test // exact under normal errors
	ChiSquare  Test // n(RSSr − RSSu)/RSSu
	Likelihood Test // n log(RSSr/RSSu)
}

// Granger tests whether the last `lags` values of x help to foresee y beyond y's own
// last values (Granger 1969): F = ((RSSr−RSSu)/p)/(RSSu/(n−2p−1)), n the days used.
// Errors: those of Fit.
func Granger(y, x []float64, lags int) (Causality, error) {
	if len(x) != len(y) {
		return Causality{}, ErrShape
	}
	n := len(y) - lags
	if lags < 1 || n <= 2*lags+1 {
		return Causality{}, ErrTooShort
	}
	own := [][]float64{Ones(n)}
	for l := 1; l <= lags; l++ {
		own = append(own, y[lags-l:len(y)-l])
	}
	both := append([][]float64(nil), own...)
	for l := 1; l <= lags; l++ {
		both = append(both, x[lags-l:len(x)-l])
	}
	restricted, err := Fit(y[lags:], own)
	if err != nil {
		return Causality{}, err
	}
	full, err := Fit(y[lags:], both)
	if err != nil {
		return Causality{}, err
	}
	if full.RSS == 0 {
		return Causality{}, ErrNoVariation
	}
	out := Causality{F: nested(restricted.RSS, full, lags)}
	p := float64(lags)
	chi := float64(n) * max(0, restricted.RSS-full.RSS) / full.RSS
	out.ChiSquare = Test{Stat: chi, P: ChiSquareTail(chi, p), DF1: p}
	ratio := float64(n) * math.Log(max(1, restricted.RSS/full.RSS))
	out.Likelihood = Test{Stat: ratio, P: ChiSquareTail(ratio, p), DF1: p}
	return out, nil
}

// CrossCorrelation is the correlation of x_{t+k} with y_t for k = −most … most, at place
// k + most. Sums are divided by n at every lag (as R's ccf), so that far lags shrink.
func CrossCorrelation(x, y []float64, most int) ([]float64, error) {
	n := len(x)
	if len(y) != n {
		return nil, ErrShape
	}
	if n < 2 || most < 0 || most >= n {
		return nil, ErrTooShort
	}
	if !finite(x, y) {
		return nil, ErrNotFinite
	}
	if !varies(x) || !varies(y) {
		return nil, ErrNoVariation
	}
	mx, my := mean(x), mean(y)
	vx, vy := 0.0, 0.0
	for t := range x {
		vx += (x[t] - mx) * (x[t] - mx)
		vy += (y[t] - my) * (y[t] - my)
	}
	out := make([]float64, 2*most+1)
	for k := -most; k <= most; k++ {
		sum := 0.0
		for t := max(0, -k); t < n-max(0, k); t++ {
			sum += (x[t+k] - mx) * (y[t] - my)
		}
		out[k+most] = sum / math.Sqrt(vx*vy)
	}
	return out, nil
}
