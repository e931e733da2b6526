package main

import (
	"bytes"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

// TestProgressLine: only large files are told of, and nothing is left behind.
func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	tell, done := progressLine(&out, words.EN)
	tell("small", 1<<20, 2<<20)
	done()
	if out.Len() > 0 {
		t.Errorf("told of a small file: %q", out.String())
	}
	tell("web", 50<<20, 100<<20)
	done()
	if got, want := out.String(), "\r\x1b[KReading “web”… 50%\r\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if tell, done = progressOn(&out, words.EN); tell != nil {
		t.Error("progress outside of a terminal")
	}
	done()
}
