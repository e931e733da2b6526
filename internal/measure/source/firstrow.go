package source

import (
	"math"

	"github.com/shirube/shirube/internal/measure/source/table"
)

// firstRow finds out whether the first row sums up all others. Advertising exports put such
// a row on top, with a date as the others have but no campaign. Counted with them it would
// double everything, so it is left out, but only when it is proven: no other row is without
// dimensions, and one of its numbers is the sum of theirs.
type firstRow struct {
	line  int
	named int      // dimensions that have a value
	cells []string // its numbers, as written
	rows  int      // below it
	other bool     // a row below has no dimension either
	below [][2]float64
}

func (f *firstRow) see(p *plan, row table.Row, lookups []*lookup) {
	if len(p.by) == 0 || p.date.joined() || f.line > 0 && f.named > 0 {
		return
	}
	named := 0
	for _, by := range p.by {
		if by.text(row, lookups) != "" {
			named++
		}
	}
	if f.line == 0 {
		f.line, f.named = row.Line, named
		for _, column := range p.numbers {
			f.cells = append(f.cells, column.text(row, lookups))
		}
		f.below = make([][2]float64, len(f.cells))
		return
	}
	f.rows++
	f.other = f.other || named == 0
	for i, column := range p.numbers {
		// Which of the two styles the column has is only known at its end.
		text := column.text(row, lookups)
		for k, style := range [...]table.NumberStyle{table.StyleDot, table.StyleComma} {
			if v, ok, err := table.ParseNumber(text, style); err == nil && ok {
				f.below[i][k] += v
			}
		}
	}
}

// total is the line of the first row where it sums up the others, else 0.
func (f *firstRow) total(styles []table.NumberStyle) int {
	if f.line == 0 || f.named > 0 || f.other || f.rows == 0 {
		return 0
	}
	for i, text := range f.cells {
		style, k := styles[i], 0
		if style == table.StyleComma {
			k = 1
		}
		v, ok, err := table.ParseNumber(text, style)
		// Amounts of money are rounded row by row.
		if err == nil && ok && v > 0 && math.Abs(v-f.below[i][k]) <= 0.005*v {
			return f.line
		}
	}
	return 0
}
