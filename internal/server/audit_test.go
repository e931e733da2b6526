package server

import (
	"context"
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
)

// A record that tells “update-x” in place of a sentence is read by nobody.
func TestEveryChangeHasWords(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	there := map[string]bool{"create-workspace": true, "delete-workspace": true}
	everyOperation(r, func(method, path string, op *huma.Operation) {
		inside, within := strings.CutPrefix(path, workspacePath)
		if method == http.MethodGet || !within {
			return
		}
		there[op.OperationID] = true
		if op.OperationID != "delete-workspace" && !audit.Asks(op.OperationID) && !audit.Known(op.OperationID) {
			t.Errorf("%s (%s %s) has no words: write into share/audit/deeds.go what somebody does by it, or into asks that it only asks", op.OperationID, method, path)
		}
		if inside != "" && audit.AreaOf(inside) == audit.Settings {
			t.Errorf("%s (%s) belongs to no area: add its address to areas in share/audit/words.go", op.OperationID, path)
		}
	})
}

// auditOf is what stands on the record of a workspace, the oldest first.
func (h *house) auditOf(b *browser, slug, query string) []object {
	h.t.Helper()
	var list []object
	for _, one := range b.must(200, "GET", "/api/workspaces/"+slug+"/audit?lang=ja"+query, nil)["entries"].([]any) {
		list = append(list, one.(object))
	}
	slices.Reverse(list)
	return list
}

// told is an entry in short: operation, who, what it is about, and the fields that changed.
func toldAudit(e object) string {
	b := &strings.Builder{}
	b.WriteString(e["operation"].(string) + " by " + e["actor"].(object)["name"].(string))
	if name := e["subject_name"].(string); name != "" {
		b.WriteString(" of " + name)
	}
	for _, one := range e["changes"].([]any) {
		c := one.(object)
		side := func(key string) string {
			if c["hidden"].(bool) {
				return "#"
			}
			if c[key] == nil {
				return "-"
			}
			return c[key].(string)
		}
		b.WriteString("; " + c["field"].(string) + " " + side("before") + "→" + side("after"))
	}
	return b.String()
}

