package insight

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// LinkEvidence is what is known of one link. Fields that were not measured are
// null.
type LinkEvidence struct {
	From       string      `json:"from"`
	To         string      `json:"to"`
	Kind       string      `json:"kind"`    // formula, influence
	Verdict    string      `json:"verdict"` // identity, moves, does-not-move, cannot-tell
	Effect     *Effect     `json:"effect"`
	LagDays    *float64    `json:"lag_days"`
	LagRange   *[2]int     `json:"lag_range"`
	QValue     *float64    `json:"q_value"`
	Grade      string      `json:"grade"`       // formula … belief
	GradeLabel string      `json:"grade_label"` // 計算式 … 仮説
	NDays      int         `json:"n_days"`
	DaysNeeded *int        `json:"days_needed"`
	TestedAt   *string     `json:"tested_at"`
	Break      *Break      `json:"break"`
	Sentence   string      `json:"sentence"`
	Lag        *[2]int     `json:"lag"` // the days asked for in the model
	Because    string      `json:"because"`
	Operator   string      `json:"operator"` // formula: how the top joins: sum, product, quotient, mixed, name
	Slope      *float64    `json:"slope"`    // formula: what one unit more of From does to To, at the last four weeks
	Span       series.Span `json:"span"`
}

// Effect is the strength of a link with its interval.
type Effect struct {
	Elasticity float64    `json:"elasticity"`
	CI95       [2]float64 `json:"ci95"`
}

// Break is the day on which a relation changed.
type Break struct {
	Date   series.Day    `json:"date"`
	Range  [2]series.Day `json:"range"`
	PValue float64       `json:"p_value"`
	Before Effect        `json:"before"`
	After  Effect        `json:"after"`
}

// LinkReport lists every link: formulas are identities, and an influence is a
// belief nobody can tell anything about until it is measured.
func LinkReport(ev *goal.Evaluator, opt Options) []LinkEvidence {
	return NewView(ev, opt).Links()
}

// Links lists every link with its evidence.
func (v *View) Links() []LinkEvidence {
	out := []LinkEvidence{}
	for _, l := range v.model.Links() {
		if l.Kind == goal.LinkFormula {
			out = append(out, v.identity(l))
		} else {
			out = append(out, v.belief(l))
		}
	}
	return out
}

func (v *View) identity(l goal.Link) LinkEvidence {
	from, to := v.model.Indicator(l.From), v.model.Indicator(l.To)
	e := LinkEvidence{
		From: l.From, To: l.To, Kind: string(l.Kind), Verdict: "identity", Grade: "formula", Span: v.recentSpan(),
		GradeLabel: v.say(words.T("計算式", "calculation")), Operator: string(to.Formula.Shape().Op), NDays: v.commonDays(l),
		Sentence: v.say(words.T("「%s」は「%s」の式に入っています。動けば、そのまま計算どおりに動きます。",
			"“%s” is part of the formula of “%s”: what it does follows by calculation.", from.Name, to.Name)),
	}
	if slope, some := gradient(to.Formula, func(name string) float64 { return v.value(name, v.recentSpan()).V })[l.From]; some {
		e.Slope = number(slope)
	}
	return e
}

func (v *View) belief(l goal.Link) LinkEvidence {
	from, to := v.model.Indicator(l.From), v.model.Indicator(l.To)
	return LinkEvidence{
		From: l.From, To: l.To, Kind: string(l.Kind), Verdict: "cannot-tell", Grade: "belief", Span: v.recentSpan(),
		GradeLabel: v.say(words.T("仮説", "belief")), NDays: v.commonDays(l), Because: l.Influence.Because,
		Lag: &[2]int{l.Influence.LagFrom, l.Influence.LagTo},
		Sentence: v.say(words.T("「%s」が「%s」を動かすかどうかは、まだ測っていません(未測定)。",
			"Whether “%s” moves “%s” has not been measured yet.", from.Name, to.Name)),
	}
}

// commonDays counts the days on which both ends of a link have a value.
func (v *View) commonDays(l goal.Link) int {
	from, to := v.history(l.From), v.history(l.To)
	n := 0
	for i := range from.Values {
		day := from.First + series.Day(i)
		_, a := from.At(day)
		_, b := to.At(day)
		if a && b {
			n++
		}
	}
	return n
}
