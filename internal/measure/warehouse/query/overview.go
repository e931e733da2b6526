package query

import (
	"slices"

	"github.com/shirube/shirube/internal/measure/warehouse"
)

// Rolled are the numbers of the clean days of the span: columns day, visitors, cookieless,
// visits, views, events, bounces, engaged, duration, and stamp, which is another one each time
// a day is counted.
func Rolled(d Dialect, s Scope) (Statement, error) {
	body := &Select{
		From:  rollupDays,
		Joins: []Join{{Kind: Left, To: dayStamps, On: []Expr{eq(col{"s", "day"}, col{"r", "day"})}}},
		Where: concat(s.span(col{"r", "day"}), []Expr{clean(col{"r", "day"})}),
	}
	for _, name := range []word{"day", "visitors", "cookieless", "visits", "views", "events", "bounces", "engaged", "duration"} {
		body.Columns = append(body.Columns, column(col{"r", name}, name))
	}
	body.Columns = append(body.Columns, column(spell(asInteger, fn("coalesce", col{"s", "stamp"}, zero)), "stamp"))
	return compiled(d, s, body, nil)
}

// RolledPeople are the people of s.Days as they were counted: column people.
func RolledPeople(d Dialect, s Scope) (Statement, error) {
	return compiled(d, s, &Select{Columns: []Column{column(col{"r", "people"}, "people")}, From: rollupDays, Where: s.span(col{"r", "day"})}, nil)
}

// RolledFields are the numbers of the values of some fields, added up over s.Days: columns
// field, value, traffic, visitors (by the day), visits, views, events, bounces, engaged,
// duration, entries, exits, at most as many rows as most says. Fields made of traffic are
// rows of OfTraffic.
func RolledFields(d Dialect, s Scope, fields []warehouse.Field, most int) (Statement, error) {
	out := rolledFields(Bases(fields), s.span(col{"f", "day"}))
	out.Limit = most
	return compiled(d, s, out, nil)
}

// Dirty are the days of the span whose roll-ups are out of date: column day.
func Dirty(d Dialect, s Scope) (Statement, error) {
	return compiled(d, s, &Select{
		Distinct: true,
		Columns:  []Column{column(col{"x", "day"}, "day")},
		From:     dirty,
		Where:    s.span(col{"x", "day"}),
		Order:    []Order{{By: named("day")}},
	}, nil)
}

func clean(day Expr) Expr {
	return not{within{day, &Select{Columns: []Column{column(col{"x", "day"}, "")}, From: dirty}}}
}

// lined puts columns in a fixed order and zeros where one is missing, so that selects of
// different things can be joined and added up.
func lined(order []word, have []Column) []Column {
	out := make([]Column, len(order))
	for i, name := range order {
		out[i] = column(spell(asInteger, zero), name)
		for _, each := range have {
			if each.As == name {
				out[i] = column(whole(each.Expr), name)
			}
		}
	}
	return out
}

// Groups are the numbers of the values of some fields: columns field, value, visitors (by
// the day, added up), visits, views, events, bounces, engaged, duration, entries, exits;
// within each field the most visits first. Days that are clean come from roll-ups; s.Days are
// the days that are not. It is for scopes and fields FromRolls holds for.
func Groups(d Dialect, s Scope, fields []warehouse.Field, page warehouse.Paging) (Statement, error) {
	body, err := s.groups(fields, page)
	return compiled(d, s, body, err)
}

// Plain reports whether a scope can be answered from roll-ups.
func Plain(s warehouse.Scope) bool { return len(s.Filters) == 0 && !s.WithBots }

// FromRolls reports whether roll-ups can answer for all of some fields.
func FromRolls(s warehouse.Scope, fields []warehouse.Field) bool {
	return Plain(s) && !slices.ContainsFunc(fields, func(f warehouse.Field) bool { return !rolledUp(f) })
}

