package structure

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Law is the null law of the functionals of F: those of Q(π) = B(π)'B(π)/(π(1−π)) over
// π in [τ, 1−τ], B a k-dimensional Brownian bridge (Andrews 1993).
//
// Its p-values follow the form of Hansen (1997): p(x) = P(χ²(η) > θ₀ + θ₁x), with θ₀, θ₁
// and η per functional, k and τ. The table was fitted to simulated bridges (TestGateLaw
// simulates them anew and holds the table against them).
type Law struct {
	K    int     // coefficients that may change
	Trim float64 // τ, the share cut off on either side
}

// row of the table: sup, average and exponential, each θ₀, θ₁, η.
type lawRow [9]float64

// lawOf turns the dates tried into the symmetric τ with the same λ = π₂(1−π₁)/(π₁(1−π₂)),
// on which the law depends alone (Andrews 1993).
func lawOf(k, first, last, n int) Law {
	lambda := float64(n-first) * float64(last) / (float64(first) * float64(n-last))
	if lambda <= 1 {
		return Law{k, .5}
	}
	return Law{k, 1 / (1 + math.Sqrt(lambda))}
}

// SupP is P(sup Q > x); AverageP and ExponentialP the same for the mean of Q and for
// log ∫exp(Q/2). Beyond the table's twelve coefficients each further one shifts the
// law by a little more than it does in truth, which errs on the side of no alarm.
func (l Law) SupP(x float64) float64         { return l.tail(0, x) }
func (l Law) AverageP(x float64) float64     { return l.tail(1, x) }
func (l Law) ExponentialP(x float64) float64 { return l.tail(2, x) }

// SupCritical is the x with SupP(x) = alpha, by bisection.
func (l Law) SupCritical(alpha float64) float64 {
	return bisect(func(x float64) bool { return l.SupP(x) > alpha }, 0, 500)
}

func (l Law) tail(functional int, x float64) float64 {
	if math.IsNaN(x) {
		return 1
	}
	k := min(max(l.K, 1), len(lawTable))
	if l.K > k {
		// What one more coefficient adds to a critical value falls as k grows; at k = 12 it
		// is 1.7, 1.3 and .8.
		x = math.Max(x-float64(l.K-k)*[]float64{2, 1.5, 1}[functional], 0)
	}
	tau := math.Min(math.Max(l.Trim, lawTrims[0]), lawTrims[len(lawTrims)-1])
	i := 0
	for i+2 < len(lawTrims) && tau > lawTrims[i+1] {
		i++
	}
	share := (tau - lawTrims[i]) / (lawTrims[i+1] - lawTrims[i])
	if math.Abs(share) < 1e-9 {
		return lawTable[k-1][i].tail(functional, x)
	}
	if math.Abs(share-1) < 1e-9 {
		return lawTable[k-1][i+1].tail(functional, x)
	}
	a, b := lawTable[k-1][i].tail(functional, x), lawTable[k-1][i+1].tail(functional, x)
	if a <= 0 || b <= 0 {
		return 0
	}
	return math.Exp((1-share)*math.Log(a) + share*math.Log(b))
}

func (r lawRow) tail(functional int, x float64) float64 {
	t := r[3*functional : 3*functional+3]
	return chiSquaredTail(t[0]+t[1]*x, t[2])
}

func chiSquaredTail(x, df float64) float64 {
	if x <= 0 {
		return 1
	}
	if x > 2000+10*df {
		return 0
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}

// bisect finds where below turns false between lo and hi.
func bisect(below func(float64) bool, lo, hi float64) float64 {
	for range 100 {
		mid := (lo + hi) / 2
		if below(mid) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

func normalTail(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }
