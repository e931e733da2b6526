package server

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"net/http"
	"net/url"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// measuringModel counts its KGI from events and its cost from a table.
const measuringModel = `shirube: 1
name: 問い合わせ
kgi: {id: inquiries, name: 問い合わせ, unit: 件, measure: web.inquiries, target: {total: 100, from: 2026-09-01, by: 2026-09-30}}
kpis:
  visits: {name: 訪問, unit: 回, measure: web.visits}
  calls: {name: 電話, unit: 件, measure: field.calls}
  spend: {name: 広告費, unit: 円, measure: ads.cost}
sources:
  web:
    events: {visits: visits, inquiries: {event: Inquiry Submitted}}
    by: [channel]
  field: {entry: {calls: 電話の件数}}
  ads: {csv: ads.csv, date: 日付, by: [媒体], metrics: {cost: 費用}}
`

const measuringCosts = "日付,媒体,費用\n2026-09-07,instagram,3000\n2026-09-07,tiktok,500\n2026-09-08,instagram,1000\n"

// tokyo is a moment of September 2026 in Tokyo.
func tokyo(day, hour, minute int) event.Millis {
	return event.Millis(time.Date(2026, 9, day, hour, minute, 0, 0, time.FixedZone("JST", 9*3600)).UnixMilli())
}

