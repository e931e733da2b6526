package storetest

import (
	"testing"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// acting is what a workspace has of automations and of what they hand over.
type acting struct {
	Automations []store.Automation
	Journeys    []automation.Journey
	Triggers    []store.TriggerState
	Items       []outbox.Item
}

func dumpActing(t testing.TB, from store.Repositories, ws store.WorkspaceID) acting {
	ctx := t.Context()
	return acting{
		Automations: must(from.Automations.List(ctx, ws))(t), Journeys: must(from.Journeys.List(ctx, ws, store.JourneyQuery{}))(t),
		Triggers: must(from.TriggerStates.Of(ctx, ws, []contact.ID{"c"}))(t), Items: must(from.Outbox.List(ctx, ws, store.ItemQuery{}))(t),
	}
}

// fillActing puts one of everything that acts into a workspace; the automation's id.
func fillActing(t testing.TB, db *store.DB, ws store.WorkspaceID) string {
	ctx := t.Context()
	id := must(db.Automations.Create(ctx, ws, store.NewAutomation{Name: "of " + string(ws), KPI: "k", Body: []byte(`{}`)}))(t).ID
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{{Automation: id, Version: 1, Contact: "c", Entry: 1, State: automation.Inside, Step: "s", WakeAt: 5}}))
	ok(t, db.TriggerStates.Put(ctx, ws, []store.TriggerState{{Automation: id, Contact: "c", Holds: true, LookAt: 7}}))
	must(db.Outbox.Queue(ctx, []outbox.Item{{Workspace: event.Workspace(ws), Key: "k", Kind: outbox.Notice, Contact: "c", Cause: "x", NotBefore: 9}}))(t)
	return id
}

