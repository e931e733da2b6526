package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// printJSON writes a value for programs: one line, characters as they are.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// ink colours text on a terminal and leaves it alone elsewhere.
type ink bool

func inkFor(w io.Writer) ink {
	return ink(os.Getenv("NO_COLOR") == "" && isTerminal(w))
}

// isTerminal reports a terminal that understands more than plain text.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// The colours used: status, and quiet text.
const (
	green  = "32"
	blue   = "34"
	yellow = "33"
	red    = "31"
	quiet  = "90"
	bold   = "1"
)

func (i ink) paint(colour, s string) string {
	if !i || s == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

// columns of a terminal that a text takes: East Asian wide characters take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// widestName is how many columns of a terminal a name may take in a table.
const widestName = 48

// shortened cuts a text that takes more columns than there are.
func shortened(s string, most int) string {
	if columns(s) <= most {
		return s
	}
	for i := range s {
		if columns(s[:i]) > most-2 {
			_, last := utf8.DecodeLastRuneInString(s[:i])
			return s[:i-last] + "…"
		}
	}
	return s
}

// grid is a table of text whose columns line up in Japanese and English.
type grid struct {
	rows  [][]cell
	right map[int]bool // columns that are aligned at their right edge: numbers
}

// cell is a text and its colour.
type cell struct{ text, colour string }

func (g *grid) add(cells ...cell) { g.rows = append(g.rows, cells) }

func (g *grid) print(w io.Writer, paint ink) {
	widths := []int{}
	for _, row := range g.rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(c.text))
		}
	}
	for _, row := range g.rows {
		var line strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", widths[i]-columns(c.text))
			switch {
			case g.right[i]:
				line.WriteString(pad + paint.paint(c.colour, c.text))
			case i == len(row)-1:
				line.WriteString(paint.paint(c.colour, c.text))
			default:
				line.WriteString(paint.paint(c.colour, c.text) + pad)
			}
			if i < len(row)-1 {
				line.WriteString("  ")
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}
