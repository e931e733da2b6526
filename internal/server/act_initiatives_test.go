package server

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

const undertaking = `shirube: 1
name: 教室
kgi: {id: signups, name: 申し込み, unit: 件, formula: visits * 0.02, target: {total: 2000, from: 2026-04-01, by: 2027-03-31}}
kpis:
  visits: {name: 訪問, unit: 回, measure: web.visits}
  searches: {name: 検索数, unit: 回, measure: web.searches}
  walkins: {name: 来店, unit: 人, measure: web.walkins}
  posts: {name: 投稿, unit: 本, measure: web.posts}
influences:
  - {from: posts, to: visits, lag: 0..7}
sources:
  web: {csv: web.csv, date: 日, metrics: {visits: 訪問, searches: 検索, walkins: 来店, posts: 投稿}}
`

// visited is 300 days to 8 September 2026 in which visits are a third higher and posts twice as
// many from 10 August on, and what else people do is not.
func visited() string {
	r := rand.New(rand.NewPCG(5, 5))
	var b strings.Builder
	b.WriteString("日,訪問,検索,来店,投稿\n")
	last := time.Date(2026, 9, 8, 0, 0, 0, 0, time.UTC)
	shared := 0.0
	for d := 299; d >= 0; d-- {
		day := last.AddDate(0, 0, -d)
		shared = 0.7*shared + 0.1*r.NormFloat64()
		level := 1 + shared - 0.3*float64(int(day.Weekday())/6)
		lift, posts := 1.0, 2+d%2
		if d < 30 {
			lift, posts = 1.35, 4+d%3
		}
		fmt.Fprintf(&b, "%s,%.0f,%.0f,%.0f,%d\n", day.Format(time.DateOnly), 400*level*lift*(1+0.04*r.NormFloat64()), 900*level*(1+0.04*r.NormFloat64()), 120*level*(1+0.06*r.NormFloat64()), posts)
	}
	return b.String()
}

func TestInitiatives(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("school", undertaking, map[string]string{"web.csv": visited()})
	const base = "/api/workspaces/school/initiatives"
	if list := r.get(base)["initiatives"].([]any); len(list) != 0 {
		t.Error(list)
	}
	idea := r.must(201, "POST", base, object{"name": "チラシ", "kpi": "walkins", "state": "idea"})
	r.wantAt(idea, false, "can_estimate")
	r.must(400, "POST", base+"/"+idea["id"].(string)+"/estimates", nil)
	for _, bad := range []object{
		{"name": "", "kpi": "visits", "state": "idea"}, {"name": "x", "kpi": "nowhere", "state": "idea"}, {"name": "x", "kpi": "visits", "state": "running"},
		{"name": "x", "kpi": "visits", "state": "finished", "from": "2026-08-10", "to": "2026-08-09"},
	} {
		r.must(400, "POST", base, bad)
	}

	made := r.must(201, "POST", base, object{"name": "毎日投稿", "hypothesis": "毎日出せば訪問が増える", "kpi": "visits", "state": "running", "from": "2026-08-10", "cost": 60000, "campaigns": []string{"august"}})
	path := base + "/" + made["id"].(string)
	r.wantAt(made, "訪問", "kpi_name")
	r.wantAt(made, true, "can_estimate")
	r.wantAt(made, nil, "estimate")
	told := r.must(201, "POST", path+"/estimates", nil)
	r.wantAt(told, "intervention", "estimate", "method")
	r.wantAt(told, "works", "estimate", "verdict")
	r.wantAt(told, "2026-09-08", "estimate", "to")
	effect := at(told, "estimate", "effect", "value").(float64)
	if effect < 1500 || effect > 5500 { // 30 days, a third of 400
		t.Errorf("effect %v", effect)
	}
	onKGI := at(told, "estimate", "on_kgi", "value").(float64)
	if d := onKGI/effect - 0.02; d > 1e-6 || d < -1e-6 {
		t.Errorf("%v of the KPI are %v of the KGI", effect, onKGI)
	}
	if per := at(told, "estimate", "per_kgi").(float64); per < 60000/onKGI-1 || per > 60000/onKGI+1 {
		t.Errorf("%v yen a unit", per)
	}
	if chart := told["chart"].([]any); len(chart) != 56+30 {
		t.Errorf("%d days", len(chart))
	}
	edited := r.must(200, "PUT", path, object{"name": "毎日投稿する", "kpi": "visits", "state": "finished", "from": "2026-08-10", "to": "2026-08-31", "base_version": 1})
	r.wantAt(edited, 2, "version")
	r.must(409, "PUT", path, object{"name": "x", "kpi": "visits", "state": "idea", "base_version": 1})
	again := r.must(201, "POST", path+"/estimates?lang=en", nil)
	r.wantAt(again, "2026-08-31", "estimate", "to")
	if log := again["log"].([]any); len(log) != 2 || at(log[1], "to") != "2026-09-08" {
		t.Errorf("%v", log)
	}
	list := r.get(base)
	r.wantAt(list, "チラシ", "initiatives", 0, "name") // ideas come before what is over
	r.wantAt(list, "works", "initiatives", 1, "estimate", "verdict")

	// Nothing stands beside it: nothing is claimed.
	r.plant("alone", strings.NewReplacer("  searches: {name: 検索数, unit: 回, measure: web.searches}\n", "", "  walkins: {name: 来店, unit: 人, measure: web.walkins}\n", "", "  posts: {name: 投稿, unit: 本, measure: web.posts}\n", "", "influences:\n  - {from: posts, to: visits, lag: 0..7}\n", "").Replace(undertaking), map[string]string{"web.csv": visited()})
	alone := r.must(201, "POST", "/api/workspaces/alone/initiatives", object{"name": "毎日投稿", "kpi": "visits", "state": "running", "from": "2026-08-10"})
	told = r.must(201, "POST", "/api/workspaces/alone/initiatives/"+alone["id"].(string)+"/estimates", nil)
	r.wantAt(told, "none", "estimate", "method")
	r.wantAt(told, nil, "estimate", "effect")
	if text := at(told, "estimate", "sentence").(string); !strings.HasPrefix(text, "くらべる相手がないので言えません") {
		t.Error(text)
	}
	r.must(204, "DELETE", path, nil)
	r.must(404, "GET", path, nil)
}

