package scorecard

// The pool: sets nearly as good as the best round to better whole points now and then.
const (
	poolSize = 50
	poolGap  = 0.05 // of the best loss
	swaps    = 5    // best replacements tried for each column taken out
	rounds   = 4    // swaps start anew from a better set, at most this often
)

// pool is the best sets of one size and those a single swap away whose loss is within the
// gap, best first (FasterRisk, section 4.2). Where a swap finds a better set the swapping
// begins again from there.
func (p *problem) pool(nodes []*node) []*node {
	all := append([]*node(nil), nodes...)
	seen := map[string]bool{}
	for _, nd := range all {
		seen[supportKey(nd.support)] = true
	}
	best := all[0]
	for range rounds {
		start := best
		for place := range start.support {
			less := p.without(start, place)
			p.fit(less)
			for _, pr := range p.promising(less, swaps) {
				key := supportKey(less.support, pr.column)
				if seen[key] {
					continue
				}
				seen[key] = true
				nd := p.with(less, pr.column)
				p.fit(nd)
				all = append(all, nd)
				if nd.loss < best.loss-1e-9 {
					best = nd
				}
			}
		}
		if best == start {
			break
		}
	}
	sortByLoss(all)
	keep := 0
	for keep < len(all) && keep < poolSize && all[keep].loss <= all[0].loss*(1+poolGap) {
		keep++
	}
	return all[:max(1, keep)]
}
