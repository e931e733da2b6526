package query

import (
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// MaxLookback is how many days before an outcome visits are looked for.
const MaxLookback = 366

// MaxJourneys is how many outcomes one answer holds.
const MaxJourneys = 100_000

// Journeys are the newest outcomes in the span with the visits of the same person before
// them: columns id, person, happened, value, and started, traffic, entry, bot of a visit
// (NULL for an outcome without any), newest outcome and oldest visit first. With filters,
// one of the visits has to pass them.
func Journeys(d Dialect, s Scope, j warehouse.JourneyQuery) (Statement, error) {
	body, err := s.journeys(j)
	return compiled(d, s, body, err)
}

func (s Scope) journeys(j warehouse.JourneyQuery) (*Select, error) {
	if j.LookbackDays < 0 || j.LookbackDays > MaxLookback {
		return nil, warehouse.Refuse("さかのぼる日数は0〜%d日にしてください。", "Look back 0 to %d days.", MaxLookback)
	}
	keep, err := s.stepCondition(j.Outcome)
	if err != nil {
		return nil, err
	}
	c, err := s.conditions(s.Filters)
	if err != nil {
		return nil, err
	}
	outcomes := &Select{
		Columns: []Column{
			column(ofEvent("id"), "id"), column(ofPerson("person"), "person"),
			column(ofEvent("happened"), "happened"), column(ofEvent("value"), "value"),
		},
		From:  events,
		Joins: []Join{personOf(ofEvent("visitor"))},
		Where: concat(s.span(ofEvent("day")), keep),
	}
	// A day more at the front: a visit's day is civil, the look-back is not.
	wide := s
	wide.Span.From -= series.Day(j.LookbackDays) + longVisit
	wide.Days = nil
	touches := &Select{
		Columns: []Column{
			column(ofPerson("person"), "person"), column(ofVisit("visit"), "visit"), column(ofVisit("started"), "started"),
			column(ofVisit("traffic"), "traffic"), column(ofVisit("entry"), "entry"), column(ofVisit("bot"), "bot"),
		},
		From:  visits,
		Joins: []Join{personOf(ofVisit("visitor"))},
		Where: concat(wide.span(ofVisit("day")), s.people(ofVisit("bot")), []Expr{within{ofPerson("person"), &Select{
			Columns: []Column{column(col{"o", "person"}, "")},
			From:    part{"outcomes", "o"},
		}}}),
	}
	lookback := param{int64(j.LookbackDays) * dayMillis}
	before := []Expr{
		eq(col{"m", "person"}, col{"o", "person"}),
		op(col{"m", "started"}, "<=", col{"o", "happened"}),
		op(col{"m", "started"}, ">=", op(col{"o", "happened"}, "-", lookback)),
	}
	ranked := &Select{
		Columns: []Column{
			column(col{"o", "id"}, "id"), column(col{"o", "person"}, "person"),
			column(col{"o", "happened"}, "happened"), column(col{"o", "value"}, "value"),
		},
		From:  part{"outcomes", "o"},
		Order: []Order{{By: col{"o", "happened"}, Down: true}, {By: col{"o", "id"}}},
		Limit: bounded(j.Limit, MaxJourneys),
	}
	if len(c.visit)+len(c.rows()) > 0 {
		ranked.Where = []Expr{within{col{"o", "id"}, &Select{
			Columns: []Column{column(col{"o", "id"}, "")},
			From:    part{"outcomes", "o"},
			Joins:   []Join{{Kind: Inner, To: part{"seen", "m"}, On: before}},
			Where:   []Expr{within{col{"m", "visit"}, wide.keptVisits(c)}},
		}}}
	}
	return &Select{
		With: []Common{{"outcomes", outcomes}, {"seen", touches}, {"ranked", ranked}},
		Columns: []Column{
			column(spell(asText, col{"o", "id"}), "id"), column(col{"o", "person"}, "person"),
			column(col{"o", "happened"}, "happened"), column(col{"o", "value"}, "value"),
			column(col{"m", "started"}, "started"), column(col{"m", "traffic"}, "traffic"),
			column(col{"m", "entry"}, "entry"), column(col{"m", "bot"}, "bot"),
		},
		From:  part{"ranked", "o"},
		Joins: []Join{{Kind: Left, To: part{"seen", "m"}, On: before}},
		Order: []Order{
			{By: col{"o", "happened"}, Down: true}, {By: col{"o", "id"}},
			{By: col{"m", "started"}}, {By: col{"m", "visit"}},
		},
	}, nil
}
