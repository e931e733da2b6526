package mail

import "strings"

// how a value is written where it stands.
type escape uint8

const (
	asText    escape = iota // as it is
	asHTML                  // between tags, or in an attribute
	asQuery                 // inside an address
	asSection               // a part of the page's own: see section
)

// section is what is each person's own but no word of the template's author.
type section uint8

const (
	sectionNone section = iota
	sectionLink         // address number n, tracked or as it is
	sectionUnsubscribe
	sectionPreferences
	sectionHoney
	sectionPixel
)

// step is one piece of a program: a literal, then maybe a hole.
type step struct {
	literal string
	hole    *hole
	escape  escape
	section section
	link    int // number of the address, with sectionLink
}

// program is a mail made ready: writing it for a person is appending, nothing is parsed
// again. Fifty thousand mails are written from one program.
type program struct {
	steps []step
	open  strings.Builder // the literal that is being gathered
}

func (p *program) lit(parts ...string) {
	for _, part := range parts {
		p.open.WriteString(part)
	}
}

func (p *program) put(s step) {
	s.literal = p.open.String()
	p.open.Reset()
	p.steps = append(p.steps, s)
}

// pieces writes a text with its holes.
func (p *program) pieces(list []piece, how escape) {
	for _, piece := range list {
		switch {
		case piece.hole != nil:
			p.put(step{hole: piece.hole, escape: how})
		case how == asHTML:
			p.lit(escapeHTML(piece.text))
		default:
			p.lit(piece.text)
		}
	}
}

func (p *program) finish() {
	if p.open.Len() > 0 {
		p.put(step{})
	}
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escapeHTML(s string) string { return htmlEscaper.Replace(s) }

// appendHTML escapes into a buffer: most values need nothing.
func appendHTML(dst []byte, s string) []byte {
	if !strings.ContainsAny(s, `&<>"'`) {
		return append(dst, s...)
	}
	return append(dst, escapeHTML(s)...)
}

const hexadecimal = "0123456789ABCDEF"

// appendQuery writes a value so that it stays one part of an address.
func appendQuery(dst []byte, s string) []byte {
	for i := range len(s) {
		b := s[i]
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.' || b == '~' {
			dst = append(dst, b)
		} else {
			dst = append(dst, '%', hexadecimal[b>>4], hexadecimal[b&15])
		}
	}
	return dst
}
