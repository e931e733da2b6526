package table

import (
	"github.com/shirube/shirube/internal/words"
)

// abreast lays the tables that have one row per day beside one another: what a platform
// has put under one another because each was a chart of its own. Their columns are named
// by their titles. A day that one of them leaves out is an empty cell.
func abreast(file string, parts []part) (part, error) {
	var daily []part
	for _, p := range parts {
		if p.isDaily() && (len(daily) == 0 || matchName(p.head.cells[0]) == matchName(daily[0].head.cells[0])) {
			daily = append(daily, p)
		}
	}
	if len(daily) == 0 {
		return part{}, noTable(file, words.T("このファイルに、1日1行の表がありません。", "There is no table with one row per day in this file."), namesOf(parts))
	}
	head := &record{line: daily[0].head.line, cells: []string{daily[0].head.cells[0]}, spots: daily[0].head.spots[:min(1, len(daily[0].head.spots))]}
	for _, p := range daily {
		head.cells = append(head.cells, p.columnNames()...)
	}
	copy(head.cells[1:], numbered(head.cells[1:]))
	out := part{name: AllTables, head: head}
	rows, from := map[string]*record{}, 1
	for _, p := range daily {
		for _, c := range p.rows {
			key := p.key(c)
			row := rows[key]
			if row == nil {
				row = &record{line: c.line, cells: make([]string, len(head.cells)), spots: make([]spot, len(head.cells))}
				for i := range row.spots {
					row.spots[i] = spot{line: c.line}
				}
				row.cells[0] = key
				rows[key], out.rows = row, append(out.rows, row)
			}
			for i := 1; i < len(p.head.cells) && i < len(c.cells); i++ {
				row.cells[from+i-1] = c.cells[i]
				if i < len(c.spots) {
					row.spots[from+i-1] = c.spots[i]
				}
			}
		}
		from += len(p.head.cells) - 1
	}
	return out, nil
}

// isDaily: the first column holds days, each once.
func (p part) isDaily() bool {
	seen := map[string]bool{}
	for _, c := range p.rows {
		if len(c.cells) > len(p.head.cells) && usedWidth(c.cells) > len(p.head.cells) {
			return false
		}
		key := p.key(c)
		if kindOf(key) != cellDate || seen[key] {
			return false
		}
		seen[key] = true
	}
	return len(p.rows) > 0 && len(p.head.cells) > 1
}

// key is the day of a row.
func (p part) key(c *record) string {
	one := record{cells: []string{c.cells[0]}}
	p.counts.apply(&one)
	return one.cells[0]
}

// columnNames are what the columns beside the day are called when tables stand abreast.
// A title says it better than a column called "Primary".
func (p part) columnNames() []string {
	names := cleanNames(p.head.cells[1:])
	if p.title == "" {
		return names
	}
	if len(names) == 1 {
		return []string{p.title}
	}
	for i := range names {
		names[i] = p.title + ": " + names[i]
	}
	return names
}
