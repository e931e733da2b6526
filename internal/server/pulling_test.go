package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
	"github.com/shirube/shirube/internal/store/vault"
)

// shop is somebody's program that tells the leads of some days.
type shop struct {
	*httptest.Server
	asked  []string
	leads  map[string]int // by day
	status int
	secret string // that must come
	column string // what the leads are called
}

func newShop(t *testing.T) *shop {
	s := &shop{leads: map[string]int{}, column: "leads"}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, to := r.URL.Query().Get("from"), r.URL.Query().Get("to")
		s.asked = append(s.asked, from+".."+to)
		switch {
		case s.status != 0:
			w.WriteHeader(s.status)
			return
		case s.secret != "" && r.Header.Get("X-Key") != s.secret:
			w.WriteHeader(401)
			return
		}
		rows := []map[string]any{}
		for day := must(series.ParseDay(from)); day <= must(series.ParseDay(to)); day++ {
			if n, some := s.leads[day.String()]; some {
				rows = append(rows, map[string]any{"day": day.String(), s.column: n})
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(rows)
	}))
	t.Cleanup(s.Close)
	return s
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (s *shop) settings() map[string]any {
	return map[string]any{"url": s.URL + "/leads?from={from}&to={to}", "header": "X-Key"}
}

// withConnections lets a rig reach this machine and keep secrets.
func withConnections(t *testing.T) func(*Deps) {
	return func(d *Deps) {
		d.Puller = &connect.Puller{
			Guard: &connect.Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, Timeout: 5 * time.Second,
			Wait: func(context.Context, time.Duration) error { return nil },
		}
		d.Vault = vault.At(filepath.Join(t.TempDir(), vault.KeyFile), nil)
	}
}

// movedRig is a rig whose clock can be moved.
func movedRig(t *testing.T, db func(testing.TB, store.Options) *store.DB) (*rig, *atomic.Int64) {
	moved := &atomic.Int64{}
	now := func() time.Time { return testNow.Add(time.Duration(moved.Load())) }
	return newRigOn(t, db(t, store.Options{Now: now}), withConnections(t), func(d *Deps) { d.Clock = now }), moved
}

var leadsSpec = map[string]any{"csv": "", "date": "day", "metrics": map[string]any{"leads": map[string]any{"column": "leads"}}}

func TestConnectionsBringNumbers(t *testing.T) {
	t.Parallel()
	for name, db := range map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, moved := movedRig(t, db)
			bringNumbers(t, r, moved)
		})
	}
}

