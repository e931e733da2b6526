package server

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// stage is a server whose clock goes on when it is told to, and whose actor acts when it is
// told to: what comes of something is there when the call returns.
type stage struct {
	*rig
	ws    event.Workspace
	clock *movedClock
	seq   int64
	n     int
	// written: what happens is written to the warehouse as well, before it is acted on.
	written bool
}

// onStage runs a test on SQLite, and on PostgreSQL where there is one.
func onStage(t *testing.T, test func(t *testing.T, s *stage), change ...func(*Deps)) {
	for name, open := range map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := &movedClock{}
			clock.at.Store(testNow.UnixNano())
			s := &stage{clock: clock}
			s.rig = newRigOn(t, open(t, store.Options{Now: clock.now}), append([]func(*Deps){func(d *Deps) {
				d.Clock = clock.now
				events, err := duckdb.Open(filepath.Join(t.TempDir(), "events.duckdb"), duckdb.Options{Zone: Zones(d.Store), Channel: Channels(d.Store), Now: d.Clock, Threads: 1})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = events.Close() })
				d.Warehouse = events
			}}, change...)...)
			s.ws = event.Workspace(s.plant("web", measuringModel, nil).ID)
			test(t, s)
		})
	}
}

func (s *stage) id() store.WorkspaceID { return store.WorkspaceID(s.ws) }

func (s *stage) now() event.Millis { return event.Millis(s.clock.now().UnixMilli()) }

// view is a page somebody looks at now.
func (s *stage) view(who, path string) event.Event {
	return event.Event{Kind: event.Page, AnonymousID: who, Visitor: who, Path: path}
}

// did is something somebody does now.
func (s *stage) did(who, name string) event.Event {
	return event.Event{Kind: event.Track, AnonymousID: who, Visitor: who, Name: name}
}

// says is a browser telling whose it is.
func (s *stage) says(who, address string) event.Event {
	return event.Event{Kind: event.Identify, AnonymousID: who, Visitor: who, Properties: fmt.Appendf(nil, `{"email":%q}`, address)}
}

