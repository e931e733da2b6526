package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/store"
)

// A webhook whose receiver is in trouble for a day is tried again, ever more rarely, and is
// shown as failed in the end; one that leads where it may not is not tried at all.
func TestWebhooksInTrouble(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/broken":
			w.WriteHeader(500)
		case "/elsewhere":
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		}
	}))
	t.Cleanup(receiver.Close)
	guarded := func(d *Deps) {
		d.Puller = &connect.Puller{Guard: &connect.Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, Timeout: time.Second}
	}
	onStage(t, func(t *testing.T, s *stage) {
		s.working()
		for k, url := range []string{receiver.URL + "/broken", receiver.URL + "/elsewhere", "http://10.0.0.1/private", receiver.URL + "/fine"} {
			s.automate(fmt.Sprint(k), object{"trigger": object{"event": object{"event": fmt.Sprint("e", k)}}, "stream": "transactional",
				"steps": []object{{"id": "h", "webhook": object{"url": url}}}})
		}
		s.happen(s.says("ann", "ann@example.jp"))
		for k := range 4 {
			s.happen(s.did("ann", fmt.Sprint("e", k)))
		}
		const rest = " failed:answered 302: redirects are not followed failed:the address leads into a network that may not be reached sent"
		s.handed("queued:answered 500" + rest)
		began, tries := s.now(), 1
		for ; tries < 20; tries++ {
			item := s.items(store.ItemQuery{})[0]
			if item.State == outbox.Failed {
				break
			}
			if item.Attempts != tries || item.NotBefore <= s.now() {
				t.Fatalf("after %d tries: %+v", tries, item)
			}
			s.wait(time.Duration(item.NotBefore-s.now()) * time.Millisecond)
			s.server.acting.worker.Wake()
			wait(t, func() bool {
				now := s.items(store.ItemQuery{})[0]
				return now.Attempts > tries && now.State != outbox.Sending
			})
		}
		s.handed("failed:answered 500" + rest)
		if took := s.now() - began; tries != outbox.MaxAttempts || took < aDay/2 {
			t.Errorf("given up after %d tries in %d hours", tries, took/3_600_000)
		}
	}, guarded)
}

// What a mail server says decides: later is tried later, never is told, and what broke off
// after the last dot is left to a person.
func TestMailServersInTrouble(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		var grey atomic.Int64
		taking := sink.Start(t, sink.Failing(sink.Plan{
			Rcpt: func(to string) error {
				switch {
				case strings.HasPrefix(to, "grey") && grey.Add(1) == 1:
					return sink.Refuse(451, [3]int{4, 7, 1}, "greylisted, try again")
				case strings.HasPrefix(to, "gone"):
					return sink.Refuse(550, [3]int{5, 1, 1}, "no such user")
				}
				return nil
			},
			Drop: func(to string) (before, after bool) { return false, strings.HasPrefix(to, "drop") },
		}))
		pool := mail.NewPool(mail.Server{Host: taking.Host, Port: taking.Port, Security: "none", Connections: 1})
		t.Cleanup(pool.Close)
		s.server.acting.worker = actor.NewWorker(actor.WorkerOptions{
			Box: box{s.db, store.Sender{Node: "n", Run: "r"}}, Gate: gate{s.server, s.server.zone}, Now: s.clock.now,
			Lines: []actor.Line{{Kind: outbox.Mail, Connections: 1, Sender: byAddress{s, pool}}},
		})
		s.working()
		var items []outbox.Item
		for _, who := range []string{"grey", "gone", "drop", "fine"} {
			id := s.knows(who + "@example.jp")
			items = append(items, outbox.Item{Workspace: s.ws, Key: who, Kind: outbox.Mail, Stream: "transactional", Contact: string(id),
				Payload: []byte(`{"mail":{"template":"t"}}`), NotBefore: s.now(), State: outbox.Queued})
		}
		if _, err := s.db.Outbox.Queue(t.Context(), items); err != nil {
			t.Fatal(err)
		}
		settled := func(want string) {
			t.Helper()
			s.server.acting.worker.Wake()
			got := ""
			for end := time.Now().Add(20 * time.Second); time.Now().Before(end) && got != want; time.Sleep(5 * time.Millisecond) {
				var states []string
				for _, item := range s.items(store.ItemQuery{}) {
					states = append(states, string(item.State))
				}
				got = strings.Join(states, " ")
			}
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		settled("queued failed unknown sent")
		s.wait(time.Hour)
		settled("sent failed unknown sent")
		if items := s.items(store.ItemQuery{State: outbox.Failed}); len(items) != 1 || !strings.Contains(items[0].Reason, "no such user") {
			t.Errorf("%+v", items)
		}
	})
}

