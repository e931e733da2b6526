package server

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

const fitCard = `{"live": true, "card": {"name": "あてはまり",
	"fit": [
		{"id": "yes", "name": "案内を受け取る方", "if": {"consent": {"state": "granted"}}, "points": 3},
		{"id": "seg", "name": "人事の方", "if": {"segment": "%s"}, "points": 5}],
	"behaviour": [{"id": "price", "name": "料金のページ", "page": "/price", "points": 2}], "hot": 9}}`

// What a fit rule asks of consent and of segments holds, for one person and for everybody;
// a segment that changes has the card worked out anew.
func TestFitRulesKnowConsentAndSegments(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("a", smallModel, nil)
	ctx := context.Background()
	now := event.Millis(testNow.UnixMilli())
	job := func(value string) string {
		return fmt.Sprintf(`{"name": "人事", "condition": {"property": {"key": "job", "op": "is", "values": [%q]}}}`, value)
	}
	segment := r.must(201, "POST", "/api/workspaces/a/segments", job("人事"))["id"].(string)
	id := store.ScoreCardID(r.must(201, "POST", "/api/workspaces/a/score-cards", fmt.Sprintf(fitCard, segment))["id"].(string))
	text := func(v string) map[string]contact.Value {
		return map[string]contact.Value{"job": {Kind: contact.Text, Text: v}}
	}
	made, err := r.db.Contacts.Upsert(ctx, ws.ID, []contact.Sighting{
		{At: 1, Address: "a@example.jp", Properties: text("人事")}, {At: 1, Address: "b@example.jp", Properties: text("総務")}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := contactPrefix+string(made.Of[0]), contactPrefix+string(made.Of[1])
	r.must(201, "POST", "/api/workspaces/a/act/contacts/"+string(made.Of[0])+"/consents", `{"address": "a@example.jp", "basis": "agreed", "source": "form", "text": "案内を受け取ります"}`)
	points := func() [2]score.Points {
		t.Helper()
		if err := r.server.scoreCards(ctx); err != nil {
			t.Fatal(err)
		}
		kept, err := r.db.Scores.Of(ctx, ws.ID, id, []string{a, b})
		if err != nil {
			t.Fatal(err)
		}
		return [2]score.Points{kept[a].Points, kept[b].Points}
	}
	view := "/api/workspaces/a/score-cards/" + string(id)
	if working := r.get(view)["working"]; working != true {
		t.Errorf("before it is worked out: working %v", working)
	}
	if got := points(); got != [2]score.Points{8 * score.Point, 0} {
		t.Errorf("everybody: %v", got)
	}
	if working := r.get(view)["working"]; working != false {
		t.Errorf("after it is worked out: working %v", working)
	}
	r.must(200, "PUT", "/api/workspaces/a/segments/"+segment, job("総務"))
	if got := points(); got != [2]score.Points{3 * score.Point, 5 * score.Point} {
		t.Errorf("after the segment changed: %v", got)
	}
	// One person in a transaction of the reader: nine points by two views.
	price := condition.WatchOf(condition.Matcher{Page: "/price"})
	if _, err := r.db.Occurrences.Add(ctx, ws.ID, []store.Occurrence{{Watch: price, Subject: b, At: now, MessageID: "1"}, {Watch: price, Subject: b, At: now, MessageID: "2"}, {Watch: price, Subject: "v:x", At: now, MessageID: "3"}}); err != nil {
		t.Fatal(err)
	}
	reach := func(subject string) []store.Lead {
		t.Helper()
		var hot []store.Lead
		err := r.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			hot, err = ScoreSubjects(ctx, tx.Repositories, ws.ID, time.UTC, []string{subject}, nil, now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return hot
	}
	if hot := reach(b); len(hot) != 1 || hot[0].Points != 9*score.Point || !strings.Contains(string(hot[0].Why), "人事の方にあたる") {
		t.Errorf("%+v", hot)
	}
	// A visitor nobody has put a name to is scored once the notice says so, and not before.
	visitor := func() int {
		reach("v:x")
		kept, err := r.db.Scores.Of(ctx, ws.ID, id, []string{"v:x"})
		if err != nil {
			t.Fatal(err)
		}
		return kept["v:x"].Points.Whole()
	}
	if got := visitor(); got != 0 {
		t.Errorf("a visitor has %d points without notice", got)
	}
	r.must(200, "PUT", "/api/workspaces/a/act/stitching", `{"allowed": true, "notice": "第3版"}`)
	if got := visitor(); got != 2 {
		t.Errorf("a visitor has %d points with notice", got)
	}
	// Points that rest on points are refused with their place.
	refused := r.do("POST", "/api/workspaces/a/score-cards?lang=ja", strings.NewReader(strings.Replace(fmt.Sprintf(fitCard, segment), `{"consent": {"state": "granted"}}`, `{"score": {"card": "x", "op": "at-least", "of": 3}}`, 1)))
	if refused.status != 422 || !strings.Contains(refused.text, "body.card.fit[0].if") || !strings.Contains(refused.text, "点のルールでは、点数をたずねられません。") {
		t.Errorf("%d %s", refused.status, refused.text)
	}
}

// What a hand-set card told of leads is kept with them, so that the alarm goes off when it
// no longer comes true.
func TestHandSetCardsAreHeldToWhatTheyTold(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("a", smallModel, nil)
	ctx := context.Background()
	now := event.Millis(testNow.UnixMilli())
	id := store.ScoreCardID(r.must(201, "POST", "/api/workspaces/a/score-cards", leadCard)["id"].(string))
	kept := 0
	end := func(at event.Millis, chance *float64, points int, verdict score.Verdict) {
		t.Helper()
		kept++
		lead, _, err := r.db.Leads.Open(ctx, ws.ID, store.Lead{Card: id, Version: 1, Subject: fmt.Sprint("c:", kept), Points: score.Points(points) * score.Point, HotAt: at, Chance: chance, Why: []byte("[]")}, 0)
		if err == nil {
			_, err = r.db.Leads.Say(ctx, ws.ID, lead.ID, store.LeadVerdict{Verdict: verdict, At: at + 1})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 24 { // the more points the surer, but never quite
		verdict := score.Rejected
		if i%2 == 0 {
			verdict = score.Meeting
		}
		end(now-aDay*200, nil, 20+i%2*5, verdict)
		end(now-aDay*200, nil, 40, score.Meeting)
	}
	// Somebody becomes hot: a chance is told, and kept.
	made, err := r.db.Contacts.Upsert(ctx, ws.ID, []contact.Sighting{{At: 1, Address: "keiko@tokaiseiki.jp"}})
	if err != nil {
		t.Fatal(err)
	}
	keiko := contactPrefix + string(made.Of[0])
	price, download := condition.WatchOf(condition.Matcher{Page: "/price"}), condition.WatchOf(condition.Matcher{Event: "download"})
	if _, err := r.db.Occurrences.Add(ctx, ws.ID, []store.Occurrence{{Watch: price, Subject: keiko, At: now - 3, MessageID: "1"}, {Watch: price, Subject: keiko, At: now - 2, MessageID: "2"},
		{Watch: price, Subject: keiko, At: now - 1, MessageID: "3"}, {Watch: download, Subject: keiko, At: now, MessageID: "4"}}); err != nil {
		t.Fatal(err)
	}
	var hot []store.Lead
	err = r.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		hot, err = ScoreSubjects(ctx, tx.Repositories, ws.ID, time.UTC, []string{keiko}, nil, now)
		return err
	})
	if err != nil || len(hot) != 1 || hot[0].Chance == nil || *hot[0].Chance < .4 || *hot[0].Chance > .95 {
		t.Fatalf("%v %+v", err, hot)
	}
	leads := r.get("/api/workspaces/a/leads?lang=ja")
	if got := leads["leads"].([]any)[0].(map[string]any)["chance"]; got != *hot[0].Chance {
		t.Errorf("shown %v, told %v", got, *hot[0].Chance)
	}
	// What was told does not come true any more.
	told := .8
	for i := range 40 {
		end(now-aDay*event.Millis(60-i), &told, 40, score.Rejected)
	}
	judged := r.get("/api/workspaces/a/score-cards/" + string(id) + "/judged?lang=ja")
	drift, _ := judged["drift"].(map[string]any)
	if drift == nil || !strings.Contains(drift["text"].(string), "見込みが外れてきています。") {
		t.Errorf("%v", judged["drift"])
	}
	if got := r.get("/api/workspaces/a/leads?lang=ja")["accuracy"]; got != "この見込みは、過去90日に平均「80%」とした40人のうち、0人（0%）が商談になった精度です。" {
		t.Errorf("%v", got)
	}
	// The line follows from what the model's indicator needs.
	line := r.get("/api/workspaces/a/score-cards/" + string(id) + "/line?lang=ja&serves=none&a_week=5")
	if line["need"] != "指標「none」が地図にありません。" {
		t.Errorf("%v", line)
	}
}