// isolationOfActing is how one workspace tries to reach what acts in another.
func isolationOfActing(db *store.DB, ours store.WorkspaceID, their string) map[string]func(t *testing.T) {
	none := store.ErrNotFound{What: "automation", Name: their}
	people := []contact.ID{"c"}
	return map[string]func(t *testing.T){
		"Automations.Create": func(t *testing.T) { must(db.Automations.Create(t.Context(), ours, store.NewAutomation{Name: "n"}))(t) },
		"Automations.Save": func(t *testing.T) {
			wantErr(t, second(db.Automations.Save(t.Context(), ours, their, 1, store.NewAutomation{Name: "n"})), none)
		},
		"Automations.Switch":   func(t *testing.T) { wantErr(t, second(db.Automations.Switch(t.Context(), ours, their, 1)), none) },
		"Automations.Delete":   func(t *testing.T) { wantErr(t, db.Automations.Delete(t.Context(), ours, their, "x"), none) },
		"Automations.Get":      func(t *testing.T) { wantErr(t, second(db.Automations.Get(t.Context(), ours, their)), none) },
		"Automations.Version":  func(t *testing.T) { wantErr(t, second(db.Automations.Version(t.Context(), ours, their, 1)), none) },
		"Automations.Versions": func(t *testing.T) { wantErr(t, second(db.Automations.Versions(t.Context(), ours, their)), none) },
		"Automations.List": func(t *testing.T) {
			for _, a := range must(db.Automations.List(t.Context(), ours))(t) {
				same(t, a.Name, "n")
			}
		},
		// Of all workspaces, by intent: whoever acts asks, and is told the workspace of each.
		"Automations.Acting": nil, "Automations.Changes": nil, "Automations.RulesChanged": nil, "Automations.SigningKey": nil,
		"Journeys.Due": nil, "Journeys.NextDue": nil, "Journeys.Rewind": nil, "TriggerStates.Due": nil,
		"Outbox.Claim": nil, "Outbox.Finish": nil, "Outbox.Orphan": nil, "Outbox.NextDue": nil, "Inbox.Hold": nil,
		"Journeys.Put": func(t *testing.T) {
			j := automation.Journey{Automation: their, Version: 9, Contact: "c", Entry: 1, State: automation.Removed}
			if db.Journeys.Put(t.Context(), ours, []automation.Journey{j}) == nil {
				same(t, must(db.Journeys.List(t.Context(), ours, store.JourneyQuery{}))(t), []automation.Journey{})
			}
		},
		"Journeys.Inside":  func(t *testing.T) { same(t, len(must(db.Journeys.Inside(t.Context(), ours, people))(t)), 0) },
		"Journeys.Entered": func(t *testing.T) { same(t, len(must(db.Journeys.Entered(t.Context(), ours, their, people, 0))(t)), 0) },
		"Journeys.Entries": func(t *testing.T) {
			for range db.Journeys.Entries(t.Context(), ours, their) {
				t.Error("entries of another workspace")
			}
		},
		"Journeys.Counts": func(t *testing.T) { same(t, len(must(db.Journeys.Counts(t.Context(), ours, their))(t)), 0) },
		"Journeys.List": func(t *testing.T) {
			same(t, len(must(db.Journeys.List(t.Context(), ours, store.JourneyQuery{Automation: their}))(t)), 0)
		},
		"Journeys.Ways": func(t *testing.T) { same(t, len(must(db.Journeys.Ways(t.Context(), ours, their))(t)), 0) },
		"Journeys.Empty": func(t *testing.T) {
			people, items, err := db.Journeys.Empty(t.Context(), ours, their, 1)
			ok(t, err)
			same(t, []int64{people, items}, []int64{0, 0})
		},
		"Journeys.Merge":           func(t *testing.T) { ok(t, db.Journeys.Merge(t.Context(), ours, "c", "d")) },
		"TriggerStates.AnyTouched": nil, // of all workspaces, by intent
		"Occurrences.Fresh": func(t *testing.T) {
			same(t, must(db.Occurrences.Fresh(t.Context(), ours, []store.Occurrence{{Watch: "w", MessageID: "m"}}))(t), []bool{true})
		},
		"Journeys.Forget":  func(t *testing.T) { ok(t, db.Journeys.Forget(t.Context(), ours, "c")) },
		"TriggerStates.Of": func(t *testing.T) { same(t, len(must(db.TriggerStates.Of(t.Context(), ours, people))(t)), 0) },
		"TriggerStates.Put": func(t *testing.T) {
			_ = db.TriggerStates.Put(t.Context(), ours, []store.TriggerState{{Automation: their, Contact: "c"}})
		},
		"TriggerStates.TouchThose": func(t *testing.T) { ok(t, db.TriggerStates.TouchThose(t.Context(), ours, []string{their})) },
		"TriggerStates.Forget":     func(t *testing.T) { ok(t, db.TriggerStates.Forget(t.Context(), ours, their)) },
		"TriggerStates.Touch":      func(t *testing.T) { ok(t, db.TriggerStates.Touch(t.Context(), ours, "c")) },
		"TriggerStates.Looked":     func(t *testing.T) { ok(t, db.TriggerStates.Looked(t.Context(), ours, people)) },
		"Outbox.Queue": func(t *testing.T) {
			must(db.Outbox.Queue(t.Context(), []outbox.Item{{Workspace: event.Workspace(ours), Key: "k", Kind: outbox.Mail}}))(t)
		},
		"Outbox.Cancel": func(t *testing.T) {
			same(t, must(db.Outbox.Cancel(t.Context(), ours, store.Cancelling{Cause: "x", Contact: "c"}))(t), 0)
		},
		"Outbox.Withdraw": func(t *testing.T) {
			same(t, must(db.Outbox.Withdraw(t.Context(), ours, "x", people, "goal"))(t), 0)
		},
		"Outbox.Decide": func(t *testing.T) {
			wantErr(t, db.Outbox.Decide(t.Context(), ours, "1", true, "us"), store.ErrNotFound{What: "item", Name: "1"})
		},
		"Outbox.List": func(t *testing.T) {
			same(t, len(must(db.Outbox.List(t.Context(), ours, store.ItemQuery{Cause: "x"}))(t)), 0)
		},
		"Outbox.CountOf": func(t *testing.T) { same(t, len(must(db.Outbox.CountOf(t.Context(), ours, "x"))(t)), 0) },
		"Outbox.Reasons": func(t *testing.T) { same(t, len(must(db.Outbox.Reasons(t.Context(), ours, "x"))(t)), 0) },
		"Outbox.SentTo":  func(t *testing.T) { same(t, len(must(db.Outbox.SentTo(t.Context(), ours, people, 0))(t)), 0) },
	}
}
