package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testAutomations(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	changes := func() int64 { return must(db.Automations.Changes(ctx))(t) }
	before := changes()
	key := must(db.Automations.SigningKey(ctx))(t)
	same(t, len(key), 32)
	same(t, must(db.Automations.SigningKey(ctx))(t), key)
	made := must(db.Automations.Create(ctx, ws, store.NewAutomation{Name: "資料", KPI: "leads", Body: []byte(`{"v":1}`), Author: "佐藤"}))(t)
	same(t, made.Version, 1)
	same(t, made.Live, 0)
	same(t, changes(), before) // nobody enters by it
	_, err := db.Automations.Create(ctx, "nowhere", store.NewAutomation{Name: "x"})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	live := must(db.Automations.Switch(ctx, ws, made.ID, 1))(t)
	since := live.LiveSince
	same(t, changes(), before+1)
	clock.Advance(time.Minute)
	saved := must(db.Automations.Save(ctx, ws, made.ID, 1, store.NewAutomation{Name: "資料2", KPI: "leads", Body: []byte(`{"v":2}`), Author: "鈴木"}))(t)
	same(t, []int{saved.Version, saved.Live}, []int{2, 1})
	_, err = db.Automations.Save(ctx, ws, made.ID, 1, store.NewAutomation{Name: "x"})
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})

	// Somebody is inside of the first version when the second is switched on.
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{{Automation: made.ID, Version: 1, Contact: "c1", Entry: 1, State: automation.Inside, Step: "s"}}))
	live = must(db.Automations.Switch(ctx, ws, made.ID, 2))(t)
	same(t, live.LiveSince, since)
	acting := must(db.Automations.Acting(ctx))(t)
	same(t, len(acting), 2)
	same(t, []bool{acting[0].Live, acting[1].Live}, []bool{false, true})
	same(t, string(acting[0].Body), `{"v":1}`)
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{{Automation: made.ID, Version: 1, Contact: "c1", Entry: 1, State: automation.Ended}}))
	same(t, len(must(db.Automations.Acting(ctx))(t)), 1)
	_, err = db.Automations.Switch(ctx, ws, made.ID, 3)
	wantErr(t, err, store.ErrNotFound{What: "version", Name: "3"})

	none := store.ErrNotFound{What: "automation", Name: made.ID}
	for _, refused := range []error{
		second(db.Automations.Get(ctx, other, made.ID)), second(db.Automations.Versions(ctx, other, made.ID)), second(db.Automations.Version(ctx, other, made.ID, 1)),
		second(db.Automations.Save(ctx, other, made.ID, 2, store.NewAutomation{Name: "x"})), second(db.Automations.Switch(ctx, other, made.ID, 0)),
		db.Automations.Delete(ctx, other, made.ID, "automation:"+made.ID),
	} {
		wantErr(t, refused, none)
	}
	same(t, len(must(db.Automations.List(ctx, other))(t)), 0)
	same(t, len(must(db.Automations.Versions(ctx, ws, made.ID))(t)), 2)
	must(db.Outbox.Queue(ctx, []outbox.Item{{Workspace: event.Workspace(ws), Key: "k", Kind: outbox.Mail, Cause: "automation:" + made.ID}}))(t)
	ok(t, db.Automations.Delete(ctx, ws, made.ID, "automation:"+made.ID))
	same(t, must(db.Outbox.CountOf(ctx, ws, ""))(t), map[outbox.State]int{outbox.Cancelled: 1})
	same(t, len(must(db.Journeys.List(ctx, ws, store.JourneyQuery{}))(t)), 0)
	wantErr(t, second(db.Automations.Get(ctx, ws, made.ID)), none)
}

func second[T any](_ T, err error) error { return err }

