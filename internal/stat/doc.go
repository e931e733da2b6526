// Package stat holds the textbook statistics that the rooms below it stand on: least
// squares with errors that stay right under unequal spread and autocorrelation, tests of
// residuals and of unit roots, Granger causality, and the control of false discoveries.
//
// Everything here is plain arithmetic on slices: no clock, no chance. Data are complete
// (missing days are dealt with before) and finite; what cannot be computed is one of the
// errors below, never NaN. Where packages differ by convention the comment says which one
// is followed; reference numbers of both statsmodels and R are part of the tests.
package stat

import (
	"errors"
	"math"
)

// Why a number could not be computed.
var (
	ErrTooShort    = errors.New("too few observations")
	ErrCollinear   = errors.New("a column follows from the others")
	ErrNoVariation = errors.New("the values do not vary")
	ErrNotFinite   = errors.New("a value is missing or infinite")
	ErrShape       = errors.New("columns differ in length")
)

// Test is the outcome of one test: its statistic, the tail probability and the degrees
// of freedom of its reference distribution (DF2 is 0 for chi-square).
type Test struct {
	Stat, P  float64
	DF1, DF2 float64
}

func finite(columns ...[]float64) bool {
	for _, c := range columns {
		for _, v := range c {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return false
			}
		}
	}
	return true
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// varies reports whether values differ by more than rounding.
func varies(v []float64) bool {
	low, high, size := math.Inf(1), math.Inf(-1), 0.0
	for _, x := range v {
		low, high, size = min(low, x), max(high, x), max(size, math.Abs(x))
	}
	return high-low > 1e-12*size
}
