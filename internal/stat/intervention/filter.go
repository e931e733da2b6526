package intervention

import "math"

// Series is what a structure is fitted to: Y by day (NaN: missing) and one row of
// regressors a day, or none. X must be there for every day, also where Y is missing.
type Series struct {
	Y []float64
	X [][]float64
}

// gains is the part of the Kalman filter that does not depend on the values: variances
// of the innovations, gains and covariances. One set serves the series and every
// regressor beside it.
type gains struct {
	layout    layout
	variances Variances
	variance  []float64   // F_t; NaN where the day is missing
	gain      [][]float64 // P_t Z / F_t: how far an innovation moves the state of the same day
	before    [][]float64 // P_t: covariance of the state of day t given the days before
	last      []float64   // covariance of the last day's state given that day too
	next      []float64   // covariance of the state of the day after the last
}

// newGains runs the covariance part of the filter (Durbin and Koopman 2012, eq. 4.24)
// from the covariance start. coefs are the rows of the regressors that lie in the state.
// keep also keeps the covariances, which only the smoother needs.
func newGains(l layout, v Variances, start []float64, missing []bool, coefs [][]float64, keep bool) *gains {
	m, n := l.size, len(missing)
	g := &gains{layout: l, variances: v, variance: make([]float64, n), gain: make([][]float64, n)}
	if keep {
		g.before = make([][]float64, n)
	}
	p := append([]float64(nil), start...)
	store := make([]float64, n*m)
	load, scratch := make([]float64, m), make([]float64, m)
	for t := range n {
		if keep {
			g.before[t] = append([]float64(nil), p...)
		}
		g.variance[t] = math.NaN()
		g.gain[t] = store[t*m : (t+1)*m]
		if !missing[t] {
			var row []float64
			if l.coefCount > 0 {
				row = coefs[t]
			}
			clear(load)
			l.addLoading(load, row, 1)
			f := v.Irregular
			for i := range m {
				sum := 0.0
				for j := range m {
					sum += p[i*m+j] * load[j]
				}
				scratch[i] = sum
				f += load[i] * sum
			}
			f = max(f, 1e-300) // a series of constants under zero variances
			g.variance[t] = f
			for i := range m {
				g.gain[t][i] = scratch[i] / f
			}
			for i := range m {
				for j := range m {
					p[i*m+j] -= scratch[i] * g.gain[t][j]
				}
			}
		}
		if t == n-1 {
			g.last = append([]float64(nil), p...)
		}
		l.advanceCovariance(p, v, scratch)
	}
	g.next = p
	return g
}

// run passes values through the gains: innovations go into out (0 where missing), the
// state after the last day comes back, before it is advanced.
func (g *gains) run(values []float64, coefs [][]float64, state, out []float64) {
	l := g.layout
	for t := range values {
		var row []float64
		if l.coefCount > 0 {
			row = coefs[t]
		}
		out[t] = 0
		if f := g.variance[t]; f == f {
			e := values[t] - l.observe(state, row)
			out[t] = e
			for i, k := range g.gain[t] {
				state[i] += k * e
			}
		}
		if t < len(values)-1 {
			l.advance(state, g.variances.Phi)
		}
	}
}

// Filtered is what the Kalman filter tells of a series.
type Filtered struct {
	Innovation []float64   // v_t, the error of the forecast of one day; 0 where missing
	Variance   []float64   // F_t, its variance; NaN where missing
	State      []float64   // the last day's state given all days
	StateVar   [][]float64 // its covariance
	LogLik     float64     // log density of the days after the first Burn, given these
	Burn       int         // how many days are spent on states that had no distribution
}

// Filter runs the Kalman filter with known variances. States without a distribution
// start at zero with variance kappa; as many of the first observed days do not count for
// the likelihood, which for a large kappa is the diffuse likelihood up to a constant.
//
// X must have Structure.Coefs columns, or is ignored.
//
// Source: Durbin and Koopman (2012), sections 4.3, 5.6 and 7.2.
func Filter(s Structure, v Variances, data Series, kappa float64) Filtered {
	l := s.layout()
	g := newGains(l, v, l.start(v, kappa), missingOf(data.Y), data.X, false)
	out := Filtered{Innovation: make([]float64, len(data.Y)), Variance: g.variance, State: make([]float64, l.size), Burn: l.diffuse()}
	g.run(data.Y, data.X, out.State, out.Innovation)
	out.LogLik = g.logLik(out.Innovation, out.Burn)
	for i := range l.size {
		out.StateVar = append(out.StateVar, g.last[i*l.size:(i+1)*l.size])
	}
	return out
}

func (g *gains) logLik(innovation []float64, burn int) float64 {
	sum, seen := 0.0, 0
	for t, f := range g.variance {
		if f != f {
			continue
		}
		if seen++; seen > burn {
			sum -= .5 * (math.Log(2*math.Pi*f) + innovation[t]*innovation[t]/f)
		}
	}
	return sum
}

func missingOf(y []float64) []bool {
	out := make([]bool, len(y))
	for t, v := range y {
		out[t] = math.IsNaN(v) || math.IsInf(v, 0)
	}
	return out
}
