package query

import "github.com/shirube/shirube/internal/measure/warehouse"

// rawField counts one field from the parts kept and seen, in the shape of its roll-ups. A
// field of the visit belongs to the day the visit began, with all that is in it; a field of
// a view or an event to its own day.
func (s Scope) rawField(field warehouse.Field) ([]*Select, error) {
	switch {
	case field == warehouse.FieldEvent:
		return []*Select{seenGroup(field, seenEvent("name"), []Expr{isDone, matched}, []Column{{count(), "events"}})}, nil
	case viewColumns[field] != "":
		value := seenEvent(viewColumns[field])
		out := []*Select{
			seenGroup(field, value, []Expr{isView}, []Column{{count(), "views"}}),
			rawGroup(field, value, noTraffic, seen, []Expr{seenEvent("day"), value}, []Expr{op(seenEvent("engaged"), ">", zero)},
				[]Column{{sum(seenEvent("engaged")), "engaged"}}),
		}
		if field == warehouse.FieldPage {
			out = append(out, endsOfVisits(field)...)
		}
		return out, nil
	}
	return keptField(field)
}

// keptField counts a field of the visit from the part kept.
func keptField(field warehouse.Field) ([]*Select, error) {
	switch {
	case field == fieldTraffic:
		return []*Select{keptGroup(field, empty, keptVisit("traffic"))}, nil
	case field == warehouse.FieldEntry:
		return []*Select{keptGroup(field, keptVisit("entry"), noTraffic, Column{count(), "entries"})}, nil
	case field == warehouse.FieldExit:
		return []*Select{keptGroup(field, keptVisit("exit"), noTraffic, Column{count(), "exits"})}, nil
	case visitColumns[field] != "":
		return []*Select{keptGroup(field, keptVisit(visitColumns[field]), noTraffic)}, nil
	}
	return nil, warehouse.Refuse("「%s」では分けられません。", "“%s” is nothing to cut by.", string(field))
}

// endsOfVisits are the visits that began and ended on each page.
func endsOfVisits(field warehouse.Field) []*Select {
	return []*Select{
		rawGroup(field, keptVisit("entry"), noTraffic, kept, []Expr{keptVisit("day"), keptVisit("entry")}, nil,
			[]Column{{count(), "entries"}, {countIf(keptVisit("bounce")), "bounces"}}),
		rawGroup(field, keptVisit("exit"), noTraffic, kept, []Expr{keptVisit("day"), keptVisit("exit")}, nil,
			[]Column{{count(), "exits"}}),
	}
}

var noTraffic = Expr(zero)

// keptGroup counts visits by one of their fields, on each day by itself.
func keptGroup(field warehouse.Field, value, way Expr, more ...Column) *Select {
	group := []Expr{keptVisit("day"), value}
	if value == Expr(empty) {
		group = []Expr{keptVisit("day"), way}
	}
	return rawGroup(field, value, way, kept, group, nil, append(more, []Column{
		{keptPeople(), "visitors"}, {count(), "visits"},
		{sum(keptVisit("views")), "views"}, {sum(keptVisit("events")), "events"},
		{countIf(keptVisit("bounce")), "bounces"}, {sum(keptVisit("engaged")), "engaged"}, {sum(keptVisit("duration")), "duration"},
	}...))
}

// seenGroup counts events by one of their fields, with the visits and people they are of.
func seenGroup(field warehouse.Field, value Expr, where []Expr, have []Column) *Select {
	return rawGroup(field, value, noTraffic, seen, []Expr{seenEvent("day"), value}, where, append(have,
		Column{distinct{seenEvent("person")}, "visitors"},
		Column{distinct{choose{inVisit, seenEvent("visit"), null}}, "visits"}))
}

func rawGroup(field warehouse.Field, value, way Expr, from Source, group, where []Expr, have []Column) *Select {
	return &Select{
		Columns: append([]Column{column(label(field), "field"), column(value, "value"), column(way, "traffic")}, lined(sums, have)...),
		From:    from,
		Where:   where,
		Group:   group,
	}
}

