package server

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/store"
)

// A person is erased under every name they had, whichever one is told: the live view
// knows events from before somebody said who it was.
func TestErasingUnderAnyName(t *testing.T) {
	r, ws := newMeasuringRig(t)
	events := someVisits(ws)
	events = append(events, event.Event{
		Workspace: ws, MessageID: "known", Kind: event.Identify, Visitor: "ann", AnonymousID: "ann", UserID: "ann@example.jp",
		At: tokyo(8, 21, 0), ReceivedAt: tokyo(8, 21, 0),
	})
	r.bring(events)
	const base = "/api/workspaces/web/measure/"
	live := func() int {
		list, _ := at(r.get(base+"now"), "events").([]any)
		return len(list)
	}
	if n := live(); n != 8 {
		t.Fatalf("%d events in the live view", n)
	}
	number, _ := at(r.get(base+"person?id=ben"), "events", 0, "person").(string)
	r.wantAt(r.must(200, "DELETE", base+"person?person=%23"+number[1:], nil), 1, "events")
	if n := live(); n != 7 {
		t.Errorf("erased by number: %d events in the live view", n)
	}
	r.wantAt(r.must(200, "DELETE", base+"person?id=ann@example.jp", nil), 6, "events")
	if n := live(); n != 1 {
		t.Errorf("erased by user id: %d events in the live view", n)
	}
}

// Behind a reverse proxy visitors without a cookie are told apart by the address the proxy
// tells, not by its own.
func TestVisitorsBehindAProxy(t *testing.T) {
	t.Parallel()
	for address, people := range map[string]int64{"https://shirube.example": 2, "": 1} {
		r := newRig(t, func(d *Deps) {
			db, err := duckdb.Open(filepath.Join(t.TempDir(), "events.duckdb"), duckdb.Options{Zone: Zones(d.Store), Channel: Channels(d.Store), Now: d.Clock, Threads: 1})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			d.Warehouse, d.URL, d.Open = db, address, true
		})
		r.plant("web", measuringModel, nil)
		ctx, stop := context.WithCancel(t.Context())
		running := r.server.startMeasuring(ctx)
		t.Cleanup(func() { stop(); _ = running.stop() })
		ws, err := r.db.Workspaces.BySlug(ctx, "web")
		if err != nil {
			t.Fatal(err)
		}
		keys, err := r.db.WriteKeys.List(ctx, ws.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			for i, visitor := range []string{"203.0.113.9", "203.0.113.10"} {
				if key.Kind != store.BrowserKey {
					continue
				}
				a := r.do("POST", "/v1/page", map[string]any{"writeKey": key.Key, "messageId": fmt.Sprint("m", i),
					"context": map[string]any{"page": map[string]any{"url": "https://example.jp/"}}},
					"X-Forwarded-For", visitor, "User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36")
				if a.status != 200 {
					t.Fatalf("%d %s", a.status, a.text)
				}
			}
		}
		var views, seen any
		wait(t, func() bool {
			reply := r.get("/api/workspaces/web/measure/visits")
			views, seen = at(reply, "totals", "views"), at(reply, "totals", "daily_visitors")
			return fmt.Sprint(views) == "2"
		})
		if fmt.Sprint(seen) != fmt.Sprint(people) {
			t.Errorf("reached at %q: %v visitors, not %d", address, seen, people)
		}
	}
}