// newMeasuringRig is a server that takes events in, with a workspace and some visits.
func newMeasuringRig(t *testing.T) (*rig, event.Workspace) {
	t.Helper()
	r := newRig(t, func(d *Deps) {
		d.Open = true
		db, err := duckdb.Open(filepath.Join(t.TempDir(), "events.duckdb"), duckdb.Options{Zone: Zones(d.Store), Channel: Channels(d.Store), Now: d.Clock, Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		d.Warehouse = db
	})
	ws := event.Workspace(r.plant("web", measuringModel, map[string]string{"ads.csv": measuringCosts}).ID)
	ctx, stop := context.WithCancel(t.Context())
	running := r.server.startMeasuring(ctx)
	t.Cleanup(func() { stop(); _ = running.stop() })
	return r, ws
}

// visits are three people's: ann comes by Instagram and later by search and asks, ben by
// search and leaves, cat comes directly today.
func someVisits(ws event.Workspace) []event.Event {
	n := 0
	at := func(who string, at event.Millis, e event.Event) event.Event {
		n++
		e.Workspace, e.MessageID, e.Visitor, e.AnonymousID = ws, fmt.Sprintf("m%d", n), who, who
		e.At, e.ReceivedAt, e.Host, e.Device = at, at, "example.jp", "mobile"
		if e.Kind == 0 {
			e.Kind = event.Page
		}
		return e
	}
	instagram := event.Campaign{Source: "instagram", Medium: "social", Name: "秋", Content: "p1"}
	return []event.Event{
		at("ann", tokyo(7, 9, 0), event.Event{Path: "/", Title: "はじめ", Campaign: instagram, ReferrerHost: "l.instagram.com"}),
		at("ann", tokyo(7, 9, 2), event.Event{Path: "/price"}),
		at("ben", tokyo(7, 10, 0), event.Event{Path: "/", ReferrerHost: "www.google.co.jp"}),
		at("ann", tokyo(8, 20, 0), event.Event{Path: "/price", ReferrerHost: "www.google.co.jp"}),
		at("ann", tokyo(8, 20, 1), event.Event{Path: "/contact"}),
		at("ann", tokyo(8, 20, 3), event.Event{Kind: event.Track, Name: "Inquiry Submitted", Path: "/contact", Value: 9000, Currency: "JPY", Properties: []byte(`{"form":"=contact"}`)}),
		at("cat", tokyo(9, 9, 59), event.Event{Path: "/"}),
	}
}

// bring has events in the warehouse.
func (r *rig) bring(events []event.Event) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 30*time.Second)
	defer cancel()
	if err := r.server.Accept(ctx, events); err != nil {
		r.t.Fatal(err)
	}
	for _, after, _ := r.size(ctx); after < int64(len(events)); _, after, _ = r.size(ctx) {
		if ctx.Err() != nil {
			r.t.Fatalf("%d events are in the warehouse", after)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (r *rig) size(ctx context.Context) (int64, int64, error) {
	return r.server.measuring.warehouse.Size(ctx)
}

func at(body any, path ...any) any {
	for _, p := range path {
		switch key := p.(type) {
		case string:
			m, _ := body.(map[string]any)
			body = m[key]
		case int:
			list, _ := body.([]any)
			if key >= len(list) {
				return nil
			}
			body = list[key]
		}
	}
	return body
}

func (r *rig) wantAt(body any, want any, path ...any) {
	r.t.Helper()
	if got := fmt.Sprint(at(body, path...)); got != fmt.Sprint(want) {
		r.t.Errorf("%v: got %v, want %v", path, got, want)
	}
}

func TestReports(t *testing.T) {
	r, ws := newMeasuringRig(t)
	const base = "/api/workspaces/web/measure/"
	r.wantAt(r.get(base+"visits"), "none", "collecting", "state")
	r.wantAt(r.get(base+"state"), "none", "collecting", "state")
	r.bring(someVisits(ws))

	v := r.get(base + "visits?from=2026-09-07&to=2026-09-09")
	r.wantAt(v, 3, "totals", "visitors")
	r.wantAt(v, 4, "totals", "visits")
	r.wantAt(v, 6, "totals", "views")
	r.wantAt(v, 2, "days", 0, "visits")
	r.wantAt(v, "2026-08-31", "compared", "from")
	r.wantAt(v, "some", "collecting", "state")
	r.wantAt(v, "search", "groups", "channel", 0, "value")
	r.wantAt(v, nil, "groups", "channel", 0, "visitors") // not known of parts of several days
	later := r.get(base + "visits?from=2026-09-14&to=2026-09-16")
	r.wantAt(later, "search", "channels_before", 0, "value")
	r.wantAt(r.get(base+"state"), "some", "collecting", "state")
	r.wantAt(v, "検索", "groups", "channel", 0, "label")
	r.wantAt(r.get(base+"visits?from=2026-09-07&to=2026-09-09&lang=en"), "Organic search", "groups", "channel", 0, "label")

	filters := url.QueryEscape(`[{"field":"channel","op":"is","values":["social"]}]`)
	r.wantAt(r.get(base+"visits?from=2026-09-07&to=2026-09-09&filters="+filters), 1, "totals", "visits")
	saved := r.must(201, "POST", base+"segments", map[string]any{"name": "SNSから", "filters": []any{map[string]any{"field": "channel", "op": "is", "values": []string{"social"}}}})
	r.wantAt(r.get(base+fmt.Sprintf("visits?from=2026-09-07&to=2026-09-09&segment=%v", saved["id"])), 1, "totals", "visits")
	r.wantAt(r.get(base+"segments"), "SNSから", "segments", 0, "name")
	r.must(204, "DELETE", base+fmt.Sprintf("segments/%v", saved["id"]), nil)
	r.must(400, "GET", base+fmt.Sprintf("visits?segment=%v", saved["id"]), nil)

	b := r.get(base + "breakdown?field=page&from=2026-09-07&to=2026-09-09")
	r.wantAt(b, "/", "rows", 0, "value")
	r.wantAt(b, 3, "rows", 0, "views")
	tr := r.get(base + "transitions?goal=" + url.QueryEscape("/contact") + "&from=2026-09-07&to=2026-09-09")
	if steps, _ := at(tr, "steps").([]any); len(steps) != 3 { // in, on to the form, out
		t.Errorf("steps %v", steps)
	}
	f := r.must(200, "POST", base+"funnel?from=2026-09-07&to=2026-09-09", map[string]any{"window_days": 7, "steps": []any{
		map[string]any{"page": "/"}, map[string]any{"page": "/pri*"}, map[string]any{"event": "Inquiry Submitted"},
	}})
	r.wantAt(f, 3, "steps", 0, "people")
	r.wantAt(f, 1, "steps", 1, "people")
	r.wantAt(f, 1, "steps", 2, "people")
	r.wantAt(f, "いちばん減っているのは「/」から「/pri*」で、3人のうち2人が進んでいません。", "sentence")
	c := r.get(base + "cohorts?grain=week&periods=2&from=2026-09-07&to=2026-09-09")
	r.wantAt(c, 3, "cohorts", 0, "people")

	a := r.get(base + "attribution?from=2026-09-07&to=2026-09-09&model=linear&by=source")
	r.wantAt(a, "inquiries", "outcome", "indicator")
	r.wantAt(a, 1, "total")
	r.wantAt(a, 9000, "value")
	r.wantAt(a, "円", "currency")
	for i := range 3 {
		switch at(a, "rows", i, "key") {
		case "instagram":
			r.wantAt(a, 0.5, "rows", i, "outcomes")
			r.wantAt(a, 4000, "rows", i, "cost")
			r.wantAt(a, 8000, "rows", i, "per_unit")
			r.wantAt(a, 1.125, "rows", i, "roas") // half of 9,000 yen by 4,000
			r.wantAt(a, 0.125, "rows", i, "roi")
			r.wantAt(a, "Instagram", "rows", i, "label")
		case "tiktok":
			r.wantAt(a, 0, "rows", i, "outcomes")
			r.wantAt(a, 500, "rows", i, "cost")
			r.wantAt(a, nil, "rows", i, "per_unit") // no outcome has no price
			r.wantAt(a, 0, "rows", i, "roas")
			r.wantAt(a, -1, "rows", i, "roi")
		case "www.google.co.jp":
			r.wantAt(a, 0.5, "rows", i, "outcomes")
		default:
			t.Errorf("row %v", at(a, "rows", i))
		}
	}
	e := r.get(base + "events?indicator=inquiries&from=2026-09-07&to=2026-09-09")
	r.wantAt(e, "Inquiry Submitted", "events", 0, "name")
	r.wantAt(e, nil, "events", 1)
	r.wantAt(r.get(base+"names?from=2026-09-07&to=2026-09-09"), "Inquiry Submitted", "names", 0, "name")
	r.wantAt(r.get(base+"values?field=channel&from=2026-09-07&to=2026-09-09"), "search", "values", 0, "value")
	r.must(400, "GET", base+"visits?from=2026-09-09&to=2026-09-07", nil)
	r.must(400, "GET", base+"visits?filters="+url.QueryEscape(`[{"field":"colour","op":"is","values":["x"]}]`), nil)
	r.must(404, "GET", "/api/workspaces/nowhere/measure/visits", nil)

	table := r.do("GET", base+"export?from=2026-09-07&to=2026-09-09", nil)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 8 {
		t.Errorf("export: %d rows, %v", len(rows), err)
	}
	if p := r.do("GET", base+"export?format=parquet&from=2026-09-07&to=2026-09-09", nil); !strings.HasPrefix(p.text, "PAR1") {
		t.Errorf("parquet: %.20q", p.text)
	}
}

func TestChannelRulesHoldForThePast(t *testing.T) {
	r, ws := newMeasuringRig(t)
	const path = "/api/workspaces/web/measure/"
	r.bring(someVisits(ws))
	r.wantAt(r.get(path+"channel-rules"), false, "own")
	r.must(422, "PUT", path+"channel-rules", map[string]any{"rules": []any{map[string]any{"channel": "x", "when": []any{map[string]any{"on": "source", "op": "is", "values": []string{"y"}}}}}})
	own := r.must(200, "PUT", path+"channel-rules", map[string]any{"rules": []any{map[string]any{"channel": "fair", "name": "秋の催し", "when": []any{map[string]any{"on": "campaign", "op": "is", "values": []string{"秋"}}}}}})
	r.wantAt(own, true, "own")
	wait(t, func() bool {
		v := r.get(path + "breakdown?field=channel&from=2026-09-07&to=2026-09-07")
		return at(v, "rows", 0, "label") == "秋の催し" || at(v, "rows", 1, "label") == "秋の催し"
	})
	r.must(200, "DELETE", path+"channel-rules", nil)
	r.wantAt(r.get(path+"channel-rules"), false, "own")
}

func wait(t *testing.T, until func() bool) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); !until(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("waited in vain")
		}
	}
}

