package goal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/words"
)

// Change is one difference between two models. Before or After is empty for what
// was added or removed.
type Change struct {
	Kind      ChangeKind
	What      string // "model", "indicator", "influence", "source", "event"
	Indicator string // id of the indicator, or of the source, or "from→to"
	Field     string // empty for the thing as a whole
	Before    string
	After     string
	Was, Is   words.Text // the same as people say them, where they say it otherwise
	Sentence  words.Text
}

// ChangeKind tells what happened to a thing.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// field is one described property of a thing, in a fixed order.
type field struct {
	key, value string
	said       words.Text // the value as people say it, where they say it otherwise
}

// text is the value in a sentence.
func (f field) text() words.Text {
	if f.value != "" && !f.said.Zero() {
		return words.T("「%s」", "“%s”", f.said)
	}
	return orNone(f.value)
}

// thing is a named part of the model with its properties.
type thing struct {
	what, id, name string
	fields         []field
}

// Diff lists what changed from one model to another, in the order of the new
// model; what was removed comes last. Spacing and order within formulas are not
// changes.
func Diff(before, after *Model) []Change {
	old, now := things(before), things(after)
	var out []Change
	for _, t := range now {
		i := slices.IndexFunc(old, func(o thing) bool { return o.what == t.what && o.id == t.id })
		if i < 0 {
			out = append(out, Change{Kind: Added, What: t.what, Indicator: t.id, After: t.name,
				Sentence: words.T("%s「%s」が加わりました。", "%s “%s” was added.", whatName(t.what), t.name)})
			continue
		}
		out = append(out, changedFields(old[i], t)...)
	}
	for _, o := range old {
		if !slices.ContainsFunc(now, func(t thing) bool { return o.what == t.what && o.id == t.id }) {
			out = append(out, Change{Kind: Removed, What: o.what, Indicator: o.id, Before: o.name,
				Sentence: words.T("%s「%s」がなくなりました。", "%s “%s” was removed.", whatName(o.what), o.name)})
		}
	}
	return out
}

func changedFields(old, now thing) []Change {
	var out []Change
	for _, f := range now.fields {
		i := slices.IndexFunc(old.fields, func(o field) bool { return o.key == f.key })
		was := field{}
		if i >= 0 {
			was = old.fields[i]
		}
		if was.value == f.value {
			continue
		}
		out = append(out, Change{Kind: Changed, What: now.what, Indicator: now.id, Field: f.key, Before: was.value, After: f.value, Was: was.said, Is: f.said,
			Sentence: words.T("「%s」の%sが %s から %s に変わりました。", "%[2]s of “%[1]s” changed from %[3]s to %[4]s.", now.name, fieldName(f.key), was.text(), f.text())})
	}
	return out
}

func orNone(s string) words.Text {
	if s == "" {
		return words.T("(なし)", "(none)")
	}
	return words.T("「%s」", "“%s”", s)
}

func things(m *Model) []thing {
	closed := make([]string, len(m.Closed))
	for i, d := range m.Closed {
		closed[i] = d.String()
	}
	out := []thing{{what: "model", id: "", name: m.Name, fields: []field{
		{key: "name", value: m.Name}, {key: "locale", value: string(m.Locale)}, {key: "timezone", value: m.Timezone}, {key: "fiscal_year_start", value: fmt.Sprint(int(m.Fiscal.StartMonth))},
		{key: "closed", value: strings.Join(closed, ", ")}, {key: "limits", value: fmt.Sprintf("%d / %d", m.Limits.Depth, m.Limits.KPIs)},
	}}}
	for _, i := range m.Indicators {
		out = append(out, indicatorThing(i))
	}
	for _, in := range m.Influences {
		out = append(out, thing{what: "influence", id: in.From + "→" + in.To, name: nameOf(m, in.From) + " → " + nameOf(m, in.To), fields: []field{
			{key: "lag", value: fmt.Sprintf("%d..%d", in.LagFrom, in.LagTo)}, {key: "matters", value: number(in.Matters)}, {key: "direction", value: string(in.Direction)}, {key: "because", value: in.Because},
		}})
	}
	for _, s := range m.Sources {
		out = append(out, sourceThing(s))
	}
	for _, e := range m.Events {
		out = append(out, thing{what: "event", id: e.On.String() + " " + e.What, name: e.On.String() + " " + e.What})
	}
	return out
}

func nameOf(m *Model, id string) string {
	if i := m.Indicator(id); i != nil {
		return i.Name
	}
	return id
}

