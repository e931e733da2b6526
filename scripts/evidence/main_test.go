package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

func figure(room, tried, counted string, got float64) evidence.Figure {
	return evidence.Figure{Room: room, Case: tried, Name: counted, Got: got, Bar: "≤ 5 %", OK: got <= 0.06, Tries: 1200, Seed: 7, Unit: "%"}
}

func names(figures []evidence.Figure) string {
	var out []string
	for _, f := range figures {
		out = append(out, f.Room+"/"+f.Case+"/"+f.Name+"="+shown(f))
	}
	return strings.Join(out, "; ")
}

func TestMerged(t *testing.T) {
	before := []evidence.Figure{figure("links", "n = 90", "moves", 0.01), figure("links", "old", "moves", 0.02), figure("lift", "a", "b", 0.03)}
	published := []evidence.Figure{figure("links", "n = 180", "moves", 0.05), figure("links", "n = 90", "moves", 0.04)}
	for _, c := range []struct {
		what string
		part bool
		want string
	}{
		{"a whole run replaces the rooms that ran", false, "links/n = 90/moves=4.0 %; links/n = 180/moves=5.0 %; lift/a/b=3.0 %"},
		{"a run of some gates replaces their figures", true, "links/n = 90/moves=4.0 %; links/n = 180/moves=5.0 %; links/old/moves=2.0 %; lift/a/b=3.0 %"},
	} {
		if got := names(merged(before, published, c.part)); got != c.want {
			t.Errorf("%s:\n%s\nand not\n%s", c.what, got, c.want)
		}
		slices.Reverse(published)
		if got := names(merged(before, published, c.part)); got != c.want {
			t.Errorf("%s, published in another order:\n%s", c.what, got)
		}
	}
}

// One number between two bars is two figures.
func TestTwoBars(t *testing.T) {
	below := figure("r", "c", "coverage", 0.02)
	above := below
	above.Bar = "≥ 1 %"
	if got := merged(nil, []evidence.Figure{above, below}, true); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestNatural(t *testing.T) {
	sorted := []string{"a", "n = 90", "n = 180", "n = 1,095", "n = 1,096", "n = 007x", "n = 8", "z"}
	want := []string{"a", "n = 007x", "n = 8", "n = 90", "n = 180", "n = 1,095", "n = 1,096", "z"}
	slices.SortFunc(sorted, natural)
	if !slices.Equal(sorted, want) {
		t.Errorf("%q", sorted)
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		f    evidence.Figure
		want string
	}{
		{figure("r", "c", "n", 0.05), "held"},
		{figure("r", "c", "n", 0.055), "within chance"},
		{figure("r", "c", "n", 0.061), "**missed**"},
		{evidence.Figure{Got: 0.9, Bar: "≥ .85", OK: true}, "held"},
		{evidence.Figure{Got: 0.84, Bar: "≥ .85", OK: true}, "within chance"},
		{evidence.Figure{Got: 0.5, Bar: "± 5 points", OK: true}, "held"},
		{evidence.Figure{Got: 0.5, Bar: "shown", OK: true}, ""},
	} {
		if got := verdict(c.f); got != c.want {
			t.Errorf("%v: %q, not %q", c.f, got, c.want)
		}
	}
}

// What is kept is read as it was written, the page is the same for the same figures, and
// a miss is seen.
func TestRunTwice(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	published := lines([]evidence.Figure{figure("links", "a | b", "moves", 0.2), figure("a new room", "x", "y < 3", 0.01)})
	if err := os.WriteFile(at("links.jsonl"), published, 0o644); err != nil {
		t.Fatal(err)
	}
	var pages [2][]byte
	for i := range pages {
		if err := run(folder, at("kept"), at("page.md"), false); err != nil {
			t.Fatal(err)
		}
		pages[i], _ = os.ReadFile(at("page.md"))
	}
	if !bytes.Equal(pages[0], pages[1]) {
		t.Error("the second run wrote another page")
	}
	for _, want := range []string{
		"| [Links](#links) | 1 | 0 | **1** |", "| a \\| b | moves | 20.0 % | ≤ 5 % | **missed** | 1,200 | 7 |",
		"## A new room", "| x | y < 3 | 1.0 % | ≤ 5 % | held | 1,200 | 7 |", "| **All** | 2 | 1 | **1** |",
	} {
		if !strings.Contains(string(pages[0]), want) {
			t.Errorf("the page lacks %s:\n%s", want, pages[0])
		}
	}
	if err := os.WriteFile(at("links.jsonl"), []byte("not a figure\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(folder, at("kept"), at("page.md"), false); err == nil || !strings.Contains(err.Error(), "links.jsonl:1") {
		t.Errorf("a broken file was read: %v", err)
	}
}