// TestEventsBecomeMetrics: what was counted stands on the map like the numbers of a
// table, days that are over only, and follows late events and other definitions.
func TestEventsBecomeMetrics(t *testing.T) {
	r, ws := newMeasuringRig(t)
	events := someVisits(ws)
	r.bring(events)
	ctx := t.Context()
	fold := func(whole bool) {
		t.Helper()
		if err := r.server.folding.all(ctx, whole); err != nil {
			t.Fatal(err)
		}
	}
	fold(true)
	value := func(id string) any {
		t.Helper()
		for _, ind := range at(r.get("/api/workspaces/web/map"), "indicators").([]any) {
			if at(ind, "id") == id {
				return at(ind, "value")
			}
		}
		return nil
	}
	if got := value("inquiries"); fmt.Sprint(got) != "1" {
		t.Errorf("inquiries: %v", got)
	}
	if got := r.daysOf("web", "visits"); fmt.Sprint(got[len(got)-2:]) != "[2 1]" {
		t.Errorf("visits by day: %v", got)
	}
	revision := func() int64 {
		w, err := r.db.Workspaces.BySlug(ctx, "web")
		if err != nil {
			t.Fatal(err)
		}
		return w.DataRevision
	}
	before := revision()
	fold(true)
	if revision() != before {
		t.Error("folding the same again is a new revision")
	}
	late := events[5]
	late.MessageID, late.At, late.ReceivedAt = "late", tokyo(6, 12, 0), tokyo(9, 9, 0)
	r.bring(append([]event.Event{late}, events...)) // what was sent again changes nothing
	wait(t, func() bool {
		fold(false)
		return fmt.Sprint(value("inquiries")) == "2"
	})
	m := r.get("/api/workspaces/web/model")
	yaml := strings.Replace(measuringModel, "{event: Inquiry Submitted}", "{event: Inquiry Submitted, where: {form: other}}", 1)
	r.must(200, "PUT", "/api/workspaces/web/model", map[string]any{"yaml": yaml, "base_version": at(m, "version"), "note": ""})
	fold(false)
	if got := value("inquiries"); fmt.Sprint(got) != "0" {
		t.Errorf("after another definition: %v", got)
	}
}

