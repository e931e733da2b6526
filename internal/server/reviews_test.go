package server

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

func itemOf(t *testing.T, page object, id string) object {
	t.Helper()
	for _, item := range page["items"].([]any) {
		if item.(object)["id"] == id {
			return item.(object)
		}
	}
	t.Fatalf("no item %q in %v", id, page["items"])
	return nil
}

// A review from its rhythm to its minutes: what is settled changes the map by a version of its
// own that the list of versions leads back from, and comes up again the next time.
func TestReviews(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	h.join(ws.ID, "owner@ours", access.Owner)
	editor := h.join(ws.ID, "editor@ours", access.Editor)
	guest := h.join(ws.ID, "guest@ours", access.Guest)
	const base = "/api/workspaces/ours/reviews"

	if list := editor.must(200, "GET", base, nil); list["plan"] != nil || list["next"] != nil || list["may_decide"] != true {
		t.Errorf("%v", list)
	}
	plan := object{"every": "month", "by": "weekday", "weekday": 1, "nth": 1, "closed": "later", "at": 600, "lasts": 60, "people": []string{}, "places": []string{}, "before": 3}
	editor.wants([][3]any{{"PUT " + base + "/plan", plan, 204}, {"PUT " + base + "/plan", object{"every": "week", "weekday": 1, "nth": 0, "closed": "later", "at": 600, "lasts": 60, "people": []string{"nobody"}, "places": []string{}, "before": 3}, 400}}...)
	list := editor.must(200, "GET", base, nil)
	h.wantAt(list, "2026-10-05", "next", "on")
	h.wantAt(list, "毎月第1月曜日の10:00から60分", "plan", "sentence")
	ics := editor.do("GET", base+"/next/calendar", nil)
	if ics.status != 200 || !strings.Contains(ics.text, "DTSTART:20261005T010000Z\r\n") || !strings.HasPrefix(ics.header.Get("Content-Type"), "text/calendar") {
		t.Errorf("%d %s", ics.status, ics.text)
	}

	// The agenda follows the numbers; everybody may put something on it.
	guest.wants([][3]any{{"POST /api/workspaces/ours/review-wishes", object{"text": "採用イベントの\u0000話"}, 201}, {"POST /api/workspaces/ours/review-wishes", object{}, 400},
		{"POST /api/workspaces/ours/review-wishes", object{"indicator": "nowhere"}, 404}, {"POST /api/workspaces/ours/review-wishes", object{"finding": "none:x"}, 400}, {"GET " + base, nil, 403}, {"POST " + base, nil, 403}}...)
	editor.must(201, "POST", "/api/workspaces/ours/review-wishes", object{"indicator": "likes"})
	next := editor.must(200, "GET", base+"/next", nil)
	h.wantAt(next, "coming", "state")
	about := itemOf(t, next, "indicator:likes")
	if about["by"] != "editor@ours" || about["wish"] == nil || len(next["lines"].([]any)) != 3 {
		t.Errorf("%v", next)
	}

	held := editor.must(201, "POST", base, nil)
	id := held["id"].(string)
	editor.must(409, "POST", base, nil)
	at := base + "/" + id
	settle := func(status int, body object) object {
		t.Helper()
		return editor.must(status, "POST", at+"/decisions", body)
	}
	settle(400, object{"item": "indicator:likes", "kind": "keep"})                      // no reason
	settle(400, object{"item": "nothing", "kind": "keep", "why": "x"})                  // no such item
	settle(400, object{"item": "indicator:likes", "kind": "change-target", "why": "x"}) // no number
	settle(409, object{"item": "indicator:likes", "kind": "replace-kpi", "why": "x", "base_version": 7})
	settle(400, object{"item": "indicator:likes", "indicator": "visits", "kind": "replace-kpi", "why": "x", "base_version": 1}) // part of a formula
	target := object{"item": "indicator:likes", "kind": "change-target", "why": "続けられる数にする", "owner": "佐藤", "due": "2026-10-01", "base_version": 1, "target": object{"kind": "hold", "amount": 900, "per": "month", "by": "2027-03-31"}}
	trial := object{"dry_run": true}
	for key, value := range target {
		trial[key] = value
	}
	h.wantAt(settle(200, trial), false, "ok")
	made := settle(200, target)
	h.wantAt(made, float64(2), "decision", "version")
	settle(409, target) // the map is another one now
	versions := editor.must(200, "GET", "/api/workspaces/ours/versions", nil)
	h.wantAt(versions, id, "versions", 0, "review", "id")
	h.wantAt(versions, nil, "versions", 1, "review")
	if note := versions["versions"].([]any)[0].(object)["note"].(string); !strings.Contains(note, "定期点検(2026年9月9日)で決定: 「いいね数」の目標を月900件(2027年3月31日まで)にする。続けられる数にする") {
		t.Error(note)
	}
	m := editor.must(200, "GET", "/api/workspaces/ours/model", nil)["yaml"].(string)
	if !strings.Contains(m, "hold: 900") {
		t.Error(m)
	}

	// Taken back, the map is as it was, by a version of its own.
	editor.wants([3]any{"DELETE " + at + "/decisions?item=indicator:likes", nil, 204})
	if m := editor.must(200, "GET", "/api/workspaces/ours/model", nil); strings.Contains(m["yaml"].(string), "900") || m["version"].(float64) != 3 {
		t.Errorf("%v", m)
	}
	target["base_version"] = 3
	settle(200, target)
	own := ""
	for _, item := range held["items"].([]any) {
		if one := item.(object); one["kind"] == "own" && one["id"] != "indicator:likes" {
			own = one["id"].(string)
			if one["sentence"] != "採用イベントの 話" {
				t.Error(one["sentence"])
			}
		}
	}
	work := settle(200, object{"item": own, "kind": "initiative", "indicator": "visits", "why": "訪問を増やす", "initiative": object{"name": "合同説明会", "begins": "2026-09-08"}})
	started := editor.must(200, "GET", "/api/workspaces/ours/initiatives/"+work["decision"].(object)["initiative"].(string), nil)
	h.wantAt(started, "running", "state")

	// The focus that is set while everybody sits together belongs to the review.
	editor.wants([3]any{"PUT /api/workspaces/ours/focus", object{"indicators": []string{"visits", "applications"}}, 400}) // the KGI is no KPI
	focus := editor.must(200, "PUT", "/api/workspaces/ours/focus", object{"indicators": []string{"visits", "likes"}, "why": "入口"})
	h.wantAt(focus, "2026-09-30", "current", "until")
	h.wantAt(focus, id, "current", "review")
	onMap := guest.must(200, "GET", "/api/workspaces/ours/map", nil)
	h.wantAt(onMap, "likes", "focus", "indicators", 1)

	end := object{"base_version": 1, "present": []object{{"id": "x", "name": "佐藤"}}, "note": "次回は\r\n予算", "close": true}
	closed := editor.must(200, "PUT", at, end)
	h.wantAt(closed, "closed", "state")
	h.wantAt(closed, float64(4), "versions", "after")
	h.wantAt(closed, "訪問数", "focus", 0)
	h.wantAt(closed, "次回は\n予算", "note")
	editor.must(409, "PUT", at, end)
	settle(409, object{"item": own, "kind": "keep", "why": "x"})

	// A month later: what was settled comes first, with what came of it.
	again := editor.must(200, "GET", base+"/next?lang=en", nil)
	h.wantAt(again, "2026-09-09", "since", "on")
	first := again["items"].([]any)[0].(object)
	if first["kind"] != "follow-up" || first["was"].(object)["review"] != id || first["outcome"].(object)["text"] == "" {
		t.Errorf("%v", first)
	}
	editor.wants([][3]any{
		{"POST " + base + "/move", object{"due": "2026-10-05", "to": "2026-10-06"}, 204}, {"POST " + base + "/move", object{"due": "2026-10-05", "to": "2027-10-06"}, 400},
		{"POST " + base + "/move", object{"due": "2026-11-02", "to": "2026-11-03"}, 409}, {"POST " + base + "/skip", object{"due": "2026-10-05", "why": " "}, 400}}...)
	h.wantAt(editor.must(200, "GET", base, nil), "2026-10-06", "next", "on")
	editor.wants([3]any{"POST " + base + "/skip", object{"due": "2026-10-05", "why": "繁忙期"}, 204})
	list = editor.must(200, "GET", base, nil)
	h.wantAt(list, "2026-11-02", "next", "on")
	h.wantAt(list, "繁忙期", "past", 0, "why")
	last, err := h.server.lastDecisions(context.Background(), ws, 5)
	if err != nil || len(last) != 2 || last[0].Initiative == last[1].Initiative {
		t.Errorf("%+v, %v", last, err)
	}
	now, err := h.server.focusOf(context.Background(), ws)
	if err != nil || len(now.KPIs) != 2 || now.KPIs[0].Name != "訪問数" {
		t.Errorf("%+v, %v", now, err)
	}
	// Nobody held the one of November: people are invited to that of December all the same, and the
	// minutes of September are read a year later as they were written.
	began := *h.now
	*h.now = time.Date(2026, 12, 4, 3, 0, 0, 0, time.UTC)
	editor.must(200, "POST", "/api/sign-in", object{"email": "editor@ours", "password": housePassword})
	h.wantAt(editor.must(200, "GET", base, nil), "2026-12-07", "next", "on")
	*h.now = time.Date(2027, 9, 10, 3, 0, 0, 0, time.UTC)
	editor.must(200, "POST", "/api/sign-in", object{"email": "editor@ours", "password": housePassword})
	year := editor.must(200, "GET", at, nil)
	h.wantAt(year, "closed", "state")
	h.wantAt(year, "訪問数", "focus", 0)
	h.wantAt(itemOf(t, year, "indicator:likes"), "続けられる数にする", "decision", "why")
	h.wantAt(itemOf(t, year, "indicator:likes"), "editor@ours", "decision", "by")
	if ended, err := h.server.focusOf(context.Background(), ws); err != nil || len(ended.KPIs) != 0 {
		t.Errorf("a year later the focus stands: %+v, %v", ended, err)
	}
	*h.now = began
	editor.must(200, "POST", "/api/sign-in", object{"email": "editor@ours", "password": housePassword})
	editor.wants([3]any{"DELETE " + base + "/plan", nil, 204})
	h.wantAt(editor.must(200, "GET", base, nil), nil, "plan")
}

