package drift

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Calendar is what is known of each day by its date alone: columns of equal length, the
// constant among them. It is made once and serves every series of the same days; its inner
// products are stored, also of columns some days apart, so that filtering by any memory
// costs no pass over the days.
type Calendar struct {
	cols  [][]float64
	n     int
	cross [memoryDays + 1][]float64 // [k][i·q+j] = Σ_s z_i(s+k) z_j(s)
}

// NewCalendar takes columns; those of another length than the first are left out.
func NewCalendar(cols [][]float64) *Calendar {
	c := &Calendar{}
	for _, col := range cols {
		if c.n == 0 {
			c.n = len(col)
		}
		if len(col) == c.n && c.n > memoryDays {
			c.cols = append(c.cols, col)
		}
	}
	q := len(c.cols)
	for k := range c.cross {
		c.cross[k] = make([]float64, q*q)
		for i := range q {
			for j := range q {
				c.cross[k][i*q+j] = dot(c.cols[i][k:], c.cols[j][:c.n-k])
			}
		}
	}
	return c
}

// gram is the inner products of the columns after the filter 1 − Σ φB, and of further
// columns that are already filtered.
func (c *Calendar) gram(phi []float64, z [][]float64) []float64 {
	q, all := len(c.cols), len(z)
	a := []float64{1}
	for _, v := range phi {
		a = append(a, -v)
	}
	g := make([]float64, all*all)
	for i := range q {
		for j := range i + 1 {
			x, y, sum := c.cols[i], c.cols[j], 0.
			for u := range a {
				for v := range a {
					// Σ over t ≥ max(u, v) of x(t−u) y(t−v), from the stored sums less the last days.
					k, lead, late := v-u, x, y
					inner := 0.
					if k >= 0 {
						inner = c.cross[k][i*q+j]
					} else {
						k, lead, late = -k, y, x
						inner = c.cross[k][j*q+i]
					}
					for s := c.n - max(u, v); s+k < c.n; s++ {
						inner -= lead[s+k] * late[s]
					}
					sum += a[u] * a[v] * inner
				}
			}
			g[i*all+j], g[j*all+i] = sum, sum
		}
	}
	for i := q; i < all; i++ {
		for j := range i + 1 {
			v := dot(z[i], z[j])
			g[i*all+j], g[j*all+i] = v, v
		}
	}
	return g
}

// factor is the Cholesky factor of a Gram matrix; columns that follow from the others are
// dropped.
type factor struct {
	l    []float64
	q    int
	kept []bool
}

func factorise(g []float64, q int) factor {
	f := factor{l: make([]float64, q*q), q: q, kept: make([]bool, q)}
	for i := range q {
		for j := range i + 1 {
			v := g[i*q+j] - dot(f.l[i*q:i*q+j], f.l[j*q:j*q+j])
			switch {
			case i == j:
				if f.kept[i] = v > 1e-9*g[i*q+i] && v > 0; f.kept[i] {
					f.l[i*q+i] = math.Sqrt(v)
				}
			case f.kept[j]:
				f.l[i*q+j] = v / f.l[j*q+j]
			}
		}
		if !f.kept[i] {
			clear(f.l[i*q : (i+1)*q])
		}
	}
	return f
}

// half solves L b = b in place; b'b is then what the columns explain.
func (f factor) half(b []float64) {
	for i := range f.q {
		if !f.kept[i] {
			b[i] = 0
			continue
		}
		b[i] = (b[i] - dot(f.l[i*f.q:i*f.q+i], b[:i])) / f.l[i*f.q+i]
	}
}

// solve turns products with the columns into coefficients, in place.
func (f factor) solve(b []float64) {
	f.half(b)
	for i := f.q - 1; i >= 0; i-- {
		if !f.kept[i] {
			continue
		}
		for j := i + 1; j < f.q; j++ {
			b[i] -= f.l[j*f.q+i] * b[j]
		}
		b[i] /= f.l[i*f.q+i]
	}
}

// project takes out of v what the columns explain.
func (f factor) project(v []float64, cols [][]float64) {
	b := make([]float64, f.q)
	for i, c := range cols {
		b[i] = dot(c, v)
	}
	f.solve(b)
	for i, c := range cols {
		if b[i] != 0 {
			floats.AddScaled(v, -b[i], c)
		}
	}
}

func dot(a, b []float64) float64 { return floats.Dot(a, b) }