func TestNowAndLive(t *testing.T) {
	r, ws := newMeasuringRig(t)
	req, err := http.NewRequestWithContext(t.Context(), "GET", r.http.URL+"/api/workspaces/web/measure/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Scan() // it is watching now
	r.bring(someVisits(ws))
	seen := 0
	for seen < 7 && lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") {
			seen++
		}
	}
	if seen != 7 {
		t.Errorf("%d events arrived: %v", seen, lines.Err())
	}
	now := r.get("/api/workspaces/web/measure/now")
	r.wantAt(now, 1, "people")
	r.wantAt(now, 1, "minutes", 28)
	r.wantAt(now, "/", "events", 0, "path")
	r.wantAt(now, "検索", "events", 3, "channel")
}

func TestEntries(t *testing.T) {
	r, _ := newMeasuringRig(t)
	const path = "/api/workspaces/web/entries"
	form := r.get(path + "?day=2026-09-08")
	r.wantAt(form, "電話の件数", "sources", 0, "numbers", 0, "name")
	r.wantAt(form, nil, "sources", 0, "numbers", 0, "value")
	put := func(status int, day string, v any) map[string]any {
		return r.must(status, "PUT", path, map[string]any{"source": "field", "day": day, "values": map[string]any{"calls": v}})
	}
	r.wantAt(put(200, "2026-09-08", 12), 12, "sources", 0, "numbers", 0, "value")
	r.wantAt(put(200, "2026-09-08", 14), 14, "sources", 0, "numbers", 0, "value")
	put(200, "2026-09-07", 0)
	put(400, "2026-09-10", 3) // tomorrow
	r.must(400, "PUT", path, map[string]any{"source": "field", "day": "2026-09-08", "values": map[string]any{"nothing": 1}})
	r.must(404, "PUT", path, map[string]any{"source": "ads", "day": "2026-09-08", "values": map[string]any{"cost": 1}})
	if got := r.daysOf("web", "calls"); fmt.Sprint(got[len(got)-2:]) != "[0 14]" {
		t.Errorf("calls by day: %v", got)
	}
	h := r.get(path + "/history")
	r.wantAt(h, 14, "changes", 1, "value")
	r.wantAt(h, 12, "changes", 1, "before")
	r.wantAt(h, true, "changes", 1, "newest")
	r.wantAt(h, false, "changes", 2, "newest")
	r.must(409, "POST", fmt.Sprintf("%s/%v/undo", path, at(h, "changes", 2, "id")), nil)
	r.must(200, "POST", fmt.Sprintf("%s/%v/undo", path, at(h, "changes", 1, "id")), nil)
	r.must(200, "POST", fmt.Sprintf("%s/%v/undo", path, at(h, "changes", 0, "id")), nil)
	if got := r.daysOf("web", "calls"); fmt.Sprint(got[len(got)-1:]) != "[12]" {
		t.Errorf("calls by day: %v", got)
	}
}

