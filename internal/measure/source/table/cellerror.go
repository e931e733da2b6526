package table

import (
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// Fault is why a cell could not be read.
type Fault uint8

// The faults of a cell.
const (
	FaultMalformed  Fault = iota // not a number, not a date
	FaultAmbiguous               // two readings are possible
	FaultEmpty                   // a date is asked for and the cell is empty
	FaultMonthOnly               // a month, not a day
	FaultImpossible              // a date that does not exist
)

// CellError is a cell that could not be read. It knows no place; Problem adds it.
type CellError struct {
	Cell  string
	Fault Fault
	What  words.Text
	Mend  words.Text
}

// Error says what was found, in Japanese.
func (e *CellError) Error() string { return e.In(words.JA) }

// In says what was found and what to do.
func (e *CellError) In(lang words.Lang) string {
	if e.Mend.Zero() {
		return e.What.In(lang)
	}
	return e.What.In(lang) + " " + e.Mend.In(lang)
}

// Problem places the error: the cell's position and the name of its column
// (which may be empty).
func (e *CellError) Problem(at words.At, column string) *words.Problem {
	return &words.Problem{At: at, What: inColumn(column, e.What), Mend: e.Mend}
}

func inColumn(column string, what words.Text) words.Text {
	if column == "" {
		return what
	}
	return words.T("列「%s」: %s", "column “%s”: %s", column, what)
}

// shown makes a cell fit into a sentence: one line, at most 40 characters.
func shown(cell string) string {
	cell = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		if r < ' ' {
			return '\uFFFD'
		}
		return r
	}, cell)
	const most = 40
	if utf8.RuneCountInString(cell) <= most {
		return cell
	}
	return string([]rune(cell)[:most]) + "…"
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// lastLine is the part of a cell after its last line break, and how many breaks
// there are.
func lastLine(cell string) (tail string, breaks int) {
	at := strings.LastIndexByte(cell, '\n')
	if at < 0 {
		return cell, 0
	}
	return cell[at+1:], strings.Count(cell, "\n")
}
