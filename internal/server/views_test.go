package server

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
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
	if made["url"] != "/view/"+token || made["expires_at"] != "2026-09-19T01:00:00Z" || made["embed"] != "" {
		t.Errorf("made %v", made)
	}
	r.run([]scenario{
		{name: "open", method: "GET", url: page, status: 200, want: `{"shows": ["now", "map"], "names": false, "until": "2026-09-19T01:00:00Z",
			"map": {"read_only": true, "workspace": {"slug": "small"}, "as_of": "2026-09-07", "findings": [], "smart": []}}`},
		{name: "in English", method: "GET", url: page + "?lang=en", status: 200, want: `{"map": {"goal": {"name": "Hire people"}}}`},
		{name: "listed without its secret", method: "GET", url: "/api/workspaces/small/views", status: 200,
			want: `{"views": [{"id": "` + id + `", "state": "open", "locked": false, "names": false, "opened": 0, "last_at": null}]}`},
		{name: "one letter off", method: "GET", url: page[:len(page)-1] + "-", status: 404},
		{name: "the id opens nothing", method: "GET", url: "/api/views/" + id, status: 404},
		{name: "half a year", method: "POST", url: "/api/workspaces/small/views", body: map[string]any{"days": 4000}, status: 422},
		{name: "nothing to show", method: "POST", url: "/api/workspaces/small/views", body: map[string]any{"shows": []string{}}, status: 400},
		{name: "no site", method: "POST", url: "/api/workspaces/small/views", body: map[string]any{"sites": []string{"a.jp", "a.jp; script-src *"}}, status: 400},
	})
	if strings.Contains(r.log.String(), token) {
		t.Error("the log holds the secret of a page")
	}
	now = now.AddDate(0, 0, 11)
	r.run([]scenario{
		{name: "expired", method: "GET", url: page, status: 410},
		{name: "told as expired", method: "GET", url: "/api/workspaces/small/views", status: 200, want: `{"views": [{"state": "expired"}]}`},
		{name: "opened again", method: "PUT", url: "/api/workspaces/small/views/" + id, status: 200,
			body: map[string]any{"name": "社長へ", "days": 5, "shows": []string{"now"}, "names": true, "sites": []string{}},
			want: `{"state": "open", "name": "社長へ", "expires_at": "2026-09-25T01:00:00Z", "shows": ["now"]}`},
		{name: "works again, with what it shows now", method: "GET", url: page, status: 200, want: `{"shows": ["now"], "map": {"links": [], "junctions": []}}`},
	})
	second := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{})
	at := "/api/workspaces/small/views/" + second["id"].(string)
	r.run([]scenario{
		{method: "GET", url: "/api/views/" + second["token"].(string), status: 200},
		{name: "close", method: "DELETE", url: at, status: 204},
		{name: "closed", method: "GET", url: "/api/views/" + second["token"].(string), status: 410},
		{name: "stays closed", method: "PUT", url: at, body: map[string]any{"name": "", "days": 5, "shows": []string{"now"}, "names": true, "sites": []string{}}, status: 410},
	})
	now = now.AddDate(0, 0, viewDays+10)
	r.run([]scenario{{name: "forgotten", method: "GET", url: "/api/workspaces/small/views", status: 200, want: `{"views": []}`}})
}

