package intervention

import (
	"math"
	"slices"
)

// Panel is a table of units by periods: Y[i][t], without gaps. The first Untreated units
// are never treated, the others all from period Before on (so Before is also the number
// of periods before).
type Panel struct {
	Y         [][]float64
	Untreated int
	Before    int
}

// Method is one of the estimators for panels.
type Method int

const (
	// DifferenceInDifferences weighs all untreated units and all earlier periods alike.
	DifferenceInDifferences Method = iota
	// SyntheticControl weighs units so that they follow the treated before the date, and
	// looks at nothing but the periods after it.
	SyntheticControl
	// SyntheticDiD weighs units and periods, and allows a constant distance.
	SyntheticDiD
)

// PanelEffect is the average effect on the treated units and periods, in the unit of Y.
type PanelEffect struct {
	Method       Method
	Effect       float64
	UnitWeights  []float64 // of the untreated units
	TimeWeights  []float64 // of the periods before
	Gap          []float64 // by period: treated average minus weighted untreated average
	SE           float64
	DF           float64 // degrees of freedom of its interval
	CI95         [2]float64
	Rank, Placed int     // place of |Effect| among the effects found for the untreated units, itself included
	P            float64 // Rank/Placed
	Reason       Reason
}

func (p Panel) check() Reason {
	if p.Untreated < 1 || p.Untreated >= len(p.Y) || p.Before < 1 || p.Before >= len(p.Y[0]) {
		return BadShape
	}
	for _, row := range p.Y {
		if len(row) != len(p.Y[0]) || !finite(row...) {
			return BadShape
		}
	}
	return None
}

// noise is the standard deviation of the untreated units' steps before the date, the
// yardstick of regularisation (Arkhangelsky et al. 2021, eq. 5).
func (p Panel) noise() float64 {
	var steps []float64
	for _, row := range p.Y[:p.Untreated] {
		for t := 1; t < p.Before; t++ {
			steps = append(steps, row[t]-row[t-1])
		}
	}
	_, sd, _ := moments(steps)
	return sd
}

// EstimatePanel gives the effect alone, without its error; see InferPanel for that.
//
// Source: Arkhangelsky et al. (2021), algorithm 1. Unit weights are penalised by
// ζ = (treated units × periods after)^¼ × noise, time weights by 10⁻⁶ × noise; both are
// found by simplexFit, made sparse, and found again.
func EstimatePanel(p Panel, method Method) PanelEffect {
	if why := p.check(); why != None {
		return PanelEffect{Method: method, Reason: why}
	}
	noise := p.noise()
	return p.estimate(method, noise, 1e-5*noise, nil, nil)
}

// estimate starts its search from the weights given, or from equal ones, and ends it where
// a step gains less than tiny².
func (p Panel) estimate(method Method, noise, tiny float64, unitStart, timeStart []float64) PanelEffect {
	out := PanelEffect{Method: method, UnitWeights: equal(p.Untreated), TimeWeights: equal(p.Before)}
	treated, after := float64(len(p.Y)-p.Untreated), float64(len(p.Y[0])-p.Before)
	switch method {
	case SyntheticControl:
		out.UnitWeights = p.unitWeights(1e-6*noise, false, unitStart, tiny)
		clear(out.TimeWeights)
	case SyntheticDiD:
		out.UnitWeights = p.unitWeights(math.Pow(treated*after, .25)*noise, true, unitStart, tiny)
		out.TimeWeights = p.timeWeights(1e-6*noise, timeStart, tiny)
	}
	out.Gap = p.gap(out.UnitWeights)
	out.Effect = p.contrast(out.Gap, out.TimeWeights)
	return out
}

func (p Panel) contrast(gap, timeWeights []float64) float64 {
	effect := mean(gap[p.Before:])
	for t, w := range timeWeights {
		effect -= w * gap[t]
	}
	return effect
}

// gap is the treated average minus the weighted untreated average, by period.
func (p Panel) gap(weights []float64) []float64 {
	out := p.treatedMean()
	for i, w := range weights {
		for t, v := range p.Y[i] {
			out[t] -= w * v
		}
	}
	return out
}

func (p Panel) treatedMean() []float64 {
	out := make([]float64, len(p.Y[0]))
	for _, row := range p.Y[p.Untreated:] {
		for t, v := range row {
			out[t] += v / float64(len(p.Y)-p.Untreated)
		}
	}
	return out
}

func (p Panel) unitWeights(zeta float64, intercept bool, start []float64, tiny float64) []float64 {
	a := make([][]float64, p.Before)
	for t := range a {
		a[t] = make([]float64, p.Untreated)
		for i := range a[t] {
			a[t][i] = p.Y[i][t]
		}
	}
	return twice(a, p.treatedMean()[:p.Before], zeta, intercept, start, tiny)
}

func (p Panel) timeWeights(zeta float64, start []float64, tiny float64) []float64 {
	a, b := make([][]float64, p.Untreated), make([]float64, p.Untreated)
	for i := range a {
		a[i], b[i] = p.Y[i][:p.Before], mean(p.Y[i][p.Before:])
	}
	return twice(a, b, zeta, true, start, tiny)
}

func twice(a [][]float64, b []float64, zeta float64, intercept bool, start []float64, tiny float64) []float64 {
	rough := simplexFit(a, b, zeta, intercept, start, tiny, 100)
	return simplexFit(a, b, zeta, intercept, sparse(rough), tiny, 10000)
}

func equal(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1 / float64(n)
	}
	return w
}

// with is the panel with only the units kept, in the order given, of which the last
// treated ones count as treated.
func (p Panel) with(units []int, treated int) Panel {
	out := Panel{Untreated: len(units) - treated, Before: p.Before}
	for _, i := range units {
		out.Y = append(out.Y, p.Y[i])
	}
	return out
}

func normalised(w []float64) []float64 {
	sum := 0.0
	for _, v := range w {
		sum += v
	}
	if sum <= 0 {
		return equal(len(w))
	}
	out := slices.Clone(w)
	for i := range out {
		out[i] /= sum
	}
	return out
}