// People are invited from the day on that the calendar names, once each, and anew where the
// review is moved.
func TestInvitations(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	h.join(ws.ID, "owner@ours", access.Owner)
	editor := h.join(ws.ID, "editor@ours", access.Editor)
	user, err := h.db.Users.ByEmail(context.Background(), "editor@ours")
	if err != nil {
		t.Fatal(err)
	}
	// testNow is a Wednesday; the review is on Friday, and people are told two days before.
	editor.wants([3]any{"PUT /api/workspaces/ours/reviews/plan", object{"every": "week", "weekday": 5, "nth": 0, "closed": "later", "at": 600, "lasts": 30, "people": []store.UserID{user.ID}, "places": []string{}, "before": 2}, 204})
	told := func() int {
		t.Helper()
		if err := h.server.inviteToReview(context.Background(), ws); err != nil {
			t.Fatal(err)
		}
		items, err := h.db.Outbox.CountOf(context.Background(), ws.ID, teamKeys+"review")
		if err != nil {
			t.Fatal(err)
		}
		return items[outbox.Queued]
	}
	if n := told(); n != 1 {
		t.Errorf("%d invitations", n)
	}
	if n := told(); n != 1 {
		t.Errorf("%d invitations to one review", n)
	}
	editor.wants([3]any{"POST /api/workspaces/ours/reviews/move", object{"due": "2026-09-11", "to": "2026-09-10"}, 204})
	if n := told(); n != 2 {
		t.Errorf("%d invitations after it was moved", n)
	}
	*h.now = h.now.Add(-36 * time.Hour)
	editor.wants([3]any{"POST /api/workspaces/ours/reviews/move", object{"due": "2026-09-11", "to": "2026-09-25"}, 204})
	if n := told(); n != 2 {
		t.Errorf("%d: somebody was invited weeks before", n)
	}
}
