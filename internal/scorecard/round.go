package scorecard

import (
	"math"
	"slices"
)

// multipliers are tried for every set, from the coefficients as they are to the largest
// that keeps them within the bound.
const multipliers = 20

// points is a set of columns with whole points; p = 1/(1+e^−(at + per·score)).
type points struct {
	support []int
	points  []int
	at, per float64
	loss    float64
}

// round turns the coefficients of a node into whole points. A star of multipliers is laid
// along the ray of the coefficients (FasterRisk, section 4.3); for each, the points are
// rounded one after the other, always the one that costs least, while those still open
// move along the quadratic of the loss at its optimum to make up for it. Then single
// points go up or down by one as long as the loss falls. The paper bounds the loss
// instead of expanding it and stops after the rounding.
func (p *problem) round(nd *node) points {
	largest := 0.0
	for _, v := range nd.w {
		largest = math.Max(largest, math.Abs(v))
	}
	if largest == 0 {
		return points{support: nd.support, points: make([]int, len(nd.w)), at: nd.b, loss: nd.loss}
	}
	bend := nd.withoutIntercept()
	var tried []points
	seen := map[string]bool{}
	most := p.bound / largest
	least := math.Min(1, most)
	if most < 1.5 {
		least = most / 2
	}
	for i := range multipliers {
		m := least + (most-least)*float64(i)/(multipliers-1)
		whole := p.sequential(nd, bend, m)
		key := string(wholeKey(whole))
		if seen[key] || allZero(whole) {
			continue
		}
		seen[key] = true
		at, per, loss := nd.scale(whole, 1/m)
		tried = append(tried, points{support: nd.support, points: whole, at: at, per: per, loss: loss})
	}
	slices.SortStableFunc(tried, func(a, b points) int {
		if a.loss < b.loss {
			return -1
		}
		return 1
	})
	if len(tried) == 0 { // every rounding came to nothing: the strongest alone, then
		whole := make([]int, len(nd.w))
		for j, v := range nd.w {
			if math.Abs(v) == largest {
				whole[j] = int(math.Copysign(1, v))
				break
			}
		}
		at, per, loss := nd.scale(whole, largest)
		tried = append(tried, points{support: nd.support, points: whole, at: at, per: per, loss: loss})
	}
	best := tried[0]
	for _, t := range tried[:min(3, len(tried))] {
		if t = p.polish(nd, t); t.loss < best.loss-1e-9 {
			best = t
		}
	}
	return best
}

func wholeKey(whole []int) []byte {
	key := make([]byte, len(whole))
	for i, v := range whole {
		key[i] = byte(v)
	}
	return key
}

func allZero(whole []int) bool {
	return !slices.ContainsFunc(whole, func(v int) bool { return v != 0 })
}

// withoutIntercept is the Hessian of the coefficients where the intercept follows them.
func (nd *node) withoutIntercept() []float64 {
	k := len(nd.w)
	m := k + 1
	out := make([]float64, k*k)
	for a := range k {
		for b := range k {
			out[a*k+b] = nd.hess[(a+1)*m+b+1] - nd.hess[(a+1)*m]*nd.hess[b+1]/math.Max(nd.hess[0], 1e-300)
		}
	}
	return out
}

// sequential rounds m·w.
func (p *problem) sequential(nd *node, bend []float64, m float64) []int {
	k := len(nd.w)
	target := make([]float64, k)
	open := make([]int, k)
	for j, v := range nd.w {
		target[j], open[j] = m*v, j
	}
	whole := make([]int, k)
	for len(open) > 0 {
		f := len(open)
		sub := make([]float64, f*f)
		for a, i := range open {
			for b, j := range open {
				sub[a*f+b] = bend[i*k+j]
			}
		}
		inverse := invert(sub, f)
		choice, value, cheapest := 0, 0.0, math.Inf(1)
		for a, j := range open {
			for _, v := range [2]float64{math.Floor(target[j]), math.Ceil(target[j])} {
				v = min(max(v, math.Ceil(p.columns[nd.support[j]].low)), math.Floor(p.columns[nd.support[j]].high))
				d := v - target[j]
				if cost := d * d / math.Max(inverse[a*f+a], 1e-300); cost < cheapest {
					choice, value, cheapest = a, v, cost
				}
			}
		}
		j := open[choice]
		whole[j] = int(value)
		// What stays open moves to its best given the whole number chosen.
		d := value - target[j]
		for a, i := range open {
			if a != choice {
				target[i] += d * inverse[a*f+choice] / math.Max(inverse[choice*f+choice], 1e-300)
			}
		}
		open = slices.Delete(open, choice, choice+1)
	}
	return whole
}

// scale finds the intercept and the worth of a point for whole points: a logistic
// regression on the score alone.
func (nd *node) scale(whole []int, per float64) (at, worth, loss float64) {
	k := len(whole)
	n, pos := map[int]float64{}, map[int]float64{}
	var scores []int
	for g := range nd.n {
		s := 0.0
		for j, v := range whole {
			s += float64(v) * nd.x[g*k+j]
		}
		key := int(math.Round(s * 1024)) // features need not be whole
		if _, seen := n[key]; !seen {
			scores = append(scores, key)
		}
		n[key] += nd.n[g]
		pos[key] += nd.pos[g]
	}
	slices.Sort(scores)
	line := &node{w: []float64{per}, b: nd.b}
	for _, key := range scores {
		line.x = append(line.x, float64(key)/1024)
		line.n = append(line.n, n[key])
		line.pos = append(line.pos, pos[key])
	}
	free := &problem{columns: []column{{low: 1e-3, high: 50}}}
	line.support = []int{0}
	free.fit(line)
	return line.b, line.w[0], line.loss
}

// polish moves single points by one while that lowers the loss.
func (p *problem) polish(nd *node, from points) points {
	best := from
	for {
		next := best
		for j := range best.points {
			for _, d := range [2]int{-1, 1} {
				v := best.points[j] + d
				c := &p.columns[nd.support[j]]
				if float64(v) < c.low || float64(v) > c.high {
					continue
				}
				whole := slices.Clone(best.points)
				whole[j] = v
				if allZero(whole) {
					continue
				}
				at, per, loss := nd.scale(whole, best.per)
				if loss < next.loss-1e-9 {
					next = points{support: nd.support, points: whole, at: at, per: per, loss: loss}
				}
			}
		}
		if next.loss >= best.loss-1e-9 {
			return best
		}
		best = next
	}
}
