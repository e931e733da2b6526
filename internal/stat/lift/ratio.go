package lift

// Ratio is a metric like clicks per visit where people, not visits, were randomised: the
// sum of one number over the sum of another.
type Ratio struct {
	Numerator, Denominator Sample
	Covariance             float64 // of one person's two numbers
}

// Sample is the ratio as if each person had one value, by the delta method (Deng, Knoblich
// & Lu 2018): mean r = m/d, variance of one (s_m² − 2r·cov + r²s_d²)/d². ok is false where
// the denominators sum to 0.
func (r Ratio) Sample() (s Sample, ok bool) {
	d := r.Denominator.Mean
	if d == 0 {
		return Sample{N: r.Numerator.N}, false
	}
	ratio := r.Numerator.Mean / d
	variance := (r.Numerator.Variance - 2*ratio*r.Covariance + ratio*ratio*r.Denominator.Variance) / (d * d)
	return Sample{N: r.Numerator.N, Mean: ratio, Variance: max(0, variance)}, true
}

// Cross are the covariances of a person's numbers after and before.
type Cross struct{ MM, DD, MD, DM float64 } // numerator after with numerator before, …, denominator after with numerator before

// RatioPair joins a ratio with the same ratio from before; the covariance of the two is
// that of their linear forms (m − r·d)/d̄.
func RatioPair(post, pre Ratio, cross Cross) (p Pair, ok bool) {
	a, ok1 := post.Sample()
	b, ok2 := pre.Sample()
	if !ok1 || !ok2 {
		return Pair{Post: a, Pre: b}, false
	}
	covariance := cross.MM - b.Mean*cross.MD - a.Mean*cross.DM + a.Mean*b.Mean*cross.DD
	return Pair{Post: a, Pre: b, Covariance: covariance / (post.Denominator.Mean * pre.Denominator.Mean)}, true
}

// RatioTheta is the slope for ratios: the covariances of both arms over their variances
// before, unweighted.
func RatioTheta(control, treatment Pair) float64 {
	below := control.Pre.Variance + treatment.Pre.Variance
	if !(below > 0) {
		return 0
	}
	return (control.Covariance + treatment.Covariance) / below
}

// RelativeRatio is the adjusted difference of two ratios as a share of the control's
// unadjusted ratio. It is RelativeAdjusted with g = 1 + difference/m_A.
func RelativeRatio(control, treatment Pair, theta float64) (Estimate, bool) {
	gap := treatment.Adjusted(theta).Mean - control.Adjusted(theta).Mean
	return relativeAdjusted(control, treatment, theta, 1+gap/control.Post.Mean)
}
