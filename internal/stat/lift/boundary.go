package lift

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// A Mixture is a supermartingale that starts at 1 and, when nothing is going on, ever
// exceeds 1/α with probability at most α (Ville). LogValue is its logarithm for a sum s of
// centred observations with accumulated variance v. Howard, Ramdas, McAuliffe & Sekhon
// 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences".
type Mixture interface {
	LogValue(s, v float64) float64
}

// BestRho is the mixing precision that makes the two-sided normal boundary tightest at the
// variance v: v/(2 ln(1/α) + ln(1 + 2 ln(1/α))). One-sided boundaries ask at 2α.
func BestRho(v, alpha float64) float64 {
	l := 2 * math.Log(1/alpha)
	return v / (l + math.Log(1+l))
}

// NormalMixture is for sums with sub-Gaussian increments.
type NormalMixture struct {
	Rho      float64
	OneSided bool
}

// LogValue of the mixture over N(0, 1/ρ), one-sided over its positive half.
func (m NormalMixture) LogValue(s, v float64) float64 {
	whole := math.Log(m.Rho/(v+m.Rho))/2 + s*s/(2*(v+m.Rho))
	if !m.OneSided {
		return whole
	}
	return math.Ln2 + whole + math.Log(math.Erfc(-s/math.Sqrt(2*(v+m.Rho)))/2)
}

// GammaExponential is for sub-exponential increments of scale c (and so sub-gamma ones).
type GammaExponential struct{ Rho, C float64 }

// LogValue of the mixture over a gamma distribution.
func (m GammaExponential) LogValue(s, v float64) float64 {
	c2 := m.C * m.C
	start, grown, end := m.Rho/c2, (v+m.Rho)/c2, (m.C*s+v+m.Rho)/c2
	return logPower(start) - logGammaPart(start, start, false) + logGammaPart(grown, end, false) - grown*math.Log(end) + end - start
}

// GammaPoisson is for sub-Poisson increments of scale c.
type GammaPoisson struct{ Rho, C float64 }

// LogValue of the mixture over a gamma distribution cut off below.
func (m GammaPoisson) LogValue(s, v float64) float64 {
	c2 := m.C * m.C
	start, grown := m.Rho/c2, (v+m.Rho)/c2
	shape := s/m.C + grown
	return logPower(start) - logGammaPart(start, start, true) + logGammaPart(shape, grown, true) - shape*math.Log(grown) + v/c2
}

func logPower(x float64) float64 { return x * math.Log(x) }

// logGammaPart is the logarithm of the lower or upper incomplete gamma function.
func logGammaPart(a, x float64, upper bool) float64 {
	whole, _ := math.Lgamma(a)
	if upper {
		return whole + math.Log(mathext.GammaIncRegComp(a, x))
	}
	return whole + math.Log(mathext.GammaIncReg(a, x))
}

// BetaBinomial is for increments between −g and h, such as those of yes-or-no outcomes.
type BetaBinomial struct {
	G, H     float64
	R        float64 // precision of the mixing distribution
	OneSided bool
}

// NewBetaBinomial is tuned to be tight at the variance v.
func NewBetaBinomial(v, alpha, g, h float64, oneSided bool) BetaBinomial {
	if oneSided {
		alpha *= 2
	}
	return BetaBinomial{G: g, H: h, R: max(BestRho(v, alpha)-g*h, 1e-3*g*h), OneSided: oneSided}
}

// LogValue is the likelihood ratio of a success probability drawn from a beta distribution
// around its null value g/(g+h), one-sided from the part above it.
func (m BetaBinomial) LogValue(s, v float64) float64 {
	width := m.G + m.H
	yes, no := (v+m.H*s)/(m.H*width), (v-m.G*s)/(m.G*width)
	priorYes, priorNo := m.R/(m.H*width), m.R/(m.G*width)
	null := m.G / width
	value := m.logBeta(priorNo+no, priorYes+yes) - m.logBeta(priorNo, priorYes)
	return value - yes*math.Log(null) - no*math.Log(1-null)
}

func (m BetaBinomial) logBeta(no, yes float64) float64 {
	if !(no > 0 && yes > 0) {
		return math.Inf(1)
	}
	if !m.OneSided {
		return mathext.Lbeta(no, yes)
	}
	return mathext.Lbeta(no, yes) + math.Log(mathext.RegIncBeta(no, yes, m.H/(m.G+m.H)))
}

// Bound is the sum that the mixture allows at variance v: where its value reaches 1/alpha.
// most is the largest sum possible (+Inf if there is none).
func Bound(m Mixture, v, alpha, most float64) float64 {
	threshold := math.Log(1 / alpha)
	high := most
	if math.IsInf(most, 1) {
		for high = v; !(m.LogValue(high, v) > threshold); {
			if high *= 2; high > 1e300 {
				return math.Inf(1)
			}
		}
	}
	if m.LogValue(high, v) < threshold {
		return high
	}
	return bisect(func(s float64) bool { return m.LogValue(s, v) > threshold }, 0, high)
}

// bisect finds where a condition begins to hold between low and high.
func bisect(holds func(float64) bool, low, high float64) float64 {
	for range 100 {
		middle := (low + high) / 2
		if middle == low || middle == high {
			break
		}
		if holds(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return (low + high) / 2
}

// Stitched is the polynomial stitched boundary, closed-form and of iterated-logarithm
// rate, for sub-gamma sums of scale c from variance vMin on (eq. 10 there):
// √(k₁²vℓ + k₂²c²ℓ²) + k₂cℓ with ℓ = s ln ln(ηv/m) + ln(ζ(s)/(α lnˢ η)), s = 1.4, η = 2.
func Stitched(v, alpha, vMin, c float64) float64 {
	const s, eta = 1.4, 2.0
	v = max(v, vMin)
	k1 := (math.Pow(eta, 0.25) + math.Pow(eta, -0.25)) / math.Sqrt2
	k2 := (math.Sqrt(eta) + 1) / 2
	l := s*math.Log(math.Log(eta*v/vMin)) + math.Log(mathext.Zeta(s, 1)/(alpha*math.Pow(math.Log(eta), s)))
	shift := k2 * c * l
	return math.Sqrt(k1*k1*v*l+shift*shift) + shift
}

// ProportionInterval is an always-valid interval for the share of yes among n outcomes,
// tightest at about tuned outcomes: the shares p that the beta-binomial mixture tuned to
// them does not reject.
func ProportionInterval(yes, n, alpha, tuned float64) [2]float64 {
	if !(n >= 1) {
		return [2]float64{0, 1}
	}
	share := yes / n
	rejects := func(p float64) bool {
		v := p * (1 - p)
		m := NewBetaBinomial(tuned*v, 0.05, p, 1-p, false)
		return m.LogValue(yes-n*p, n*v) > math.Log(1/alpha)
	}
	const edge = 1e-12
	out := [2]float64{0, 1}
	if share > edge && rejects(edge) {
		out[0] = bisect(func(p float64) bool { return !rejects(p) }, edge, share)
	}
	if share < 1-edge && rejects(1-edge) {
		out[1] = bisect(rejects, share, 1-edge)
	}
	return out
}
