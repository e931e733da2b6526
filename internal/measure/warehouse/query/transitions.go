package query

import "github.com/shirube/shirube/internal/measure/warehouse"

// Transitions are the steps from page to page within visits that began in the span: columns
// from, to, count, visits, followed, in no order. A page viewed again is in it as a step to
// itself. "" is the outside that visits came from; followed is how many of the steps were not
// from there. Where visits left is what is not followed: as often as a page was viewed and no
// view came after it, that is, all counts to it without all that followed from it. With a
// goal, a path, only visits that viewed it count. A visit belongs to the day it began, so what
// different days have may be added up.
func Transitions(d Dialect, s Scope, goal string) (Statement, error) {
	body, err := s.transitions(goal)
	return compiled(d, s, body, err)
}

func (s Scope) transitions(goal string) (*Select, error) {
	c, err := s.conditions(s.Filters)
	if err != nil {
		return nil, err
	}
	kept := s.keptVisits(c)
	if goal != "" {
		kept.Where = append(kept.Where, within{ofVisit("visit"), s.visitsViewing(goal)})
	}
	views := &Select{
		Columns: []Column{
			column(ofEvent("visit"), "visit"), column(ofEvent("path"), "path"),
			column(ofEvent("happened"), "happened"), column(ofEvent("id"), "id"),
		},
		From:  events,
		Where: concat(s.wholeVisits(ofEvent("day")), s.people(ofEvent("bot")), []Expr{isView, inVisit, within{ofEvent("visit"), kept}}),
	}
	return s.steps(views), nil
}

// steps counts the steps between views. Pages go by numbers meanwhile: sorting and telling
// apart texts takes longer. 0 is a page without a path, and the outside as well. Numbers are
// in the order of paths: an engine may count them again each time they are asked for.
func (s Scope) steps(views *Select) *Select {
	found := &Select{Distinct: true, Columns: []Column{column(col{"x", "path"}, "path")}, From: part{"seen", "x"}}
	numbered := &Select{
		Columns: []Column{
			column(col{"x", "path"}, "path"),
			column(choose{eq(col{"x", "path"}, empty), zero, over{fn("row_number"), nil, []Order{{By: col{"x", "path"}}}}}, "place"),
		},
		From: nested{found, "x"},
	}
	in := &Select{
		Columns: []Column{
			column(col{"x", "visit"}, "visit"), column(col{"t", "place"}, "place"),
			column(over{spell(before, col{"t", "place"}), []Expr{col{"x", "visit"}}, []Order{{By: col{"x", "happened"}}, {By: col{"x", "id"}}}}, "previous"),
		},
		From:  part{"seen", "x"},
		Joins: []Join{{Kind: Inner, To: part{"mapped", "t"}, On: []Expr{eq(col{"t", "path"}, col{"x", "path"})}}},
	}
	from := fn("coalesce", col{"s", "previous"}, zero)
	ofVisits := &Select{
		Columns: []Column{
			column(from, "first"), column(col{"s", "place"}, "place"),
			column(count(), "count"), column(fn("count", col{"s", "previous"}), "followed"),
		},
		From:  nested{in, "s"},
		Group: []Expr{col{"s", "visit"}, from, col{"s", "place"}},
	}
	together := &Select{
		Columns: []Column{
			column(col{"s", "first"}, "first"), column(col{"s", "place"}, "place"),
			column(wholeSum(col{"s", "count"}), "count"), column(count(), "visits"), column(wholeSum(col{"s", "followed"}), "followed"),
		},
		From:  nested{ofVisits, "s"},
		Group: []Expr{col{"s", "first"}, col{"s", "place"}},
	}
	return &Select{
		With: []Common{{"seen", views}, {"mapped", numbered}},
		Columns: []Column{
			column(fn("coalesce", col{"f", "path"}, empty), "from_page"), column(col{"t", "path"}, "to_page"),
			column(col{"m", "count"}, "count"), column(col{"m", "visits"}, "visits"), column(col{"m", "followed"}, "followed"),
		},
		From: nested{together, "m"},
		Joins: []Join{
			{Kind: Inner, To: part{"mapped", "t"}, On: []Expr{eq(col{"t", "place"}, col{"m", "place"})}},
			{Kind: Left, To: part{"mapped", "f"}, On: []Expr{eq(col{"f", "place"}, col{"m", "first"})}},
		},
	}
}

