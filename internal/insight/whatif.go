package insight

import (
	"errors"
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// WhatIfResult is what a change would do to everything above it, on the numbers
// of one span that all indicators share.
type WhatIfResult struct {
	Span       series.Span  `json:"span"`
	Changes    []Supposed   `json:"changes"`
	Indicators []Affected   `json:"indicators"` // everything that changes, in the order of the file
	KGI        KGIAffected  `json:"kgi"`
	NotCounted []NotCounted `json:"not_counted"`
	Doubt      []Doubt      `json:"doubt"` // which links the KGI's width comes from, the most first; empty for one or none
	Warnings   []string     `json:"warnings"`
}

// Supposed is one supposition as it was applied.
type Supposed struct {
	ID       string   `json:"id"`
	Set      string   `json:"set"`
	Before   *float64 `json:"before"`
	After    *float64 `json:"after"`
	Relative *float64 `json:"relative"`
	Low      *float64 `json:"low"`      // the least and the most there ever was,
	High     *float64 `json:"high"`     // over as many days as Before
	Warning  *string  `json:"warning"`  // outside of what was ever seen
	Share    *float64 `json:"share"`    // points of the KGI's probability that this change alone brings
	TooLate  bool     `json:"too_late"` // nothing of it arrives before the deadline
}

// Affected is an indicator that changes. Formula effects are exact, so their
// interval is the value itself, and they arrive on the day itself; what comes
// through an influence has the interval of its elasticity and arrives after its lag.
type Affected struct {
	ID      string      `json:"id"`
	Before  *float64    `json:"before"`
	After   *float64    `json:"after"`
	Lo95    *float64    `json:"lo95"`
	Hi95    *float64    `json:"hi95"`
	Arrives *series.Day `json:"arrives"`
	NoValue *string     `json:"no_value"` // why there is no value after the change
}

// NotCounted is a link whose strength is not known, so that what passes through
// it is left out.
type NotCounted struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Sentence string `json:"sentence"`
}

// whatIfDraws is how many times a change is carried up with strengths drawn anew.
// 4,096 leave a Monte-Carlo error below one hundredth of the spread at the mean.
const whatIfDraws = 4096

// WhatIf applies suppositions and carries them up: along formulas exactly, along
// influences that were found to move their end by their elasticity, whose
// uncertainty and delay are carried along. The span is the KGI's own for a total
// or growth target (from its start to the as-of day), else the last 28 days.
// Influences that cannot be told yet are not carried: they are listed in
// NotCounted. Errors are *SetError: an unknown indicator, or a relative change of a
// number that does not exist.
func WhatIf(ev *goal.Evaluator, sets []Set, opt Options) (WhatIfResult, error) {
	return NewView(ev, opt).WhatIf(sets)
}

// WhatIf applies suppositions and carries them up.
func (v *View) WhatIf(sets []Set) (WhatIfResult, error) {
	span := v.WhatIfSpan()
	result := WhatIfResult{Span: span, Changes: []Supposed{}, Indicators: []Affected{}, NotCounted: []NotCounted{}, Doubt: []Doubt{}, Warnings: []string{}}
	c := v.carrier(span)
	set := map[int]float64{}
	for _, s := range sets {
		supposed, after, err := v.suppose(s, span)
		if err != nil {
			return WhatIfResult{}, err
		}
		if _, twice := set[c.place[s.ID]]; twice {
			return WhatIfResult{}, &SetError{
				What: words.T("「%s」が2回出てきます。", "“%s” is set twice.", s.ID),
				Mend: words.T("1つの指標には1回だけ書いてください。", "Set each indicator once."),
			}
		}
		set[c.place[s.ID]] = after
		result.Changes = append(result.Changes, supposed)
		if supposed.Warning != nil {
			result.Warnings = append(result.Warnings, *supposed.Warning)
		}
	}
	drawn := c.draw(set, whatIfDraws, evidenceSeed)
	before, after := map[string]float64{}, map[string]float64{}
	for i, id := range c.ids {
		before[id], after[id] = c.base[i].V, drawn.point.after[i]
	}
	for _, ind := range v.model.Indicators {
		if same(before[ind.ID], after[ind.ID]) {
			continue
		}
		i := c.place[ind.ID]
		low, high := drawn.band(i)
		result.Indicators = append(result.Indicators, Affected{
			ID: ind.ID, Before: number(before[ind.ID]), After: number(after[ind.ID]), Lo95: number(low), Hi95: number(high),
			Arrives: v.arrival(drawn.point.last[i]), NoValue: v.whyLost(ind, before, after),
		})
	}
	result.NotCounted = v.notCounted(c, before, after)
	result.KGI = v.kgiAffected(c, set, drawn)
	result.KGI.NoValue = v.whyLost(v.model.KGI(), before, after)
	v.share(&result, c, set)
	result.Doubt = c.doubt(set, c.place[v.model.KGI().ID])
	return result, nil
}

