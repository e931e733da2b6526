package classic

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// BoxCox transforms a positive value: (v^lambda − 1)/lambda, the logarithm for 0
// (Box & Cox 1964).
func BoxCox(v, lambda float64) float64 {
	if lambda == 0 {
		return math.Log(v)
	}
	return (math.Pow(v, lambda) - 1) / lambda
}

// InverseBoxCox undoes BoxCox. Values that no positive number leads to give 0.
func InverseBoxCox(v, lambda float64) float64 {
	if lambda == 0 {
		return math.Exp(math.Min(v, 250))
	}
	base := lambda*v + 1
	if base <= 0 {
		return 0
	}
	return math.Min(math.Pow(base, 1/lambda), 1e110)
}

// GuerreroLambda is the power for which the spread of the seasons is least related to
// their level (Guerrero 1993): it minimises the coefficient of variation of sd/mean^(1−λ)
// over whole seasons (two steps where m is 1), for λ in −1 … 2. why is NotPositive or
// TooShort where there is none; lambda is then 1, no transformation.
func GuerreroLambda(y []float64, m int) (lambda float64, why Reason) {
	m = max(m, 2)
	if !positive(y) {
		return 1, NotPositive
	}
	seasons := len(y) / m
	if seasons < 2 || !complete(y) || constant(y) {
		return 1, TooShort
	}
	y = y[len(y)-seasons*m:] // the latest whole seasons
	means, sds := make([]float64, seasons), make([]float64, seasons)
	for i := range means {
		part := y[i*m : (i+1)*m]
		means[i] = mean(part)
		sds[i] = math.Sqrt(variance(part) * float64(m) / float64(m-1))
	}
	spread := func(l float64) float64 {
		r := make([]float64, seasons)
		for i := range r {
			r[i] = sds[i] / math.Pow(means[i], 1-l)
		}
		return ratio(math.Sqrt(variance(r)*float64(seasons)/float64(seasons-1)), mean(r))
	}
	return golden(spread, -1, 2, 1e-9), Fine
}

// golden finds the minimum of a function with one valley between a and b.
func golden(f func(float64) float64, a, b, tolerance float64) float64 {
	share := (math.Sqrt(5) - 1) / 2
	x1, x2 := b-share*(b-a), a+share*(b-a)
	f1, f2 := f(x1), f(x2)
	for b-a > tolerance {
		if f1 < f2 {
			b, x2, f2 = x2, x1, f1
			x1 = b - share*(b-a)
			f1 = f(x1)
		} else {
			a, x1, f1 = x1, x2, f2
			x2 = a + share*(b-a)
			f2 = f(x2)
		}
	}
	return (a + b) / 2
}

// LikelihoodLambda is the power with the greatest normal likelihood around a line with
// seasonal dummies (Box & Cox 1964), on the grid −1, −.95 … 2.
func LikelihoodLambda(y []float64, m int) (lambda float64, why Reason) {
	if !positive(y) {
		return 1, NotPositive
	}
	n := len(y)
	if m < 2 || n < 2*m {
		m = 1
	}
	if n < m+3 || !complete(y) || constant(y) {
		return 1, TooShort
	}
	design := mat.NewDense(n, m+1, nil)
	logs := 0.0
	for i, v := range y {
		design.Set(i, 0, 1)
		design.Set(i, 1, float64(i)/float64(n))
		if s := i % m; s > 0 {
			design.Set(i, 1+s, 1)
		}
		logs += math.Log(v)
	}
	var qr mat.QR
	qr.Factorize(design)
	size := math.Exp(logs / float64(n)) // the geometric mean makes the powers comparable
	best := math.Inf(1)
	z, coefficients, fitted := mat.NewVecDense(n, nil), mat.NewVecDense(m+1, nil), mat.NewVecDense(n, nil)
	for step := range 61 {
		l := float64(step-20) / 20
		for i, v := range y {
			z.SetVec(i, size*BoxCox(v/size, l))
		}
		if err := qr.SolveVecTo(coefficients, false, z); err != nil {
			return 1, TooShort
		}
		fitted.MulVec(design, coefficients)
		sse := 0.0
		for i := range n {
			sse += (z.AtVec(i) - fitted.AtVec(i)) * (z.AtVec(i) - fitted.AtVec(i))
		}
		if sse < best {
			best, lambda = sse, l
		}
	}
	return lambda, Fine
}
