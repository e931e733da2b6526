package server

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
)

// A survey's score is put on the map: it is counted from the answers day by day, and its
// range stands beside it.
func TestAScoreOnTheMap(t *testing.T) {
	r, now, id := newFormRig(t)
	base := "/api/workspaces/web/forms/" + id
	for n, answer := range []string{"10", "9", "9", "10", "9", "10", "8", "7", "5", "2", ""} {
		values := url.Values{"mail": {fmt.Sprintf("p%d@example.jp", n)}}
		if answer != "" {
			values.Set("score", answer)
		}
		if a := r.fill(now, id, values, 8*time.Minute); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.text)
		}
	}
	wait(t, func() bool {
		rows, _ := r.get("/api/workspaces/web/measure/events?from=2026-09-09&to=2026-09-09")["events"].([]any)
		return len(rows) == 11
	})
	if a := r.do("POST", base+"/place", object{"question": "about"}); a.status != 400 {
		t.Errorf("a score of what is none: %d %s", a.status, a.text)
	}
	placed := r.must(200, "POST", base+"/place", object{"question": "score"})
	r.wantAt(placed, "nps", "indicator")
	again := r.must(200, "POST", base+"/place", object{"question": "score"})
	r.wantAt(again, placed["version"], "version")
	r.wantAt(r.must(200, "POST", base+"/place", object{}), "sent", "indicator")
	r.wantAt(r.get(base), "NPS(お問い合わせ)", "placed", 0, "name")
	r.wantAt(r.get(base), "score", "placed", 0, "question")
	r.wantAt(r.get(base), "sent", "placed", 1, "indicator")

	now.wait(24 * time.Hour)
	ws, err := r.db.Workspaces.BySlug(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	day := series.DayOf(now.now().In(time.FixedZone("JST", 9*3600))) - 1
	var detail map[string]any
	wait(t, func() bool {
		if err := r.server.measuring.folding.workspace(t.Context(), ws, true); err != nil {
			t.Fatal(err)
		}
		detail = r.get("/api/workspaces/web/indicators/nps?as_of=" + day.String())
		return detail["range"] != nil
	})
	// 6 promoters and 2 detractors of 10: (6.75 − 2.75)/13 = .3077 ± 1.96 √((9.5/13 − .3077²)/13)
	r.wantAt(detail, 10, "range", "answers")
	if low, high := at(detail, "range", "low").(float64), at(detail, "range", "high").(float64); low < -13 || low > -12 || high < 74 || high > 75 {
		t.Errorf("range %v…%v", low, high)
	}
	if value := at(detail, "indicator", "value"); fmt.Sprint(value) != "40" {
		t.Errorf("value %v", value)
	}
	if sentence := fmt.Sprint(at(detail, "range", "sentence")); !strings.Contains(sentence, "10件の回答") || !strings.Contains(sentence, "95%の幅") {
		t.Errorf("%s", sentence)
	}
	r.wantAt(r.get("/api/workspaces/web/indicators/sent?as_of="+day.String()), nil, "range")
}

// What the form page shows beside a form: its days, its score, its versions, its file.
func TestWhatStandsBesideAForm(t *testing.T) {
	r, now, id := newFormRig(t)
	base := "/api/workspaces/web/forms"
	r.fill(now, id, url.Values{"mail": {"ann@example.jp"}, "score": {"9"}, "body": {"=1+1"}}, time.Minute)
	now.wait(24 * time.Hour)
	r.fill(now, id, url.Values{"mail": {"ben@example.jp"}, "consent": {"yes"}}, time.Minute)
	view := at(r.get(base), "forms", 0).(map[string]any)
	r.wantAt(view, 2, "recent", 28) // the store's clock stands still
	r.wantAt(view, 0, "recent", 29)
	r.wantAt(view, "nps", "score", "kind")
	r.wantAt(view, 1, "score", "score", "answers")
	r.wantAt(view, nil, "confirm")
	changed := object{}
	for key, value := range inquiryForm {
		changed[key] = value
	}
	changed["title"] = "ご相談"
	r.must(200, "PUT", base+"/"+id, object{"name": "相談", "definition": changed, "base_version": 1})
	versions := r.get(base + "/" + id + "/versions")
	r.wantAt(versions, "ご相談", "versions", 0, "definition", "title")
	r.wantAt(versions, "お問い合わせ", "versions", 1, "definition", "title")
	file := r.do("GET", base+"/"+id+"/export", nil)
	if file.status != 200 || !strings.HasPrefix(file.text, "\uFEFF届いた日時,") || !strings.Contains(file.text, "'=1+1") || strings.Count(file.text, "\n") != 3 {
		t.Errorf("%d %q", file.status, file.text)
	}

	// A preview needs no definition that is right, and runs nothing.
	drawn := r.must(200, "POST", base+"/preview", object{"kind": "newsletter", "title": "<b>", "questions": []any{}, "consent": object{"text": "送ります{{", "confirm": true}})
	if page := fmt.Sprint(drawn["form"]); !strings.Contains(page, "&lt;b&gt;") || strings.Contains(page, "<script") {
		t.Errorf("%s", page)
	}
	if mail := fmt.Sprint(at(drawn, "mail", "text")); !strings.Contains(mail, "送ります{{") {
		t.Errorf("%s", mail)
	}
	blank := r.do("GET", "/f/preview", nil)
	if policy := blank.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'self'") {
		t.Errorf("%v", blank.header)
	}
}

// Whoever puts something on the map in the same moment as somebody else is not sent away.
func TestPlacedAtOnce(t *testing.T) {
	r, _, id := newFormRig(t)
	base := "/api/workspaces/web/forms/" + id
	var both sync.WaitGroup
	var placed [2]answered
	for i, question := range []string{"score", ""} {
		both.Go(func() { placed[i] = r.do("POST", base+"/place", object{"question": question}) })
	}
	both.Wait()
	for _, one := range placed {
		if one.status != 200 {
			t.Errorf("%d %s", one.status, one.text)
		}
	}
	if there := r.get(base)["placed"].([]any); len(there) != 2 {
		t.Errorf("on the map: %v", there)
	}
}
