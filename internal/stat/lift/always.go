package lift

import "math"

// Always is the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy &
// Ramdas (arXiv 2103.06476): intervals that hold at all sample sizes at once, so that one
// may look every day and stop when one likes. It is narrowest about Tuning observations
// (both arms together), which must not be chosen from the data.
type Always struct {
	Alpha  float64
	Tuning float64
}

// Rho is the tuning parameter, √((−2 ln α + ln(1 − 2 ln α))/N*) (eq. 161); one-sided
// sequences use 2α.
func (a Always) Rho(side Side) float64 {
	alpha := a.Alpha
	if side != Both {
		alpha *= 2
	}
	l := -2 * math.Log(alpha)
	return math.Sqrt((l + math.Log(l+1)) / a.Tuning)
}

// Half is the half-width after n observations whose variance is variance·n for the
// estimate: with σ² the variance of one, √(2σ²(nρ²+1)/(n²ρ²) · ln(√(nρ²+1)/α)) (eq. 9),
// one-sided √(2σ²(nρ²+1)/(n²ρ²) · ln(1 + √(nρ²+1)/(2α))).
func (a Always) Half(n, variance float64, side Side) float64 {
	rho := a.Rho(side)
	grown := n*rho*rho + 1
	bend := math.Log(math.Sqrt(grown) / a.Alpha)
	if side != Both {
		bend = math.Log(1 + math.Sqrt(grown)/(2*a.Alpha))
	}
	return math.Sqrt(variance*2*grown*bend) / (n * rho)
}

// Interval is the always-valid interval of an estimate.
func (a Always) Interval(e Estimate, side Side) [2]float64 {
	half := a.Half(e.N, e.SE*e.SE*e.N, side)
	out := [2]float64{e.Value - half, e.Value + half}
	switch side {
	case Greater:
		out[1] = math.Inf(1)
	case Less:
		out[0] = math.Inf(-1)
	}
	return out
}

// PValue is the always-valid p: the chance, if there is no difference, of ever seeing so
// much against that, at whatever sizes one looks. Two-sided it is 1/E with the mixture
// E = exp(ρ²S²/(2(nρ²+1)))/√(nρ²+1), S the sum of standardised observations. One-sided it
// is the level at which the interval, with ρ as it stands, just touches zero; above .001 it
// is rounded up to a step of GrowthBook's search, which ends at .4999 (read: no evidence).
func (a Always) PValue(e Estimate, side Side) float64 {
	rho := a.Rho(side)
	grown := e.N*rho*rho + 1
	t := e.Value / e.SE
	if side == Both {
		return min(1, math.Exp(math.Log(grown)/2-rho*rho*e.N*t*t/(2*grown)))
	}
	if side == Less {
		t = -t
	}
	const least, most, steps = 1e-5, 0.4999, 4096
	p := 1.0
	if t > 0 {
		p = math.Sqrt(grown) / 2 / math.Expm1(t*t*e.N*rho*rho/(2*grown))
	}
	switch {
	case !(p < most):
		return most
	case p > 0.001:
		return least + (most-least)/steps*math.Ceil((p-least)/(most-least)*steps)
	}
	return p
}

// MixtureSPRT is the mixture sequential probability ratio test of Johari, Koomen, Pekelis
// & Walsh (2022): with an effect drawn from N(0, tau2) under the alternative and variance
// the variance of the estimate. It gives the ratio Λ, the always-valid p = min(1, 1/Λ) and
// the half-width of the interval at alpha.
func MixtureSPRT(value, variance, tau2, alpha float64) (ratio, p, half float64) {
	both := variance + tau2
	ratio = math.Sqrt(variance/both) * math.Exp(tau2*value*value/(2*variance*both))
	p = min(1, 1/ratio)
	half = math.Sqrt(variance * both / tau2 * (2*math.Log(1/alpha) + math.Log(both/variance)))
	return ratio, p, half
}