func TestRecordOfChanges(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, nil)
	owner := h.join(ours.ID, "owner@ours", access.Owner)
	viewer := h.join(ours.ID, "sato@ours", access.Viewer)
	at := func() { *h.now = h.now.Add(time.Second) }
	var sato string
	for _, m := range owner.must(200, "GET", "/api/workspaces/ours/members", nil)["members"].([]any) {
		if m.(object)["name"] == "sato@ours" {
			sato = m.(object)["id"].(string)
		}
	}
	before := len(h.auditOf(owner, "ours", ""))
	steps := []struct {
		method, path string
		body         any
		status       int
		want         string // "" = nothing is recorded
	}{
		{"PATCH", "/members/" + sato, object{"role": "editor", "department": "営業"}, 204, "update-member by owner@ours of sato@ours; department -→営業; role viewer→editor"},
		{"PATCH", "/members/" + sato, object{"export": false}, 204, "update-member by owner@ours of sato@ours; export true→false"},
		{"PATCH", "/members/" + sato, object{"role": "king"}, 422, ""},
		{"PATCH", "/members/nobody", object{"role": "viewer"}, 404, ""},
		{"PATCH", "", object{"name": "新しい名前"}, 200, "update-workspace by owner@ours of 新しい名前; name 会社 ours→新しい名前"},
		{"POST", "/api-keys", object{"name": "BI", "scopes": []string{"read"}}, 201, "create-api-key by owner@ours of BI; "},
		{"POST", "/model/check", object{"yaml": smallModel}, 200, ""},
		{"PUT", "/model", object{"base_version": 1, "yaml": strings.Replace(smallModel, "name: ", "name: とても", 1)}, 200, "put-model by owner@ours; version 1→2; "},
		{"POST", "/versions/1/restore", nil, 200, "restore-version by owner@ours; version 2→3; "},
		{"POST", "/review/mute", object{"key": "stale-data:k", "reason": "夏休み"}, 204, "mute-finding by owner@ours of stale-data:k; id -→stale-data:k; name -→stale-data:k; reason -→夏休み"},
		{"DELETE", "/review/mute?key=stale-data:k", nil, 204, "unmute-finding by owner@ours of stale-data:k; id stale-data:k→-; name stale-data:k→-; reason 夏休み→-"},
		{"POST", "/views", object{"days": 7}, 201, "create-view by owner@ours; "},
		{"POST", "/act/contacts", object{"address": "himitsu@kokyaku.example", "name": "顧客 花子"}, 201, "create-contact by owner@ours"},
		{"DELETE", "/members/" + sato, nil, 204, "remove-member by owner@ours of sato@ours; "},
	}
	for _, step := range steps {
		at()
		a := owner.do(step.method, "/api/workspaces/ours"+step.path, step.body)
		if a.status != step.status {
			t.Fatalf("%s %s: %d, not %d: %s", step.method, step.path, a.status, step.status, a.text)
		}
		list := h.auditOf(owner, "ours", "")
		if step.want == "" {
			if len(list) != before {
				t.Errorf("%s %s leaves %s", step.method, step.path, toldAudit(list[len(list)-1]))
			}
			continue
		}
		before++
		if len(list) != before {
			t.Fatalf("%s %s: %d entries, not %d", step.method, step.path, len(list), before)
		}
		got := toldAudit(list[len(list)-1])
		if got != step.want && !(strings.HasSuffix(step.want, "; ") && strings.HasPrefix(got, step.want)) {
			t.Errorf("%s %s:\n got %s\nwant %s", step.method, step.path, got, step.want)
		}
	}
	text := owner.do("GET", "/api/workspaces/ours/audit", nil).text
	for _, secret := range []string{"shrb_k_", "himitsu", "顧客", housePassword, "argon2"} {
		if strings.Contains(text, secret) {
			t.Errorf("the record holds %q", secret)
		}
	}
	viewer.wants([3]any{"GET /api/workspaces/ours/audit", nil, 404})
}

func TestRecordIsReadAndExported(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, nil)
	owner := h.join(ours.ID, "owner@ours", access.Owner)
	editor := h.join(ours.ID, "editor@ours", access.Editor)
	for i := range 5 {
		*h.now = h.now.Add(26 * time.Hour)
		who := []*browser{owner, editor}[i%2]
		who.must(201, "POST", "/api/workspaces/ours/scenarios", object{"name": "=HYPERLINK(\"x\")", "sets": []string{"applications=12"}})
	}
	page := owner.must(200, "GET", "/api/workspaces/ours/audit?limit=2", nil)
	if n := len(page["entries"].([]any)); n != 2 || page["next"] == "" {
		t.Errorf("%d entries, next %v", n, page["next"])
	}
	rest := owner.must(200, "GET", "/api/workspaces/ours/audit?limit=200&after="+page["next"].(string), nil)
	if n := len(rest["entries"].([]any)); n != 3 || rest["next"] != "" {
		t.Errorf("%d entries after the first page, next %v", n, rest["next"])
	}
	ids := map[string]string{}
	for _, one := range page["actors"].([]any) {
		ids[one.(object)["name"].(string)] = one.(object)["id"].(string)
	}
	if len(ids) != 2 {
		t.Errorf("actors %v", page["actors"])
	}
	if n := len(h.auditOf(owner, "ours", "&actor="+ids["owner@ours"])); n != 3 {
		t.Errorf("%d entries of the owner", n)
	}
	if n := len(h.auditOf(owner, "ours", "&area=people")); n != 0 {
		t.Errorf("%d entries about people", n)
	}
	if n := len(h.auditOf(owner, "ours", "&area=ask&from=2026-09-11&to=2026-09-11")); n != 1 {
		t.Errorf("%d entries of a day", n)
	}
	owner.wants(
		[3]any{"GET /api/workspaces/ours/audit?after=x", nil, 400}, [3]any{"GET /api/workspaces/ours/audit?from=yesterday", nil, 400},
		[3]any{"GET /api/workspaces/ours/audit?area=moon", nil, 422},
	)
	editor.wants([3]any{"GET /api/workspaces/ours/audit", nil, 403}, [3]any{"GET /api/workspaces/ours/audit/export", nil, 403})

	file := owner.do("GET", "/api/workspaces/ours/audit/export?lang=ja", nil)
	if file.status != 200 || !strings.HasPrefix(file.text, "\uFEFF日時,") || !strings.Contains(file.header.Get("Content-Disposition"), "ours-audit.csv") {
		t.Fatalf("%d %s %.100s", file.status, file.header.Get("Content-Disposition"), file.text)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.text, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 6 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a cell that a spreadsheet works out: %q", cell)
			}
		}
		if row[5] != "試算を残しました" || !strings.Contains(row[0], "+09:00") {
			t.Errorf("row %q", row)
		}
	}
}

