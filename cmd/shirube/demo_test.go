package main

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// The demo is filled in the language that was asked for, under the same addresses.
func TestDemoIsFilledInOneLanguage(t *testing.T) {
	t.Parallel()
	noon := func() time.Time { return time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC) }
	for lang, want := range map[words.Lang]string{words.JA: "ひなたワークス", words.EN: "Hinata Works"} {
		state, err := store.Open(t.Context(), t.TempDir(), store.Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = state.Close() })
		if _, err := fill(t.Context(), state, newSettable(noon), lang); err != nil {
			t.Fatal(err)
		}
		w, err := state.Workspaces.BySlug(t.Context(), "hinata")
		if err != nil || w.Name != want {
			t.Errorf("%s: the workspace is called %q (%v), want %q", lang, w.Name, err, want)
		}
	}
}
