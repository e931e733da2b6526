package scorecard

import (
	"math"
	"slices"
)

// node is a set of columns with its best coefficients. Rows that agree on all of its
// columns are one cell: k yes-or-no columns make at most 2^k cells however many rows
// there are, and everything but the choice of the next column works on cells.
type node struct {
	support []int // columns, in the order they came in
	w       []float64
	b       float64
	loss    float64 // Σ over rows

	cell []int32   // of every row
	n    []float64 // rows of a cell
	pos  []float64 // of them with the outcome
	x    []float64 // cell × support
	hess []float64 // of the loss at (b, w), (k+1)×(k+1), intercept first
}

// root is the node without columns: the outcome's share.
func (p *problem) root() *node {
	nd := &node{cell: make([]int32, p.n), n: []float64{float64(p.n)}, pos: []float64{count(p.outcome)}}
	share := (nd.pos[0] + 1e-9) / (nd.n[0] + 2e-9)
	nd.b = math.Log(share / (1 - share))
	p.fit(nd)
	return nd
}

// with is the node with one more column, not fitted yet; it starts where its parent is.
func (p *problem) with(parent *node, j int) *node {
	c := &p.columns[j]
	k, levels := len(parent.support), len(c.levels)
	nd := &node{cell: make([]int32, p.n), b: parent.b, w: append(slices.Clone(parent.w), 0)}
	nd.support = append(slices.Clone(parent.support), j)
	renamed := renamer(len(parent.n) * levels)
	for i, g := range parent.cell {
		id, isNew := renamed(int(g)*levels + c.code(i))
		if isNew {
			nd.n, nd.pos = append(nd.n, 0), append(nd.pos, 0)
			nd.x = append(nd.x, parent.x[int(g)*k:int(g)*k+k]...)
			nd.x = append(nd.x, c.levels[c.code(i)])
		}
		nd.cell[i] = id
		nd.n[id]++
		if p.outcome[i] {
			nd.pos[id]++
		}
	}
	return nd
}

// without is the node less one of its columns, by place in its support. Its coefficients
// are the parent's, not fitted.
func (p *problem) without(parent *node, place int) *node {
	k := len(parent.support)
	nd := &node{cell: make([]int32, p.n), b: parent.b, w: slices.Delete(slices.Clone(parent.w), place, place+1)}
	nd.support = slices.Delete(slices.Clone(parent.support), place, place+1)
	// Cells that differ in that column alone fall together.
	byValues := map[string]int32{}
	to := make([]int32, len(parent.n))
	key := make([]byte, 0, 8*k)
	for g := range parent.n {
		row := slices.Delete(slices.Clone(parent.x[g*k:g*k+k]), place, place+1)
		key = key[:0]
		for _, v := range row {
			bits := math.Float64bits(v)
			for s := 0; s < 64; s += 8 {
				key = append(key, byte(bits>>s))
			}
		}
		id, seen := byValues[string(key)]
		if !seen {
			id = int32(len(nd.n))
			byValues[string(key)] = id
			nd.n, nd.pos, nd.x = append(nd.n, 0), append(nd.pos, 0), append(nd.x, row...)
		}
		to[g] = id
		nd.n[id] += parent.n[g]
		nd.pos[id] += parent.pos[g]
	}
	for i, g := range parent.cell {
		nd.cell[i] = to[g]
	}
	return nd
}

// renamer numbers keys in the order they come.
func renamer(size int) func(key int) (id int32, isNew bool) {
	if size > 1<<22 {
		ids := map[int]int32{}
		return func(key int) (int32, bool) {
			id, seen := ids[key]
			if !seen {
				id = int32(len(ids))
				ids[key] = id
			}
			return id, !seen
		}
	}
	ids, next := make([]int32, size), int32(0)
	return func(key int) (int32, bool) {
		if ids[key] != 0 {
			return ids[key] - 1, false
		}
		next++
		ids[key] = next
		return next - 1, true
	}
}