// arrival is the day on which a change that takes some days has arrived.
func (v *View) arrival(days float64) *series.Day {
	if math.IsNaN(days) {
		return nil
	}
	day := v.asOf + series.Day(math.Round(days))
	return &day
}

// whyLost says why an indicator that has a value has none after the change: its
// formula, or that of one below it, divides by what became zero, or leaves the
// range of numbers.
func (v *View) whyLost(ind *goal.Indicator, before, after map[string]float64) *string {
	if exists(after[ind.ID]) || !exists(before[ind.ID]) {
		return nil
	}
	for _, id := range v.model.Children(ind.ID) {
		if child := v.model.Indicator(id); !exists(after[id]) && exists(before[id]) {
			return v.sayOrNil(words.T("「%s」の値がなくなるので、計算できません。", "It cannot be computed, because “%s” has no value any more.", child.Name))
		}
	}
	if ind.Formula != nil {
		_, err := ind.Formula.Eval(func(id string) (float64, bool) { return after[id], exists(after[id]) })
		if lost, ok := errors.AsType[*formula.NoValue](err); ok && lost.Kind == formula.DivisionByZero {
			if child := v.model.Indicator(lost.Name); child != nil {
				return v.sayOrNil(words.T("「%s」が0になり、0で割ることになるので、計算できません。", "It cannot be computed: “%s” becomes 0, and nothing can be divided by 0.", child.Name))
			}
			return v.sayOrNil(words.T("割る数が0になるので、計算できません。", "It cannot be computed: what it is divided by becomes 0."))
		}
	}
	return v.sayOrNil(words.T("計算できる数の範囲を超えます。", "It leaves the range of numbers that can be computed."))
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// WhatIfSpan is the days a what-if is computed on: those of a total or growth target
// so far, else the last four weeks.
func (v *View) WhatIfSpan() series.Span {
	kgi := v.model.KGI()
	if t := kgi.Target; t != nil && (t.Kind == goal.TargetTotal || t.Kind == goal.TargetGrowth) {
		if span := v.window(kgi).value; !span.Empty() {
			return span
		}
	}
	return v.recentSpan()
}

func (v *View) suppose(set Set, span series.Span) (Supposed, float64, error) {
	ind := v.model.Indicator(set.ID)
	if ind == nil {
		return Supposed{}, 0, unknownIndicator(v.model, set.ID)
	}
	before := v.value(set.ID, span)
	after := set.apply(before.V)
	if !exists(after) && before.Exists() {
		return Supposed{}, 0, &SetError{
			What: words.T("「%s」が、計算できる数の範囲を超えます。", "“%s” would leave the range of numbers that can be computed.", ind.Name),
			Mend: words.T("%s=*2 のように、小さな変化で書いてください。", "Write a smaller change, as in %s=*2.", set.ID),
		}
	}
	if !exists(after) {
		return Supposed{}, 0, &SetError{
			What: words.T("「%s」の今の値がないので、増減では動かせません。", "“%s” has no value now, so it cannot be changed by a difference.", ind.Name),
			Mend: words.T("%s=12 のように、値そのものを書いてください。", "Write the value itself, as in %s=12.", set.ID),
		}
	}
	s := Supposed{ID: set.ID, Set: set.Source, Before: number(before.V), After: number(after), Relative: ratio(after-before.V, math.Abs(before.V))}
	low, high := v.everSeen(ind, span)
	s.Low, s.High = number(low), number(high)
	s.Warning = v.sayOrNil(v.neverSeen(ind, after, span))
	// A factor is meant of today's height, not of the mean of a span that began
	// long ago.
	if now := v.value(set.ID, v.recentSpan()); (set.Op == SetTimes || set.Op == SetGrow) && now.Exists() {
		s.Warning = v.sayOrNil(v.neverSeen(ind, set.apply(now.V), v.recentSpan()))
	}
	return s, after, nil
}

// seenBefore is how far back four weeks are looked for that had such a value.
const seenBefore = 3 * 366

// everSeen is the least and the most that any four weeks had, as much as the days
// of a span would have brought; NaN without four weeks of data.
func (v *View) everSeen(ind *goal.Indicator, span series.Span) (low, high float64) {
	low, high = math.NaN(), math.NaN()
	first, known := v.history(ind.ID).FirstPresent()
	for end := v.asOf; known && end-comparisonDays+1 >= first && end > v.asOf-seenBefore; end -= 7 {
		x := v.valueOnce(ind.ID, series.Span{From: end - comparisonDays + 1, To: end}).V
		if !exists(x) {
			continue
		}
		if math.IsNaN(low) {
			low, high = x, x
		}
		low, high = min(low, x), max(high, x)
	}
	if v.flow(ind.ID) {
		share := float64(span.Days()) / comparisonDays
		low, high = low*share, high*share
	}
	return low, high
}

// neverSeen warns of a value outside of all four weeks there have been: what a
// formula says of it, nobody has tried.
func (v *View) neverSeen(ind *goal.Indicator, after float64, span series.Span) words.Text {
	low, high := v.everSeen(ind, span)
	if math.IsNaN(low) || after >= low*(1-1e-9) && after <= high*(1+1e-9) {
		return words.Text{}
	}
	edge := words.Amount{Value: high, Unit: ind.Unit}
	if after < low {
		edge.Value = low
	}
	amount := words.Amount{Value: after, Unit: ind.Unit}
	if v.flow(ind.ID) {
		share := comparisonDays / float64(span.Days())
		amount.Value *= share
		edge.Value *= share
		return words.T("「%[1]s」の4週%[2]sは、まだ試したことがない量です(これまでは%[3]sまで)。", "%[2]s of “%[1]s” in four weeks has never been tried (so far up to %[3]s).", ind.Name, amount, edge)
	}
	return words.T("「%[1]s」の%[2]sは、まだ見たことがない値です(これまでは%[3]sまで)。", "%[2]s for “%[1]s” has never been seen (so far up to %[3]s).", ind.Name, amount, edge)
}

// notCounted lists the influences that start where something changes and whose
// strength nobody can tell yet.
func (v *View) notCounted(c *carrier, before, after map[string]float64) []NotCounted {
	out := []NotCounted{}
	for _, in := range c.uncounted {
		if same(before[in.From], after[in.From]) {
			continue
		}
		from, to := v.model.Indicator(in.From), v.model.Indicator(in.To)
		out = append(out, NotCounted{From: in.From, To: in.To, Sentence: v.say(words.T(
			"「%s」から「%s」への影響は、まだ確かめられていないため、計算に入れていません。",
			"How “%s” moves “%s” cannot be told yet, so it is not counted.", from.Name, to.Name))})
	}
	return out
}
