package insight

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/stat/uncertain"
)

// Doubt is how much of a what-if's uncertainty comes from one link: measuring that
// link better narrows the answer by as much.
type Doubt struct {
	From  string  `json:"from"`
	To    string  `json:"to"`
	Share float64 `json:"share"` // of the KGI's variance, what the link does with others included
}

// Runs of the shares of doubt, the smallest share that is told, and from how many links
// on none would be worth naming.
const (
	doubtRuns   = 256
	leastShare  = 0.01
	mostDoubted = 64
)

// doubt tells which pulls an indicator's width comes from; none where there are
// fewer than two to choose from.
func (c *carrier) doubt(set map[int]float64, at int) []Doubt {
	out := []Doubt{}
	passed := c.passed(set)
	if n := len(passed); n < 2 || n > mostDoubted || !c.doubtful(set)[at] {
		return out
	}
	place := make([]int, c.pullCount()) // of a pull among those passed
	for j, p := range passed {
		place[p.nth] = j
	}
	scratch := c.run(set, nil, math.Inf(1))
	shares := uncertain.Sobol(len(passed), doubtRuns, evidenceSeed, func(u []float64) float64 {
		c.runInto(&scratch, set, func(p pull) float64 { return p.elasticity + p.se*uncertain.Normal(u[place[p.nth]]) }, math.Inf(1))
		return scratch.after[at]
	})
	for j, p := range passed {
		if share := min(max(shares.Total[j], 0), 1); share >= leastShare {
			out = append(out, Doubt{From: c.ids[p.from], To: c.ids[p.to], Share: share})
		}
	}
	slices.SortStableFunc(out, func(a, b Doubt) int { return cmp.Compare(b.Share, a.Share) })
	if len(out) < 2 {
		return []Doubt{}
	}
	return out
}
