package event

import (
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Reading JSON happens in two steps, because it is most of what an event costs. First the
// library holds the whole body to the grammar (valid). Then the functions here walk over
// text that is known to be JSON and only look for the few fields we want; they copy nothing
// but strings with escapes. On text that is not JSON they give nonsense, but they end.

// lenient is what senders really do: a key twice in an object, broken UTF-8 (it is mended
// before), half of a surrogate pair.
var lenient = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

func valid(body []byte) bool { return jsontext.Value(body).IsValid(lenient...) }

// skip returns where the value that begins at i ends, and how deep it is nested.
func skip(s string, i int) (end, depth int) {
	level := 0
	for i < len(s) {
		switch s[i] {
		case '"':
			i = skipString(s, i)
		case '{', '[':
			level++
			depth = max(depth, level)
			i++
		case '}', ']':
			level--
			i++
		case ',', ':', ' ', '\n', '\r', '\t':
			i++
			continue
		default:
			i = skipPlain(s, i)
		}
		if level <= 0 {
			return i, depth
		}
	}
	return i, depth
}

func skipString(s string, i int) int {
	for i++; ; i++ {
		quote := strings.IndexByte(s[i:], '"')
		if quote < 0 {
			return len(s)
		}
		if i += quote; s[i-1] != '\\' || !escaped(s, i) {
			return i + 1
		}
	}
}

// escaped reports whether an odd number of backslashes stands before i.
func escaped(s string, i int) bool {
	odd := false
	for i--; i >= 0 && s[i] == '\\'; i-- {
		odd = !odd
	}
	return odd
}

// skipPlain passes a number, true, false or null.
func skipPlain(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case ',', '}', ']', ' ', '\n', '\r', '\t':
			return i
		}
	}
	return i
}

func space(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t' || s[i] == ',' || s[i] == ':') {
		i++
	}
	return i
}

// fields walks the fields of an object: name, value as written. Anything but an object has
// none. Of a name that comes twice both are seen; who keeps the last does as JavaScript does.
func fields(s string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		i := space(s, 0)
		if i >= len(s) || s[i] != '{' {
			return
		}
		for i = space(s, i+1); i < len(s) && s[i] == '"'; i = space(s, i) {
			end := skipString(s, i)
			name := unquote(s[i:end])
			from := space(s, end)
			to, _ := skip(s, from)
			if !yield(name, s[from:to]) {
				return
			}
			i = to
		}
	}
}

// elements walks the values of an array.
func elements(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		i := space(s, 0)
		if i >= len(s) || s[i] != '[' {
			return
		}
		for i = space(s, i+1); i < len(s) && s[i] != ']'; i = space(s, i) {
			to, _ := skip(s, i)
			if !yield(s[i:to]) {
				return
			}
			i = to
		}
	}
}

// unquote reads a string as written; one without escapes is a part of the text, not a copy.
func unquote(raw string) string {
	if len(raw) < 2 {
		return ""
	}
	inner := raw[1 : len(raw)-1]
	if strings.IndexByte(inner, '\\') < 0 {
		return inner
	}
	plain, err := jsontext.AppendUnquote(nil, raw)
	if err != nil && len(plain) == 0 {
		return ""
	}
	// Half a surrogate pair is no text in any database.
	return strings.ToValidUTF8(string(plain), "\uFFFD")
}

// text reads a string, or a number as it is written (ids are numbers in many a shop); every
// other value, null included, is "". Control characters are taken out: they are in nobody's
// name, but a database may refuse them.
func text(raw string) string {
	if raw == "" {
		return ""
	}
	switch c := raw[0]; {
	case c == '"':
		return printable(strings.TrimSpace(unquote(raw)))
	case c == '-' || c >= '0' && c <= '9':
		return raw
	}
	return ""
}

func printable(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return strings.Map(func(r rune) rune {
				if r < ' ' || r == 0x7f {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

// number reads a number, or a string that holds one; else it is not there.
func number(raw string) (float64, bool) {
	n, err := strconv.ParseFloat(text(raw), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, false
	}
	return n, true
}

// cut shortens to at most limit bytes without breaking a character.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && s[limit]&0xc0 == 0x80 {
		limit--
	}
	return s[:limit]
}

func isObject(raw string) bool { return raw != "" && raw[0] == '{' }
func isNull(raw string) bool   { return raw == "" || raw == "null" }
