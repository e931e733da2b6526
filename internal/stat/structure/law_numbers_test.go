package structure

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"

	"github.com/shirube/shirube/internal/evidence"
)

// gridSupP is P(max Q(i/steps) > x) over i/steps in [τ, 1−τ], worked out without a draw.
//
// In the time ½·log(π/(1−π)) the root of Q is the distance from the origin of k independent
// stationary Ornstein–Uhlenbeck processes (Andrews 1993, DeLong 1981), a Markov chain at the
// grid's points whose steps are noncentral chi. The density of the paths that have stayed
// below √x is carried from the first point to the middle; the way back is its mirror image.
// Integrals are Gauss–Legendre sums, good to six digits (checked by doubling the nodes).
func gridSupP(x float64, k, steps int, trim float64) float64 {
	top := math.Sqrt(x)
	nodes := int(22*top) + 20
	r, weight := make([]float64, nodes), make([]float64, nodes)
	quad.Legendre{}.FixedLocations(r, weight, 0, top)
	nu := float64(k)/2 - 1
	gamma, _ := math.Lgamma(float64(k) / 2)
	stationary := make([]float64, nodes)
	for i, v := range r {
		stationary[i] = math.Exp(float64(k-1)*math.Log(v) - v*v/2 - nu*math.Ln2 - gamma)
	}
	density, next := append([]float64(nil), stationary...), make([]float64, nodes)
	at := func(i int) float64 { p := float64(i) / float64(steps); return math.Log(p/(1-p)) / 2 }
	for i := int(math.Round(trim * float64(steps))); i < steps/2; i++ {
		rho := math.Exp(at(i) - at(i+1))
		variance := 1 - rho*rho
		for a, to := range r {
			sum := 0.0
			for b, from := range r {
				if gap := to - rho*from; gap*gap < 45*variance {
					sum += weight[b] * density[b] * math.Exp(-gap*gap/(2*variance)) * scaledBessel(nu, rho*from*to/variance)
				}
			}
			next[a] = sum * math.Pow(variance, -nu-1) * math.Pow(to, 2*nu+1)
		}
		density, next = next, density
	}
	stay := 0.0
	for i, f := range density {
		stay += weight[i] * f * f / stationary[i]
	}
	return 1 - stay
}

// scaledBessel is I_ν(z)/(zᵛeᶻ), by its series or, far out, its asymptotic expansion
// (Abramowitz and Stegun 1964, 9.6.10 and 9.7.1).
func scaledBessel(nu, z float64) float64 {
	if z > 30 {
		term, sum := 1.0, 1.0
		for j := 1; j < 12 && math.Abs(term) > 1e-12; j++ {
			odd := float64(2*j - 1)
			term *= -(4*nu*nu - odd*odd) / (8 * float64(j) * z)
			sum += term
		}
		return sum / math.Sqrt(2*math.Pi*z) * math.Pow(z, -nu)
	}
	gamma, sign := math.Lgamma(nu + 1)
	term := float64(sign) * math.Exp(-z-nu*math.Ln2-gamma)
	sum := term
	for j := 1; j < 200 && term > 1e-17*sum; j++ {
		term *= z * z / 4 / float64(j) / (float64(j) + nu)
		sum += term
	}
	return sum
}

// TestReferenceIsDrawn shows what the p-values of sc-seatbelt-supF and sc-hansen-p are: those
// of bridges at 1,000 points, drawn some 50,000 times and smoothed (Hansen 1997). Held
// against that law worked out without draws they scatter as 50,000 draws do, 1.15 times
// their chance error; against the law at 500 points 3.5 times. What was drawn cannot be met
// to 1e-6 but by copying it.
func TestReferenceIsDrawn(t *testing.T) {
	t.Parallel()
	vectors := evidence.Vectors(t, "structural_change.json")
	var grid struct {
		K    []int
		X, P []float64
	}
	vectors["sc-hansen-p"].Read(t, &grid, &grid)
	scatter := func(steps int) float64 {
		squares := 0.0
		for i, k := range grid.K {
			p := gridSupP(grid.X[i], k, steps, .15)
			squares += (grid.P[i] - p) * (grid.P[i] - p) / (p * (1 - p) / 50000)
		}
		return math.Sqrt(squares / float64(len(grid.K)))
	}
	fine, coarse := scatter(1000), scatter(500)
	evidence.AtMost(t, evidence.Figure{Room: room, Case: "the 24 published p-values of sup F against the law at 1,000 points, worked out without draws",
		Name: "their distance, in the chance error of 50,000 draws", Got: fine, Tries: len(grid.K)}, 1.5, 0)
	t.Logf("against the law at 500 points: %.1f times their chance error", coarse)
	if coarse < 2*fine {
		t.Errorf("the published p-values are %v from the law at 500 points, %v from that at 1,000", coarse, fine)
	}
}

// TestGateLawByNumbers holds the whole table of sup F against the law it was fitted to.
func TestGateLawByNumbers(t *testing.T) {
	evidence.Gate(t)
	t.Parallel()
	own, published := 0.0, 0.0
	for k := 1; k <= len(lawTable); k++ {
		for _, trim := range lawTrims {
			for _, p := range []float64{.5, .2, .1, .05, .01, .001} {
				gap := math.Abs(gridSupP(Law{k, trim}.SupCritical(p), k, 1000, trim)-p) / math.Sqrt(p*(1-p))
				if k <= 4 && trim == .15 {
					published = math.Max(published, gap)
				} else {
					own = math.Max(own, gap)
				}
			}
		}
	}
	for name, c := range map[string]struct{ got, bar float64 }{"our rows": {own, .01}, "the published rows, τ = .15, k ≤ 4": {published, .015}} {
		evidence.AtMost(t, evidence.Figure{Room: room, Case: fmt.Sprint("table of sup F against its law, worked out without draws: ", name),
			Name: "largest error of p, in √(p(1−p))", Got: c.got, Tries: 1}, c.bar, 0)
	}
}
