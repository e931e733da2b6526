package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
)

// carrier carries changed values up a model: along formulas exactly, along
// influences that were found to move their end by their elasticity. It works on
// the values of one span and on indicators by their place, because a what-if
// carries the same change thousands of times.
type carrier struct {
	ids       []string // causes before effects
	place     map[string]int
	formulas  []*formula.Expr
	inputs    [][]int
	base      []goal.Value
	pulls     [][]pull // by the place they act at
	uncounted []goal.Influence
	givenUp   func() bool // nobody waits any more
}

// pull is an influence whose strength is known.
type pull struct {
	from, to       int
	elasticity, se float64
	lag            float64 // days to the centre of the effect
	nth            int     // among all pulls: which column of the draws is its
}

// leastRatio keeps a cause that vanishes from sending its effect to infinity or to
// nothing: nobody has seen what happens then.
const leastRatio = 0.01

func (v *View) carrier(span series.Span) *carrier {
	c := &carrier{place: map[string]int{}, givenUp: v.givenUp}
	acting := map[string][]goal.Influence{}
	at := map[string]*tested{}
	for _, in := range v.model.Influences {
		t := v.evidence().of(in.From, in.To)
		if t == nil || t.result.Verdict == link.CannotTell {
			c.uncounted = append(c.uncounted, in)
			continue
		}
		// Two influences of one cause whose rare ends were tested at the same step are
		// one push at that step, not two.
		if key := in.From + "→" + t.step; t.result.Verdict == link.Moves && at[key] == nil {
			acting[t.step] = append(acting[t.step], in)
			at[key] = t
		}
	}
	v.arrange(c, acting)
	n := len(c.ids)
	c.formulas, c.inputs, c.base, c.pulls = make([]*formula.Expr, n), make([][]int, n), make([]goal.Value, n), make([][]pull, n)
	nth := 0
	for i, id := range c.ids {
		c.base[i] = v.valueOf(id, span)
		c.formulas[i] = v.model.Indicator(id).Formula
		for _, child := range v.model.Children(id) {
			c.inputs[i] = append(c.inputs[i], c.place[child])
		}
		for _, in := range acting[id] {
			if c.place[in.From] >= i {
				continue // a circle of influences is gone round once
			}
			t := at[in.From+"→"+id]
			c.pulls[i] = append(c.pulls[i], pull{from: c.place[in.From], to: i, elasticity: t.result.Elasticity, se: t.result.SE, lag: t.result.LagDays, nth: nth})
			nth++
		}
	}
	return c
}

// valueOf is the whole value, with what was measured and what was computed.
func (v *View) valueOf(id string, span series.Span) goal.Value {
	v.value(id, span)
	return v.values[span][id]
}

// arrange puts causes before effects, along formulas and acting influences.
func (v *View) arrange(c *carrier, acting map[string][]goal.Influence) {
	const entered, done = 1, 2
	state := map[string]int{}
	var visit func(id string)
	visit = func(id string) {
		if state[id] != 0 {
			return
		}
		state[id] = entered
		for _, child := range v.model.Children(id) {
			visit(child)
		}
		for _, in := range acting[id] {
			visit(in.From)
		}
		state[id] = done
		c.place[id] = len(c.ids)
		c.ids = append(c.ids, id)
	}
	for _, ind := range v.model.Indicators {
		visit(ind.ID)
	}
}

// pullCount is how many influences have a strength.
func (c *carrier) pullCount() int {
	n := 0
	for _, ps := range c.pulls {
		n += len(ps)
	}
	return n
}

// carried is what became of every indicator, by place.
type carried struct {
	after []float64
	// first and last are the days after which an indicator begins to change and has
	// changed wholly; NaN where it does not change.
	first, last []float64
}

// run carries a change up. set gives new values by place. strength gives the
// elasticity of a pull; nil takes the estimate. Pulls whose effect arrives later
// than within days are left out.
func (c *carrier) run(set map[int]float64, strength func(p pull) float64, within float64) carried {
	n := len(c.ids)
	out := carried{after: make([]float64, n), first: make([]float64, n), last: make([]float64, n)}
	c.runInto(&out, set, strength, within)
	return out
}

// runInto is run without new memory; false when nobody waits any more.
func (c *carrier) runInto(out *carried, set map[int]float64, strength func(p pull) float64, within float64) bool {
	gone := c.givenUp()
	for i := range c.ids {
		out.after[i], out.first[i], out.last[i] = c.base[i].V, math.NaN(), math.NaN()
		if gone { // whoever searches finds nothing any more, and ends
			out.after[i] = math.NaN()
			continue
		}
		if to, isSet := set[i]; isSet {
			out.after[i] = to
			if !same(to, c.base[i].V) {
				out.first[i], out.last[i] = 0, 0
			}
			continue
		}
		if c.touched(i, out.after) {
			out.after[i] = c.compute(i, out.after)
			for _, j := range c.inputs[i] {
				out.meet(i, out.first[j], out.last[j], 0)
			}
		}
		for _, p := range c.pulls[i] {
			ratio := out.after[p.from] / c.base[p.from].V
			if same(out.after[p.from], c.base[p.from].V) || !exists(ratio) || out.last[p.from]+p.lag > within {
				continue
			}
			e := p.elasticity
			if strength != nil {
				e = strength(p)
			}
			out.after[i] *= math.Pow(max(ratio, leastRatio), e)
			out.meet(i, out.first[p.from], out.last[p.from], p.lag)
		}
	}
	return !gone
}

// meet widens the days over which an indicator changes.
func (out *carried) meet(i int, first, last, lag float64) {
	if math.IsNaN(first) {
		return
	}
	if math.IsNaN(out.first[i]) {
		out.first[i], out.last[i] = first+lag, last+lag
		return
	}
	out.first[i], out.last[i] = min(out.first[i], first+lag), max(out.last[i], last+lag)
}

func (c *carrier) touched(i int, after []float64) bool {
	for _, j := range c.inputs[i] {
		if !same(after[j], c.base[j].V) {
			return true
		}
	}
	return false
}

// compute is goal.Evaluator.Recompute for one indicator: what is measured as well
// as computed keeps its gap in proportion.
func (c *carrier) compute(i int, after []float64) float64 {
	computed, err := c.formulas[i].Eval(func(name string) (float64, bool) {
		x := after[c.place[name]]
		return x, !math.IsNaN(x)
	})
	if err != nil {
		computed = math.NaN()
	}
	measured, old := c.base[i].Measured, c.base[i].Computed
	switch {
	case math.IsNaN(measured):
		return computed
	case math.IsNaN(computed) || math.IsNaN(old):
		return measured
	case old == 0:
		return measured + computed
	}
	return measured * (computed / old)
}

// waits lists the days after which more of a change has arrived at an indicator:
// the whole delays of all ways that lead there, in order, 0 for formulas.
func (c *carrier) waits(set map[int]float64, at int) []float64 {
	ways := make([][]float64, len(c.ids))
	for i := range c.ids {
		if to, isSet := set[i]; isSet {
			if !same(to, c.base[i].V) {
				ways[i] = []float64{0}
			}
			continue
		}
		for _, j := range c.inputs[i] {
			ways[i] = append(ways[i], ways[j]...)
		}
		for _, p := range c.pulls[i] {
			for _, d := range ways[p.from] {
				ways[i] = append(ways[i], d+p.lag)
			}
		}
		slices.Sort(ways[i])
		ways[i] = slices.Compact(ways[i])
		ways[i] = ways[i][:min(len(ways[i]), mostWaits)]
	}
	return ways[at]
}

// mostWaits bounds the different delays that are told apart.
const mostWaits = 16
