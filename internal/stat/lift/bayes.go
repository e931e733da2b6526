package lift

import (
	"math"

	"github.com/shirube/shirube/internal/stat"
)

// Prior is what was believed of the effect before, a normal distribution; the zero value
// believes nothing.
type Prior struct{ Mean, Variance float64 }

// Scaled is a prior on the relative effect as one on the absolute effect.
func (p Prior) Scaled(control float64) Prior {
	return Prior{Mean: p.Mean * math.Abs(control), Variance: p.Variance * control * control}
}

// Posterior is what is believed after: a normal distribution whose precision is the sum of
// the prior's and the estimate's.
type Posterior struct {
	Mean, SE float64
	Better   float64 // probability that the effect is positive
	// Risk is the expected loss of staying with the control, E max(δ, 0), and of taking
	// the treatment, E max(−δ, 0), in units of the effect.
	Risk [2]float64
}

// Update joins a prior with an estimate.
func Update(prior Prior, value, se float64) Posterior {
	precision, weighted := 1/(se*se), value/(se*se)
	if prior.Variance > 0 {
		precision += 1 / prior.Variance
		weighted += prior.Mean / prior.Variance
	}
	p := Posterior{Mean: weighted / precision, SE: math.Sqrt(1 / precision)}
	p.Better = stat.NormalTail(-p.Mean / p.SE)
	p.Risk = Risk(p.Mean, p.SE)
	return p
}

// Interval holds the effect with probability 1−alpha.
func (p Posterior) Interval(alpha float64) [2]float64 {
	half := stat.NormalQuantile(1-alpha/2) * p.SE
	return [2]float64{p.Mean - half, p.Mean + half}
}

// Risk is E max(δ, 0) and E max(−δ, 0) for δ ~ N(mu, sigma²).
func Risk(mu, sigma float64) [2]float64 {
	z := mu / sigma
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	up := mu*stat.NormalTail(-z) + sigma*density
	return [2]float64{up, up - mu}
}

// Quantile is an arm's sample quantile as a sample: from n people and the quantile's 95 %
// confidence limits, whose distance tells its variance (times (n−1)/n, as GrowthBook).
func Quantile(n, value, lower, upper float64) Sample {
	se := (upper - lower) / (2 * stat.NormalQuantile(0.975))
	return Sample{N: n, Mean: value, Variance: se * se * (n - 1)}
}
