package query

import (
	"math"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// MaxMatchers is how many different things may be asked about at once.
const MaxMatchers = condition.MaxLeaves

// Doings are the times people did one of several things in the span, in no order: columns
// who, twice the number of the person and one more where the visitor is one of a day only,
// happened and which, bit i for matcher i. Without which where there is one matcher.
func Doings(d Dialect, s Scope, list []condition.Matcher) (Statement, error) {
	body, err := s.doings(list)
	return compiled(d, s, body, err)
}

func (s Scope) doings(list []condition.Matcher) (*Select, error) {
	if len(list) == 0 || len(list) > MaxMatchers {
		return nil, warehouse.Refuse("調べる行動は1〜%d個にしてください。", "Ask about 1 to %d things that people do.", MaxMatchers)
	}
	var any either
	var which Expr
	for i := range list {
		one := matcherIs(&list[i])
		any = append(any, one)
		bit := choose{one, param{int64(1) << i}, zero}
		if which == nil {
			which = bit
		} else {
			which = op(which, "+", bit)
		}
	}
	daily := spell(asInteger, fn("coalesce", ofPerson("cookieless"), fixed{"FALSE"}))
	out := &Select{
		Columns: []Column{
			column(op(op(spell(asInteger, whoOf(ofEvent("visitor"))), "*", fixed{"2"}), "+", daily), "who"),
			column(ofEvent("happened"), "happened"),
		},
		From:  events,
		Joins: []Join{s.otherOf(ofEvent("visitor"), true)},
		Where: concat(s.span(ofEvent("day")), []Expr{eq(ofEvent("bot"), empty), any}),
	}
	if len(list) > 1 {
		out.Columns = append(out.Columns, column(spell(asInteger, which), "which"))
	}
	return out, nil
}

// matcherIs is what condition.Matcher.Matches says, over e.
func matcherIs(m *condition.Matcher) Expr {
	keep := all{isView}
	if m.Event != "" {
		keep = all{eq(ofEvent("kind"), kindTrack), eq(ofEvent("name"), param{m.Event})}
	}
	if m.Page != "" {
		keep = append(keep, pathIs(m.Page))
	}
	for i := range m.Where {
		keep = append(keep, whereIs(&m.Where[i]))
	}
	return either{keep, fixed{"FALSE"}} // in brackets, whatever stands beside it
}

// whereIs is what condition.Property.Fits says of a property of e. Whatever can be compared
// as it stands is compared first: what kind of a value it is has to be asked only of the few
// that are left, and reading a property is what costs.
func whereIs(p *condition.Property) Expr {
	properties, key := ofEvent("properties"), param{p.Key}
	value, known := spell(property, properties, key), spell(isPlain, properties, key)
	switch p.Op {
	case condition.Known:
		return known
	case condition.Unknown:
		return not{known}
	case condition.Is:
		return all{among{value, p.Values}, known}
	case condition.IsNot:
		return not{fn("coalesce", all{among{value, p.Values}, known}, fixed{"FALSE"})}
	case condition.Contains:
		any := either{fixed{"FALSE"}}
		for _, each := range p.Values {
			any = append(any, spell(holdsText, properties, key, param{each}))
		}
		return any
	case condition.Starts:
		any := either{fixed{"FALSE"}}
		for _, each := range p.Values {
			any = append(any, spell(startsWith, value, param{each}))
		}
		return all{any, known}
	}
	if bound, ok := p.Bound(); ok {
		return numberIs(p.Op, spell(numeric, value), bound)
	}
	return fixed{"FALSE"} // as a condition says of what it cannot compare
}

// numberIs compares; what is infinite or no number fits nothing.
func numberIs(how string, number Expr, bound float64) Expr {
	switch how {
	case condition.Above:
		return all{op(number, ">", param{bound}), op(number, "<=", param{math.MaxFloat64})}
	case condition.AtLeast:
		return all{op(number, ">=", param{bound}), op(number, "<=", param{math.MaxFloat64})}
	case condition.Below:
		return all{op(number, "<", param{bound}), op(number, ">=", param{-math.MaxFloat64})}
	case condition.AtMost:
		return all{op(number, "<=", param{bound}), op(number, ">=", param{-math.MaxFloat64})}
	}
	return fixed{"FALSE"}
}

// Occurred are the single times that visitors did one thing: columns visitor (its id, as
// the schema writes ids), cookieless, happened and id, the oldest first.
func Occurred(d Dialect, s Scope, m condition.Matcher) (Statement, error) {
	return compiled(d, s, &Select{
		Columns: []Column{
			column(ofPerson("id"), "visitor"), column(ofPerson("cookieless"), "cookieless"),
			column(ofEvent("happened"), "happened"), column(spell(asText, ofEvent("id")), "id"),
		},
		From:  events,
		Joins: []Join{personOf(ofEvent("visitor"))},
		Where: concat(s.span(ofEvent("day")), []Expr{eq(ofEvent("bot"), empty), matcherIs(&m)}),
		Order: []Order{{By: ofEvent("happened")}, {By: ofEvent("id")}},
	}, nil)
}
