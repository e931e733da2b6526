package lift

import (
	"math"

	"github.com/shirube/shirube/internal/stat"
)

// PerArm is how many people each arm needs to tell a share p from p(1+relative) with the
// given power, two-sided at alpha, by the normal test of two proportions (Fleiss, without
// continuity correction). ok is false where a share leaves (0, 1) or nothing is to be told.
func PerArm(p, relative, alpha, power float64) (n float64, ok bool) {
	q := p * (1 + relative)
	if !(p > 0 && p < 1 && q > 0 && q < 1) || p == q {
		return 0, false
	}
	middle := (p + q) / 2
	a := stat.NormalQuantile(1-alpha/2) * math.Sqrt(2*middle*(1-middle))
	b := stat.NormalQuantile(power) * math.Sqrt(p*(1-p)+q*(1-q))
	return (a + b) * (a + b) / ((p - q) * (p - q)), true
}

// Plan says what an experiment under way should be able to tell.
type Plan struct {
	Effect float64 // the smallest effect worth telling, in the estimate's units
	Power  float64 // the chance of telling it, such as .8
	Alpha  float64
	Always *Always // by always-valid intervals instead of one look
	Prior  *Prior  // by a credible interval under this prior instead
}

// mostMore is how many times the present size is still worth computing.
const mostMore = 1e6

// More is how many times as many people as there are now must still come until an effect
// of the plan's size would be told with its power, were they to come as they did. 0 where
// there are enough. ok is false where even a million times as many would not do.
func (p Plan) More(e Estimate) (times float64, ok bool) {
	if !(e.SE > 0) || p.Effect == 0 {
		return 0, false
	}
	enough := func(scale float64) bool { return p.power(e, scale) >= p.Power }
	if enough(1) {
		return 0, true
	}
	high := 2.0
	for !enough(high) {
		if high *= 2; high > mostMore {
			return 0, false
		}
	}
	low := high / 2
	for range 60 {
		if middle := (low + high) / 2; enough(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high - 1, true
}

// power is the chance that the interval leaves zero out when scale times as many people
// were seen and the effect is what the plan says.
func (p Plan) power(e Estimate, scale float64) float64 {
	effect := math.Abs(p.Effect)
	se := e.SE / math.Sqrt(scale)
	if p.Prior != nil && p.Prior.Variance > 0 {
		precision := 1/(se*se) + 1/p.Prior.Variance
		reach := stat.NormalQuantile(1-p.Alpha/2) * math.Sqrt(precision)
		prior := p.Prior.Mean / p.Prior.Variance
		above, below := se*se*(reach-prior), se*se*(-reach-prior)
		return stat.NormalTail((above-effect)/se) + stat.NormalTail((effect-below)/se)
	}
	half := stat.NormalQuantile(1-p.Alpha/2) * se
	if p.Always != nil {
		half = p.Always.Half(e.N*scale, se*se*e.N*scale, Both)
	}
	return stat.NormalTail((half-effect)/se) + stat.NormalTail((half+effect)/se)
}

// Detectable is the smallest effect that would be told at the present size with the
// plan's power, in the estimate's units.
func (p Plan) Detectable(e Estimate) float64 {
	half := stat.NormalQuantile(1-p.Alpha/2) * e.SE
	if p.Always != nil {
		half = p.Always.Half(e.N, e.SE*e.SE*e.N, Both)
	}
	return half + stat.NormalQuantile(p.Power)*e.SE
}
