package table

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// ColumnKind is what the cells of a column are.
type ColumnKind string

// The kinds of column.
const (
	ColumnDate   ColumnKind = "date"
	ColumnNumber ColumnKind = "number"
	ColumnText   ColumnKind = "text"
	ColumnEmpty  ColumnKind = "empty"
)

// Sample is the beginning of a table and a guess of what its columns are, to be
// shown before anything is imported.
type Sample struct {
	Header  []Column
	Rows    [][]string // the first rows, as written
	Lines   []int      // their physical lines
	Format  Format
	Columns []Guess
	Read    int  // rows the guesses rest on
	Whole   bool // those were all
}

// Guess is what the cells of a column look like. One that could be read two ways
// is ambiguous, and both readings are given; nothing is chosen for the person.
type Guess struct {
	Column
	Kind    ColumnKind
	Present int      // cells with a value
	Missing int      // empty, "-", "N/A", …
	Odd     int      // cells that do not fit the kind, totals apart
	OddCell string   // the first of them
	OddAt   words.At // where it stands

	Style   NumberStyle  // numbers
	Number  *TwoReadings // numbers: the style is ambiguous
	Percent bool         // numbers: most are written with %

	Order    DateOrder // dates
	Form     string    // dates: how they are written, like "YYYY/M/D"
	Dates    *TwoDays  // dates: the order is ambiguous
	First    series.Day
	Last     series.Day
	HasDates bool // First and Last hold something

	Mixed error // a *words.Problem: the column contradicts itself
}

// Preview reads the first rows for showing and up to limit rows (0: all) for the
// guesses. loc is where timestamps with a zone are taken to.
func Preview(file io.ReaderAt, opt Options, show, limit int, loc *time.Location) (*Sample, error) {
	r, err := Open(file, opt)
	if err != nil {
		return nil, err
	}
	s := &Sample{Header: r.Header()}
	columns := make([]*watcher, len(s.Header))
	for i, c := range s.Header {
		columns[i] = newWatcher(c, r.format.Delimiter == ';', loc)
	}
	for {
		row, err := r.Next()
		if err == io.EOF {
			s.Whole = true
			break
		}
		if err != nil {
			return nil, err
		}
		if limit > 0 && s.Read == limit {
			break
		}
		s.Read++
		if len(s.Rows) < show {
			s.Rows, s.Lines = append(s.Rows, slices.Clone(row.Cells)), append(s.Lines, row.Line)
		}
		if slices.ContainsFunc(row.Cells, isTotalLabel) {
			continue
		}
		for i, c := range columns {
			c.see(row, i)
		}
	}
	s.Format = r.Format()
	for _, c := range columns {
		s.Columns = append(s.Columns, c.guess())
	}
	return s, nil
}

// watcher follows one column.
type watcher struct {
	column  Column
	loc     *time.Location
	number  NumberColumn
	date    DateColumn
	seen    int
	long    int // plain numbers too long to count with: ids
	percent int
	form    string
	// The first and the last day in each of the readings that are possible.
	first, last [3]series.Day
	held        [3]bool
}

func newWatcher(c Column, semicolon bool, loc *time.Location) *watcher {
	return &watcher{column: c, loc: loc, number: NumberColumn{Name: c.Name, Semicolon: semicolon}, date: DateColumn{Name: c.Name}}
}

func (w *watcher) see(row Row, i int) {
	cell := row.Cells[i]
	w.seen++
	w.number.FeedRow(row, i)
	before := w.date.dates
	w.date.FeedRow(row, i)
	if len(cell) > 15 && wholeNumber(cell) {
		w.long++
	}
	if strings.HasSuffix(cell, "%") || strings.HasSuffix(cell, "％") {
		w.percent++
	}
	if w.date.dates == before {
		return
	}
	if w.form == "" {
		w.form = cell
	}
	for k, order := range [...]DateOrder{OrderUnknown, OrderDMY, OrderMDY} {
		day, err := ParseDate(cell, order, w.loc)
		if err != nil {
			continue
		}
		if !w.held[k] || day < w.first[k] {
			w.first[k] = day
		}
		if !w.held[k] || day > w.last[k] {
			w.last[k] = day
		}
		w.held[k] = true
	}
}

// guess decides by nine cells of ten: one odd cell makes no column text.
func (w *watcher) guess() Guess {
	g := Guess{Column: w.column, Missing: w.number.missing}
	g.Present = w.seen - g.Missing
	most := func(n int) bool { return n > 0 && n*10 >= g.Present*9 }
	switch {
	case g.Present == 0:
		g.Kind = ColumnEmpty
	case most(w.date.dates):
		g.Kind = ColumnDate
		g.Odd, g.OddCell, g.OddAt = w.date.other.count, w.date.other.cell, w.date.other.at
		w.guessDates(&g)
	case most(w.number.numbers) && !most(w.long):
		g.Kind = ColumnNumber
		g.Odd, g.OddCell, g.OddAt = w.number.other.count, w.number.other.cell, w.number.other.at
		g.Percent = most(w.percent)
		if two, ok := w.number.Ambiguous(); ok {
			g.Number = &two
		} else {
			g.Style, g.Mixed = w.number.Style()
		}
	default:
		g.Kind = ColumnText
	}
	return g
}

func (w *watcher) guessDates(g *Guess) {
	if two, ok := w.date.Ambiguous(); ok {
		g.Dates = &two
	} else {
		g.Order, g.Mixed = w.date.Order()
	}
	k := int(g.Order)
	if g.Order == OrderYMD || g.Dates != nil || g.Mixed != nil {
		k = 0
	}
	g.First, g.Last, g.HasDates = w.first[k], w.last[k], w.held[k]
	if g.Dates != nil {
		g.HasDates = false
	}
	g.Form = dateForm(w.form, g.Order)
}

// dateForm writes a date cell as a pattern: 2026/4/1 is YYYY/M/D.
func dateForm(cell string, order DateOrder) string {
	var b strings.Builder
	var fold [64]byte
	folded, ok := foldInto(fold[:], cell)
	if !ok {
		return ""
	}
	text := string(folded)
	_, _, era := cutEra(folded)
	date, clock, _ := strings.Cut(text, ":")
	if clock != "" {
		// The hour stands at the end of what is before the first colon.
		date = strings.TrimRight(date, "0123456789")
	}
	date = strings.TrimRight(date, " T")
	if !era && strings.ContainsAny(strings.ToLower(date), "abcdefghijklmnopqrstuvwxyz") {
		// The month is a name; the one short number is the day.
		order = OrderDMY
	}
	parts := 0
	for i := 0; i < len(date); {
		if !isDigit(date[i]) {
			b.WriteByte(date[i])
			i++
			continue
		}
		end := i
		for end < len(date) && isDigit(date[end]) {
			end++
		}
		switch n := end - i; {
		case n == 8:
			b.WriteString("YYYYMMDD")
		case n == 4:
			b.WriteString("YYYY")
		case era && parts == 0:
			b.WriteString("Y")
			parts--
		default:
			b.WriteString(partName(parts, order, n))
			parts++
		}
		if era && parts < 0 {
			parts, era = 0, false
		}
		i = end
	}
	form := b.String()
	if clock != "" {
		form += " hh:mm"
	}
	return form
}

func partName(part int, order DateOrder, digits int) string {
	name := "M"
	if (part == 1) != (order == OrderDMY) {
		name = "D"
	}
	return strings.Repeat(name, min(digits, 2))
}
