// Package decompose splits a change exactly into what caused it: a product into its
// factors, a rate into what its parts did and how their mix shifted.
package decompose

import "math"

// Product splits the change of a product of positive factors, before and after in the
// same order, into one contribution a factor, in the product's unit; they add up to the
// change. It is the additive logarithmic mean Divisia index (LMDI-I; Ang 2005, eq. 4):
// each factor gets L(V1, V0) ln(x1/x0), L being the logarithmic mean. A factor of zero
// is taken for one beyond measuring, as Ang and Liu (2007) propose. ok is false for
// factors that are negative, not numbers, or not of one length.
func Product(before, after []float64) (parts []float64, ok bool) {
	if len(before) != len(after) || len(before) == 0 {
		return nil, false
	}
	const nearlyZero = 1e-20
	was, is := 1.0, 1.0
	x0, x1 := make([]float64, len(before)), make([]float64, len(after))
	for i := range before {
		if !(before[i] >= 0) || !(after[i] >= 0) || math.IsInf(before[i], 0) || math.IsInf(after[i], 0) {
			return nil, false
		}
		x0[i], x1[i] = max(before[i], nearlyZero), max(after[i], nearlyZero)
		was *= x0[i]
		is *= x1[i]
	}
	if math.IsInf(was, 0) || math.IsInf(is, 0) {
		return nil, false
	}
	mean := logarithmicMean(is, was)
	parts = make([]float64, len(before))
	for i := range parts {
		parts[i] = mean * math.Log(x1[i]/x0[i])
	}
	return parts, true
}

func logarithmicMean(a, b float64) float64 {
	if a == b {
		return a
	}
	// Close numbers lose all digits in the quotient; their mean is within 1e-13.
	if r := a / b; math.Abs(r-1) < 1e-6 {
		return (a + b) / 2
	}
	return (a - b) / math.Log(a/b)
}

// Mix is what the parts of a whole did to the whole's rate.
type Mix struct {
	Before, After float64   // the whole's rate
	Rate          []float64 // of each part, in the rate's unit: what its own rate did
	Shift         []float64 // of each part: what its changed share did
}

// RateOf splits the change of a whole's rate, given how many things each part has and
// the rate among them (Kitagawa 1955, with the mean of both times as weights): Rate and
// Shift add up to After − Before. ok is false where a whole has nothing in it, or a
// number is missing or negative.
func RateOf(countBefore, rateBefore, countAfter, rateAfter []float64) (m Mix, ok bool) {
	n := len(countBefore)
	if n == 0 || len(rateBefore) != n || len(countAfter) != n || len(rateAfter) != n {
		return Mix{}, false
	}
	was, is := 0.0, 0.0
	for i := range n {
		for _, x := range []float64{countBefore[i], countAfter[i], rateBefore[i], rateAfter[i]} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return Mix{}, false
			}
		}
		if countBefore[i] < 0 || countAfter[i] < 0 {
			return Mix{}, false
		}
		was += countBefore[i]
		is += countAfter[i]
	}
	if was == 0 || is == 0 {
		return Mix{}, false
	}
	for i := range n {
		m.Before += countBefore[i] / was * rateBefore[i]
		m.After += countAfter[i] / is * rateAfter[i]
	}
	middle := (m.Before + m.After) / 2
	for i := range n {
		share0, share1 := countBefore[i]/was, countAfter[i]/is
		m.Rate = append(m.Rate, (share0+share1)/2*(rateAfter[i]-rateBefore[i]))
		// Against the whole's own rate, so that a part that is like the whole does
		// nothing by growing.
		m.Shift = append(m.Shift, ((rateBefore[i]+rateAfter[i])/2-middle)*(share1-share0))
	}
	return m, true
}
