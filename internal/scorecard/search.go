package scorecard

import (
	"cmp"
	"slices"
)

// beam is how many sets of columns are carried from one size to the next.
const beam = 10

// path finds good sets of one column, two, … up to most by beam search: every set of the
// beam is grown by the columns that promise most, the grown ones are fitted exactly and
// the best go on. Where FasterRisk ranks a new column by moving it alone, here it is
// ranked by the score statistic g²/(h − hᵀH⁻¹h), which foresees that the others move
// along. best[k] is the best of size k, last the beam of the largest size.
func (p *problem) path(most int) (best []*node, last []*node) {
	last = []*node{p.root()}
	best = []*node{last[0]}
	for len(best) <= most {
		grown := p.grow(last)
		if len(grown) == 0 {
			break
		}
		last = grown
		best = append(best, grown[0])
	}
	return best, last
}

// promise is a set that could be grown and the loss it is expected to have.
type promise struct {
	parent *node
	column int
	loss   float64
}

// grow is the next beam, best first.
func (p *problem) grow(parents []*node) []*node {
	var promises []promise
	for _, parent := range parents {
		promises = append(promises, p.promising(parent, beam)...)
	}
	slices.SortStableFunc(promises, func(a, b promise) int { return cmp.Compare(a.loss, b.loss) })
	seen := map[string]bool{}
	var grown []*node
	for _, pr := range promises {
		key := supportKey(pr.parent.support, pr.column)
		if seen[key] {
			continue
		}
		seen[key] = true
		nd := p.with(pr.parent, pr.column)
		p.fit(nd)
		grown = append(grown, nd)
		if len(grown) == 2*beam {
			break
		}
	}
	sortByLoss(grown)
	return grown[:min(beam, len(grown))]
}

// promising are the columns that would lower a fitted node's loss most.
func (p *problem) promising(nd *node, most int) []promise {
	k := len(nd.support)
	m := k + 1
	_, hessian := nd.slopes()
	inverse := invert(hessian, m)
	bend, miss := make([]float64, len(nd.n)), make([]float64, len(nd.n))
	for g := range nd.n {
		z := nd.b
		for j, v := range nd.w {
			z += v * nd.x[g*k+j]
		}
		q := sigmoid(z)
		bend[g], miss[g] = q*(1-q), q
	}
	var out []promise
	s1, s2 := make([]float64, len(nd.n)), make([]float64, len(nd.n))
	cross := make([]float64, m)
	for j := range p.columns {
		c := &p.columns[j]
		if !c.varied || slices.Contains(nd.support, j) {
			continue
		}
		sums, squares := c.sums(nd, s1, s2)
		gradient, own := -c.dotY, 0.0
		clear(cross)
		for g, sum := range sums {
			if sum == 0 && squares[g] == 0 {
				continue
			}
			gradient += miss[g] * sum
			own += bend[g] * squares[g]
			weighted := bend[g] * sum
			cross[0] += weighted
			for a := range k {
				cross[a+1] += weighted * nd.x[g*k+a]
			}
		}
		if (gradient > 0 && c.low >= 0) || (gradient < 0 && c.high <= 0) {
			continue
		}
		left := own
		for a := range m {
			for b := range m {
				left -= cross[a] * inverse[a*m+b] * cross[b]
			}
		}
		if left <= 1e-7*own || own == 0 {
			continue // the columns chosen say all that this one says
		}
		gain := gradient * gradient / left / 2
		if gain > 1e-9 {
			out = append(out, promise{nd, j, nd.loss - gain})
		}
	}
	slices.SortStableFunc(out, func(a, b promise) int { return cmp.Compare(a.loss, b.loss) })
	return out[:min(most, len(out))]
}

func supportKey(support []int, more ...int) string {
	all := append(slices.Clone(support), more...)
	slices.Sort(all)
	key := make([]byte, 0, 3*len(all))
	for _, j := range all {
		key = append(key, byte(j), byte(j>>8), byte(j>>16))
	}
	return string(key)
}

func sortByLoss(nodes []*node) {
	slices.SortStableFunc(nodes, func(a, b *node) int { return cmp.Compare(a.loss, b.loss) })
}
