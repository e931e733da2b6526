package insight

import (
	"math"
	"math/bits"

	"github.com/shirube/shirube/internal/formula"
)

// exactInputs is up to how many inputs a formula is split by trying every
// coalition of them; 2^12 evaluations take about a millisecond.
const exactInputs = 12

// split is how a formula's change comes from its inputs.
type split struct {
	share map[string]float64 // what each input contributes, in the formula's unit
	slope map[string]float64 // the same per unit of the input's change
}

// attribute splits the change of a formula between two points among its inputs
// by the Shapley value: the mean, over all orders in which the inputs could have
// changed one after the other, of what an input's change did. It is exact: the
// shares add up to the change.
//
// Sums are split term by term, which is the same thing. Formulas of more than
// exactInputs inputs are split along the straight way between the two points
// (Aumann and Shapley), whose shares add up to the change too; what the
// integration leaves over is spread in proportion to the shares.
//
// ok is false where the formula has no value on some way between the points, as
// when a divisor changes its sign.
func attribute(e *formula.Expr, base, now map[string]float64) (split, bool) {
	names := e.Inputs()
	if s, linear := attributeSum(e, base, now); linear {
		return s, true
	}
	if len(names) > exactInputs {
		return attributeAlong(e, names, base, now)
	}
	return attributeExactly(e, names, base, now)
}

func attributeSum(e *formula.Expr, base, now map[string]float64) (split, bool) {
	shape := e.Shape()
	if shape.Op != formula.JoinSum && shape.Op != formula.JoinName {
		return split{}, false
	}
	s := split{share: map[string]float64{}, slope: map[string]float64{}}
	for _, part := range shape.Parts {
		s.slope[part.Name] += float64(part.Sign)
	}
	for name, slope := range s.slope {
		s.share[name] = slope * (now[name] - base[name])
	}
	return s, true
}

func attributeExactly(e *formula.Expr, names []string, base, now map[string]float64) (split, bool) {
	n := len(names)
	index := make(map[string]int, n)
	for i, name := range names {
		index[name] = i
	}
	// point is where the inputs of a set are as they are now and the others as
	// they were.
	point := func(set uint) func(string) (float64, bool) {
		return func(name string) (float64, bool) {
			if set>>index[name]&1 == 1 {
				return now[name], true
			}
			return base[name], true
		}
	}
	values := make([]float64, 1<<n)
	for set := range values {
		v, err := e.Eval(point(uint(set)))
		if err != nil {
			return split{}, false
		}
		values[set] = v
	}
	weight := coalitionWeights(n)
	s := split{share: make(map[string]float64, n), slope: make(map[string]float64, n)}
	for i, name := range names {
		sum := 0.0
		for set := range values {
			if set>>i&1 == 0 {
				sum += weight[bits.OnesCount(uint(set))] * (values[set|1<<i] - values[set])
			}
		}
		s.share[name] = sum
	}
	spread(s.share, names, values[len(values)-1]-values[0])
	for i, name := range names {
		if step := now[name] - base[name]; !still(base[name], now[name]) {
			s.slope[name] = s.share[name] / step
			continue
		}
		// An input that stood still contributes nothing, but what lies below it
		// may have moved and cancelled out: its parts pass through the limit of
		// share per step, which is the mean partial derivative.
		for set := range values {
			if set>>i&1 == 0 {
				_, partial, err := e.Gradient(point(uint(set)))
				if err != nil {
					return split{}, false
				}
				s.slope[name] += weight[bits.OnesCount(uint(set))] * partial[name]
			}
		}
	}
	return s, true
}

// coalitionWeights is the probability of each size of the set of inputs that
// changed before a given one, divided by the number of such sets.
func coalitionWeights(n int) []float64 {
	weights := make([]float64, n)
	for size := range weights {
		weights[size] = 1 / float64(n)
		for i := 1; i <= size; i++ { // 1 / binomial(n-1, size)
			weights[size] *= float64(i) / float64(n-i)
		}
	}
	return weights
}

// still reports whether a value changed by no more than rounding.
func still(base, now float64) bool {
	return math.Abs(now-base) <= 1e-9*max(math.Abs(base), math.Abs(now))
}

// spread corrects what rounding or integration left over, in proportion to the
// size of the shares.
func spread(share map[string]float64, names []string, change float64) {
	sum, size := 0.0, 0.0
	for _, name := range names {
		sum += share[name]
		size += math.Abs(share[name])
	}
	left := change - sum
	if left == 0 || size == 0 {
		return
	}
	for _, name := range names {
		share[name] += left * math.Abs(share[name]) / size
	}
}

// attributeAlong integrates the partial derivatives along the straight way from
// base to now, with Gauss and Legendre's five points on each of 16 pieces.
func attributeAlong(e *formula.Expr, names []string, base, now map[string]float64) (split, bool) {
	const pieces = 16
	slope := make(map[string]float64, len(names))
	for piece := range pieces {
		for i, x := range legendrePoints {
			t := (float64(piece) + (1+x)/2) / pieces
			_, partial, err := e.Gradient(func(name string) (float64, bool) {
				return base[name] + t*(now[name]-base[name]), true
			})
			if err != nil {
				return split{}, false
			}
			for _, name := range names {
				slope[name] += partial[name] * legendreWeights[i] / 2 / pieces
			}
		}
	}
	first, err := e.Eval(func(name string) (float64, bool) { return base[name], true })
	last, err2 := e.Eval(func(name string) (float64, bool) { return now[name], true })
	if err != nil || err2 != nil {
		return split{}, false
	}
	s := split{share: make(map[string]float64, len(names)), slope: slope}
	for _, name := range names {
		s.share[name] = slope[name] * (now[name] - base[name])
	}
	spread(s.share, names, last-first)
	for _, name := range names {
		if !still(base[name], now[name]) {
			s.slope[name] = s.share[name] / (now[name] - base[name])
		}
	}
	return s, true
}

var (
	legendrePoints  = [5]float64{-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640}
	legendreWeights = [5]float64{0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891}
)
