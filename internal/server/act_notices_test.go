package server

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

// TestNoticesAreTold: what opens a place is sealed and never shown, a lead is told once at
// every place that is to hear of it, with its reasons and a way to it, and the place that
// was busy is told later without the other being told again.
func TestNoticesAreTold(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	told := map[string][]string{}
	busy := map[string]int{"/b": 1}
	team := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		if busy[r.URL.Path] > 0 {
			busy[r.URL.Path]--
			w.WriteHeader(429)
			return
		}
		told[r.URL.Path] = append(told[r.URL.Path], string(body))
	}))
	defer team.Close()
	box := vault.At(filepath.Join(t.TempDir(), vault.KeyFile), nil)
	r := newRig(t, func(d *Deps) {
		d.Open, d.Vault = true, box
		d.Puller = &connect.Puller{Guard: &connect.Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}}
	})
	ws := r.plant("web", measuringModel, map[string]string{"ads.csv": measuringCosts})
	const path = "/api/workspaces/web/act/notices"
	for _, wrong := range []string{
		`{"name":"x","kind":"slack","leads":true,"url":"https://evil.example/services/T"}`, `{"name":"x","kind":"slack","leads":true}`,
		`{"name":"x","kind":"chatwork","leads":true,"room":"abc","token":"t"}`, `{"name":"x","kind":"chatwork","leads":true,"room":"12"}`,
		`{"name":"x","kind":"webhook","leads":true,"url":"http://example.jp/"}`, `{"name":"x","kind":"mail","leads":true,"to":"nobody","sender":"s"}`,
		`{"name":"x","kind":"mail","leads":true,"to":"a@example.jp"}`, `{"name":"x","kind":"telex","leads":true}`,
	} {
		if got := r.do("POST", path, wrong); got.status < 400 || got.status >= 500 {
			t.Errorf("%s: %d %s", wrong, got.status, got.text)
		}
	}
	made := r.do("POST", path, `{"name":"営業の部屋","kind":"slack","leads":true,"url":"https://hooks.slack.com/services/T0/B0/secret"}`)
	if made.status != 200 || strings.Contains(made.text, "secret") || at(made.body, "hint") != "hooks.slack.com" {
		t.Fatalf("%d %s", made.status, made.text)
	}
	id, _ := at(made.body, "id").(string)
	// A kind of alerts that there was not to choose from is told where some were chosen.
	for kept, want := range map[string]int{`{"kind":"slack","alerts":true,"kinds":["pace"]}`: 2, `{"kind":"slack","alerts":true}`: 0} {
		if _, err := r.db.Documents.Put(t.Context(), ws.ID, kindNotice, store.Document{ID: "before", Name: "前からの部屋", Body: []byte(kept)}); err != nil {
			t.Fatal(err)
		}
		for _, place := range r.get(path)["places"].([]any) {
			kinds, _ := at(place, "kinds").([]any)
			if at(place, "id") == "before" && len(kinds) != want {
				t.Errorf("%s is told of %v", kept, kinds)
			}
		}
	}
	if got := r.do("PUT", path+"/before", `{"name":"前からの部屋","kind":"slack","leads":false,"alerts":true,"kinds":["pace"],"url":"https://hooks.slack.com/services/T0/B0/secret"}`); got.status != 200 || len(at(got.body, "kinds").([]any)) != 1 {
		t.Errorf("agreement was left out: %d %s", got.status, got.text)
	}
	if got := r.do("DELETE", path+"/before", nil); got.status != 204 {
		t.Errorf("%d %s", got.status, got.text)
	}
	if changed := r.do("PUT", path+"/"+id, `{"name":"営業","kind":"slack","leads":false}`); changed.status != 200 || at(changed.body, "hint") != "hooks.slack.com" {
		t.Errorf("%d %s", changed.status, changed.text)
	}
	docs, err := r.db.Documents.List(t.Context(), ws.ID, kindNotice)
	if err != nil || len(docs) != 1 || strings.Contains(string(docs[0].Body), "secret") {
		t.Errorf("%+v %v", docs, err)
	}
	if got := r.do("DELETE", path+"/"+id, nil); got.status != 204 {
		t.Errorf("%d %s", got.status, got.text)
	}

	for _, one := range []struct {
		id    string
		place noticePlace
	}{{"a", noticePlace{Kind: notice.Slack, Leads: true}}, {"b", noticePlace{Kind: notice.LineWorks, Leads: true, Owners: []string{"小林"}}},
		{"c", noticePlace{Kind: notice.Slack, Leads: true, Owners: []string{"中島"}}}, {"d", noticePlace{Kind: notice.Slack}}} {
		if one.place.Sealed, err = box.Seal(noticeOwner(ws.ID, one.id), mustJSON(noticeSecret{URL: team.URL + "/" + one.id})); err != nil {
			t.Fatal(err)
		}
		if _, err := r.db.Documents.Put(t.Context(), ws.ID, kindNotice, store.Document{ID: one.id, Name: one.id, Body: mustJSON(one.place)}); err != nil {
			t.Fatal(err)
		}
	}
	folded, err := r.db.Contacts.Upsert(t.Context(), ws.ID, []contact.Sighting{{At: 1, Address: "keiko@example.jp", Name: "高橋 恵子", Owner: "小林"}})
	if err != nil {
		t.Fatal(err)
	}
	card, err := r.db.ScoreCards.Create(t.Context(), ws.ID, store.NewScoreCard{Name: "x", Live: true, Body: mustJSON(score.Card{Name: "x"})})
	if err != nil {
		t.Fatal(err)
	}
	lead, _, err := r.db.Leads.Open(t.Context(), ws.ID, store.Lead{Card: card.ID, Version: 1, Subject: subjectOf(folded.Of[0]), Points: 34 * score.Point, HotAt: tokyo(8, 21, 40),
		Why: mustJSON([]LeadReason{{Rule: "p", Kind: "view", JA: "料金のページを3日で4回見た", EN: "Viewed", Points: 14, At: 5, WhenJA: "9月6日〜8日", WhenEN: "6–8 Sep"}, {Rule: "f", Kind: "fit", JA: "人事・100名以上にあたる", EN: "Is", Points: 4}})}, 0)
	if err != nil {
		t.Fatal(err)
	}
	err = r.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		b := books{ledger{r.db, func(event.Workspace) string { return "Asia/Tokyo" }, &linesKept{}}, tx}
		for range 2 { // decided twice it is told once
			if err := b.tellHot(ctx, event.Workspace(ws.ID), []store.Lead{lead}, r.server.nowMillis()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	by := store.Sender{Node: "n", Run: "r"}
	for now := r.server.nowMillis(); now < r.server.nowMillis()+event.Millis(time.Hour/time.Millisecond); now += 60_000 {
		items, err := r.db.Outbox.Claim(t.Context(), by, outbox.Notice, now, 10)
		if err != nil {
			t.Fatal(err)
		}
		for k := range items {
			items[k] = items[k].After(r.server.noticing.Hand(t.Context(), items[k]), now)
		}
		if err := r.db.Outbox.Finish(t.Context(), by, items); err != nil {
			t.Fatal(err)
		}
	}
	if len(told["/a"]) != 1 || len(told["/b"]) != 1 || len(told["/c"])+len(told["/d"]) != 0 {
		t.Fatalf("%v", told)
	}
	var slack struct{ Text string }
	if err := json.Unmarshal([]byte(told["/a"][0]), &slack); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"高橋 恵子様", "34点", "・料金のページを3日で4回見た（9月6日〜8日・+14点）", "・人事・100名以上にあたる（+4点）", "担当: 小林", "/w/web/act?lead=" + string(lead.ID)} {
		if !strings.Contains(slack.Text, part) {
			t.Errorf("%q is not in %s", part, slack.Text)
		}
	}
	if tried := r.do("POST", path+"/a/test", nil); at(tried.body, "ok") != true || len(told["/a"]) != 2 {
		t.Errorf("%d %s", tried.status, tried.text)
	}
}
