package drift

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
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
	levelStands = 5.5 // standard errors a level needs that lasts
	levelPasses = 6.5 // and one that ends
	levelSize   = .3  // in logs; smaller ones are weather
	levelSpread = 2.2 // of what one day adds by itself
	levelDays   = 7   // shorter ones are holidays and campaigns
	levelInside = 3.0 // standard errors of the days after its first
	levelHint   = 4.2 // what it has to look like before its memory is known
	mostLevels  = 4
	memoryDays  = 4
	lasting     = 25. // squared standard errors: what an end of its own has to earn
)

// Levels finds the levels of a series in logs, NaN where a day is missing. The largest is taken
// first, then the rest is looked at again with it.
//
// The statistic of a level is its generalised least squares t-ratio: series, calendar and
// level after the autoregression's filter, the level made orthogonal to the calendar, over
// 1.4826 times the median absolute residual (level shifts as in Chen and Liu 1993, JASA 88,
// 284–297). The autoregression is estimated again with the level taken out before it is
// judged: a level that is left in passes for memory, and memory hides it.
func Levels(y []float64, calendar *Calendar) []Level {
	s := newShape(y, calendar)
	if s == nil {
		return nil
	}
	return s.levels()
}

func (s *shape) levels() []Level {
	var found []Level
	for len(found) < mostLevels {
		best := Level{}
		for _, l := range s.candidates(found) {
			next := append(slices.Clone(found), l)
			if l = s.judge(next, len(found)); l.evidence(s.n) > best.evidence(s.n) {
				best = l
			}
		}
		if !best.stands(s.n) {
			break
		}
		found = append(found, best)
	}
	if len(found) > 1 { // sizes together, now that all are known
		together := slices.Clone(found)
		for i := range found {
			together[i] = s.judge(found, i)
		}
		found = together
	}
	kept := found[:0]
	for _, l := range found {
		if l.stands(s.n) {
			kept = append(kept, l)
		}
	}
	slices.SortFunc(kept, func(a, b Level) int { return a.From - b.From })
	return kept
}

// stands reports whether a level is large and sure enough to be told, in n days.
func (l Level) stands(n int) bool {
	need := float64(levelStands)
	if l.Until < n {
		need = levelPasses // two ends were free to choose
	}
	return math.Abs(l.T) >= need && math.Abs(l.Size) >= levelSize
}

// evidence orders candidates: an end of its own has to earn its place.
func (l Level) evidence(n int) float64 {
	if l.T == 0 {
		return 0
	}
	if l.Until == n {
		return l.T*l.T + lasting
	}
	return l.T * l.T
}

// candidates are the likeliest next levels. Which memory the series has is not known until
// the level is, so two are tried; and where a level ends it may be that another began, for
// good.
func (s *shape) candidates(found []Level) []Level {
	var list []Level
	add := func(from, until int) {
		if from < levelDays || until-from < levelDays {
			return
		}
		for _, l := range list {
			if l.From == from && l.Until == until {
				return
			}
		}
		list = append(list, Level{From: from, Until: until})
	}
	for _, phi := range [][]float64{s.memory(found), {.5}} {
		level, step := s.strongest(found, phi)
		if max(math.Abs(level.T), math.Abs(step.T)) < levelHint {
			continue
		}
		add(step.From, step.Until)
		add(level.From, level.Until)
		if level.Until < s.n {
			add(level.From, s.n)
			add(level.Until, s.n)
		}
	}
	return list
}

// shape is a series and its calendar.
type shape struct {
	y    []float64 // missing days as 0
	have []bool
	cal  *Calendar
	n    int
}

// newShape is nil where there are too few days to tell a level from anything.
func newShape(y []float64, calendar *Calendar) *shape {
	if calendar == nil || len(y) != calendar.n {
		return nil
	}
	s := &shape{y: make([]float64, len(y)), have: make([]bool, len(y)), cal: calendar, n: len(y)}
	days := 0
	for t, v := range y {
		if !bad(v) && math.Abs(v) < 700 { // no number has a larger log
			s.y[t], s.have[t] = v, true
			days++
		}
	}
	if days < 4*levelDays || days < 2*len(calendar.cols) || 2*days < s.n {
		return nil
	}
	s.outliers()
	return s
}

// residual is y without calendar and levels, by least squares on the days there are; a
// missing day is drawn straight between its neighbours.
func (s *shape) residual(levels []Level) []float64 {
	q := len(s.cal.cols)
	cols := slices.Clone(s.cal.cols)
	for _, l := range levels {
		cols = append(cols, s.indicator(l))
	}
	k := len(cols)
	g := make([]float64, k*k)
	for i := range k {
		for j := range i + 1 {
			v := 0.
			if i < q {
				v = s.cal.cross[0][i*q+j]
			} else {
				v = dot(cols[i], cols[j])
			}
			for t, have := range s.have {
				if !have {
					v -= cols[i][t] * cols[j][t]
				}
			}
			g[i*k+j], g[j*k+i] = v, v
		}
	}
	r := slices.Clone(s.y)
	for t, have := range s.have {
		if !have {
			r[t] = 0
		}
	}
	factorise(g, k).project(r, cols)
	s.bridge(r)
	return r
}

