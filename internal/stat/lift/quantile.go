package lift

import (
	"math"
	"slices"
	"sort"
)

// Iterated is a band for the whole empirical distribution function at once and at all
// times from tMin on: A √((ln(1 + ln(t/tMin)) + C)/t), with C the smallest for which the
// error probability inf_η 4e^{−γ²C}(1 + 1/((γ²−1) ln η)), γ² = 2/η (A − √(2(η−1)/C))², is
// alpha (Howard & Ramdas 2022, theorem 2). A must exceed 1/√2. +Inf before tMin.
func Iterated(t, alpha, tMin, a float64) float64 {
	if t < tMin {
		return math.Inf(1)
	}
	c := bisect(func(c float64) bool { return iteratedError(c, a) < alpha }, 1, 1e3)
	return a * math.Sqrt((math.Log(1+math.Log(t/tMin))+c)/t)
}

// iteratedError minimises the bound over η by golden section; it falls and rises once.
func iteratedError(c, a float64) float64 {
	at := func(eta float64) float64 {
		root := a - math.Sqrt(2*(eta-1)/c)
		gamma := 2 / eta * root * root
		if root <= 0 || gamma <= 1 {
			return math.Inf(1)
		}
		return 4 * math.Exp(-gamma*c) * (1 + 1/((gamma-1)*math.Log(eta)))
	}
	low := 1.0
	high := bisect(func(eta float64) bool { return math.Sqrt(eta/2)+math.Sqrt(2*(eta-1)/c) > a }, 1, 2*a*a)
	const golden = 0.6180339887498949
	x, y := high-golden*(high-low), low+golden*(high-low)
	fx, fy := at(x), at(y)
	for range 80 {
		if fx < fy || math.IsInf(fy, 1) {
			high, y, fy = y, x, fx
			x = high - golden*(high-low)
			fx = at(x)
		} else {
			low, x, fx = x, y, fy
			y = low + golden*(high-low)
			fy = at(y)
		}
	}
	return min(fx, fy)
}

// QuantilePValue is an always-valid p-value that two arms have the same p-quantile: for
// each common value the two arms' beta-binomial evidence against it is added, the value
// with the least evidence is kept (Howard & Ramdas 2022, §5). tuned is the number of
// observations an arm has when it is tightest. 1 where an arm is empty.
func QuantilePValue(control, treatment []float64, p, tuned float64) float64 {
	if len(control) == 0 || len(treatment) == 0 || !(p > 0 && p < 1) {
		return 1
	}
	m := NewBetaBinomial(tuned*p*(1-p), 0.05, p, 1-p, false)
	a, b := newOrdered(control, m, p), newOrdered(treatment, m, p)
	least := math.Inf(1)
	for _, x := range slices.Concat(a.values, b.values) {
		least = min(least, a.evidence(x)+b.evidence(x))
	}
	return min(1, math.Exp(-least))
}

// ordered is an arm's observations in order and the share below its quantile that speaks
// least against it.
type ordered struct {
	values []float64
	m      BetaBinomial
	p      float64
	easy   float64
}

func newOrdered(values []float64, m BetaBinomial, p float64) ordered {
	o := ordered{values: slices.Sorted(slices.Values(values)), m: m, p: p}
	low, high := 0.0, 1.0
	for range 100 { // the evidence falls and rises once
		third := (high - low) / 3
		if o.at(low+third) < o.at(high-third) {
			high -= third
		} else {
			low += third
		}
	}
	o.easy = (low + high) / 2
	return o
}

func (o ordered) at(share float64) float64 {
	n := float64(len(o.values))
	return o.m.LogValue((share-o.p)*n, o.p*(1-o.p)*n)
}

// evidence against x being the quantile: shares between those below x and those up to x
// are all possible, the easiest counts.
func (o ordered) evidence(x float64) float64 {
	n := float64(len(o.values))
	below := float64(sort.SearchFloat64s(o.values, x)) / n
	upTo := float64(sort.Search(len(o.values), func(i int) bool { return o.values[i] > x })) / n
	return o.at(min(max(o.easy, below), upTo))
}