// rolledUp reports whether roll-ups know a field.
func rolledUp(f warehouse.Field) bool {
	return f == warehouse.FieldPage || f == warehouse.FieldEvent || visitColumns[f] != "" || MadeOfTraffic(f)
}

// Weights are how much there is to count on each day: columns day, count. Where filters
// choose visits it is what was seen in these, of the day they began. Else it is what was
// seen at all, and days that are not rolled up are missing.
func Weights(d Dialect, s Scope) (Statement, error) {
	s.Days = nil
	c, err := s.conditions(s.Filters)
	if err != nil {
		return Statement{}, err
	}
	if len(c.visit) > 0 {
		return compiled(d, s, &Select{
			Columns: []Column{column(ofVisit("day"), "day"), column(wholeSum(op(ofVisit("views"), "+", ofVisit("events"))), "count")},
			From:    visits,
			Where:   concat(s.span(ofVisit("day")), s.people(ofVisit("bot")), c.visit),
			Group:   []Expr{ofVisit("day")},
		}, nil)
	}
	return compiled(d, s, &Select{
		Columns: []Column{column(col{"r", "day"}, "day"), column(op(col{"r", "views"}, "+", col{"r", "events"}), "count")},
		From:    rollupDays,
		Where:   s.span(col{"r", "day"}),
	}, nil)
}

var sums = []word{"visitors", "visits", "views", "events", "bounces", "engaged", "duration", "entries", "exits"}

func (s Scope) groups(fields []warehouse.Field, page warehouse.Paging) (*Select, error) {
	out := &Select{}
	bases := Bases(fields)
	if len(bases) == 0 || !FromRolls(s.Scope, fields) {
		return nil, warehouse.Refuse("何で分けるかを選んでください。", "Choose what to cut by.")
	}
	every := s
	every.Days = nil
	rolled := []*Select{rolledFields(bases, append(every.span(col{"f", "day"}), clean(col{"f", "day"})))}
	if len(s.Days) > 0 {
		for _, base := range bases {
			branches, err := s.rawField(base)
			if err != nil {
				return nil, err
			}
			rolled = append(rolled, branches...)
		}
		p, err := s.population(s.Filters)
		if err != nil {
			return nil, err
		}
		out.With = p.parts()
	}
	first := *rolled[0]
	first.Also = rolled[1:]
	out.With = append(out.With, Common{"daily", &first})
	var folded []*Select
	var plain []string
	for _, base := range bases {
		if base != fieldTraffic {
			plain = append(plain, string(base))
		}
	}
	if len(plain) > 0 {
		folded = append(folded, foldedPlain(plain))
	}
	for i, field := range fields {
		if MadeOfTraffic(field) && !slices.Contains(fields[:i], field) {
			folded = append(folded, s.foldedTraffic(field))
		}
	}
	union := *folded[0]
	union.Also = folded[1:]
	ranked := &Select{
		From: nested{&union, "m"},
		Columns: []Column{
			column(col{"m", "field"}, "field"), column(col{"m", "value"}, "value"),
			column(over{fn("row_number"), []Expr{col{"m", "field"}}, []Order{
				{By: col{"m", "visits"}, Down: true}, {By: col{"m", "views"}, Down: true}, {By: col{"m", "events"}, Down: true}, {By: col{"m", "value"}},
			}}, "ranked"),
		},
	}
	out.From = nested{ranked, "m"}
	out.Columns = []Column{column(col{"m", "field"}, "field"), column(col{"m", "value"}, "value")}
	for _, name := range sums {
		ranked.Columns = append(ranked.Columns, column(col{"m", name}, name))
		out.Columns = append(out.Columns, column(col{"m", name}, name))
	}
	limit := int64(bounded(page.Limit, MaxLimit))
	out.Where = []Expr{
		op(col{"m", "ranked"}, ">", param{int64(max(page.Offset, 0))}),
		op(col{"m", "ranked"}, "<=", param{int64(max(page.Offset, 0)) + limit}),
	}
	out.Order = []Order{{By: col{"m", "field"}}, {By: col{"m", "ranked"}}}
	return out, nil
}

