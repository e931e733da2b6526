package server

import (
	"context"
	"encoding/json"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

var officeNoon = time.Date(2026, 11, 22, 12, 0, 0, 0, template.Zone)

// officeRig is a demo server with the sales office and its first people in it, that takes
// events in.
func officeRig(t *testing.T, lang words.Lang, most int) (*rig, store.WorkspaceID, *sales.Office, Planted) {
	t.Helper()
	var past atomic.Pointer[time.Time]
	past.Store(&officeNoon)
	db := storetest.SQLite(t, store.Options{Now: func() time.Time { return *past.Load() }})
	workspaces, err := demo.Workspaces(series.DayOf(officeNoon), lang)
	if err != nil {
		t.Fatal(err)
	}
	made := workspaces[2]
	files, _, err := sales.FirstHand(made.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	ws, err := Plant(t.Context(), db, Seed{Slug: made.Slug, Name: made.Name, Demo: true, Model: files[0].Data})
	if err != nil {
		t.Fatal(err)
	}
	office := sales.On(officeNoon, lang)
	office.People = office.People[:min(most, len(office.People))]
	planted, err := PlantOffice(t.Context(), db, ws.ID, office, func(at time.Time) { past.Store(&at) })
	if err != nil {
		t.Fatal(err)
	}
	past.Store(&officeNoon)
	events, err := duckdb.Open(filepath.Join(t.TempDir(), "events.duckdb"), duckdb.Options{Zone: Zones(db), Channel: Channels(db), Now: func() time.Time { return officeNoon }, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = events.Close() })
	r := newRigOn(t, db, func(d *Deps) {
		d.Demo, d.Clock, d.Warehouse = true, func() time.Time { return officeNoon }, events
	})
	ctx, stop := context.WithCancel(t.Context())
	running := r.server.startMeasuring(ctx)
	t.Cleanup(func() { stop(); _ = running.stop() })
	return r, ws.ID, office, planted
}

// TestTheOfficeHoldsWhatWasPlanted: people, points and leads are as many as the room says,
// of the leads as many became meetings as their points promise, the effect that was planted
// lies within the interval that is told, and its events, when they come in, move nothing.
func TestTheOfficeHoldsWhatWasPlanted(t *testing.T) {
	t.Parallel()
	r, ws, office, planted := officeRig(t, words.JA, math.MaxInt)
	_, people, err := r.db.Contacts.List(t.Context(), ws, store.ContactQuery{Limit: 1})
	if err != nil || people != len(office.People) || people < sales.Entered+sales.Browsers {
		t.Errorf("%d people of %d (%v)", people, len(office.People), err)
	}
	leads, err := r.db.Leads.List(t.Context(), ws, store.LeadQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	open, met, expected := 0, 0, 0.0
	for _, l := range leads {
		if l.Points.Whole() < sales.HotLine {
			t.Errorf("%s is hot with %d points", l.Subject, l.Points.Whole())
		}
		if l.Verdict == score.Open {
			open++
			continue
		}
		expected += sales.ChanceAt(l.Points.Whole())
		if l.Verdict.Reached(score.Meeting) {
			met++
		}
	}
	if open != 5 || len(leads) != sales.OlderLeads+5 || math.Abs(float64(met)-expected) > 4 {
		t.Errorf("%d leads, %d open, %d met of %.1f", len(leads), open, met, expected)
	}
	automations, err := r.db.Automations.List(t.Context(), ws)
	if err != nil || len(automations) != 2 || automations[0].Live != 1 || automations[1].Live != 0 {
		t.Fatalf("%+v %v", automations, err)
	}
	before := r.do("GET", "/api/workspaces/hinata-sales/automations", nil).text

	var told []event.Event
	for e := range office.Events(planted.Done, nil) {
		if e.Kind == event.Track && e.Name != event.Engagement || e.At > office.Now-5*aDay {
			e.Workspace = event.Workspace(ws)
			told = append(told, e)
		}
	}
	r.bring(told)
	for ctx := t.Context(); ; time.Sleep(10 * time.Millisecond) {
		place, err := r.db.Inbox.Place(ctx, "actor")
		if err != nil || place > 0 {
			break
		}
	}
	if after := r.do("GET", "/api/workspaces/hinata-sales/automations", nil).text; after != before {
		t.Errorf("the events of the office have changed its automations:\n%s\n%s", before, after)
	}
	if again, err := r.db.Leads.List(t.Context(), ws, store.LeadQuery{Limit: 1000}); err != nil || len(again) != len(leads) {
		t.Errorf("%d leads after the events (%v)", len(again), err)
	}
	effect := r.do("GET", "/api/workspaces/hinata-sales/automations/"+automations[0].ID+"/effect", nil)
	if at(effect.body, "outcome", "kind") != "kpi" { // told person by person, by the form
		t.Errorf("judged by %v", at(effect.body, "outcome"))
	}
	interval, _ := at(effect.body, "effect", "difference", "always_valid_ci95").([]any)
	truth := sales.AskedWhenSent - sales.AskedWhenHeld
	if len(interval) != 2 || interval[0].(float64) > truth || interval[1].(float64) < truth {
		t.Errorf("planted %.3f: %v", truth, effect.text)
	}
	if value, _ := at(effect.body, "effect", "difference", "value").(float64); math.Abs(value-truth) > .006 {
		t.Errorf("planted %.3f, told %.4f", truth, value)
	}
}

// TestTheDemoSendsNothing: whatever is tried in the demo, no mail, notice or webhook leaves.
func TestTheDemoSendsNothing(t *testing.T) {
	t.Parallel()
	var reached atomic.Int64
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer web.Close()
	smtp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer smtp.Close()
	go func() {
		for {
			c, err := smtp.Accept()
			if err != nil {
				return
			}
			reached.Add(1)
			_ = c.Close()
		}
	}()
	r, ws, _, planted := officeRig(t, words.EN, 5)
	running := r.server.startActing(t.Context())
	defer running()
	_, port, _ := net.SplitHostPort(smtp.Addr().String())
	number, _ := strconv.Atoi(port)
	settings := MailSenderSettings{Stream: "transactional", From: "a@example.jp", Host: "127.0.0.1", Port: number, Security: "none", Legal: sales.Legal(words.EN)}
	sender, err := r.db.Mails.Create(t.Context(), ws, store.MailPiece{Kind: store.MailSender, Name: "x", Body: mustJSON(settings)})
	if err != nil {
		t.Fatal(err)
	}
	letter := sales.Letters(words.EN)[0].Template
	letter.Stream = "transactional"
	piece, err := r.db.Mails.Create(t.Context(), ws, store.MailPiece{Kind: store.MailTemplate, Name: "x", Body: mustJSON(mailTemplate{Template: letter, Sender: sender.ID})})
	if err != nil {
		t.Fatal(err)
	}
	tried := r.do("POST", "/api/workspaces/hinata-sales/act/mail/senders/"+sender.ID+"/try", nil)
	if class, _ := at(tried.body, "class").(string); class != "permanent" {
		t.Errorf("%d %s", tried.status, tried.text)
	}
	who := string(planted.IDs[0])
	var items []outbox.Item
	for kind, h := range map[outbox.Kind]automation.Handing{
		outbox.Mail:    {Contact: who, Mail: &automation.Mail{Template: piece.ID}},
		outbox.Webhook: {Contact: who, Webhook: &automation.Webhook{URL: web.URL}},
		outbox.Notice:  {Contact: who, Notify: &automation.Notify{Channel: "owner", Text: "x"}},
	} {
		payload, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, outbox.Item{Workspace: event.Workspace(ws), Key: "still/" + string(kind), Kind: kind, Stream: "transactional", Contact: who, Cause: "still", Payload: payload})
	}
	if _, err := r.db.Outbox.Queue(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	r.server.acting.worker.Wake()
	for ctx := t.Context(); ; time.Sleep(20 * time.Millisecond) {
		counts, err := r.db.Outbox.CountOf(ctx, ws, "still")
		if err != nil {
			t.Fatal(err)
		}
		if counts[outbox.Withheld] == len(items) {
			break
		}
		if counts[outbox.Queued]+counts[outbox.Sending]+counts[outbox.Withheld] != len(items) {
			t.Fatalf("%v", counts)
		}
	}
	if n := reached.Load(); n > 0 {
		t.Errorf("the world was reached %d times", n)
	}
}