// byAddress hands over a plain mail to whom an item is for.
type byAddress struct {
	stage *stage
	pool  *mail.Pool
}

func (m byAddress) Hand(ctx context.Context, item outbox.Item) outbox.Answer {
	who, err := m.stage.db.Contacts.Get(ctx, m.stage.id(), contact.ID(item.Contact))
	if err != nil {
		return outbox.Answer{State: outbox.Queued, Reason: err.Error()}
	}
	text := "From: a@example.jp\r\nTo: " + who.Address + "\r\nMessage-ID: <" + item.Key + "@example.jp>\r\nSubject: x\r\n\r\nx\r\n.\r\n"
	return m.pool.Send(ctx, "a@example.jp", who.Address, []byte(text)).Answer()
}

// How much and when one person is sent: quiet hours put off, caps withhold, what matters
// more goes first.
func TestLimitsOfOnePerson(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		ann := s.knows("ann@example.jp", object{"consent": object{"basis": "paper", "source": "展示会"}})
		s.happen(s.says("ann", "ann@example.jp"))
		body := func(parts object) []byte {
			text, err := json.Marshal(s.definition("案内", parts))
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		steps := []object{{"id": "m", "mail": object{"template": "t"}}}
		trigger := object{"event": object{"event": "go"}}
		made, err := s.db.Automations.Create(t.Context(), s.id(), store.NewAutomation{Name: "n", KPI: "visits", Body: body(object{
			"trigger": trigger, "steps": steps, "reentry": object{"mode": "always"}, "cap": object{"mails": 2, "days": 7}, "quiet": object{"from": "20:00", "to": "08:00"}, "priority": 3})})
		if err != nil {
			t.Fatal(err)
		}
		first, err := s.db.Automations.Create(t.Context(), s.id(), store.NewAutomation{Name: "f", KPI: "visits", Body: body(object{"trigger": trigger, "steps": steps, "priority": 1})})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{made.ID, first.ID} {
			if _, err := s.db.Automations.Switch(t.Context(), s.id(), id, 1); err != nil {
				t.Fatal(err)
			}
		}
		by := store.Sender{Node: "n", Run: "r"}
		// hand claims what is due, asks the gate, and takes what may go for sent.
		hand := func() (order []string) {
			t.Helper()
			items, err := s.db.Outbox.Claim(t.Context(), by, outbox.Mail, s.now(), 10)
			if err != nil {
				t.Fatal(err)
			}
			rulings, err := gate{s.server, s.server.zone}.Rule(t.Context(), items, s.now())
			if err != nil {
				t.Fatal(err)
			}
			for k := range items {
				after, may := items[k].Ruled(rulings[k], s.now())
				if may {
					after = after.After(outbox.Answer{State: outbox.Sent}, s.now())
				}
				order = append(order, strings.TrimSuffix(string(after.State)+":"+after.Reason, ":"))
				items[k] = after
			}
			if err := s.db.Outbox.Finish(t.Context(), by, items); err != nil {
				t.Fatal(err)
			}
			return order
		}
		wants := func(want string) {
			t.Helper()
			if got := strings.Join(hand(), " "); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		s.happen(s.did("ann", "go"))
		items := s.items(store.ItemQuery{Contact: ann})
		if len(items) != 2 {
			t.Fatalf("%+v", items)
		}
		claimed, err := s.db.Outbox.Claim(t.Context(), by, outbox.Mail, s.now(), 1) // the one that matters more
		if err != nil || len(claimed) != 1 || claimed[0].Cause != "automation:"+first.ID {
			t.Fatalf("%v %+v", err, claimed)
		}
		claimed[0].State = outbox.Sent
		if err := s.db.Outbox.Finish(t.Context(), by, claimed); err != nil {
			t.Fatal(err)
		}
		wants("sent")
		s.clock.wait(time.Minute)
		s.happen(s.did("ann", "go"))
		wants("withheld:cap") // two by all together
		s.wait(8 * 24 * time.Hour)
		s.until(17, 23, 0)
		s.happen(s.did("ann", "go"))
		wants("queued:quiet")
		s.until(18, 7, 59)
		wants("")
		s.until(18, 8, 0)
		wants("sent")
	})
}
