package insight

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Explanation says where the change of an indicator between two spans comes
// from. Parts are the indicators at the ends of its formulas; their contributions
// are in the indicator's unit and add up to the change, so that Residual is zero
// but for rounding. Tree holds every indicator on the way.
type Explanation struct {
	Indicator string      `json:"indicator"`
	Base      *float64    `json:"base"`
	Now       *float64    `json:"now"`
	BaseSpan  series.Span `json:"base_span"`
	NowSpan   series.Span `json:"now_span"`
	Change    *float64    `json:"change"`
	Parts     []Part      `json:"parts"` // the largest first
	Residual  *float64    `json:"residual"`
	Tree      []TreePart  `json:"tree"`
	// What stands behind the parts: whether there is anything to explain, which
	// influences moved them, and where.
	Worth      *Worth          `json:"worth"`
	Influences []PartInfluence `json:"influences"`
	Dimensions []PartDimension `json:"dimensions"`
	Causes     []RootCause     `json:"causes"`
	Reason     *string         `json:"reason"` // why there is no split
	Sentence   string          `json:"sentence"`
}

// The kinds of Part.
const (
	// PartFormula is an indicator at the end of a formula.
	PartFormula = "formula"
	// PartGap is the change of the gap between an indicator's measured and its
	// computed number: what its formula does not explain.
	PartGap = "gap"
)

// Part is one contribution to a change; null where the change cannot be split.
type Part struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Kind         string   `json:"kind"`
	Contribution *float64 `json:"contribution"`
	Before       *float64 `json:"before"`
	After        *float64 `json:"after"`
	Sentence     string   `json:"sentence"`
}

// TreePart is an indicator on the way, with what reached it from below.
type TreePart struct {
	ID           string   `json:"id"`
	Parents      []string `json:"parents"`
	Before       *float64 `json:"before"`
	After        *float64 `json:"after"`
	Contribution *float64 `json:"contribution"`
	Leaf         bool     `json:"leaf"`
}

// Explain splits the change of an indicator from one span to another over its
// formulas.
//
// Each formula's change is split among its inputs by attribute; what an input
// contributes is passed on to its own inputs as they split the input's change,
// and adds up where an indicator is used twice. An indicator that is measured
// and computed passes on what its formula explains and keeps the rest as a part
// of kind gap. An indicator with a formula whose inputs lack data is an end.
func Explain(ev *goal.Evaluator, indicator string, base, now series.Span, opt Options) Explanation {
	return NewView(ev, opt).Explain(indicator, base, now)
}

// Explain splits the change of an indicator over its formulas.
func (v *View) Explain(indicator string, base, now series.Span) Explanation {
	x := Explanation{Indicator: indicator, BaseSpan: base, NowSpan: now, Parts: []Part{}, Tree: []TreePart{},
		Influences: []PartInfluence{}, Dimensions: []PartDimension{}, Causes: []RootCause{}}
	ind := v.model.Indicator(indicator)
	if ind == nil {
		x.Reason = v.sayOrNil(words.T("「%s」という指標はありません。", "There is no indicator “%s”.", indicator))
		return x
	}
	before, after := v.value(indicator, base), v.value(indicator, now)
	x.Base, x.Now = number(before.V), number(after.V)
	x.Change = number(after.V - before.V)
	d := &descent{View: v, base: base, now: now, weight: map[string]float64{indicator: 1}, parents: map[string][]string{}}
	if x.Change == nil {
		why := before.Why
		if why.Zero() {
			why = after.Why
		}
		x.Reason = v.sayOrNil(why)
		d.listEnds(indicator, &x)
		return x
	}
	d.walk(indicator, &x)
	d.settle(&x)
	x.Worth = v.worth(ind, base, now)
	x.Influences = v.byInfluence(&x)
	x.Dimensions, x.Causes = v.byDimension(&x)
	x.Sentence = v.say(v.explainSentence(ind, &x))
	return x
}

// descent passes a change down from an indicator to the ends of its formulas.
type descent struct {
	*View
	base, now series.Span
	weight    map[string]float64 // what one unit of an indicator's change brings at the top
	parents   map[string][]string
	gaps      []Part
}

