package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// HC is one of the covariances that stay right where the spread of the errors differs.
type HC int

// HC0: White 1980; HC1: times n/(n−k); HC2, HC3: MacKinnon & White 1985, by leverage h;
// HC4: Cribari-Neto 2004, for points of high leverage.
const (
	HC0 HC = iota
	HC1
	HC2
	HC3
	HC4
)

// Robust is the covariance (X'X)⁻¹ Σ ω_t x_t x_t' (X'X)⁻¹ with ω_t = e_t² times what the
// kind asks for.
func (r *Regression) Robust(kind HC) *mat.SymDense {
	n, k := float64(r.N), float64(r.K)
	middle := mat.NewSymDense(r.K, nil)
	row := make([]float64, r.K)
	for t, e := range r.Residuals {
		rest := max(1-r.Leverage[t], 1e-12) // a point that fits itself has no error to tell of
		w := e * e
		switch kind {
		case HC1:
			w *= n / (n - k)
		case HC2:
			w /= rest
		case HC3:
			w /= rest * rest
		case HC4:
			w /= math.Pow(rest, min(4, n*r.Leverage[t]/k))
		}
		for j := range row {
			row[j] = r.Columns[j][t]
		}
		middle.SymRankOne(middle, w, mat.NewVecDense(r.K, row))
	}
	return r.sandwich(middle)
}

// sandwich puts (X'X)⁻¹ on both sides.
func (r *Regression) sandwich(middle mat.Symmetric) *mat.SymDense {
	var left, whole mat.Dense
	left.Mul(r.inverse, middle)
	whole.Mul(&left, r.inverse)
	return symmetric(&whole)
}

func symmetric(m *mat.Dense) *mat.SymDense {
	k, _ := m.Dims()
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			out.SetSym(i, j, (m.At(i, j)+m.At(j, i))/2)
		}
	}
	return out
}
