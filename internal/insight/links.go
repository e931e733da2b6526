package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
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
	PValue     *float64    `json:"p_value"`
	QValue     *float64    `json:"q_value"`
	Grade      string      `json:"grade"`       // formula … belief
	GradeLabel string      `json:"grade_label"` // 計算式 … 仮説
	NDays      int         `json:"n_days"`
	DaysNeeded *int        `json:"days_needed"`
	TestedAt   *string     `json:"tested_at"`
	TestedOn   *series.Day `json:"tested_on"` // the last day the test looked at
	Stale      bool        `json:"stale"`     // the test is too old to be relied on
	Why        *string     `json:"why"`       // code of what keeps it from being told
	Break      *Break      `json:"break"`
	Tracking   []Tracking  `json:"tracking"` // level shifts that look like the counting, not the relation
	Sentence   string      `json:"sentence"`
	Method     string      `json:"method"` // how it was tested, in plain words
	Proposal   *Proposal   `json:"proposal"`
	Lag        *[2]int     `json:"lag"` // the days asked for in the model
	Because    string      `json:"because"`
	Controls   []string    `json:"controls"` // ids of what was held still
	Operator   string      `json:"operator"` // formula: how the top joins: sum, product, quotient, mixed, name
	Slope      *float64    `json:"slope"`    // formula: what one unit more of From does to To, at the last four weeks
	Span       series.Span `json:"span"`
	Profile    []LagEffect `json:"profile"`  // effect by lag
	Strength   []Strength  `json:"strength"` // effect through time
}

// Effect is the strength of a link with its interval: by how many percent To
// changes, in the long run, when From changes by one percent.
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

// Tracking is a time in which a number jumped without the relation changing: as a
// rule, something happened to the counting.
type Tracking struct {
	From   series.Day  `json:"from"`
	To     *series.Day `json:"to"` // null while it lasts
	Of     string      `json:"of"` // kpi, kgi, both
	Factor float64     `json:"factor"`
}

// LagEffect is the elasticity of one lag, all others held still.
type LagEffect struct {
	Lag        int     `json:"lag"`
	Elasticity float64 `json:"elasticity"`
	SE         float64 `json:"se"`
}

// Strength is the elasticity around one day.
type Strength struct {
	On         series.Day `json:"on"`
	Elasticity float64    `json:"elasticity"`
	Lo95       float64    `json:"lo95"`
	Hi95       float64    `json:"hi95"`
}

// The words of LinkEvidence.Verdict beside those of package link.
const (
	VerdictIdentity    = "identity"
	VerdictMoves       = "moves"
	VerdictDoesNotMove = "does-not-move"
	VerdictCannotTell  = "cannot-tell"
)

// staleEvidence is how many days old a test may be before its grade goes stale: a
// quarter without new data is a quarter in which the market moved on.
const staleEvidence = 90

// LinkReport lists every link with its evidence: formulas are identities,
// influences are tested on the data up to the as-of day.
func LinkReport(ev *goal.Evaluator, opt Options) []LinkEvidence {
	return NewView(ev, opt).Links()
}

// Links lists every link with its evidence. While the evidence is still being
// computed elsewhere (Options.Measuring) influences say so.
func (v *View) Links() []LinkEvidence {
	out := []LinkEvidence{}
	for _, l := range v.model.Links() {
		switch {
		case l.Kind == goal.LinkFormula:
			out = append(out, v.identity(l))
		case v.measuring:
			out = append(out, v.blank(l))
		default:
			out = append(out, v.evidenceOf(l))
		}
	}
	return out
}

