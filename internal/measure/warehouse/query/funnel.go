package query

import (
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// MaxSteps is the number of steps a funnel may have.
const MaxSteps = 12

const dayMillis = 24 * 60 * 60 * 1000

// MaxWindow is the longest window of a funnel, in milliseconds.
const MaxWindow = 366 * dayMillis

var (
	stepNames   = []word{"step1", "step2", "step3", "step4", "step5", "step6", "step7", "step8", "step9", "step10", "step11", "step12"}
	momentNames = []word{"at1", "at2", "at3", "at4", "at5", "at6", "at7", "at8", "at9", "at10", "at11", "at12"}
)

// Funnel counts people through steps: one row for each step, first to last, with the
// columns depth, people, and the median milliseconds since the step before (NULL for the
// first).
//
// From every first step in the span the nearest later second step is taken, from there the
// nearest third, and so on; no chain is longer than the window. A person counts with the
// chain that came furthest, of these the earliest. Taking the nearest is not a shortcut: if
// any chain fits the window, the nearest one does.
func Funnel(d Dialect, s Scope, f warehouse.Funnel) (Statement, error) {
	body, err := s.funnel(f)
	return compiled(d, s, body, err)
}

func (s Scope) funnel(f warehouse.Funnel) (*Select, error) {
	if len(f.Steps) == 0 || len(f.Steps) > MaxSteps {
		return nil, warehouse.Refuse("ファネルの段階は1〜%d個にしてください。", "A funnel has 1 to %d steps.", MaxSteps)
	}
	if f.Window <= 0 || f.Window > MaxWindow {
		return nil, warehouse.Refuse("ファネルの期限は366日までで選んでください。", "Choose a window of up to 366 days for the funnel.")
	}
	c, err := s.conditions(s.Filters)
	if err != nil {
		return nil, err
	}
	out := &Select{}
	until := s.Span.To + series.Day(f.Window/dayMillis) + 1
	for i, step := range f.Steps {
		keep, err := s.stepCondition(step)
		if err != nil {
			return nil, err
		}
		days := between(ofEvent("day"), s.Span.From, until)
		if i == 0 {
			// The scope's filters are about where people entered: what follows may happen
			// far from any visit, as a deal does.
			days = concat(s.span(ofEvent("day")), s.seenIn(c))
		}
		out.With = append(out.With, Common{stepNames[i], &Select{
			Columns: []Column{column(ofPerson("person"), "person"), column(ofEvent("happened"), "happened")},
			From:    events,
			Joins:   []Join{personOf(ofEvent("visitor"))},
			Where:   concat(days, keep),
		}})
	}
	out.With = append(out.With, Common{"chain", chain(len(f.Steps), f.Window)})
	out.With = append(out.With, Common{"best", bestChains(len(f.Steps))})
	for i := range f.Steps {
		row := &Select{
			Columns: []Column{
				column(fixed{numerals[i+1]}, "depth"),
				column(count(), "people"),
				column(spell(asNumber, fixed{"NULL"}), "median_gap"),
			},
			From:  part{"best", "x"},
			Where: []Expr{op(col{"x", "depth"}, ">=", fixed{numerals[i+1]})},
		}
		if i > 0 {
			row.Columns[2] = column(spell(asNumber, spell(median, op(col{"x", momentNames[i]}, "-", col{"x", momentNames[i-1]}))), "median_gap")
		}
		if i == 0 {
			out.Columns, out.From, out.Where = row.Columns, row.From, row.Where
		} else {
			out.Also = append(out.Also, row)
		}
	}
	out.Order = []Order{{By: named("depth")}}
	return out, nil
}

var numerals = []word{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}

// chain pairs every first step with the nearest next ones; a moment beyond the window, or
// after a step that is missing, is NULL.
func chain(steps int, window int64) *Select {
	current := &Select{
		Columns: []Column{column(col{"s", "person"}, "person"), column(col{"s", "happened"}, "at1")},
		From:    part{stepNames[0], "s"},
	}
	for i := 1; i < steps; i++ {
		next := &Select{
			From: nested{current, "c"},
			Joins: []Join{{Kind: AsofLeft, To: part{stepNames[i], "s"}, On: []Expr{
				eq(col{"c", "person"}, col{"s", "person"}), op(col{"s", "happened"}, ">", col{"c", momentNames[i-1]}),
			}}},
			Columns: []Column{column(col{"c", "person"}, "person")},
		}
		for k := range i {
			next.Columns = append(next.Columns, column(col{"c", momentNames[k]}, momentNames[k]))
		}
		// Whoever missed a step passes none after it. It has to be said: where there are many
		// rows DuckDB pairs a moment that is NULL with the last of all.
		passed := all{
			not{isNull{col{"c", momentNames[i-1]}}},
			op(col{"s", "happened"}, "<=", op(col{"c", "at1"}, "+", param{window})),
		}
		next.Columns = append(next.Columns, column(choose{passed, col{"s", "happened"}, null}, momentNames[i]))
		current = next
	}
	return current
}

// bestChains are the furthest and then earliest chain of each person, with its depth.
func bestChains(steps int) *Select {
	inner := &Select{From: part{"chain", "c"}, Columns: []Column{column(col{"c", "person"}, "person")}}
	var depth Expr = one
	for i := range steps {
		inner.Columns = append(inner.Columns, column(col{"c", momentNames[i]}, momentNames[i]))
		if i > 0 {
			depth = op(depth, "+", choose{isNull{col{"c", momentNames[i]}}, zero, one})
		}
	}
	inner.Columns = append(inner.Columns, column(depth, "depth"))
	ranked := &Select{From: nested{inner, "c"}, Columns: []Column{column(col{"c", "depth"}, "depth")}}
	for i := range steps {
		ranked.Columns = append(ranked.Columns, column(col{"c", momentNames[i]}, momentNames[i]))
	}
	ranked.Columns = append(ranked.Columns, column(over{fn("row_number"), []Expr{col{"c", "person"}},
		[]Order{{By: col{"c", "depth"}, Down: true}, {By: col{"c", "at1"}}}}, "ranked"))
	out := &Select{From: nested{ranked, "c"}, Where: []Expr{eq(col{"c", "ranked"}, one)}, Columns: []Column{column(col{"c", "depth"}, "depth")}}
	for i := range steps {
		out.Columns = append(out.Columns, column(col{"c", momentNames[i]}, momentNames[i]))
	}
	return out
}

// seenIn keeps events whose visit passes the filters; nothing is kept out without filters.
func (s Scope) seenIn(c conditions) []Expr {
	if len(c.visit)+len(c.rows()) == 0 {
		return nil
	}
	return []Expr{within{ofEvent("visit"), &Select{
		Columns: []Column{column(ofVisit("visit"), "")},
		From:    visits,
		Where:   concat(s.begunBefore(ofVisit("day")), s.people(ofVisit("bot")), c.visit, s.holdingNear(c)),
	}}}
}

// holdingNear is holding for visits that may have begun before the span.
func (s Scope) holdingNear(c conditions) []Expr {
	wide := s
	wide.Span.From -= longVisit
	return wide.holding(ofVisit("visit"), c)
}

// personOf joins who a visitor is.
func personOf(visitor Expr) Join {
	return Join{Kind: Inner, To: visitors, On: []Expr{eq(ofPerson("visitor"), visitor)}}
}
