package uncertain

import "math"

// Triangular is what people say when asked for the least, the most likely and the
// most: Low ≤ Mode ≤ High.
type Triangular struct{ Low, Mode, High float64 }

// Mean of the distribution.
func (t Triangular) Mean() float64 { return (t.Low + t.Mode + t.High) / 3 }

// Variance of the distribution.
func (t Triangular) Variance() float64 {
	a, m, b := t.Low, t.Mode, t.High
	return (a*a + m*m + b*b - a*m - a*b - m*b) / 18
}

// Quantile of a probability in [0, 1].
func (t Triangular) Quantile(p float64) float64 {
	width := t.High - t.Low
	if width <= 0 {
		return t.Mode
	}
	turn := (t.Mode - t.Low) / width
	if p < turn {
		return t.Low + math.Sqrt(p*width*(t.Mode-t.Low))
	}
	return t.High - math.Sqrt((1-p)*width*(t.High-t.Mode))
}
