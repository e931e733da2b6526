package table

import "strings"

var totalLabels = map[string]bool{
	"合計": true, "総計": true, "総合計": true, "小計": true, "計": true, "全体": true, "累計": true,
	"total": true, "totals": true, "grand total": true, "subtotal": true, "sum": true, "overall": true,
	"gesamt": true, "summe": true, "gesamtsumme": true, "totale": true, "total general": true,
}

// isTotalLabel reports whether a cell says that its row sums up others.
func isTotalLabel(cell string) bool {
	if len(cell) == 0 || len(cell) > 48 || cell[0] >= '0' && cell[0] <= '9' {
		return false
	}
	name := strings.TrimRight(matchName(cell), ":")
	if totalLabels[name] {
		return true
	}
	// "合計: 28日間", "Total (28 days)", "総計(全期間)"
	for _, label := range [...]string{"合計", "総計", "総合計", "grand total", "total"} {
		if rest, ok := strings.CutPrefix(name, label); ok {
			rest = strings.TrimSpace(rest)
			return strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, ":")
		}
	}
	return false
}

// IsTotal reports whether the row sums up others and is no day of its own. key
// is the row's date cell. Besides rows that say so (合計, Grand total, …), a row
// with an empty key and only numbers counts where platforms and people put
// totals: as the first row, or as the last one of the file.
//
// It must be asked before the next call to Next.
func (w Row) IsTotal(key string) bool {
	if isTotalLabel(key) {
		return true
	}
	var fold [16]byte
	if folded, ok := foldInto(fold[:], key); !ok || !isMissing(folded) {
		return false
	}
	numbers := 0
	for _, cell := range w.Cells {
		switch {
		case cell == "":
		case isTotalLabel(cell):
			return true
		case kindOf(cell) == cellNumber:
			numbers++
		case kindOf(cell) != cellEmpty:
			return false
		}
	}
	return numbers > 0 && w.reader != nil && (w.reader.read == 1 || w.reader.rows.last())
}

// cellKind is what a cell looks like by itself.
type cellKind uint8

const (
	cellEmpty cellKind = iota // empty, or one of the marks of no value
	cellNumber
	cellDate
	cellText
)

func kindOf(cell string) cellKind {
	if wholeNumber(cell) {
		return cellNumber
	}
	if _, ok := plainDate(cell); ok {
		return cellDate
	}
	var n numeral
	switch n.dissect(cell) {
	case numeralMissing:
		return cellEmpty
	case numeralNumber:
		if _, fault := n.value(StyleUnknown); fault == faultNone || fault == FaultAmbiguous {
			return cellNumber
		}
	case numeralDuration, numeralClock:
		return cellNumber
	}
	var p datePhrase
	if p.read(cell) == nil {
		return cellDate
	}
	return cellText
}
