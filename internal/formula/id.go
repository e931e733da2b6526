package formula

import (
	"unicode"

	"github.com/shirube/shirube/internal/words"
)

// IsID reports whether s may name an indicator, a source or a metric: a letter
// of any script or "_", then letters, digits and "_". Marks that belong to a
// letter (the voicing mark of a decomposed が, a variation selector of a kanji)
// are part of it.
func IsID(s string) bool {
	for i, r := range s {
		if i == 0 && !startsID(r) || !continuesID(r) {
			return false
		}
	}
	return s != ""
}

func startsID(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func continuesID(r rune) bool {
	return startsID(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// twin gives the ASCII sign for what a Japanese keyboard or a word processor
// puts in its place; other characters stay. Names are never passed through it:
// an id is found by the very characters it was declared with.
func twin(r rune) rune {
	switch {
	case r == '×':
		return '*'
	case r == '÷':
		return '/'
	case r == '、':
		return ','
	}
	return words.HalfWidth(r)
}

func isDigit(ascii rune) bool { return ascii >= '0' && ascii <= '9' }
