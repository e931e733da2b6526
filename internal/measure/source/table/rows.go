package table

import (
	"compress/flate"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Next is the next row of the table; io.EOF after its last one. Blank lines are
// skipped. Where another table follows below, reading ends and
// Format().MoreTables says so: rows of two tables are never mixed.
func (r *Reader) Next() (Row, error) {
	before, c := &r.record[r.current], &r.record[1-r.current]
	for !r.ended {
		err := r.rows.next(c)
		switch {
		case err == io.EOF:
			r.ended = true
			return Row{}, io.EOF
		case err != nil:
			r.ended = true
			return Row{}, r.readError(err)
		case blank(c.cells):
			before.after = true
			continue
		}
		// A comment inside the table is like a blank line: what stands below it
		// tells whether the table goes on. Ending here would lose days in silence.
		if r.read > 0 && r.isNote(before, c) {
			before.after, r.noted = true, true
			continue
		}
		gap, noted := before.after, r.noted
		before.after, r.noted = false, false
		switch {
		case r.read > 0 && (r.isOtherTable(before, c, gap) || noted && len(c.cells) != len(r.header)):
			r.ended, r.format.MoreTables = true, true
			return Row{}, io.EOF
		case r.isHeaderAgain(c):
			continue
		case r.read == 0 && isComment(c.cells) && len(r.header) > 1:
			continue
		}
		if err := r.fit(c); err != nil {
			r.ended = true
			return Row{}, err
		}
		r.counted.apply(c)
		c.after = false
		r.current = 1 - r.current
		r.read++
		return Row{Line: c.line, Cells: c.cells, reader: r, record: c}, nil
	}
	return Row{}, io.EOF
}

// fit pads short rows and complains about long ones.
func (r *Reader) fit(c *record) error {
	want := len(r.header)
	if used := usedWidth(c.cells); used > want {
		return &words.Problem{At: c.at(r.opt.Name, r.format.Kind, want),
			What: words.T("この行には値が%d個ありますが、列見出しは%d個です。", "This row has %d cells, but the header has %d.", used, want),
			Mend: words.T("区切り文字を含むセルは引用符(\")で囲んでください。", "Put cells that contain the delimiter in quotes (\").")}
	}
	if c.lazy && len(c.cells) < want {
		return &words.Problem{At: c.at(r.opt.Name, r.format.Kind, 0),
			What: words.T("引用符(\")の使い方が乱れていて、列の境目がわかりません。", "The quotes (\") in this row are mixed up, so its columns cannot be told apart."),
			Mend: words.T("セルの中の引用符を2つ(\"\")にしてください。", "Double the quotes inside cells (\"\").")}
	}
	for len(c.cells) < want {
		c.cells = append(c.cells, "")
	}
	c.cells = c.cells[:want]
	return nil
}

func (r *Reader) isHeaderAgain(c *record) bool {
	if len(c.cells) == 0 || cleanName(c.cells[0]) != r.header[0].Name {
		return false
	}
	used := usedWidth(c.cells)
	if used > len(r.header) || used < 1 {
		return false
	}
	for i, h := range r.header {
		cell := ""
		if i < len(c.cells) {
			cell = c.cells[i]
		}
		if cleanName(cell) != h.Name {
			return false
		}
	}
	return true
}

// isNote reports a comment line below the first row, unless rows of the table
// begin with # themselves, as hashtags do.
func (r *Reader) isNote(before, c *record) bool {
	return len(r.header) > 1 && isComment(c.cells) && !strings.HasPrefix(before.cells[0], "#") &&
		(before.after || strings.HasPrefix(c.cells[0], "# ") || strings.HasPrefix(c.cells[0], "#-"))
}

// isOtherTable reports that the record does not belong to the table: below a
// blank or comment line it has another width, repeats the header, or has text
// where the row before has a number or a date.
func (r *Reader) isOtherTable(before, c *record, gap bool) bool {
	if !gap {
		return false
	}
	if slices.ContainsFunc(c.cells, isTotalLabel) {
		return false
	}
	if usedWidth(c.cells) > len(r.header) || r.isHeaderAgain(c) {
		return true
	}
	if len(r.header) > 1 && filled(c.cells) == 1 {
		return true
	}
	for i, cell := range c.cells {
		if i >= len(before.cells) || kindOf(cell) != cellText {
			continue
		}
		if k := kindOf(before.cells[i]); k == cellNumber || k == cellDate {
			return true
		}
	}
	return false
}

// csvRows is the producer of records for text.
type csvRows struct {
	scanner  *scanner
	requoted bool
	inner    unquoter
}

func (r *csvRows) next(c *record) error {
	if err := r.scanner.next(c); err != nil {
		return err
	}
	if !r.requoted || len(c.cells) != 1 || len(c.spots) != 1 {
		return nil
	}
	whole, outer := c.cells[0], c.spots[0]
	cells := r.inner.split(whole, r.scanner.delim)
	c.cells = append(c.cells[:0], cells...)
	c.spots = c.spots[:0]
	for _, s := range r.inner.record.spots {
		// Each quote inside was written twice.
		if s.line <= 1 {
			s.col += outer.col + strings.Count(whole[:min(s.col, len(whole))], `"`)
		}
		s.line = outer.line + max(s.line-1, 0)
		c.spots = append(c.spots, s)
	}
	return nil
}

func (r *csvRows) last() bool { return r.scanner.last() }

func isFlateError(err error) bool {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	return corrupt
}