func TestPasswordOfAPage(t *testing.T) {
	t.Parallel()
	now := testNow
	h := newHouse(t, func(d *Deps) { d.Clock = func() time.Time { return now } })
	ws := h.plant("ours", smallModel, smallFiles())
	owner := h.join(ws.ID, "owner@ours", access.Owner)
	if a := owner.do("POST", "/api/workspaces/ours/views", object{"password": "short"}); a.status != 400 || !strings.Contains(a.text, "body.password") {
		t.Errorf("a weak password: %d %s", a.status, a.text)
	}
	made := owner.must(201, "POST", "/api/workspaces/ours/views", object{"password": "takai yama no ue", "name": "取引先"})
	page := "/api/views/" + made["token"].(string)
	visitor := h.browser()
	if a := visitor.do("GET", page, nil); a.status != 401 || strings.Contains(a.text, "応募") {
		t.Fatalf("without the password: %d %s", a.status, a.text)
	}
	visitor.wants([3]any{"POST " + page + "/opened", object{"embedded": false}, 401}) // who sees nothing is not counted
	if a := visitor.do("POST", page+"/pass", object{"password": "takai yama no shita"}); a.status != 400 {
		t.Errorf("a wrong password: %d %s", a.status, a.text)
	}
	pass := visitor.must(200, "POST", page+"/pass", object{"password": "ｔａｋａｉ yama no ue"})["pass"].(string)
	opens := func(page, pass string) int { return visitor.do("GET", page, nil, "View-Pass", pass).status }
	if got := opens(page, pass); got != 200 {
		t.Errorf("with the pass: %d", got)
	}
	other := owner.must(201, "POST", "/api/workspaces/ours/views", object{"password": "takai yama no ue"})
	for name, c := range map[string][2]string{
		"of another page": {"/api/views/" + other["token"].(string), pass}, "cut": {page, pass[:20]}, "changed": {page, "BAAA" + pass[4:]}, "no base64": {page, "%%%"},
	} {
		if got := opens(c[0], c[1]); got != 401 {
			t.Errorf("a pass %s: %d", name, got)
		}
	}
	at := "/api/workspaces/ours/views/" + made["id"].(string)
	settings := object{"name": "取引先", "shows": []string{"now", "map"}, "names": false, "sites": []string{}}
	if owner.must(200, "PUT", at, settings)["locked"] != true || opens(page, pass) != 200 {
		t.Error("settings without a password took it away")
	}
	now = now.Add(passLife)
	if got := opens(page, pass); got != 401 {
		t.Errorf("after half a day: %d", got)
	}
	pass = visitor.must(200, "POST", page+"/pass", object{"password": "takai yama no ue"})["pass"].(string)
	settings["password"] = "hikui tani no soko"
	owner.must(200, "PUT", at, settings)
	if got := opens(page, pass); got != 401 {
		t.Errorf("after the password changed: %d", got)
	}
	settings["password"] = ""
	owner.must(200, "PUT", at, settings)
	if got := opens(page, ""); got != 200 {
		t.Errorf("without a password any more: %d", got)
	}
	if strings.Contains(h.log.String(), "yama") || strings.Contains(h.log.String(), pass) {
		t.Error("the log holds a password or a pass")
	}
}

// Whoever tries passwords is slowed down, also one after the other from many addresses.
func TestPasswordOfAPageIsNotTriedOut(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, nil)
	made := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{"password": "takai yama no ue"})
	refused := 0
	for range accountTries + 3 {
		switch a := r.do("POST", "/api/views/"+made["token"].(string)+"/pass", map[string]any{"password": "hikui tani no soko"}); a.status {
		case 429:
			refused++
			if a.header.Get("Retry-After") == "" {
				t.Error("not told when to come back")
			}
		case 400:
		default:
			t.Fatal(a.status, a.text)
		}
	}
	if refused != 3 {
		t.Errorf("%d of %d tries refused", refused, accountTries+3)
	}
}

// namedModel has people everywhere a model can have them, also within sentences.
var namedModel = strings.NewReplacer(
	"SNSから来た人の応募", "SNSから来た人の応募。数えるのは田中さん",
	"おすすめに載りやすい", "佐藤さんが確かめた", "アルゴリズム変更", "鈴木さんが変更に気づいた",
).Replace(smallModel)

func TestPageWithoutNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", namedModel, smallFiles())
	owner := h.join(ws.ID, "hanako@ours", access.Owner)
	all := object{"shows": []string{"now", "map", "findings", "glossary"}}
	open := func(settings object) string {
		made := owner.must(201, "POST", "/api/workspaces/ours/views", settings)
		a := h.browser().do("GET", "/api/views/"+made["token"].(string), nil)
		if a.status != 200 {
			t.Fatal(a.status, a.text)
		}
		return a.text
	}
	saved, err := h.server.model(t.Context(), ws.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := namesOf(saved.model)
	known := 0
	without := open(all)
	all["names"] = true
	with := open(all)
	for _, name := range names {
		if name == "" {
			continue
		}
		if strings.Contains(with, name) {
			known++
		}
		if strings.Contains(without, name) {
			t.Errorf("%q is on the page", name)
		}
	}
	if !strings.Contains(without, `"agreed":[{"by":"1人","on":"2026-03-20"}]`) {
		t.Error("that somebody agreed is not told any more")
	}
	if known == 0 {
		t.Errorf("the page with names has none of %v: nothing was tested", names)
	}
	if !json.Valid([]byte(without)) {
		t.Error("not JSON any more")
	}
}

func TestOpeningsOfAPage(t *testing.T) {
	t.Parallel()
	now := testNow
	later := func() time.Time { return now }
	r := newRigOn(t, storetest.SQLite(t, store.Options{Now: later}), func(d *Deps) { d.Clock = later })
	r.plant("small", smallModel, nil)
	made := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{})
	opened := "/api/views/" + made["token"].(string) + "/opened"
	r.run([]scenario{
		{method: "POST", url: opened, body: map[string]any{"embedded": false}, status: 204},
		{method: "POST", url: opened, body: map[string]any{"embedded": true}, status: 204},
		{name: "counted", method: "GET", url: "/api/workspaces/small/views", status: 200,
			want: `{"views": [{"opened": 2, "last_at": "2026-09-09T01:00:00Z", "days": [{"day": "2026-09-09", "opened": 2, "embedded": 1}]}]}`},
		{name: "of nothing", method: "POST", url: "/api/views/nothing/opened", body: map[string]any{"embedded": false}, status: 404},
	})
	now = now.AddDate(0, 0, 1)
	for range 3 * countedAtOnce {
		r.do("POST", opened, map[string]any{"embedded": false})
	}
	r.run([]scenario{{name: "a robot counts for little", method: "GET", url: "/api/workspaces/small/views", status: 200,
		want: `{"views": [{"opened": 22, "days": [{"opened": 2}, {"day": "2026-09-10", "opened": 20}]}]}`}})
}

// Only the sites that a link names may show it in a frame, and no search engine lists it.
func TestFrameOfAPage(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(d *Deps) { d.Screens = built() })
	r.plant("small", smallModel, nil)
	plain := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{})
	framed := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{"sites": []string{"https://Portal.example.co.jp/top", "localhost:3000"}})
	if framed["embed"] != "/embed/"+framed["token"].(string) {
		t.Errorf("made %v", framed)
	}
	for url, frame := range map[string]string{
		framed["embed"].(string):            "frame-ancestors https://portal.example.co.jp https://localhost:3000 http://localhost:3000;",
		"/embed/" + plain["token"].(string): "frame-ancestors 'none';",
		"/embed/nobody-has-this":            "frame-ancestors 'none';",
		framed["url"].(string):              "frame-ancestors 'none';",
		"/view/nobody-has-this":             "frame-ancestors 'none';",
	} {
		a := r.do("GET", url, nil)
		policy, deny := a.header.Get("Content-Security-Policy"), a.header.Get("X-Frame-Options")
		if a.status != 200 || !strings.Contains(policy, frame) || !strings.Contains(policy, "default-src 'self'") ||
			(deny == "") == strings.Contains(frame, "'none'") || a.header.Get("X-Robots-Tag") != noRobots {
			t.Errorf("%s: %d %v", url, a.status, a.header)
		}
	}
	if a := r.do("GET", "/api/views/"+plain["token"].(string), nil); a.header.Get("X-Robots-Tag") != noRobots {
		t.Errorf("the reply may be listed: %v", a.header)
	}
	if a := r.do("POST", framed["embed"].(string), "x"); a.status != 405 {
		t.Errorf("POST to a frame: %d", a.status)
	}
}
