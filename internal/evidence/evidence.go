// Package evidence is how a test publishes a figure it measured: what was tried, how
// often, with which seed, what came out, and the bar it had to clear.
//
// Tests that simulate run short in every test run and long behind `make gates`. In both
// they check their bars; in the long run each figure is also written down, and
// docs/evidence.md is made of what was written.
package evidence

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Figure is one measured number and the bar it has to clear.
type Figure struct {
	Room  string  `json:"room"`  // heading it stands under: "links", "breaks", "forecast" …
	Case  string  `json:"case"`  // what was tried, in plain words
	Name  string  `json:"name"`  // what was counted: "moves", "coverage 95%" …
	Got   float64 `json:"got"`   // the figure
	Bar   string  `json:"bar"`   // what it has to be, as people read it: "≤ 5 %"
	OK    bool    `json:"ok"`    // whether it is
	Tries int     `json:"tries"` // simulated worlds, series, instances …
	Seed  uint64  `json:"seed"`  // 0 where nothing was drawn
	Unit  string  `json:"unit"`  // "%": Got is a ratio shown in percent; else as it is
}

// Long reports whether the long tests were asked for, as `make gates` does.
func Long() bool { return os.Getenv("SHIRUBE_GATES") != "" }

// Gate skips a test that only the long run makes.
func Gate(t testing.TB) {
	t.Helper()
	if !Long() {
		t.Skip("a long test: run make gates")
	}
}

// Tries is how often a simulation is repeated: few in every test run, many in the long one.
func Tries(short, long int) int {
	if Long() {
		return long
	}
	return short
}

// Publish prints a figure and, in the long run, writes it down for docs/evidence.md. It
// does not fail the test: the test says what it demands.
func Publish(t testing.TB, f Figure) {
	t.Helper()
	mark := "ok  "
	if !f.OK {
		mark = "MISS"
	}
	got := fmt.Sprintf("%.4g", f.Got)
	if f.Unit == "%" {
		got = fmt.Sprintf("%.1f %%", 100*f.Got)
	}
	t.Logf("%s %s | %s | %s = %s (bar %s, n=%d, seed %d)", mark, f.Room, f.Case, f.Name, got, f.Bar, f.Tries, f.Seed)
	folder := os.Getenv("SHIRUBE_EVIDENCE")
	if folder == "" || !Long() {
		return
	}
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatalf("marshal figure %q: %v", f.Case, err)
	}
	name := filepath.Join(folder, strings.Map(plain, f.Room)+".jsonl")
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatalf("open evidence %q: %v", name, err)
	}
	_, err = file.Write(append(text, '\n'))
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		t.Fatalf("write evidence %q: %v", name, err)
	}
}

func plain(r rune) rune {
	if r == '/' || r == '\\' || r == ' ' {
		return '-'
	}
	return r
}

// AtMost publishes a figure that must not exceed a bar, and fails the test where it does.
// slack is what the number of tries leaves to chance.
func AtMost(t testing.TB, f Figure, bar, slack float64) {
	t.Helper()
	f.Bar, f.OK = "≤ "+f.shown(bar), f.Got <= bar+slack
	Publish(t, f)
	if !f.OK {
		t.Errorf("%s, %s: %s is %v, at most %v (+ %v by chance) was allowed", f.Room, f.Case, f.Name, f.Got, bar, slack)
	}
}

// AtLeast publishes a figure that must reach a bar, and fails the test where it does not.
func AtLeast(t testing.TB, f Figure, bar, slack float64) {
	t.Helper()
	f.Bar, f.OK = "≥ "+f.shown(bar), f.Got >= bar-slack
	Publish(t, f)
	if !f.OK {
		t.Errorf("%s, %s: %s is %v, at least %v (− %v by chance) was asked for", f.Room, f.Case, f.Name, f.Got, bar, slack)
	}
}

func (f Figure) shown(bar float64) string {
	if f.Unit == "%" {
		return fmt.Sprintf("%.3g %%", 100*bar)
	}
	return fmt.Sprintf("%.4g", bar)
}

// Shared is a file of the reference material that lies beside a checkout of this
// repository. A test that needs it skips, saying so, where it is absent.
func Shared(t testing.TB, elements ...string) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatalf("find the working folder: %v", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("the test does not run inside the repository")
		}
		folder = parent
	}
	path := filepath.Join(append([]string{folder, "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference material %s is not beside the repository", filepath.Join(elements...))
	}
	return path
}
