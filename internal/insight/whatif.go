package insight

import (
	"math"

	"github.com/shirube/shirube/internal/forecast"
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
	Warnings   []string     `json:"warnings"`
}

// Supposed is one supposition as it was applied.
type Supposed struct {
	ID       string   `json:"id"`
	Set      string   `json:"set"`
	Before   *float64 `json:"before"`
	After    *float64 `json:"after"`
	Relative *float64 `json:"relative"`
	Warning  *string  `json:"warning"` // outside of what was ever seen
}

// Affected is an indicator that changes. Formula effects are exact, so their
// interval is the value itself, and they arrive on the day itself.
type Affected struct {
	ID      string      `json:"id"`
	Before  *float64    `json:"before"`
	After   *float64    `json:"after"`
	Lo95    *float64    `json:"lo95"`
	Hi95    *float64    `json:"hi95"`
	Arrives *series.Day `json:"arrives"`
	NoValue *string     `json:"no_value"` // why there is no value after the change
}

// KGIAffected is what becomes of the KGI. The probabilities change the days that
// are still to come only: what is in stays in.
type KGIAffected struct {
	ID            string   `json:"id"`
	Before        *float64 `json:"before"`
	After         *float64 `json:"after"`
	Lo95          *float64 `json:"lo95"`
	Hi95          *float64 `json:"hi95"`
	PAttainBefore *float64 `json:"p_attain_before"`
	PAttainAfter  *float64 `json:"p_attain_after"`
	LandingBefore *float64 `json:"landing_before"`
	LandingAfter  *float64 `json:"landing_after"`
	NoValue       *string  `json:"no_value"` // why there is no value after the change
}

// NotCounted is a link whose strength is not known, so that what passes through
// it is left out.
type NotCounted struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Sentence string `json:"sentence"`
}

// WhatIf applies suppositions and carries them up along formulas, exactly. The
// span is the KGI's own for a total or growth target (from its start to the
// as-of day), else the last 28 days. Influences are not carried: they are listed
// in NotCounted. Errors are *SetError: an unknown indicator, or a relative change
// of a number that does not exist.
func WhatIf(ev *goal.Evaluator, sets []Set, opt Options) (WhatIfResult, error) {
	return NewView(ev, opt).WhatIf(sets)
}