func bringNumbers(t *testing.T, r *rig, moved *atomic.Int64) {
	ctx := t.Context()
	ws := r.plant("small", smallModel, nil)
	shop := newShop(t)
	shop.secret = "sesame"
	for day := series.Date(2026, 5, 1); day <= series.Date(2026, 9, 8); day++ {
		shop.leads[day.String()] = int(day % 7)
	}
	shop.leads["2026-09-09"] = 999 // today, which is not over
	const base = "/api/workspaces/small/connections"

	// Tried first: the rows are shown, nothing is kept.
	tried := r.must(200, "POST", base+"/try", map[string]any{"kind": "http", "name": "店", "settings": shop.settings(), "secret": "sesame", "schedule": "hourly"})
	preview := tried["preview"].(map[string]any)
	if diff := cmp.Diff([]any{"day", "leads"}, preview["header"]); diff != "" || len(preview["rows"].([]any)) != 7 || preview["suggestion"].(map[string]any)["spec"].(map[string]any)["connection"] != "店" {
		t.Errorf("%v %s", preview, diff)
	}
	refused := r.do("POST", base+"/try", map[string]any{"kind": "http", "settings": shop.settings(), "secret": "wrong", "schedule": "hourly"})
	if refused.status != 422 || !strings.Contains(refused.text, "受け付けませんでした") || strings.Contains(refused.text, "wrong") {
		t.Errorf("%d %s", refused.status, refused.text)
	}

	made := r.must(201, "POST", base, map[string]any{"kind": "http", "name": "店", "settings": shop.settings(), "secret": "sesame", "schedule": "daily 06:30",
		"since": "2026-05-01", "source_id": "shop", "spec": leadsSpec, "base_version": 1})
	id := made["id"].(string)
	if made["state"] != "waiting" || made["has_secret"] != true || made["windowed"] != true {
		t.Errorf("%v", made)
	}
	r.run([]scenario{
		{name: "the same name", method: "POST", url: base, status: 409, body: map[string]any{"kind": "http", "name": "店", "settings": shop.settings(), "schedule": "hourly"}},
		{name: "an odd schedule", method: "POST", url: base, status: 422, body: map[string]any{"kind": "http", "name": "b", "settings": shop.settings(), "schedule": "daily 25:00"}},
		{name: "no settings", method: "POST", url: base, status: 422, body: map[string]any{"kind": "sql", "name": "b", "settings": map[string]any{}, "schedule": "hourly"}},
		{name: "no key", method: "POST", url: base, status: 400, body: map[string]any{"kind": "ga4", "name": "b", "settings": map[string]any{"property": "1", "metrics": []string{"sessions"}}, "schedule": "hourly"}},
	})

	shop.asked = nil
	pull(t, r)
	if diff := cmp.Diff([]string{"2026-05-01..2026-07-31", "2026-08-01..2026-09-08"}, shop.asked); diff != "" {
		t.Error(diff)
	}
	wantSource(t, r, `{"first": "2026-05-01", "last": "2026-09-08", "days": 131, "missing_days": 0, "failure": null}`)
	view := connectionOf(t, r, id)
	if view["state"] != "ok" || view["next_run"] != "2026-09-09T21:30:00Z" {
		t.Errorf("%v", view)
	}

	// Not before its time; then only the days that may have changed.
	shop.asked = nil
	pull(t, r)
	revision := must(r.db.Workspaces.Get(ctx, ws.ID)).DataRevision
	moved.Store(int64(25 * time.Hour))
	pull(t, r)
	if diff := cmp.Diff([]string{"2026-09-07..2026-09-09"}, shop.asked); diff != "" {
		t.Error(diff)
	}
	if now := must(r.db.Workspaces.Get(ctx, ws.ID)).DataRevision; now != revision+1 {
		t.Errorf("revision %d after %d", now, revision)
	}
	// The same again changes nothing, not even the revision.
	r.must(202, "POST", base+"/"+id+"/run", nil)
	pull(t, r)
	if now := must(r.db.Workspaces.Get(ctx, ws.ID)).DataRevision; now != revision+1 {
		t.Errorf("revision %d after %d", now, revision)
	}
	// Restated: a day changes, another loses its rows.
	shop.leads["2026-09-09"] = 5
	delete(shop.leads, "2026-09-08")
	r.must(202, "POST", base+"/"+id+"/run", nil)
	pull(t, r)
	wantSource(t, r, `{"first": "2026-05-01", "last": "2026-09-09", "days": 131, "missing_days": 1}`)

	// A failure is told where the numbers are looked at, and goes with the next success.
	shop.status = 503
	r.must(202, "POST", base+"/"+id+"/run", nil)
	pull(t, r)
	view = connectionOf(t, r, id)
	if view["state"] != "failed" || view["failure"].(map[string]any)["code"] != "broken" {
		t.Errorf("%v", view)
	}
	wantSource(t, r, `{"failure": {"file": "店", "text": "9/10 の取り込みに失敗: 「127.0.0.1」で問題が起きています(503)。"}, "days": 131}`)
	next := must(time.Parse(time.RFC3339, view["next_run"].(string)))
	if wait := next.Sub(testNow.Add(25 * time.Hour)); wait < time.Minute || wait > 2*time.Minute {
		t.Errorf("tried again after %v", wait)
	}
	shop.status = 0
	r.must(202, "POST", base+"/"+id+"/run", nil)
	pull(t, r)
	wantSource(t, r, `{"failure": null}`)

	// The model reads another column: everything is fetched anew, and what is wrong is told.
	edit := func(column string) {
		newest := r.get("/api/workspaces/small/model")["version"]
		spec := map[string]any{"csv": "", "connection": "店", "date": "day", "metrics": map[string]any{"leads": map[string]any{"column": column}}}
		r.must(200, "POST", "/api/workspaces/small/model/edit", map[string]any{"base_version": newest, "edits": []any{map[string]any{"op": "set_source", "id": "shop", "source": spec}}})
	}
	edit("件数")
	pull(t, r)
	if view = connectionOf(t, r, id); view["failure"].(map[string]any)["code"] != "bad_data" || !strings.Contains(view["failure"].(map[string]any)["text"].(string), "件数") {
		t.Errorf("%v", view)
	}
	shop.asked = nil
	pull(t, r) // only once until somebody changes something
	if len(shop.asked) != 0 {
		t.Errorf("asked %v", shop.asked)
	}
	edit("leads")
	pull(t, r)
	wantSource(t, r, `{"days": 131, "failure": null}`)

	runs := r.get(base + "/" + id + "/runs")["runs"].([]any)
	if len(runs) < 7 || runs[0].(map[string]any)["failure"] != nil {
		t.Errorf("%d runs, %v", len(runs), runs[0])
	}
	// The secret is nowhere.
	for _, url := range []string{base, base + "/" + id + "/runs", "/api/workspaces/small/sources", "/api/workspaces/small/model"} {
		if a := r.do("GET", url, nil); strings.Contains(a.text, "sesame") {
			t.Errorf("%s tells the secret", url)
		}
	}
	if strings.Contains(r.log.String(), "sesame") {
		t.Error("the log tells the secret")
	}
	if sealed := must(r.db.Connections.Secret(ctx, ws.ID, store.ConnectionID(id))); len(sealed) == 0 || strings.Contains(string(sealed), "sesame") {
		t.Errorf("kept as %q", sealed)
	}

	// A kept secret does not go to another place.
	elsewhere := shop.settings()
	elsewhere["url"] = "http://127.0.0.1:1/?from={from}&to={to}"
	r.run([]scenario{
		{name: "moved", method: "PUT", url: base + "/" + id, status: 422, body: map[string]any{"settings": elsewhere, "schedule": "hourly"}},
		{name: "tried elsewhere", method: "POST", url: base + "/try", status: 422, body: map[string]any{"id": id, "kind": "http", "settings": elsewhere, "schedule": "hourly"}},
		{name: "paused", method: "PUT", url: base + "/" + id, status: 200, body: map[string]any{"settings": shop.settings(), "schedule": "hourly", "paused": true}, want: `{"state": "paused", "next_run": null, "has_secret": true}`},
		{name: "paused does not run", method: "POST", url: base + "/" + id + "/run", status: 409},
		{name: "gone", method: "DELETE", url: base + "/" + id, status: 204},
		{name: "gone for good", method: "GET", url: base + "/" + id + "/runs", status: 404},
		{name: "nothing", method: "GET", url: base, status: 200, want: `{"connections": []}`},
	})
	wantSource(t, r, `{"days": 131}`)
}

