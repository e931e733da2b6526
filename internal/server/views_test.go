package server

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

func TestReadOnlyPage(t *testing.T) {
	t.Parallel()
	now := testNow
	later := func() time.Time { return now }
	r := newRigOn(t, storetest.SQLite(t, store.Options{Now: later}), func(d *Deps) { d.Clock = later })
	r.plant("small", smallModel, smallFiles())
	made := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{"days": 10})
	token, id := made["token"].(string), made["id"].(string)
	page := "/api/views/" + token
	if made["url"] != "/view/"+token || made["expires_at"] != "2026-09-19T01:00:00Z" {
		t.Errorf("made %v", made)
	}
	r.run([]scenario{
		{name: "open", method: "GET", url: page, status: 200, want: `{"read_only": true, "workspace": {"slug": "small"}, "as_of": "2026-09-07"}`},
		{name: "in English", method: "GET", url: page + "?lang=en", status: 200, want: `{"goal": {"name": "Hire people"}}`},
		{name: "listed without its secret", method: "GET", url: "/api/workspaces/small/views", status: 200, want: `{"views": [{"id": "` + id + `"}]}`},
		{name: "one letter off", method: "GET", url: page[:len(page)-1] + "-", status: 404},
		{name: "the id opens nothing", method: "GET", url: "/api/views/" + id, status: 404},
		{name: "half a year", method: "POST", url: "/api/workspaces/small/views", body: map[string]any{"days": 4000}, status: 422},
	})
	if strings.Contains(r.log.String(), token) {
		t.Error("the log holds the secret of a page")
	}
	now = now.AddDate(0, 0, 11)
	r.run([]scenario{
		{name: "expired", method: "GET", url: page, status: 410},
		{name: "not listed", method: "GET", url: "/api/workspaces/small/views", status: 200, want: `{"views": []}`},
	})
	second := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{})
	r.run([]scenario{
		{method: "GET", url: "/api/views/" + second["token"].(string), status: 200},
		{name: "close", method: "DELETE", url: "/api/workspaces/small/views/" + second["id"].(string), status: 204},
		{name: "closed", method: "GET", url: "/api/views/" + second["token"].(string), status: 410},
	})
}
