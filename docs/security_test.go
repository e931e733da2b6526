package docs_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	testNamed   = regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w*)`")
	testWritten = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Z]\w*)\(`)
)

// What the pages on security promise is held by tests that are there, and both languages
// promise the same.
func TestPromisesOfSecurityAreHeld(t *testing.T) {
	t.Parallel()
	written := map[string]bool{}
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{"node_modules", ".git", "build", "dist"}, entry.Name()) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, "_test.go") {
			for _, m := range testWritten.FindAllStringSubmatch(read(t, name), -1) {
				written[m[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	promised := map[string][]string{}
	for _, page := range []string{"security.md", "security.ja.md"} {
		for _, m := range testNamed.FindAllStringSubmatch(read(t, page), -1) {
			promised[page] = append(promised[page], m[1])
			if !written[m[1]] {
				t.Errorf("%s promises %s, which is not there", page, m[1])
			}
		}
	}
	if !slices.Equal(promised["security.md"], promised["security.ja.md"]) || len(promised["security.md"]) < 30 {
		t.Errorf("the two pages promise different things: %v, %v", promised["security.md"], promised["security.ja.md"])
	}
}
