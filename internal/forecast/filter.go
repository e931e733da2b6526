package forecast

import "math"

// The weekly model is a local level with a damped slope, a passing deviation (an
// autoregression of order one) and a smooth yearly season, in logarithms where values
// are positive:
//
//	η = level + passing + Σ season,   y ~ around exp(η)
//	level ← level + slope + √q·ε,  slope ← φ·slope + …,  passing ← ρ·passing + …
//
// With its hyperparameters on a small grid it contains the pool: simple exponential
// smoothing (slope and passing off), damped trend, the Theta method's level with a
// slope (Hyndman and Billah 2003), autoregression around a slow level. The grid is
// weighted by how well each point foretold every week of the past from the weeks
// before it. (Harvey 1989; West and Harrison 1997, chapter 14, for counts.)
const (
	seasonPairs = 3
	states      = 3 + 2*seasonPairs
	yearWeeks   = 365.2425 / 7
)

type vector [states]float64
type matrix [states][states]float64

// setting is a point of the grid.
type setting struct {
	level   float64 // variance of the level's weekly step
	noise   float64 // mean variance of a week's value around its expectation
	passing float64 // variance of the passing deviation
	rho     float64 // what is left of it after a week
	slope   float64 // variance of the slope
	steep   bool    // whether that is the larger of two
	damping float64 // of the slope, a week
	season  float64 // how strong a season is thought to be, 1 as usual
	prior   float64
}

// filtered is what the filter knows after the last week.
type filtered struct {
	setting
	x        vector
	p        matrix
	loglik   float64
	squares  float64 // sum of squared standardised surprises
	seen     int
	surprise []float64 // standardised one-week surprises; NaN where nothing was seen
	// for calibration: the state before each week, where asked for
	xs []vector
	ps []matrix
}

// seasonOf is the season's regressors, cosines and sines of the week.
func seasonOf(week float64, into *[2 * seasonPairs]float64) {
	angle := 2 * math.Pi * week / yearWeeks
	c, s := math.Cos(angle), math.Sin(angle)
	a, b := c, s
	for k := range seasonPairs {
		into[2*k], into[2*k+1] = a, b
		a, b = a*c-b*s, a*s+b*c
	}
}

// seasonSize is the standard deviation thought of each pair of the season beforehand.
var seasonSize = [seasonPairs]float64{0.10, 0.06, 0.04}

// filters makes room for as many, one for each setting.
func (w *weeks) filters(settings []setting) []*filtered {
	n := len(w.value)
	all, surprises := make([]filtered, len(settings)), make([]float64, len(settings)*n)
	out := make([]*filtered, len(settings))
	for i, s := range settings {
		all[i].setting, all[i].surprise = s, surprises[i*n:(i+1)*n]
		out[i] = &all[i]
	}
	return out
}

// run filters the weeks. Surprises beyond an edge are drawn in once; when the next
// week tells the same, the level is taken to have shifted.
func (w *weeks) run(f *filtered, regress [][2 * seasonPairs]float64, poisson, keep bool) {
	s, n := &f.setting, len(w.value)
	if keep {
		f.xs, f.ps = make([]vector, n), make([]matrix, n)
	}
	x, p := &f.x, &f.p
	x[0] = w.start()
	p[0][0] = 0.25
	if w.nature == stock {
		p[0][0] = 4 * w.steps
	}
	p[1][1], p[2][2] = s.slope, s.passing
	for k := range seasonPairs {
		v := seasonSize[k] * seasonSize[k] * s.season
		p[3+2*k][3+2*k], p[4+2*k][4+2*k] = v, v
	}
	usual := max(mean(w.noise), 1e-12)
	flagged := 0.0
	for t := range n {
		if t > 0 {
			f.step()
		}
		if keep {
			f.xs[t], f.ps[t] = *x, *p
		}
		f.surprise[t] = math.NaN()
		y := w.value[t]
		if math.IsNaN(y) {
			continue
		}
		h := &regress[t]
		ph, eta, q := f.foretell(h)
		q = max(q, 1e-14)
		r := s.noise * w.noise[t] / usual
		if poisson {
			r = max(r, 1/(w.local[t]*w.weight[t]))
		}
		total := q + r
		var u, times float64
		if !w.additive {
			times = y * math.Exp(-min(max(eta, -60), 60))
		}
		if w.additive {
			u = (y - eta) / math.Sqrt(total)
		} else {
			u = score(times, total)
		}
		u = min(max(u, -largestSurprise), largestSurprise)
		if math.Abs(u) > edgeOfSurprise {
			if flagged*u > 0 {
				// Twice the same way: the level has moved.
				p[0][0] += u * u * total
				flagged = 0
				t0 := u * u * total
				ph[0] += t0
				q += t0
				total = q + r
			} else {
				flagged = u
				r *= u * u / (edgeOfSurprise * edgeOfSurprise) * 4
				total = q + r
			}
		} else {
			flagged = 0
		}
		f.surprise[t] = u
		clipped := min(max(u, -edgeOfSurprise), edgeOfSurprise)
		if t >= burnIn {
			f.squares += clipped * clipped
			f.loglik -= math.Log(total) / 2
			if !w.additive {
				f.loglik -= eta / 3 // of the cube root's scale
			}
			f.seen++
		}
		var gain float64
		if w.additive {
			gain = (y - eta) / total
		} else {
			gain = min(max(math.Log((r+q*times)/total), -largestStep), largestStep) / q
		}
		f.learn(&ph, gain, total)
	}
}

