package query

import (
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/measure/warehouse"
)

// What the rows of Counted are about, where it is not a field: a day, whose number stands
// in the place of traffic, or people, of whom one row holds up to PeopleBlock.
const (
	OfDays      warehouse.Field = "day"
	OfPeople    warehouse.Field = "people"
	OfTraffic   warehouse.Field = fieldTraffic
	PeopleBlock                 = 32
)

// Counted are the numbers of a stretch of days from the raw tables, all in one statement, so
// that the events are read once: columns field, value, traffic, visitors, visits, views,
// events, bounces, engaged, duration, entries, exits. Rows of different stretches may be
// added up. Visitors are those of each day, added up.
//
//   - A field's rows are as those of its roll-up; fields made of traffic are asked for as
//     OfTraffic. All values are there, and those nothing was seen of, too.
//   - OfDays: traffic is the day, entries are its cookieless people.
//   - OfPeople: the different people of the stretch, to be joined with those of others:
//     traffic is the number of a block of PeopleBlock persons, visits has a bit for each.
func Counted(d Dialect, s Scope, fields []warehouse.Field) (Statement, error) {
	body, err := s.counted(fields)
	return compiled(d, s, body, err)
}

func (s Scope) counted(fields []warehouse.Field) (*Select, error) {
	s.Days = nil
	p, err := s.population(s.Filters)
	if err != nil {
		return nil, err
	}
	a := p.acts(fields)
	branches := a.days()
	for _, base := range Bases(fields) {
		more, err := a.field(base)
		if err != nil {
			return nil, err
		}
		branches = append(branches, more...)
	}
	union := *branches[0]
	union.Also = branches[1:]
	out := &Select{
		With: append(append([]Common{{"acts", a.body}}, p.marked(a.holding)...), Common{"people", a.people()}),
		From: nested{&union, "f"},
	}
	for _, name := range []word{"field", "value", "traffic"} {
		out.Columns = append(out.Columns, column(col{"f", name}, name))
		out.Group = append(out.Group, col{"f", name})
	}
	return out.adding(), nil
}

// acts are what was done: one row for each visit, day and value of the fields asked for,
// with the number of views and events in it. It is a fraction of the events, and all that
// has to be kept in memory of them.
type acts struct {
	body    *Select
	pages   []word // the fields of views the rows are cut by
	holding []Expr // of a visit: it holds an event that passes the filters
	within  []Expr // of a row: it is of the span
}

func (p population) acts(fields []warehouse.Field) acts {
	s, days := p.scope, p.scope.span(ofEvent("day"))
	out := acts{holding: s.holding(ofVisit("visit"), p.c)}
	if len(p.c.row) > 0 && !p.c.named {
		// The same events say which visits there are; some lie behind the span.
		days = s.wholeVisits(ofEvent("day"))
		out.holding = []Expr{within{ofVisit("visit"), &Select{Columns: []Column{column(seenEvent("visit"), "")}, From: part{"acts", "e"}}}}
		out.within = []Expr{op(seenEvent("day"), "<=", param{int32(s.Span.To)})}
	}
	inner := &Select{
		Columns: []Column{
			column(countIf(isView), "views"), column(countIf(all{isDone, all(p.c.event)}), "events"),
			column(sum(ofEvent("engaged")), "engaged"), column(countIf(all(p.c.event)), "matched"),
		},
		From:  events,
		Where: concat(days, s.people(ofEvent("bot")), []Expr{isSeen}, p.c.row, s.inVisits(p.c), p.nearby()),
	}
	by := []word{"visit", "visitor", "day"}
	only := map[word]Expr{}
	for _, field := range fields {
		name := viewColumns[field]
		if value, one := s.onlyOne(field); one {
			only[name] = value
		} else if name != "" && !slices.Contains(out.pages, name) {
			out.pages = append(out.pages, name)
		}
	}
	by = append(by, out.pages...)
	for _, name := range by {
		inner.Columns = append(inner.Columns, column(ofEvent(name), name))
		inner.Group = append(inner.Group, ofEvent(name))
	}
	if slices.Contains(fields, warehouse.FieldEvent) {
		// By its own name: the same expression with the same parameter is not known to be the same.
		inner.Columns = append(inner.Columns, column(choose{isDone, ofEvent("name"), empty}, "done"))
		inner.Group = append(inner.Group, named("done"))
	}
	out.body = &Select{
		Columns: []Column{
			column(whoOf(col{"x", "visitor"}), "person"),
			column(choose{fn("coalesce", ofPerson("cookieless"), fixed{"FALSE"}), one, zero}, "cookieless"),
		},
		From:  nested{inner, "x"},
		Joins: []Join{s.otherOf(col{"x", "visitor"}, true)},
	}
	if slices.Contains(fields, warehouse.FieldEvent) {
		out.body.Columns = append(out.body.Columns, column(col{"x", "done"}, "name"))
	}
	for _, name := range append(by, "views", "events", "engaged", "matched") {
		out.body.Columns = append(out.body.Columns, column(col{"x", name}, name))
	}
	for _, name := range slices.Sorted(maps.Keys(only)) {
		out.body.Columns = append(out.body.Columns, column(only[name], name))
	}
	return out
}

