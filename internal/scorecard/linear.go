package scorecard

import "math"

// solve solves the symmetric positive system a·x = b in place by Cholesky, with just
// enough added to the diagonal that collinear columns share what they cannot part.
// a is n×n by rows; it is destroyed and b becomes x.
func solve(a []float64, b []float64) {
	n := len(b)
	trace := 0.0
	for i := range n {
		trace += a[i*n+i]
	}
	least := 1e-10*trace/float64(max(1, n)) + 1e-300
	for j := range n {
		row := a[j*n : j*n+j+1]
		d := row[j] + least
		for k := range j {
			d -= row[k] * row[k]
		}
		if d < least {
			d = least
		}
		d = math.Sqrt(d)
		row[j] = d
		for i := j + 1; i < n; i++ {
			other := a[i*n : i*n+j+1]
			s := other[j]
			for k := range j {
				s -= other[k] * row[k]
			}
			other[j] = s / d
		}
	}
	for i := range n {
		for k := range i {
			b[i] -= a[i*n+k] * b[k]
		}
		b[i] /= a[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[k*n+i] * b[k]
		}
		b[i] /= a[i*n+i]
	}
}

// invert is the inverse of a symmetric positive matrix, by columns of solve.
func invert(a []float64, n int) []float64 {
	out := make([]float64, n*n)
	work := make([]float64, n*n)
	unit := make([]float64, n)
	for j := range n {
		copy(work, a)
		clear(unit)
		unit[j] = 1
		solve(work, unit)
		for i := range n {
			out[i*n+j] = unit[i]
		}
	}
	return out
}

// sigmoid is 1/(1+e^−x).
func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

// softplus is log(1+e^x) without overflow.
func softplus(x float64) float64 {
	if x > 30 {
		return x
	}
	return math.Log1p(math.Exp(x))
}
