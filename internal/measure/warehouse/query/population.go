package query

import "github.com/shirube/shirube/internal/measure/warehouse"

// population is what raw numbers are counted from: the visits and the events that a scope's
// filters leave, each with its person.
//
// How filters work, on all pages alike:
//
//   - A filter on the visit (how it came, device, first or last page) keeps visits, and
//     events that belong to one of them.
//   - A filter on pages (page, title) or on a property keeps the views and events to which
//     it applies, and the visits that hold one. All such filters have to fit the same event.
//   - A filter on an event's name, with properties, keeps these events and the visits that
//     hold one; views are then the views of these visits.
type population struct {
	scope Scope
	c     conditions
}

func (s Scope) population(filters []warehouse.Filter) (population, error) {
	c, err := s.conditions(filters)
	return population{s, c}, err
}

// parts are the two parts, kept and seen, that the methods below read. An engine counts
// them once.
func (p population) parts() []Common {
	return append(p.marked(p.scope.holding(ofVisit("visit"), p.c)), Common{"seen", p.seen()})
}

func (p population) kept() *Select {
	return p.keptHolding(p.scope.holding(ofVisit("visit"), p.c))
}

// keptHolding is kept where it was said which visits hold what the filters ask for.
func (p population) keptHolding(holding []Expr) *Select {
	// Visits are kept first and then given their people: there are fewer of them then.
	inner := &Select{
		Columns: []Column{column(op(ofVisit("ended"), "-", ofVisit("started")), "duration"), column(ofVisit("visitor"), "visitor")},
		From:    visits,
		Where:   concat(p.scope.span(ofVisit("day")), p.scope.people(ofVisit("bot")), p.c.visit, holding),
	}
	out := &Select{
		Columns: []Column{column(whoOf(col{"x", "visitor"}), "person"), column(col{"x", "duration"}, "duration")},
		From:    nested{inner, "x"},
		Joins:   []Join{p.scope.otherOf(col{"x", "visitor"}, false)},
	}
	for _, name := range []word{"visit", "day", "views", "events", "engaged", "bounce", "entry", "exit", "host", "device", "browser", "os", "language", "traffic"} {
		inner.Columns = append(inner.Columns, column(ofVisit(name), name))
		out.Columns = append(out.Columns, column(col{"x", name}, name))
	}
	return out
}

// marked are the parts kept is made of where visits are cut by many fields: visits of people
// who came again on the same day are marked. Only of these has to be told apart, for each
// field anew, who they were; each of the others is a person of its own on its day.
func (p population) marked(holding []Expr) []Common {
	day, person := keptVisit("day"), keptVisit("person")
	visited := p.keptHolding(holding)
	again := &Select{
		Columns: []Column{column(day, "day"), column(person, "person"), column(count(), "count")},
		From:    part{"visited", "v"},
		Group:   []Expr{day, person},
		Having:  []Expr{op(count(), ">", one)},
	}
	kept := &Select{
		Columns: []Column{column(op(fn("coalesce", col{"m", "count"}, zero), ">", zero), "again")},
		From:    part{"visited", "v"},
		Joins:   []Join{{Kind: Left, To: part{"again", "m"}, On: []Expr{eq(col{"m", "day"}, day), eq(col{"m", "person"}, person)}}},
	}
	for _, each := range visited.Columns {
		kept.Columns = append(kept.Columns, column(keptVisit(each.As), each.As))
	}
	return []Common{{"visited", visited}, {"again", again}, {"kept", kept}}
}

// keptPeople are the different people of a day's visits that marked has marked.
func keptPeople() Expr {
	again := keptVisit("again")
	return op(countIf(not{again}), "+", filtered{"count", apart{keptVisit("person")}, again})
}

// done is seen without the other events of the visits: what an event's name leaves.
func (p population) done() *Select {
	return p.seenAt(p.c.event)
}

func (p population) seen() *Select { return p.seenAt(p.nearby()) }

// nearby keeps the events an event's name asks for, and the others of their visits.
func (p population) nearby() []Expr {
	if !p.c.named {
		return nil
	}
	near := p.scope
	near.Span.From -= longVisit
	return []Expr{either{all(p.c.event), all(near.holding(ofEvent("visit"), p.c))}}
}

func (p population) seenAt(named []Expr) *Select {
	out := &Select{
		Columns: []Column{
			column(whoOf(ofEvent("visitor")), "person"), column(fn("coalesce", ofPerson("cookieless"), fixed{"FALSE"}), "cookieless"),
			column(all(p.c.event), "matched"),
		},
		From:  events,
		Joins: []Join{p.scope.otherOf(ofEvent("visitor"), true)},
		Where: concat(p.scope.span(ofEvent("day")), p.scope.people(ofEvent("bot")), []Expr{isSeen}, p.c.row, p.scope.inVisits(p.c), named),
	}
	for _, name := range []word{"visit", "day", "kind", "name", "path", "title", "key", "engaged", "value"} {
		out.Columns = append(out.Columns, column(ofEvent(name), name))
	}
	return out
}

// inVisits keeps events of visits that pass the filters on visits; nothing is kept out
// without such filters, so that what a server sends is counted too.
func (s Scope) inVisits(c conditions) []Expr {
	if len(c.visit) == 0 {
		return nil
	}
	return []Expr{within{ofEvent("visit"), &Select{
		Columns: []Column{column(ofVisit("visit"), "")},
		From:    visits,
		Where:   concat(s.begunBefore(ofVisit("day")), s.people(ofVisit("bot")), c.visit),
	}}}
}

// What a row of the part seen is; the same as isView and isDone over events.
var (
	keptVisit = func(name word) Expr { return col{"v", name} }
	seenEvent = func(name word) Expr { return col{"e", name} }
	kept      = part{"kept", "v"}
	seen      = part{"seen", "e"}
)

var matched = seenEvent("matched")

// otherOf joins who a visitor turned out to be, where that is somebody else, and with daily
// whether the visitor is one of a day only. Most visitors are nobody else and come with an
// id: they are left out, because a table of all of them costs more than the events. So are
// those who were not there in the span: when somebody was seen last is kept right to a day,
// and a visit that is seen whole may lie a few days behind the span.
func (s Scope) otherOf(visitor Expr, daily bool) Join {
	const dayLong, days = 24 * 60 * 60 * 1000, longVisit + 2
	others := []Expr{isMerged}
	if daily {
		others = []Expr{either{isMerged, ofPerson("cookieless")}}
	}
	known := &Select{
		Columns: []Column{column(ofPerson("visitor"), "visitor"), column(ofPerson("person"), "person"), column(ofPerson("cookieless"), "cookieless")},
		From:    visitors,
		Where: append(others,
			op(ofPerson("first_seen"), "<", param{int64(s.Span.To+days) * dayLong}),
			op(ofPerson("last_seen"), ">=", param{int64(s.Span.From-days) * dayLong})),
	}
	return Join{Kind: Left, To: nested{known, "p"}, On: []Expr{eq(ofPerson("visitor"), visitor)}}
}

// whoOf is the person of a visitor that otherOf was joined for.
func whoOf(visitor Expr) Expr { return fn("coalesce", ofPerson("person"), visitor) }
