package stat

import "math"

// DurbinWatson is Σ(e_t − e_{t−1})²/Σe_t²: near 2 without autocorrelation of the first
// order, below with a positive one. 2 where all residuals are zero.
func DurbinWatson(residuals []float64) float64 {
	above, below := 0.0, 0.0
	for t, e := range residuals {
		below += e * e
		if t > 0 {
			above += (e - residuals[t-1]) * (e - residuals[t-1])
		}
	}
	if below == 0 {
		return 2
	}
	return above / below
}

// BreuschGodfrey tests a regression's residuals for autocorrelation up to a lag: the
// residuals are regressed on the columns and on their own lags, with zeros before the
// first day (Breusch 1978, Godfrey 1978). lm is n·R² against chi-square, f the F test of
// the lags.
func BreuschGodfrey(r *Regression, lags int) (lm, f Test, err error) {
	columns := append([][]float64(nil), r.Columns...)
	for l := 1; l <= lags; l++ {
		column := make([]float64, r.N)
		copy(column[min(l, r.N):], r.Residuals)
		columns = append(columns, column)
	}
	aux, err := Fit(r.Residuals, columns)
	if err != nil {
		return Test{}, Test{}, err
	}
	stat := float64(r.N) * aux.R2()
	lm = Test{Stat: stat, P: ChiSquareTail(stat, float64(lags)), DF1: float64(lags)}
	return lm, nested(r.RSS, aux, lags), nil
}

// nested is the F test of q restrictions from the residual sums of squares.
func nested(restricted float64, full *Regression, q int) Test {
	t := Test{DF1: float64(q), DF2: float64(full.N - full.K)}
	if gain := max(0, restricted-full.RSS); full.RSS > 0 {
		t.Stat = gain / t.DF1 / (full.RSS / t.DF2)
	} else if gain > 0 {
		t.Stat = math.MaxFloat64
	}
	t.P = FTail(t.Stat, t.DF1, t.DF2)
	return t
}

// LjungBox tests that the first lags of the autocorrelation of v are zero together:
// Q = n(n+2) Σ ρ_l²/(n−l) against chi-square with as many degrees of freedom, less those
// of parameters fitted before (Ljung & Box 1978).
func LjungBox(v []float64, lags, fitted int) (Test, error) {
	n := len(v)
	if n <= lags+1 || lags < 1 || lags <= fitted {
		return Test{}, ErrTooShort
	}
	if !finite(v) {
		return Test{}, ErrNotFinite
	}
	if !varies(v) {
		return Test{}, ErrNoVariation
	}
	middle, variance := mean(v), 0.0
	for _, x := range v {
		variance += (x - middle) * (x - middle)
	}
	q := 0.0
	for l := 1; l <= lags; l++ {
		sum := 0.0
		for t := l; t < n; t++ {
			sum += (v[t] - middle) * (v[t-l] - middle)
		}
		q += (sum / variance) * (sum / variance) / float64(n-l)
	}
	q *= float64(n) * float64(n+2)
	df := float64(lags - fitted)
	return Test{Stat: q, P: ChiSquareTail(q, df), DF1: df}, nil
}

// BreuschPagan tests whether the spread of the errors follows the columns: squared
// residuals are regressed on them; lm is n·R² (Koenker's 1981 form, which does not need
// normal errors), f the F test of all columns but the constant.
func BreuschPagan(r *Regression) (lm, f Test, err error) {
	squares := make([]float64, r.N)
	for i, e := range r.Residuals {
		squares[i] = e * e
	}
	if !varies(squares) {
		return Test{}, Test{}, ErrNoVariation
	}
	aux, err := Fit(squares, r.Columns)
	if err != nil {
		return Test{}, Test{}, err
	}
	free := 0
	for _, c := range r.Columns {
		if varies(c) {
			free++
		}
	}
	if free == 0 {
		return Test{}, Test{}, ErrNoVariation
	}
	stat := float64(r.N) * aux.R2()
	lm = Test{Stat: stat, P: ChiSquareTail(stat, float64(free)), DF1: float64(free)}
	return lm, nested(aux.TSS, aux, free), nil
}
