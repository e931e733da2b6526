package server

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/store"
)

// switchedOn keeps an automation that mails and switches it on, past the checks before sending.
func (s *stage) switchedOn(name string, parts object) string {
	s.t.Helper()
	body, err := json.Marshal(s.definition(name, parts))
	if err != nil {
		s.t.Fatal(err)
	}
	made, err := s.db.Automations.Create(s.t.Context(), s.id(), store.NewAutomation{Name: name, KPI: "visits", Body: body})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.db.Automations.Switch(s.t.Context(), s.id(), made.ID, 1); err != nil {
		s.t.Fatal(err)
	}
	return made.ID
}

// A mail that quiet hours keep back is not sent to whoever reached the goal meanwhile. What
// another program is to be told, and what left by another automation, goes on.
func TestWhoReachedTheGoalIsNotMailed(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		quiet, event := object{"from": "20:00", "to": "08:00"}, object{"event": object{"event": "go"}}
		bought := object{"did": object{"event": "bought"}}
		steps := []object{{"id": "m", "mail": object{"template": "t"}, "next": "h"}, {"id": "h", "webhook": object{"url": "https://example.jp/hook"}, "next": "w"},
			{"id": "w", "wait": object{"for": object{"amount": 3, "unit": "days"}}, "next": "n"}, {"id": "n", "mail": object{"template": "t"}}}
		goal := s.switchedOn("goal", object{"trigger": event, "quiet": quiet, "goal": bought, "steps": steps})
		step := s.switchedOn("step", object{"trigger": event, "quiet": quiet, "steps": []object{
			{"id": "m", "mail": object{"template": "t"}, "next": "w"}, {"id": "w", "wait": object{"for": object{"amount": 1, "unit": "hours"}}, "next": "g"},
			{"id": "g", "goal": object{"if": bought}, "next": "n"}, {"id": "n", "mail": object{"template": "t"}}}})
		// Whoever comes to a goal with the mail is sent it: it was meant for them.
		both := s.switchedOn("both", object{"trigger": object{"event": object{"event": "bought"}}, "quiet": quiet, "steps": []object{
			{"id": "m", "mail": object{"template": "t"}, "next": "g"}, {"id": "g", "goal": object{"if": bought}}}})
		bills := s.switchedOn("bills", object{"trigger": event, "stream": "transactional", "goal": bought, "steps": steps})
		s.until(9, 23, 0)
		s.happen(s.says("ann", "ann@example.jp"), s.says("ben", "ben@example.jp"))
		s.happen(s.did("ann", "go"), s.did("ben", "go"))
		s.clock.wait(30 * time.Minute)
		s.happen(s.did("ann", "bought"))
		s.clock.wait(time.Hour)
		s.settle()
		ann, ben := s.find("ann@example.jp"), s.find("ben@example.jp")
		stand := func(who contact.ID, cause string, kind outbox.Kind) (states string) {
			for _, item := range s.items(store.ItemQuery{Contact: who, Cause: "automation:" + cause, Kind: kind}) {
				states += string(item.State) + ":" + item.Reason + " "
			}
			return states
		}
		for _, c := range []struct {
			what  string
			who   contact.ID
			cause string
			kind  outbox.Kind
			want  string
		}{
			{"reached", ann, goal, outbox.Mail, "cancelled:goal "},
			{"another program", ann, goal, outbox.Webhook, "queued: "},
			{"not reached", ben, goal, outbox.Mail, "queued: "},
			{"reached at a step", ann, step, outbox.Mail, "cancelled:goal "},
			{"not reached at a step", ben, step, outbox.Mail, "queued: queued: "},
			{"reached with the mail", ann, both, outbox.Mail, "queued: "},
			{"transactional", ann, bills, outbox.Mail, "queued: "},
		} {
			if got := stand(c.who, c.cause, c.kind); got != c.want {
				t.Errorf("%s: %q, want %q", c.what, got, c.want)
			}
		}
	})
}

// A goal that time alone brings about is seen when it does, in the middle of a wait too.
func TestTimeReachesAGoal(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.automate("離れた人", object{"trigger": object{"event": object{"page": "/price"}}, "goal": object{"not": object{"did": object{"page": "/price", "days": 7}}},
			"steps": []object{{"id": "w", "wait": object{"for": object{"amount": 60, "unit": "days"}}, "next": "a"}, tagStep("a", "late", "")}})
		s.happen(s.says("ann", "ann@example.jp"), s.view("ann", "/price"))
		ann := s.find("ann@example.jp")
		s.wait(5 * 24 * time.Hour)
		s.happen(s.view("ann", "/price"))
		s.wait(6 * 24 * time.Hour)
		s.wantJourneys(ann, "inside:w")
		s.wait(2 * 24 * time.Hour)
		s.wantJourneys(ann, "reached")
		s.wait(60 * 24 * time.Hour)
		s.wantTags(ann, "")
	})
}
