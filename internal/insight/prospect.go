package insight

import (
	"slices"

	"github.com/shirube/shirube/internal/goal"
)

// prospect is what a number may turn out to be: its value in each way ahead. The
// zero prospect knows nothing.
type prospect struct {
	mean   float64
	draws  []float64 // by way
	sorted []float64
}

// certainly is a number that is known.
func certainly(value float64) prospect {
	return prospect{mean: value, draws: []float64{value}, sorted: []float64{value}}
}

// prospectOf takes a number's value in each way; ways in which it does not exist (a
// ratio over nothing) are left out. ok is false when they are most.
func prospectOf(draws []float64) (p prospect, ok bool) {
	kept := make([]float64, 0, len(draws))
	for _, x := range draws {
		if exists(x) {
			kept = append(kept, x)
		}
	}
	if len(kept) == 0 || 2*len(kept) < len(draws) {
		return prospect{}, false
	}
	p = prospect{mean: meanOf(kept), draws: kept, sorted: slices.Clone(kept)}
	slices.Sort(p.sorted)
	return p, true
}

// quantile is the value that is not exceeded with a probability.
func (p prospect) quantile(probability float64) float64 {
	return quantile(p.sorted, probability)
}

// band is the middle part that holds a share of all ways.
func (p prospect) band(share float64) (low, high float64) {
	return p.quantile((1 - share) / 2), p.quantile((1 + share) / 2)
}

// attains is the probability of being on the good side of a number: the share of
// ways that are. Where the ways are few or all on one side, a little is kept back
// for what none of them shows (Laplace's rule of succession), unless the number is
// settled.
func (p prospect) attains(amount float64, direction goal.Direction) float64 {
	n := 0
	for _, x := range p.draws {
		if reaches(x, amount, direction) {
			n++
		}
	}
	if p.certain() {
		return float64(n) / float64(len(p.draws))
	}
	return (float64(n) + 0.5) / (float64(len(p.draws)) + 1)
}

func (p prospect) certain() bool {
	return len(p.sorted) == 0 || p.sorted[0] == p.sorted[len(p.sorted)-1]
}

// stretched multiplies what is still to come beyond what is in already.
func (p prospect) stretched(soFar, factor float64) prospect {
	out := prospect{mean: soFar + (p.mean-soFar)*factor, draws: make([]float64, len(p.draws))}
	for k, x := range p.draws {
		out.draws[k] = soFar + (x-soFar)*factor
	}
	out.sorted = slices.Clone(out.draws)
	slices.Sort(out.sorted)
	return out
}
