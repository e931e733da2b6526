package intervention

import (
	"math"
)

// signal is one way in which the noise of a series may be made up. In units of the
// variance of a day's noise: a share ar of it is a first-order autoregression with
// coefficient phi, the rest is new every day, and the level beneath walks by a step of
// variance walk a day.
type signal struct{ ar, phi, walk float64 }

// signals is the grid over which the make-up of the noise is averaged. A search for the
// single best would treat as known what a few months of days cannot tell.
func signals() []signal {
	var out []signal
	for _, walk := range []float64{1e-5, 1e-4, 1e-3, 1e-2, 1e-1} {
		out = append(out, signal{0, 0, walk})
		for _, ar := range []float64{.4, .8, 1} {
			for _, phi := range []float64{.3, .5, .7, .85, .95} {
				out = append(out, signal{ar, phi, walk})
			}
		}
	}
	return out
}

func (g signal) structure() (Structure, Variances) {
	v := Variances{Irregular: 1 - g.ar, Level: g.walk, Persistent: g.ar * (1 - g.phi*g.phi), Phi: g.phi}
	return Structure{Persistent: true}, v
}

// moment is everything a date needs to know of the days before it under one signal: the
// cross products of the filter's innovations of the series and all columns, and how far
// each is off on average over the days after it. The first index is the series.
type moment struct {
	cross   *square
	logF    float64   // Σ log F_t
	n       float64   // days counted
	miss    []float64 // average over the window of: value − forecast, by column
	missVar float64   // variance of that average around its mean, in units of the noise's
}

// window is a date with the days after it that are averaged.
type window struct {
	at   int
	days []int
}

// pass runs the filter of one signal over the series and all columns together, and takes
// a moment at each window. Windows are in order of their dates.
//
// The level starts diffuse, which costs the first day.
//
// Source: Durbin and Koopman (2012), eq. 4.24 and section 6.2.3; the columns are filtered
// beside the series as in de Jong (1991), so that one run serves every choice of columns.
func pass(g signal, y []float64, missing []bool, columns [][]float64, windows []window) []moment {
	c := 1 + len(columns)
	level, part := make([]float64, c), make([]float64, c) // states, by column
	e := make([]float64, c)
	cross := newSquare(c)
	const kappa = 1e7
	persist := g.ar * (1 - g.phi*g.phi)
	p00, p01, p11 := kappa, 0.0, g.ar
	logF, n := 0.0, -1.0
	out := make([]moment, 0, len(windows))
	for t := 0; len(out) < len(windows); t++ {
		for len(out) < len(windows) && windows[len(out)].at == t {
			w := windows[len(out)]
			m := moment{cross: newSquare(c), logF: logF, n: max(n, 0)}
			copy(m.cross.a, cross.a)
			decay, variance := g.ahead(w, p00, p01, p11)
			m.missVar = variance
			m.miss = make([]float64, c)
			for _, d := range w.days {
				m.miss[0] += y[d]
				for j, column := range columns {
					m.miss[j+1] += column[d]
				}
			}
			for j := range m.miss {
				m.miss[j] = m.miss[j]/float64(len(w.days)) - level[j] - decay*part[j]
			}
			out = append(out, m)
		}
		if t >= len(y) {
			break
		}
		if !missing[t] {
			k0, k1 := p00+p01, p01+p11
			f := k0 + k1 + 1 - g.ar
			if n++; n > 0 {
				logF += math.Log(f)
			}
			e[0] = y[t]
			for j, column := range columns {
				e[j+1] = column[t]
			}
			k0, k1 = k0/f, k1/f
			for j := range e {
				e[j] -= level[j] + part[j]
				level[j] += k0 * e[j]
				part[j] += k1 * e[j]
			}
			if n > 0 {
				for i := range e {
					row, ei := cross.a[i*c:i*c+i+1], e[i]/f
					for j := range row {
						row[j] += ei * e[j]
					}
				}
			}
			p00 -= k0 * k0 * f
			p01 -= k0 * k1 * f
			p11 -= k1 * k1 * f
		}
		for j := range part {
			part[j] *= g.phi
		}
		p00 += g.walk
		p01 *= g.phi
		p11 = p11*g.phi*g.phi + persist
	}
	return out
}

// ahead tells how a window's average follows from the state at its date: the loading of
// the autoregression, and the variance given all before.
func (g signal) ahead(w window, p00, p01, p11 float64) (decay, variance float64) {
	n := float64(len(w.days))
	last := w.days[len(w.days)-1]
	inside := make([]bool, last-w.at+1)
	for _, d := range w.days {
		inside[d-w.at] = true
	}
	// Backwards: how much of the average a step of level and of autoregression at day i
	// moves.
	level, part := 0.0, 0.0
	for i := len(inside) - 1; i >= 0; i-- {
		part *= g.phi
		if inside[i] {
			level += 1 / n
			part += 1 / n
		}
		if i > 0 { // what is new at the window's first day is in the state's covariance already
			variance += level*level*g.walk + part*part*g.ar*(1-g.phi*g.phi)
		}
	}
	decay = part
	variance += p00 + 2*decay*p01 + decay*decay*p11 + (1-g.ar)/n
	return decay, variance
}