// TestErasing: a person is gone from every report and from the numbers on the map; what
// comes of them late is refused; old events go and their daily numbers stay.
func TestErasing(t *testing.T) {
	r, ws := newMeasuringRig(t)
	events := someVisits(ws)
	r.bring(events)
	const base = "/api/workspaces/web/measure/"
	fold := func() {
		t.Helper()
		if err := r.server.folding.all(t.Context(), true); err != nil {
			t.Fatal(err)
		}
	}
	fold()
	person := r.get(base + "person?id=ann")
	if list, _ := at(person, "events").([]any); len(list) != 5 {
		t.Errorf("ann: %d events", len(list))
	}
	r.wantAt(r.must(200, "DELETE", base+"person?id=ann", nil), 5, "events")
	again := events[5]
	again.MessageID, again.ReceivedAt = "again", tokyo(8, 20, 5)
	cat := events[6]
	cat.MessageID = "cat again"
	if err := r.server.Accept(t.Context(), []event.Event{again, cat}); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool {
		return fmt.Sprint(at(r.get(base+"visits?from=2026-09-07&to=2026-09-09"), "totals", "views")) == "3"
	})
	r.wantAt(r.get(base+"visits?from=2026-09-07&to=2026-09-09"), 2, "totals", "visitors")
	if list, _ := at(r.get(base+"person?id=ann"), "events").([]any); len(list) != 0 {
		t.Errorf("ann is still there: %v", list)
	}
	fold()
	held := func() map[series.Day]float64 {
		t.Helper()
		out := map[series.Day]float64{}
		for p, err := range r.db.Points.Each(t.Context(), store.WorkspaceID(ws), "web") {
			if err != nil {
				t.Fatal(err)
			}
			if p.Metric == "visits" && len(p.Dimensions) == 0 {
				out[p.Day] = p.Value
			}
		}
		return out
	}
	if got := fmt.Sprint(held()); got != "map[2026-09-07:1]" {
		t.Errorf("visits by day: %v", got)
	}

	r.wantAt(r.get(base+"retention"), 0, "months")
	r.must(422, "PUT", base+"retention", map[string]any{"months": -1})
	old := events[2]
	old.MessageID, old.At, old.ReceivedAt = "old", tokyo(-40, 12, 0), tokyo(-40, 12, 0)
	if err := r.server.Accept(t.Context(), []event.Event{old}); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool {
		fold()
		return len(held()) == 2
	})
	r.must(200, "PUT", base+"retention", map[string]any{"months": 1})
	if err := r.server.forgetOld(t.Context()); err != nil {
		t.Fatal(err)
	}
	e := r.get(base + "events?from=2026-07-01&to=2026-08-01")
	r.wantAt(e, nil, "events", 0)
	fold()
	if got := fmt.Sprint(held()); got != "map[2026-07-22:1 2026-09-07:1]" {
		t.Errorf("the number of the old day is gone: %v", got)
	}
	r.must(204, "DELETE", "/api/workspaces/web", nil)
	if _, n, err := r.size(t.Context()); err != nil || n != 0 {
		t.Errorf("%d events are left of a deleted workspace, %v", n, err)
	}
}

// TestIntake: an event by the door is counted within a moment, and one that is refused says
// why where its sender looks.
func TestIntake(t *testing.T) {
	r, ws := newMeasuringRig(t)
	keys, err := r.db.WriteKeys.List(t.Context(), store.WorkspaceID(ws))
	if err != nil || len(keys) == 0 {
		t.Fatalf("write keys: %v, %v", keys, err)
	}
	key := keys[0]
	if key.Kind == "browser" { // a program that uses a browser's key is a robot
		key = keys[1]
	}
	const path = "/api/workspaces/web/measure/"
	r.wantAt(r.get(path+"intake"), "ok", "state")
	body := map[string]any{"writeKey": key.Key, "batch": []any{
		map[string]any{"type": "track", "event": "Asked", "userId": "u1", "messageId": "1"},
		map[string]any{"type": "track", "userId": "u1", "messageId": "2"},
	}}
	answer := r.must(200, "POST", "/v1/batch", body)
	r.wantAt(answer, 1, "accepted")
	wait(t, func() bool {
		names := r.get(path + "names")
		return at(names, "names", 0, "name") == "Asked"
	})
	var in map[string]any
	wait(t, func() bool { // the warehouse and the catalogue go at paces of their own
		in = r.get(path + "intake")
		return fmt.Sprint(at(in, "names")) == "1"
	})
	r.wantAt(in, 1, "accepted")
	r.wantAt(in, "no_event_name", "refused", 0, "code")
	r.wantAt(in, "イベント名がありません。event に名前を入れてください。", "recent", 0, "reasons", 0, "reason")
	r.wantAt(in, 1, "keys", 0, "count")
	r.wantAt(in, 1, "names")
	r.must(401, "POST", "/v1/batch", map[string]any{"writeKey": "shrb_w_nobody", "batch": []any{}})
}
