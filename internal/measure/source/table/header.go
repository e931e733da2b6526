package table

import (
	"slices"
	"strings"
)

// holding is the first record that has every wanted column, or -1.
func (s *sample) holding(want []string) int {
	at, matched := s.closest(want)
	if matched < distinct(want) {
		return -1
	}
	return at
}

func distinct(want []string) int {
	seen := map[string]bool{}
	for _, w := range want {
		seen[matchName(w)] = true
	}
	return len(seen)
}

// closest is the first record with the most wanted columns, and how many.
func (s *sample) closest(want []string) (at, matched int) {
	wanted := map[string]bool{}
	for _, w := range want {
		wanted[matchName(w)] = true
	}
	at = -1
	for i, r := range s.records {
		found := map[string]bool{}
		for _, c := range r.cells {
			if name := matchName(c); wanted[name] {
				found[name] = true
			}
		}
		if len(found) > matched {
			at, matched = i, len(found)
		}
	}
	return at, matched
}

// isComment reports a preamble line such as "# 開始日: 20260817", also when a
// spreadsheet has padded it with empty cells.
func isComment(cells []string) bool {
	return len(cells) > 0 && strings.HasPrefix(strings.TrimSpace(cells[0]), "#") && filled(cells) == 1
}

// header finds the record with the column names, or -1 in an empty sample.
//
// With wanted columns it is the record that has most of them. Without, it is the
// first one of at least two names whose rows below look like data: some column
// has a name on top and numbers or dates below.
func (s *sample) header(want []string) int {
	if at, matched := s.closest(want); matched == distinct(want) && matched > 0 || matched > 1 {
		return at
	}
	width, _ := s.usualWidth()
	blocks := s.blocks()
	for _, least := range [...]float64{0.95, 0.6, 0.01} {
		for b, block := range blocks {
			if s.isPreamble(b, blocks) {
				continue
			}
			for i := block[0]; i < block[1]-1; i++ {
				// One row proves little against the lines above it.
				if i > block[0] && i == block[1]-2 {
					break
				}
				if s.isHeader(i, block[1], width, least) {
					return i
				}
			}
		}
	}
	return s.firstOfNames(width)
}

// blocks are the ranges of records between blank and comment lines.
func (s *sample) blocks() [][2]int {
	var list [][2]int
	from := -1
	for i, r := range s.records {
		if blank(r.cells) || isComment(r.cells) {
			if from >= 0 {
				list = append(list, [2]int{from, i})
			}
			from = -1
			continue
		}
		if from < 0 {
			from = i
		}
	}
	if from >= 0 {
		list = append(list, [2]int{from, len(s.records)})
	}
	return list
}

// isPreamble reports a block of very few rows before a long one: account, period
// and the like, which may look like a small table.
func (s *sample) isPreamble(b int, blocks [][2]int) bool {
	if blocks[b][1]-blocks[b][0] > 3 {
		return false
	}
	for _, later := range blocks[b+1:] {
		if later[1]-later[0] >= 10 {
			return true
		}
	}
	return false
}

// isHeader reports whether record i is names and at least a share of the rows
// below it, up to end, agree in some column that they are values.
func (s *sample) isHeader(i, end, width int, least float64) bool {
	cells := s.records[i].cells
	names, values := 0, 0
	for _, c := range cells {
		switch kindOf(c) {
		case cellText:
			names++
		case cellNumber, cellDate:
			values++
		}
	}
	if names < min(2, width) || values > names {
		return false
	}
	const rows = 20
	below := s.records[i+1 : min(end, i+1+rows)]
	if below[0].width() > len(cells) {
		return false
	}
	for j, c := range cells {
		if kindOf(c) != cellText {
			continue
		}
		value, all := 0, 0
		known := false
		for _, r := range below {
			// Joined files repeat the header.
			if j >= len(r.cells) || slices.Equal(r.cells, cells) {
				continue
			}
			all++
			switch kindOf(r.cells[j]) {
			case cellNumber, cellDate:
				value, known = value+1, true
			case cellEmpty:
				value++
			}
		}
		if known && float64(value) >= least*float64(all) {
			return true
		}
	}
	return false
}

// width is the number of cells without the empty ones at the end.
func (r sampled) width() int { return usedWidth(r.cells) }

func usedWidth(cells []string) int {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return n
}

// firstOfNames is for tables of nothing but text and those of one row: the first
// record without values that is as wide as most, else the first of two names,
// else the first one at all.
func (s *sample) firstOfNames(width int) int {
	first, named := -1, -1
	for i, r := range s.records {
		if blank(r.cells) || isComment(r.cells) {
			continue
		}
		if first < 0 {
			first = i
		}
		names, values := 0, 0
		for _, c := range r.cells {
			switch kindOf(c) {
			case cellText:
				names++
			case cellNumber, cellDate:
				values++
			}
		}
		if values > 0 || names < min(2, width) {
			continue
		}
		if len(r.cells) == width {
			return i
		}
		if named < 0 {
			named = i
		}
	}
	if named >= 0 {
		return named
	}
	return first
}
