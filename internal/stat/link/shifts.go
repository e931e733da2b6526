package link

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// shift is a change of level: from a day on for good (to = 0), or until the day before to.
type shift struct {
	at, to int
	size   float64
}

const (
	shiftLeast  = 6  // robust standard deviations a level shift has to stand out by
	longestAway = 90 // days a level may stay away and come back; at most a third of all
)

func stepColumns(n int, steps []Step) columns {
	var out columns
	for _, s := range steps {
		col := make([]float64, n)
		for t := s.At; t < n; t++ {
			col[t] = 1
		}
		out = append(out, col)
	}
	return out
}

// outages sorts level shifts: where a series falls and comes back there was an outage, not
// another state of the world. Everything else stays a step, a rise that ends two of them.
func outages(found []shift) (windows []Window, steps []Step) {
	for _, s := range found {
		switch {
		case s.to > 0 && s.size < 0:
			windows = append(windows, Window{From: s.at, To: s.to - 1, Size: s.size})
		case s.to > 0:
			steps = append(steps, Step{At: s.at, Size: s.size}, Step{At: s.to, Size: -s.size})
		default:
			steps = append(steps, Step{At: s.at, Size: s.size})
		}
	}
	slices.SortFunc(steps, func(a, b Step) int { return a.At - b.At })
	slices.SortFunc(windows, func(a, b Window) int { return a.From - b.From })
	// A fall and a rise found one by one are an outage all the same.
	for i := 0; i+1 < len(steps); i++ {
		down, up := steps[i], steps[i+1]
		if ratio := -up.Size / down.Size; down.Size < 0 && up.At-down.At <= longestAway && ratio > .5 && ratio < 2 {
			windows = append(windows, Window{From: down.At, To: up.At - 1, Size: down.Size})
			steps = slices.Delete(steps, i, i+2)
			i--
		}
	}
	return windows, steps
}

// shifts finds changes of level, the strongest first, at most so many: the filtered step
// or, for a level that comes back, difference of two steps, whose statistic c'e/(|c| s)
// is largest beyond shiftLeast robust deviations. It is the forward selection of level
// shifts of Chen and Liu (JASA 1993), with pairs, because a short outage beside a flexible
// season shows only as a whole.
func (f *seriesFit) shifts(most int) []shift {
	n, q, rho := len(f.r), len(f.base.cols), f.rho
	if n < 40 {
		return nil
	}
	// Everything is filtered by 1 − ρB; the filtered Gram matrix follows from stored sums.
	z := make(columns, q, q+most)
	for i, col := range f.base.cols {
		z[i] = filter(col, []float64{rho})
	}
	g := make([]float64, q*q)
	for i := range q {
		for j := range q {
			a, b := f.base.cols[i], f.base.cols[j]
			g[i*q+j] = (1+rho*rho)*f.base.gram[i*q+j] - rho*f.base.lag1[i*q+j] - a[0]*b[0] - rho*rho*a[n-1]*b[n-1]
		}
	}
	y := filter(f.r, []float64{rho})
	var found []shift
	for len(found) < most {
		fac := factorise(g, len(z))
		coef := fac.solve(products(z, y))
		e := append([]float64(nil), y...)
		for i, b := range coef {
			floats.AddScaled(e, -b, z[i])
		}
		s, stat := strongest(z, fac, e, rho, f.have)
		if math.Abs(stat) <= shiftLeast {
			break
		}
		found = append(found, s)
		col := filteredStep(n, s.at, rho)
		if s.to > 0 {
			floats.Sub(col, filteredStep(n, s.to, rho))
		}
		z = append(z, col)
		g = grow(g, z)
	}
	if len(found) > 0 { // sizes together, now that all are known
		coef := factorise(g, len(z)).solve(products(z, y))
		for i := range found {
			found[i].size = coef[q+i]
		}
	}
	return found
}

func filteredStep(n, at int, rho float64) []float64 {
	col := make([]float64, n)
	col[at] = 1
	for t := at + 1; t < n; t++ {
		col[t] = 1 - rho
	}
	return col
}

// grow adds the last column of z to a Gram matrix of the others.
func grow(g []float64, z columns) []float64 {
	k := len(z)
	out := make([]float64, k*k)
	for i := range k - 1 {
		copy(out[i*k:], g[i*(k-1):(i+1)*(k-1)])
	}
	for i := range k {
		v := dot(z[i], z[k-1])
		out[i*k+k-1], out[(k-1)*k+i] = v, v
	}
	return out
}

// edge is a day on which a level may have changed, with its step column's products.
type edge struct {
	at       int
	score    float64   // c'e
	whole    float64   // c'c before the calendar is taken out
	half     []float64 // what the calendar explains of it
	distance float64   // |e| of the day itself
}

// strongest scans all days for the step, and the standing-out days for the pair of steps,
// with the largest statistic.
func strongest(z columns, fac *factor, e []float64, rho float64, have []bool) (best shift, stat float64) {
	n, k := len(e), len(z)
	var sizes []float64
	for t := 1; t < n; t++ {
		if have[t] {
			sizes = append(sizes, math.Abs(e[t]))
		}
	}
	s := 1.4826 * median(sizes)
	if !(s > 0) {
		return best, 0
	}
	after := make([]float64, k) // Σ_{u>t} z_u
	eAfter := 0.0
	b := make([]float64, k)
	var edges []edge
	for t := n - 1; t >= 1; t-- {
		if math.Abs(e[t]) > 1.5*s {
			for i := range k {
				b[i] = z[i][t] + (1-rho)*after[i]
			}
			fac.half(b)
			whole := 1 + (1-rho)*(1-rho)*float64(n-1-t)
			score := e[t] + (1-rho)*eAfter
			if norm := whole - dot(b, b); norm > .05 && t >= 7 && t <= n-7 {
				if v := score / (math.Sqrt(norm) * s); math.Abs(v) > math.Abs(stat) {
					best, stat = shift{at: t, size: score / norm}, v
				}
			}
			edges = append(edges, edge{t, score, whole, slices.Clone(b), math.Abs(e[t])})
		}
		for i := range k {
			after[i] += z[i][t]
		}
		eAfter += e[t]
	}
	slices.SortStableFunc(edges, func(a, b edge) int {
		switch {
		case a.distance > b.distance:
			return -1
		case a.distance < b.distance:
			return 1
		}
		return 0
	})
	edges = edges[:min(len(edges), 40)]
	for _, a := range edges {
		for _, b := range edges {
			if away := b.at - a.at; away < 2 || away > min(longestAway, n/3) {
				continue
			}
			// Both filtered steps overlap from b on.
			overlap := (1-rho)*1 + (1-rho)*(1-rho)*float64(n-1-b.at)
			norm := a.whole + b.whole - 2*overlap
			for i := range k {
				d := a.half[i] - b.half[i]
				norm -= d * d
			}
			if norm <= .05 {
				continue
			}
			score := a.score - b.score
			if v := score / (math.Sqrt(norm) * s); math.Abs(v) > math.Abs(stat) {
				best, stat = shift{at: a.at, to: b.at, size: score / norm}, v
			}
		}
	}
	return best, stat
}
