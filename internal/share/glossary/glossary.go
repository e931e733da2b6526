// Package glossary says of every number of a model what it is, for somebody who has never
// seen it: what is counted, in what, from where, how it is calculated and why it matters to
// the KGI. All of it is written in the model already; here it becomes sentences.
package glossary

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Entry is one indicator, explained.
type Entry struct {
	ID         string
	Name       string
	KGI        bool
	Definition string // the team's own words; "" where nobody wrote them
	Why        string // the same
	Unit       string
	Owner      string
	Reading    string   // how its number is to be read: added up, a rate, a level
	Formula    string   // with the names of other indicators; "" where it is not computed
	Measured   string   // with the names of columns; "" where it is not measured
	Sources    []string // where its numbers come from, each once
	Target     string   // as people say it; "" without
	Matters    string   // how it is joined to the KGI
	Road       []string // names from it to the KGI; empty for the KGI itself and without a road
}

// Numbers is what only somebody with the measured numbers knows.
type Numbers interface {
	Kind(id string) formula.Kind // how an indicator's values behave over time
	Target(id string) string     // as people say it: 年100件; "" without
}

// Entries explains every indicator of a model, the KGI first, the others in its order.
func Entries(m *goal.Model, numbers Numbers, lang words.Lang) []Entry {
	roads := roadsOf(m)
	entries := make([]Entry, len(m.Indicators))
	for i, ind := range m.Indicators {
		e := Entry{
			ID: ind.ID, Name: ind.Name, KGI: ind.IsKGI, Definition: ind.Definition, Why: ind.Why, Unit: ind.Unit, Owner: ind.Owner,
			Reading: reading(numbers.Kind(ind.ID), ind.Ratio()).In(lang), Sources: sources(m, ind.ID, lang), Road: []string{},
		}
		if ind.Formula != nil {
			e.Formula = spoken(ind.Formula, func(name string) string {
				if child := m.Indicator(name); child != nil {
					return child.Name
				}
				return name
			})
		}
		if ind.Measure != nil {
			e.Measured = spoken(ind.Measure, func(name string) string {
				if metric := m.Metric(name); metric != nil {
					return column(metric).In(lang)
				}
				return name
			})
		}
		e.Target = numbers.Target(ind.ID)
		link, leads := roads[ind.ID]
		switch {
		case ind.IsKGI:
			e.Matters = words.T("これが、みんなで目指す最終の目標です。", "This is the final goal everyone works towards.").In(lang)
		case !leads:
			e.Matters = words.T("まだKGIにつながっていません。", "It does not lead to the KGI yet.").In(lang)
		default:
			e.Matters = matters(m, link).In(lang)
			for at := link; ; {
				e.Road = append(e.Road, m.Indicator(at.From).Name)
				next, more := roads[at.To]
				if !more {
					e.Road = append(e.Road, m.Indicator(at.To).Name)
					break
				}
				at = next
			}
		}
		entries[i] = e
	}
	return entries
}

// reading is how a number is to be taken.
func reading(kind formula.Kind, ratio bool) words.Text {
	switch kind {
	case formula.Flow:
		return words.T("足していく数です。1か月の値は、毎日の値の合計です。", "It adds up: a month is the sum of its days.")
	case formula.Rate:
		return words.T("割合です。期間の合計どうしを割って出します。", "A rate: one sum of the period over another.")
	case formula.Level:
		return words.T("その時点の高さを見る数です。足し合わせません。", "A level: its height on the day counts, it is not added up.")
	}
	if ratio {
		return words.T("割合です。", "A rate.")
	}
	return words.Text{}
}

// matters says how an indicator is joined to the next on its road.
func matters(m *goal.Model, link goal.Link) words.Text {
	next := m.Indicator(link.To).Name
	switch {
	case link.Kind == goal.LinkFormula:
		return words.T("「%s」は、この数から計算されます。", "“%s” is calculated from it.", next)
	case link.Influence.Because != "":
		return words.T("「%s」を動かすと考えています(%s)。", "It is believed to move “%s” (%s).", next, link.Influence.Because)
	}
	return words.T("「%s」を動かすと考えています。", "It is believed to move “%s”.", next)
}

// roadsOf is, of each indicator with a way to the KGI, the first link of the shortest one.
// Of two that are as short, a calculation goes before a belief.
func roadsOf(m *goal.Model) map[string]goal.Link {
	into := map[string][]goal.Link{}
	for _, link := range m.Links() { // formulas first
		into[link.To] = append(into[link.To], link)
	}
	roads := map[string]goal.Link{}
	queue := []string{m.KGI().ID}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, link := range into[at] {
			if _, known := roads[link.From]; !known && link.From != m.KGI().ID {
				roads[link.From] = link
				queue = append(queue, link.From)
			}
		}
	}
	return roads
}

var (
	nameShape = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*`)
	signs     = strings.NewReplacer("*", "×", "/", "÷")
)

// spoken is an expression with the names that people know.
func spoken(expr *formula.Expr, name func(string) string) string {
	source := expr.Source()
	var b strings.Builder
	at := 0
	for _, found := range nameShape.FindAllStringIndex(source, -1) {
		b.WriteString(signs.Replace(source[at:found[0]]))
		b.WriteString(name(source[found[0]:found[1]]))
		at = found[1]
	}
	b.WriteString(signs.Replace(source[at:]))
	return b.String()
}

// column is what a metric is made of, as its source calls it.
func column(metric *goal.Metric) words.Text {
	plain := func(text string) words.Text { return words.Text{JA: text, EN: text} }
	switch {
	case metric.Entry != nil:
		return plain(cmp.Or(metric.Entry.Name, metric.ID))
	case metric.Events != nil:
		return plain(cmp.Or(metric.Events.Event, metric.Events.Page, metric.ID))
	case metric.Kind == goal.MetricCount:
		return words.T("行の数", "number of rows")
	case metric.Kind == goal.MetricDistinct:
		return words.T("「%s」の種類の数", "number of different “%s”", metric.Column)
	}
	return plain(cmp.Or(metric.Column, metric.ID))
}

// sources is where an indicator's numbers come from, also those of what it is computed of.
func sources(m *goal.Model, id string, lang words.Lang) []string {
	found := []string{}
	for _, leaf := range m.Leaves(id) {
		metric := m.Metric(leaf)
		if metric == nil {
			continue
		}
		if name := sourceName(metric.Source).In(lang); !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

func sourceName(source *goal.Source) words.Text {
	switch source.Kind {
	case goal.SourceEvents:
		return words.T("ウェブサイトの計測", "measured on the website")
	case goal.SourceEntry:
		return words.T("手で入れる数", "typed in by the team")
	case goal.SourceConnection:
		return words.T("接続「%s」", "connection “%s”", cmp.Or(source.Connection, source.ID))
	}
	return words.T("ファイル「%s」", "file “%s”", cmp.Or(source.Path, source.ID))
}
