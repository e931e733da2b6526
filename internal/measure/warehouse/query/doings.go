package query

import (
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// MaxMatchers is how many different things may be asked about at once.
const MaxMatchers = condition.MaxLeaves

// Doings are the times people did one of several things in the span: columns person,
// cookieless, happened and which, bit i for matcher i; person by person, in no order within.
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
		var bit Expr = param{int64(1) << i}
		if len(list) > 1 {
			bit = choose{one, bit, zero}
		}
		if which == nil {
			which = bit
		} else {
			which = op(which, "+", bit)
		}
	}
	return &Select{
		Columns: []Column{
			column(ofPerson("person"), "person"), column(ofPerson("cookieless"), "cookieless"),
			column(ofEvent("happened"), "happened"), column(spell(asInteger, which), "matched"),
		},
		From:  events,
		Joins: []Join{personOf(ofEvent("visitor"))},
		Where: concat(s.span(ofEvent("day")), []Expr{eq(ofEvent("bot"), empty), any}),
		Order: []Order{{By: ofPerson("person")}},
	}, nil
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

// comparisons are those of numbers.
var comparisons = map[string]word{condition.Above: ">", condition.AtLeast: ">=", condition.Below: "<", condition.AtMost: "<="}

func whereIs(p *condition.Property) Expr {
	value := spell(plain, ofEvent("properties"), param{p.Key})
	switch p.Op {
	case condition.Known:
		return not{isNull{value}}
	case condition.Unknown:
		return isNull{value}
	case condition.Is:
		return among{value, p.Values}
	case condition.IsNot:
		return either{isNull{value}, not{among{value, p.Values}}}
	case condition.Contains, condition.Starts:
		how := contains
		if p.Op == condition.Starts {
			how = startsWith
		}
		any := either{fixed{"FALSE"}}
		for _, each := range p.Values {
			any = append(any, spell(how, value, param{each}))
		}
		return any
	}
	bound, ok := p.Bound()
	if operator := comparisons[p.Op]; ok && operator != "" {
		return op(spell(numeric, value), operator, param{bound})
	}
	return fixed{"FALSE"} // as a condition says of what it cannot compare
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
