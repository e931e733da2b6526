package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// npmPackages lists what the screens may ship: every package of the lock file that is not
// only for development. Which of them a bundle really holds changes from day to day.
func npmPackages(dir string) ([]component, error) {
	content, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return nil, fmt.Errorf("read lock file: %w", err)
	}
	var lock struct {
		Packages map[string]struct {
			Version string
			License string
			Dev     bool
			Peer    bool // wanted beside us only: types, which no browser sees
		}
	}
	if err := json.Unmarshal(content, &lock); err != nil {
		return nil, fmt.Errorf("parse lock file of %q: %w", dir, err)
	}
	var components []component
	for path, pkg := range lock.Packages {
		if path == "" || pkg.Dev || pkg.Peer {
			continue
		}
		texts, err := readTexts(filepath.Join(dir, path))
		if err != nil {
			return nil, fmt.Errorf("package %q: %w", path, err)
		}
		name := path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]
		components = append(components, component{name: name, version: pkg.Version, declared: pkg.License, texts: texts})
	}
	return components, nil
}