// fieldTraffic is what fields made of traffic are rolled up by.
const fieldTraffic warehouse.Field = "traffic"

// Bases are what fields are rolled up by, each once; OfTraffic for all that are made of it.
func Bases(fields []warehouse.Field) []warehouse.Field {
	var out []warehouse.Field
	for _, field := range fields {
		if MadeOfTraffic(field) {
			field = fieldTraffic
		}
		if !slices.Contains(out, field) {
			out = append(out, field)
		}
	}
	return out
}

// rolledFields are some fields' roll-ups of the days kept.
func rolledFields(bases []warehouse.Field, days []Expr) *Select {
	list := make([]string, len(bases))
	for i, base := range bases {
		list[i] = string(base)
	}
	out := &Select{
		From:    rollupFields,
		Columns: []Column{column(col{"f", "field"}, "field"), column(col{"f", "value"}, "value"), column(col{"f", "traffic"}, "traffic")},
		Where:   concat([]Expr{among{col{"f", "field"}, list}}, days),
		Group:   []Expr{col{"f", "field"}, col{"f", "value"}, col{"f", "traffic"}},
	}
	return out.adding()
}

func wholeSum(e Expr) Expr { return whole(sum(e)) }

// foldedPlain adds fields up over the days. Values nothing was counted of are left out:
// entries and exits lie on pages that a filter leaves out, too.
func foldedPlain(fields []string) *Select {
	out := &Select{
		From:    part{"daily", "f"},
		Columns: []Column{column(col{"f", "field"}, "field"), column(col{"f", "value"}, "value")},
		Where:   []Expr{among{col{"f", "field"}, fields}},
		Group:   []Expr{col{"f", "field"}, col{"f", "value"}},
	}
	ofViews := eq(col{"f", "field"}, param{string(warehouse.FieldPage)})
	out.Having = []Expr{choose{fn("any_value", ofViews), op(sum(col{"f", "views"}), ">", zero), fixed{"TRUE"}}}
	return out.adding()
}

// foldedTraffic adds ways in up to the field that is made of them.
func (s Scope) foldedTraffic(field warehouse.Field) *Select {
	value := fn("coalesce", col{"y", "value"}, empty)
	out := &Select{
		From:    part{"daily", "f"},
		Joins:   []Join{{Kind: Left, To: s.mapping(field, "y"), On: []Expr{eq(col{"y", "traffic"}, col{"f", "traffic"})}}},
		Columns: []Column{column(label(field), "field"), column(value, "value")},
		Where:   []Expr{eq(col{"f", "field"}, param{string(fieldTraffic)})},
		Group:   []Expr{value},
	}
	return out.adding()
}

// label is a field's own name as a column. It says that it is text: an engine that has to
// find that out plans the statement twice.
func label(field warehouse.Field) Expr { return spell(asText, param{string(field)}) }

// adding adds up what roll-ups hold.
func (s *Select) adding() *Select {
	for _, name := range sums {
		s.Columns = append(s.Columns, column(wholeSum(col{"f", name}), name))
	}
	return s
}

// Forgotten is the number of days of the span that only roll-ups remember: column count.
func Forgotten(d Dialect, s Scope) (Statement, error) {
	whole := s
	whole.Days = nil
	first := &Select{Columns: []Column{column(fn("coalesce", fn("min", ofVisit("day")), fixed{"2147483647"}), "")}, From: visits}
	return compiled(d, s, &Select{
		Columns: []Column{column(count(), "count")},
		From:    rollupDays,
		Where:   append(whole.span(col{"r", "day"}), op(col{"r", "visits"}, ">", zero), op(col{"r", "day"}, "<", scalar{first})),
	}, nil)
}

// scalar is a select of one value.
type scalar struct{ body *Select }

func (o scalar) write(w *writer) { w.say("("); o.body.write(w); w.say(")") }
