package query

import (
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// MaxPeriods is the number of periods a cohort is followed.
const MaxPeriods = 60

// Cohorts follow people from the period of their first visit ever: columns born (the
// period's number, see PeriodOf), place (periods since), people. People counted without
// cookies are left out: nobody can know whether they came back. With filters, their first
// visit has to pass them. Nothing after the span's end is counted.
func Cohorts(d Dialect, s Scope, c warehouse.CohortQuery) (Statement, error) {
	body, err := s.cohorts(c)
	return compiled(d, s, body, err)
}

func (s Scope) cohorts(c warehouse.CohortQuery) (*Select, error) {
	if c.Grain != series.GrainWeek && c.Grain != series.GrainMonth {
		return nil, warehouse.Refuse("コホートは週か月で区切ってください。", "Cohorts are by week or by month.")
	}
	if c.Periods < 1 || c.Periods > MaxPeriods {
		return nil, warehouse.Refuse("コホートを追う期間の数は1〜%dにしてください。", "Cohorts are followed for 1 to %d periods.", MaxPeriods)
	}
	filters, err := s.conditions(s.Filters)
	if err != nil {
		return nil, err
	}
	known := []Expr{not{ofPerson("cookieless")}}
	firsts := &Select{
		Columns: []Column{
			column(ofPerson("person"), "person"),
			column(fn("min", ofVisit("day")), "day"),
			column(spell(earliest, ofVisit("visit"), ofVisit("started")), "visit"),
		},
		From:  visits,
		Joins: []Join{personOf(ofVisit("visitor"))},
		Where: concat(s.people(ofVisit("bot")), known),
		Group: []Expr{ofPerson("person")},
	}
	first, last := series.Span{From: PeriodStart(c.Grain, PeriodOf(c.Grain, s.Span.From))}, PeriodStart(c.Grain, PeriodOf(c.Grain, s.Span.To)+1)-1
	whole := s
	whole.Span = series.Span{From: first.From, To: last}
	born := &Select{
		Columns: []Column{column(col{"x", "person"}, "person"), column(period(c.Grain, col{"x", "day"}), "period")},
		From:    nested{firsts, "x"},
		Where:   whole.span(col{"x", "day"}),
	}
	if len(filters.visit)+len(filters.rows()) > 0 {
		born.Where = append(born.Where, within{col{"x", "visit"}, whole.keptVisits(filters)})
	}
	acts := &Select{
		Distinct: true,
		Columns:  []Column{column(ofPerson("person"), "person"), column(period(c.Grain, ofVisit("day")), "period")},
		From:     visits,
		Joins:    []Join{personOf(ofVisit("visitor"))},
		Where:    concat(between(ofVisit("day"), first.From, s.Span.To), s.people(ofVisit("bot")), known),
	}
	if c.Outcome != nil {
		keep, err := s.stepCondition(*c.Outcome)
		if err != nil {
			return nil, err
		}
		acts = &Select{
			Distinct: true,
			Columns:  []Column{column(ofPerson("person"), "person"), column(period(c.Grain, ofEvent("day")), "period")},
			From:     events,
			Joins:    []Join{personOf(ofEvent("visitor"))},
			Where:    concat(between(ofEvent("day"), first.From, s.Span.To), keep, known),
		}
	}
	age := op(col{"s", "period"}, "-", col{"x", "period"})
	// Place -1 is the size of the cohort itself.
	return &Select{
		With: []Common{{"born", born}, {"acts", acts}},
		Columns: []Column{
			column(spell(asInteger, col{"x", "period"}), "born"), column(spell(asInteger, fixed{"-1"}), "place"), column(count(), "people"),
		},
		From:  part{"born", "x"},
		Group: []Expr{col{"x", "period"}},
		Also: []*Select{{
			Columns: []Column{
				column(spell(asInteger, col{"x", "period"}), "born"), column(spell(asInteger, age), "place"), column(count(), "people"),
			},
			From:  part{"born", "x"},
			Joins: []Join{{Kind: Inner, To: part{"acts", "s"}, On: []Expr{eq(col{"s", "person"}, col{"x", "person"})}}},
			Where: []Expr{op(age, ">=", zero), op(age, "<", param{int64(c.Periods)})},
			Group: []Expr{col{"x", "period"}, age},
		}},
		Order: []Order{{By: named("born")}, {By: named("place")}},
	}, nil
}

func period(g series.Grain, day Expr) Expr {
	if g == series.GrainMonth {
		return spell(monthOf, day)
	}
	return spell(weekOf, day)
}

// PeriodOf numbers the week (from Monday) or month a day lies in.
func PeriodOf(g series.Grain, day series.Day) int64 {
	if g == series.GrainMonth {
		year, month, _ := day.Civil()
		return int64(year-1970)*12 + int64(month) - 1
	}
	return (int64(day) + 3) / 7
}

// PeriodStart is the first day of a numbered week or month.
func PeriodStart(g series.Grain, number int64) series.Day {
	if g == series.GrainMonth {
		return series.Date(1970, 1, 1).AddMonths(int(number))
	}
	return series.Day(number*7 - 3)
}
