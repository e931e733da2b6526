package structure

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// longRun is the long-run covariance Σ_l E u_t u_{t−l}' of the rows u (n×k): prewhitened by
// a VAR(1) (Andrews and Monahan 1992, singular values held below .97), then the quadratic
// spectral kernel with the bandwidth of Andrews (1991, eqs. 6.2–6.4) from an AR(1) of each
// column, weighted by weights (k; nil: all alike).
func longRun(u [][]float64, weights []float64) (*mat.SymDense, error) {
	n, k := len(u), len(u[0])
	a, err := vectorAR(u)
	if err != nil {
		return nil, err
	}
	white := make([][]float64, n-1)
	for t := range white {
		white[t] = make([]float64, k)
		for i := range k {
			v := u[t+1][i]
			for j := range k {
				v -= a.At(i, j) * u[t][j]
			}
			white[t][i] = v
		}
	}
	inner := kernelSum(white, bandwidth(white, weights))
	// Recolour: (I − A)⁻¹ S (I − A')⁻¹.
	var lag, back, left, whole mat.Dense
	lag.Scale(-1, a)
	for i := range k {
		lag.Set(i, i, 1+lag.At(i, i))
	}
	if err := back.Inverse(&lag); err != nil {
		return nil, fmt.Errorf("recolour a covariance: %w", ErrCollinear)
	}
	left.Mul(&back, inner)
	whole.Mul(&left, back.T())
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			v := (whole.At(i, j) + whole.At(j, i)) / 2
			if !finite(v) {
				return nil, fmt.Errorf("sum autocovariances: %w", ErrNotFinite)
			}
			out.SetSym(i, j, v)
		}
	}
	return out, nil
}

func vectorAR(u [][]float64) (*mat.Dense, error) {
	k := len(u[0])
	before, across := mat.NewDense(k, k, nil), mat.NewDense(k, k, nil)
	for t := 1; t < len(u); t++ {
		for i := range k {
			for j := range k {
				before.Set(i, j, before.At(i, j)+u[t-1][i]*u[t-1][j])
				across.Set(i, j, across.At(i, j)+u[t][i]*u[t-1][j])
			}
		}
	}
	var inverse, a mat.Dense
	if err := inverse.Inverse(before); err != nil {
		return nil, fmt.Errorf("fit a vector autoregression: %w", ErrCollinear)
	}
	a.Mul(across, &inverse)
	var svd mat.SVD
	if !svd.Factorize(&a, mat.SVDThin) {
		return nil, fmt.Errorf("bound a vector autoregression: %w", ErrCollinear)
	}
	values := svd.Values(nil)
	if values[0] > .97 {
		var left, right, part mat.Dense
		svd.UTo(&left)
		svd.VTo(&right)
		middle := mat.NewDense(k, k, nil)
		for i, v := range values {
			middle.Set(i, i, math.Min(v, .97))
		}
		part.Mul(&left, middle)
		a.Mul(&part, right.T())
	}
	return &a, nil
}

func bandwidth(u [][]float64, weights []float64) float64 {
	n, top, bottom := len(u), 0.0, 0.0
	for j := range u[0] {
		weight := 1.0
		if weights != nil {
			weight = weights[j]
		}
		if weight == 0 {
			continue
		}
		cross, square := 0.0, 0.0
		for t := 1; t < n; t++ {
			cross += u[t][j] * u[t-1][j]
			square += u[t-1][j] * u[t-1][j]
		}
		if square == 0 {
			continue
		}
		rho := math.Min(math.Max(cross/square, -.97), .97)
		variance := 0.0
		for t := 1; t < n; t++ {
			d := u[t][j] - rho*u[t-1][j]
			variance += d * d / float64(n)
		}
		far := (1 - rho) * (1 - rho)
		top += weight * 4 * rho * rho * variance * variance / (far * far * far * far)
		bottom += weight * variance * variance / (far * far)
	}
	if bottom == 0 {
		return 0
	}
	return 1.3221 * math.Pow(top/bottom*float64(n), .2)
}

func kernelSum(u [][]float64, width float64) *mat.SymDense {
	n, k := len(u), len(u[0])
	out := mat.NewSymDense(k, nil)
	for l := range n {
		weight := quadraticSpectral(l, width)
		if l > 0 && math.Abs(weight) < 1e-5 && float64(l) > 60*width {
			break
		}
		for i := range k {
			for j := i; j < k; j++ {
				sum := 0.0
				for t := l; t < n; t++ {
					if l == 0 {
						sum += u[t][i] * u[t][j]
					} else {
						sum += u[t][i]*u[t-l][j] + u[t][j]*u[t-l][i]
					}
				}
				out.SetSym(i, j, out.At(i, j)+weight*sum/float64(n))
			}
		}
	}
	return out
}

func quadraticSpectral(lag int, width float64) float64 {
	if lag == 0 {
		return 1
	}
	if width <= 0 {
		return 0
	}
	x := 6 * math.Pi * float64(lag) / width / 5
	if x < 1e-3 {
		return 1 - x*x/10
	}
	return 3 / (x * x) * (math.Sin(x)/x - math.Cos(x))
}
