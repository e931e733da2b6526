package change

import (
	"fmt"
	"math"
)

// OnlinePrior is the Normal–Gamma prior of a segment's mean and precision and the hazard.
type OnlinePrior struct {
	Lambda                 float64 // expected length of a segment; a change is as likely every day
	Mu, Kappa, Alpha, Beta float64
}

// RunLengths is the posterior of "how many observations since the last change": Posterior[t]
// has t+1 entries, for run lengths 0 … t after t observations. Entries sum to 1.
type RunLengths struct{ Posterior [][]float64 }

// Online is Bayesian online change-point detection (Adams and MacKay 2007): under the
// Normal–Gamma prior the next observation is Student-t with 2α degrees of freedom, location
// μ and squared scale β(κ+1)/(ακ); O(n²) in time and memory.
// Errors: ErrNotFinite; ErrShape for a prior out of range.
func Online(y []float64, prior OnlinePrior) (*RunLengths, error) {
	if err := check(y); err != nil {
		return nil, err
	}
	if !(prior.Lambda >= 1 && prior.Kappa > 0 && prior.Alpha > 0 && prior.Beta > 0) || math.IsNaN(prior.Mu) || math.IsInf(prior.Mu, 0) {
		return nil, fmt.Errorf("begin with the prior %+v: %w", prior, ErrShape)
	}
	hazard := 1 / prior.Lambda
	out := &RunLengths{Posterior: [][]float64{{1}}}
	states := []OnlinePrior{prior}
	for _, v := range y {
		last := out.Posterior[len(out.Posterior)-1]
		logs, top := make([]float64, len(last)), math.Inf(-1)
		for r, s := range states {
			logs[r] = math.Log(last[r]) + s.logDensity(v)
			top = math.Max(top, logs[r])
		}
		next := make([]float64, len(last)+1)
		if math.IsInf(top, -1) || math.IsNaN(top) {
			// Beyond what the density can tell apart: nothing was learned but the hazard.
			for r, p := range last {
				next[r+1], next[0] = p*(1-hazard), next[0]+p*hazard
			}
		} else {
			sum := 0.0
			for r := range logs {
				p := math.Exp(logs[r] - top)
				next[r+1] = p * (1 - hazard)
				next[0] += p * hazard
				sum += p
			}
			for r := range next {
				next[r] /= sum
			}
		}
		out.Posterior = append(out.Posterior, next)
		grown := make([]OnlinePrior, 1, len(states)+1)
		grown[0] = prior
		for _, s := range states {
			grown = append(grown, s.learn(v))
		}
		states = grown
	}
	return out, nil
}

func (s OnlinePrior) logDensity(v float64) float64 {
	freedom := 2 * s.Alpha
	scale := s.Beta * (s.Kappa + 1) / (s.Alpha * s.Kappa)
	a, _ := math.Lgamma((freedom + 1) / 2)
	b, _ := math.Lgamma(freedom / 2)
	z := (v - s.Mu) / math.Sqrt(scale)
	return a - b - math.Log(freedom*math.Pi*scale)/2 - (freedom+1)/2*math.Log1p(z/freedom*z)
}

func (s OnlinePrior) learn(v float64) OnlinePrior {
	d := v - s.Mu
	s.Beta += s.Kappa * d / (s.Kappa + 1) * d / 2
	s.Mu += d / (s.Kappa + 1)
	s.Kappa++
	s.Alpha += .5
	if math.IsInf(s.Beta, 0) {
		s.Beta = math.MaxFloat64
	}
	return s
}

// MostLikely is the likeliest run length after each number of observations (n+1 entries).
func (r *RunLengths) MostLikely() []int {
	out := make([]int, len(r.Posterior))
	for t, p := range r.Posterior {
		for i, v := range p {
			if v > p[out[t]] {
				out[t] = i
			}
		}
	}
	return out
}

// Changes walks back from the end along the likeliest run lengths.
func (r *RunLengths) Changes() []int {
	likely := r.MostLikely()
	var out []int
	for t := len(likely) - 1; t > 0; {
		start := t - likely[t]
		if start <= 0 {
			break
		}
		if likely[t] > 0 {
			out = append([]int{start}, out...)
		}
		t = min(start, t-1)
	}
	return out
}
