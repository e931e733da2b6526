package structure

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Sample is a regression prepared for cutting: any stretch's residual sum of squares is had
// in O(k³) from running sums.
//
// The regressors are first made orthonormal over the whole sample and the response is
// replaced by its full-sample residual. Neither changes a residual sum of squares, and both
// keep the running sums well conditioned where the regressors are levels of 10⁹ beside rates.
type Sample struct {
	n, k  int
	y     []float64
	x     [][]float64 // as given
	q     [][]float64 // rows of the orthonormal basis, scaled by √n
	e     []float64   // full-sample residuals
	beta  []float64   // full-sample coefficients of x
	r     *mat.Dense  // x = q·r (k×k, upper triangular)
	scale []float64   // of the columns, divided out before the decomposition
	rss   float64
	cross []float64 // running sums of q q' : (n+1)·k·k
	prod  []float64 // running sums of q e : (n+1)·k
	sq    []float64 // running sums of e² : n+1
}

// New prepares a regression of y (n) on the rows x (n×k; nil: an intercept alone).
// Errors: ErrShape, ErrNotFinite, ErrTooShort (n < k+2), ErrCollinear, ErrConstant.
func New(y []float64, x [][]float64) (*Sample, error) {
	n := len(y)
	if x == nil {
		x = make([][]float64, n)
		for i := range x {
			x[i] = []float64{1}
		}
	}
	if len(x) != n || n == 0 || len(x[0]) == 0 {
		return nil, fmt.Errorf("prepare %d observations with %d rows of regressors: %w", n, len(x), ErrShape)
	}
	k := len(x[0])
	if n < k+2 {
		return nil, fmt.Errorf("prepare %d observations for %d coefficients: %w", n, k, ErrTooShort)
	}
	s := &Sample{n: n, k: k, y: y, x: x}
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := s.orthogonalise(); err != nil {
		return nil, err
	}
	s.accumulate()
	return s, nil
}

// Len is the number of observations, Coefficients the number of regressors.
func (s *Sample) Len() int          { return s.n }
func (s *Sample) Coefficients() int { return s.k }

// Beta is the full-sample least-squares estimate (k), in the units of y per unit of x.
func (s *Sample) Beta() []float64 { return append([]float64(nil), s.beta...) }

// RSS is the full-sample residual sum of squares.
func (s *Sample) RSS() float64 { return s.rss }

func (s *Sample) check() error {
	s.scale = make([]float64, s.k)
	for i, row := range s.x {
		if len(row) != s.k {
			return fmt.Errorf("read row %d with %d regressors instead of %d: %w", i, len(row), s.k, ErrShape)
		}
		if !finite(s.y[i]) {
			return fmt.Errorf("read response %d: %w", i, ErrNotFinite)
		}
		for j, v := range row {
			if !finite(v) {
				return fmt.Errorf("read regressor %d of row %d: %w", j, i, ErrNotFinite)
			}
			s.scale[j] = math.Max(s.scale[j], math.Abs(v))
		}
	}
	for j, v := range s.scale {
		if v == 0 {
			return fmt.Errorf("scale regressor %d: %w", j, ErrCollinear)
		}
	}
	return nil
}

// orthogonalise runs modified Gram–Schmidt twice, which is as accurate as Householder's and
// keeps the rows at hand.
func (s *Sample) orthogonalise() error {
	n, k := s.n, s.k
	cols := make([][]float64, k)
	s.r = mat.NewDense(k, k, nil)
	for j := range cols {
		c := make([]float64, n)
		for i := range c {
			c[i] = s.x[i][j] / s.scale[j]
		}
		before := math.Sqrt(dot(c, c))
		for range 2 {
			for l := range j {
				d := dot(cols[l], c)
				s.r.Set(l, j, s.r.At(l, j)+d*s.scale[j])
				for i := range c {
					c[i] -= d * cols[l][i]
				}
			}
		}
		norm := math.Sqrt(dot(c, c))
		if norm <= 1e-10*before {
			return fmt.Errorf("separate regressor %d from the others: %w", j, ErrCollinear)
		}
		s.r.Set(j, j, norm*s.scale[j])
		for i := range c {
			c[i] /= norm
		}
		cols[j] = c
	}
	return s.project(cols)
}

