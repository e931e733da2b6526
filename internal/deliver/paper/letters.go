package paper

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/shirube/shirube/internal/share/report"
)

// The colours of the screens on light paper.
const (
	ink, quiet, second = "#1f2328", "#62615c", "#3e4145"
	hair, sunk, track  = "#e5e2d9", "#f3f1eb", "#e5e2d9"
	accent, wash, band = "#1f4e8c", "#eef3f9", "#d9e4f2"
	good, bad, rule    = "#17754f", "#b3261e", "#cdc9be"
)

// rgb reads a colour; black for what is none.
func rgb(colour string) (r, g, b uint8) {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		return 0, 0, 0
	}
	return uint8(n >> 16), uint8(n >> 8), uint8(n)
}

func (p *pen) font(family string, size float64) {
	if p.err == nil {
		p.err = p.pdf.SetFont(family, "", size)
	}
}

func (p *pen) width(text string, size float64, family string) float64 {
	p.font(family, size)
	if p.err != nil || text == "" {
		return 0
	}
	w, err := p.pdf.MeasureTextWidth(text)
	if err != nil {
		p.err = err
	}
	return w
}

// plain writes one line, its baseline at y.
func (p *pen) plain(x, y float64, text string, size float64, family, colour string) {
	text = shown(text)
	p.font(family, size)
	if p.err != nil || p.dry || text == "" {
		return
	}
	p.pdf.SetTextColor(rgb(colour))
	p.pdf.SetXY(x, y)
	p.err = p.pdf.Text(text)
}

// flushed is plain, ending at x.
func (p *pen) flushed(x, y float64, text string, size float64, family, colour string) {
	p.plain(x-p.width(shown(text), size, family), y, text, size, family, colour)
}

// shown leaves out what draws nothing: controls, and marks that only direct the text.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff || r >= 0xfe00 && r <= 0xfe0f:
			return -1
		}
		return r
	}, text)
}

// piece is a run of letters of one weight on one line.
type piece struct {
	text   string
	family string
	width  float64
}

// lines breaks a sentence into lines of a width, where Japanese and English are broken
// (UAX #14), and never between a number and its unit.
func (p *pen) lines(runs []report.Run, size, width float64) [][]piece {
	var out [][]piece
	var line []piece
	used := 0.0
	for _, part := range unbroken(runs) {
		pieces, w := p.pieces(part, size)
		if used > 0 && used+p.width(strings.TrimRight(part.text(), " "), size, bold) > width {
			out, line, used = append(out, line), nil, 0
		}
		// One word longer than the line is cut where it must be.
		for w > width && p.err == nil {
			cut, rest := p.cut(part, size, width-used)
			pieces, _ = p.pieces(cut, size)
			out, line, used = append(out, append(line, pieces...)), nil, 0
			part = rest
			pieces, w = p.pieces(part, size)
		}
		line, used = append(line, pieces...), used+w
	}
	if len(line) > 0 {
		out = append(out, line)
	}
	return out
}

// unit is what stays together on a line: letters with their weights.
type unit []report.Run

func (u unit) text() string { return report.Plain(u) }

// unbroken cuts a sentence where a line may end.
func unbroken(runs []report.Run) []unit {
	clean := make([]report.Run, len(runs))
	for i, r := range runs {
		clean[i] = report.Run{Text: shown(r.Text), Strong: r.Strong}
	}
	var out []unit
	state := -1
	for rest := report.Plain(clean); rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		for rest != "" && joins(segment, rest) {
			var more string
			more, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
			segment += more
		}
		var u unit
		for segment != "" && len(clean) > 0 {
			n := min(len(clean[0].Text), len(segment))
			u = append(u, report.Run{Text: segment[:n], Strong: clean[0].Strong})
			segment, clean[0].Text = segment[n:], clean[0].Text[n:]
			if clean[0].Text == "" {
				clean = clean[1:]
			}
		}
		out = append(out, u)
	}
	return out
}

// joins tells that a unit follows its number: 31 and 件, 8 and 月.
func joins(segment, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(segment)
	first, _ := utf8.DecodeRuneInString(rest)
	return last >= '0' && last <= '9' && (unicode.Is(unicode.Han, first) || first == '%')
}

func (p *pen) pieces(u unit, size float64) (list []piece, width float64) {
	for _, r := range u {
		if r.Text == "" {
			continue
		}
		family := regular
		if r.Strong {
			family = bold
		}
		w := p.width(r.Text, size, family)
		list, width = append(list, piece{r.Text, family, w}), width+w
	}
	return list, width
}

// cut takes from a unit as many letters as fit, at least one.
func (p *pen) cut(u unit, size, width float64) (head, rest unit) {
	for i, r := range u {
		family := regular
		if r.Strong {
			family = bold
		}
		for at, letter := range r.Text {
			w := p.width(string(letter), size, family)
			if width -= w; width < 0 && (at > 0 || i > 0) {
				return append(append(unit{}, u[:i]...), report.Run{Text: r.Text[:at], Strong: r.Strong}),
					append(unit{{Text: r.Text[at:], Strong: r.Strong}}, u[i+1:]...)
			}
		}
	}
	return u, nil
}

// para writes a sentence from the pen on, and leaves the pen below it.
func (p *pen) para(x, width float64, runs []report.Run, size, leading float64, colour string) {
	leading *= p.squeeze
	for _, line := range p.lines(runs, size, width) {
		p.room(leading)
		at := x
		for _, one := range line {
			p.plain(at, p.y+(leading+size*0.76)/2, one.text, size, one.family, colour)
			at += one.width
		}
		p.y += leading
	}
}

func (p *pen) said(x, width float64, text string, size, leading float64, colour string) {
	p.para(x, width, report.Said(text), size, leading, colour)
}
