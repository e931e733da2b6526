package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// serving is the definition of an automation that serves a KPI and holds out a third.
func serving(kpi, goal string, holdout float64) []byte {
	return fmt.Appendf(nil, `{"name":"資料を読んだ人へ","kpi":%q,"holdout":%v,"trigger":{"event":{"event":"Document Downloaded"}}%s,"steps":[{"id":"tell","notify":{"channel":"owner","text":"お願いします"}}]}`, kpi, holdout, goal)
}

// entered has n people come into an automation a month ago: every third held out; of those
// sent to every tenth asks a day later, of the others nobody.
func (r *rig) entered(ws store.WorkspaceID, id string, n int) {
	r.t.Helper()
	db := r.server.deps.Store
	ctx := r.t.Context()
	var journeys []automation.Journey
	var events []event.Event
	at := tokyo(1, 9, 0) - 31*24*3_600_000
	for first := 0; first < n; first += 200 {
		var seen []contact.Sighting
		for k := first; k < min(first+200, n); k++ {
			seen = append(seen, contact.Sighting{At: at, Address: fmt.Sprintf("p%d@example.jp", k), Visitor: fmt.Sprintf("p%d", k)})
		}
		folded, err := db.Contacts.Upsert(ctx, ws, seen)
		if err != nil {
			r.t.Fatal(err)
		}
		for i, who := range folded.Of {
			k := first + i
			j := automation.Journey{Automation: id, Version: 1, Contact: who, Entry: 1, State: automation.Ended, EnteredAt: at + event.Millis(k)*1000}
			if k%3 == 0 {
				j.State = automation.Held
			}
			journeys = append(journeys, j)
			if k%10 == 1 && k%3 != 0 {
				e := event.Event{Workspace: event.Workspace(ws), MessageID: fmt.Sprintf("q%d", k), Kind: event.Track, Name: "Inquiry Submitted", Visitor: fmt.Sprintf("p%d", k), AnonymousID: fmt.Sprintf("p%d", k), Path: "/contact"}
				e.At = j.EnteredAt + 24*3_600_000
				e.ReceivedAt = e.At
				events = append(events, e)
			}
		}
	}
	if err := db.Journeys.Put(ctx, ws, journeys); err != nil {
		r.t.Fatal(err)
	}
	r.bring(events)
}

func TestAutomationEffect(t *testing.T) {
	t.Parallel()
	r, name := newMeasuringRig(t)
	ws := store.WorkspaceID(name)
	db := r.server.deps.Store
	made, err := db.Automations.Create(t.Context(), ws, store.NewAutomation{Name: "資料", KPI: "inquiries", Body: serving("inquiries", "", 1.0/3)})
	if err != nil {
		t.Fatal(err)
	}
	path := "/api/workspaces/web/automations/" + made.ID + "/effect"
	none := r.get(path)
	r.wantAt(none, "nobody-yet", "effect", "reason")
	r.wantAt(none, nil, "effect", "difference")
	r.wantAt(none, "nobody-yet", "effect", "days_reason")
	r.wantAt(none, "kpi", "outcome", "kind")
	r.wantAt(none, nil, "kgi")
	r.wantAt(none, nil, "since")
	r.wantAt(none, nil, "evidence")

	r.entered(ws, made.ID, 600)
	got := r.get(path)
	r.wantAt(got, 400, "effect", "sent", "people")
	r.wantAt(got, 40, "effect", "sent", "outcomes")
	r.wantAt(got, 200, "effect", "held", "people")
	r.wantAt(got, 0, "effect", "held", "outcomes")
	r.wantAt(got, "works", "effect", "verdict")
	r.wantAt(got, 0.1, "effect", "difference", "value")
	r.wantAt(got, "randomized", "evidence", "grade")
	r.wantAt(got, "decided", "effect", "days_reason")
	r.wantAt(got, nil, "on_kgi") // the KPI is the KGI
	r.wantAt(got, "2026-08-01", "since")
	if text := at(got, "effect", "sentence").(string); len(text) < 40 {
		t.Error(text)
	}
	r.wantAt(got, nil, "kgi") // nobody entered lately: nothing can be said a month
	r.get(path + "?lang=en")

	// A KPI from a table: the goal is counted, or nothing.
	calls, err := db.Automations.Create(t.Context(), ws, store.NewAutomation{Name: "電話", KPI: "calls", Body: serving("calls", `,"goal":{"did":{"event":"Inquiry Submitted"}}`, 1.0/3)})
	if err != nil {
		t.Fatal(err)
	}
	r.entered(ws, calls.ID, 90)
	got = r.get("/api/workspaces/web/automations/" + calls.ID + "/effect")
	r.wantAt(got, "goal", "outcome", "kind")
	r.wantAt(got, 6, "effect", "sent", "outcomes")
	r.wantAt(got, "not-yet", "effect", "reason")
	r.wantAt(got, 6, "on_kgi", "effect", "sent", "outcomes")
	tag, err := db.Automations.Create(t.Context(), ws, store.NewAutomation{Name: "印", KPI: "calls", Body: serving("calls", `,"goal":{"tag":"商談"}`, 1.0/3)})
	if err != nil {
		t.Fatal(err)
	}
	r.entered(ws, tag.ID, 30)
	people, _, err := db.Contacts.List(t.Context(), ws, store.ContactQuery{Search: "p4@"})
	if err != nil || len(people) != 1 {
		t.Fatal(people, err)
	}
	if _, err := db.Contacts.Upsert(t.Context(), ws, []contact.Sighting{{At: tokyo(7, 9, 0), Address: "p4@example.jp", Tags: []string{"商談"}}}); err != nil {
		t.Fatal(err)
	}
	r.wantAt(r.get("/api/workspaces/web/automations/"+tag.ID+"/effect"), 1, "effect", "sent", "outcomes")

	bare, err := db.Automations.Create(t.Context(), ws, store.NewAutomation{Name: "なし", KPI: "calls", Body: serving("calls", "", 0)})
	if err != nil {
		t.Fatal(err)
	}
	got = r.get("/api/workspaces/web/automations/" + bare.ID + "/effect")
	r.wantAt(got, "none", "outcome", "kind")
	r.wantAt(got, "unmeasured", "effect", "reason")
	r.must(404, "GET", "/api/workspaces/web/automations/nowhere/effect", nil)

	// One who was held out and one who was sent to turn out to be one: neither group has them,
	// whoever came in first.
	for _, pair := range [][2]string{{"p0@", "p2@"}, {"p4@", "p3@"}} {
		var ids []string
		for _, search := range pair {
			found, _, err := db.Contacts.List(t.Context(), ws, store.ContactQuery{Search: search})
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			ids = append(ids, string(found[0].ID))
		}
		r.must(200, "POST", contactsOf1+"/"+ids[0]+"/merge", object{"other": ids[1]})
	}
	got = r.get(path)
	r.wantAt(got, 398, "effect", "sent", "people")
	r.wantAt(got, 40, "effect", "sent", "outcomes")
	r.wantAt(got, 198, "effect", "held", "people")
	if notes := fmt.Sprint(at(got, "notes")); !strings.Contains(notes, "両方の組に入ってしまった2人") {
		t.Error(notes)
	}
}
