package main

import (
	"io"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// testNow is the moment every script runs at: 2026-11-21, 12:00 in Tokyo.
var testNow = time.Date(2026, time.November, 21, 3, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	if names := os.Getenv(namesFrom); names != "" {
		askNames(names)
	}
	if kind := os.Getenv(floorKind); kind != "" {
		os.Exit(serveFloor(kind))
	}
	if folder, mails := os.Getenv(served), os.Getenv(mailsTo); folder != "" && mails != "" {
		os.Exit(serveActing(folder, mails))
	}
	if folder := os.Getenv(served); folder != "" && os.Getenv(still) != "" {
		os.Exit(serveStill(folder))
	}
	if folder := os.Getenv(served); folder != "" {
		os.Exit(serveUntilKilled(folder))
	}
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

// A fault of the program ends it loudly: exit status 0 would call it done.
func TestAPanicIsNotSuccess(t *testing.T) {
	defer func() {
		if recover() != "the clock broke" {
			t.Error("a panic was swallowed")
		}
	}()
	status := run([]string{"init", "--template", "sns", t.TempDir()}, &program{
		stdout: io.Discard, stderr: io.Discard, now: func() time.Time { panic("the clock broke") },
	})
	t.Errorf("status %d", status)
}
