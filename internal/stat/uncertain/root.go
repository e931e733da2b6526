package uncertain

import "math"

// Root finds where a function crosses zero between low and high, to the last digits,
// by bisection made faster where the function is smooth (Illinois variant of regula
// falsi; Dowell and Jarratt 1971). ok is false when both ends lie on the same side: a
// wanted value that cannot be reached is told, not approached.
func Root(low, high float64, f func(x float64) float64) (x float64, ok bool) {
	atLow, atHigh := f(low), f(high)
	switch {
	case atLow == 0:
		return low, true
	case atHigh == 0:
		return high, true
	case math.IsNaN(atLow) || math.IsNaN(atHigh) || (atLow > 0) == (atHigh > 0):
		return math.NaN(), false
	}
	for i := range 200 {
		x = high - atHigh*(high-low)/(atHigh-atLow)
		if i%3 == 2 || !(x > min(low, high)) || !(x < max(low, high)) {
			x = low + (high-low)/2 // never slower than bisection for long
		}
		y := f(x)
		if y == 0 || math.Abs(high-low) <= 4e-16*math.Abs(x) {
			return x, true
		}
		if (y > 0) == (atHigh > 0) {
			high, atHigh = x, y
			atLow /= 2
		} else {
			low, atLow = x, y
			atHigh /= 2
		}
	}
	return x, true
}
