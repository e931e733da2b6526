package link

import (
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/shirube/shirube/internal/stat/drift"
)

// mostBreaks is how many breaks of one link are followed, the last one first of all: a
// relation that changes more often than that has no elasticity to speak of.
const mostBreaks = 3

// breaksFalse is the share of wrong ones among the breaks told in a model, on average,
// whatever the number of its links.
const breaksFalse = .10

// settle looks for breaks in a link that was tested over all days and, where it finds
// one, asks the link's question again of the days since. What Result then says is true of
// the time after the last break.
func (d *Design) settle(q Question, whole Result) Result {
	r, from := whole, 0
	for len(r.Breaks) < mostBreaks {
		b, ok := r.breakFrom(from)
		if from == 0 {
			r.watched, r.breakP = ok, b.P
		}
		if !ok || b.P > drift.Told {
			break
		}
		from = b.At
		after := d.testRows(q, from, d.n)
		after.watched, after.breakP = r.watched, r.breakP
		after.Breaks = append(r.Breaks, b)
		if grown(b) {
			// The days since were chosen because the KPI does more in them; their own
			// test does not know that, the break's does.
			after.P, after.candidate = max(after.P, b.P), max(after.candidate, b.P)
		}
		r = after
	}
	r.rivals, whole.rivals = nil, nil // large, and no longer asked for
	if len(r.Breaks) > 0 {
		r.Strength = whole.Strength // the picture shows how it was before, too
		r.whole = &whole
	}
	return r
}

// keepBreaks takes back breaks that are no surprise among so many links: Benjamini and
// Hochberg over all links that were watched.
func keepBreaks(results []Result) {
	var ps []float64
	for i := range results {
		if results[i].watched {
			ps = append(ps, results[i].breakP)
		}
	}
	slices.Sort(ps)
	limit := 0.
	for i, p := range ps {
		if p <= breaksFalse*float64(i+1)/float64(len(ps)) {
			limit = p
		}
	}
	for i := range results {
		if r := &results[i]; r.whole != nil && r.breakP > limit {
			*r = *r.whole
		}
	}
}

// breakFrom is what the rows from a day on say about a break; false where they cannot.
func (r *Result) breakFrom(from int) (drift.Break, bool) {
	rivals := r.rivals
	r.rivals = nil // large, and asked once
	if len(rivals) == 0 || from >= len(rivals[0].C) || r.guarded() {
		return drift.Break{P: 1}, false
	}
	for i := range rivals {
		rivals[i].C, rivals[i].Y = rivals[i].C[from:], rivals[i].Y[from:]
	}
	b, ok := drift.Find(rivals...)
	b.At, b.First, b.Last = b.At+from, b.First+from, b.Last+from
	return b, ok
}

// rivals are the link's kernels, each as one filtered column free of the null model and,
// as in the test, of the same day.
func (w *work) rivals(nu *null) []drift.Column {
	cols := nu.lagColumns(w.x, 0, w.q.LagTo)
	size := dot(cols[0], cols[0])
	for i := range cols {
		cols[i] = residual(nu.cols, nu.f, cols[i])
	}
	y, used := nu.e, nu.rows-int(nu.df(0))
	if norm := dot(cols[0], cols[0]); w.q.LagFrom == 0 && norm > 1e-9*size && norm > 0 {
		zero := cols[0]
		clear := func(v []float64) []float64 {
			out := append([]float64(nil), v...)
			floats.AddScaled(out, -dot(v, zero)/norm, zero)
			return out
		}
		y = clear(y)
		for i := 1; i < len(cols); i++ {
			cols[i] = clear(cols[i])
		}
		cols[0] = make([]float64, len(zero))
		used++
	}
	list := make([]drift.Column, 0, len(w.kernels))
	for _, k := range w.kernels {
		c := make([]float64, len(y))
		for i, v := range k.w {
			floats.AddScaled(c, v, cols[k.lo+i])
		}
		list = append(list, drift.Column{C: c, Y: y, Used: used, Weight: k.prior})
	}
	return list
}

// guarded tells whether a guard of direction spoke: what was never taken for a link
// cannot break.
func (r *Result) guarded() bool {
	return r.Why == SameDay || r.Why == Reverse
}

// grown tells whether the KPI does more since a break than before, or the opposite.
func grown(b drift.Break) bool {
	e1, e2 := b.Before.Elasticity, b.After.Elasticity
	return e1*e2 < 0 || e2*e2 > e1*e1
}