// Visitors are the different people of some values of a field over the whole span, from the
// raw tables: columns value, visitors.
func Visitors(d Dialect, s Scope, field warehouse.Field, values []string) (Statement, error) {
	body, err := s.visitorsOf(field, values)
	return compiled(d, s, body, err)
}

func (s Scope) visitorsOf(field warehouse.Field, values []string) (*Select, error) {
	s.Days = nil
	p, err := s.population(s.Filters)
	if err != nil {
		return nil, err
	}
	out := &Select{}
	var value, person Expr
	switch {
	case MadeOfTraffic(field):
		out.With, out.From = []Common{{"kept", p.kept()}}, kept
		out.Joins = []Join{{Kind: Left, To: s.mapping(field, "y"), On: []Expr{eq(col{"y", "traffic"}, keptVisit("traffic"))}}}
		value, person = fn("coalesce", col{"y", "value"}, empty), keptVisit("person")
	case visitColumns[field] != "":
		out.With, out.From = []Common{{"kept", p.kept()}}, kept
		value, person = keptVisit(visitColumns[field]), keptVisit("person")
	case field == warehouse.FieldEvent:
		out.With, out.From, out.Where = []Common{{"seen", p.seen()}}, seen, []Expr{isDone, matched}
		value, person = seenEvent("name"), seenEvent("person")
	case viewColumns[field] != "":
		out.With, out.From, out.Where = []Common{{"seen", p.seen()}}, seen, []Expr{isView}
		value, person = seenEvent(viewColumns[field]), seenEvent("person")
	default:
		return nil, warehouse.Refuse("「%s」では分けられません。", "“%s” is nothing to cut by.", string(field))
	}
	out.Columns = []Column{column(value, "value"), column(distinct{person}, "visitors")}
	out.Where = append(out.Where, among{value, values})
	out.Group = []Expr{value}
	return out, nil
}

// MaxAtOnce is how many values VisitorsAtOnce takes: as many as an integer has bits for.
const MaxAtOnce = 60

// AtOnce reports whether VisitorsAtOnce can answer.
func AtOnce(field warehouse.Field, values int) bool {
	return values > 0 && values <= MaxAtOnce && (field == warehouse.FieldEvent || viewColumns[field] != "")
}

// VisitorsAtOnce is Visitors for fields of views and events: one row with a column for each
// value, in order. Every visitor becomes one number with a bit for each value they had, so
// that what has to be told apart is visitors, not visitors times values.
func VisitorsAtOnce(d Dialect, s Scope, field warehouse.Field, values []string) (Statement, error) {
	body, err := s.visitorsAtOnce(field, values)
	return compiled(d, s, body, err)
}

func (s Scope) visitorsAtOnce(field warehouse.Field, values []string) (*Select, error) {
	s.Days = nil
	p, err := s.population(s.Filters)
	if err != nil {
		return nil, err
	}
	value, which := Expr(ofEvent("name")), []Expr{isDone, all(p.c.event)}
	if field != warehouse.FieldEvent {
		value, which = ofEvent(viewColumns[field]), []Expr{isView}
	}
	place := spell(placeIn, value, param{values})
	had := &Select{
		Columns: []Column{column(ofEvent("visitor"), "visitor"), column(spell(bitOf, place), "depth")},
		From:    events,
		Where: concat(s.span(ofEvent("day")), s.people(ofEvent("bot")), which, p.c.row, s.inVisits(p.c), p.nearby(),
			[]Expr{op(place, ">", zero)}),
		Group: []Expr{ofEvent("visitor")},
	}
	who := whoOf(col{"x", "visitor"})
	persons := &Select{
		Columns: []Column{column(who, "person"), column(spell(joinedBits, col{"x", "depth"}), "depth")},
		From:    nested{had, "x"},
		Joins:   []Join{s.otherOf(col{"x", "visitor"}, false)},
		Group:   []Expr{who},
	}
	out := &Select{From: nested{persons, "m"}}
	for i := range values {
		out.Columns = append(out.Columns, column(whole(sum(spell(bitAt, col{"m", "depth"}, param{int64(i + 1)}))), ""))
	}
	return out, nil
}
