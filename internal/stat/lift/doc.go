// Package lift measures what a randomised change did: arms against a control, relative and
// absolute, with intervals for one planned look and intervals that stay right however often
// one looks (always-valid).
//
// Everything works on moments (Sample, Pair, Ratio), so that a table of any length is read
// once. Variances are those of one observation; SE are those of the estimate. What cannot
// be computed is told by ok = false or by a Reason, never by NaN.
package lift

import "math"

// Sample is what is known of one arm's outcome: how many were observed, their mean and
// the variance of one observation.
type Sample struct {
	N              float64
	Mean, Variance float64
}

// FromSums makes a sample from the sum and the sum of squares of n outcomes; the variance
// is divided by n−1.
func FromSums(n, sum, squares float64) Sample {
	if n < 1 {
		return Sample{}
	}
	s := Sample{N: n, Mean: sum / n}
	if n > 1 {
		s.Variance = max(0, (squares-sum*sum/n)/(n-1))
	}
	return s
}

// Proportion is a sample of n yes-or-no outcomes with so many yes; the variance of one is
// p(1−p).
func Proportion(n, yes float64) Sample {
	if n < 1 {
		return Sample{}
	}
	p := yes / n
	return Sample{N: n, Mean: p, Variance: max(0, p*(1-p))}
}

// ofMean is the variance of the sample's mean.
func (s Sample) ofMean() float64 {
	if s.N < 1 {
		return 0
	}
	return s.Variance / s.N
}

// mostSize is the largest number whose square can still be computed with.
const mostSize = 1e120

// usable reports numbers, none of them too large.
func usable(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.Abs(v) > mostSize {
			return false
		}
	}
	return true
}
