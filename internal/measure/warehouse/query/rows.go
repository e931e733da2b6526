package query

import (
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// eventColumns are the columns of an event that is shown, in the order of Rows.
var eventColumns = []word{
	"kind", "name", "category", "happened", "received", "visit",
	"host", "path", "query", "title", "referrer_host", "referrer_path",
	"device", "browser", "os", "language", "bot", "library", "key", "engaged", "value", "currency",
	"user_id", "anonymous_id", "previous_id", "group_id", "properties",
}

// EventRows are the events of a scope, newest first: the columns of eventColumns, then id,
// person, the visitor's own id and cookieless, then the way in: source, medium, campaign,
// term, content, click_id.
func EventRows(d Dialect, s Scope, page warehouse.Paging) (Statement, error) {
	body, err := s.eventRows()
	if err == nil {
		body.Order = []Order{{By: named("happened"), Down: true}, {By: col{"e", "id"}, Down: true}}
		body.Limit, body.Offset = bounded(page.Limit, MaxLimit), max(page.Offset, 0)
	}
	return compiled(d, s, body, err)
}

func (s Scope) eventRows() (*Select, error) {
	c, err := s.conditions(s.Filters)
	if err != nil {
		return nil, err
	}
	out := rowsOf()
	out.Where = concat(s.span(ofEvent("day")), s.people(ofEvent("bot")), c.rows(), s.inVisits(c))
	return out, nil
}

func rowsOf() *Select {
	out := &Select{
		From: events,
		Joins: []Join{
			personOf(ofEvent("visitor")),
			{Kind: Left, To: trafficTable, On: []Expr{eq(ofTraffic("traffic"), ofEvent("traffic"))}},
		},
	}
	for _, name := range eventColumns {
		out.Columns = append(out.Columns, column(ofEvent(name), name))
	}
	out.Columns = append(out.Columns,
		column(spell(asText, ofEvent("id")), "id"), column(ofPerson("person"), "person"),
		column(ofPerson("id"), "seen"), column(ofPerson("cookieless"), "cookieless"))
	for _, name := range []word{"source", "medium", "campaign", "term", "content", "click_id"} {
		out.Columns = append(out.Columns, column(fn("coalesce", ofTraffic(name), empty), name))
	}
	return out
}

// PersonRows are all events of the people that some visitor ids belong to, oldest first,
// in the columns of EventRows. The ids are as the writer keeps them: "a:…", "u:…", "d:…".
func PersonRows(d Dialect, key int32, ids []string, person uint32) (Statement, error) {
	out := rowsOf()
	who := either{within{ofPerson("person"), &Select{
		Columns: []Column{column(col{"x", "person"}, "")},
		From:    table{"visitors", "x"},
		Where:   []Expr{among{col{"x", "id"}, ids}},
	}}}
	if person != 0 {
		who = append(who, eq(ofPerson("person"), param{person}))
	}
	out.Where = []Expr{who}
	out.Order = []Order{{By: named("happened")}, {By: col{"e", "id"}}}
	return Compile(d, key, out)
}

// exportColumns are the columns of an export, in order. Person is a number, ids as they
// were sent.
var exportText = []word{
	"name", "category", "host", "path", "query", "title", "referrer_host", "referrer_path",
	"device", "browser", "os", "language", "bot", "library", "key", "currency",
	"user_id", "anonymous_id", "group_id", "properties",
}

// Stretches are the days of a scope that have events: columns day, count, first and last
// (moments). Filters are left aside: it is for cutting an export into pieces.
func Stretches(d Dialect, s Scope) (Statement, error) {
	return compiled(d, s, &Select{
		Columns: []Column{
			column(ofEvent("day"), "day"), column(count(), "count"),
			column(fn("min", ofEvent("happened")), "first"), column(fn("max", ofEvent("happened")), "last"),
		},
		From:  events,
		Where: s.span(ofEvent("day")),
		Group: []Expr{ofEvent("day")},
		Order: []Order{{By: named("day")}},
	}, nil)
}

// Export is what is written to a file. Safe makes texts harmless to spreadsheets: one that
// begins like a formula gets an apostrophe before it.
func Export(d Dialect, s Scope, safe bool) (Statement, error) {
	body, err := s.export(safe)
	return compiled(d, s, body, err)
}

// ExportPiece is the events of an export from a moment to before another, in their order.
func ExportPiece(d Dialect, s Scope, safe bool, from, before event.Millis) (Statement, error) {
	body, err := s.export(safe)
	if err == nil {
		body.Where = append(body.Where, op(ofEvent("happened"), ">=", param{int64(from)}), op(ofEvent("happened"), "<", param{int64(before)}))
		body.Order = []Order{{By: ofEvent("happened")}, {By: ofEvent("id")}}
	}
	return compiled(d, s, body, err)
}

func (s Scope) export(safe bool) (*Select, error) {
	c, err := s.conditions(s.Filters)
	if err != nil {
		return nil, err
	}
	cell := func(e Expr) Expr {
		if safe {
			return spell(harmless, e)
		}
		return e
	}
	kind := Expr(fixed{"''"})
	for _, each := range []struct {
		kind event.Kind
		name word
	}{{event.Alias, "'alias'"}, {event.Group, "'group'"}, {event.Identify, "'identify'"}, {event.Screen, "'screen'"}, {event.Page, "'page'"}, {event.Track, "'track'"}} {
		kind = choose{eq(ofEvent("kind"), param{uint8(each.kind)}), fixed{each.name}, kind}
	}
	out := &Select{
		Columns: []Column{
			column(spell(momentText, ofEvent("happened")), "happened"), column(spell(asText, ofEvent("id")), "id"), column(kind, "kind"),
			column(ofPerson("person"), "person"), column(ofEvent("visit"), "visit"),
		},
		From: events,
		Joins: []Join{
			personOf(ofEvent("visitor")),
			{Kind: Left, To: trafficTable, On: []Expr{eq(ofTraffic("traffic"), ofEvent("traffic"))}},
		},
		Where: concat(s.span(ofEvent("day")), s.people(ofEvent("bot")), c.rows(), s.inVisits(c)),
	}
	for _, name := range exportText {
		out.Columns = append(out.Columns, column(cell(ofEvent(name)), name))
	}
	for _, name := range []word{"source", "medium", "campaign", "term", "content", "click_id"} {
		out.Columns = append(out.Columns, column(cell(fn("coalesce", ofTraffic(name), empty)), name))
	}
	out.Columns = append(out.Columns, column(ofEvent("engaged"), "engaged"), column(ofEvent("value"), "value"))
	return out, nil
}

// Values are the values of a field, or of a property, seen in the span, most first:
// columns value, count. A property without a name asks for the names of properties.
func Values(d Dialect, s Scope, field warehouse.Field, name, prefix string, limit int) (Statement, error) {
	body, err := s.values(field, name, prefix, limit)
	return compiled(d, s, body, err)
}

func (s Scope) values(field warehouse.Field, name, prefix string, limit int) (*Select, error) {
	if len(prefix) > MaxText || len(name) > MaxText {
		return nil, warehouse.Refuse("探す文字が長すぎます。", "The text to look for is too long.")
	}
	given := &Select{From: events, Where: concat(s.span(ofEvent("day")), s.people(ofEvent("bot")))}
	switch {
	case field == warehouse.FieldProperty && name == "":
		given.Columns = []Column{column(spell(propertyKeys, ofEvent("properties")), "value")}
		given.Where = append(given.Where, isSeen, op(ofEvent("properties"), "<>", empty))
	case field == warehouse.FieldProperty:
		given.Columns = []Column{column(spell(property, ofEvent("properties"), param{name}), "value")}
		given.Where = append(given.Where, isSeen, op(ofEvent("properties"), "<>", empty))
	case field == warehouse.FieldEvent:
		given.Columns = []Column{column(ofEvent("name"), "value")}
		given.Where = append(given.Where, isDone)
	case viewColumns[field] != "":
		given.Columns = []Column{column(ofEvent(viewColumns[field]), "value")}
		given.Where = append(given.Where, isView)
	case visitColumns[field] != "" || MadeOfTraffic(field):
		given = &Select{From: visits, Where: concat(s.span(ofVisit("day")), s.people(ofVisit("bot")))}
		given.Columns = []Column{column(ofVisit(visitColumns[field]), "value")}
		if MadeOfTraffic(field) {
			given.Joins = []Join{{Kind: Inner, To: s.mapping(field, "y"), On: []Expr{eq(col{"y", "traffic"}, ofVisit("traffic"))}}}
			given.Columns = []Column{column(col{"y", "value"}, "value")}
		}
	default:
		return nil, warehouse.Refuse("「%s」の値は調べられません。", "“%s” has no values to look up.", string(field))
	}
	out := &Select{
		Columns: []Column{column(col{"m", "value"}, "value"), column(count(), "count")},
		From:    nested{given, "m"},
		Where:   []Expr{not{isNull{col{"m", "value"}}}, op(col{"m", "value"}, "<>", empty), spell(startsWith, col{"m", "value"}, param{prefix})},
		Group:   []Expr{col{"m", "value"}},
		Order:   []Order{{By: named("count"), Down: true}, {By: named("value")}},
		Limit:   bounded(limit, 1000),
	}
	return out, nil
}

// LastSeen is when events of some names were last seen at all: columns name, last.
func LastSeen(d Dialect, key int32, list []string) (Statement, error) {
	return Compile(d, key, &Select{
		Columns: []Column{column(col{"n", "name"}, "name"), column(fn("max", col{"n", "last"}), "last")},
		From:    names,
		Where:   []Expr{among{col{"n", "name"}, list}},
		Group:   []Expr{col{"n", "name"}},
	})
}

// Newest is when the newest event of the span was received, robots too: column received,
// NULL where there is none.
func Newest(d Dialect, s Scope) (Statement, error) {
	return compiled(d, s, &Select{
		Columns: []Column{column(fn("max", ofEvent("received")), "received")},
		From:    events,
		Where:   s.span(ofEvent("day")),
	}, nil)
}