// lossAt is the logistic loss Σ log(1+e^z) − y·z.
func (nd *node) lossAt(b float64, w []float64) float64 {
	k, sum := len(w), 0.0
	for g, n := range nd.n {
		z := b
		for j, v := range w {
			z += v * nd.x[g*k+j]
		}
		sum += n*softplus(z) - nd.pos[g]*z
	}
	return sum
}

// slopes are gradient and Hessian at the node's coefficients, intercept first.
func (nd *node) slopes() (gradient, hessian []float64) {
	k := len(nd.w)
	m := k + 1
	gradient, hessian = make([]float64, m), make([]float64, m*m)
	row := make([]float64, m)
	row[0] = 1
	for g, n := range nd.n {
		copy(row[1:], nd.x[g*k:g*k+k])
		z := nd.b
		for j, v := range nd.w {
			z += v * row[j+1]
		}
		q := sigmoid(z)
		miss, bend := n*q-nd.pos[g], n*q*(1-q)
		for a, xa := range row {
			if xa == 0 {
				continue
			}
			gradient[a] += miss * xa
			for c := 0; c <= a; c++ {
				hessian[a*m+c] += bend * xa * row[c]
			}
		}
	}
	for a := range m {
		for c := range a {
			hessian[c*m+a] = hessian[a*m+c]
		}
	}
	return gradient, hessian
}

// fit finds the best coefficients within the bounds by projected Newton steps (Bertsekas
// 1982): coefficients that press against a bound stay there, the others take a Newton
// step, shortened until the loss falls. Where no step helps, coordinates go one by one.
func (p *problem) fit(nd *node) {
	m := len(nd.w) + 1
	low, high := make([]float64, m), make([]float64, m)
	low[0], high[0] = -500, 500
	for j, c := range nd.support {
		low[j+1], high[j+1] = p.columns[c].low, p.columns[c].high
	}
	at := append([]float64{nd.b}, nd.w...)
	nd.loss = nd.lossAt(nd.b, nd.w)
	for range 60 {
		gradient, hessian := nd.slopes()
		nd.hess = hessian
		before := nd.loss
		step := newtonStep(at, gradient, hessian, low, high)
		if !nd.descend(at, step, low, high) {
			nd.coordinates(at, low, high)
		}
		if before-nd.loss <= 1e-10*(1+math.Abs(nd.loss)) {
			break
		}
	}
}

// newtonStep is −H⁻¹g over the coefficients that are free to move.
func newtonStep(at, gradient, hessian, low, high []float64) []float64 {
	m := len(at)
	var free []int
	for j := range at {
		if (at[j] <= low[j] && gradient[j] > 0) || (at[j] >= high[j] && gradient[j] < 0) {
			continue
		}
		free = append(free, j)
	}
	f := len(free)
	a, b := make([]float64, f*f), make([]float64, f)
	for i, r := range free {
		b[i] = -gradient[r]
		for j, c := range free {
			a[i*f+j] = hessian[r*m+c]
		}
	}
	solve(a, b)
	step := make([]float64, m)
	for i, r := range free {
		step[r] = min(max(b[i], -10), 10)
	}
	return step
}

// descend takes a step, halved until the loss falls.
func (nd *node) descend(at, step, low, high []float64) bool {
	next := make([]float64, len(at))
	for t := 1.0; t > 1e-4; t /= 2 {
		for j := range at {
			next[j] = min(max(at[j]+t*step[j], low[j]), high[j])
		}
		if loss := nd.lossAt(next[0], next[1:]); loss < nd.loss {
			copy(at, next)
			nd.b, nd.loss = next[0], loss
			copy(nd.w, next[1:])
			return true
		}
	}
	return false
}

// coordinates takes one Newton step along each coefficient in turn.
func (nd *node) coordinates(at, low, high []float64) {
	m := len(at)
	for j := range at {
		gradient, hessian := nd.slopes()
		if h := hessian[j*m+j]; h > 0 {
			step := make([]float64, m)
			step[j] = -gradient[j] / h
			nd.descend(at, step, low, high)
		}
	}
}