// What a team moved itself, and what moved with it, is evidence for the road between them:
// on the map, and until the initiative says otherwise.
func TestInitiativeSpeaksForARoad(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("school", undertaking, map[string]string{"web.csv": visited()})
	const base = "/api/workspaces/school/initiatives"
	road := func() map[string]any {
		for {
			links := r.get("/api/workspaces/school/links")
			if links["evidence"] != "ready" {
				time.Sleep(20 * time.Millisecond)
				continue
			}
			for _, one := range links["links"].([]any) {
				if at(one, "from") == "posts" {
					return one.(map[string]any)
				}
			}
		}
	}
	without := road()["grade"]
	if without == "intervention" {
		t.Fatal("nobody tried it yet")
	}
	body := object{"name": "毎日投稿", "kpi": "visits", "lever": "posts", "state": "running", "from": "2026-08-10"}
	r.must(400, "POST", base, object{"name": "x", "kpi": "visits", "lever": "visits", "state": "idea"})
	r.must(400, "POST", base, object{"name": "x", "kpi": "visits", "lever": "nowhere", "state": "idea"})
	made := r.must(201, "POST", base, body)
	path := base + "/" + made["id"].(string)
	r.wantAt(made, "投稿", "lever_name")
	r.wantAt(road(), without, "grade") // nobody has said yet what came of it
	told := r.must(201, "POST", path+"/estimates", nil)
	r.wantAt(told, true, "estimate", "speaks")
	r.wantAt(road(), "intervention", "grade")
	r.wantAt(road(), "moves", "verdict")
	if said := at(road(), "sentence").(string); !strings.HasPrefix(said, "施策「毎日投稿」で「投稿」が+") {
		t.Error(said)
	}
	// One that was rewritten to be about other days does not speak for them.
	body["from"], body["base_version"] = "2026-08-11", 1
	r.must(200, "PUT", path, body)
	r.wantAt(road(), without, "grade")
	body["from"], body["base_version"] = "2026-08-10", 2
	r.must(200, "PUT", path, body)
	r.wantAt(road(), "intervention", "grade")
	r.must(204, "DELETE", path, nil)
	r.wantAt(road(), without, "grade")
}

// What came by the links of a campaign stands beside what came by other ways.
func TestInitiativeCampaigns(t *testing.T) {
	t.Parallel()
	r, ws := newMeasuringRig(t)
	r.bring(someVisits(ws))
	const base = "/api/workspaces/web/initiatives"
	one := r.must(201, "POST", base, object{"name": "秋のキャンペーン", "kpi": "inquiries", "state": "finished", "from": "2026-09-07", "to": "2026-09-08", "cost": 3000, "campaigns": []string{"秋", "冬"}})
	came := r.get(base + "/" + one["id"].(string) + "/campaigns")
	r.wantAt(came, "2026-09-05", "before", "from")
	r.wantAt(came, "秋", "rows", 0, "campaign")
	r.wantAt(came, 1, "rows", 0, "visits")
	r.wantAt(came, 0, "rows", 1, "visits")
	r.wantAt(came, true, "counted")
	r.wantAt(came, 0, "brought") // ann asked after she had come by search
	r.wantAt(came, 1, "rest")
	r.wantAt(came, 0, "rest_before")
	r.wantAt(came, nil, "each")
	idea := r.must(201, "POST", base, object{"name": "冬", "kpi": "inquiries", "state": "idea", "campaigns": []string{"冬"}})
	r.wantAt(r.get(base+"/"+idea["id"].(string)+"/campaigns"), nil, "span")
}

// An automation with people held out speaks for the initiative it is part of.
func TestInitiativeByLot(t *testing.T) {
	t.Parallel()
	r, name := newMeasuringRig(t)
	ws := store.WorkspaceID(name)
	made, err := r.server.deps.Store.Automations.Create(t.Context(), ws, store.NewAutomation{Name: "資料を読んだ人へ", KPI: "inquiries", Body: serving("inquiries", "", 1.0/3)})
	if err != nil {
		t.Fatal(err)
	}
	r.entered(ws, made.ID, 600)
	const base = "/api/workspaces/web/initiatives"
	one := r.must(201, "POST", base, object{"name": "追いかけ", "kpi": "inquiries", "state": "running", "from": "2026-08-01", "automations": []string{made.ID, "gone"}})
	r.wantAt(one, "資料を読んだ人へ", "linked", 0, "name")
	told := r.must(201, "POST", base+"/"+one["id"].(string)+"/estimates", nil)
	r.wantAt(told, "randomized", "estimate", "method")
	r.wantAt(told, "works", "estimate", "verdict")
	r.wantAt(told, 40, "estimate", "effect", "value")
	r.wantAt(told, "資料を読んだ人へ", "estimate", "compared", 0)
}
