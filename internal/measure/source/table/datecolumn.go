package table

import (
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// DateColumn settles the order of day and month of one column from all of its
// cells: one 13/05/2026 proves that the day comes first. Feed it every cell, then
// ask Order.
type DateColumn struct {
	Name string

	dmy, mdy, either evidence
	other            evidence
	dates, missing   int
}

// Feed takes one cell and its place.
func (c *DateColumn) Feed(cell string, at words.At) {
	if e := c.weigh(cell); e != nil && e.count == 1 {
		e.at = at
	}
}

// FeedRow takes cell i of a row; the place is only computed where it is kept.
func (c *DateColumn) FeedRow(row Row, i int) {
	if e := c.weigh(row.Cells[i]); e != nil && e.count == 1 {
		e.at = row.At(i)
	}
}

func (c *DateColumn) weigh(cell string) *evidence {
	if _, ok := plainDate(cell); ok {
		c.dates++
		return nil
	}
	if isTotalLabel(cell) {
		return nil
	}
	var p datePhrase
	if e := p.read(cell); e != nil {
		if e.Fault == FaultEmpty {
			c.missing++
			return nil
		}
		return c.other.note(cell)
	}
	c.dates++
	if p.ordered || p.first == p.second {
		return nil
	}
	dmy, mdy := exists(p.year, p.second, p.first), exists(p.year, p.first, p.second)
	switch {
	case dmy && mdy:
		return c.either.note(cell)
	case dmy:
		return c.dmy.note(cell)
	}
	return c.mdy.note(cell)
}

// TwoDays is a cell that shows why a date column is ambiguous.
type TwoDays struct {
	Cell         string
	At           words.At
	AsDMY, AsMDY series.Day
}

// Ambiguous is the first cell with two readings where nothing in the column
// settles them.
func (c *DateColumn) Ambiguous() (TwoDays, bool) {
	if c.dmy.count > 0 || c.mdy.count > 0 || c.either.count == 0 {
		return TwoDays{}, false
	}
	var p datePhrase
	p.read(c.either.cell)
	return TwoDays{Cell: c.either.cell, At: c.either.at,
		AsDMY: series.Date(p.year, time.Month(p.second), p.first),
		AsMDY: series.Date(p.year, time.Month(p.first), p.second)}, true
}

// Order is the order that reads every date of the column; OrderUnknown where no
// cell needs one. The error is a *words.Problem at the cell that could be two
// days, or at the one that contradicts the others.
func (c *DateColumn) Order() (DateOrder, error) {
	if c.dmy.count > 0 && c.mdy.count > 0 {
		odd, usual := c.mdy, c.dmy
		if c.mdy.count > c.dmy.count {
			odd, usual = c.dmy, c.mdy
		}
		return OrderUnknown, &words.Problem{At: odd.at,
			What: inColumn(c.Name, words.T("「%s」と「%s」のように、日と月の順が混ざっています。",
				"the order of day and month is mixed, like “%s” and “%s”.", shown(usual.cell), shown(odd.cell))),
			Mend: dateMend}
	}
	if two, ok := c.Ambiguous(); ok {
		return OrderUnknown, eitherOrder(two.Cell, two.AsDMY, two.AsMDY).Problem(two.At, c.Name)
	}
	switch {
	case c.dmy.count > 0:
		return OrderDMY, nil
	case c.mdy.count > 0:
		return OrderMDY, nil
	}
	return OrderUnknown, nil
}
