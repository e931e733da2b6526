package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/store"
)

// Whoever was written or changed in the span is on the list, nobody else.
func TestAffected(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	now := time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)
	db, err := store.Open(t.Context(), folder, store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	ws, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "sales", Name: "営業"})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"april@x.jp", "may@x.jp"} {
		if _, err := db.Contacts.Upsert(t.Context(), ws.ID, []contact.Sighting{{At: 1, Address: address, Name: "=1+1"}}); err != nil {
			t.Fatal(err)
		}
		now = now.AddDate(0, 1, 0)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for span, want := range map[string][]string{
		"2026-04-01 2026-04-30": {"april@x.jp"}, "2026-04-01 2026-05-10": {"april@x.jp", "may@x.jp"}, "2026-06-01 2026-06-30": nil,
		"2026-05-10T09:00:00+09:00 2026-05-10T09:00:01+09:00": {"may@x.jp"},
	} {
		since, until, _ := strings.Cut(span, " ")
		var out, wrong bytes.Buffer
		status := run([]string{"affected", "sales", "--data", folder, "--since", since, "--until", until}, &program{stdout: &out, stderr: &wrong, now: time.Now})
		if status != exitDone || strings.Count(out.String(), "\n") != len(want)+1 {
			t.Errorf("%s: status %d, %s%s", span, status, out.String(), wrong.String())
		}
		if !strings.Contains(wrong.String(), "個人情報保護法26条") {
			t.Errorf("what is due now is not said: %s", wrong.String())
		}
		for _, address := range want {
			if !strings.Contains(out.String(), address+",'=1+1,") {
				t.Errorf("%s: no %s in %s", span, address, out.String())
			}
		}
	}
	var out, wrong bytes.Buffer
	if status := run([]string{"affected", "nobody", "--data", folder, "--since", "2026-04-01", "--until", "2026-04-02"}, &program{stdout: &out, stderr: &wrong, now: time.Now}); status != exitBad || out.Len() != 0 {
		t.Errorf("a workspace that is not there: %d %s", status, out.String())
	}
}
