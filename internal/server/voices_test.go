package server

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"testing"
	"time"
)

// A survey's answers are cut by who gave them and by what they chose, and what was written
// is found by the answer and by its words.
func TestVoicesOfASurvey(t *testing.T) {
	r, now, id := newFormRig(t)
	survey := maps.Clone(inquiryForm)
	survey["kind"] = "survey"
	survey["questions"] = append([]any{object{"key": "topic", "kind": "one", "label": "きっかけ", "options": []string{"展示会", "紹介"}, "to": "topic"}}, survey["questions"].([]any)...)
	r.must(200, "PUT", "/api/workspaces/web/forms/"+id, object{"name": "声", "definition": survey, "base_version": 1})
	base := "/api/workspaces/web/forms/" + id
	for i, one := range []struct{ score, about, body string }{
		{"10", "料金", "早く答えてくれました"}, {"9", "料金", ""}, {"7", "導入", "ふつうです"}, {"3", "導入", "費用が高い"}, {"2", "", "費用と時間"},
	} {
		values := url.Values{"mail": {fmt.Sprintf("p%d@example.jp", i)}, "score": {one.score}, "body": {one.body}}
		if i < 2 {
			values.Set("topic", "展示会")
		}
		if one.about != "" {
			values.Set("about", one.about)
		}
		if a := r.fill(now, id, values, time.Minute); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.text)
		}
	}
	counts := func(by string) string {
		t.Helper()
		reply := r.get(base + "/cuts?question=score&by=" + by)
		out := ""
		for _, g := range reply["groups"].([]any) {
			score := at(g, "score")
			out += fmt.Sprint(at(g, "name"), ":", at(score, "good"), "/", at(score, "middle"), "/", at(score, "poor"), " ")
		}
		return out + "+" + fmt.Sprint(reply["others"])
	}
	for by, want := range map[string]string{
		"about":    "導入:0/1/1 料金:2/0/0 +1",
		"language": "ja:2/1/2 +0",
		"page":     "https://www.example.jp/contact:2/1/2 +0",
		"segment":  "+5", // nobody has made one
	} {
		if got := counts(by); got != want {
			t.Errorf("by %s: %s, not %s", by, got, want)
		}
	}
	r.must(201, "POST", "/api/workspaces/web/segments", object{"name": "展示会の方", "condition": object{"property": object{"key": "topic", "op": "is", "values": []string{"展示会"}}}})
	if got := counts("segment"); got != "展示会の方:2/0/0 +3" {
		t.Errorf("by segment: %s", got)
	}
	wait(t, func() bool {
		rows, _ := r.get("/api/workspaces/web/measure/events?from=2026-09-09&to=2026-09-09")["events"].([]any)
		return len(rows) == 5
	})
	known := 0
	channels := r.get(base + "/cuts?question=score&by=channel")
	for _, g := range channels["groups"].([]any) {
		n, _ := strconv.Atoi(fmt.Sprint(at(g, "score", "answers")))
		known += n
	}
	if known+int(channels["others"].(float64)) != 5 {
		t.Errorf("by channel: %v", channels)
	}
	for query, want := range map[string]int{
		"": 4, "?question=score&group=poor": 2, "?question=score&group=good": 1, "?text=" + url.QueryEscape("費用"): 2,
		"?question=score&group=middle&text=" + url.QueryEscape("費用"): 0,
	} {
		if got := r.get(base + "/voices" + query); int(got["of"].(float64)) != want || len(got["voices"].([]any)) != want {
			t.Errorf("%q: %v", query, got)
		}
	}
	r.wantAt(r.get(base+"/voices?question=score&group=good"), "10", "voices", 0, "answer")
	for _, wrong := range []string{"/cuts?question=body&by=channel", "/cuts?question=score&by=body", "/cuts?question=score&by=x", "/voices?question=mail&group=good"} {
		if a := r.do("GET", base+wrong, nil); a.status != 400 {
			t.Errorf("%s: %d %s", wrong, a.status, a.text)
		}
	}
}
