package link

import "math"

// The guards look at a link that was found and ask what else could look like it. One that
// speaks turns the finding into "cannot tell", with its code.

const (
	sameDayLeast   = 2.8 // the recipe's rule 8a
	sameDayAgainst = 1.2
	leadP          = .01 // rule 8b, over seven leads
	leadAgainst    = .8
	blockDays      = 30
	blockLeast     = 1.7 // z that must be left without any one block of days
	bumpLeast      = 1.5 // z at which weeks of one series stand out
	bumpClear      = 2.2 // and at which they stand out clearly
	clearLeast     = 3.2 // z that must then be left
	clearLost      = 1.5 // unless it fell by no more than so many deviations
	blockShort     = 1.3 // the same from 120 rows to two years, where a block is much of all
	sharedShort    = .46 // share of sharedLeast that the shortest series have to keep
	barely         = 1.2 // z below which nothing is left, whatever was taken away
	sharedLeast    = 2.5 // z that must be left without weeks that both share
	countsLeast    = 2.2 // the same beside a KGI of small counts
	yearlyLeast    = 2.7 // and, from two years on, without yearly shapes as well
	yearlyLost     = .4  // deviations by which z may then fall more than what was taken explains
)

// guards returns the first reason against a candidate whose largest |z| is given.
func (w *work) guards(largest float64) Reason {
	if t := w.sameDay(); math.Abs(t) > sameDayLeast && math.Abs(t) > sameDayAgainst*largest {
		return SameDay
	}
	if lead := w.strongestLead(); 2*upper(lead)*leadDays < leadP && lead > leadAgainst*largest {
		return Reverse
	}
	if w.fewDays() || w.shared() {
		return FewPeakDays
	}
	return None
}

// sameDay is the t-ratio of lag 0 given all later lags.
func (w *work) sameDay() float64 {
	if w.q.LagFrom > 0 {
		return 0
	}
	var given []int
	for lag := 1; lag <= w.q.LagTo; lag++ {
		given = append(given, lag)
	}
	return w.lags.ratio(given, 0)
}

// strongestLead is the largest |t| of the KPI's days ahead, each beside all lags: a KGI
// that drives the KPI shows there, because the KPI's future then holds the KGI's past.
func (w *work) strongestLead() float64 {
	var given []int
	for lag := 0; lag <= w.q.LagTo; lag++ {
		given = append(given, lag)
	}
	most := 0.0
	for lead := 1; lead <= leadDays; lead++ {
		most = max(most, math.Abs(w.lags.ratio(given, -lead)))
	}
	return most
}

// ratio is the t-ratio of one lag beside the given others, as a normal number.
func (l *lagged) ratio(given []int, lag int) float64 {
	k := len(given)
	at := func(lag int) int { return lag - l.first }
	g := make([]float64, k*k)
	b, r := make([]float64, k), make([]float64, k)
	for i, a := range given {
		for j, c := range given {
			g[i*k+j] = l.h[at(a)*l.m+at(c)]
		}
		b[i] = l.h[at(a)*l.m+at(lag)]
		r[i] = l.he[at(a)]
	}
	f := factorise(g, k)
	own := l.h[at(lag)*l.m+at(lag)]
	f.half(b)
	f.half(r)
	norm := own - dot(b, b)
	if !(norm > 1e-6*own) {
		return 0
	}
	score := l.he[at(lag)] - dot(b, r)
	df := l.df - float64(f.rank) - 1
	s2 := (l.ee - dot(r, r) - score*score/norm) / df
	if !(s2 > 0) || df < 5 {
		return 0
	}
	return normal(score/math.Sqrt(norm*s2), df)
}
