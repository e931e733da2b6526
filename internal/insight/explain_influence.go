package insight

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// PartInfluence is what the change of another indicator, some days earlier, did to a
// part of a change: so much of that part's contribution, not beside it.
type PartInfluence struct {
	From         string   `json:"from"`
	To           string   `json:"to"`
	Name         string   `json:"name"`
	Contribution *float64 `json:"contribution"` // in the unit of what is explained
	LagDays      float64  `json:"lag_days"`
	Before       *float64 `json:"before"` // of From, as many days earlier
	After        *float64 `json:"after"`
	Grade        string   `json:"grade"`
	Sentence     string   `json:"sentence"`
}

// byInfluence looks behind the parts for influences that were found to move them,
// each with its delay.
func (v *View) byInfluence(x *Explanation) []PartInfluence {
	out := []PartInfluence{}
	for _, node := range x.Tree {
		if node.Contribution == nil || node.Before == nil || node.After == nil || *node.After == *node.Before {
			continue
		}
		weight := *node.Contribution / (*node.After - *node.Before)
		told := map[string]bool{} // a cause of two rare ends is tested once at their common step
		for _, in := range v.model.Influences {
			t := v.evidence().of(in.From, in.To)
			if t == nil || t.step != node.ID || t.result.Verdict != link.Moves || told[in.From] {
				continue
			}
			told[in.From] = true
			if part, ok := v.influenceOn(in.From, node, t, weight, x); ok {
				out = append(out, part)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b PartInfluence) int {
		return cmp.Compare(math.Abs(orNaN(b.Contribution)), math.Abs(orNaN(a.Contribution)))
	})
	return out
}

func (v *View) influenceOn(from string, node TreePart, t *tested, weight float64, x *Explanation) (PartInfluence, bool) {
	lag := -int(math.Round(t.result.LagDays))
	was, is := v.perDay(from, x.BaseSpan.Shift(lag)), v.perDay(from, x.NowSpan.Shift(lag))
	if !(was > 0) || !(is > 0) {
		return PartInfluence{}, false
	}
	moved := *node.Before * (math.Pow(is/was, t.result.Elasticity) - 1)
	if v.flow(node.ID) {
		moved *= float64(x.NowSpan.Days()) / float64(x.BaseSpan.Days())
	}
	source := v.model.Indicator(from)
	top := v.model.Indicator(x.Indicator)
	p := PartInfluence{
		From: from, To: node.ID, Name: source.Name, Contribution: number(weight * moved), LagDays: t.result.LagDays,
		Before: number(was), After: number(is), Grade: t.grade(),
	}
	p.Sentence = v.say(words.T("「%[1]s」が%[2]s変わったことが、約%[3]d日おくれて「%[4]s」を動かし、「%[5]s」では%[6]sにあたります(見込み)。",
		"“%[1]s” changed by %[2]s; about %[3]d days later that moved “%[4]s”, worth %[6]s of “%[5]s” (estimate).",
		source.Name, words.RelativeChange(is/was-1), -lag, v.model.Indicator(node.ID).Name, top.Name, words.Change{Value: weight * moved, Unit: top.Unit}))
	return p, p.Contribution != nil
}

// perDay is an indicator over a span; of sums, their mean a day.
func (v *View) perDay(id string, span series.Span) float64 {
	x := v.valueOnce(id, span).V
	if v.flow(id) {
		x /= float64(span.Days())
	}
	return x
}
