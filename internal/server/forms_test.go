package server

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/store"
)

var inquiryForm = object{
	"kind": "inquiry", "title": "お問い合わせ", "policy": "https://example.jp/privacy",
	"questions": []any{
		object{"key": "mail", "kind": "email", "label": "メールアドレス", "required": true, "to": "address"},
		object{"key": "about", "kind": "one", "label": "ご用件", "options": []string{"料金", "導入"}, "counted": true},
		object{"key": "body", "kind": "text", "label": "<b>内容</b>"},
		object{"key": "score", "kind": "nps", "label": "おすすめ度", "counted": true},
	},
	"consent": object{"text": "案内メールを受け取ります。"},
	"sites":   []string{"www.example.jp"},
}

// movedClock is a clock that goes on when it is told to, while others look at it.
type movedClock struct{ at atomic.Int64 }

func (c *movedClock) now() time.Time        { return time.Unix(0, c.at.Load()).UTC() }
func (c *movedClock) wait(by time.Duration) { c.at.Add(int64(by)) }

// newFormRig is a server whose clock can be moved, with one open form.
func newFormRig(t *testing.T, change ...func(*Deps)) (r *rig, now *movedClock, id string) {
	t.Helper()
	now = &movedClock{}
	now.at.Store(testNow.UnixNano())
	r = newRig(t, func(d *Deps) {
		d.Open, d.Clock = true, now.now
		db, err := duckdb.Open(filepath.Join(t.TempDir(), "events.duckdb"), duckdb.Options{Zone: Zones(d.Store), Channel: Channels(d.Store), Now: d.Clock, Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		d.Warehouse = db
		for _, c := range change {
			c(d)
		}
	})
	r.plant("web", measuringModel, nil)
	running := r.server.startMeasuring(t.Context())
	t.Cleanup(func() { _ = running.stop() })
	made := r.must(201, "POST", "/api/workspaces/web/forms", object{"name": "問い合わせ", "definition": inquiryForm})
	id = made["id"].(string)
	r.wantAt(made, false, "open")
	r.wantAt(made, "Inquiry Submitted", "event")
	r.must(200, "PUT", "/api/workspaces/web/forms/"+id+"/open", object{"open": true})
	return r, now, id
}

var tokenShape = regexp.MustCompile(`name="token" value="([^"]+)"`)

// fill opens the form's page, waits as a person does, and sends it in.
func (r *rig) fill(now *movedClock, id string, values url.Values, wait time.Duration, headers ...string) answered {
	r.t.Helper()
	page := r.do("GET", "/f/"+id+"?in=frame&visitor=ann&page=https://www.example.jp/contact?x=1", nil)
	if page.status != 200 {
		r.t.Fatalf("%d %s", page.status, page.text)
	}
	if values.Get("token") == "" {
		values.Set("token", tokenShape.FindStringSubmatch(page.text)[1])
	}
	if !values.Has("visitor") {
		values.Set("visitor", "ann")
		values.Set("page", "https://www.example.jp/contact?mail=a@b")
	}
	now.wait(wait)
	return r.do("POST", "/f/"+id+"?in=frame", values.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded",
		"User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"}, headers...)...)
}

