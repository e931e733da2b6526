package table

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// AllTables is the name under which the tables of a text that have a day in their
// first column are read as one, side by side.
const AllTables = "*"

// A text of several tables is an export of a few screens. It is held in memory while
// one of them is read, up to these bounds.
const (
	mostPartRows  = 400_000
	mostPartBytes = 48 << 20
)

// part is one of several tables that stand under one another.
type part struct {
	name   string // its title, else the names of its columns
	title  string
	head   *record
	rows   []*record
	counts dayCount
}

// findPart reads the table with a title, or all of them side by side.
func (r *Reader) findPart(s *scanner, wanted string) error {
	look, err := r.look(s)
	if err != nil {
		return err
	}
	s.delim = look.delim
	r.format.Delimiter, r.format.Requoted = rune(look.delim), look.requoted
	parts, err := r.readParts(&csvRows{scanner: s, requoted: look.requoted})
	if err != nil {
		return err
	}
	r.format.Sheets = append(r.format.Sheets[:0:0], namesOf(parts)...)
	chosen, err := choosePart(r.opt.Name, parts, wanted)
	if err != nil {
		return err
	}
	r.format.Sheet, r.counted = chosen.name, chosen.counts
	r.rows = &heldRows{rows: chosen.rows}
	r.record[0] = *chosen.head
	return r.setHeader(chosen.head)
}

func namesOf(parts []part) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = p.name
	}
	return out
}

func choosePart(file string, parts []part, wanted string) (part, error) {
	if wanted == AllTables {
		return abreast(file, parts)
	}
	for _, same := range []func(string) bool{
		func(name string) bool { return name == wanted },
		func(name string) bool { return matchName(name) == matchName(wanted) },
	} {
		for _, p := range parts {
			if same(p.name) || same(p.title) && p.title != "" {
				return p, nil
			}
		}
	}
	// A sheet's name that was written when the file was a workbook means nothing to a
	// text of one table without a title.
	if len(parts) == 1 && parts[0].title == "" {
		parts[0].name = ""
		return parts[0], nil
	}
	return part{}, noTable(file, words.T("このファイルに表「%s」がありません。", "There is no table “%s” in this file.", wanted), namesOf(parts))
}

// readParts cuts a text into its tables. A table begins with a line of names at the
// beginning, or below a blank line, a comment or a title; a title is a line of one cell
// above such a line.
func (r *Reader) readParts(rows *csvRows) ([]part, error) {
	all, err := r.readRecords(rows)
	if err != nil {
		return nil, err
	}
	var parts []part
	var counts dayCount
	title, fresh := "", true
	for i, c := range all {
		switch {
		case blank(c.cells):
			fresh = true
		case isComment(c.cells) && (fresh || len(parts) == 0 || !startsWithHash(parts[len(parts)-1])):
			counts.note(c.cells)
			fresh = true
		case filled(c.cells) == 1 && isTitle(all, i, fresh || len(parts) == 0):
			title, fresh = cleanName(firstFilled(c.cells)), true
		case fresh && isNames(c.cells):
			p := part{title: title, head: c, counts: counts}
			p.head.cells = p.head.cells[:usedWidth(p.head.cells)]
			p.counts.begin(p.head.cells)
			if p.name = title; title == "" {
				p.name = strings.Join(cleanNames(p.head.cells), ", ")
			}
			parts, title, fresh = append(parts, p), "", false
		case len(parts) > 0:
			last := &parts[len(parts)-1]
			last.rows, fresh = append(last.rows, c), false
		}
	}
	if len(parts) == 0 {
		return nil, noHeader(r.opt.Name)
	}
	for i, name := range numbered(namesOf(parts)) {
		parts[i].name = name
	}
	return parts, nil
}

func (r *Reader) readRecords(rows *csvRows) ([]*record, error) {
	var all []*record
	held := 0
	for {
		c := &record{}
		if err := rows.next(c); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		for _, cell := range c.cells {
			held += len(cell) + 48
		}
		if len(all) >= mostPartRows || held > mostPartBytes {
			return nil, fileProblem(r.opt.Name,
				words.T("表がいくつも入ったファイルとしては大きすぎます。", "For a file of several tables it is too large."),
				words.T("期間を分けて書き出すか、使う表だけのファイルにしてください。", "Export shorter periods, or keep only the table you need."))
		}
		all = append(all, c)
	}
}

// isTitle reports whether record i, of one cell, stands above a line of names.
func isTitle(all []*record, i int, fresh bool) bool {
	for _, below := range all[i+1 : min(len(all), i+4)] {
		switch {
		case blank(below.cells) || filled(below.cells) == 1:
			continue
		case !isNames(below.cells):
			return false
		}
		return fresh || kindOf(firstFilled(all[i].cells)) == cellText
	}
	return false
}

// isNames reports a line of at least two names and no value.
func isNames(cells []string) bool {
	names := 0
	for _, c := range cells {
		switch kindOf(c) {
		case cellText:
			names++
		case cellNumber, cellDate:
			return false
		}
	}
	return names >= 2
}

func startsWithHash(p part) bool {
	return len(p.rows) > 0 && strings.HasPrefix(p.rows[len(p.rows)-1].cells[0], "#")
}

func firstFilled(cells []string) string {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return c
		}
	}
	return ""
}

func cleanNames(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = cleanName(c)
	}
	return out
}

// numbered tells names apart that come more than once.
func numbered(names []string) []string {
	out, seen := slices.Clone(names), map[string]bool{}
	for i, name := range names {
		for n := 2; seen[out[i]]; n++ {
			out[i] = fmt.Sprintf("%s (%d)", name, n)
		}
		seen[out[i]] = true
	}
	return out
}

// heldRows is the producer of records that are in memory.
type heldRows struct {
	rows []*record
	at   int
}

func (h *heldRows) next(c *record) error {
	if h.at == len(h.rows) {
		return io.EOF
	}
	from := h.rows[h.at]
	h.at++
	c.line, c.lazy, c.typed = from.line, from.lazy, nil
	c.cells = append(c.cells[:0], from.cells...)
	c.spots = append(c.spots[:0], from.spots...)
	return nil
}

func (h *heldRows) last() bool {
	for _, c := range h.rows[h.at:] {
		if !blank(c.cells) {
			return false
		}
	}
	return true
}
