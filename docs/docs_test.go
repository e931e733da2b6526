// Package docs_test keeps the documents true. Every model in them is read by the
// real parser, every command whose output is shown is run, every finding, key,
// JSON field and address they ought to name is looked for, and the two languages
// must have the same parts.
package docs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	// The program is built and run as a reader would. Go does not see that, and
	// would remember an old answer; knowing these rooms, it forgets when they change.
	_ "github.com/shirube/shirube/internal/demo"
	_ "github.com/shirube/shirube/internal/server"
)

// documents are all pages, from this folder.
func documents(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) == 0 {
		t.Fatal("no documents were found; the tests would hold for nothing")
	}
	return append(pages, "../README.md", "../README.en.md")
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block is one fenced block. Its first line reads ```LANG, or ```LANG file=NAME
// where the text is a file that later commands of the page use.
type block struct {
	lang, file, text string
	line             int // of its first line of text
}

func blocks(page string) []block {
	var out []block
	var open *block
	for i, line := range strings.Split(page, "\n") {
		fence, isFence := strings.CutPrefix(line, "```")
		switch {
		case isFence && open == nil:
			lang, rest, _ := strings.Cut(fence, " ")
			open = &block{lang: lang, file: strings.TrimPrefix(rest, "file="), line: i + 2}
		case isFence:
			out = append(out, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	return out
}

// program is the real program, built once, or what kept it from being built.
var program struct {
	folder string
	err    error
}

// today is the day the commands of the documents were run on. Pages leave it
// out, so that what a reader types is short; the wrapper puts it in.
const today = "2026-11-21"

const wrapper = `#!/bin/sh
case "$1" in
init|check|review|status|links|forecast|explain|whatif|seek) command=$1; shift; exec shirube-built "$command" --today ` + today + ` "$@" ;;
esac
exec shirube-built "$@"
`

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "shirube-docs-")
	if err == nil {
		program.folder = folder
		program.err = build(folder)
	} else {
		program.err = err
	}
	status := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(status)
}

func build(folder string) error {
	made := exec.Command("go", "build", "-o", filepath.Join(folder, "shirube-built"), "../cmd/shirube")
	if said, err := made.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, said)
	}
	return os.WriteFile(filepath.Join(folder, "shirube"), []byte(wrapper), 0o755)
}

// run runs a line of shell in a folder and gives all it prints.
func run(t *testing.T, folder, line string) string {
	t.Helper()
	if program.err != nil {
		t.Fatal(program.err)
	}
	command := exec.Command("bash", "-c", line)
	command.Dir = folder
	command.Env = append(os.Environ(), "PATH="+program.folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	said, err := command.CombinedOutput()
	if err != nil {
		if _, exited := err.(*exec.ExitError); !exited {
			t.Fatalf("run %q: %v", line, err)
		}
	}
	return string(said)
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)

// Relative links lead to files that exist. Pictures are taken by the browser
// tests; until they lie in docs/images there is nothing to look for.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	_, err := os.Stat("images")
	for _, name := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(read(t, name), -1) {
			target := m[1]
			if strings.Contains(target, "://") || err != nil && strings.Contains(target, "images/") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), target)); err != nil {
				t.Errorf("%s links to %s, which is not there", name, target)
			}
		}
	}
}

// twin is the page in the other language: NAME.ja.md beside NAME.md or
// NAME.en.md, README.md (Japanese) beside README.en.md.
func twin(t *testing.T, name string) string {
	t.Helper()
	stem, japanese := strings.CutSuffix(name, ".ja.md")
	if !japanese {
		if name == "../README.md" {
			return "../README.en.md"
		}
		return ""
	}
	for _, candidate := range []string{stem + ".en.md", stem + ".md"} {
		if _, err := os.Stat(candidate); err == nil {
			return candidate
		}
	}
	t.Errorf("%s has no English twin", name)
	return ""
}

// Both languages have the same parts: headings by level, and fenced blocks.
func TestTwinsHaveTheSameParts(t *testing.T) {
	t.Parallel()
	pairs := 0
	for _, name := range documents(t) {
		other := twin(t, name)
		if other == "" {
			continue
		}
		pairs++
		here, there := outline(read(t, name)), outline(read(t, other))
		for i := range max(len(here), len(there)) {
			if i >= len(here) || i >= len(there) || here[i] != there[i] {
				t.Errorf("%s and %s part at %d: %q, %q", name, other, i+1, from(here, i), from(there, i))
				break
			}
		}
	}
	if pairs == 0 {
		t.Error("no twins were found")
	}
}

func from(parts []string, i int) []string {
	return parts[min(i, len(parts)):min(i+3, len(parts))]
}

// outline is a page's headings, as their marks, and its blocks, as their kind.
func outline(page string) []string {
	var out []string
	inside := false
	for line := range strings.SplitSeq(page, "\n") {
		if fence, isFence := strings.CutPrefix(line, "```"); isFence {
			if inside = !inside; inside {
				out = append(out, "```"+fence)
			}
			continue
		}
		if marks := len(line) - len(strings.TrimLeft(line, "#")); !inside && marks > 0 && marks < 7 {
			out = append(out, line[:marks])
		}
	}
	return out
}
