// Package table reads one tabular file as it really is: CSV in the encodings,
// separators and preambles that platforms export, gzipped CSV, one of several
// tables in a text or a zip, or one sheet of an Excel workbook. It yields a stream of rows in bounded memory and knows, for
// every cell, where a person finds it again.
//
// It does not know what the columns mean. Numbers and dates are read by pure
// functions (ParseNumber, ParseDate) that never guess: what could be read two
// ways is settled by the whole column (NumberColumn, DateColumn) or by the person
// (a *words.Problem that shows both readings). The intended use is therefore two
// passes: open, feed the wanted columns, open again, read.
//
// Errors about the file's content are *words.Problem with file, line and column;
// others are wrapped I/O errors.
package table

import (
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Options say what is known about the file. All but Name may stay zero.
type Options struct {
	Name      string   // the path as shown in messages
	Sheet     string   // xlsx: the sheet to read, "" is the first one; zip: the member; text: the title of one of several tables, or AllTables
	Encoding  string   // "" is recognised; utf-8, cp932 (shift_jis), euc-jp, utf-16le, utf-16be, latin1
	Delimiter rune     // 0 is recognised among , ; tab |
	HeaderRow int      // 1-based physical line of the header; 0 is recognised
	Want      []string // columns the model asks for: they tell the header row from a preamble

	MaxBytes int64                   // bound of what a compressed file may unfold to; 0 is 2 GiB
	Size     int64                   // bytes in the file; 0 is asked of the reader
	Progress func(read, total int64) // called about once a megabyte of the file as stored
}

// Column is one column of the header.
type Column struct {
	Name  string // cleaned of surrounding space, BOM and zero-width characters
	Index int    // 0-based place in Row.Cells
}

// Kind is the kind of file a table came from.
type Kind string

// The kinds of file.
const (
	KindCSV  Kind = "csv"
	KindXLSX Kind = "xlsx"
)

// Format is what was recognised about the file. Encoding and MoreTables may
// still change while rows are read: a file can be plain ASCII for a long while,
// and a second table is only seen at the end of the first.
type Format struct {
	Kind          Kind
	Compressed    bool   // gzip
	Encoding      string // "utf-8", "cp932", "euc-jp", "utf-16le", "utf-16be", "latin1"; "" for xlsx
	Delimiter     rune   // 0 for xlsx
	HeaderLine    int    // 1-based physical line (xlsx: row) of the header
	PreambleLines int    // lines before the header
	Requoted      bool   // every row had been quoted a second time
	Zipped        bool   // a member of a zip
	Sheet         string // the sheet, member or table that is read; "" where there is only one
	Sheets        []string
	MoreTables    bool // something follows the table that is not part of it; it is not read
}

// Reader yields the rows of the table. It is not safe for concurrent use.
type Reader struct {
	opt     Options
	format  Format
	header  []Column
	exact   map[string]int
	rows    records
	record  [2]record // the current and the one before, alternating
	current int
	read    int  // rows given out
	noted   bool // a comment line stands before the record to come
	ended   bool
	enc     *decoder // nil for xlsx
	counted dayCount
}

// records is a producer of raw rows: one for CSV, one for xlsx.
type records interface {
	// next fills the record; its cells are valid until the next call but one.
	next(*record) error
	// last reports whether only blank lines follow the record just read.
	last() bool
}

// record is one raw row. Its slices are reused.
type record struct {
	line  int // physical line of its first character
	cells []string
	spots []spot // where each cell starts
	typed []bool // xlsx: the file itself says that the cell is a number or a date
	lazy  bool   // a quote inside a quoted cell was taken as it stands
	after bool   // a blank line stands before it
}

// spot is where a cell starts, counted in bytes of its physical line.
type spot struct{ line, col int }

// Row is one row of the table. Cells has one string per column of the header;
// short rows are padded. The slice is valid until the next call to Next, the
// strings stay.
type Row struct {
	Line  int // 1-based physical line in the file
	Cells []string

	reader *Reader
	record *record
}

// At is the place of the first character of a cell: file, line, and the column
// counted in characters (xlsx: row and column number).
func (w Row) At(i int) words.At {
	if w.record == nil {
		return words.At{Line: w.Line, Col: i + 1}
	}
	return w.record.at(w.reader.opt.Name, w.reader.format.Kind, i)
}

// Typed reports that the file itself stores the cell as a number or a date
// (xlsx), so that its separators are never ambiguous.
func (w Row) Typed(i int) bool {
	return w.record != nil && i < len(w.record.typed) && w.record.typed[i]
}

// Number reads a cell in the column's style. ok is false where the cell says
// that there is no value. The error is a *words.Problem with the cell's place.
func (w Row) Number(i int, style NumberStyle) (value float64, ok bool, err error) {
	if w.Typed(i) {
		style = StyleDot
	}
	value, ok, err = ParseNumber(w.Cells[i], style)
	if err != nil {
		return 0, false, w.problem(i, err)
	}
	return value, ok, nil
}

// Date reads a cell in the column's order; timestamps that carry a zone become
// the day they fall on in loc. The error is a *words.Problem with the cell's
// place.
func (w Row) Date(i int, order DateOrder, loc *time.Location) (series.Day, error) {
	day, err := ParseDate(w.Cells[i], order, loc)
	if err != nil {
		return 0, w.problem(i, err)
	}
	return day, nil
}

func (w Row) problem(i int, err error) error {
	name := ""
	if w.reader != nil && i < len(w.reader.header) {
		name = w.reader.header[i].Name
	}
	if cell, ok := err.(*CellError); ok {
		return cell.Problem(w.At(i), name)
	}
	return err
}

// at turns the byte position of a cell into characters. All bytes of a line
// beyond its characters stand in cells, so that the line itself is not needed.
func (c *record) at(file string, kind Kind, i int) words.At {
	if kind == KindXLSX || len(c.spots) == 0 {
		return words.At{File: file, Line: c.line, Col: i + 1}
	}
	if i >= len(c.spots) {
		last := len(c.spots) - 1
		at := c.at(file, kind, last)
		tail, lines := lastLine(c.cells[last])
		if lines > 0 {
			return words.At{File: file, Line: at.Line + lines, Col: runes(tail) + 1}
		}
		return words.At{File: file, Line: at.Line, Col: at.Col + runes(tail)}
	}
	s := c.spots[i]
	excess := 0
	for j := 0; j < i; j++ {
		tail, lines := lastLine(c.cells[j])
		if c.spots[j].line+lines == s.line {
			excess += len(tail) - runes(tail)
		}
	}
	return words.At{File: file, Line: s.line, Col: s.col - excess + 1}
}

// Header is the columns of the table.
func (r *Reader) Header() []Column { return r.header }

// Format is what was recognised so far.
func (r *Reader) Format() Format {
	f := r.format
	if r.enc != nil {
		f.Encoding = r.enc.encoding()
	}
	return f
}
