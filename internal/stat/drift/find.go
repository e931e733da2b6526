package drift

import "math"

// Effect is how strongly the KGI answers the KPI over some days.
type Effect struct {
	Elasticity float64
	SE         float64
	CI95       [2]float64
}

// Break is the day on which a relation changed. Days are indices of the rows given.
type Break struct {
	At          int     // first day of the new relation: the median of what the data say
	First, Last int     // 95 % range of that day
	P           float64 // chance that a link that never changed looks like this once in a year of daily looks
	Score       float64 // 2 log of the average likelihood ratio
	Before      Effect  //
	After       Effect  //
	Died        bool    // nothing is left of it, as far as the days since can tell
}

// Told is the chance of a false alarm, per link and year of daily looks, at which a break
// is told.
const Told = .05

const (
	daysBefore = 90  // of the old relation, at least
	daysAfter  = 21  // of the new one: fewer are a bad fortnight, not a break
	seenBefore = 2.5 // standard errors: a link that never moved anything cannot break
	shareDied  = .6  // of the average that says "nothing is left"; the rest: "something else"
)

// Column is one link as seen after the filter: for each day the regressor C, made
// orthogonal to everything that is not the link, and the residual E of the model with one
// constant elasticity, E'C = 0. Days without information have C = 0.
type Column struct {
	C, E       []float64
	Elasticity float64
	Used       int // regressors the filter already spent, for the degrees of freedom
}

// Find looks for the one break that says most. ok is false where no day is admissible:
// too few days on either side, no variation, or a relation that was never there.
//
// With S(τ) = Σ_{t<τ} C E, I(τ) = Σ_{t<τ} C², the elasticities before and after are
// e + S/I and e − S/(I(n) − I), with variances s²/I and s²/(I(n) − I); s² is the larger of
// the plain and the heteroskedasticity-consistent estimate.
func Find(col Column) (b Break, ok bool) {
	sums, ok := accumulate(col)
	if !ok {
		return Break{}, false
	}
	weights, top := sums.likelihood()
	if len(weights) == 0 {
		return Break{}, false
	}
	total := 0.
	for _, w := range weights {
		total += w.died + w.changed
	}
	b.Score = 2 * (math.Log(total) + top)
	b.P = chance(b.Score)
	b.First, b.At, b.Last = -1, -1, -1
	seen, died := 0., 0.
	var before, after mixture
	for _, w := range weights {
		share := (w.died + w.changed) / total
		seen += share
		died += w.died / total
		if b.First < 0 && seen >= .025 {
			b.First = w.at
		}
		if b.At < 0 && seen >= .5 {
			b.At = w.at
		}
		if b.Last < 0 && seen >= .975-1e-12 {
			b.Last = w.at
		}
		e1, v1, e2, v2 := sums.around(w.at)
		before.add(share, e1, v1)
		after.add(share, e2, v2)
	}
	b.Before, b.After = before.effect(), after.effect()
	b.Died = died > .5 && b.After.CI95[0] <= 0 && 0 <= b.After.CI95[1]
	return b, true
}

// sums are the running totals of a column.
type sums struct {
	score, info []float64 // S and I before day t; length n+1
	e, s2       float64
	n           int
}

func accumulate(col Column) (sums, bool) {
	n := min(len(col.C), len(col.E))
	s := sums{score: make([]float64, n+1), info: make([]float64, n+1), e: col.Elasticity, n: n}
	days, rss, robust := 0, 0., 0.
	for t := range n {
		c, e := col.C[t], col.E[t]
		if bad(c) || bad(e) {
			c, e = 0, 0
		}
		if c != 0 || e != 0 {
			days++
		}
		s.score[t+1] = s.score[t] + c*e
		s.info[t+1] = s.info[t] + c*c
		rss += e * e
		robust += c * c * e * e
	}
	df := float64(days - 1 - col.Used)
	if n < daysBefore+daysAfter || df < 10 || !(s.info[n] > 0) || bad(s.e) {
		return s, false
	}
	s.s2 = max(rss, robust/s.info[n]*float64(days)) / df
	return s, s.s2 > 0 && !bad(s.s2) && !bad(s.info[n])
}

// around is the elasticity and its variance before day at and from it on.
func (s sums) around(at int) (e1, v1, e2, v2 float64) {
	left := s.info[s.n] - s.info[at]
	e1, v1 = s.e+s.score[at]/s.info[at], s.s2/s.info[at]
	e2, v2 = s.e+(s.score[s.n]-s.score[at])/left, s.s2/left
	return e1, v1, e2, v2
}

// weight is how likely a break on a day is, relative to the largest.
type weight struct {
	at            int
	died, changed float64
}

// likelihood is the likelihood ratio of a break on each admissible day against none, as
// exp(−top) times itself so that nothing overflows.
func (s sums) likelihood() (list []weight, top float64) {
	type logs struct {
		at            int
		died, changed float64
	}
	var all []logs
	top = math.Inf(-1)
	for at := daysBefore; at <= s.n-daysAfter; at++ {
		left := s.info[s.n] - s.info[at]
		if s.info[at] < 1e-6*s.info[s.n] || left < 1e-6*s.info[s.n] {
			continue
		}
		e1, v1, e2, v2 := s.around(at)
		z1, z2 := e1/math.Sqrt(v1), e2/math.Sqrt(v2)
		if math.Abs(z1) < seenBefore && math.Abs(z2) < seenBefore {
			continue
		}
		// t² is the gain of two elasticities over one.
		v := v1 + v2
		t2 := (e1 - e2) * (e1 - e2) / v
		// "Changed": the difference is drawn from N(0, g), as large as the effect was.
		g := max(e1*e1/2, 2*v)
		l := logs{at: at, died: math.Inf(-1)}
		l.changed = math.Log(1-shareDied) - .5*math.Log1p(g/v) + t2/2*g/(g+v)
		// "Died": the second elasticity is zero, so its own fit is no gain.
		if math.Abs(z1) >= seenBefore && (e1-e2)*e1 > 0 {
			l.died = math.Log(shareDied) + (t2-z2*z2)/2
		}
		top = max(top, l.changed, l.died)
		all = append(all, l)
	}
	for _, l := range all {
		list = append(list, weight{l.at, math.Exp(l.died - top), math.Exp(l.changed - top)})
	}
	return list, top
}

// mixture averages an estimate over the days the break may have been on, so that its
// interval knows that the day is uncertain.
type mixture struct{ mean, square float64 }

func (m *mixture) add(share, e, v float64) {
	m.mean += share * e
	m.square += share * (v + e*e)
}

func (m *mixture) effect() Effect {
	se := math.Sqrt(max(0, m.square-m.mean*m.mean))
	return Effect{Elasticity: m.mean, SE: se, CI95: [2]float64{m.mean - 1.96*se, m.mean + 1.96*se}}
}

func bad(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