// walk visits what lies under an indicator from the top down, so that all its
// parents have passed on their share before it does.
func (d *descent) walk(top string, x *Explanation) {
	order := d.model.Order()
	for i := len(order) - 1; i >= 0; i-- {
		id := order[i]
		weight, reached := d.weight[id]
		if !reached {
			continue
		}
		before, after := d.value(id, d.base), d.value(id, d.now)
		leaf := !d.passOn(id, weight, before, after)
		x.Tree = append(x.Tree, TreePart{
			ID: id, Parents: append([]string{}, d.parents[id]...), Before: number(before.V), After: number(after.V),
			Contribution: number(weight * (after.V - before.V)), Leaf: leaf,
		})
		if leaf {
			x.Parts = append(x.Parts, d.part(id, PartFormula, weight*(after.V-before.V), before.V, after.V))
		}
	}
	x.Parts = append(x.Parts, d.gaps...)
}

// passOn hands an indicator's share to the inputs of its formula; false makes it
// an end.
func (d *descent) passOn(id string, weight float64, before, after goal.Value) bool {
	e := d.model.Indicator(id).Formula
	if e == nil {
		return false
	}
	was, is := map[string]float64{}, map[string]float64{}
	for _, name := range e.Inputs() {
		was[name], is[name] = d.value(name, d.base).V, d.value(name, d.now).V
		if !exists(was[name]) || !exists(is[name]) {
			return false
		}
	}
	s, ok := attribute(e, was, is)
	if !ok {
		return false
	}
	computedBefore, computedAfter := eval(e, was), eval(e, is)
	gap := (after.V - before.V) - (computedAfter - computedBefore)
	if d.model.Indicator(id).Measure != nil && math.Abs(gap) > 1e-12*max(math.Abs(before.V), math.Abs(after.V)) {
		d.gaps = append(d.gaps, d.part(id, PartGap, weight*gap, before.V-computedBefore, after.V-computedAfter))
	}
	for _, name := range e.Inputs() {
		d.weight[name] += weight * s.slope[name]
		d.parents[name] = append(d.parents[name], id)
	}
	return true
}

func eval(e *formula.Expr, at map[string]float64) float64 {
	v, err := e.Eval(func(name string) (float64, bool) { return at[name], true })
	if err != nil {
		return math.NaN()
	}
	return v
}

// settle spreads what rounding left over and sorts the parts, the largest first.
func (d *descent) settle(x *Explanation) {
	for range 2 {
		sum, size := 0.0, 0.0
		for _, p := range x.Parts {
			sum += orNaN(p.Contribution)
			size += math.Abs(orNaN(p.Contribution))
		}
		left := *x.Change - sum
		x.Residual = number(left)
		if left == 0 || !(size > 0) || math.Abs(left) > 1e-4*size {
			break
		}
		for i, p := range x.Parts {
			x.Parts[i].Contribution = number(*p.Contribution + left*math.Abs(*p.Contribution)/size)
		}
	}
	sum := 0.0
	for _, p := range x.Parts {
		sum += orNaN(p.Contribution)
	}
	x.Residual = number(*x.Change - sum)
	slices.SortStableFunc(x.Parts, func(a, b Part) int {
		return cmp.Compare(math.Abs(orNaN(b.Contribution)), math.Abs(orNaN(a.Contribution)))
	})
	top := d.model.Indicator(x.Indicator)
	for i := range x.Parts {
		x.Parts[i].Sentence = d.say(d.partSentence(top, &x.Parts[i]))
	}
}

func (d *descent) part(id, kind string, contribution, before, after float64) Part {
	return Part{
		ID: id, Name: d.model.Indicator(id).Name, Kind: kind,
		Contribution: number(contribution), Before: number(before), After: number(after),
	}
}

// listEnds names the ends without numbers, where the change itself has none.
func (d *descent) listEnds(top string, x *Explanation) {
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		children := d.model.Children(id)
		for _, child := range children {
			visit(child)
		}
		if len(children) == 0 {
			x.Parts = append(x.Parts, d.part(id, PartFormula, math.NaN(), d.value(id, d.base).V, d.value(id, d.now).V))
		}
	}
	visit(top)
}