// A key changes something under its own name, and the record of a new workspace begins
// with who made it.
func TestRecordOfKeysAndFounding(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner := h.found("misaki@a.example")
	slug := owner.must(201, "POST", "/api/workspaces", object{"name": "W", "template": ""})["slug"].(string)
	first := h.auditOf(owner, slug, "")
	if len(first) != 1 || toldAudit(first[0]) != "create-workspace by 田中 美咲 of W" {
		t.Fatalf("the record begins with %v", first)
	}
	*h.now = h.now.Add(time.Minute)
	key := owner.must(201, "POST", "/api/workspaces/"+slug+"/api-keys", object{"name": "夜の更新", "scopes": []string{"write", "read"}})["key"].(string)
	*h.now = h.now.Add(time.Minute)
	if a := h.do("POST", "/api/workspaces/"+slug+"/scenarios", object{"name": "試し", "sets": []string{"kgi=12"}}, withKey(key)...); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.text)
	}
	list := h.auditOf(owner, slug, "")
	last := list[len(list)-1]
	if last["actor"].(object)["kind"] != "key" || !strings.HasPrefix(toldAudit(last), "create-scenario by 夜の更新 of 試し") {
		t.Errorf("by a key: %s", toldAudit(last))
	}
}

// Leaving the house as a file takes a right of its own.
func TestTheRightToTakeOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, nil)
	owner := h.join(ours.ID, "owner@ours", access.Owner)
	editor := h.join(ours.ID, "editor@ours", access.Editor)
	guest := h.join(ours.ID, "guest@ours", access.Guest)
	ids := map[string]string{}
	for _, m := range owner.must(200, "GET", "/api/workspaces/ours/members", nil)["members"].([]any) {
		one := m.(object)
		ids[one["name"].(string)] = one["id"].(string)
		if want := one["role"] != "guest"; one["export"] != want {
			t.Errorf("%v may take out: %v", one["name"], one["export"])
		}
	}
	mine := func(b *browser) any {
		return b.must(200, "GET", "/api/workspaces", nil)["workspaces"].([]any)[0].(object)["export"]
	}
	if mine(guest) != false || mine(editor) != true {
		t.Errorf("guest %v, editor %v", mine(guest), mine(editor))
	}
	editor.wants([3]any{"GET /api/workspaces/ours/act/contact-export", nil, 200})
	owner.wants(
		[3]any{"PATCH /api/workspaces/ours/members/" + ids["editor@ours"], object{"export": false}, 204},
		[3]any{"PATCH /api/workspaces/ours/members/" + ids["guest@ours"], object{"export": true}, 204},
		[3]any{"PATCH /api/workspaces/ours/members/" + ids["owner@ours"], object{"export": false}, 204},
	)
	editor.wants([3]any{"GET /api/workspaces/ours/act/contact-export", nil, 403})
	owner.wants([3]any{"GET /api/workspaces/ours/act/contact-export", nil, 200}) // whoever settles it always may
	if mine(guest) != true || mine(editor) != false {
		t.Errorf("guest %v, editor %v", mine(guest), mine(editor))
	}
}

