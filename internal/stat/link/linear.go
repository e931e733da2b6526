package link

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// columns is a matrix as its columns, each n long. Nearly all work of this package is
// dot products of columns, which this layout keeps contiguous.
type columns [][]float64

// gram is a'a as a dense symmetric matrix in rows.
func gram(a columns) []float64 {
	q := len(a)
	g := make([]float64, q*q)
	for i := range a {
		for j := 0; j <= i; j++ {
			v := floats.Dot(a[i], a[j])
			g[i*q+j], g[j*q+i] = v, v
		}
	}
	return g
}

// cross is a'b, len(a) rows of len(b).
func cross(a, b columns) []float64 {
	out := make([]float64, len(a)*len(b))
	for i := range a {
		for j := range b {
			out[i*len(b)+j] = floats.Dot(a[i], b[j])
		}
	}
	return out
}

// factor is a Cholesky factor of a Gram matrix that leaves out columns which add nothing:
// a pivot of at most 1e-9 of its diagonal marks a column as explained by earlier ones.
type factor struct {
	q    int
	l    []float64 // lower triangle, in rows
	kept []bool
	rank int
}

func factorise(g []float64, q int) *factor {
	f := &factor{q: q, l: make([]float64, q*q), kept: make([]bool, q)}
	for i := range q {
		row := f.l[i*q : i*q+q]
		for j := range i {
			if f.kept[j] {
				row[j] = (g[i*q+j] - floats.Dot(row[:j], f.l[j*q:j*q+j])) / f.l[j*q+j]
			}
		}
		pivot := g[i*q+i] - floats.Dot(row[:i], row[:i])
		if pivot > 1e-9*g[i*q+i] && pivot > 1e-280 {
			row[i] = math.Sqrt(pivot)
			f.kept[i] = true
			f.rank++
		}
	}
	return f
}

// half solves L v = b in place; v'v is then the part of b that the columns explain.
func (f *factor) half(b []float64) {
	for i := range f.q {
		if !f.kept[i] {
			b[i] = 0
			continue
		}
		row := f.l[i*f.q : i*f.q+i]
		b[i] = (b[i] - floats.Dot(row, b[:i])) / f.l[i*f.q+i]
	}
}

// back solves L'x = v in place, after half.
func (f *factor) back(v []float64) {
	for i := f.q - 1; i >= 0; i-- {
		if !f.kept[i] {
			v[i] = 0
			continue
		}
		v[i] /= f.l[i*f.q+i]
		for j := range i {
			v[j] -= f.l[i*f.q+j] * v[i]
		}
	}
}

// solve gives the least-squares coefficients for b = X'y; dropped columns get zero.
func (f *factor) solve(b []float64) []float64 {
	x := append([]float64(nil), b...)
	f.half(x)
	f.back(x)
	return x
}

// products is a'v.
func products(a columns, v []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = floats.Dot(a[i], v)
	}
	return out
}

// residual is v minus its projection on the columns.
func residual(a columns, f *factor, v []float64) []float64 {
	coef := f.solve(products(a, v))
	out := append([]float64(nil), v...)
	for i, b := range coef {
		if b != 0 {
			floats.AddScaled(out, -b, a[i])
		}
	}
	return out
}

// solveSmall solves the dense system m x = b of order k by elimination with row pivots;
// false when the matrix is singular.
func solveSmall(m []float64, b []float64, k int) ([]float64, bool) {
	a := append([]float64(nil), m...)
	x := append([]float64(nil), b...)
	for c := range k {
		p := c
		for r := c + 1; r < k; r++ {
			if math.Abs(a[r*k+c]) > math.Abs(a[p*k+c]) {
				p = r
			}
		}
		if math.Abs(a[p*k+c]) < 1e-280 || math.IsNaN(a[p*k+c]) {
			return nil, false
		}
		if p != c {
			for j := range k {
				a[p*k+j], a[c*k+j] = a[c*k+j], a[p*k+j]
			}
			x[p], x[c] = x[c], x[p]
		}
		for r := c + 1; r < k; r++ {
			f := a[r*k+c] / a[c*k+c]
			if f == 0 {
				continue
			}
			for j := c; j < k; j++ {
				a[r*k+j] -= f * a[c*k+j]
			}
			x[r] -= f * x[c]
		}
	}
	for c := k - 1; c >= 0; c-- {
		for j := c + 1; j < k; j++ {
			x[c] -= a[c*k+j] * x[j]
		}
		x[c] /= a[c*k+c]
	}
	return x, true
}