// blank is a link before anything is said about it.
func (v *View) blank(l goal.Link) LinkEvidence {
	e := LinkEvidence{
		From: l.From, To: l.To, Kind: string(l.Kind), Verdict: VerdictCannotTell, Grade: GradeBelief, Span: v.recentSpan(),
		GradeLabel: v.say(gradeLabel(GradeBelief)), NDays: v.commonDays(l),
		Profile: []LagEffect{}, Strength: []Strength{}, Tracking: []Tracking{}, Controls: []string{},
		Sentence: v.say(words.T("「%s」が「%s」を動かすかどうかを、いま確かめています。",
			"Whether “%s” moves “%s” is being worked out.", v.model.Indicator(l.From).Name, v.model.Indicator(l.To).Name)),
	}
	if l.Influence != nil {
		e.Because, e.Lag = l.Influence.Because, &[2]int{l.Influence.LagFrom, l.Influence.LagTo}
	}
	return e
}

func (v *View) identity(l goal.Link) LinkEvidence {
	from, to := v.model.Indicator(l.From), v.model.Indicator(l.To)
	e := v.blank(l)
	e.Verdict, e.Grade, e.GradeLabel = VerdictIdentity, GradeFormula, v.say(gradeLabel(GradeFormula))
	e.Operator = string(to.Formula.Shape().Op)
	e.Sentence = v.say(words.T("「%s」は「%s」の式に入っています。動けば、そのまま計算どおりに動きます。",
		"“%s” is part of the formula of “%s”: what it does follows by calculation.", from.Name, to.Name))
	if slope, some := gradient(to.Formula, func(name string) float64 { return v.value(name, v.recentSpan()).V })[l.From]; some {
		e.Slope = number(slope)
	}
	return e
}

// evidenceOf says what the test of an influence found. Where it was tested at a
// step before its end, the effect is carried on by formula.
func (v *View) evidenceOf(l goal.Link) LinkEvidence {
	e := v.blank(l)
	t := v.evidence().of(l.From, l.To)
	if t == nil {
		return e
	}
	r := &t.result
	e.Verdict, e.NDays, e.Span = r.Verdict.String(), t.days, t.span
	if t.days > 0 {
		e.TestedOn = &t.last
		e.Stale = int(v.today-t.last) > staleEvidence
	}
	if t.step != t.to {
		e.TestedAt = &t.step
	}
	if r.Why != link.None {
		why := string(r.Why)
		e.Why = &why
	}
	if r.Verdict != link.CannotTell || r.Why == link.None {
		e.PValue, e.QValue = number(r.P), number(r.Q)
	}
	if r.HasEffect && r.Why != link.Reverse {
		e.Effect = &Effect{Elasticity: r.Elasticity * t.carry, CI95: ordered(r.CI95[0]*t.carry, r.CI95[1]*t.carry)}
		e.LagDays, e.LagRange = number(r.LagDays), &r.LagRange
	}
	if r.Verdict == link.CannotTell && r.DaysNeeded >= 0 {
		e.DaysNeeded = &r.DaysNeeded
	}
	e.Grade = t.grade()
	e.GradeLabel = v.say(gradeLabel(e.Grade))
	e.Break = t.breakOf()
	e.Tracking = t.trackingOf()
	e.Controls = append(e.Controls, t.controls...)
	for _, p := range r.Profile {
		e.Profile = append(e.Profile, LagEffect{Lag: p.Lag, Elasticity: p.Elasticity * t.carry, SE: math.Abs(p.SE * t.carry)})
	}
	for _, s := range r.Strength {
		at, width := s.Elasticity*t.carry, 1.96*math.Abs(s.SE*t.carry)
		e.Strength = append(e.Strength, Strength{On: t.day(s.At), Elasticity: at, Lo95: at - width, Hi95: at + width})
	}
	e.Sentence = v.say(v.linkSentence(l, t, &e))
	e.Method = v.say(v.linkMethod(t))
	e.Proposal = v.proposeTest(l, t)
	return e
}

func ordered(a, b float64) [2]float64 { return [2]float64{min(a, b), max(a, b)} }

// day is the day behind an index of the test.
func (t *tested) day(i int) series.Day { return t.span.From + series.Day(i) }

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
