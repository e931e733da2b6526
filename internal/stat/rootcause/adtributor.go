package rootcause

import (
	"cmp"
	"math"
	"slices"
)

// Power is the explanatory power of each element of one dimension,
// (A_i − F_i)/(A − F): its share of the change of the sum. Zero where nothing changed.
//
// Source: Bhagwan et al., Adtributor: revenue debugging in advertising systems, NSDI 2014,
// eq. 1.
func Power(forecast, actual []float64) []float64 {
	out := make([]float64, len(forecast))
	change := total(actual) - total(forecast)
	for i := range out {
		out[i] = finite((actual[i] - forecast[i]) / change)
	}
	return out
}

// DerivedPower is the explanatory power for a ratio Σm1/Σm2: the finite difference of the
// ratio when one element alone goes from forecast to actual, normalised to add up to one.
//
// Source: Bhagwan et al. (NSDI 2014), section 3.3.
func DerivedPower(f1, a1, f2, a2 []float64) []float64 {
	out := make([]float64, len(f1))
	sum1, sum2 := total(f1), total(f2)
	sum := 0.0
	for i := range out {
		out[i] = finite(((a1[i]-f1[i])*sum2 - (a2[i]-f2[i])*sum1) / (sum2 * (sum2 + a2[i] - f2[i])))
		sum += out[i]
	}
	for i := range out {
		out[i] = finite(out[i] / sum)
	}
	return out
}

// Surprise is how unexpected each element's share of the whole is: half the
// Jensen–Shannon terms of its forecast and actual share.
//
// Source: Bhagwan et al. (NSDI 2014), eq. 4.
func Surprise(forecast, actual []float64) []float64 {
	out := make([]float64, len(forecast))
	f, a := total(forecast), total(actual)
	term := func(x, y float64) float64 {
		if x <= 0 || x+y <= 0 {
			return 0
		}
		return x * math.Log(2*x/(x+y))
	}
	for i := range out {
		p, q := finite(forecast[i]/f), finite(actual[i]/a)
		out[i] = .5 * (term(p, q) + term(q, p))
	}
	return out
}

// Explainers are the fewest most surprising elements of one dimension, each explaining
// more than each, that together explain more than all of the change; nil where none do.
//
// Source: Bhagwan et al. (NSDI 2014), algorithm 1, for one dimension.
func Explainers(power, surprise []float64, each, all float64) []int {
	order := make([]int, len(power))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return -cmp.Compare(surprise[a], surprise[b]) })
	var out []int
	sum := 0.0
	for _, i := range order {
		if power[i] <= each {
			continue
		}
		out, sum = append(out, i), sum+power[i]
		if sum > all {
			return out
		}
	}
	return nil
}

func total(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum
}