func indicatorThing(i *Indicator) thing {
	fields := []field{
		{key: "name", value: i.Name}, {key: "definition", value: i.Definition}, {key: "unit", value: i.Unit}, {key: "owner", value: i.Owner}, {key: "role", value: string(i.Role)}, {key: "why", value: i.Why},
		{key: "serves", value: i.Serves}, {key: "formula", value: source(i.Formula)}, {key: "measure", value: source(i.Measure)},
	}
	fields = append(fields, targetFields(i.Target, i.Unit)...)
	effort := ""
	if i.Effort != nil {
		effort = "weight " + number(i.Effort.Weight)
		if i.Effort.Min != nil {
			effort += ", min " + number(*i.Effort.Min)
		}
		if i.Effort.Max != nil {
			effort += ", max " + number(*i.Effort.Max)
		}
	}
	stated := make([]string, len(i.Stated))
	for n, s := range i.Stated {
		stated[n] = strings.TrimSpace(strings.Join([]string{s.By, s.Role, s.Purpose, s.Meaning, string(s.Kind)}, " "))
		if s.Amount != nil {
			stated[n] += " " + number(*s.Amount)
			if s.Kind == TargetHold {
				stated[n] += " " + s.Per.String()
			}
		}
		if s.Deadline != nil {
			stated[n] += " " + s.Deadline.String()
		}
	}
	return thing{what: "indicator", id: i.ID, name: i.Name, fields: append(fields, field{key: "effort", value: effort}, field{key: "stated", value: strings.Join(stated, "; ")})}
}

// source gives an expression in a form that spacing does not change.
func source(e *formula.Expr) string {
	if e == nil {
		return ""
	}
	return strings.Join(strings.Fields(e.Source()), " ")
}

// said is a target's number as people say it: 合計100件, 週5本, 前年の1.2倍.
func (t *Target) said(unit string) words.Text {
	amount := words.Amount{Value: t.Amount, Unit: unit}
	switch t.Kind {
	case TargetTotal:
		return words.T("合計%s", "%s in all", amount)
	case TargetGrowth:
		return words.T("前年の%s倍", "%s times last year", number(t.Amount))
	case TargetHold:
		return t.Per.Per(amount)
	case TargetReach:
		return words.T("%s", "%s", amount)
	}
	return words.Text{}
}

func targetFields(t *Target, unit string) []field {
	if t == nil {
		t = &Target{}
	}
	milestones, agreed := make([]string, len(t.Milestones)), make([]string, len(t.Agreed))
	for i, m := range t.Milestones {
		milestones[i] = m.By.String() + " " + number(m.Value)
	}
	for i, a := range t.Agreed {
		agreed[i] = a.By
		if a.On != nil {
			agreed[i] += " " + a.On.String()
		}
	}
	amount, per, atLeast, from, by := "", "", "", "", ""
	if t.Kind != TargetVague {
		amount = string(t.Kind) + " " + number(t.Amount)
	}
	if t.Kind == TargetHold {
		per, atLeast = t.Per.String(), number(t.AtLeast)
	}
	if t.From != nil {
		from = t.From.String()
	}
	if t.By != nil {
		by = t.By.String()
	}
	return []field{
		{key: "target", value: amount, said: t.said(unit)}, {key: "per", value: per}, {key: "at_least", value: atLeast}, {key: "from", value: from}, {key: "by", value: by},
		{key: "direction", value: string(t.Direction)}, {key: "milestones", value: strings.Join(milestones, ", ")}, {key: "agreed", value: strings.Join(agreed, ", ")},
	}
}

func sourceThing(s *Source) thing {
	metrics := make([]string, len(s.Metrics))
	for i, m := range s.Metrics {
		metrics[i] = fmt.Sprintf("%s=%s(%s) %s", m.ID, m.Kind, m.Column, m.Agg)
		for _, f := range m.Where {
			metrics[i] += fmt.Sprintf(" %s:%s", f.Column, strings.Join(f.Values, "|"))
		}
		if m.Events != nil || m.Entry != nil {
			metrics[i] = m.ID + "=" + m.Counted()
		}
	}
	joins := make([]string, len(s.Joins))
	for i, j := range s.Joins {
		joins[i] = strings.Join(strings.Fields(fmt.Sprintf("%s %s %s=%s", j.Path, j.Sheet, j.Left, j.Right)), " ")
	}
	header := ""
	if s.Header > 0 {
		header = strconv.Itoa(s.Header)
	}
	return thing{what: "source", id: s.ID, name: s.ID, fields: []field{
		{key: "csv", value: s.Path}, {key: "connection", value: s.Connection}, {key: "kind", value: string(s.Kind)}, {key: "sheet", value: s.Sheet}, {key: "date", value: s.Date}, {key: "by_columns", value: strings.Join(s.By, ", ")}, {key: "metrics", value: strings.Join(metrics, ", ")},
		{key: "join", value: strings.Join(joins, ", ")}, {key: "gaps", value: fmt.Sprint(s.GapsZero)}, {key: "number", value: s.Number}, {key: "date_order", value: s.DateOrder},
		{key: "encoding", value: s.Encoding}, {key: "delimiter", value: s.Delimiter}, {key: "header", value: header},
	}}
}