// Whatever operation there is, and whatever is to come: the states it is told from are none
// of what people outside wrote or are.
func TestRecordReadsNothingOfPeople(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	everyOperation(r, func(method, path string, op *huma.Operation) {
		inside, within := strings.CutPrefix(path, workspacePath)
		if method == http.MethodGet || !within {
			return
		}
		s := auditSubject(op, inside)
		for _, word := range []string{"contact", "lead", "submission", "outbox", "person", "question", "agreement"} {
			if strings.Contains(inside, word) && !strings.Contains(inside, "settings") && !s.personal {
				t.Errorf("%s (%s) is about people, and the record would keep what it reads: mark it personal in auditSubjects", op.OperationID, path)
			}
		}
	})
}

func TestWhoLooked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, smallFiles())
	owner := h.join(ours.ID, "owner@ours", access.Owner)
	viewer := h.join(ours.ID, "yamamoto@ours", access.Viewer)
	silent := h.join(ours.ID, "suzuki@ours", access.Viewer)
	_ = silent
	for _, m := range owner.must(200, "GET", "/api/workspaces/ours/members", nil)["members"].([]any) {
		department := map[string]string{"owner@ours": "マーケティング", "yamamoto@ours": "経営", "suzuki@ours": "営業"}[m.(object)["name"].(string)]
		owner.must(204, "PATCH", "/api/workspaces/ours/members/"+m.(object)["id"].(string), object{"department": department})
	}
	for range 3 { // often is once
		viewer.must(200, "GET", "/api/workspaces/ours/map", nil)
	}
	viewer.must(200, "GET", "/api/workspaces/ours/indicators/applications", nil)
	viewer.wants([3]any{"GET /api/workspaces/ours/indicators/nothing", nil, 404})
	*h.now = h.now.Add(24 * time.Hour)
	viewer.must(200, "GET", "/api/workspaces/ours/map", nil)

	a := owner.must(200, "GET", "/api/workspaces/ours/activity?days=7", nil)
	rows := a["departments"].([]any)
	first := rows[0].(object)
	if first["name"] != "経営" || first["days"] != 2.0 || first["last"] != "2026-09-10" || len(first["looked"].([]any)) != 2 {
		t.Errorf("departments %v", rows)
	}
	if silent := a["silent"].([]any); len(silent) != 1 || silent[0] != "営業" {
		t.Errorf("silent %v", silent)
	}
	if people := a["people"].([]any); len(people) != 3 || people[0].(object)["name"] != "yamamoto@ours" {
		t.Errorf("people %v", people)
	}
	if things := a["things"].([]any); len(things) != 2 {
		t.Errorf("things %v", things)
	}
	// People are told to those who settle things; the others hear of departments.
	b := viewer.must(200, "GET", "/api/workspaces/ours/activity?days=7", nil)
	if len(b["people"].([]any)) != 0 || b["named"] != false || len(b["departments"].([]any)) != 3 {
		t.Errorf("a viewer hears %v", b)
	}
	looks, err := h.db.Looks.Since(context.Background(), ours.ID, 0)
	if err != nil || len(looks) != 3 {
		t.Errorf("looks %v, %v", looks, err)
	}
	h.server.tidyRecords(context.Background())
	*h.now = h.now.Add(500 * 24 * time.Hour)
	h.server.tidyRecords(context.Background())
	if looks, _ := h.db.Looks.Since(context.Background(), ours.ID, 0); len(looks) != 0 {
		t.Errorf("%d looks are kept for ever", len(looks))
	}
	if list, _ := h.db.Audit.List(context.Background(), ours.ID, store.AuditQuery{}); len(list) == 0 {
		t.Error("the record is forgotten too early")
	}
}
