package lift

import "math"

// Pair is an arm's outcome together with the same people's number from before the
// experiment, which chance alone can have made differ between the arms.
type Pair struct {
	Post, Pre  Sample
	Covariance float64 // of one person's outcome and their number before
}

// FromCrossSums makes a pair from the sum of products of outcome and number before.
func FromCrossSums(post, pre Sample, cross float64) Pair {
	p := Pair{Post: post, Pre: pre}
	if post.N > 1 {
		p.Covariance = (cross - post.N*post.Mean*pre.Mean) / (post.N - 1)
	}
	return p
}

// Theta is the slope of the outcome on the number before over both arms taken as one
// sample: cov/var (Deng, Xu, Kohavi & Walker 2013, CUPED). 0 where nothing varied before.
func Theta(control, treatment Pair) float64 {
	both := pooled(control, treatment)
	if !(both.Pre.Variance > 0) {
		return 0
	}
	return both.Covariance / both.Pre.Variance
}

// pooled is the two arms as one sample, the difference between them included.
func pooled(a, b Pair) Pair {
	n := a.Post.N + b.Post.N
	between := a.Post.N * b.Post.N / n
	mix := func(va, vb, gap float64) float64 {
		return ((a.Post.N-1)*va + (b.Post.N-1)*vb + between*gap) / (n - 1)
	}
	post, pre := b.Post.Mean-a.Post.Mean, b.Pre.Mean-a.Pre.Mean
	return Pair{
		Post:       Sample{N: n, Mean: (a.Post.N*a.Post.Mean + b.Post.N*b.Post.Mean) / n, Variance: mix(a.Post.Variance, b.Post.Variance, post*post)},
		Pre:        Sample{N: n, Mean: (a.Pre.N*a.Pre.Mean + b.Pre.N*b.Pre.Mean) / n, Variance: mix(a.Pre.Variance, b.Pre.Variance, pre*pre)},
		Covariance: mix(a.Covariance, b.Covariance, post*pre),
	}
}

func (p Pair) usable() bool {
	return usable(p.Post.Mean, p.Post.Variance, p.Pre.Mean, p.Pre.Variance, p.Covariance)
}

// Adjusted is the outcome with θ times the number before taken off.
func (p Pair) Adjusted(theta float64) Sample {
	return Sample{N: p.Post.N, Mean: p.Post.Mean - theta*p.Pre.Mean,
		Variance: max(0, p.Post.Variance+theta*theta*p.Pre.Variance-2*theta*p.Covariance)}
}

// AbsoluteAdjusted is the difference of the adjusted means.
func AbsoluteAdjusted(control, treatment Pair, theta float64) (Estimate, bool) {
	return Absolute(control.Adjusted(theta), treatment.Adjusted(theta))
}

// RelativeAdjusted is the difference of the adjusted means as a share of the control's
// unadjusted mean (the adjusted one has no meaning of its own). Its variance is that of the
// delta method: the treatment's is Var(post_B − θpre_B)/(n_B m_A²); the control's mean also
// stands below, so its part is Var(g·post_A − θpre_A)/(n_A m_A²) with g = m_B/m_A. (In g the
// difference before is taken as what it is on average, none.)
func RelativeAdjusted(control, treatment Pair, theta float64) (e Estimate, ok bool) {
	return relativeAdjusted(control, treatment, theta, treatment.Post.Mean/control.Post.Mean)
}

// relativeAdjusted takes g, the ratio of the arms that the variance is computed at.
func relativeAdjusted(control, treatment Pair, theta, g float64) (e Estimate, ok bool) {
	a, b := control.Adjusted(theta), treatment.Adjusted(theta)
	m := control.Post.Mean
	if m == 0 || control.Post.N < 1 {
		return Estimate{}, false
	}
	below := g*g*control.Post.Variance - 2*g*theta*control.Covariance + theta*theta*control.Pre.Variance
	variance := (b.ofMean() + max(0, below)/control.Post.N) / (m * m)
	e = Estimate{Value: (b.Mean - a.Mean) / math.Abs(m), SE: math.Sqrt(variance), DF: welchDF(a, b), N: a.N + b.N}
	return e, e.known()
}

// VarianceRatio is how much of the variance of the difference is left by the adjustment;
// about 1 − ρ² with ρ the correlation of outcome and number before.
func VarianceRatio(control, treatment Pair, theta float64) float64 {
	before := control.Post.ofMean() + treatment.Post.ofMean()
	if !(before > 0) {
		return 1
	}
	left := (control.Adjusted(theta).ofMean() + treatment.Adjusted(theta).ofMean()) / before
	if !usable(left) {
		return 1
	}
	return left
}
