package server

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
)

// The last review can be opened again, with a reason that stays: what nobody settled is on it
// again, and once it is over it ends as any other. An earlier one stays closed.
func TestReopenedReview(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	owner := h.join(ws.ID, "owner@ours", access.Owner)
	editor := h.join(ws.ID, "editor@ours", access.Editor)
	viewer := h.join(ws.ID, "viewer@ours", access.Viewer)
	const base = "/api/workspaces/ours/reviews"
	editor.must(201, "POST", "/api/workspaces/ours/review-wishes", object{"text": "イベントの話"})
	waiting := func() int {
		t.Helper()
		list, err := h.db.Reviews.Wishes(t.Context(), ws.ID)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	held := editor.must(201, "POST", base, nil)
	at := base + "/" + held["id"].(string)
	own := ""
	for _, item := range held["items"].([]any) {
		if one := item.(object); one["kind"] == "own" {
			own = one["id"].(string)
		}
	}
	editor.wants([3]any{"POST " + at + "/reopen", object{"base_version": 1, "why": "x"}, 409}) // it is going on
	closed := editor.must(200, "PUT", at, object{"base_version": 1, "present": []object{}, "note": "", "close": true})
	h.wantAt(closed, true, "may_reopen")
	h.wantAt(viewer.must(200, "GET", at, nil), false, "may_reopen")
	if waiting() != 1 {
		t.Error("what nobody settled does not wait")
	}
	why := object{"base_version": 2, "why": "イベントを決め忘れたため"}
	editor.wants([3]any{"POST " + at + "/reopen", object{"base_version": 2, "why": " "}, 400})
	editor.wants([3]any{"POST " + at + "/reopen", object{"base_version": 1, "why": "x"}, 409})
	viewer.wants([3]any{"POST " + at + "/reopen", why, 403})
	opened := editor.must(200, "POST", at+"/reopen", why)
	h.wantAt(opened, "held", "state")
	h.wantAt(opened, "editor@ours", "reopened", 0, "by")
	h.wantAt(opened, "イベントを決め忘れたため", "reopened", 0, "why")
	h.wantAt(opened, nil, "versions", "after")
	if waiting() != 0 {
		t.Error("it waits and is on a review as well")
	}
	editor.must(409, "POST", base, nil) // one is going on
	editor.must(200, "POST", at+"/decisions", object{"item": own, "kind": "keep", "why": "10月に"})
	again := editor.must(200, "PUT", at, object{"base_version": 3, "present": []object{}, "note": "", "close": true})
	h.wantAt(again, "closed", "state")
	h.wantAt(again, "イベントを決め忘れたため", "reopened", 0, "why")
	if waiting() != 0 {
		t.Error("what was settled waits")
	}
	record := ""
	for _, e := range h.auditOf(owner, "ours", "") {
		record += toldAudit(e) + "\n"
	}
	if !strings.Contains(record, "reopen-review by editor@ours") {
		t.Error(record)
	}
	*h.now = h.now.Add(time.Minute)
	next := editor.must(201, "POST", base, nil)
	h.wantAt(editor.must(200, "GET", at, nil), false, "may_reopen")
	editor.wants([3]any{"POST " + at + "/reopen", object{"base_version": 4, "why": "x"}, 409})
	h.wantAt(editor.must(200, "GET", "/api/goals", nil), true, "goals", 0, "workspaces", 0, "review", "held")
	editor.must(200, "PUT", base+"/"+next["id"].(string), object{"base_version": 1, "present": []object{}, "note": "", "close": true})
	h.wantAt(editor.must(200, "GET", "/api/goals", nil), nil, "goals", 0, "workspaces", 0, "review")
	editor.wants([3]any{"PUT " + base + "/plan", object{"every": "week", "weekday": 5, "nth": 0, "closed": "later", "at": 600, "lasts": 30, "people": []string{}, "places": []string{}, "before": 2}, 204})
	h.wantAt(editor.must(200, "GET", "/api/goals", nil), "2026-09-11", "goals", 0, "workspaces", 0, "review", "on")
	sheet := editor.do("GET", "/api/workspaces/ours/standing?lang=ja", nil).text
	if !strings.Contains(sheet, "次の点検") || !strings.Contains(sheet, "9月11日(金)") {
		t.Error("the report does not say when the team sits together next")
	}
}
