package scorecard

import (
	"math"
	"strings"

	"github.com/shirube/shirube/internal/series"
)

// Kind is what the values of a column are.
type Kind uint8

// The kinds of column.
const (
	Number   Kind = iota // Numbers; NaN is missing
	Category             // Texts; "" is missing
	Date                 // Days; Missing says where there is none
)

// Column is one thing known about every row.
type Column struct {
	Name    string
	Kind    Kind
	Numbers []float64    // Number
	Texts   []string     // Category
	Days    []series.Day // Date
	Blank   []bool       // Date: no day is given
}

// Table is what a card is learned from: columns of equal length and the outcome of
// every row.
type Table struct {
	Columns []Column
	Outcome []bool
	// OutcomeName is the column the outcome came from: others named after it are suspects.
	OutcomeName string
}

// Rows is the number of rows.
func (t *Table) Rows() int { return len(t.Outcome) }

// Positives counts the rows with the outcome.
func (t *Table) Positives() int {
	n := 0
	for _, y := range t.Outcome {
		if y {
			n++
		}
	}
	return n
}

// missing reports whether a row has no value.
func (c *Column) missing(row int) bool {
	switch c.Kind {
	case Number:
		v := c.Numbers[row]
		return math.IsNaN(v) || math.IsInf(v, 0)
	case Category:
		return c.Texts[row] == ""
	}
	return c.Blank[row]
}

// length is the number of values, whatever their kind.
func (c *Column) length() int {
	switch c.Kind {
	case Number:
		return len(c.Numbers)
	case Category:
		return len(c.Texts)
	}
	return len(c.Days)
}

// present counts the rows with a value.
func (c *Column) present() int {
	n := 0
	for i := range c.length() {
		if !c.missing(i) {
			n++
		}
	}
	return n
}

// pick is the table of some of the rows.
func (t *Table) pick(rows []int) *Table {
	out := &Table{OutcomeName: t.OutcomeName, Outcome: pick(t.Outcome, rows), Columns: make([]Column, len(t.Columns))}
	for j, c := range t.Columns {
		out.Columns[j] = Column{Name: c.Name, Kind: c.Kind, Numbers: pick(c.Numbers, rows), Texts: pick(c.Texts, rows),
			Days: pick(c.Days, rows), Blank: pick(c.Blank, rows)}
	}
	return out
}

// without is the table less some columns, by place.
func (t *Table) without(gone map[int]bool) *Table {
	out := &Table{OutcomeName: t.OutcomeName, Outcome: t.Outcome}
	for j, c := range t.Columns {
		if !gone[j] {
			out.Columns = append(out.Columns, c)
		}
	}
	return out
}

func pick[T any](values []T, rows []int) []T {
	if values == nil {
		return nil
	}
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = values[r]
	}
	return out
}

// sameName compares names as people type them.
func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
