package table

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// foldRune maps the ways a character is written in exports to one: full-width
// forms to ASCII, every space to ' ', every dash and minus to '-'. Zero-width
// characters are dropped (ok is false).
func foldRune(r rune) (folded rune, ok bool) {
	switch {
	case r < 0x80:
		if r == '\t' || r == '\n' || r == '\r' {
			return ' ', true
		}
		return r, true
	}
	r = words.HalfWidth(r)
	switch r {
	case 0x00A0, 0x3000, 0x2009, 0x202F, 0x2007, 0x2002, 0x2003:
		return ' ', true
	case 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD:
		return 0, false
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015:
		return '-', true
	case 0xFFE5:
		return '¥', true
	case 0x2019, 0x02BC:
		return '\'', true
	}
	return r, true
}

// foldInto writes the folded cell into buf, trimmed of spaces. ok is false
// where it does not fit: nothing that long is a number or a date.
func foldInto(buf []byte, cell string) (folded []byte, ok bool) {
	out := buf[:0]
	for _, r := range cell {
		f, keep := foldRune(r)
		if !keep || (f == ' ' && len(out) == 0) {
			continue
		}
		if len(out)+utf8.RuneLen(f) > cap(buf) {
			return nil, false
		}
		out = utf8.AppendRune(out, f)
	}
	for len(out) > 0 && out[len(out)-1] == ' ' {
		out = out[:len(out)-1]
	}
	return out, true
}

// cleanName is a header as it is shown: without surrounding space, byte order
// marks and zero-width characters, on one line.
func cleanName(name string) string {
	clean := true
	for i := 0; i < len(name); i++ {
		if c := name[i]; c >= 0x80 || c < ' ' || (c == ' ' && (i == 0 || i == len(name)-1)) {
			clean = false
			break
		}
	}
	if clean {
		return name
	}
	name = strings.Map(func(r rune) rune {
		f, ok := foldRune(r)
		switch {
		case !ok:
			return -1
		case f == ' ':
			return ' '
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

// matchName is a header as it is compared: full-width and half-width, upper and
// lower case are the same.
func matchName(name string) string {
	return strings.ToLower(cleanName(norm.NFKC.String(name)))
}
