package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// One truth per number: what the command line says of a model and its files, the API
// says of the same ones, and the screens show what the API says.
func TestCommandLineAndAPISayTheSame(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, time.November, 22, 12, 0, 0, 0, template.Zone)
	clock := func() time.Time { return noon }
	workspaces, err := demo.Workspaces(series.DayOf(noon), words.JA)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, f := range workspaces[0].Files {
		if err := os.WriteFile(filepath.Join(folder, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	state, err := store.Open(t.Context(), t.TempDir(), store.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = state.Close() })
	if _, err := fill(t.Context(), state, newSettable(clock), words.JA); err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Deps{Store: state, Clock: clock, Open: true})
	if err != nil {
		t.Fatal(err)
	}
	api := httptest.NewServer(s.Handler())
	t.Cleanup(api.Close)

	spans := url.Values{"base": {"2026-09-27..2026-10-24"}, "now": {"2026-10-25..2026-11-21"}}.Encode()
	for _, c := range []struct {
		name, address string
		command       []string
		parts         []string // what both replies have; the whole reply where empty
		lists         map[string][]string
	}{
		{name: "links", address: "links", command: []string{"links"}, lists: map[string][]string{"links": {"from", "to", "verdict", "effect", "lag_days", "grade", "n_days", "days_needed", "tested_at", "break", "sentence", "profile", "strength"}}},
		{name: "forecast", address: "forecast?horizon=14", command: []string{"forecast", "--horizon", "14"}, parts: []string{"indicator", "days", "p_attain", "landing", "backtest"}},
		{name: "what if", address: "whatif?set=reels=*2&set=ctr=%2B10%25", command: []string{"whatif", "--set", "reels=*2", "--set", "ctr=+10%"}},
		{name: "seek", address: "seek?probability=0.9", command: []string{"seek", "--probability", "0.9"}},
		{name: "explain", address: "explain?" + spans, command: []string{"explain", "--base", "2026-09-27..2026-10-24", "--now", "2026-10-25..2026-11-21"}},
		{name: "review", address: "review", command: []string{"review", "--fail-on", "never"}, lists: map[string][]string{"findings": {"code", "severity", "indicator", "link", "numbers", "sentence", "mend", "stake", "chart", "key"}}},
		{name: "status and map", address: "map", command: []string{"status"}, lists: map[string][]string{"indicators": {"id", "value", "attainment", "expected", "pace", "status", "baseline", "forecast"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			arguments := append(append([]string{}, c.command...), filepath.Join(folder, template.ModelFile), "--json", "--today", "2026-11-22")
			if status := run(arguments, &program{stdout: &out, stderr: io.Discard, now: clock}); status != exitDone {
				t.Fatalf("%q ends with %d", arguments, status)
			}
			told := object(t, out.Bytes())
			got := object(t, fetched(t, api.URL+"/api/workspaces/hinata/"+c.address))
			switch {
			case c.lists != nil:
				for key, fields := range c.lists {
					if diff := cmp.Diff(only(told[key], fields), only(got[key], fields)); diff != "" {
						t.Errorf("%s (-command line +API):\n%s", key, diff)
					}
				}
			case c.parts != nil:
				for _, part := range c.parts {
					if diff := cmp.Diff(told[part], got[part]); diff != "" {
						t.Errorf("%s (-command line +API):\n%s", part, diff)
					}
				}
			default:
				if diff := cmp.Diff(told, got); diff != "" {
					t.Errorf("(-command line +API):\n%s", diff)
				}
			}
		})
	}
}

func object(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("not JSON: %v: %.200s", err, text)
	}
	delete(out, "$schema")
	return out
}

func fetched(t *testing.T, address string) []byte {
	t.Helper()
	reply, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v %.300s", address, reply.StatusCode, err, text)
	}
	return text
}

// only keeps some fields of every object of a list.
func only(list any, fields []string) []map[string]any {
	// Who understands the goal how is told to the program that people talk in; the command
	// line has the words of the file alone.
	spoken := []string{"not-agreed", "goal-not-shared"}
	out := []map[string]any{}
	items, _ := list.([]any)
	for _, item := range items {
		kept := map[string]any{}
		for _, field := range fields {
			kept[field] = item.(map[string]any)[field]
		}
		if code, _ := kept["code"].(string); slices.Contains(spoken, code) {
			delete(kept, "sentence")
			delete(kept, "mend")
		}
		out = append(out, kept)
	}
	return out
}