func (s *shape) bridge(r []float64) {
	last := -1
	for t := 0; t <= s.n; t++ {
		if t < s.n && !s.have[t] {
			continue
		}
		for g := last + 1; g < t; g++ {
			r[g] = 0
			if last >= 0 && t < s.n {
				share := float64(g-last) / float64(t-last)
				r[g] = (1-share)*r[last] + share*r[t]
			}
		}
		last = t
	}
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
		if j+1 < len(c) {
			floats.AddScaled(f[j+1:], -v, c[:len(c)-j-1])
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

// filter is the calendar and the levels known so far after the filter, their factor, and
// what they leave of the filtered series.
func (s *shape) filter(levels []Level, phi []float64) (z [][]float64, f factor, e []float64) {
	for _, c := range s.cal.cols {
		z = append(z, filtered(c, phi))
	}
	for _, l := range levels {
		z = append(z, filtered(s.indicator(l), phi))
	}
	f = factorise(s.cal.gram(phi, z), len(z))
	e = filtered(s.residual(levels), phi)
	f.project(e, z)
	return z, f, e
}

// edge is a day on which a level may begin or end: the step there after the filter, as its
// products with the residual and, half solved, with the calendar.
type edge struct {
	at    int
	jump  float64
	score float64
	half  []float64
}

// strongest is the level and the lasting step with the largest statistics. Edges are looked for where the
// filtered series itself jumps; a level is the difference of the steps at its edges.
func (s *shape) strongest(levels []Level, phi []float64) (level, step Level) {
	z, f, e := s.filter(levels, phi)
	scale := 1.4826 * median(absolute(e))
	if !(scale > 0) {
		return level, step
	}
	first, rest := response(phi)
	var edges []edge
	after := make([]float64, len(z)) // Σ over the days from at + memory on
	sum := 0.
	for t := s.n - 1; t >= levelDays; t-- {
		if far := t + len(first); far < s.n {
			sum += e[far]
			for i := range z {
				after[i] += z[i][far]
			}
		}
		if math.Abs(e[t]) <= 1.5*scale || t > s.n-levelDays {
			continue
		}
		g := edge{at: t, jump: e[t], score: rest * sum, half: make([]float64, len(z))}
		for i := range z {
			g.half[i] = rest * after[i]
		}
		for j, v := range first {
			if t+j < s.n {
				g.score += v * e[t+j]
				for i := range z {
					g.half[i] += v * z[i][t+j]
				}
			}
		}
		f.half(g.half)
		edges = append(edges, g)
	}
	try := func(best *Level, from, until int, score, explained float64) {
		norm := energy(first, rest, from, until, s.n) - explained
		if norm < .3 {
			return
		}
		if t := score / math.Sqrt(norm) / scale; math.Abs(t) > math.Abs(best.T) {
			*best = Level{From: from, Until: until, T: t, Size: score / norm}
		}
	}
	for _, a := range edges {
		if math.Abs(a.jump) <= 2*scale {
			continue
		}
		if a.at <= s.n-2*levelDays {
			try(&step, a.at, s.n, a.score, dot(a.half, a.half))
		}
		for _, b := range edges {
			if b.at < a.at+levelDays || a.jump*b.jump > 0 { // what falls comes back up
				continue
			}
			explained := 0.
			for i, v := range a.half {
				explained += (v - b.half[i]) * (v - b.half[i])
			}
			try(&level, a.at, b.at, a.score-b.score, explained)
		}
	}
	return level, step
}

// energy is the square of a filtered level.
func energy(first []float64, rest float64, from, until, n int) float64 {
	sum := rest * rest * float64(max(0, until-from-len(first)))
	for j, v := range first {
		if from+j < until {
			sum += v * v
		}
		if until+j < n {
			sum += (rest - v) * (rest - v)
		}
	}
	return sum
}

// judge gives the i-th level its size and statistic given all the others.
func (s *shape) judge(levels []Level, i int) Level {
	l, phi := levels[i], s.memory(levels)
	others := append(slices.Clone(levels[:i]), levels[i+1:]...)
	z, f, e := s.filter(others, phi)
	c := filtered(s.indicator(l), phi)
	f.project(c, z)
	norm, ce := dot(c, c), dot(c, e)
	l.T, l.Size, l.score = 0, 0, 0
	if !(norm > 1e-9) {
		return l
	}
	// The scale is of what is left with this level too.
	left := slices.Clone(e)
	floats.AddScaled(left, -ce/norm, c)
	scale := 1.4826 * median(absolute(left))
	if !(scale > 0) {
		return l
	}
	l.score, l.Size = ce/math.Sqrt(norm)/scale, ce/norm
	// One shock that is slowly forgotten is no level: the days inside must say so too.
	inside, size := 0., 0.
	for t := l.From + 1; t < l.Until; t++ {
		inside += c[t] * e[t]
		size += c[t] * c[t]
	}
	if inside*ce > 0 && math.Abs(inside) >= levelInside*scale*math.Sqrt(size) && math.Abs(l.Size) >= levelSpread*scale {
		l.T = l.score
	}
	return l
}

func absolute(v []float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = math.Abs(v[i])
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
