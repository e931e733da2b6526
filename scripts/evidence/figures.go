package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/evidence"
)

// readFolder reads what all rooms published; none is no error.
func readFolder(folder string) ([]evidence.Figure, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("look into %q: %w", folder, err)
	}
	var all []evidence.Figure
	for _, name := range names {
		figures, err := readFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, figures...)
	}
	return all, nil
}

func readFile(name string) ([]evidence.Figure, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var figures []evidence.Figure
	scanner := bufio.NewScanner(bytes.NewReader(text))
	for at := 1; scanner.Scan(); at++ {
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			continue
		}
		var f evidence.Figure
		if err := json.Unmarshal(scanner.Bytes(), &f); err != nil {
			return nil, fmt.Errorf("read figure %s:%d: %w", name, at, err)
		}
		figures = append(figures, f)
	}
	return figures, scanner.Err()
}

// lines are figures as a file keeps them.
func lines(figures []evidence.Figure) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	for _, f := range figures {
		_ = encoder.Encode(f) // a Figure holds nothing that cannot be written to memory
	}
	return text.Bytes()
}

// name is what makes two figures the same one in two runs. One number may have a bar
// above and a bar below it.
type name struct{ room, tried, counted, side string }

func nameOf(f evidence.Figure) name {
	side, _, _ := strings.Cut(f.Bar, " ")
	return name{f.Room, f.Case, f.Name, side}
}

// merged are the figures of a page after a run. A room that published replaces what it
// had, or, in a run of some gates, the figures of the same name; the others stay. The
// order does not depend on that of the run.
func merged(before, published []evidence.Figure, part bool) []evidence.Figure {
	ran, fresh := map[string]bool{}, map[name]evidence.Figure{}
	for _, f := range published {
		ran[f.Room], fresh[nameOf(f)] = true, f
	}
	var out []evidence.Figure
	for _, f := range before {
		if _, replaced := fresh[nameOf(f)]; !replaced && (part || !ran[f.Room]) {
			out = append(out, f)
		}
	}
	for _, f := range fresh {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b evidence.Figure) int {
		return cmp.Or(
			cmp.Compare(roomRank(a.Room), roomRank(b.Room)),
			natural(a.Room, b.Room), natural(a.Case, b.Case), natural(a.Name, b.Name), natural(a.Bar, b.Bar),
		)
	})
	return out
}

// natural compares as people sort: digits by the number they make, so that n = 90
// stands before n = 180.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, restA := digits(a)
		y, restB := digits(b)
		if x != "" && y != "" {
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = restA, restB
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits takes the digits a text begins with, commas and zeros before them apart.
func digits(text string) (number, rest string) {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || end > 0 && text[end] == ',' && end+1 < len(text) && text[end+1] >= '0' && text[end+1] <= '9') {
		end++
	}
	number = strings.ReplaceAll(text[:end], ",", "")
	if trimmed := strings.TrimLeft(number, "0"); trimmed != "" || number == "" {
		number = trimmed
	} else {
		number = "0"
	}
	return number, text[end:]
}

// count counts the figures that have a bar.
func count(figures []evidence.Figure) (held, missed int) {
	for _, f := range figures {
		switch {
		case !f.OK:
			missed++
		case hasBar(f):
			held++
		}
	}
	return held, missed
}

// hasBar tells figures that must be something from those that are only shown.
func hasBar(f evidence.Figure) bool { return strings.ContainsAny(f.Bar, "0123456789") }