func TestAFormBecomesAnEvent(t *testing.T) {
	r, now, id := newFormRig(t)
	page := r.do("GET", "/f/"+id, nil)
	policy := page.header.Get("Content-Security-Policy")
	hasOwnStyleAlone(t, "a form", page)
	if !strings.Contains(page.text, "&lt;b&gt;内容") || !strings.Contains(policy, "frame-ancestors 'none'") || page.header.Get("X-Frame-Options") != "DENY" {
		t.Errorf("hosted page: %v\n%s", page.header, page.text)
	}
	framed := r.do("GET", "/f/"+id+"?in=frame&visitor=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", nil)
	if policy := framed.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors https://www.example.jp") || framed.header.Get("X-Frame-Options") != "" {
		t.Errorf("framed page: %s", policy)
	}
	if strings.Contains(framed.text, "<script>alert") || strings.Count(framed.text, "<script") != 1 {
		t.Errorf("a script came in: %s", framed.text)
	}
	wrong := r.fill(now, id, url.Values{"mail": {"ann"}, "body": {"料金を教えてください"}}, time.Minute)
	if wrong.status != 422 || !strings.Contains(wrong.text, "メールアドレスをお確かめください") || !strings.Contains(wrong.text, "料金を教えてください</textarea>") {
		t.Errorf("%d %s", wrong.status, wrong.text)
	}
	right := r.fill(now, id, url.Values{"mail": {"Ann@Example.jp"}, "about": {"料金"}, "score": {"9"}, "consent": {"yes"}}, time.Minute)
	if right.status != 200 || !strings.Contains(right.text, "送信しました") {
		t.Fatalf("%d %s", right.status, right.text)
	}
	sent := r.get("/api/workspaces/web/forms/" + id + "/submissions")
	r.wantAt(sent, "Ann@example.jp", "submissions", 0, "answers", "mail", 0)
	r.wantAt(sent, "accepted", "submissions", 0, "state")
	r.wantAt(sent, true, "submissions", 0, "agreed")
	r.wantAt(sent, "https://www.example.jp/contact", "submissions", 0, "page")
	var seen map[string]any
	wait(t, func() bool {
		rows, _ := r.get("/api/workspaces/web/measure/events?from=2026-09-09&to=2026-09-09")["events"].([]any)
		if len(rows) > 0 {
			seen = rows[0].(map[string]any)
		}
		return len(rows) == 1
	})
	if seen["name"] != "Inquiry Submitted" || !strings.Contains(fmt.Sprint(seen["properties"]), "料金") || strings.Contains(fmt.Sprint(seen), "Ann@") {
		t.Errorf("event %v", seen)
	}
	ws, err := r.db.Workspaces.BySlug(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	people, total, err := r.db.Contacts.List(t.Context(), ws.ID, store.ContactQuery{Limit: 9})
	if err != nil || total != 1 || people[0].Address != "Ann@example.jp" {
		t.Fatalf("contacts %+v %v", people, err)
	}
	agreed, err := r.db.Consents.Of(t.Context(), ws.ID, []string{"ann@example.jp"})
	if err != nil || len(agreed["ann@example.jp"]) != 1 || agreed["ann@example.jp"][0].Text != "案内メールを受け取ります。" || agreed["ann@example.jp"][0].IP == "" {
		t.Errorf("consent %+v %v", agreed, err)
	}
	moments, err := r.db.Moments.List(t.Context(), ws.ID, people[0].ID, 0, 9)
	if err != nil || len(moments) != 1 || moments[0].Text != "お問い合わせ" {
		t.Errorf("moments %+v %v", moments, err)
	}
	view := r.get("/api/workspaces/web/forms/" + id)
	r.wantAt(view, 1, "accepted")
	results := r.get("/api/workspaces/web/forms/" + id + "/results")
	r.wantAt(results, 1, "answers")
	r.wantAt(results, 1, "questions", 1, "choices", 0, "count")
	r.wantAt(results, nil, "questions", 3, "score", "value")
	if !strings.Contains(fmt.Sprint(at(results, "questions", 3, "score", "sentence")), "あと9件") {
		t.Errorf("%v", at(results, "questions", 3))
	}
	person := "/api/workspaces/web/act/contacts/" + string(people[0].ID)
	r.wantAt(r.get(person+"/disclosure"), "料金", "forms", 0, "answers", "about", 0)
	r.must(200, "DELETE", person, nil)
	if sent := r.get("/api/workspaces/web/forms/" + id + "/submissions"); len(sent["submissions"].([]any)) != 0 {
		t.Errorf("what somebody sent in outlived their erasure: %v", sent)
	}
	r.fill(now, id, url.Values{"mail": {"ben@example.jp"}}, time.Minute)
	if a := r.do("DELETE", "/api/workspaces/web/forms/"+id, nil); a.status != 400 {
		t.Errorf("a form with answers was deleted: %d", a.status)
	}
	r.must(200, "PUT", "/api/workspaces/web/forms/"+id+"/open", object{"open": false})
	if closed := r.do("GET", "/f/"+id, nil); !strings.Contains(closed.text, "この受付は終わりました") {
		t.Error(closed.text)
	}
}

// What looks like a robot's is never an event: certain ones are not even kept, doubtful ones
// wait until somebody looks.
func TestRobotsAtAForm(t *testing.T) {
	r, now, id := newFormRig(t)
	good := func() url.Values { return url.Values{"mail": {"ann@example.jp"}} }
	trapped := good()
	trapped.Set("website", "https://buy.example")
	if a := r.fill(now, id, trapped, time.Second); a.status != 200 {
		t.Errorf("a robot was told: %d", a.status)
	}
	unsigned := good()
	unsigned.Set("token", "made-up")
	r.fill(now, id, unsigned, time.Minute)
	r.fill(now, id, good(), time.Second)
	first := good()
	r.fill(now, id, first, time.Minute)
	again := good()
	again.Set("token", first.Get("token"))
	r.fill(now, id, again, time.Minute)
	base := "/api/workspaces/web/forms/" + id
	held := r.get(base + "/submissions?state=held")
	why := map[string]string{}
	for _, one := range held["submissions"].([]any) {
		why[fmt.Sprint(at(one, "why"))] = fmt.Sprint(at(one, "id"))
	}
	oldest, quick := why["[フォームのページを開かずに送られました]"], why["[読むより早く送られました]"]
	if len(why) != 3 || oldest == "" || quick == "" || why["[同じページから2度送られました]"] == "" {
		t.Errorf("held: %v", why)
	}
	r.wantAt(r.get(base), 1, "accepted")
	r.must(204, "POST", base+"/submissions/"+oldest+"/judge", object{"accept": true})
	r.must(204, "POST", base+"/submissions/"+quick+"/judge", object{"accept": false})
	if a := r.do("POST", base+"/submissions/"+oldest+"/judge", object{"accept": true}); a.status != 409 {
		t.Errorf("judged twice: %d", a.status)
	}
	wait(t, func() bool {
		rows, _ := r.get("/api/workspaces/web/measure/events?from=2026-09-09&to=2026-09-09")["events"].([]any)
		return len(rows) == 2
	})
	for name, example := range map[string]struct {
		body, kind string
		status     int
	}{
		"a file":    {"--x\r\n", "multipart/form-data; boundary=x", 415},
		"no form":   {"{}", "application/json", 400},
		"a lot":     {"body=" + strings.Repeat("a", 300<<10), "application/x-www-form-urlencoded", 413},
		"no length": {"", "application/x-www-form-urlencoded", 422},
	} {
		if a := r.do("POST", "/f/"+id, example.body, "Content-Type", example.kind); a.status != example.status {
			t.Errorf("%s: %d, not %d: %s", name, a.status, example.status, a.text)
		}
	}
	if a := r.do("GET", "/f/nothing", nil); a.status != 404 {
		t.Errorf("no form: %d", a.status)
	}
	if a := r.do("POST", "/f/"+id, "mail=a@b.jp", "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); a.status != 403 {
		t.Errorf("another site's own form: %d", a.status)
	}
}

