package forecast

import (
	"math"
	"slices"
)

// meanStep is the mean squared step from week to week in the model's units, the largest
// left out. What a stock gains every week is no surprise: there it is half the squared
// difference of neighbouring steps.
func (w *weeks) meanStep() float64 {
	var steps, changes []float64
	last := math.NaN()
	for t := 1; t < len(w.value); t++ {
		a, b := w.value[t-1], w.value[t]
		d := b - a
		if !w.additive {
			middle := (w.local[t-1] + w.local[t]) / 2
			if w.nature == stock {
				middle = (a + b) / 2
			}
			d /= max(middle, 1e-12)
		}
		if !math.IsNaN(d) {
			steps = append(steps, d*d)
		}
		if c := d - last; !math.IsNaN(c) {
			changes = append(changes, c*c/2)
		}
		last = d
	}
	w.growth = max(trimmedMean(steps), smallestOfStock)
	if w.nature == stock && len(changes) > 2 {
		return max(min(trimmedMean(changes), w.growth), smallestOfStock)
	}
	return max(w.growth, smallestStep)
}

// trimmedMean is a mean of squares without the largest, put right for that.
func trimmedMean(squares []float64) float64 {
	if len(squares) == 0 {
		return 0.01
	}
	slices.Sort(squares)
	keep := len(squares) - len(squares)/20
	return mean(squares[:keep]) * 1.1
}

// The smallest steps keep what never moved from being certain never to.
const (
	smallestStep    = 1e-8
	smallestOfStock = 1e-12
)
