package link

import (
	"math"
	"slices"
)

// A control is another KPI (or cost) that points at the same child. What is held still is
// its whole delayed effect, so a control is several columns.

// shape is how finely a control's lags are let free.
type shape uint8

const (
	everyLag shape = iota // one column a lag
	hats                  // linear between a few lags
	essence               // same day, its best lag, and around it: when there are very many
)

// hatNodes are the lags between which a control's effect is interpolated.
var hatNodes = []int{0, 1, 2, 4, 7, 10, 14, 20, 28, 40, 56}

// chosen are the controls of one link and their shape.
type chosen struct {
	list     []*Cleaned
	shape    shape
	searched bool // they were picked from more than the days can pay for
}

// chooseControls takes every usable control while the days can pay for them, finely when
// there are at least 300 days a control. Beyond that only those are kept that show an
// association with the KGI or with the KPI: leaving out the others costs no bias to first
// order (post-double-selection, Belloni, Chernozhukov and Hansen, Rev. Econ. Stud. 2014).
func (d *Design) chooseControls(q Question, t *target) chosen {
	var usable []*Cleaned
	for _, c := range q.Controls {
		if c == nil || c.Reason() != None || c.sums == q.KGI.sums || c == q.KGI {
			continue
		}
		if !slices.ContainsFunc(usable, func(o *Cleaned) bool { return o.sums == c.sums }) {
			usable = append(usable, c)
		}
	}
	// Any order of the controls must give the same bytes.
	slices.SortFunc(usable, func(a, b *Cleaned) int { return slices.Compare(a.sums[:], b.sums[:]) })
	k := len(usable)
	switch {
	case k == 0:
		return chosen{}
	case d.n >= 300*k:
		return chosen{list: usable, shape: everyLag}
	case k*len(nodesWithin(q.LagFrom, q.LagTo)) <= d.n/16:
		return chosen{list: usable, shape: hats}
	}
	type scored struct {
		c     *Cleaned
		score float64
	}
	var strong []scored
	for _, c := range usable {
		score := max(t.score(c).z/2.8, q.KPI.likeness(c)/3.3)
		if c.sums == q.KPI.sums {
			score = math.Inf(1)
		}
		if score > 1 {
			strong = append(strong, scored{c, score})
		}
	}
	slices.SortStableFunc(strong, func(a, b scored) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	pick := chosen{shape: hats, searched: true}
	each := len(nodesWithin(q.LagFrom, q.LagTo))
	if len(strong)*each > d.n/16 {
		pick.shape, each = essence, 3
	}
	for i, s := range strong {
		if i*each >= max(12, d.n/8) {
			break
		}
		pick.list = append(pick.list, s.c)
	}
	return pick
}

func nodesWithin(lo, hi int) []int {
	nodes := []int{lo}
	for _, n := range hatNodes {
		if n > lo && n < hi {
			nodes = append(nodes, n)
		}
	}
	if hi > lo {
		nodes = append(nodes, hi)
	}
	return nodes
}

// score is how strongly a control shows in the KGI by itself, and at which lag.
type score struct {
	z   float64
	lag int
}

// score is computed once for a pair of series.
func (t *target) score(c *Cleaned) score {
	known := <-t.scores
	if s, ok := known[c]; ok {
		t.scores <- known
		return s
	}
	var s score
	cols := t.plain.lagColumns(c.beside(t.scale), 0, 15)
	he := products(cols, t.plain.e)
	scale := t.plain.ee / max(1, t.plain.df(0))
	tri := make([]float64, len(cols[0]))
	for lag := range 15 {
		a, b, e := max(0, lag-1), lag, min(15, lag+1)
		for i := range tri {
			tri[i] = .25*cols[a][i] + .5*cols[b][i] + .25*cols[e][i]
		}
		if norm := dot(tri, tri); norm > 0 && scale > 0 {
			z := math.Abs(.25*he[a]+.5*he[b]+.25*he[e]) / math.Sqrt(norm*scale)
			if z > s.z {
				s = score{z, lag}
			}
		}
	}
	known[c] = s
	t.scores <- known
	return s
}

// likeness is the largest standardised cross-correlation of two series' surprises within
// three days.
func (c *Cleaned) likeness(o *Cleaned) float64 {
	a, b := c.surprise, o.surprise
	n := len(a)
	if n < 10 || len(b) != n {
		return 0
	}
	norm := math.Sqrt(dot(a, a) * dot(b, b))
	if !(norm > 0) {
		return 0
	}
	most := 0.0
	for k := 0; k <= 3; k++ {
		most = max(most, math.Abs(dot(a[k:], b[:n-k])), math.Abs(dot(b[k:], a[:n-k])))
	}
	return most / norm * math.Sqrt(float64(n))
}

// columnsFor are the control's regressors, weighted, unfiltered.
func (c *Cleaned) columnsFor(t *target, s shape, lo, hi int, w []float64) columns {
	x := c.beside(t.scale)
	switch s {
	case everyLag:
		return shifts(x, w, lo, hi)
	case hats:
		return hatColumns(shifts(x, w, lo, hi), lo, hi)
	}
	at := t.score(c).lag
	around := shifts(x, w, max(0, at-6), at+6)
	mid := at - max(0, at-6)
	best, wide := make([]float64, len(x)), make([]float64, len(x))
	for i, col := range around {
		off := math.Abs(float64(i - mid))
		for r, v := range col {
			best[r] += max(0, 2-off) / 4 * v
			wide[r] += max(0, 7-off) / 49 * v
		}
	}
	return append(shifts(x, w, 0, 0), best, wide)
}

// hatColumns sums lags into functions that are linear between the nodes.
func hatColumns(all columns, lo, hi int) columns {
	nodes := nodesWithin(lo, hi)
	out := make(columns, len(nodes))
	for k, node := range nodes {
		out[k] = make([]float64, len(all[0]))
		for lag := lo; lag <= hi; lag++ {
			weight := 0.0
			switch {
			case lag == node:
				weight = 1
			case lag < node && k > 0 && lag > nodes[k-1]:
				weight = float64(lag-nodes[k-1]) / float64(node-nodes[k-1])
			case lag > node && k+1 < len(nodes) && lag < nodes[k+1]:
				weight = float64(nodes[k+1]-lag) / float64(nodes[k+1]-node)
			}
			if weight == 0 {
				continue
			}
			for r, v := range all[lag-lo] {
				out[k][r] += weight * v
			}
		}
	}
	return out
}

type biasKey struct {
	shape  shape
	scale  scale
	lo, hi int
}

// ownBias is what the control's columns add to the traces of the bias, computed once: it
// hardly depends on the KGI.
func (c *Cleaned) ownBias(t *target, s shape, lo, hi int) *bias {
	key := biasKey{s, t.scale, lo, hi}
	if s == essence {
		key.lo, key.hi = t.score(c).lag, 0
	}
	known := <-c.biases
	b, ok := known[key]
	if !ok {
		cols := c.columnsFor(t, s, lo, hi, nil)
		none := &bias{n: c.d.n, a: make([]float64, (horizon+1)*(horizon+1))}
		b = newBias(cols, factorise(gram(cols), len(cols)), none)
		known[key] = b
	}
	c.biases <- known
	return b
}
