package lift

import "math"

// The delta method of Relative is the usual formula, and far too sure of falls where
// outcomes are rare: 15 sales against 5 look like 3.9 standard errors that way and are 2.2.
// Compare therefore turns the test of the absolute difference over (Fieller 1954): a
// relative difference L is in the interval if D − L·m is within `reach` of its standard
// errors of zero. Zero is outside it exactly when the absolute difference is told.

// share is what Fieller's interval needs to know.
type share struct {
	d, m      float64 // the (adjusted) difference and the control's mean
	vd, vm, c float64 // their variances and covariance
}

func newShare(control, treatment Pair, theta float64) share {
	a, b := control.Adjusted(theta), treatment.Adjusted(theta)
	return share{
		d: b.Mean - a.Mean, m: control.Post.Mean,
		vd: a.ofMean() + b.ofMean(), vm: control.Post.ofMean(),
		c: -(control.Post.Variance - theta*control.Covariance) / control.Post.N,
	}
}

// value is the difference as a share of the size of the control's mean.
func (s share) value() float64 { return s.d / math.Abs(s.m) }

// interval solves (D − Lm)² = reach²(Var D + L²Var m − 2L Cov). ok is false where the
// control's mean cannot be told from zero, for then no share is excluded on some side.
func (s share) interval(reach float64) (ci [2]float64, ok bool) {
	k := reach * reach
	a, b, c := s.m*s.m-k*s.vm, s.d*s.m-k*s.c, s.d*s.d-k*s.vd
	if !(a > 1e-12*s.m*s.m) {
		return ci, false
	}
	root := math.Sqrt(max(0, b*b-a*c))
	ci = [2]float64{(b - root) / a, (b + root) / a}
	if s.m < 0 {
		ci = [2]float64{-ci[1], -ci[0]}
	}
	return ci, usable(ci[0], ci[1])
}
