package main

import (
	"fmt"
	"runtime/debug"
)

// version is set when a release is built; other builds tell their commit.
var version = "0.1.0-dev"

type versionCommand struct{}

// Run prints version and commit.
func (versionCommand) Run(p *program) error {
	_, err := fmt.Fprintf(p.stdout, "shirube %s (%s)\n", version, commit())
	return err
}

// commit is the commit the program was built from, marked when there were
// changes on top of it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, dirty := "unknown", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "+"
			}
		}
	}
	return revision + dirty
}
