package scorecard

import (
	"fmt"
	"math"
	"slices"
)

// Card limits that nobody needs to exceed: what has more is no card to be read.
const (
	MostRules  = 30
	MostPoints = 100
)

// Sparse is a whole-number model on features: score = Σ points·value,
// p = 1/(1+e^−(At + Per·score)).
type Sparse struct {
	Points  []int // by feature; 0 where it is not used
	At, Per float64
	Loss    float64 // logistic loss, summed over rows
	Pool    int     // sets of features the rounding chose from
}

// Probability is that of a row of feature values.
func (s Sparse) Probability(row []float64) float64 {
	z := 0.0
	for j, v := range s.Points {
		z += float64(v) * row[j]
	}
	return sigmoid(s.At + s.Per*z)
}

// Fit learns whole points in −bound…bound for at most k of the features (outcome by row).
// With fewer, where whole points or monotone limits leave one without any.
//
// Source: FasterRisk (NeurIPS 2022): beam search under an ℓ0 limit, a pool of single
// swaps, star-ray search with sequential rounding; deviations are noted at each step.
func Fit(features []Feature, outcome []bool, k, bound int) (Sparse, error) {
	if err := checkFit(features, outcome, k, bound); err != nil {
		return Sparse{}, err
	}
	p := newProblem(features, outcome, float64(bound))
	_, last := p.path(k)
	return p.finish(last), nil
}

func checkFit(features []Feature, outcome []bool, k, bound int) error {
	if k < 1 || k > MostRules || bound < 1 || bound > MostPoints {
		return fmt.Errorf("fit card of %d rules and %d points: 1 to %d rules and 1 to %d points are possible", k, bound, MostRules, MostPoints)
	}
	for _, f := range features {
		if len(f.Values) != len(outcome) {
			return fmt.Errorf("fit feature %q: %d values for %d rows", f.Name, len(f.Values), len(outcome))
		}
		if slices.ContainsFunc(f.Values, func(v float64) bool { return math.IsNaN(v) || math.Abs(v) > 1e9 }) {
			return fmt.Errorf("fit feature %q: a value is missing or beyond 1e9", f.Name)
		}
	}
	return nil
}

// finish makes whole points of the best of a beam.
func (p *problem) finish(last []*node) Sparse {
	out := Sparse{Points: make([]int, len(p.columns)), At: last[0].b, Loss: last[0].loss}
	if len(last[0].support) == 0 {
		return out
	}
	pool := p.pool(last)
	out.Pool = len(pool)
	var best points
	for i, nd := range pool {
		// Whole points can only add to the loss: the rest of the pool cannot win.
		if i > 0 && nd.loss >= best.loss {
			break
		}
		if r := p.round(nd); i == 0 || r.loss < best.loss {
			best = r
		}
	}
	// 2, 4, −2 says no more than 1, 2, −1.
	shared := 0
	for _, v := range best.points {
		shared = gcd(shared, v)
	}
	if shared > 1 {
		best.points = slices.Clone(best.points)
		for i := range best.points {
			best.points[i] /= shared
		}
		best.per *= float64(shared)
	}
	for i, j := range best.support {
		out.Points[j] = best.points[i]
	}
	out.At, out.Per, out.Loss = best.at, best.per, best.loss
	return out
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
