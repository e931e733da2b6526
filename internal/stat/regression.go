package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Regression is y regressed on columns by least squares.
type Regression struct {
	Columns   [][]float64 // k regressors of n values, as given; a constant is one of them
	Coef      []float64   // k, in units of y per unit of the column
	Residuals []float64   // n
	Leverage  []float64   // n, the diagonal of X(X'X)⁻¹X'
	N, K      int
	RSS       float64 // sum of squared residuals
	TSS       float64 // sum of squares of y about its mean

	inverse *mat.SymDense // (X'X)⁻¹
}

// Ones is a constant column.
func Ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// collinearBelow is how small a column may become, of its length, once the columns before
// it are taken out. Columns are scaled to length one first, so that units do not matter.
const collinearBelow = 1e-9

// Fit regresses y (n values) on the columns (k of n values each) by Householder QR of the
// columns scaled to unit length (Golub & Van Loan, Matrix Computations, §5.3).
//
// Errors: ErrShape, ErrNotFinite, ErrTooShort (n ≤ k), ErrCollinear.
func Fit(y []float64, columns [][]float64) (*Regression, error) {
	n, k := len(y), len(columns)
	for _, c := range columns {
		if len(c) != n {
			return nil, ErrShape
		}
	}
	if n <= k || k == 0 {
		return nil, ErrTooShort
	}
	if !finite(y) || !finite(columns...) {
		return nil, ErrNotFinite
	}
	scale := make([]float64, k)
	x := mat.NewDense(n, k, nil)
	for j, c := range columns {
		if scale[j] = length(c); scale[j] == 0 {
			return nil, ErrCollinear
		}
		for i, v := range c {
			x.Set(i, j, v/scale[j])
		}
	}
	var qr mat.QR
	qr.Factorize(x)
	var upper mat.Dense
	qr.RTo(&upper)
	inverse := mat.NewTriDense(k, mat.Upper, nil)
	for i := range k {
		if math.Abs(upper.At(i, i)) < collinearBelow {
			return nil, ErrCollinear
		}
		for j := i; j < k; j++ {
			inverse.SetTri(i, j, upper.At(i, j))
		}
	}
	if err := inverse.InverseTri(inverse); err != nil {
		if _, poor := err.(mat.Condition); !poor {
			return nil, ErrCollinear
		}
	}
	r := &Regression{Columns: columns, N: n, K: k, Coef: make([]float64, k)}
	r.leverages(x, inverse)
	r.solve(&qr, y, scale)
	r.inverse = mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			sum := 0.0
			for l := j; l < k; l++ {
				sum += inverse.At(i, l) * inverse.At(j, l)
			}
			r.inverse.SetSym(i, j, sum/(scale[i]*scale[j]))
		}
	}
	return r, nil
}

// leverages are the squared lengths of the rows of Q = X R⁻¹.
func (r *Regression) leverages(x *mat.Dense, inverse *mat.TriDense) {
	var q mat.Dense
	q.Mul(x, inverse)
	r.Leverage = make([]float64, r.N)
	for i := range r.Leverage {
		for j := range r.K {
			r.Leverage[i] += q.At(i, j) * q.At(i, j)
		}
	}
}

func (r *Regression) solve(qr *mat.QR, y, scale []float64) {
	b := mat.NewVecDense(r.K, nil)
	// A poor condition is no failure here: columns that follow from the others were
	// turned away before.
	_ = qr.SolveVecTo(b, false, mat.NewVecDense(r.N, append([]float64(nil), y...)))
	for j := range r.Coef {
		r.Coef[j] = b.AtVec(j) / scale[j]
	}
	r.Residuals = make([]float64, r.N)
	middle := mean(y)
	for i := range r.Residuals {
		fitted := 0.0
		for j, c := range r.Columns {
			fitted += r.Coef[j] * c[i]
		}
		r.Residuals[i] = y[i] - fitted
		r.RSS += r.Residuals[i] * r.Residuals[i]
		r.TSS += (y[i] - middle) * (y[i] - middle)
	}
}

func length(v []float64) float64 {
	sum, size := 0.0, 0.0
	for _, x := range v {
		size = max(size, math.Abs(x))
	}
	if size == 0 {
		return 0
	}
	for _, x := range v {
		sum += (x / size) * (x / size)
	}
	return size * math.Sqrt(sum)
}

// Variance of the errors, RSS/(n−k).
func (r *Regression) Variance() float64 { return r.RSS / float64(r.N-r.K) }

// R2 is the share of y's variance that is explained; 0 where y does not vary.
func (r *Regression) R2() float64 {
	if r.TSS <= 0 {
		return 0
	}
	return max(0, 1-r.RSS/r.TSS)
}

// Ordinary is the covariance of the coefficients for errors of equal spread that do not
// depend on one another: s²(X'X)⁻¹, k×k.
func (r *Regression) Ordinary() *mat.SymDense {
	out := mat.NewSymDense(r.K, nil)
	out.ScaleSym(r.Variance(), r.inverse)
	return out
}

// Errors are the standard errors of a covariance of coefficients.
func Errors(cov mat.Symmetric) []float64 {
	out := make([]float64, cov.SymmetricDim())
	for i := range out {
		out[i] = math.Sqrt(max(0, cov.At(i, i)))
	}
	return out
}

// AICc is Akaike's criterion with the correction for short samples (Hurvich & Tsai 1989),
// up to a constant: n log(RSS/n) + 2p + 2p(p+1)/(n−p−1), p = k+1. +Inf where n ≤ p+1.
func (r *Regression) AICc() float64 {
	n, p := float64(r.N), float64(r.K+1)
	if n <= p+1 {
		return math.Inf(1)
	}
	return n*math.Log(max(r.RSS, math.SmallestNonzeroFloat64)/n) + 2*p + 2*p*(p+1)/(n-p-1)
}
