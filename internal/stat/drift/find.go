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

// Column is one link as seen after the filter: for each day the regressor C and the
// response Y, both made orthogonal to everything that is not the link. Days without
// information are 0 in both.
type Column struct {
	C, Y   []float64
	Used   int     // regressors the filter already spent, for the degrees of freedom
	Weight float64 // before looking, among rivals; 0 stands for 1
}

// Find looks for the one break that says most. ok is false where no day is admissible:
// too few days on either side, no variation, or a relation that was never there.
//
// Several columns are rival pictures of one link (other lags, on the same days): each
// counts by how well it explains the days with one elasticity, times what a break adds.
// So the lag need not be known, and a link that was lost early, whose lag the whole time
// hardly shows, is found by the days on which it still worked.
//
// With S(τ) = Σ_{t<τ} C Y and I(τ) = Σ_{t<τ} C², the elasticities before and after are
// S/I and (S(n) − S)/(I(n) − I), with variances s²/I and s²/(I(n) − I); s² is the larger of
// the plain and the heteroskedasticity-consistent estimate under one elasticity.
func Find(rivals ...Column) (b Break, ok bool) {
	pictures, base := compare(rivals)
	top := math.Inf(-1)
	for _, p := range pictures {
		top = max(top, p.plain+p.top)
	}
	if math.IsInf(top, 0) {
		return Break{}, false
	}
	var days []float64 // likelihood of a break, by day
	total, died := 0., 0.
	var before, after mixture
	for _, p := range pictures {
		scale := math.Exp(p.plain + p.top - top)
		for _, w := range p.weights {
			both := scale * (w.died + w.changed)
			for len(days) <= w.at {
				days = append(days, 0)
			}
			days[w.at] += both
			total += both
			died += scale * w.died
			e1, v1, e2, v2 := p.sums.around(w.at)
			before.add(both, e1, v1)
			after.add(both, e2, v2)
		}
	}
	b.Score = 2 * (math.Log(total) + top - base)
	b.P = chance(b.Score)
	b.First, b.At, b.Last = middle(days, .025*total), middle(days, .5*total), middle(days, .975*total)
	b.Before, b.After = before.effect(), after.effect()
	b.Died = died > total/2 && b.After.CI95[0] <= 0 && 0 <= b.After.CI95[1]
	return b, true
}

// middle is the first day by which so much of the likelihood has been seen.
func middle(days []float64, much float64) int {
	seen := 0.
	for t, v := range days {
		if seen += v; seen >= much*(1-1e-12) && v > 0 {
			return t
		}
	}
	return len(days) - 1
}

// picture is one rival with the logs of its likelihood without a break, and of its
// largest with one, relative to that.
type picture struct {
	sums       sums
	weights    []weight
	plain, top float64
}

// compare weighs the rivals; base is the log of their sum without a break.
func compare(rivals []Column) (list []picture, base float64) {
	least := math.Inf(1)
	for _, col := range rivals {
		s, ok := accumulate(col)
		if !ok {
			continue
		}
		p := picture{sums: s, plain: math.Log(max(col.Weight, 0))}
		if col.Weight == 0 {
			p.plain = 0
		}
		p.weights, p.top = s.likelihood()
		list = append(list, p)
		least = min(least, s.rss)
	}
	sum := 0.
	for i := range list {
		p := &list[i]
		p.plain -= .5 * float64(p.sums.days) * math.Log(p.sums.rss/least)
		sum += math.Exp(p.plain)
	}
	return list, math.Log(sum)
}

// sums are the running totals of a column.
type sums struct {
	score, info []float64 // S and I before day t; length n+1
	s2, rss     float64
	n, days     int
}

func accumulate(col Column) (sums, bool) {
	n := min(len(col.C), len(col.Y))
	s := sums{score: make([]float64, n+1), info: make([]float64, n+1), n: n}
	if n < daysBefore+daysAfter {
		return s, false
	}
	for t := range n {
		c, y := col.C[t], col.Y[t]
		if bad(c) || bad(y) {
			c, y = 0, 0
		}
		s.score[t+1] = s.score[t] + c*y
		s.info[t+1] = s.info[t] + c*c
		if c != 0 || y != 0 {
			s.days++
		}
	}
	df := float64(s.days - 1 - col.Used)
	if df < 10 || !(s.info[n] > 0) || bad(s.info[n]) || bad(s.score[n]) {
		return s, false
	}
	slope, robust := s.score[n]/s.info[n], 0.
	for t := range n {
		if c, y := col.C[t], col.Y[t]; !bad(c) && !bad(y) {
			e := y - slope*c
			s.rss += e * e
			robust += c * c * e * e
		}
	}
	s.s2 = max(s.rss, robust/s.info[n]*float64(s.days)) / df
	return s, s.s2 > 0 && s.rss > 0 && !bad(s.s2)
}

// around is the elasticity and its variance before day at and from it on.
func (s sums) around(at int) (e1, v1, e2, v2 float64) {
	left := s.info[s.n] - s.info[at]
	return s.score[at] / s.info[at], s.s2 / s.info[at], (s.score[s.n] - s.score[at]) / left, s.s2 / left
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
type mixture struct{ all, sum, square float64 }

func (m *mixture) add(share, e, v float64) {
	m.all += share
	m.sum += share * e
	m.square += share * (v + e*e)
}

func (m *mixture) effect() Effect {
	mean := m.sum / m.all
	se := math.Sqrt(max(0, m.square/m.all-mean*mean))
	return Effect{Elasticity: mean, SE: se, CI95: [2]float64{mean - 1.96*se, mean + 1.96*se}}
}

func bad(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
