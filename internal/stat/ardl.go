package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// ARDL is y explained by its own past and by x now and in the past:
// y_t = c + Σ φ_i y_{t−i} + Σ β_j x_{t−j} + γ'z_t (Pesaran & Shin 1999).
type ARDL struct {
	*Regression
	Own  []int // places of φ among the coefficients
	Of   []int // places of β, from lag 0
	P, Q int   // number of own lags; highest lag of x
}

// FitARDL chooses p ≤ mostOwn and q ≤ mostLag by AICc. All candidates are fitted on the
// same days (the first max(mostOwn, mostLag) are left out), else their criteria could
// not be compared. others are columns z of the same length as y.
//
// Errors: those of Fit, for the smallest candidate.
func FitARDL(y, x []float64, others [][]float64, mostOwn, mostLag int) (*ARDL, error) {
	if len(x) != len(y) {
		return nil, ErrShape
	}
	drop := max(mostOwn, mostLag, 0)
	if len(y) <= drop+3 {
		return nil, ErrTooShort
	}
	var best *ARDL
	var first error
	for p := 0; p <= mostOwn; p++ {
		for q := 0; q <= mostLag; q++ {
			fit, err := fitARDL(y, x, others, p, q, drop)
			if err != nil {
				if first == nil {
					first = err
				}
				continue
			}
			if best == nil || fit.AICc() < best.AICc() {
				best = fit
			}
		}
	}
	if best == nil {
		return nil, first
	}
	return best, nil
}

func fitARDL(y, x []float64, others [][]float64, p, q, drop int) (*ARDL, error) {
	n := len(y) - drop
	columns := [][]float64{Ones(n)}
	out := &ARDL{P: p, Q: q}
	for i := 1; i <= p; i++ {
		out.Own = append(out.Own, len(columns))
		columns = append(columns, y[drop-i:len(y)-i])
	}
	for j := 0; j <= q; j++ {
		out.Of = append(out.Of, len(columns))
		columns = append(columns, x[drop-j:len(x)-j])
	}
	for _, z := range others {
		if len(z) != len(y) {
			return nil, ErrShape
		}
		columns = append(columns, z[drop:])
	}
	fit, err := Fit(y[drop:], columns)
	out.Regression = fit
	return out, err
}

// LongRun is the effect on y once everything has worked through, θ = Σβ/(1 − Σφ), and its
// standard error by the delta method under a covariance of the coefficients. of and own
// are the places of β and φ. ok is false where Σφ is so near to 1 that y never settles.
func (r *Regression) LongRun(cov mat.Symmetric, of, own []int) (theta, se float64, ok bool) {
	beta, rest := 0.0, 1.0
	for _, j := range of {
		beta += r.Coef[j]
	}
	for _, i := range own {
		rest -= r.Coef[i]
	}
	if math.Abs(rest) < 1e-6 {
		return 0, 0, false
	}
	theta = beta / rest
	slope := mat.NewVecDense(r.K, nil)
	for _, j := range of {
		slope.SetVec(j, 1/rest)
	}
	for _, i := range own {
		slope.SetVec(i, theta/rest)
	}
	return theta, math.Sqrt(max(0, mat.Inner(slope, cov, slope))), true
}
