package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// The tails are computed from incomplete beta and gamma functions and not as 1 − CDF, so
// that a probability of 1e-40 stays one.

// NormalTail is P(Z > z) of the standard normal distribution.
func NormalTail(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

// NormalQuantile is the z with P(Z ≤ z) = p; ±Inf outside (0, 1).
func NormalQuantile(p float64) float64 {
	switch {
	case !(p > 0):
		return math.Inf(-1)
	case p >= 1:
		return math.Inf(1)
	}
	return distuv.UnitNormal.Quantile(p)
}

// StudentTails is P(|T| > |t|) of Student's distribution with df degrees of freedom;
// the normal one where df is infinite.
func StudentTails(t, df float64) float64 {
	switch {
	case math.IsNaN(t) || !(df > 0):
		return 1
	case math.IsInf(t, 0):
		return 0
	case math.IsInf(df, 1):
		return 2 * NormalTail(math.Abs(t))
	case t == 0:
		return 1
	}
	return mathext.RegIncBeta(df/2, 0.5, df/(df+t*t))
}

// StudentTail is P(T > t).
func StudentTail(t, df float64) float64 {
	both := StudentTails(t, df) / 2
	if t < 0 {
		return 1 - both
	}
	return both
}

// StudentQuantile is the t with P(T ≤ t) = p.
func StudentQuantile(p, df float64) float64 {
	if math.IsInf(df, 1) || df > 1e12 {
		return NormalQuantile(p)
	}
	q := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(p)
	// One step of Newton's method brings the last digits the inverse beta leaves open.
	density := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Prob(q)
	if density > 0 && !math.IsInf(q, 0) {
		q -= ((1 - p) - StudentTail(q, df)) / -density
	}
	return q
}

// FTail is P(F > f) with df1 and df2 degrees of freedom.
func FTail(f, df1, df2 float64) float64 {
	switch {
	case math.IsNaN(f) || f <= 0 || !(df1 > 0) || !(df2 > 0):
		return 1
	case math.IsInf(f, 1):
		return 0
	}
	return mathext.RegIncBeta(df2/2, df1/2, df2/(df2+df1*f))
}

// ChiSquareTail is P(X > x) with df degrees of freedom.
func ChiSquareTail(x, df float64) float64 {
	switch {
	case math.IsNaN(x) || x <= 0 || !(df > 0):
		return 1
	case math.IsInf(x, 1):
		return 0
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}
