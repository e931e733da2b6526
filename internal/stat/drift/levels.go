package drift

import (
	"math"
	"slices"
)

// Level is a run of days on which a series stands higher or lower than its calendar and
// its own memory explain: an outage, or a new level where it lasts to the end.
type Level struct {
	From, Until int     // first day, and first day after; Until = n: it lasts
	Size        float64 // in logs
	T           float64 // in robust standard errors; 0 where its inner days deny it

	score float64 // T before its inner days were asked
}

const (
	levelStands = 5.75 // standard errors a level needs
	levelSize   = .3   // in logs; smaller ones are weather
	levelDays   = 7    // shorter ones are holidays and campaigns
	levelInside = 3.   // standard errors of the days after its first
	mostLevels  = 4
	memoryDays  = 4
	lasting     = 10. // squared standard errors: what an end of its own has to earn
)

// Levels finds the levels of a series in logs, NaN where a day is missing, given the
// calendar columns (each as long as y, the constant among them). The largest is taken
// first, then the rest is looked at again with it.
//
// The statistic of a level is its generalised least squares t-ratio: series, calendar and
// level after the autoregression's filter, the level made orthogonal to the calendar, over
// 1.4826 times the median absolute residual (level shifts as in Chen and Liu 1993, JASA 88,
// 284–297). The autoregression is estimated again with the level taken out before it is
// judged: a level that is left in passes for memory, and memory hides it.
func Levels(y []float64, calendar [][]float64) []Level {
	n := len(y)
	if n < 4*levelDays {
		return nil
	}
	s := newShape(y, calendar)
	if s == nil {
		return nil
	}
	s.outliers()
	var found []Level
	for len(found) < mostLevels {
		best := Level{}
		for _, phi := range [][]float64{s.memory(found), {.5}} {
			if l := s.strongest(found, phi); math.Abs(l.T) > math.Abs(best.T) {
				best = l
			}
		}
		if best.T == 0 {
			break
		}
		next := append(slices.Clone(found), best)
		judged := s.judge(next, s.memory(next))
		if last := judged[len(judged)-1]; math.Abs(last.T) < levelStands || math.Abs(last.Size) < levelSize {
			break
		}
		found = judged
	}
	kept := found[:0]
	for _, l := range found {
		if math.Abs(l.T) >= levelStands-1 && math.Abs(l.Size) >= levelSize {
			kept = append(kept, l)
		}
	}
	slices.SortFunc(kept, func(a, b Level) int { return a.From - b.From })
	return kept
}

// shape is a series and its calendar.
type shape struct {
	y    []float64 // missing days as 0
	have []bool
	cols [][]float64
	n    int
}

func newShape(y []float64, calendar [][]float64) *shape {
	s := &shape{y: make([]float64, len(y)), have: make([]bool, len(y)), n: len(y)}
	days := 0
	for t, v := range y {
		if !bad(v) {
			s.y[t], s.have[t] = v, true
			days++
		}
	}
	for _, c := range calendar {
		if len(c) == s.n {
			s.cols = append(s.cols, c)
		}
	}
	if days < 4*levelDays || days < 2*len(s.cols) {
		return nil
	}
	return s
}

// residual is y without calendar and levels, by least squares on the days there are; a
// missing day is drawn straight between its neighbours.
func (s *shape) residual(levels []Level) []float64 {
	cols := slices.Clone(s.cols)
	for _, l := range levels {
		cols = append(cols, s.indicator(l))
	}
	masked := make([][]float64, len(cols))
	for i, c := range cols {
		masked[i] = make([]float64, s.n)
		for t := range c {
			if s.have[t] {
				masked[i][t] = c[t]
			}
		}
	}
	q, _ := orthonormal(masked)
	r := slices.Clone(s.y)
	for t := range r {
		if !s.have[t] {
			r[t] = 0
		}
	}
	sweep(r, q)
	last := -1
	for t := 0; t <= s.n; t++ {
		if t < s.n && !s.have[t] {
			continue
		}
		for g := last + 1; g < t; g++ {
			switch {
			case last < 0 || t == s.n:
				r[g] = 0
			default:
				share := float64(g-last) / float64(t-last)
				r[g] = (1-share)*r[last] + share*r[t]
			}
		}
		last = t
	}
	return r
}

func (s *shape) indicator(l Level) []float64 {
	c := make([]float64, s.n)
	for t := l.From; t < l.Until; t++ {
		c[t] = 1
	}
	return c
}

