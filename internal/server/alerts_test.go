package server

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

// alertedModel reaches a milestone and has a KPI that is behind.
const alertedModel = `shirube: 1
name: 採用
locale: ja
timezone: Asia/Tokyo
kgi: {id: apps, name: 応募, unit: 件, serves: recruiting, owner: 田中, measure: web.apps, definition: 応募フォームの送信,
  target: {total: 300, from: 2026-04-01, by: 2027-03-31, milestones: [{by: 2026-09-05, value: 140}], agreed: [{by: 社長, on: 2026-03-20}]}}
kpis:
  calls: {name: 電話, unit: 件, owner: 佐藤, measure: web.calls, definition: かかった電話, target: {total: 900, from: 2026-04-01, by: 2027-03-31}}
sources:
  web: {csv: web.csv, date: 日付, metrics: {apps: 応募, calls: 電話}}
`

// alertedRows are the days of 2026 up to a day: an application and a call on each.
func alertedRows(to series.Day) string {
	var b strings.Builder
	b.WriteString("日付,応募,電話\n")
	for day := series.Date(2026, 4, 1); day <= to; day++ {
		fmt.Fprintf(&b, "%s,1,%d\n", day, 1+int(day)%2)
	}
	return b.String()
}

// TestWeeksOfBeingTold walks through three weeks of a team: what they hear of, on which
// morning, where, in which words, and that they hear of it once.
func TestWeeksOfBeingTold(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var room []string
	slack := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		room = append(room, string(body))
	}))
	t.Cleanup(slack.Close)
	inbox := sink.Start(t)
	box := vault.At(filepath.Join(t.TempDir(), vault.KeyFile), nil)
	h := newHouse(t, func(d *Deps) {
		d.Vault = box
		d.Puller = &connect.Puller{Guard: &connect.Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}}
		d.House = &HouseMail{From: netmail.Address{Name: "Shirube", Address: "shirube@house.example"}, Server: post.Server{Host: inbox.Host, Port: inbox.Port, Security: "none"}}
	})
	h.found("tanaka@hinata.example")
	ws := h.plant("hinata", alertedModel, map[string]string{"web.csv": alertedRows(series.Date(2026, 9, 8))})
	owner := h.join(ws.ID, "misaki@hinata.example", access.Owner)
	viewer := h.join(ws.ID, "naoko@hinata.example", access.Viewer)
	sealed, err := box.Seal(noticeOwner(ws.ID, "room"), mustJSON(noticeSecret{URL: slack.URL}))
	if err != nil {
		t.Fatal(err)
	}
	place := noticePlace{Kind: notice.Slack, Alerts: true, Kinds: []alert.Kind{alert.Stale, alert.Milestone}, Sealed: sealed}
	if _, err := h.db.Documents.Put(t.Context(), ws.ID, kindNotice, store.Document{ID: "room", Name: "採用の部屋", Body: mustJSON(place)}); err != nil {
		t.Fatal(err)
	}

	told := map[string]string{}
	by := store.Sender{Node: "n", Run: "r"}
	for range 21 * 4 { // four looks a day, from the 9th, 10:00
		if err := h.server.TellAlerts(t.Context()); err != nil {
			t.Fatal(err)
		}
		items, err := h.db.Outbox.Claim(t.Context(), by, outbox.Notice, event.Millis(h.now.UnixMilli()), 100)
		if err != nil {
			t.Fatal(err)
		}
		for k := range items {
			items[k] = items[k].After(h.server.noticing.Hand(t.Context(), items[k]), event.Millis(h.now.UnixMilli()))
			if items[k].State != outbox.Sent {
				t.Fatalf("%+v", items[k])
			}
		}
		if err := h.db.Outbox.Finish(t.Context(), by, items); err != nil {
			t.Fatal(err)
		}
		if len(items) > 0 {
			told[series.DayOf(h.now.In(tokyoZone)).String()] += fmt.Sprint(len(items))
		}
		*h.now = h.now.Add(6 * time.Hour)
	}
	// The milestone of the 5th on the first morning, to both people and the room; being behind
	// the next day, to the owner; data that have stopped after a week, to owner and room.
	want := map[string]string{"2026-09-09": "3", "2026-09-10": "1", "2026-09-16": "2"}
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("told %v, want %v", told, want)
	}
	mails := inbox.Mails()
	if len(mails) != 4 || len(room) != 2 {
		t.Fatalf("%d mails, %d in the room", len(mails), len(room))
	}
	if body := decodedMail(t, mails[0].Data); !strings.Contains(body, "「応募」は158件で、節目(9月5日)の140件に届きました。") || !strings.Contains(body, "うれしいこと") || strings.Contains(body, "<script") {
		t.Errorf("the mail says %s", body)
	}
	var said struct{ Text string }
	if err := json.Unmarshal([]byte(room[0]), &said); err != nil || !strings.Contains(said.Text, "に届きました") || strings.Contains(said.Text, "電話") {
		t.Errorf("the room is told %s %v", room[0], err)
	}

	// The page shows it, to each what they may see.
	reply := owner.must(200, "GET", "/api/workspaces/hinata/alerts", nil)
	if list := reply["told"].([]any); len(list) != 3 || at(list[2], "to").([]any)[0] != "misaki@hinata.example" || reply["mails"] != true || reply["may_decide"] != true || reply["zone"] != "Asia/Tokyo" {
		t.Errorf("%v", reply)
	}
	preview := owner.must(200, "GET", "/api/workspaces/hinata/alerts/preview", nil)
	if now, standing := preview["now"].([]any), preview["standing"].([]any); len(now) != 0 || len(standing) < 2 {
		t.Errorf("%v", preview)
	}
	// What the team watches says so, wherever it is told.
	owner.must(200, "PUT", "/api/workspaces/hinata/focus", object{"indicators": []string{"calls"}})
	watched := 0
	for _, line := range owner.must(200, "GET", "/api/workspaces/hinata/alerts/preview", nil)["standing"].([]any) {
		if strings.HasPrefix(at(line, "why").(string), "いま注力しているKPIです(") {
			watched++
			if what := at(line, "what").(string); !strings.Contains(what, "電話") {
				t.Errorf("nobody watches that: %s", what)
			}
		}
	}
	if watched == 0 {
		t.Error("no line says that it is of what is watched")
	}
	viewer.wants(
		[3]any{"PUT /api/workspaces/hinata/alerts/settings", object{}, 403},
		[3]any{"POST /api/workspaces/hinata/alerts/tell", nil, 403},
		[3]any{"PUT /api/workspaces/hinata/alerts/mine", object{"kinds": []string{"leads", "pace"}}, 200},
	)
	mine := viewer.must(200, "GET", "/api/workspaces/hinata/alerts", nil)
	if kinds, _ := json.Marshal(mine["mine"]); string(kinds) != `["pace"]` || slices.Contains(mine["may_see"].([]any), any("leads")) {
		t.Errorf("a viewer is mailed %s", kinds)
	}
	for _, wrong := range []object{{"hour": 7}, {"hour": 24}, {"lead_hours": 0}, {"off": []string{"weather"}}} {
		body := object{"off": []string{}, "hour": 8, "urgent": false, "quiet_from": 20, "quiet_to": 8, "closed": false, "lead_hours": 24, "question_days": 2}
		for k, v := range wrong {
			body[k] = v
		}
		if a := owner.do("PUT", "/api/workspaces/hinata/alerts/settings", body); a.status < 400 || a.status >= 500 {
			t.Errorf("%v: %d %s", wrong, a.status, a.text)
		}
	}
	kept := owner.must(200, "PUT", "/api/workspaces/hinata/alerts/settings", object{"off": []string{"pace"}, "hour": 9, "urgent": true, "quiet_from": 22, "quiet_to": 7, "closed": true, "lead_hours": 4, "question_days": 1})
	if at(kept, "settings", "hour") != 9.0 {
		t.Errorf("%v", kept)
	}
}