// keptVisits are the visits that began in the span and pass the filters: one column.
func (s Scope) keptVisits(c conditions) *Select {
	return &Select{
		Columns: []Column{column(ofVisit("visit"), "")},
		From:    visits,
		Where:   concat(s.span(ofVisit("day")), s.people(ofVisit("bot")), c.visit, s.holding(ofVisit("visit"), c)),
	}
}

// holding keeps visits that hold an event which passes all filters on pages and events.
func (s Scope) holding(visit Expr, c conditions) []Expr {
	rows := c.rows()
	if len(rows) == 0 {
		return nil
	}
	return []Expr{within{visit, &Select{
		Columns: []Column{column(ofEvent("visit"), "")},
		From:    events,
		Where:   concat(s.wholeVisits(ofEvent("day")), s.people(ofEvent("bot")), []Expr{isSeen}, rows),
	}}}
}

// visitsViewing are the visits that viewed a page.
func (s Scope) visitsViewing(path string) *Select {
	return &Select{
		Columns: []Column{column(ofEvent("visit"), "")},
		From:    events,
		Where:   concat(s.wholeVisits(ofEvent("day")), []Expr{isView, pathIs(path)}),
	}
}

// longVisit is how many days a visit may last and still be seen whole. It is generous: what
// is longer than two days without a pause of thirty minutes is no person.
const longVisit = 2

// wholeVisits keeps the events of visits that began in the span: they may end after it.
func (s Scope) wholeVisits(day Expr) []Expr {
	return between(day, s.Span.From, s.Span.To+longVisit)
}

// begunBefore keeps visits that events of the span may belong to.
func (s Scope) begunBefore(day Expr) []Expr {
	return between(day, s.Span.From-longVisit, s.Span.To)
}

// pathIs fits a path; a trailing * stands for anything.
func pathIs(path string) Expr {
	if start, open := cutStar(path); open {
		return spell(startsWith, ofEvent("path"), param{start})
	}
	return eq(ofEvent("path"), param{path})
}

func cutStar(path string) (string, bool) {
	if n := len(path); n > 0 && path[n-1] == '*' {
		return path[:n-1], true
	}
	return path, false
}

func concat(lists ...[]Expr) []Expr {
	var out []Expr
	for _, each := range lists {
		out = append(out, each...)
	}
	return out
}

// bounded is a limit that was asked for, within what is allowed.
func bounded(limit, most int) int {
	if limit <= 0 || limit > most {
		return most
	}
	return limit
}

func compiled(d Dialect, s Scope, body *Select, err error) (Statement, error) {
	if checked := s.check(); checked != nil {
		return Statement{}, checked
	}
	if err != nil {
		return Statement{}, err
	}
	return Compile(d, s.Key, body)
}

// stepCondition is a step over e: what must have happened.
func (s Scope) stepCondition(step warehouse.Step) ([]Expr, error) {
	if (step.Event == "") == (step.Page == "") {
		return nil, warehouse.Refuse("段階ごとに、イベントかページのどちらか一つを選んでください。", "Choose one event or one page for each step.")
	}
	if len(step.Event) > MaxText || len(step.Page) > MaxText {
		return nil, warehouse.Refuse("段階の名前が長すぎます。", "The name of a step is too long.")
	}
	c, err := s.conditions(step.Filters)
	if err != nil {
		return nil, err
	}
	keep := []Expr{isView}
	if step.Event != "" {
		keep = []Expr{eq(ofEvent("kind"), kindTrack), eq(ofEvent("name"), param{step.Event})}
	} else {
		keep = append(keep, pathIs(step.Page))
	}
	keep = concat(s.people(ofEvent("bot")), keep, c.rows())
	if len(c.visit) > 0 {
		keep = append(keep, within{ofEvent("visit"), &Select{
			Columns: []Column{column(ofVisit("visit"), "")},
			From:    visits,
			Where:   c.visit,
		}})
	}
	return keep, nil
}
