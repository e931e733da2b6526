package question

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// Bounds of what is written.
const (
	MostLetters  = 4000 // of one message, in characters
	MostMessages = 500  // in one thread
	mostCalls    = 20   // people called in one message
	summaryRunes = 120
)

// Tidy is a text as it is kept: without what cannot be seen and turns or hides the rest, with
// one sort of line end and no more than one empty line in a row.
func Tidy(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == utf8.RuneError || unicode.IsControl(r) || turns(r):
			return -1
		}
		return r
	}, text)
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, line := range lines {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// turns reports whether a character changes the direction of what is written around it: a
// name or an address could be made to look like another one.
func turns(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// Check says what is wrong with a text that was tidied; false where nothing is.
func Check(text string) (words.Text, bool) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return words.T("聞きたいことや伝えたいことを書いてください。", "Please write something."), true
	case n > MostLetters:
		return words.T("長すぎます。%s字までで書いてください。", "This is too long. Please stay within %s characters.", words.Group(MostLetters, 0)), true
	}
	return words.Text{}, false
}

// Summary is the beginning of a text in one line.
func Summary(text string) string { return Line(text, summaryRunes) }

// Line is a text in one line of at most so many characters.
func Line(text string, most int) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) <= most {
		return string(line)
	}
	return strings.TrimRightFunc(string(line[:most-1]), unicode.IsSpace) + "…"
}

// Fold is a text as it is searched: width and case of letters do not matter.
func Fold(text string) string { return strings.ToLower(norm.NFKC.String(text)) }