// memory is the autoregression of what levels leave, by Yule and Walker. A few lags and not
// one, because counts over a wandering level remember weakly but long.
func (s *shape) memory(levels []Level) []float64 {
	r := s.residual(levels)
	p := min(memoryDays, s.n/20)
	g := make([]float64, p+1)
	for j := range g {
		g[j] = dot(r[j:], r[:s.n-j]) / float64(s.n)
	}
	return levinson(g)
}

// levinson solves the Yule-Walker equations of autocovariances (Durbin 1960); partial
// correlations stay within ±.95.
func levinson(g []float64) []float64 {
	phi := make([]float64, len(g)-1)
	v := g[0]
	for k := range phi {
		if !(v > 1e-12*g[0]) || v == 0 {
			break
		}
		r := g[k+1]
		for i := range k {
			r -= phi[i] * g[k-i]
		}
		r = max(-.95, min(.95, r/v))
		old := slices.Clone(phi[:k])
		phi[k] = r
		for i := range k {
			phi[i] = old[i] - r*old[k-1-i]
		}
		v *= 1 - r*r
	}
	return phi
}

// outliers sets single days aside that neither neighbour explains: a day of ×4 is no level.
func (s *shape) outliers() {
	for range 3 {
		r := s.residual(nil)
		rho := max(0, min(.9, dot(r[1:], r[:s.n-1])/max(1e-300, dot(r, r))))
		dist := make([]float64, s.n)
		for t := range dist {
			if t == 0 || t == s.n-1 { // one neighbour only
				dist[t] = math.Abs(r[t] - rho*r[min(max(t, 1), s.n-2)])
				continue
			}
			dist[t] = math.Abs(r[t] - rho/(1+rho*rho)*(r[t-1]+r[t+1]))
		}
		limit := 6 * 1.4826 * median(dist)
		some := false
		for t := range dist {
			before, after := max(0, t-1), min(s.n-1, t+1)
			// The edge of a level is near one of its neighbours, an outlier near none.
			alone := (t == 0 || math.Abs(r[t]-r[before]) > limit/2) && (t == s.n-1 || math.Abs(r[t]-r[after]) > limit/2)
			if s.have[t] && dist[t] > limit && alone && dist[t] >= dist[before] && dist[t] >= dist[after] {
				s.have[t], some = false, true
			}
		}
		if !some {
			return
		}
	}
}

// filtered is a column after 1 − Σ φB; what lies before the first day counts as nothing.
func filtered(c, phi []float64) []float64 {
	f := slices.Clone(c)
	for j, v := range phi {
		for t := j + 1; t < len(c); t++ {
			f[t] -= v * c[t-j-1]
		}
	}
	return f
}

// response is a step after the filter: what its first days leave, and what it leaves for
// good.
func response(phi []float64) (first []float64, rest float64) {
	rest = 1
	for _, v := range phi {
		first = append(first, rest)
		rest -= v
	}
	return first, rest
}

// strongest is the candidate with the largest statistic. Edges are looked for where the
// filtered series itself jumps.
func (s *shape) strongest(levels []Level, phi []float64) Level {
	q, e := s.filter(levels, phi)
	scale := 1.4826 * median(absolute(e))
	if !(scale > 0) {
		return Level{}
	}
	first, rest := response(phi)
	// across is the product of a filtered level and a column with its running sums.
	across := func(v, sum []float64, a, b int) float64 {
		p := rest * (sum[b] - sum[min(b, a+len(first))])
		for j, f := range first {
			if a+j < b {
				p += f * v[a+j]
			}
			if b+j < s.n {
				p += (rest - f) * v[b+j]
			}
		}
		return p
	}
	energy := func(a, b int) float64 {
		p := rest * rest * float64(max(0, b-a-len(first)))
		for j, f := range first {
			if a+j < b {
				p += f * f
			}
			if b+j < s.n {
				p += (rest - f) * (rest - f)
			}
		}
		return p
	}
	// Running sums of the residual and of each calendar direction.
	sums := make([][]float64, len(q))
	for i := range q {
		sums[i] = running(q[i])
	}
	sumE := running(e)
	var starts, ends []int
	for t := 1; t < s.n; t++ {
		if size := math.Abs(e[t]); size > 2*scale {
			starts = append(starts, t)
			ends = append(ends, t)
		} else if size > 1.5*scale {
			ends = append(ends, t)
		}
	}
	ends = append(ends, s.n)
	best := Level{}
	for _, a := range starts {
		for _, b := range ends {
			// Near either end of the series a level is a step.
			if b < a+levelDays || b > s.n-levelDays && b < s.n || b == s.n && a > s.n-2*levelDays || a < levelDays {
				continue
			}
			if b < s.n && e[a]*e[b] > 0 {
				continue // what falls comes back up
			}
			ce := across(e, sumE, a, b)
			norm := energy(a, b)
			for i := range q {
				p := across(q[i], sums[i], a, b)
				norm -= p * p
			}
			if norm < .3 {
				continue
			}
			t := ce / math.Sqrt(norm) / scale
			if b == s.n {
				t = math.Copysign(math.Sqrt(t*t+lasting), t)
			}
			if math.Abs(t) > math.Abs(best.T) {
				best = Level{From: a, Until: b, T: t, Size: ce / norm}
			}
		}
	}
	return best
}