// WhatIf applies suppositions and carries them up along formulas.
func (v *View) WhatIf(sets []Set) (WhatIfResult, error) {
	span := v.whatIfSpan()
	result := WhatIfResult{Span: span, Changes: []Supposed{}, Indicators: []Affected{}, NotCounted: []NotCounted{}, Warnings: []string{}}
	values := map[string]float64{}
	for _, set := range sets {
		supposed, after, err := v.suppose(set, span)
		if err != nil {
			return WhatIfResult{}, err
		}
		values[set.ID] = after
		result.Changes = append(result.Changes, supposed)
		if supposed.Warning != nil {
			result.Warnings = append(result.Warnings, *supposed.Warning)
		}
	}
	before, after := v.ev.Recompute(span, values)
	for _, ind := range v.model.Indicators {
		if same(before[ind.ID], after[ind.ID]) {
			continue
		}
		result.Indicators = append(result.Indicators, Affected{
			ID: ind.ID, Before: number(before[ind.ID]), After: number(after[ind.ID]),
			Lo95: number(after[ind.ID]), Hi95: number(after[ind.ID]), Arrives: &v.asOf, NoValue: v.whyLost(ind, before, after),
		})
	}
	result.NotCounted = v.notCounted(before, after)
	result.KGI = v.kgiAffected(before, after)
	result.KGI.NoValue = v.whyLost(v.model.KGI(), before, after)
	return result, nil
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
	for _, id := range v.model.Children(ind.ID) {
		if child := v.model.Indicator(id); after[id] == 0 && before[id] != 0 {
			return v.sayOrNil(words.T("「%s」が0になり、0で割ることになるので、計算できません。", "It cannot be computed: “%s” becomes 0, and nothing can be divided by 0.", child.Name))
		}
	}
	return v.sayOrNil(words.T("計算できる数の範囲を超えます。", "It leaves the range of numbers that can be computed."))
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

func (v *View) whatIfSpan() series.Span {
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
	if !exists(after) {
		return Supposed{}, 0, &SetError{
			What: words.T("「%s」の今の値がないので、増減では動かせません。", "“%s” has no value now, so it cannot be changed by a difference.", ind.Name),
			Mend: words.T("%s=12 のように、値そのものを書いてください。", "Write the value itself, as in %s=12.", set.ID),
		}
	}
	s := Supposed{ID: set.ID, Set: set.Source, Before: number(before.V), After: number(after), Relative: ratio(after-before.V, math.Abs(before.V))}
	s.Warning = v.sayOrNil(v.neverSeen(ind, after, span))
	return s, after, nil
}

// neverSeen warns of a value outside of all four weeks there have been: what a
// formula says of it, nobody has tried.
func (v *View) neverSeen(ind *goal.Indicator, after float64, span series.Span) words.Text {
	low, high, some := math.Inf(1), math.Inf(-1), false
	first, known := v.history(ind.ID).FirstPresent()
	for end := v.asOf; known && end-comparisonDays+1 >= first && end > v.asOf-3*366; end -= 7 {
		x := v.value(ind.ID, series.Span{From: end - comparisonDays + 1, To: end}).V
		if exists(x) {
			low, high, some = min(low, x), max(high, x), true
		}
	}
	if !some {
		return words.Text{}
	}
	four := after
	if v.flow(ind.ID) {
		four = after * comparisonDays / float64(span.Days())
	}
	edge := words.Amount{Value: high, Unit: ind.Unit}
	if four < low {
		edge.Value = low
	}
	if four >= low*(1-1e-9) && four <= high*(1+1e-9) {
		return words.Text{}
	}
	amount := words.Amount{Value: four, Unit: ind.Unit}
	if v.flow(ind.ID) {
		return words.T("「%[1]s」の4週%[2]sは、まだ試したことがない量です(これまでは%[3]sまで)。", "%[2]s of “%[1]s” in four weeks has never been tried (so far up to %[3]s).", ind.Name, amount, edge)
	}
	return words.T("「%[1]s」の%[2]sは、まだ見たことがない値です(これまでは%[3]sまで)。", "%[2]s for “%[1]s” has never been seen (so far up to %[3]s).", ind.Name, amount, edge)
}

// notCounted lists the influences that start where something changes.
func (v *View) notCounted(before, after map[string]float64) []NotCounted {
	out := []NotCounted{}
	for _, in := range v.model.Influences {
		if same(before[in.From], after[in.From]) {
			continue
		}
		from, to := v.model.Indicator(in.From), v.model.Indicator(in.To)
		out = append(out, NotCounted{From: in.From, To: in.To, Sentence: v.say(words.T(
			"「%s」から「%s」への影響は未測定のため、計算に入れていません。",
			"How “%s” moves “%s” has not been measured, so it is not counted.", from.Name, to.Name))})
	}
	return out
}

func (v *View) kgiAffected(before, after map[string]float64) KGIAffected {
	kgi := v.model.KGI()
	b, a := before[kgi.ID], after[kgi.ID]
	k := KGIAffected{ID: kgi.ID, Before: number(b), After: number(a), Lo95: number(a), Hi95: number(a)}
	amount, _ := v.amount(kgi)
	o, _, why := v.landingOutcome(kgi)
	if !why.Zero() {
		return k
	}
	changed := v.changedLanding(kgi, o, b, a)
	k.LandingBefore, k.LandingAfter = number(o.Mean), number(changed.Mean)
	if exists(amount) {
		k.PAttainBefore = number(attains(o, amount, kgi.Target.Direction))
		k.PAttainAfter = number(attains(changed, amount, kgi.Target.Direction))
	}
	return k
}

// changedLanding carries the KGI's relative change over to the days to come.
func (v *View) changedLanding(kgi *goal.Indicator, o forecast.Outcome, before, after float64) forecast.Outcome {
	switch {
	case v.over(kgi.Target) || same(before, after) || !exists(before) || !exists(after):
		return o
	case before != 0:
		return o.Scale(after / before)
	}
	// From nothing to something there is no factor: the days ahead bring the same
	// a day as the changed span would have.
	if v.flow(kgi.ID) {
		left := series.Span{From: v.asOf + 1, To: v.landingSpan(kgi).To}
		o.Mean += after / float64(v.whatIfSpan().Days()) * float64(left.Days())
		return o
	}
	o.Mean += after
	return o
}
