package server

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

const leadCard = `{"live": true, "card": {"name": "商談の見込み",
	"fit": [{"id": "job", "name": "人事", "if": {"property": {"key": "job", "op": "is", "values": ["人事"]}}, "points": 4}],
	"behaviour": [
		{"id": "price", "name": "料金のページ", "page": "/price", "points": 5, "most": 14},
		{"id": "doc", "name": "採用動画の資料", "verb": {"ja": "保存した", "en": "Saved"}, "event": "download", "points": 9, "in_all": 1, "decay": {"kind": "half-life", "days": 30}}],
	"bands": [{"name": "A", "from": 20}, {"name": "B", "from": 10}], "hot": 20, "a_week": 5}}`

// The road of a lead: from what somebody did to what sales said of it.
func TestLeads(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("a", smallModel, nil)
	ctx := context.Background()
	now := event.Millis(testNow.UnixMilli())
	id := r.must(201, "POST", "/api/workspaces/a/score-cards", leadCard)["id"].(string)
	card := "/api/workspaces/a/score-cards/" + id

	made, err := r.db.Contacts.Upsert(ctx, ws.ID, []contact.Sighting{{At: 1, Address: "keiko@tokaiseiki.jp", Name: "高橋 恵子", Properties: map[string]contact.Value{"job": {Kind: contact.Text, Text: "人事"}}}})
	if err != nil {
		t.Fatal(err)
	}
	keiko := contactPrefix + string(made.Of[0])
	price, download := condition.WatchOf(condition.Matcher{Page: "/price"}), condition.WatchOf(condition.Matcher{Event: "download"})
	var done []store.Occurrence
	for i := range 4 {
		done = append(done, store.Occurrence{Watch: price, Subject: keiko, At: now - event.Millis(i)*aDay/2, MessageID: fmt.Sprint("k", i)})
	}
	done = append(done, store.Occurrence{Watch: download, Subject: keiko, At: now - aDay, MessageID: "d"}, store.Occurrence{Watch: price, Subject: "v:other", At: now - 2000, MessageID: "o"})
	if _, err := r.db.Occurrences.Add(ctx, ws.ID, done); err != nil {
		t.Fatal(err)
	}
	score := func() {
		t.Helper()
		err := r.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			_, err := ScoreSubjects(ctx, tx.Repositories, ws.ID, time.UTC, []string{keiko, "v:other"}, nil, now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := r.server.scoreCards(ctx); err != nil {
		t.Fatal(err)
	}
	score()
	score() // the same again shows nobody twice
	leads := r.get("/api/workspaces/a/leads?lang=ja")
	list := leads["leads"].([]any)
	if len(list) != 1 || leads["title"] != "今日、話すとよい方は1人です" || leads["expected"] != "商談の見込みは、あと10件の結果で出せます。" {
		t.Fatalf("%v", leads)
	}
	lead := list[0].(map[string]any)["id"].(string)
	r.run([]scenario{
		{url: "/api/workspaces/a/leads/" + lead + "?lang=ja", method: "GET", status: 200, want: `{"lead": {"name": "高橋 恵子", "company": "tokaiseiki.jp", "points": 26, "line": 20, "band": "A", "about": ["人事"], "chance": null,
			"told": "高橋 恵子様が26点になりました（知らせる線は20点）。料金のページを3日で4回見た（9月7日〜9日・+14点）、採用動画の資料を保存した（9月8日 01:00・+8点）、人事にあたる（+4点）。", "verdict": "",
			"why": [{"ja": "料金のページを3日で4回見た", "en": "Viewed 料金のページ 4 times in 3 days", "points": 14, "kind": "view", "when_ja": "9月7日〜9日", "when_en": "Sep 7–9"}, {"ja": "採用動画の資料を保存した", "points": 8, "kind": "event"}, {"ja": "人事にあたる", "points": 4, "kind": "fit"}]}, "said": []}`},
		{url: "/api/workspaces/a/leads/" + lead + "/owner", method: "POST", body: `{"owner": "佐藤"}`, status: 200, want: `{"owner": "佐藤", "owner_name": "佐藤", "mine": false}`},
		{url: "/api/workspaces/a/leads/" + lead + "/owner?lang=ja", method: "POST", body: `{}`, status: 200, want: `{"mine": true}`},
		{name: "those of whoever asks", url: "/api/workspaces/a/leads?mine=true", method: "GET", status: 200, want: `{"counts": {"open": 1, "talking": 0, "done": 0}, "leads": [{"mine": true}]}`},
		{url: "/api/workspaces/a/leads/" + lead + "/owner", method: "POST", body: `{"nobody": true}`, status: 200, want: `{"owner": "", "mine": false}`},
		{url: "/api/workspaces/a/leads/" + lead + "/verdict", method: "POST", body: `{"verdict": "rejected", "reason": "予算は来年"}`, status: 200, want: `{"verdict": "rejected", "reason": "予算は来年"}`},
		{url: "/api/workspaces/a/leads/" + lead + "/verdict", method: "POST", body: `{"verdict": "meeting"}`, status: 200, want: `{"verdict": "meeting", "reason": ""}`},
		{url: "/api/workspaces/a/leads/" + lead + "/verdict", method: "POST", body: `{"verdict": "perhaps"}`, status: 422},
		{url: "/api/workspaces/a/leads/" + lead, method: "GET", status: 200, want: `{"said": [{"verdict": "rejected", "reason": "予算は来年"}, {"verdict": "meeting"}]}`},
		{url: "/api/workspaces/a/leads?lang=ja&show=talking", method: "GET", status: 200, want: `{"title": "いま、話している方は1人です", "counts": {"open": 0, "talking": 1, "done": 0}, "leads": [{"verdict": "meeting"}]}`},
		{url: "/api/workspaces/a/leads/none", method: "GET", status: 404},
		{url: "/api/workspaces/a/leads?lang=en", method: "GET", status: 200, want: `{"leads": [], "title": "Nobody to talk with right now"}`},
		{url: card, method: "GET", status: 200, want: `{"version": 1, "live": true, "bands": {"A": 1}}`},
		{url: card + "/judged?lang=ja", method: "GET", status: 200, want: `{"card": {"precision": {"share": null, "needed": 9, "text": "あと9件の結果で出せます"}}, "rules": [{"name": "job"}, {"name": "price"}, {"name": "doc"}], "drift": null}`},
		{url: card + "/line?lang=ja", method: "GET", status: 200, want: `{"ok": false, "at_line": null, "why": "点の記録がまだ2週間ぶんありません。たまると線を出せます。"}`},
		{url: card + "/learned?lang=ja", method: "GET", status: 200, want: `{"reason": "not-enough-data", "needed": 30, "card": null, "pays": [{"name": "料金のページ", "reason": "not-enough-data"}, {"name": "採用動画の資料"}]}`},
		{name: "an old edit", url: card, method: "PUT", body: strings.Replace(leadCard, `{"live"`, `{"base_version": 7, "live"`, 1), status: 409},
		{name: "the line is raised", url: card, method: "PUT", body: strings.Replace(strings.Replace(leadCard, `"hot": 20`, `"hot": 30`, 1), `{"live"`, `{"base_version": 1, "live"`, 1), status: 200, want: `{"version": 2, "card": {"hot": 30}}`},
		{name: "what is wrong has its place", url: "/api/workspaces/a/score-cards?lang=ja", method: "POST", body: strings.Replace(leadCard, `"points": 9`, `"points": 0`, 1), status: 422,
			want: `{"errors": [{"location": "body.card.behaviour[1].points", "message": "0点のルールは何も変えません。点をつけるか、ルールを消してください。"}]}`},
		{url: "/api/workspaces/a/score-cards", method: "GET", status: 200, want: `{"cards": [{"version": 2}]}`},
	})
	// Whoever did something new is scored in the same transaction, and the owner is told.
	l := ledger{r.db, Zones(r.db), &linesKept{}}
	mika, err := r.db.Contacts.Upsert(ctx, ws.ID, []contact.Sighting{{At: 1, Address: "mika@example.jp", Name: "三浦 美香"}})
	if err != nil {
		t.Fatal(err)
	}
	deeds := []actor.Deed{{Subject: "v:other", Occurrence: condition.Occurrence{Watch: price, At: now, MessageID: "v"}}}
	for i := range 3 {
		deeds = append(deeds, actor.Deed{Subject: actor.SubjectOf(mika.Of[0]), Occurrence: condition.Occurrence{Watch: price, At: now, MessageID: fmt.Sprint("m", i)}})
	}
	r.must(200, "PUT", card, strings.Replace(strings.Replace(leadCard, `"hot": 20`, `"hot": 14`, 1), `{"live"`, `{"base_version": 2, "live"`, 1))
	for range 2 {
		err = l.Do(ctx, func(ctx context.Context, b actor.Books) error {
			_, err := b.Note(ctx, event.Workspace(ws.ID), deeds, now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	items, err := r.db.Outbox.List(ctx, ws.ID, store.ItemQuery{})
	if err != nil || len(items) != 1 || !strings.Contains(string(items[0].Payload), "三浦 美香様が14点になりました（知らせる線は14点）。料金のページを1日で3回見た（9月9日 10:00・+14点）") {
		t.Errorf("%v %+v", err, items)
	}
	// What time alone changes is looked at without anybody doing anything.
	kept, err := r.db.Scores.Of(ctx, ws.ID, store.ScoreCardID(id), []string{keiko})
	if err != nil {
		t.Fatal(err)
	}
	due := kept[keiko]
	due.Next, due.Points = now-1, 0
	if err := r.db.Scores.Put(ctx, ws.ID, []store.Scored{due}); err != nil {
		t.Fatal(err)
	}
	if err := r.server.scoreDue(ctx); err != nil {
		t.Fatal(err)
	}
	if kept, err = r.db.Scores.Of(ctx, ws.ID, store.ScoreCardID(id), []string{keiko}); err != nil || kept[keiko].Points < 26_000 || kept[keiko].Next <= now {
		t.Errorf("%v %+v", err, kept)
	}
	preview := r.must(200, "POST", "/api/workspaces/a/score-cards/preview", leadCard)
	if hot := preview["hot"].([]any); preview["people"] != 2.0 || len(hot) != 1 || hot[0].(map[string]any)["name"] != "高橋 恵子" || len(preview["weeks"].([]any)) != weeksBack {
		t.Errorf("%v", preview)
	}
	if a := r.do("DELETE", card, nil); a.status != 204 {
		t.Errorf("%d %s", a.status, a.text)
	}
	if a := r.do("GET", card, nil); a.status != 404 {
		t.Errorf("%d %s", a.status, a.text)
	}
}