// filter is the orthonormal filtered calendar with the levels known so far, and what they
// leave of the filtered series.
func (s *shape) filter(levels []Level, phi []float64) (q [][]float64, e []float64) {
	r := s.residual(levels)
	cols := make([][]float64, 0, len(s.cols)+len(levels))
	for _, c := range s.cols {
		cols = append(cols, filtered(c, phi))
	}
	for _, l := range levels {
		cols = append(cols, filtered(s.indicator(l), phi))
	}
	q, _ = orthonormal(cols)
	e = filtered(r, phi)
	sweep(e, q)
	return q, e
}

// judge gives every level its size and statistic given all the others.
func (s *shape) judge(levels []Level, phi []float64) []Level {
	out := slices.Clone(levels)
	for i, l := range levels {
		others := append(slices.Clone(levels[:i]), levels[i+1:]...)
		q, e := s.filter(others, phi)
		c := filtered(s.indicator(l), phi)
		sweep(c, q)
		norm := dot(c, c)
		ce := dot(c, e)
		// The scale is of what is left with this level too.
		rest := slices.Clone(e)
		if norm > 1e-9 {
			for t := range rest {
				rest[t] -= ce / norm * c[t]
			}
		}
		scale := 1.4826 * median(absolute(rest))
		out[i].T, out[i].Size, out[i].score = 0, 0, 0
		if !(norm > 1e-9) || !(scale > 0) {
			continue
		}
		out[i].T, out[i].Size = ce/math.Sqrt(norm)/scale, ce/norm
		out[i].score = out[i].T
		// One shock that is slowly forgotten is no level: the days inside must say so too.
		inside, size := 0., 0.
		for t := l.From + 1; t < l.Until; t++ {
			inside += c[t] * e[t]
			size += c[t] * c[t]
		}
		if !(inside*ce > 0) || math.Abs(inside) < levelInside*scale*math.Sqrt(size) {
			out[i].T = 0
		}
	}
	return out
}

// orthonormal is a basis of the columns by modified Gram-Schmidt; dependent ones drop out.
func orthonormal(cols [][]float64) (q [][]float64, kept []int) {
	for i, c := range cols {
		v := slices.Clone(c)
		size := dot(v, v)
		sweep(v, q)
		left := dot(v, v)
		if !(left > 1e-9*size) || left == 0 {
			continue
		}
		inv := 1 / math.Sqrt(left)
		for t := range v {
			v[t] *= inv
		}
		q, kept = append(q, v), append(kept, i)
	}
	return q, kept
}

// sweep makes v orthogonal to q.
func sweep(v []float64, q [][]float64) {
	for _, u := range q {
		p := dot(v, u)
		if p == 0 {
			continue
		}
		for t := range v {
			v[t] -= p * u[t]
		}
	}
}

func dot(a, b []float64) float64 {
	s := 0.
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

func absolute(v []float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = math.Abs(v[i])
	}
	return out
}

// running is the sum of the values before each index; length n+1.
func running(v []float64) []float64 {
	out := make([]float64, len(v)+1)
	for i := range v {
		out[i+1] = out[i] + v[i]
	}
	return out
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Clone(v)
	slices.Sort(s)
	if m := len(s) / 2; len(s)%2 == 0 {
		return (s[m-1] + s[m]) / 2
	} else {
		return s[m]
	}
}
