package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// component is one piece of other people's work inside the product.
type component struct {
	name    string
	version string
	// declared is the licence its own metadata names; empty for Go modules, which have none.
	declared string
	texts    []text
}

// text is one file that has to be passed on: a licence, its patents grant, a notice.
type text struct {
	file    string
	content string
}

var noticeFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)([-._].*)?$`)

// readTexts finds the notice files directly inside a component's folder, sorted by name.
func readTexts(dir string) ([]text, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read folder %q: %w", dir, err)
	}
	var texts []text
	for _, entry := range entries {
		if entry.IsDir() || !noticeFile.MatchString(entry.Name()) || strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read notice: %w", err)
		}
		texts = append(texts, text{file: entry.Name(), content: tidy(string(content))})
	}
	return texts, nil
}

// tidy leaves the words alone and drops what only makes noise in a comparison of two versions.
func tidy(s string) string {
	s = strings.TrimPrefix(strings.ReplaceAll(s, "\r\n", "\n"), "\ufeff")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// write adds a chapter: a line per component, then their texts, equal ones once.
func write(page *bytes.Buffer, title string, components []component) error {
	slices.SortFunc(components, func(a, b component) int { return strings.Compare(a.name, b.name) })
	fmt.Fprintf(page, "\n## %s\n\n| name | version | licence |\n|---|---|---|\n", title)
	for _, c := range components {
		licence, err := c.licence()
		if err != nil {
			return err
		}
		fmt.Fprintf(page, "| %s | %s | %s |\n", c.name, c.version, licence)
	}
	var order []string
	users := map[string][]string{}
	for _, c := range components {
		for _, t := range c.texts {
			if users[t.content] == nil {
				order = append(order, t.content)
			}
			users[t.content] = append(users[t.content], c.name)
		}
	}
	for _, content := range order {
		fmt.Fprintf(page, "\n### %s\n\n~~~text\n%s\n~~~\n", strings.Join(slices.Compact(users[content]), ", "), content)
	}
	return nil
}