// foretell is a week as the state has it: its covariance with every part of the state,
// its expectation and the variance of that. The rows are written out: this and learn
// are what a forecast spends its time on.
func (f *filtered) foretell(h *[2 * seasonPairs]float64) (ph vector, eta, q float64) {
	x := &f.x
	eta = x[0] + x[2]
	for k, r := range h {
		eta += r * x[3+k]
	}
	for i := range ph {
		row := &f.p[i]
		ph[i] = row[0] + row[2] + h[0]*row[3] + h[1]*row[4] + h[2]*row[5] + h[3]*row[6] + h[4]*row[7] + h[5]*row[8]
	}
	q = ph[0] + ph[2]
	for k, r := range h {
		q += r * ph[3+k]
	}
	return ph, eta, q
}

// learn moves the state by what a week told.
func (f *filtered) learn(ph *vector, gain, total float64) {
	p0, p1, p2, p3, p4, p5, p6, p7, p8 := ph[0], ph[1], ph[2], ph[3], ph[4], ph[5], ph[6], ph[7], ph[8]
	for i, v := range ph {
		f.x[i] += v * gain
		c, row := v/total, &f.p[i]
		row[0] -= c * p0
		row[1] -= c * p1
		row[2] -= c * p2
		row[3] -= c * p3
		row[4] -= c * p4
		row[5] -= c * p5
		row[6] -= c * p6
		row[7] -= c * p7
		row[8] -= c * p8
	}
}

// edgeOfSurprise is how many standard deviations a week may surprise by before it is
// taken for an accident; burnIn weeks are not judged by.
const (
	edgeOfSurprise  = 3.5
	largestSurprise = 20.0
	largestStep     = 4.0 // of a level in a week, in logarithms
	burnIn          = 3
)

// step moves the state a week on.
func (f *filtered) step() {
	x, p, damping, rho := &f.x, &f.p, f.damping, f.rho
	x[0] += x[1]
	x[1] *= damping
	x[2] *= rho
	top, slope, passing := &p[0], &p[1], &p[2]
	for j, v := range slope {
		top[j] += v
	}
	for i := range p {
		p[i][0] += p[i][1]
	}
	for j := range slope {
		slope[j] *= damping
	}
	for i := range p {
		p[i][1] *= damping
	}
	if rho != 0 { // without a passing deviation its rows are empty
		for j := range passing {
			passing[j] *= rho
		}
		for i := range p {
			p[i][2] *= rho
		}
	}
	p[0][0] += f.level
	p[1][1] += (1 - damping*damping) * f.slope
	p[2][2] += (1 - rho*rho) * f.passing
}

// score makes a standard normal of a ratio to its expectation whose relative variance
// is v, taking it for gamma distributed (Wilson and Hilferty 1931).
func score(ratio, v float64) float64 {
	return 3 * (math.Cbrt(max(ratio, 0)) - 1 + v/9) / math.Sqrt(v)
}

// ratio is the inverse of score.
func ratio(u, v float64) float64 {
	c := 1 - v/9 + u*math.Sqrt(v)/3
	if c <= 0 {
		return 0
	}
	return c * c * c
}

// start is where the level stands at first: that of the first weeks.
func (w *weeks) start() float64 {
	sum, weight := 0.0, 0.0
	for t := 0; t < len(w.value) && (t < 4 || weight == 0); t++ {
		if !math.IsNaN(w.value[t]) {
			sum += w.value[t] * w.weight[t]
			weight += w.weight[t]
		}
	}
	m := sum / max(weight, 1e-9)
	if w.additive {
		return m
	}
	if m <= 0 {
		m = w.local[0]
	}
	return math.Log(max(m, 1e-12))
}
