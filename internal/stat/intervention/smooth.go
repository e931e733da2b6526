package intervention

import (
	"math"
	"math/rand/v2"
)

// smoother holds what several smoothings of series with the same missing days share.
type smoother struct {
	*gains
	start []float64
	coefs [][]float64
}

// newSmoother prepares the smoothing of series that are missing on the same days.
func newSmoother(s Structure, v Variances, missing []bool, x [][]float64, kappa float64) *smoother {
	l := s.layout()
	start := l.start(v, kappa)
	return &smoother{newGains(l, v, start, missing, x, true), start, x}
}

// states smooths values: row t is the mean of the state of day t given all days.
//
// Source: Durbin and Koopman (2012), eq. 4.38 and 4.39 (state smoothing by the backward
// recursion of r_t).
func (s *smoother) states(values []float64) [][]float64 {
	l, m, n := s.layout, s.layout.size, len(values)
	predicted := make([]float64, n*m)
	innovation := make([]float64, n)
	state := make([]float64, m)
	for t := range n {
		copy(predicted[t*m:], state)
		if f := s.variance[t]; f == f {
			e := values[t] - l.observe(state, s.row(t))
			innovation[t] = e
			for i, k := range s.gain[t] {
				state[i] += k * e
			}
		}
		l.advance(state, s.variances.Phi)
	}
	out := make([][]float64, n)
	r := make([]float64, m)
	for t := n - 1; t >= 0; t-- {
		l.retreat(r, s.variances.Phi)
		if f := s.variance[t]; f == f {
			u := innovation[t] / f
			for i, k := range s.gain[t] {
				u -= k * r[i]
			}
			l.addLoading(r, s.row(t), u)
		}
		row := predicted[t*m : (t+1)*m]
		p := s.before[t]
		for i := range m {
			for j := range m {
				row[i] += p[i*m+j] * r[j]
			}
		}
		out[t] = row
	}
	return out
}

func (s *smoother) row(t int) []float64 {
	if s.layout.coefCount == 0 {
		return nil
	}
	return s.coefs[t]
}

// Smoothed is the state of each day given all days.
type Smoothed struct {
	States    [][]float64
	Variances [][]float64 // of each state alone
}

// Smooth gives each day's state from all days, with known variances: level first, then
// slope, season, persistent part and coefficients, as far as the structure has them.
//
// Source: Durbin and Koopman (2012), section 4.4.
func Smooth(st Structure, v Variances, data Series, kappa float64) Smoothed {
	s := newSmoother(st, v, missingOf(data.Y), data.X, kappa)
	out := Smoothed{States: s.states(data.Y), Variances: make([][]float64, len(data.Y))}
	l, m := s.layout, s.layout.size
	// N_t = Z Z'/F + L' N L, kept whole; L' N L is taken by moving rows, then columns.
	nm, load, column := make([]float64, m*m), make([]float64, m), make([]float64, m)
	for t := len(data.Y) - 1; t >= 0; t-- {
		f := s.variance[t]
		clear(load)
		l.addLoading(load, s.row(t), 1)
		back := func(r []float64) {
			l.retreat(r, v.Phi)
			if f == f {
				u := 0.0
				for i, k := range s.gain[t] {
					u -= k * r[i]
				}
				for i := range r {
					r[i] += u * load[i]
				}
			}
		}
		for i := range m {
			back(nm[i*m : (i+1)*m])
		}
		for j := range m {
			for i := range m {
				column[i] = nm[i*m+j]
			}
			back(column)
			for i := range m {
				nm[i*m+j] = column[i]
				if f == f {
					nm[i*m+j] += load[i] * load[j] / f
				}
			}
		}
		p := s.before[t]
		row := make([]float64, m)
		for i := range m {
			row[i] = p[i*m+i]
			for a := range m {
				for b := range m {
					row[i] -= p[i*m+a] * nm[a*m+b] * p[i*m+b]
				}
			}
			row[i] = max(row[i], 0)
		}
		out.Variances[t] = row
	}
	return out
}

// draw is one draw of all states given the series: an unconditional draw plus the
// smoothing of what it leaves.
//
// Source: Durbin and Koopman, A simple and efficient simulation smoother for state space
// time series analysis, Biometrika 89 (2002) 603–615.
func (s *smoother) draw(values []float64, rng *rand.Rand) [][]float64 {
	l, m, n, v := s.layout, s.layout.size, len(values), s.variances
	made := make([]float64, n*m)
	left := make([]float64, n)
	state := make([]float64, m)
	for i := range m {
		// The size of a diffuse start cancels out: only the persistent part needs its own.
		if i == l.persistent {
			state[i] = math.Sqrt(s.start[i*m+i]) * rng.NormFloat64()
		}
	}
	sd := [5]float64{math.Sqrt(v.Irregular), math.Sqrt(v.Level), math.Sqrt(v.Slope), math.Sqrt(v.Season), math.Sqrt(v.Persistent)}
	for t := range n {
		copy(made[t*m:], state)
		left[t] = values[t] - (l.observe(state, s.row(t)) + sd[0]*rng.NormFloat64())
		l.advance(state, v.Phi)
		state[0] += sd[1] * rng.NormFloat64()
		if l.slope >= 0 {
			state[l.slope] += sd[2] * rng.NormFloat64()
		}
		if l.season >= 0 {
			state[l.season] += sd[3] * rng.NormFloat64()
		}
		if l.persistent >= 0 {
			state[l.persistent] += sd[4] * rng.NormFloat64()
		}
	}
	out := s.states(left)
	for t := range out {
		for i := range m {
			out[t][i] += made[t*m+i]
		}
	}
	return out
}

// SimulateStates draws n paths of all states given the series, with known variances:
// out[i][t] is the state of day t in draw i. Days that are missing are drawn as well, so
// a series that is missing from some day on gives its forecasts.
func SimulateStates(st Structure, v Variances, data Series, kappa float64, n int, rng *rand.Rand) [][][]float64 {
	s := newSmoother(st, v, missingOf(data.Y), data.X, kappa)
	out := make([][][]float64, n)
	for i := range out {
		out[i] = s.draw(data.Y, rng)
	}
	return out
}
