package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/stat/uncertain"
)

// drawn is a change carried up many times, each time with other strengths of the
// influences on the way.
type drawn struct {
	point carried
	// draws[i] is what became of the indicator at place i in each draw; nil where it
	// is the same in all of them.
	draws [][]float64
	n     int
}

// draw carries a change up with the estimated strengths and n times with strengths
// drawn from their normal distributions by a Latin hypercube.
func (c *carrier) draw(set map[int]float64, n int, seed uint64) *drawn {
	d := &drawn{point: c.run(set, nil, math.Inf(1)), draws: make([][]float64, len(c.ids)), n: n}
	doubtful := c.doubtful(set)
	any := false
	for i := range c.ids {
		if doubtful[i] {
			d.draws[i] = make([]float64, n)
			any = true
		}
	}
	if !any {
		return d
	}
	columns := make([][]float64, c.pullCount())
	for _, p := range c.passed(set) { // the others draw nothing
		columns[p.nth] = uncertain.NormalColumn(p.nth, n, seed)
	}
	scratch := carried{after: make([]float64, len(c.ids)), first: make([]float64, len(c.ids)), last: make([]float64, len(c.ids))}
	for k := range n {
		if !c.runInto(&scratch, set, func(p pull) float64 { return p.elasticity + p.se*columns[p.nth][k] }, math.Inf(1)) {
			break
		}
		for i, column := range d.draws {
			if column != nil {
				column[k] = scratch.after[i]
			}
		}
	}
	return d
}

// passed lists the pulls that a change goes through on its way.
func (c *carrier) passed(set map[int]float64) []pull {
	var out []pull
	changed := make([]bool, len(c.ids))
	for i := range c.ids {
		if to, isSet := set[i]; isSet {
			changed[i] = !same(to, c.base[i].V)
			continue
		}
		for _, j := range c.inputs[i] {
			changed[i] = changed[i] || changed[j]
		}
		for _, p := range c.pulls[i] {
			if changed[p.from] {
				changed[i] = true
				out = append(out, p)
			}
		}
	}
	return out
}

// doubtful tells which indicators a change reaches through an influence.
func (c *carrier) doubtful(set map[int]float64) []bool {
	out, changed := make([]bool, len(c.ids)), make([]bool, len(c.ids))
	for i := range c.ids {
		if to, isSet := set[i]; isSet {
			changed[i] = !same(to, c.base[i].V)
			continue
		}
		for _, j := range c.inputs[i] {
			changed[i] = changed[i] || changed[j]
			out[i] = out[i] || out[j]
		}
		for _, p := range c.pulls[i] {
			if changed[p.from] {
				changed[i], out[i] = true, true
			}
		}
	}
	return out
}

// at is what became of an indicator in one draw.
func (d *drawn) at(i, k int) float64 {
	if d.draws[i] == nil {
		return d.point.after[i]
	}
	return d.draws[i][k]
}

// band is the middle 95 % of an indicator's draws; the value itself where it is
// certain.
func (d *drawn) band(i int) (low, high float64) {
	if d.draws[i] == nil {
		return d.point.after[i], d.point.after[i]
	}
	kept := make([]float64, 0, d.n)
	for _, x := range d.draws[i] {
		if exists(x) {
			kept = append(kept, x)
		}
	}
	if len(kept) == 0 {
		return math.NaN(), math.NaN()
	}
	slices.Sort(kept)
	return quantile(kept, 0.025), quantile(kept, 0.975)
}

// quantile of sorted values, linear between neighbours.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	place := p * float64(len(sorted)-1)
	low := int(math.Floor(place))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (sorted[high]-sorted[low])*(place-float64(low))
}
