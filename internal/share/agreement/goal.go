// Package agreement is about one goal that everybody understands alike: each says it in
// their own words and numbers before seeing the others', the differences are named, the
// wording is signed, and the signatures lapse when the goal becomes another.
//
// It is pure: models, words and days come in as values.
package agreement

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Goal is what people agree on: what is counted, for what, how much and by when. Nothing
// else of a model is in it, so that an agreement does not lapse when a KPI, a road or a
// source of numbers changes.
type Goal struct {
	Name       string `json:"name"`
	Definition string `json:"definition"`
	Unit       string `json:"unit"`
	Serves     string `json:"serves"` // the management goal, a key or the team's words

	Kind      goal.TargetKind `json:"kind"`
	Amount    float64         `json:"amount"` // as goal.Target has it
	Per       string          `json:"per,omitempty"`
	AtLeast   float64         `json:"at_least,omitempty"`
	From      *series.Day     `json:"from"`
	By        *series.Day     `json:"by"`
	Direction goal.Direction  `json:"direction,omitempty"`

	// Fiscal is the month the year starts in, for reading "the end of the year".
	Fiscal int `json:"fiscal,omitempty"`
	// Counting is how it is measured. It is not agreed on; where it changes, people are told.
	Counting string `json:"counting,omitempty"`
}

// GoalOf is what a model has its team agree on.
func GoalOf(m *goal.Model) Goal {
	kgi := m.KGI()
	g := Goal{Name: kgi.Name, Definition: kgi.Definition, Unit: kgi.Unit, Serves: kgi.Serves, Fiscal: int(m.Fiscal.StartMonth)}
	if kgi.Measure != nil {
		g.Counting = kgi.Measure.Source()
	}
	t := kgi.Target
	if t == nil {
		return g
	}
	g.Kind, g.By, g.Direction = t.Kind, copied(t.By), t.Direction
	if g.Direction == "" {
		g.Direction = goal.Up
	}
	if t.Kind != goal.TargetVague {
		g.Amount = t.Amount
	}
	if t.Kind == goal.TargetHold {
		g.Per, g.AtLeast = t.Per.String(), t.AtLeast
	}
	// A term that is not written begins with the year of its deadline: writing down what
	// counted already is no other goal. A level on a day has no beginning.
	switch {
	case t.Kind == goal.TargetReach:
	case t.From != nil:
		g.From = copied(t.From)
	case t.By != nil:
		from := m.Fiscal.Containing(series.GrainYear, *t.By).From
		g.From = &from
	}
	return g
}

func copied(d *series.Day) *series.Day {
	if d == nil {
		return nil
	}
	day := *d
	return &day
}

// Part is a part of a goal that can become another.
type Part string

// The parts of a goal.
const (
	PartName       Part = "name"
	PartDefinition Part = "definition"
	PartUnit       Part = "unit"
	PartPurpose    Part = "purpose"
	PartNumber     Part = "number"
	PartTerm       Part = "term"
	PartDeadline   Part = "deadline"
)

// Change is one part of a goal that became another.
type Change struct {
	Part     Part
	Before   words.Text
	After    words.Text
	Sentence words.Text
}

// Changes is what of a goal became another; empty while it is the same. How words are
// spaced, the width of their letters and a full stop at their end are no change.
func Changes(before, after Goal) []Change {
	var list []Change
	add := func(part Part, name, was, is words.Text) {
		list = append(list, Change{part, was, is, words.T("%[1]s: %[2]s → %[3]s", "%[1]s: %[2]s → %[3]s", name, was, is)})
	}
	texts := func(part Part, name words.Text, was, is string) {
		if plainly(was) != plainly(is) {
			add(part, name, orNothing(was), orNothing(is))
		}
	}
	texts(PartName, words.T("名前", "Name"), before.Name, after.Name)
	texts(PartDefinition, words.T("何を数えるか", "What is counted"), before.Definition, after.Definition)
	texts(PartUnit, words.T("単位", "Unit"), before.Unit, after.Unit)
	if was, is := purposeKey(before.Serves), purposeKey(after.Serves); was != is {
		add(PartPurpose, words.T("目的", "Purpose"), before.purpose(), after.purpose())
	}
	if !sameNumber(before, after) {
		add(PartNumber, words.T("数", "Number"), before.Number(), after.Number())
	}
	if !sameDay(before.From, after.From) && (before.Kind != goal.TargetReach || after.Kind != goal.TargetReach) {
		add(PartTerm, words.T("数えはじめの日", "Counting from"), dayText(before.From), dayText(after.From))
	}
	if !sameDay(before.By, after.By) {
		add(PartDeadline, words.T("期限", "Deadline"), dayText(before.By), dayText(after.By))
	}
	return list
}

// Same reports whether two goals are one: who signed the one signed the other.
func Same(a, b Goal) bool { return len(Changes(a, b)) == 0 }

func sameNumber(a, b Goal) bool {
	return a.Kind == b.Kind && a.Per == b.Per && near(a.Amount, b.Amount) && near(a.AtLeast, b.AtLeast) && a.Direction == b.Direction
}

// near forgives what writing a number and reading it again does to it.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }

func sameDay(a, b *series.Day) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// plainly is a text without what does not make it another.
func plainly(s string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), " ")), "。.")
}

func orNothing(s string) words.Text {
	if strings.TrimSpace(s) == "" {
		return words.T("(なし)", "(none)")
	}
	return words.Text{JA: s, EN: s}
}

func dayText(d *series.Day) words.Text {
	if d == nil {
		return words.T("(なし)", "(none)")
	}
	return words.T("%s", "%s", d.Long())
}

func (g Goal) purpose() words.Text {
	if g.Serves == "" {
		return words.T("(なし)", "(none)")
	}
	return goal.ManagementGoal(g.Serves)
}

func (g Goal) per() series.Grain {
	if grain, ok := series.ParseGrain(g.Per); ok {
		return grain
	}
	return series.GrainMonth
}

// span is the days the goal counts; ok is false where it says none.
func (g Goal) span() (series.Span, bool) {
	if g.From == nil || g.By == nil || *g.By < *g.From {
		return series.Span{}, false
	}
	return series.Span{From: *g.From, To: *g.By}, true
}

// Number is the number of the goal as people say it: 合計100件, 月8件, 前年比120%.
func (g Goal) Number() words.Text {
	amount := words.Amount{Value: g.Amount, Unit: g.Unit}
	var text words.Text
	switch g.Kind {
	case goal.TargetTotal:
		text = words.T("合計%s", "%s in all", amount)
	case goal.TargetGrowth:
		text = words.T("前年比%s", "%s of last year", words.Percent(g.Amount))
	case goal.TargetHold:
		text = g.per().Per(amount)
		if g.AtLeast > 0 && g.AtLeast < 1 {
			text = words.T("%[1]s(期間の%[2]s以上で)", "%[1]s (in at least %[2]s of the periods)", text, words.Percent(g.AtLeast))
		}
	case goal.TargetReach:
		text = words.T("期限の日に%s", "%s on the day", amount)
	default:
		return words.T("(数はまだありません)", "(no number yet)")
	}
	if g.Direction == goal.Down {
		return words.T("%s以下", "%s or less", text)
	}
	return text
}
