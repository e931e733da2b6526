package docs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
)

// Every model shown can be read. A block without the format version is a piece
// of a model: a top-level key by itself, or a key of an indicator.
func TestModelsParse(t *testing.T) {
	t.Parallel()
	found := 0
	for _, name := range documents(t) {
		for _, b := range blocks(read(t, name)) {
			if b.lang != "yaml" {
				continue
			}
			found++
			if _, err := goal.Parse("model.yaml", []byte(whole(b.text))); err != nil && !strings.HasPrefix(b.file, "wrong-") {
				t.Errorf("%s:%d: this model cannot be read:\n%v\n%s", name, b.line, err, b.text)
			}
		}
	}
	if found == 0 {
		t.Error("no models were found")
	}
}

// whole makes a model of a piece of one.
func whole(text string) string {
	keys := topKeys(text)
	if slices.Contains(keys, "shirube") {
		return text
	}
	for _, key := range []string{"name", "kgi", "kpis", "influences", "sources", "events", "calendar", "limits", "locale", "timezone"} {
		if slices.Contains(keys, key) {
			if !slices.Contains(keys, "kgi") {
				text = "kgi: {id: the_kgi}\n" + text
			}
			return "shirube: 1\n" + text
		}
	}
	return "shirube: 1\nkgi:\n  id: the_kgi\n  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
}

func topKeys(text string) []string {
	var keys []string
	for line := range strings.SplitSeq(text, "\n") {
		key, _, ok := strings.Cut(line, ":")
		if ok && key != "" && key[0] != ' ' && key[0] != '#' {
			keys = append(keys, key)
		}
	}
	return keys
}

// Every command whose output is shown prints just that. A line "…" stands for
// lines that are left out. The blocks of a page run in its order, in one folder
// that holds the files the page shows. With UPDATE_DOCS set, what is shown without
// "…" is written anew; read the difference before you commit it.
func TestCommandsPrintWhatIsShown(t *testing.T) {
	t.Parallel()
	update := os.Getenv("UPDATE_DOCS") != ""
	ran := 0
	for _, name := range documents(t) {
		folder, page := t.TempDir(), read(t, name)
		for _, b := range blocks(page) {
			if b.file != "" {
				if err := os.WriteFile(filepath.Join(folder, b.file), []byte(b.text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if b.lang != "console" {
				continue
			}
			for _, c := range commands(b) {
				ran++
				got := strings.Split(strings.TrimSpace(run(t, folder, c.line)), "\n")
				switch before := strings.Join(c.shown, "\n"); {
				case matches(trimmed(got), trimmed(c.shown)):
				case update && !slices.Contains(c.shown, "…"):
					page = strings.Replace(page, c.text(c.shown), c.text(trimmed(got)), 1)
				default:
					t.Errorf("%s:%d: `%s` prints\n%s\nand not\n%s", name, c.at, c.line, strings.Join(got, "\n"), before)
				}
			}
		}
		if update {
			if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if ran == 0 {
		t.Error("no commands were found")
	}
}

// command is one line after "$ " and what is shown below it.
type command struct {
	line  string
	shown []string
	at    int
}

// text is the command with what is shown, as a page has it.
func (c command) text(shown []string) string {
	return strings.Join(append([]string{"$ " + c.line}, shown...), "\n") + "\n"
}

func commands(b block) []command {
	var out []command
	for i, line := range strings.Split(strings.TrimRight(b.text, "\n"), "\n") {
		if typed, ok := strings.CutPrefix(line, "$ "); ok {
			out = append(out, command{line: typed, at: b.line + i})
			continue
		}
		if len(out) > 0 {
			last := &out[len(out)-1]
			last.shown = append(last.shown, line)
		}
	}
	return out
}

// trimmed takes the blanks at the ends of lines away, and empty lines at the ends.
func trimmed(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimRight(line, " ")
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	for len(out) > 0 && out[0] == "" {
		out = out[1:]
	}
	return out
}

func matches(got, shown []string) bool {
	if len(shown) == 0 {
		return len(got) == 0
	}
	if strings.TrimSpace(shown[0]) == "…" {
		for skip := range len(got) + 1 {
			if matches(got[skip:], shown[1:]) {
				return true
			}
		}
		return false
	}
	return len(got) > 0 && got[0] == shown[0] && matches(got[1:], shown[1:])
}
