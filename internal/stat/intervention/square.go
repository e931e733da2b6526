package intervention

import "math"

// square is a small symmetric matrix of which the lower half is kept. The Gibbs sampler
// factors thousands of them, which is why they are handled here and not by a library
// that asks for memory each time.
type square struct {
	n int
	a []float64
}

func newSquare(n int) *square { return &square{n, make([]float64, n*n)} }

func (s *square) add(i, j int, v float64) { s.a[i*s.n+j] += v }

// at is symmetric.
func (s *square) at(i, j int) float64 {
	if i < j {
		i, j = j, i
	}
	return s.a[i*s.n+j]
}

// lower is a Cholesky factor.
type lower struct {
	n int
	a []float64
}

// cholesky factors s. A pivot that has vanished beside its own diagonal is a column that
// the columns before it say already: it gets a pivot so large that its coefficient is 0.
func (s *square) cholesky() *lower {
	l := &lower{s.n, append([]float64(nil), s.a...)}
	l.factor()
	return l
}

func (l *lower) factor() {
	n := l.n
	for j := range n {
		row := l.a[j*n : j*n+j]
		own := l.a[j*n+j]
		d := own
		for _, v := range row {
			d -= v * v
		}
		if !(d > 1e-10*math.Abs(own)) || own <= 0 {
			l.a[j*n+j] = 1e100
			for i := j + 1; i < n; i++ {
				l.a[i*n+j] = 0
			}
			continue
		}
		d = math.Sqrt(d)
		l.a[j*n+j] = d
		for i := j + 1; i < n; i++ {
			sum := l.a[i*n+j]
			other := l.a[i*n : i*n+j]
			for k, v := range row {
				sum -= v * other[k]
			}
			l.a[i*n+j] = sum / d
		}
	}
}

// forward solves L x = b in place.
func (l *lower) forward(b []float64) {
	for i := range l.n {
		sum := b[i]
		for k := range i {
			sum -= l.a[i*l.n+k] * b[k]
		}
		b[i] = sum / l.a[i*l.n+i]
	}
}

// backward solves L' x = b in place.
func (l *lower) backward(b []float64) {
	for i := l.n - 1; i >= 0; i-- {
		sum := b[i]
		for k := i + 1; k < l.n; k++ {
			sum -= l.a[k*l.n+i] * b[k]
		}
		b[i] = sum / l.a[i*l.n+i]
	}
}

// solve gives the x of L L' x = b.
func (l *lower) solve(b []float64) []float64 {
	x := append([]float64(nil), b...)
	l.forward(x)
	l.backward(x)
	return x
}

// inverseAt is one entry of the inverse.
func (l *lower) inverseAt(i, j int) float64 {
	e := make([]float64, l.n)
	e[j] = 1
	return l.solve(e)[i]
}

// logDet is the log determinant of L L', without the columns that were taken out.
func (l *lower) logDet() float64 {
	sum := 0.0
	for i := range l.n {
		if d := l.a[i*l.n+i]; d < 1e99 {
			sum += 2 * math.Log(d)
		}
	}
	return sum
}