// happen has events come in by one go.
func (s *stage) happen(events ...event.Event) {
	s.t.Helper()
	for k := range events {
		e := &events[k]
		s.n++
		if e.Workspace = s.ws; e.MessageID == "" {
			e.MessageID = fmt.Sprintf("%s-%d", s.t.Name(), s.n)
		}
		if e.At == 0 {
			e.At = s.now()
		}
		e.ReceivedAt = s.now()
	}
	s.seq++
	if s.written {
		if _, err := s.server.deps.Warehouse.Write(s.t.Context(), s.seq, events); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := s.server.acting.actor.Do(s.t.Context(), s.seq-1, s.seq, events); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

// settle does all that is due now.
func (s *stage) settle() {
	s.t.Helper()
	if err := s.server.scoreDue(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	for rounds := 0; ; rounds++ {
		more, err := s.server.acting.actor.Tick(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		touched, err := s.db.TriggerStates.AnyTouched(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if !more && !touched {
			return
		}
		if rounds > 100 {
			s.t.Fatal("there is always something due")
		}
	}
}

// wait lets time pass and does what is due then.
func (s *stage) wait(by time.Duration) {
	s.t.Helper()
	s.clock.wait(by)
	s.settle()
}

// until lets time pass up to a moment of September 2026 in Tokyo.
func (s *stage) until(day, hour, minute int) {
	s.t.Helper()
	s.wait(time.Duration(tokyo(day, hour, minute)-s.now()) * time.Millisecond)
}

// knows makes a contact.
func (s *stage) knows(address string, change ...object) contact.ID {
	s.t.Helper()
	body := object{"address": address}
	for _, c := range change {
		for k, v := range c {
			body[k] = v
		}
	}
	return contact.ID(s.must(201, "POST", contactsOf1, body)["id"].(string))
}

// find is who an address is.
func (s *stage) find(address string) contact.ID {
	s.t.Helper()
	found, err := s.db.Contacts.Find(s.t.Context(), s.id(), []contact.Identity{{Kind: contact.ByAddress, Value: address}})
	if err != nil {
		s.t.Fatal(err)
	}
	return found[contact.Identity{Kind: contact.ByAddress, Value: address}]
}

// automate makes an automation of the parts given and switches it on. Nobody is held out.
func (s *stage) automate(name string, parts object) string {
	s.t.Helper()
	id := s.draft(name, parts)
	s.declares("127.0.0.1", "10.0.0.1", "example.jp")
	s.must(200, "POST", "/api/workspaces/web/automations/"+id+"/switch", object{"version": 1})
	s.settle()
	return id
}

// declares writes down whose the hosts are that webhooks lead to.
func (s *stage) declares(hosts ...string) {
	s.t.Helper()
	s.must(200, "POST", "/api/workspaces/web/act/law/recipients", object{"name": "社内の顧客管理", "hosts": hosts, "role": "own", "country": "JP", "data": "氏名・メールアドレス", "purpose": "商談の記録"})
}

func (s *stage) draft(name string, parts object) string {
	s.t.Helper()
	return s.must(201, "POST", "/api/workspaces/web/automations", object{"definition": s.definition(name, parts)})["id"].(string)
}

func (s *stage) definition(name string, parts object) object {
	d := object{"name": name, "kpi": "visits", "holdout": 0}
	for k, v := range parts {
		d[k] = v
	}
	if d["stream"] == "transactional" {
		delete(d, "holdout")
	}
	return d
}

// tagStep puts a tag on: the plainest thing a step does.
func tagStep(id, tag, next string) object {
	return object{"id": id, "tag": object{"add": []string{tag}}, "next": next}
}

// tags are somebody's, in order.
func (s *stage) tags(who contact.ID) string {
	s.t.Helper()
	found, err := s.db.Contacts.GetMany(s.t.Context(), s.id(), []contact.ID{who})
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Join(found[who].Tags, " ")
}

func (s *stage) wantTags(who contact.ID, want string) {
	s.t.Helper()
	if got := s.tags(who); got != want {
		s.t.Errorf("tags %q, want %q", got, want)
	}
}

// journeys are somebody's states and steps in the order they entered.
func (s *stage) journeys(who contact.ID) string {
	s.t.Helper()
	list, err := s.db.Journeys.List(s.t.Context(), s.id(), store.JourneyQuery{Contact: who})
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Reverse(list)
	var out []string
	for _, j := range list {
		out = append(out, strings.TrimSuffix(string(j.State)+":"+j.Step, ":"))
	}
	return strings.Join(out, " ")
}

func (s *stage) wantJourneys(who contact.ID, want string) {
	s.t.Helper()
	if got := s.journeys(who); got != want {
		s.t.Errorf("journeys %q, want %q", got, want)
	}
}

// items are the outbox's, oldest first.
func (s *stage) items(query store.ItemQuery) []outbox.Item {
	s.t.Helper()
	list, err := s.db.Outbox.List(s.t.Context(), s.id(), query)
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Reverse(list)
	return list
}

// occurrences are how often a subject did anything watched.
func (s *stage) occurrences(subject string) int {
	s.t.Helper()
	n := 0
	for one, err := range s.db.Occurrences.Each(s.t.Context(), s.id(), 0) {
		if err != nil {
			s.t.Fatal(err)
		}
		if one.Subject == subject {
			n++
		}
	}
	return n
}

// working hands over what the outbox holds until the test ends.
func (s *stage) working() {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(s.t.Context()))
	done := make(chan struct{})
	go func() { defer close(done); _ = s.server.acting.worker.Run(ctx) }()
	s.t.Cleanup(func() { stop(); <-done })
}

// handed waits until items stand as they are wanted to.
func (s *stage) handed(want string) {
	s.t.Helper()
	var got string
	s.server.acting.worker.Wake()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		var states []string
		for _, item := range s.items(store.ItemQuery{}) {
			states = append(states, strings.TrimSuffix(string(item.State)+":"+item.Reason, ":"))
		}
		if got = strings.Join(states, " "); got == want {
			return
		}
	}
	s.t.Errorf("items %q, want %q", got, want)
}

// scored is somebody's whole points by a card.
func (s *stage) scored(card string, who contact.ID) int {
	s.t.Helper()
	kept, err := s.db.Scores.Of(s.t.Context(), s.id(), store.ScoreCardID(card), []string{actor.SubjectOf(who)})
	if err != nil {
		s.t.Fatal(err)
	}
	return kept[actor.SubjectOf(who)].Points.Whole()
}

// card makes a card of points and switches it on.
func (s *stage) card(body string) string {
	s.t.Helper()
	var parsed map[string]any
	if err := json.Unmarshal([]byte(body), &parsed); err != nil {
		s.t.Fatal(err)
	}
	return s.must(201, "POST", "/api/workspaces/web/score-cards", object{"live": true, "card": parsed})["id"].(string)
}
