package query

import (
	"slices"

	"github.com/shirube/shirube/internal/measure/warehouse"
)

// MaxDimensions is how many fields a metric is kept by beside its total.
const MaxDimensions = 3

var dimensionNames = []word{"dim1", "dim2", "dim3"}

// Metric is one number for each day, and with fields one for each day and combination of
// their values: columns day, dim1 … dim3, value. Without fields it is the total; the two
// are two questions, because a number of people does not follow from its parts.
func Metric(d Dialect, s Scope, m warehouse.Metric) (Statement, error) {
	body, err := s.metric(m)
	return compiled(d, s, body, err)
}

// counts of a metric and what they are made of: visits, or events.
var metricCounts = map[string]Expr{
	"visits":          count(),
	"bounces":         countIf(keptVisit("bounce")),
	"visitors":        distinct{seenEvent("person")},
	"views":           count(),
	"events":          count(),
	"value":           sum(seenEvent("value")),
	"engaged_seconds": op(spell(asNumber, sum(seenEvent("engaged"))), "/", fixed{"1000"}),
}

func (s Scope) metric(m warehouse.Metric) (*Select, error) {
	value, known := metricCounts[m.Count]
	if !known {
		return nil, warehouse.Refuse("「%s」は数えられません。", "“%s” is nothing to count.", m.Count)
	}
	if len(m.ByFields) > MaxDimensions {
		return nil, warehouse.Refuse("内訳は%dつまでです。", "At most %d dimensions.", MaxDimensions)
	}
	filters := slices.Clone(append(slices.Clone(s.Filters), m.Filters...))
	if m.Event != "" {
		filters = append(filters, warehouse.Filter{Field: warehouse.FieldEvent, Op: warehouse.Is, Values: []string{m.Event}})
	}
	p, err := s.population(filters)
	if err != nil {
		return nil, err
	}
	if m.Count == "visits" || m.Count == "bounces" {
		return s.visitMetric(p, m, value)
	}
	out := &Select{With: []Common{{"seen", p.done()}}, From: seen}
	switch m.Count {
	case "views", "engaged_seconds":
		out.With[0].Body = p.seen()
	}
	switch m.Count {
	case "views":
		out.Where = []Expr{isView}
	case "events":
		out.Where = []Expr{isDone, matched}
	case "value":
		out.Where = []Expr{matched, op(seenEvent("value"), "<>", zero)}
	case "visitors":
		// People who did something count wherever they did it; people on the site, in visits.
		out.Where = []Expr{matched}
		if m.Event == "" {
			out.Where = append(out.Where, inVisit)
		}
	case "engaged_seconds":
		out.Where = []Expr{op(seenEvent("engaged"), ">", zero)}
	}
	byVisit := slices.ContainsFunc(m.ByFields, func(f warehouse.Field) bool { return MadeOfTraffic(f) || visitColumns[f] != "" })
	if byVisit {
		out.Joins = append(out.Joins, Join{Kind: Left, To: visits, On: append(
			[]Expr{eq(ofVisit("visit"), seenEvent("visit"))}, s.begunBefore(ofVisit("day"))...)})
	}
	return s.byDay(out, m, seenEvent("day"), value, func(f warehouse.Field) Expr {
		switch {
		case f == warehouse.FieldEvent:
			return seenEvent("name")
		case viewColumns[f] != "":
			return seenEvent(viewColumns[f])
		case visitColumns[f] != "":
			return fn("coalesce", ofVisit(visitColumns[f]), empty)
		}
		return nil
	})
}

func (s Scope) visitMetric(p population, m warehouse.Metric, value Expr) (*Select, error) {
	return s.byDay(&Select{With: []Common{{"kept", p.kept()}}, From: kept}, m, keptVisit("day"), value, func(f warehouse.Field) Expr {
		if visitColumns[f] != "" {
			return keptVisit(visitColumns[f])
		}
		return nil
	})
}

// byDay adds the day, the dimensions and the number. A number that is nothing everywhere
// has no row.
func (s Scope) byDay(out *Select, m warehouse.Metric, day, value Expr, dimension func(warehouse.Field) Expr) (*Select, error) {
	aliases := []word{"x", "y", "m"}
	out.Columns = []Column{column(day, "day")}
	out.Group = []Expr{day}
	for i, field := range m.ByFields {
		by := dimension(field)
		if MadeOfTraffic(field) {
			out.Joins = append(out.Joins, Join{Kind: Left, To: s.mapping(field, aliases[i]), On: []Expr{eq(col{aliases[i], "traffic"}, keptVisit("traffic"))}})
			by = fn("coalesce", col{aliases[i], "value"}, empty)
		}
		if by == nil {
			return nil, warehouse.Refuse("この数は「%s」では分けられません。", "This number cannot be cut by “%s”.", string(field))
		}
		out.Columns = append(out.Columns, column(by, dimensionNames[i]))
		out.Group = append(out.Group, by)
	}
	out.Columns = append(out.Columns, column(spell(asNumber, fn("coalesce", value, zero)), "value"))
	for i := range out.Group {
		out.Order = append(out.Order, Order{By: named(append([]word{"day"}, dimensionNames...)[i])})
	}
	return out, nil
}

// Collected is the first day anything of the workspace is known of: column day, NULL
// without any.
func Collected(d Dialect, key int32) (Statement, error) {
	return Compile(d, key, &Select{
		Columns: []Column{column(fn("min", col{"m", "day"}), "day")},
		From: nested{&Select{
			Columns: []Column{column(fn("min", col{"r", "day"}), "day")},
			From:    rollupDays,
			Also:    []*Select{{Columns: []Column{column(fn("min", ofEvent("day")), "day")}, From: events}},
		}, "m"},
	})
}
