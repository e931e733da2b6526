package intervention

import (
	"math"

	"gonum.org/v1/gonum/optimize"
)

// Fit is a structure with the variances that make the series most likely.
type Fit struct {
	Structure Structure
	Variances Variances
	Beta      []float64 // coefficients of X
	BetaSE    []float64
	LogLik    float64 // as Filtered.LogLik
	Reason    Reason  // not None: nothing could be fitted and the rest is zero
}

// FitML finds variances and regression coefficients by maximum likelihood. The variances
// are sought on the log scale by Nelder–Mead from several starts; coefficients are not
// sought but follow from them by generalised least squares on the filter's innovations.
// kappa is the variance of states without a distribution; 0 takes 10⁷ times the variance
// of the series, where the likelihood is the diffuse one.
//
// Source: Harvey (1989), section 3.4 (concentrated likelihood); de Jong, The diffuse
// Kalman filter, Annals of Statistics 19 (1991).
func FitML(s Structure, data Series, kappa float64) Fit {
	s.Coefs = 0
	l := s.layout()
	missing := missingOf(data.Y)
	_, spread, seen := moments(data.Y)
	k := 0
	if len(data.X) > 0 {
		k = len(data.X[0])
	}
	switch {
	case seen < l.size+k+3:
		return Fit{Structure: s, Reason: TooShort}
	case spread == 0:
		return Fit{Structure: s, Reason: Constant}
	}
	if kappa == 0 {
		kappa = 1e7 * spread * spread
	}
	columns := make([][]float64, k)
	for j := range columns {
		columns[j] = make([]float64, len(data.Y))
		for t := range columns[j] {
			columns[j][t] = data.X[t][j]
		}
	}
	best := Fit{Structure: s, LogLik: math.Inf(-1)}
	try := func(theta []float64) float64 {
		v := s.variances(theta, spread*spread)
		fit := s.concentrate(l, v, data.Y, columns, missing, kappa)
		if fit.LogLik > best.LogLik {
			best = fit
		}
		if math.IsNaN(fit.LogLik) {
			return math.Inf(1)
		}
		return -fit.LogLik
	}
	for _, start := range s.starts() {
		// The best of what was tried is kept above, so how the search ends does not matter.
		_, _ = optimize.Minimize(optimize.Problem{Func: try}, start,
			&optimize.Settings{FuncEvaluations: 400 * len(start), Converger: &optimize.FunctionConverge{Absolute: 1e-10, Iterations: 60}},
			&optimize.NelderMead{})
	}
	if math.IsInf(best.LogLik, -1) {
		return Fit{Structure: s, Reason: Constant}
	}
	return best
}

// variances reads a point of the search: logs of variances in units of the series'
// variance, and the logit of phi.
func (s Structure) variances(theta []float64, unit float64) Variances {
	next := func() float64 {
		v := unit * math.Exp(min(max(theta[0], -30), 12))
		theta = theta[1:]
		return v
	}
	v := Variances{Irregular: next(), Level: next()}
	if s.Trend == LocalLinear {
		v.Slope = next()
	}
	if s.Season > 1 {
		v.Season = next()
	}
	if s.Persistent {
		v.Persistent = next()
		v.Phi = .98 / (1 + math.Exp(-theta[0]))
	}
	return v
}

func (s Structure) starts() [][]float64 {
	var out [][]float64
	for _, level := range []float64{-2, -6} {
		x := []float64{-1, level}
		if s.Trend == LocalLinear {
			x = append(x, level-4)
		}
		if s.Season > 1 {
			x = append(x, -8)
		}
		if s.Persistent {
			x = append(x, -2, .5)
		}
		out = append(out, x)
	}
	return out
}

// concentrate gives the likelihood at variances v with the coefficients that maximise it.
func (s Structure) concentrate(l layout, v Variances, y []float64, columns [][]float64, missing []bool, kappa float64) Fit {
	g := newGains(l, v, l.start(v, kappa), missing, nil, false)
	k, burn := len(columns), l.diffuse()
	innovation := make([]float64, len(y))
	g.run(y, nil, make([]float64, l.size), innovation)
	fit := Fit{Structure: s, Variances: v}
	if k > 0 {
		white := make([][]float64, k)
		for j := range white {
			white[j] = make([]float64, len(y))
			g.run(columns[j], nil, make([]float64, l.size), white[j])
		}
		xx, xy := newSquare(k), make([]float64, k)
		seen := 0
		for t, f := range g.variance {
			if f != f {
				continue
			}
			if seen++; seen <= burn {
				continue
			}
			for i := range k {
				xy[i] += white[i][t] * innovation[t] / f
				for j := range i + 1 {
					xx.add(i, j, white[i][t]*white[j][t]/f)
				}
			}
		}
		c := xx.cholesky()
		fit.Beta = c.solve(xy)
		for i := range k {
			fit.BetaSE = append(fit.BetaSE, math.Sqrt(c.inverseAt(i, i)))
		}
		for t := range innovation {
			for j := range k {
				innovation[t] -= fit.Beta[j] * white[j][t]
			}
		}
	}
	fit.LogLik = g.logLik(innovation, burn)
	return fit
}

// moments are mean, standard deviation and number of what is not missing.
func moments(y []float64) (mean, spread float64, seen int) {
	for _, v := range y {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			seen++
			mean += (v - mean) / float64(seen)
		}
	}
	sum := 0.0
	for _, v := range y {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			sum += (v - mean) * (v - mean)
		}
	}
	if seen < 2 {
		return mean, 0, seen
	}
	spread = math.Sqrt(sum / float64(seen-1))
	if spread <= 1e-10*math.Abs(mean) { // rounding is no variation
		spread = 0
	}
	return mean, spread, seen
}
