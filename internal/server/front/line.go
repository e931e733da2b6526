package front

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsName reports whether a text out of an address can name anything: databases
// take neither broken characters nor NUL.
func IsName(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsRune(name, 0)
}

// Clean takes control characters and broken ones out of a line a person wrote.
func Clean(line string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, line))
}