// onlyOne is the only value of a field of views that the scope's filters leave, where there
// is just one: then rows need not be told apart by it.
func (s Scope) onlyOne(field warehouse.Field) (Expr, bool) {
	for _, f := range s.Filters {
		if f.Field == field && viewColumns[field] != "" && f.Op == warehouse.Is && len(f.Values) == 1 {
			return spell(asText, param{f.Values[0]}), true
		}
	}
	return nil, false
}

// people are the different people of each day, as far as they were in a visit.
func (a acts) people() *Select {
	return &Select{
		Columns: []Column{
			column(seenEvent("day"), "day"), column(seenEvent("person"), "person"),
			column(fn("max", seenEvent("cookieless")), "cookieless"),
		},
		From:  part{"acts", "e"},
		Where: concat(a.within, []Expr{inVisit, op(matched, ">", zero)}),
		Group: []Expr{seenEvent("day"), seenEvent("person")},
	}
}

// days are the rows OfDays and OfPeople.
func (a acts) days() []*Select {
	block := spell(blockOf, col{"x", "person"})
	return []*Select{
		rawGroup(OfDays, empty, seenEvent("day"), part{"acts", "e"}, []Expr{seenEvent("day")}, a.within, []Column{
			{sum(seenEvent("views")), "views"}, {sum(seenEvent("events")), "events"}, {sum(seenEvent("engaged")), "engaged"},
		}),
		rawGroup(OfDays, empty, keptVisit("day"), kept, []Expr{keptVisit("day")}, nil, []Column{
			{count(), "visits"}, {countIf(keptVisit("bounce")), "bounces"}, {sum(keptVisit("duration")), "duration"},
		}),
		rawGroup(OfDays, empty, col{"x", "day"}, part{"people", "x"}, []Expr{col{"x", "day"}}, nil, []Column{
			{count(), "visitors"}, {sum(col{"x", "cookieless"}), "entries"},
		}),
		rawGroup(OfPeople, empty, block, part{"people", "x"}, []Expr{block}, nil, []Column{
			{spell(bitsOf, col{"x", "person"}), "visits"},
		}),
	}
}

// field counts one field. A field of the visit belongs to the day the visit began, with all
// that is in it; a field of a view or an event to its own day.
func (a acts) field(field warehouse.Field) ([]*Select, error) {
	counted := func(value Expr, number word, more ...Column) *Select {
		have := op(seenEvent(number), ">", zero)
		visits := countIf(all{have, inVisit})
		if slices.ContainsFunc(a.pages, func(name word) bool { return value != seenEvent(name) }) {
			// Else there is one row for each visit, day and value.
			visits = distinct{choose{all{have, inVisit}, seenEvent("visit"), null}}
		}
		where := have
		if len(more) > 0 {
			where = either{have, op(seenEvent("engaged"), ">", zero)}
		}
		return rawGroup(field, value, noTraffic, part{"acts", "e"}, []Expr{seenEvent("day"), value}, concat(a.within, []Expr{where}), append(more,
			Column{sum(seenEvent(number)), number},
			Column{distinct{choose{have, seenEvent("person"), null}}, "visitors"},
			Column{visits, "visits"}))
	}
	switch {
	case field == warehouse.FieldEvent:
		return []*Select{counted(seenEvent("name"), "events")}, nil
	case viewColumns[field] != "":
		out := []*Select{counted(seenEvent(viewColumns[field]), "views", Column{sum(seenEvent("engaged")), "engaged"})}
		if field == warehouse.FieldPage {
			out = append(out, endsOfVisits(field)...)
		}
		return out, nil
	}
	return keptField(field)
}