func testJourneys(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	a := must(db.Automations.Create(ctx, ws, store.NewAutomation{Name: "a"}))(t).ID
	inside := automation.Journey{
		Automation: a, Version: 1, Contact: "c1", Entry: 1, State: automation.Inside, Step: "wait", Since: 50, EnteredAt: 40, WakeAt: 100,
		Visits: map[string]int{"mail": 2},
	}
	held := automation.Journey{Automation: a, Version: 1, Contact: "c2", Entry: 1, State: automation.Held, Since: 41, EnteredAt: 41}
	later := automation.Journey{Automation: a, Version: 1, Contact: "c3", Entry: 1, State: automation.Inside, Step: "wait", Since: 900, EnteredAt: 42, WakeAt: 1000}
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{inside, held, later}))
	same(t, must(db.Journeys.Inside(ctx, ws, []contact.ID{"c1", "c2"}))(t), []automation.Journey{inside})
	same(t, len(must(db.Journeys.Inside(ctx, other, []contact.ID{"c1"}))(t)), 0)
	same(t, must(db.Journeys.Due(ctx, 100, 10))(t), []store.DueJourney{{Workspace: ws, Journey: inside}})
	same(t, must(db.Journeys.NextDue(ctx))(t), 100)
	same(t, must(db.Journeys.Rewind(ctx, 800, 200))(t), 1)
	same(t, len(must(db.Journeys.Due(ctx, 200, 10))(t)), 2)

	inside.State, inside.Step, inside.WakeAt, inside.EndedAt, inside.Visits = automation.Ended, "", 0, 120, nil
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{inside}))
	again := automation.Journey{Automation: a, Version: 2, Contact: "c1", Entry: 2, State: automation.Inside, Step: "mail", EnteredAt: 300, Since: 300, WakeAt: 300}
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{again}))
	same(t, must(db.Journeys.Entered(ctx, ws, a, []contact.ID{"c1", "c2", "c9"}, 300))(t), map[contact.ID]store.TimesEntered{
		"c1": {Times: 2, Inside: true, Last: 300, Lately: 1}, "c2": {Times: 1, Last: 41},
	})
	same(t, must(db.Journeys.Counts(ctx, ws, a))(t), []store.StepCount{
		{Version: 1, State: automation.Ended, People: 1}, {Version: 1, State: automation.Held, People: 1},
		{Version: 1, State: automation.Inside, Step: "wait", People: 1}, {Version: 2, State: automation.Inside, Step: "mail", People: 1},
	})
	same(t, len(must(db.Journeys.Counts(ctx, other, a))(t)), 0)
	same(t, must(db.Journeys.List(ctx, ws, store.JourneyQuery{Contact: "c1"}))(t), []automation.Journey{again, inside})

	var entries []string
	for j, err := range db.Journeys.Entries(ctx, ws, a) {
		ok(t, err)
		entries = append(entries, fmt.Sprintf("%s %d.%d %s %d", j.Contact, j.Version, j.Entry, j.State, j.EnteredAt))
	}
	same(t, entries, []string{"c1 1.1 ended 40", "c2 1.1 held 41", "c3 1.1 inside 42", "c1 2.2 inside 300"})
	for range db.Journeys.Entries(ctx, other, a) {
		t.Error("entries of another workspace")
	}

	state := store.TriggerState{Automation: a, Contact: "c1", Holds: true, LookAt: 500}
	ok(t, db.TriggerStates.Put(ctx, ws, []store.TriggerState{state, {Automation: a, Contact: "c2"}}))
	same(t, must(db.TriggerStates.Of(ctx, ws, []contact.ID{"c1"}))(t), []store.TriggerState{state})
	same(t, len(must(db.TriggerStates.Of(ctx, other, []contact.ID{"c1"}))(t)), 0)
	ok(t, db.TriggerStates.Touch(ctx, ws, "c2", "c3"))
	ok(t, db.TriggerStates.Touch(ctx, ws, "c2"))
	same(t, len(must(db.TriggerStates.Due(ctx, 499, 10))(t)), 2)
	same(t, len(must(db.TriggerStates.Due(ctx, 500, 10))(t)), 3)
	ok(t, db.TriggerStates.Looked(ctx, ws, []contact.ID{"c2"}))
	same(t, must(db.TriggerStates.Due(ctx, 0, 10))(t), []store.PersonOf{{Workspace: ws, Contact: "c3"}})

	// What a trigger was seen to be is forgotten in its own workspace only.
	ok(t, db.TriggerStates.Forget(ctx, other, a))
	same(t, len(must(db.TriggerStates.Of(ctx, ws, []contact.ID{"c1", "c2"}))(t)), 2)
	ok(t, db.TriggerStates.Forget(ctx, ws, a))
	same(t, len(must(db.TriggerStates.Of(ctx, ws, []contact.ID{"c1", "c2"}))(t)), 0)
	ok(t, db.TriggerStates.Put(ctx, ws, []store.TriggerState{state, {Automation: a, Contact: "c2", LookAt: 600}, {Automation: a, Contact: "c3", Holds: true, LookAt: 700}}))

	// c3 turns out to be c2, who is in the same automation: the journey ends, nothing is left of c3.
	ok(t, db.Journeys.Merge(ctx, ws, "c3", "c2"))
	same(t, len(must(db.Journeys.List(ctx, ws, store.JourneyQuery{Contact: "c3"}))(t)), 0)
	merged := must(db.Journeys.List(ctx, ws, store.JourneyQuery{Contact: "c2"}))(t)
	same(t, []any{len(merged), merged[0].State, merged[0].Entry, merged[1].State}, []any{2, automation.Removed, 2, automation.Held})
	same(t, must(db.TriggerStates.AnyTouched(ctx))(t), false)
	// What held of one of the two holds of them; when to look again is not changed by it.
	same(t, must(db.TriggerStates.Of(ctx, ws, []contact.ID{"c2", "c3"}))(t), []store.TriggerState{{Automation: a, Contact: "c2", Holds: true, LookAt: 600}})

	// Whoever is inside of an automation, or was seen by its trigger, is looked at again where
	// what is asked of them has changed; nobody is where nothing acts.
	ok(t, db.TriggerStates.TouchThose(ctx, ws, []string{a, "gone"}))
	ok(t, db.TriggerStates.Touch(ctx, other, "c9"))
	same(t, must(db.TriggerStates.Due(ctx, 0, 10))(t), []store.PersonOf{{Workspace: ws, Contact: "c1"}, {Workspace: ws, Contact: "c2"}})
	ok(t, db.TriggerStates.Looked(ctx, ws, []contact.ID{"c1", "c2"}))

	// What is passed is counted once for each that passed it, and adds up.
	walked := automation.Journey{Automation: a, Version: 2, Contact: "c1", Entry: 2, State: automation.Inside, Step: "mail", EnteredAt: 300, Since: 300, WakeAt: 300,
		Passed: []automation.Passage{{From: "mail", To: "wait"}, {From: "wait", To: ""}}}
	fifth := automation.Journey{Automation: a, Version: 2, Contact: "c5", Entry: 1, State: automation.Inside, Step: "wait", Passed: []automation.Passage{{From: "mail", To: "wait"}}}
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{walked}))
	ok(t, db.Journeys.Put(ctx, ws, []automation.Journey{fifth}))
	same(t, must(db.Journeys.Ways(ctx, ws, a))(t), []store.WayCount{{Version: 2, From: "mail", To: "wait", People: 2}, {Version: 2, From: "wait", To: "", People: 1}})
	same(t, len(must(db.Journeys.Ways(ctx, other, a))(t)), 0)

	// Whoever leaves is not sent the mails of marketing that wait; nobody else misses anything.
	cause := automation.Cause(a)
	waits := func(key string, kind outbox.Kind, stream string, who contact.ID, cause string) outbox.Item {
		return outbox.Item{Workspace: event.Workspace(ws), Key: key, Kind: kind, Stream: stream, Contact: string(who), Cause: cause}
	}
	must(db.Outbox.Queue(ctx, []outbox.Item{waits("l1", outbox.Mail, automation.Marketing, "c7", cause), waits("l2", outbox.Mail, automation.Transactional, "c7", cause),
		waits("l3", outbox.Webhook, automation.Marketing, "c7", cause), waits("l4", outbox.Mail, automation.Marketing, "c8", cause), waits("l5", outbox.Mail, automation.Marketing, "c7", "automation:z")}))(t)
	same(t, must(db.Outbox.Withdraw(ctx, other, cause, []contact.ID{"c7"}, outbox.Goal))(t), 0)
	same(t, must(db.Outbox.Withdraw(ctx, ws, cause, []contact.ID{"c7", "c9"}, outbox.Goal))(t), 1)
	gone := must(db.Outbox.List(ctx, ws, store.ItemQuery{State: outbox.Cancelled}))(t)
	same(t, []string{gone[0].Key, gone[0].Reason}, []string{"l1", outbox.Goal})
	must(db.Outbox.Cancel(ctx, ws, store.Cancelling{Contact: "c7", Reason: "x"}))(t)
	must(db.Outbox.Cancel(ctx, ws, store.Cancelling{Contact: "c8", Reason: "x"}))(t)

	// Everybody is taken out, and what waits is not sent.
	must(db.Outbox.Queue(ctx, []outbox.Item{{Workspace: event.Workspace(ws), Key: "w", Kind: outbox.Mail, Contact: "c5", Cause: cause}}))(t)
	people, items, err := db.Journeys.Empty(ctx, other, a, 400)
	ok(t, err)
	same(t, []int64{people, items}, []int64{0, 0})
	people, items, err = db.Journeys.Empty(ctx, ws, a, 400)
	ok(t, err)
	same(t, []int64{people, items}, []int64{2, 1})
	same(t, must(db.Journeys.List(ctx, ws, store.JourneyQuery{Contact: "c5"}))(t)[0].State, automation.Removed)
	same(t, must(db.Outbox.CountOf(ctx, ws, cause))(t), map[outbox.State]int{outbox.Cancelled: 5})

	// Somebody is erased in the middle: nothing of theirs is left, nothing is sent.
	must(db.Outbox.Queue(ctx, []outbox.Item{{Workspace: event.Workspace(ws), Key: "k", Kind: outbox.Mail, Contact: "c1", Payload: []byte("secret")}}))(t)
	ok(t, db.Journeys.Forget(ctx, other, "c1"))
	same(t, len(must(db.Journeys.List(ctx, ws, store.JourneyQuery{Contact: "c1"}))(t)), 2)
	ok(t, db.Journeys.Forget(ctx, ws, "c1"))
	same(t, len(must(db.Journeys.List(ctx, ws, store.JourneyQuery{Contact: "c1"}))(t)), 0)
	item := must(db.Outbox.List(ctx, ws, store.ItemQuery{}))(t)[0]
	same(t, []string{string(item.State), item.Contact, string(item.Payload)}, []string{"cancelled", "", "{}"})
}
