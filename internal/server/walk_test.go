package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/shirube/shirube/internal/template"
)

// oddModels are models and data in which numbers fail to exist in every way.
var oddModels = map[string]struct {
	kpis, target, csv string
}{
	"division by zero": {"a: {measure: s.a}\n  b: {formula: a / z}\n  z: {measure: s.z}", "{total: 10, from: 2026-04-01, by: 2027-03-31}",
		"date,a,z\n2026-04-01,1,0\n2026-04-02,2,0\n"},
	"overflow":          {"a: {measure: s.a}\n  b: {formula: a * a * a}\n  z: {measure: s.z}", "{reach: 1e300, by: 2027-03-31}", "date,a,z\n2026-04-01,1e200,0\n"},
	"growth of nothing": {"a: {measure: s.a}\n  b: {measure: s.z / s.a}\n  z: {measure: s.z}", "{growth: 1.5, over: last_year, from: 2026-04-01, by: 2027-03-31}", "date,a,z\n2026-08-01,0,0\n"},
	"hold of zero":      {"a: {measure: s.a}\n  b: {measure: s.z}\n  z: {measure: s.z}", "{hold: 0, per: day, from: 2026-04-01, by: 2027-03-31, direction: down}", "date,a,z\n2026-04-01,0,0\n2026-04-05,0,0\n"},
	"no target":         {"a: {measure: s.a}\n  b: {}\n  z: {measure: s.z}", "", "date,a,z\n2026-04-01,5,1\n"},
	"only a direction":  {"a: {measure: s.a}\n  b: {formula: a - z}\n  z: {measure: s.z}", "{direction: down}", "date,a,z\n2026-04-01,5,\n"},
	"long past":         {"a: {measure: s.a}\n  b: {formula: \"min(a, z)\"}\n  z: {measure: s.z}", "{total: 5, from: 1999-01-01, by: 1999-12-31}", "date,a,z\n2026-04-01,5,1\n"},
	"far future":        {"a: {measure: s.a}\n  b: {formula: a + z}\n  z: {measure: s.z}", "{total: 5, from: 2098-01-01, by: 2099-12-31}", "date,a,z\n2026-04-01,5,1\n"},
	"negative":          {"a: {measure: s.a}\n  b: {formula: a / (a - z)}\n  z: {measure: s.z}", "{reach: -5, by: 2026-12-31}", "date,a,z\n2026-04-01,-5,-5\n2026-04-02,-6,3\n"},
	"no rows":           {"a: {measure: s.a}\n  b: {formula: a / z}\n  z: {measure: s.z}", "{total: 5, from: 2026-04-01, by: 2027-03-31}", ""},
}

func oddModel(kpis, target string) string {
	if target != "" {
		target = "\n  target: " + target
	}
	return "shirube: 1\nname: odd\nlocale: ja\ntimezone: Asia/Tokyo\nfiscal_year_start: 4\nkgi:\n  id: k\n  formula: b + a" + target +
		"\nkpis:\n  " + kpis + "\ninfluences: [{from: z, to: k}]\nsources:\n  s: {csv: s.csv, date: date, metrics: {a: a, z: z}}\n"
}

// Every page of every odd workspace is well formed: what does not exist is null.
// (The rig holds each answer against the description and looks for NaN.)
func TestNumbersThatDoNotExistAreNull(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("numbers, not goroutines: it runs without the detector, in a tenth of the time")
	}
	r := newRig(t)
	n := 0
	for name, odd := range oddModels {
		n++
		slug := fmt.Sprintf("odd%d", n)
		files := map[string]string{}
		if odd.csv != "" {
			files["s.csv"] = odd.csv
		}
		r.plant(slug, oddModel(odd.kpis, odd.target), files)
		r.walk(slug, []string{"k", "a", "b", "z"}, name)
	}
	r.walkWhole()
}

// walk reads every page of a workspace.
func (r *rig) walk(slug string, ids []string, name string) {
	r.t.Helper()
	base := "/api/workspaces/" + slug
	pages := []string{"/model", "/versions", "/sources", "/views", "/versions/compare?old=1&new=1"}
	for _, at := range []string{"", "&as_of=2026-04-01", "&as_of=1999-06-30", "&as_of=2150-01-01", "&lang=en"} {
		pages = append(pages, "/map?x=1"+at)
		for _, id := range ids {
			pages = append(pages, "/indicators/"+url.PathEscape(id)+"?x=1"+at,
				"/whatif?set="+url.QueryEscape(id+"=0")+at,
				"/explain?indicator="+url.QueryEscape(id)+"&base=2026-04-01..2026-04-01&now=2026-08-01..2026-08-31"+at)
		}
	}
	for _, page := range pages {
		if a := r.do("GET", base+page, nil); a.status != http.StatusOK && !(a.status == 400 && strings.HasPrefix(page, "/whatif")) {
			r.t.Errorf("%s: %s: %d %s", name, page, a.status, a.text)
		}
	}
}

func (r *rig) walkWhole() {
	r.t.Helper()
	for _, page := range []string{"/api/health", "/api/goals", "/api/goals?lang=en", "/api/workspaces", "/api/templates", "/api/templates?lang=en"} {
		r.get(page)
	}
}

// Every template, with and without its sample, gives well-formed pages.
func TestEveryTemplateIsAMap(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("numbers, not goroutines: it runs without the detector, in a tenth of the time")
	}
	r := newRig(t)
	for _, key := range template.Keys() {
		for _, sample := range []bool{true, false} {
			made := r.must(201, "POST", "/api/workspaces", map[string]any{"name": key, "template": key, "sample": sample, "locale": "ja"})
			slug := made["slug"].(string)
			reply := r.get("/api/workspaces/" + slug + "/map")
			var ids []string
			for _, i := range reply["indicators"].([]any) {
				ids = append(ids, i.(map[string]any)["id"].(string))
			}
			if sample {
				r.walk(slug, ids[:3], key)
				if kgi := reply["indicators"].([]any)[0].(map[string]any); kgi["value"] == nil || kgi["curve"] == nil {
					t.Errorf("%s: the sample does not come alive: %v", key, kgi["no_value"])
				}
			}
		}
	}
	r.walkWhole()
}

// Many people at once, one of them editing: no answer is torn and the last one
// is the newest.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, smallFiles())
	const edits = 10
	var all sync.WaitGroup
	for reader := range 6 {
		all.Go(func() {
			for i := range 12 {
				page := []string{"/map", "/indicators/visits", "/whatif?set=visits=*2", "/map?lang=en"}[(reader+i)%4]
				if a := r.do("GET", "/api/workspaces/small"+page, nil); a.status != 200 {
					t.Errorf("%s: %d %s", page, a.status, a.text)
				}
			}
		})
	}
	all.Go(func() {
		for version := 1; version <= edits; version++ {
			a := r.do("POST", "/api/workspaces/small/model/edit", map[string]any{"base_version": version, "edits": []any{
				map[string]any{"op": "set_indicator", "id": "visits", "fields": map[string]any{"name": fmt.Sprint("訪問 ", version)}}}})
			if a.status != 200 {
				t.Errorf("edit %d: %d %s", version, a.status, a.text)
			}
		}
	})
	all.Wait()
	r.run([]scenario{{method: "GET", url: "/api/workspaces/small/map", status: 200, want: fmt.Sprintf(`{"model": {"version": %d}}`, edits+1)}})
}