// A submission that was kept when the program died becomes its event afterwards, once.
func TestASubmissionLeftBehind(t *testing.T) {
	r, now, id := newFormRig(t)
	ws, err := r.db.Workspaces.BySlug(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	for _, visitor := range []string{"", "ann"} {
		if _, err := r.db.Submissions.Add(t.Context(), ws.ID, store.Submission{
			Form: store.FormID(id), Version: 1, State: store.SubmissionAccepted, Visitor: visitor,
			Answers: map[string][]string{"mail": {"ann@example.jp"}}, Signs: []string{},
		}); err != nil {
			t.Fatal(err)
		}
	}
	now.wait(time.Minute)
	for range 2 {
		if err := r.server.finishLeft(t.Context(), now.now()); err != nil {
			t.Fatal(err)
		}
	}
	wait(t, func() bool {
		rows, _ := r.get("/api/workspaces/web/measure/events?from=2026-09-09&to=2026-09-09")["events"].([]any)
		return len(rows) == 2
	})
	left, err := r.db.Submissions.Undone(t.Context(), now.now(), 9)
	if err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}

// A submission of a million letters is refused in words before it is read whole, and one
// just below what is read is only told that its answer is too long.
func TestAFormTakesNoMoreThanItReads(t *testing.T) {
	r, now, id := newFormRig(t)
	for _, c := range []struct {
		name   string
		letter int
		status int
		says   string
	}{
		{"a million letters", 1 << 20, 413, "内容が長すぎます"},
		{"one byte more than is read", form.MaxBody, 413, "内容が長すぎます"},
		{"within what is read", form.MaxBody - 4<<10, 422, "お問い合わせ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := r.fill(now, id, url.Values{"mail": {"ann@example.jp"}, "body": {strings.Repeat("a", c.letter)}}, time.Minute)
			if a.status != c.status || !strings.Contains(a.text, c.says) {
				t.Errorf("%d %.300s", a.status, a.text)
			}
		})
	}
	if sent := r.get("/api/workspaces/web/forms/" + id + "/submissions"); len(sent["submissions"].([]any)) != 0 {
		t.Errorf("kept %v", sent)
	}
}

func TestFormsAreChecked(t *testing.T) {
	r, _, id := newFormRig(t)
	base := "/api/workspaces/web/forms"
	bad := object{"kind": "inquiry", "title": "", "questions": []any{object{"key": "Ä", "kind": "line", "label": "x"}}}
	a := r.do("POST", base, object{"name": "x", "definition": bad})
	if a.status != 422 || !strings.Contains(a.text, "questions.0.key") {
		t.Errorf("%d %s", a.status, a.text)
	}
	changed := object{}
	for key, value := range inquiryForm {
		changed[key] = value
	}
	changed["title"] = "ご相談"
	r.wantAt(r.must(200, "PUT", base+"/"+id, object{"name": "相談", "definition": changed, "base_version": 1}), 2, "version")
	if a := r.do("PUT", base+"/"+id, object{"name": "late", "definition": inquiryForm, "base_version": 1}); a.status != 409 {
		t.Errorf("an old version: %d", a.status)
	}
	changed["consent"] = object{"text": "案内", "confirm": true}
	other := r.must(201, "POST", base, object{"name": "y", "definition": changed})
	if a := r.do("PUT", base+"/"+other["id"].(string)+"/open", object{"open": true}); a.status != 422 || !strings.Contains(a.text, "--url") {
		t.Errorf("double opt-in without an address: %d %s", a.status, a.text)
	}
	r.must(204, "DELETE", base+"/"+other["id"].(string), nil)
}