func (s *Sample) project(cols [][]float64) error {
	n, k := s.n, s.k
	size := 0.0
	for _, v := range s.y {
		size = math.Max(size, math.Abs(v))
	}
	if size == 0 {
		return fmt.Errorf("regress a response that is zero throughout: %w", ErrConstant)
	}
	s.e = make([]float64, n)
	for i, v := range s.y {
		s.e[i] = v / size
	}
	gamma := make([]float64, k)
	for range 2 {
		for j, c := range cols {
			d := dot(c, s.e)
			gamma[j] += d * size
			for i := range s.e {
				s.e[i] -= d * c[i]
			}
		}
	}
	if left := dot(s.e, s.e); left <= 1e-24*float64(n) {
		return fmt.Errorf("regress %d observations: %w", n, ErrConstant)
	}
	for i := range s.e {
		s.e[i] *= size
	}
	s.rss = dot(s.e, s.e)
	if !finite(s.rss) {
		return fmt.Errorf("square the residuals: %w", ErrNotFinite)
	}
	s.beta = make([]float64, k)
	for j := k - 1; j >= 0; j-- {
		v := gamma[j]
		for l := j + 1; l < k; l++ {
			v -= s.r.At(j, l) * s.beta[l]
		}
		s.beta[j] = v / s.r.At(j, j)
	}
	root := math.Sqrt(float64(n))
	s.q = make([][]float64, n)
	for i := range s.q {
		s.q[i] = make([]float64, k)
		for j, c := range cols {
			s.q[i][j] = c[i] * root
		}
	}
	return nil
}

func (s *Sample) accumulate() {
	n, k := s.n, s.k
	s.cross = make([]float64, (n+1)*k*k)
	s.prod = make([]float64, (n+1)*k)
	s.sq = make([]float64, n+1)
	for i := range n {
		from, to := s.cross[i*k*k:(i+1)*k*k], s.cross[(i+1)*k*k:(i+2)*k*k]
		for a := range k {
			for b := range k {
				to[a*k+b] = from[a*k+b] + s.q[i][a]*s.q[i][b]
			}
			s.prod[(i+1)*k+a] = s.prod[i*k+a] + s.q[i][a]*s.e[i]
		}
		s.sq[i+1] = s.sq[i] + s.e[i]*s.e[i]
	}
}

// segment is scratch for one stretch: Cholesky factor and solution.
type segment struct {
	l, z, gamma []float64
}

func (s *Sample) scratch() *segment {
	return &segment{make([]float64, s.k*s.k), make([]float64, s.k), make([]float64, s.k)}
}

// fit is the residual sum of squares of rows [from, to) regressed on their own. A regressor
// that says nothing new within the stretch (a season's dummy, say) is passed over there.
func (s *Sample) fit(from, to int, w *segment) float64 {
	k := s.k
	a, b := s.cross[from*k*k:], s.cross[to*k*k:]
	total := s.sq[to] - s.sq[from]
	rss := total
	for i := range k {
		for j := 0; j <= i; j++ {
			v := b[i*k+j] - a[i*k+j]
			for l := range j {
				v -= w.l[i*k+l] * w.l[j*k+l]
			}
			if i == j {
				if v <= 1e-9*float64(to-from) {
					w.l[i*k+i] = 0
				} else {
					w.l[i*k+i] = math.Sqrt(v)
				}
			} else if d := w.l[j*k+j]; d > 0 {
				w.l[i*k+j] = v / d
			} else {
				w.l[i*k+j] = 0
			}
		}
		v := s.prod[to*k+i] - s.prod[from*k+i]
		for l := range i {
			v -= w.l[i*k+l] * w.z[l]
		}
		if d := w.l[i*k+i]; d > 0 {
			w.z[i] = v / d
		} else {
			w.z[i] = 0
		}
		rss -= w.z[i] * w.z[i]
	}
	return math.Max(rss, 0)
}

// solve completes fit: the stretch's coefficients in the orthonormal basis, as a difference
// from the full sample's.
func (s *Sample) solve(w *segment) []float64 {
	k := s.k
	for i := k - 1; i >= 0; i-- {
		v := w.z[i]
		for l := i + 1; l < k; l++ {
			v -= w.l[l*k+i] * w.gamma[l]
		}
		if d := w.l[i*k+i]; d > 0 {
			w.gamma[i] = v / d
		} else {
			w.gamma[i] = 0
		}
	}
	return w.gamma
}

// coefficients of rows [from, to) in the units of x.
func (s *Sample) coefficients(from, to int, w *segment) []float64 {
	s.fit(from, to, w)
	gamma := s.solve(w)
	root := math.Sqrt(float64(s.n))
	out := make([]float64, s.k)
	for j := s.k - 1; j >= 0; j-- {
		v := gamma[j] * root
		for l := j + 1; l < s.k; l++ {
			v -= s.r.At(j, l) * out[l]
		}
		out[j] = v / s.r.At(j, j)
	}
	for j := range out {
		out[j] += s.beta[j]
	}
	return out
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