// TestAskedToTell: whoever decides may tell at once, and the same is not told again.
func TestAskedToTell(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ws := r.plant("hinata", alertedModel, map[string]string{"web.csv": alertedRows(series.Date(2026, 9, 8))})
	const path = "/api/workspaces/hinata/alerts"
	before := r.do("GET", path+"/preview", nil)
	if now, _ := at(before.body, "now").([]any); len(now) != 2 || at(now[0], "good") != true {
		t.Fatalf("%s", before.text)
	}
	for range 2 {
		if a := r.do("POST", path+"/tell", nil); a.status != 200 || len(at(a.body, "told").([]any)) != 1 {
			t.Fatalf("%d %s", a.status, a.text)
		}
	}
	after := r.do("GET", path+"/preview?lang=en", nil)
	if len(at(after.body, "now").([]any)) != 0 || len(at(after.body, "standing").([]any)) != 2 || !strings.Contains(after.text, "reached the milestone of Sep 5") {
		t.Errorf("%s", after.text)
	}
	book, err := r.db.Alerts.Book(t.Context(), ws.ID)
	if err != nil || len(book.Held) != 3 { // out of reach is behind as well
		t.Errorf("%+v %v", book, err)
	}
	// A workspace that has no map yet has nothing to tell, and says so.
	if _, err := r.db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "empty", Name: "空"}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []answered{r.do("GET", "/api/workspaces/empty/alerts", nil), r.do("GET", "/api/workspaces/empty/alerts/preview", nil), r.do("POST", "/api/workspaces/empty/alerts/tell", nil)} {
		if a.status != 200 {
			t.Errorf("%d %s", a.status, a.text)
		}
	}
}

var tokyoZone = time.FixedZone("JST", 9*60*60)

// decodedMail is both parts of a mail, readable.
func decodedMail(t *testing.T, data []byte) string {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextPart()
		if err != nil {
			break
		}
		text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			t.Fatal(err)
		}
		out.Write(text)
	}
	return out.String()
}
