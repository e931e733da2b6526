package table

import (
	"bytes"
	"io"
	"strings"
)

// sample is the beginning of a file, cut into records with one delimiter.
type sample struct {
	delim    byte
	records  []sampled
	requoted bool
}

type sampled struct {
	cells  []string
	line   int   // physical line
	offset int64 // in the text, of the record's first byte
}

const sampleRecords = 60

// cut reads the first records of the head. Where the head ends within a record
// that record is left out.
func cut(head []byte, whole bool, delim byte, offset int64, line int) []sampled {
	s := &scanner{src: bytes.NewReader(nil), delim: delim, buf: head, end: len(head), eof: true, err: io.EOF, line: line, offset: offset}
	var list []sampled
	var c record
	for len(list) < sampleRecords {
		at := s.offset
		if err := s.next(&c); err != nil {
			break
		}
		if s.start == s.end && !whole {
			break
		}
		list = append(list, sampled{cells: append([]string(nil), c.cells...), line: c.line, offset: at})
	}
	return list
}

// sniff chooses the delimiter: the one whose header has all wanted columns, else
// the one that cuts most records into the same number of cells.
func sniff(head []byte, whole bool, given byte, offset int64, line int, want []string) sample {
	candidates := []byte{',', '\t', ';', '|'}
	if given != 0 {
		candidates = []byte{given}
	}
	best, bestScore := sample{delim: candidates[0]}, -1
	for _, d := range candidates {
		if bytes.IndexByte(head, d) < 0 && len(candidates) > 1 && !(d == ',' && bestScore < 0) {
			continue
		}
		s := sample{delim: d, records: cut(head, whole, d, offset, line)}
		s.unquote()
		score := s.regularity()
		if len(want) > 1 && s.holding(want) >= 0 {
			score += 1 << 20
		}
		if score > bestScore {
			best, bestScore = s, score
		}
	}
	return best
}

// regularity is how many records have the most usual number of cells (at least
// two); more cells win between equals.
func (s *sample) regularity() int {
	width, count := s.usualWidth()
	if width < 2 {
		return 0
	}
	return count*1000 + min(width, 999)
}

// usualWidth is the most frequent number of cells above one, and its frequency;
// 1 where no record has more.
func (s *sample) usualWidth() (width, count int) {
	frequency := map[int]int{}
	for _, r := range s.records {
		if len(r.cells) > 1 {
			frequency[len(r.cells)]++
		}
	}
	width = 1
	for w, n := range frequency {
		if n > count || (n == count && w > width) {
			width, count = w, n
		}
	}
	return width, count
}

// unquote undoes a second quoting of whole rows, as Excel does when it re-saves
// a file it had not understood.
func (s *sample) unquote() {
	rows, inner := 0, 0
	for _, r := range s.records {
		if blank(r.cells) {
			continue
		}
		rows++
		if len(r.cells) == 1 && strings.IndexByte(r.cells[0], s.delim) >= 0 && strings.IndexByte(r.cells[0], '"') >= 0 {
			inner++
		}
	}
	// The header has no quotes inside where its cells need none.
	if inner == 0 || inner+2 < rows || rows < 2 {
		return
	}
	for _, r := range s.records {
		if len(r.cells) != 1 {
			return
		}
	}
	s.requoted = true
	var u unquoter
	for i, r := range s.records {
		s.records[i].cells = append([]string(nil), u.split(r.cells[0], s.delim)...)
	}
}

// unquoter cuts the content of a cell that holds a whole row.
type unquoter struct{ record record }

// split is the cells of the row; text that is no row is one cell.
func (u *unquoter) split(text string, delim byte) []string {
	buf := []byte(text)
	s := &scanner{src: bytes.NewReader(nil), delim: delim, buf: buf, end: len(buf), eof: true, err: io.EOF}
	if err := s.next(&u.record); err != nil || s.start != s.end {
		u.record.cells = append(u.record.cells[:0], text)
		u.record.spots = append(u.record.spots[:0], spot{})
	}
	return u.record.cells
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// separatorLine reads Excel's "sep=;" first line.
func separatorLine(line []byte) (byte, bool) {
	line = bytes.Trim(line, `" `)
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) {
		return line[4], true
	}
	// sep= with a tab that an editor trimmed.
	return 0, false
}
