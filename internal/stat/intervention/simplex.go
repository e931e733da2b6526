package intervention

import "math"

// simplexFit are the weights λ ≥ 0, Σλ = 1 that minimise
//
//	ζ²‖λ‖² + (1/rows) Σ_i (A_i·λ + intercept − b_i)²
//
// by Frank–Wolfe steps with exact line search, from the weights given (nil: equal ones),
// until a step lowers the loss by less than tiny² or most steps are done. With intercept,
// columns of A and b are centred first, which frees the intercept.
//
// Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager, Synthetic
// difference-in-differences, American Economic Review 111 (2021), eq. 4–6 and the
// appendix on computation; Frank and Wolfe (1956).
func simplexFit(a [][]float64, b []float64, zeta float64, intercept bool, start []float64, tiny float64, most int) []float64 {
	rows, k := len(a), len(a[0])
	column := make([][]float64, k) // by column: a step looks at one
	for j := range column {
		column[j] = make([]float64, rows)
		for i := range column[j] {
			column[j][i] = a[i][j]
		}
	}
	b = append([]float64(nil), b...)
	if intercept {
		for _, c := range append(column, b) {
			m := mean(c)
			for i := range c {
				c[i] -= m
			}
		}
	}
	w := make([]float64, k)
	for j := range w {
		w[j] = 1 / float64(k)
		if start != nil {
			w[j] = start[j]
		}
	}
	left := make([]float64, rows) // A w − b, kept up to date by each step
	for i := range left {
		left[i] = -b[i]
		for j := range w {
			left[i] += column[j][i] * w[j]
		}
	}
	eta := float64(rows) * zeta * zeta
	loss := func() float64 {
		sum, norm := 0.0, 0.0
		for _, e := range left {
			sum += e * e
		}
		for _, v := range w {
			norm += v * v
		}
		return zeta*zeta*norm + sum/float64(rows)
	}
	before := math.Inf(1)
	direction := make([]float64, rows)
	for step := range most {
		best, slope, along := 0, math.Inf(1), 0.0
		for j, c := range column {
			g := eta * w[j]
			for i, e := range left {
				g += c[i] * e
			}
			if g < slope {
				best, slope = j, g
			}
			along += g * w[j]
		}
		// The direction is towards the vertex best: e_best − w.
		squares, norm := 0.0, 0.0
		for i := range direction {
			direction[i] = column[best][i] - (left[i] + b[i])
			squares += direction[i] * direction[i]
		}
		for j, v := range w {
			d := -v
			if j == best {
				d++
			}
			norm += d * d
		}
		if norm == 0 {
			break // already at that vertex, and it is the best direction
		}
		if size := squares + eta*norm; size > 0 {
			move := min(max((along-slope)/size, 0), 1)
			for j := range w {
				w[j] *= 1 - move
			}
			w[best] += move
			for i := range left {
				left[i] += move * direction[i]
			}
		}
		now := loss()
		if step > 0 && before-now <= tiny*tiny {
			break
		}
		before = now
	}
	return w
}

// sparse drops weights up to a quarter of the largest and makes the rest sum to one
// (Arkhangelsky et al. 2021, appendix): what stays is found again from there.
func sparse(w []float64) []float64 {
	top, sum := 0.0, 0.0
	for _, v := range w {
		top = max(top, v)
	}
	out := make([]float64, len(w))
	for j, v := range w {
		if v > top/4 {
			out[j] = v
			sum += v
		}
	}
	for j := range out {
		out[j] /= sum
	}
	return out
}

// SimplexWeights are the weights of a synthetic control: w ≥ 0, Σw = 1, minimising
// Σ_t (y_t − Σ_j w_j controls[t][j])², without intercept. The minimum is exact: an
// active-set method walks from face to face of the simplex, solving each exactly, and
// ends where no unit outside would help.
//
// Source: Abadie, Diamond and Hainmueller, JASA 105 (2010), eq. 2–4; active sets as in
// Lawson and Hanson, Solving Least Squares Problems (1974), ch. 23.
func SimplexWeights(y []float64, controls [][]float64) ([]float64, Reason) {
	if len(y) == 0 || len(controls) != len(y) || len(controls[0]) == 0 {
		return nil, BadShape
	}
	// As the weights add up to one, what is left of y is Σ w_j (y − x_j): the quadratic form
	// of the products of these distances, without a linear part to cancel against.
	k := len(controls[0])
	gram := newSquare(k)
	for t, row := range controls {
		if len(row) != k || !finite(y[t]) || !finite(row...) {
			return nil, BadShape
		}
		for i := range k {
			for j := range i + 1 {
				gram.add(i, j, (row[i]-y[t])*(row[j]-y[t]))
			}
		}
	}
	scale := 0.0
	for i := range k {
		scale = max(scale, gram.at(i, i))
	}
	if !finite(scale) {
		return nil, BadShape
	}
	if scale == 0 {
		scale = 1
	}
	// More units than the days can tell apart leave the weights open; a whiff of ridge then
	// spreads them evenly. It has to be more than what cholesky takes for a vanished pivot.
	for i := range k {
		gram.add(i, i, 1e-9*scale)
	}
	w := make([]float64, k)
	free := make([]bool, k)
	first, least := 0, math.Inf(1)
	for j := range k { // the best single unit to start from
		if v := gram.at(j, j); v < least {
			first, least = j, v
		}
	}
	w[first], free[first] = 1, true
	for range 20 * k {
		target, price := faceMinimum(gram, free)
		// Walk towards the face's minimum as far as no weight turns negative.
		step, blocked := 1.0, -1
		for j := range w {
			if free[j] && target[j] < 0 {
				if s := w[j] / (w[j] - target[j]); s < step {
					step, blocked = s, j
				}
			}
		}
		for j := range w {
			w[j] += step * (target[j] - w[j])
		}
		if blocked >= 0 {
			w[blocked], free[blocked] = 0, false
			continue
		}
		enter, gain := -1, -1e-9*scale
		for j := range w {
			if free[j] {
				continue
			}
			g := 0.0
			for i := range w {
				g += gram.at(i, j) * w[i]
			}
			if g-price < gain {
				enter, gain = j, g-price
			}
		}
		if enter < 0 {
			break
		}
		free[enter] = true
	}
	return w, None
}

// faceMinimum minimises ½w'Gw over Σw = 1 with only the free weights non-zero; price is
// the common gradient of the free weights there.
func faceMinimum(gram *square, free []bool) (w []float64, price float64) {
	var ids []int
	for j, on := range free {
		if on {
			ids = append(ids, j)
		}
	}
	g, one := newSquare(len(ids)), make([]float64, len(ids))
	for a, i := range ids {
		one[a] = 1
		for b := range a + 1 {
			g.add(a, b, gram.at(i, ids[b]))
		}
	}
	v := g.cholesky().solve(one)
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	w = make([]float64, len(free))
	if !(sum > 0) {
		w[ids[0]] = 1
		return w, 0
	}
	for a, i := range ids {
		w[i] = v[a] / sum
	}
	return w, 1 / sum
}

func finite(x ...float64) bool {
	for _, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