func pull(t *testing.T, r *rig) {
	t.Helper()
	if err := r.server.PullDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func wantSource(t *testing.T, r *rig, want string) {
	t.Helper()
	for _, one := range r.get("/api/workspaces/small/sources")["sources"].([]any) {
		if one.(map[string]any)["id"] != "shop" {
			continue
		}
		var w any
		if err := json.Unmarshal([]byte(want), &w); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(w, partOf(w, one)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		return
	}
	t.Error("no such source")
}

func connectionOf(t *testing.T, r *rig, id string) map[string]any {
	t.Helper()
	for _, one := range r.get("/api/workspaces/small/connections")["connections"].([]any) {
		if view := one.(map[string]any); view["id"] == id {
			return view
		}
	}
	t.Fatal("no such connection")
	return nil
}

// Another node holds the connection: it is left alone until that node's time is over. The
// key is lost: it is told. The address is inside: it is refused.
func TestConnectionsThatCannotRun(t *testing.T) {
	t.Parallel()
	r, moved := movedRig(t, storetest.SQLite)
	ws := r.plant("small", smallModel, nil)
	shop := newShop(t)
	shop.leads["2026-09-08"] = 1
	made := r.must(201, "POST", "/api/workspaces/small/connections", map[string]any{"kind": "http", "name": "店", "settings": shop.settings(), "secret": "sesame", "schedule": "hourly",
		"source_id": "shop", "spec": leadsSpec, "base_version": 1})
	id := store.ConnectionID(made["id"].(string))
	if held, err := r.db.Connections.Lease(t.Context(), ws.ID, id, "a node that died", time.Minute); err != nil || !held {
		t.Fatal(err)
	}
	pull(t, r)
	if len(shop.asked) != 0 {
		t.Error("fetched by two")
	}
	moved.Store(int64(time.Minute))
	r.server.deps.Vault = vault.At(filepath.Join(t.TempDir(), "lost.key"), nil)
	pull(t, r)
	if failure := connectionOf(t, r, string(id))["failure"].(map[string]any); failure["code"] != "bad_key" || !strings.Contains(failure["text"].(string), "lost.key") {
		t.Errorf("%v", failure)
	}
	r.server.deps.Puller = nil // what nobody has changed reaches public addresses alone
	r.must(200, "PUT", "/api/workspaces/small/connections/"+string(id), map[string]any{"settings": shop.settings(), "schedule": "hourly", "secret": ""})
	pull(t, r)
	if failure := connectionOf(t, r, string(id))["failure"].(map[string]any); failure["code"] != "refused" {
		t.Errorf("%v", failure)
	}
	if len(shop.asked) != 0 {
		t.Errorf("asked %v", shop.asked)
	}
}

// Whoever may only look sees no settings; whoever may bring numbers may have them fetched.
func TestWhoSeesConnections(t *testing.T) {
	t.Parallel()
	h := newHouse(t, withConnections(t))
	ws := h.plant("small", smallModel, nil)
	owner, viewer, member := h.join(ws.ID, "o@x", access.Owner), h.join(ws.ID, "v@x", access.Viewer), h.join(ws.ID, "m@x", access.Member)
	shop := newShop(t)
	made := owner.must(201, "POST", "/api/workspaces/small/connections", map[string]any{"kind": "http", "name": "店", "settings": shop.settings(), "schedule": "hourly",
		"source_id": "shop", "spec": leadsSpec, "base_version": 1})
	at := "/api/workspaces/small/connections"
	if a := owner.do("GET", at, nil); !strings.Contains(a.text, shop.URL) {
		t.Errorf("%s", a.text)
	}
	if a := viewer.do("GET", at, nil); a.status != 200 || strings.Contains(a.text, shop.URL) {
		t.Errorf("%d %s", a.status, a.text)
	}
	member.must(202, "POST", fmt.Sprintf("%s/%s/run", at, made["id"]), nil)
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	tokyo := must(time.LoadLocation("Asia/Tokyo"))
	london := must(time.LoadLocation("Europe/London"))
	at := func(text string) time.Time { return must(time.Parse(time.RFC3339, text)) }
	for _, c := range []struct {
		schedule  string
		zone      *time.Location
		now, want string
	}{
		{"daily 06:30", tokyo, "2026-09-09T01:00:00Z", "2026-09-09T21:30:00Z"},
		{"daily 23:59", tokyo, "2026-09-09T01:00:00Z", "2026-09-09T14:59:00Z"},
		{"daily 10:00", tokyo, "2026-09-09T01:00:00Z", "2026-09-10T01:00:00Z"},  // now is no time to come
		{"daily 01:30", london, "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"}, // an hour that does not exist
	} {
		if got := nextRun(store.Connection{NewConnection: store.NewConnection{Schedule: c.schedule}}, c.zone, at(c.now)); !got.Equal(at(c.want)) {
			t.Errorf("%s after %s: %v", c.schedule, c.now, got.UTC())
		}
	}
	now := at("2026-09-09T01:00:00Z")
	hour := store.Connection{ID: "x", NewConnection: store.NewConnection{Schedule: "hourly"}}
	first := nextRun(hour, tokyo, now)
	if first.Sub(now) > time.Hour || !first.After(now) || nextRun(hour, tokyo, first).Sub(first) != time.Hour {
		t.Errorf("hourly: %v", first)
	}
	daily := store.Connection{NewConnection: store.NewConnection{Schedule: "daily 09:00"}}
	for failures, most := range map[int]time.Duration{0: 90 * time.Second, 3: 12 * time.Minute, 50: 9 * time.Hour} {
		daily.Failures = failures
		if wait := retryAt(daily, &connect.Failure{Code: connect.Busy}, tokyo, now).Sub(now); wait > most || wait < time.Minute {
			t.Errorf("%d failures: %v", failures, wait)
		}
	}
	if wait := retryAt(daily, &connect.Failure{Code: connect.SignInCode}, tokyo, now).Sub(now); wait != 23*time.Hour {
		t.Errorf("what only a person can mend: %v", wait)
	}
	if wait := retryAt(daily, &connect.Failure{Code: connect.Busy, After: 48 * time.Hour}, tokyo, now).Sub(now); wait != 48*time.Hour {
		t.Errorf("asked to stay away: %v", wait)
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	const since, yesterday = series.Day(1000), series.Day(1100)
	for _, c := range []struct {
		through series.Day
		window  int
		want    []series.Span
	}{
		{since - 1, 3, []series.Span{{From: 1000, To: 1091}, {From: 1092, To: 1100}}},
		{1099, 3, []series.Span{{From: 1097, To: 1100}}},
		{1100, 3, []series.Span{{From: 1098, To: 1100}}},
		{1005, 90, []series.Span{{From: 1000, To: 1091}, {From: 1092, To: 1100}}},
		{1500, 2, []series.Span{{From: 1099, To: 1100}}}, // a clock that went backwards
	} {
		if diff := cmp.Diff(c.want, pieces(since, c.through, yesterday, c.window)); diff != "" {
			t.Errorf("%d: %s", c.through, diff)
		}
	}
	if got := pieces(yesterday+1, yesterday, yesterday, 3); got != nil {
		t.Errorf("from tomorrow on: %v", got)
	}
}
