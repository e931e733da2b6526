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

// Runs of the shares of doubt, and the smallest share that is told.
const (
	doubtRuns  = 256
	leastShare = 0.01
)

// doubt tells which pulls an indicator's width comes from; none where there are
// fewer than two to choose from.
func (c *carrier) doubt(set map[int]float64, at int) []Doubt {
	out := []Doubt{}
	if n := c.pullCount(); n < 2 || !c.doubtful(set)[at] {
		return out
	}
	scratch := c.run(set, nil, math.Inf(1))
	shares := uncertain.Sobol(c.pullCount(), doubtRuns, evidenceSeed, func(u []float64) float64 {
		c.runInto(&scratch, set, func(p pull) float64 { return p.elasticity + p.se*uncertain.Normal(u[p.nth]) }, math.Inf(1))
		return scratch.after[at]
	})
	for i, pulls := range c.pulls {
		for _, p := range pulls {
			if share := min(max(shares.Total[p.nth], 0), 1); share >= leastShare {
				out = append(out, Doubt{From: c.ids[p.from], To: c.ids[i], Share: share})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Doubt) int { return cmp.Compare(b.Share, a.Share) })
	if len(out) < 2 {
		return []Doubt{}
	}
	return out
}
