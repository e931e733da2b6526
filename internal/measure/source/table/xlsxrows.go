package table

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

const (
	maxSheetColumns = 16384     // Excel's own bound
	maxSharedText   = 128 << 20 // text of a workbook that is held in memory
)

// readStrings reads the table of texts that cells refer to.
func (b *book) readStrings() error {
	total := 0
	return b.each("xl/sharedStrings.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := richText(d, "si")
		if err != nil {
			return err
		}
		if total += len(text) + 16; total > maxSharedText {
			return fileProblem(b.name,
				words.T("ブックの文字データが大きすぎます(%d MB以上)。", "The workbook holds too much text (over %d MB).", maxSharedText>>20),
				words.T("必要なシートだけをCSVで書き出してください。", "Export only the sheet you need as CSV."))
		}
		b.strings = append(b.strings, text)
		return nil
	})
}

// richText joins the text of an element, without the readings (furigana) that
// Japanese workbooks keep beside it.
func richText(d *xml.Decoder, until string) (string, error) {
	var text strings.Builder
	take, reading := false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "rPh":
				reading++
			case "t":
				take = reading == 0
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "rPh":
				reading--
			case "t":
				take = false
			case until:
				return strings.ReplaceAll(text.String(), "_x000D_", ""), nil
			}
		case xml.CharData:
			if take {
				text.Write(t)
			}
		}
	}
}

// sheetRows is the producer of records for a sheet.
type sheetRows struct {
	book    *book
	decoder *xml.Decoder
	queue   []*record // read ahead
	line    int
	held    *record // a row below a gap, while the gap is told
	done    bool
}

func (b *book) rows(sheet sheetEntry, opt Options) (*sheetRows, error) {
	f := b.files[sheet.file]
	var progress func(int64)
	if opt.Progress != nil {
		unpacked := max(int64(f.UncompressedSize64), 1)
		progress = func(out int64) {
			opt.Progress(int64(float64(opt.Size)*min(float64(out)/float64(unpacked), 1)), opt.Size)
		}
	}
	d, err := b.open(f, progress)
	if err != nil {
		return nil, err
	}
	return &sheetRows{book: b, decoder: d}, nil
}

func (s *sheetRows) next(c *record) error {
	if len(s.queue) > 0 {
		head := s.queue[0]
		s.queue = s.queue[1:]
		c.line, c.lazy = head.line, false
		c.cells = append(c.cells[:0], head.cells...)
		c.typed = append(c.typed[:0], head.typed...)
		return nil
	}
	return s.read(c)
}

func (s *sheetRows) last() bool {
	for _, q := range s.queue {
		if !blank(q.cells) {
			return false
		}
	}
	for {
		c := &record{}
		if err := s.read(c); err == io.EOF {
			return true
		} else if err != nil {
			return false
		}
		s.queue = append(s.queue, c)
		if !blank(c.cells) || len(s.queue) > 1000 {
			return false
		}
	}
}

// read is the next row of the sheet; rows that are not stored are told as one
// blank row.
func (s *sheetRows) read(c *record) error {
	if s.held != nil {
		*c, s.held = *s.held, nil
		return nil
	}
	if s.done {
		return io.EOF
	}
	for {
		t, err := s.decoder.RawToken()
		if err == io.EOF {
			s.done = true
			return io.EOF
		}
		if err != nil {
			s.done = true
			return s.book.xmlError(err)
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				s.done = true
				return io.EOF
			}
		case xml.StartElement:
			if e.Name.Local != "row" {
				continue
			}
			return s.row(c, e)
		}
	}
}

func (s *sheetRows) row(c *record, e xml.StartElement) error {
	line := s.line + 1
	if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > s.line {
		line = n
	}
	gap := line > s.line+1
	s.line = line
	*c = record{line: line, cells: c.cells[:0], typed: c.typed[:0]}
	if err := s.cells(c); err != nil {
		s.done = true
		return s.book.xmlError(err)
	}
	if gap {
		held := *c
		s.held = &held
		*c = record{line: line - 1, cells: []string{""}}
	}
	return nil
}

// cells reads up to the end of the row.
func (s *sheetRows) cells(c *record) error {
	for {
		t, err := s.decoder.RawToken()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if e.Name.Local != "c" {
				continue
			}
			at := len(c.cells)
			if ref := attribute(e, "r"); ref != "" {
				at = columnOf(ref)
			}
			if at < 0 || at >= maxSheetColumns {
				return io.ErrUnexpectedEOF
			}
			text, typed, err := s.cell(e)
			if err != nil {
				return err
			}
			for len(c.cells) <= at {
				c.cells, c.typed = append(c.cells, ""), append(c.typed, false)
			}
			c.cells[at], c.typed[at] = text, typed
		}
	}
}

// columnOf is the 0-based column of a reference such as AB12.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4; i++ {
		c := ref[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		n = n*26 + int(c-'a') + 1
	}
	return n - 1
}

// cell reads one cell up to its end.
func (s *sheetRows) cell(e xml.StartElement) (text string, typed bool, err error) {
	kind := attribute(e, "t")
	style := -1
	if n, err := strconv.Atoi(attribute(e, "s")); err == nil {
		style = n
	}
	value, inValue := "", false
	for {
		t, err := s.decoder.RawToken()
		if err != nil {
			return "", false, err
		}
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v":
				inValue = true
			case "is":
				if value, err = richText(s.decoder, "is"); err != nil {
					return "", false, err
				}
			}
		case xml.CharData:
			if inValue {
				value += string(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "v":
				inValue = false
			case "c":
				text, typed = s.meaning(kind, value, style)
				return text, typed, nil
			}
		}
	}
}

// meaning is the text of a stored value, and whether the file itself says that
// it is a number or a date.
func (s *sheetRows) meaning(kind, value string, style int) (string, bool) {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(s.book.strings) {
			return s.book.strings[i], false
		}
		return "", false
	case "b":
		if value == "1" {
			return "TRUE", false
		}
		return "FALSE", false
	case "", "n":
		if value == "" {
			return "", false
		}
		// Programs store a date without a style as text of its serial; only the
		// style makes it a date.
		return s.book.asWritten(value, max(style, 0)), true
	case "d":
		return value, true
	}
	return value, false
}
