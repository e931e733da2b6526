package table

import "github.com/shirube/shirube/internal/words"

// NumberColumn settles the number style of one column from all of its cells.
// Feed it every cell, then ask Style.
//
// One cell like "1.5", "0.123" or "1.234.567" proves the style of the column;
// cells like "40.531" prove nothing. Groups of three after a comma are thousands
// unless the file is ;-separated, where the comma is as likely the decimal sign.
type NumberColumn struct {
	Name      string
	Semicolon bool // the file is ;-separated

	dot, comma         evidence // proof of each style
	dotGroup, commaGrp evidence // cells with two readings
	other              evidence // cells that are no number
	numbers, missing   int
}

// evidence is the first cell that shows something, and how many do.
type evidence struct {
	count int
	cell  string
	at    words.At
}

// Feed takes one cell and its place.
func (c *NumberColumn) Feed(cell string, at words.At) {
	if e := c.weigh(cell); e != nil && e.count == 1 {
		e.at = at
	}
}

// FeedRow takes cell i of a row; the place is only computed where it is kept.
func (c *NumberColumn) FeedRow(row Row, i int) {
	if row.Typed(i) {
		c.numbers++
		return
	}
	if e := c.weigh(row.Cells[i]); e != nil && e.count == 1 {
		e.at = row.At(i)
	}
}

// weigh counts the cell under what it shows; nil where its reading is plain.
func (c *NumberColumn) weigh(cell string) *evidence {
	if cell == "" {
		c.missing++
		return nil
	}
	if p, ok := readPlain(cell); ok {
		c.numbers++
		return c.proof(p.shape).note(cell)
	}
	var n numeral
	switch n.dissect(cell) {
	case numeralMissing:
		c.missing++
		return nil
	case numeralNot, numeralClock:
		return c.other.note(cell)
	case numeralDuration:
		c.numbers++
		return nil
	}
	c.numbers++
	var found *evidence
	for _, d := range n.parts[:n.count] {
		s := d.shape()
		if s == shapeBad {
			c.numbers--
			return c.other.note(cell)
		}
		if proof := c.proof(s); proof != nil {
			found = proof
		}
	}
	return found.note(cell)
}

// proof is where a shape counts; nil where it shows nothing.
func (c *NumberColumn) proof(s shape) *evidence {
	switch s {
	case shapeDot:
		return &c.dot
	case shapeComma:
		return &c.comma
	case shapeDotGroup:
		return &c.dotGroup
	case shapeCommaGroup:
		return &c.commaGrp
	}
	return nil
}

func (e *evidence) note(cell string) *evidence {
	if e == nil {
		return nil
	}
	if e.count++; e.count == 1 {
		e.cell = cell
	}
	return e
}

func wholeNumber(cell string) bool {
	if len(cell) == 0 {
		return false
	}
	for i := 0; i < len(cell); i++ {
		if cell[i] < '0' || cell[i] > '9' {
			return false
		}
	}
	return true
}

// TwoReadings is a cell that shows why a column is ambiguous.
type TwoReadings struct {
	Cell    string
	At      words.At
	AsDot   float64 // read like 1,234.5
	AsComma float64 // read like 1.234,5
}

// Ambiguous is the first cell with two readings where nothing in the column
// settles them.
func (c *NumberColumn) Ambiguous() (TwoReadings, bool) {
	if c.dot.count > 0 || c.comma.count > 0 {
		return TwoReadings{}, false
	}
	e := c.dotGroup
	if e.count == 0 && c.Semicolon {
		e = c.commaGrp
	}
	if e.count == 0 {
		return TwoReadings{}, false
	}
	var n numeral
	n.dissect(e.cell)
	return TwoReadings{Cell: e.cell, At: e.at, AsDot: n.withStyle(StyleDot), AsComma: n.withStyle(StyleComma)}, true
}

// Style is the style that reads every cell of the column. The error is a
// *words.Problem at the cell that could be read two ways, or at the cell that
// contradicts the others.
func (c *NumberColumn) Style() (NumberStyle, error) {
	if c.dot.count > 0 && c.comma.count > 0 {
		odd, usual, style := c.comma, c.dot, StyleDot
		if c.comma.count > c.dot.count {
			odd, usual, style = c.dot, c.comma, StyleComma
		}
		return StyleUnknown, &words.Problem{At: odd.at,
			What: inColumn(c.Name, words.T("「%s」と「%s」のように、2通りの数値の書き方が混ざっています。",
				"two ways of writing numbers are mixed, like “%s” and “%s”.", shown(usual.cell), shown(odd.cell))),
			Mend: words.T("列の中の書き方を %s にそろえてください。", "Write the whole column like %s.", style.String())}
	}
	if two, ok := c.Ambiguous(); ok {
		grouped, decimal := two.AsComma, two.AsDot
		if c.dotGroup.count == 0 {
			grouped, decimal = two.AsDot, two.AsComma
		}
		e := twoReadings(two.Cell, grouped, decimal)
		return StyleUnknown, e.Problem(two.At, c.Name)
	}
	if c.comma.count > 0 {
		return StyleComma, nil
	}
	return StyleDot, nil
}
