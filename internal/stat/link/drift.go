package link

import (
	"slices"

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
	f := r.fitted
	if f == nil || from >= len(f.c) || r.guarded() {
		return drift.Break{}, false
	}
	used := -1 - f.df
	for t := range f.c {
		if f.c[t] != 0 || f.e[t] != 0 {
			used++
		}
	}
	b, ok := drift.Find(drift.Column{C: f.c[from:], E: f.e[from:], Elasticity: f.elasticity, Used: max(0, used)})
	b.At, b.First, b.Last = b.At+from, b.First+from, b.Last+from
	return b, ok
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
