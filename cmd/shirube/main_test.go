package main

import (
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// testNow is the moment every script runs at: 2026-11-21, 12:00 in Tokyo.
var testNow = time.Date(2026, time.November, 21, 3, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"shirube": func() {
			os.Exit(run(os.Args[1:], &program{stdout: os.Stdout, stderr: os.Stderr, now: func() time.Time { return testNow }}))
		},
	})
}

// TestScripts runs whole commands as a user does; each script in testdata says
// what they print and how they exit.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "", RequireExplicitExec: true})
}
