package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// held is how many days a workspace holds of each metric in total.
func (r *rig) held(ws store.Workspace) map[string]int {
	r.t.Helper()
	out := map[string]int{}
	for s, err := range r.db.Points.Series(r.t.Context(), ws.ID, "") {
		if err != nil {
			r.t.Fatal(err)
		}
		if len(s.Dimensions) == 0 {
			out[s.Source+"."+s.Metric] = len(s.Daily.Values)
		}
	}
	return out
}

// Of a source's numbers a file may bring some: the others stay on the map, and another
// file of the same days brings them without taking the first ones away.
func TestAFileMayBringSomeOfTheNumbers(t *testing.T) {
	t.Parallel()
	for name, db := range map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := movedRig(t, db)
			ws := r.plant("small", smallModel, nil)
			bring := func(status int, name, text string, metrics map[string]any) (id string, reply map[string]any) {
				id, _ = r.stage("small", name, text)
				return id, r.importFile(status, "small", id, map[string]any{"source_id": "web", "base_version": 1,
					"spec": map[string]any{"csv": name, "date": "日付", "metrics": metrics, "by": []string{"端末"}}})
			}
			sessions := map[string]any{"sessions": map[string]any{"column": "訪問"}}
			_, first := bring(200, "visits.csv", "日付,端末,訪問\n2026/4/1,PC,20\n2026/4/2,PC,30\n", sessions)
			if first["version"] != 1.0 {
				t.Errorf("the model changed: %v", first)
			}
			if diff := cmp.Diff(map[string]int{"web.sessions": 2}, r.held(ws)); diff != "" {
				t.Error(diff)
			}
			second, _ := bring(200, "applications.csv", "日付,端末,応募\n2026/4/1,PC,1\n2026/4/2,PC,2\n2026/4/3,PC,0\n",
				map[string]any{"applications": map[string]any{"column": "応募"}})
			if diff := cmp.Diff(map[string]int{"web.sessions": 2, "web.applications": 3}, r.held(ws)); diff != "" {
				t.Error(diff)
			}
			// What the request names has to be there.
			_, refused := bring(422, "nothing.csv", "日付,端末,応募\n2026/4/4,PC,1\n", sessions)
			if text := refused["detail"]; text == nil {
				t.Errorf("%v", refused)
			}
			// The files are read again when one goes: what each lacks, it may lack.
			r.must(http.StatusNoContent, "DELETE", "/api/workspaces/small/uploads/"+second, nil)
			if diff := cmp.Diff(map[string]int{"web.sessions": 2}, r.held(ws)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A connection feeds a source the map has been waiting for; what it lacks is told, and a
// number that had come and is gone is a failure.
func TestAConnectionMayBringSomeOfTheNumbers(t *testing.T) {
	t.Parallel()
	r, _ := movedRig(t, storetest.SQLite)
	ws := r.plant("small", smallModel, nil)
	shop := newShop(t)
	for day := series.Date(2026, 9, 1); day <= series.Date(2026, 9, 8); day++ {
		shop.leads[day.String()] = 3
	}
	const base = "/api/workspaces/small/connections"
	made := r.must(201, "POST", base, map[string]any{"kind": "http", "name": "店", "settings": shop.settings(), "schedule": "hourly", "since": "2026-09-01", "base_version": 1,
		"source_id": "web", "spec": map[string]any{"csv": "", "date": "day", "metrics": map[string]any{"sessions": map[string]any{"column": "leads"}}}})
	pull(t, r)
	if diff := cmp.Diff(map[string]int{"web.sessions": 8}, r.held(ws)); diff != "" {
		t.Error(diff)
	}
	at := base + "/" + made["id"].(string)
	if runs := r.do("GET", at+"/runs", nil); !strings.Contains(runs.text, "列「応募」がないので") {
		t.Errorf("%s", runs.text)
	}
	shop.column = "all"
	r.must(202, "POST", at+"/run", nil)
	pull(t, r)
	if view := connectionOf(t, r, made["id"].(string)); view["state"] != "failed" {
		t.Errorf("%v", view)
	}
}
