package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testOutbox(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	at := func() event.Millis { return event.Millis(clock.Now().UnixMilli()) }
	item := func(of store.WorkspaceID, key, stream string, priority int) outbox.Item {
		return outbox.Item{Workspace: event.Workspace(of), Key: key, Kind: outbox.Mail, Stream: stream, Priority: priority, Contact: "c1", Cause: "automation:x",
			Payload: []byte(`{}`), NotBefore: at()}
	}
	late := item(ws, "later", "marketing", 0)
	late.NotBefore += 10_000
	hook := item(ws, "hook", "marketing", 0)
	hook.Kind = outbox.Webhook
	list := []outbox.Item{
		item(ws, "last", "marketing", 3), item(ws, "usual", "marketing", 0), item(ws, "first", "marketing", 1), item(ws, "needed", "transactional", 0), late, hook,
	}
	same(t, must(db.Outbox.Queue(ctx, list))(t), 6)
	same(t, must(db.Outbox.Queue(ctx, append(list, item(other, "usual", "marketing", 0))))(t), 1)
	same(t, must(db.Outbox.NextDue(ctx))(t), at())

	a, b := store.Sender{Node: "n", Run: "1"}, store.Sender{Node: "n", Run: "2"}
	claimed := must(db.Outbox.Claim(ctx, a, outbox.Mail, at(), 4))(t)
	keys := func(items []outbox.Item) (keys []string) {
		for _, one := range items {
			keys = append(keys, one.Key)
		}
		return keys
	}
	same(t, keys(claimed), []string{"needed", "first", "usual", "usual"})
	same(t, []any{claimed[0].State, claimed[0].Attempts, claimed[0].Contact}, []any{outbox.Sending, 1, "c1"})
	under := must(db.Outbox.Claim(ctx, b, outbox.Mail, at(), 10))(t)
	same(t, keys(under), []string{"last"})
	same(t, len(must(db.Outbox.Claim(ctx, b, outbox.Mail, at(), 10))(t)), 0)

	claimed[0].State, claimed[1].State, claimed[1].Reason = outbox.Sent, outbox.Failed, "550 no such user"
	claimed[2].State, claimed[2].NotBefore = outbox.Queued, at()+5000
	ok(t, db.Outbox.Finish(ctx, a, claimed[:3]))
	same(t, must(db.Outbox.CountOf(ctx, ws, "automation:x"))(t), map[outbox.State]int{outbox.Sent: 1, outbox.Failed: 1, outbox.Queued: 3, outbox.Sending: 1})
	// What everybody needs fills no cap; what is on its way does, but not for itself.
	same(t, must(db.Outbox.SentTo(ctx, ws, []contact.ID{"c1"}, 0))(t), map[contact.ID]int{"c1": 1})
	same(t, must(db.Outbox.SentTo(ctx, ws, []contact.ID{"c1"}, 0, under[0].ID))(t), map[contact.ID]int{})

	// The program dies and starts again; what the other run had on its way is unknown.
	restarted := store.Sender{Node: "n", Run: "3"}
	same(t, must(db.Outbox.Orphan(ctx, store.Sender{Node: "m", Run: "3"}))(t), 0)
	same(t, must(db.Outbox.Orphan(ctx, restarted))(t), 2)
	same(t, must(db.Outbox.Orphan(ctx, restarted))(t), 0)
	same(t, len(must(db.Outbox.Claim(ctx, restarted, outbox.Mail, at()+4000, 10))(t)), 0) // never by itself
	unknown := must(db.Outbox.List(ctx, ws, store.ItemQuery{State: outbox.Unknown}))(t)
	same(t, keys(unknown), []string{"last"})
	wantErr(t, db.Outbox.Decide(ctx, other, unknown[0].ID, true, "佐藤"), store.ErrNotFound{What: "item", Name: unknown[0].ID})
	ok(t, db.Outbox.Decide(ctx, ws, unknown[0].ID, true, "佐藤"))
	wantErr(t, db.Outbox.Decide(ctx, ws, unknown[0].ID, false, "佐藤"), store.ErrNotFound{What: "item", Name: unknown[0].ID})
	// The run that was taken for dead speaks up: a person has decided, its word comes too late.
	unknown[0].State = outbox.Sent
	ok(t, db.Outbox.Finish(ctx, b, unknown))
	same(t, keys(must(db.Outbox.Claim(ctx, restarted, outbox.Mail, at(), 10))(t)), []string{"last"})
	ok(t, db.Outbox.Finish(ctx, restarted, unknown))
	same(t, must(db.Outbox.SentTo(ctx, ws, []contact.ID{"c1"}, at()-1000))(t), map[contact.ID]int{"c1": 1})
	same(t, len(must(db.Outbox.SentTo(ctx, other, []contact.ID{"c9"}, 0))(t)), 0)
	// One that nobody decided about: its run's word counts.
	theirs := must(db.Outbox.List(ctx, other, store.ItemQuery{}))(t)
	same(t, theirs[0].State, outbox.Unknown)
	theirs[0].State = outbox.Sent
	ok(t, db.Outbox.Finish(ctx, a, theirs))
	same(t, must(db.Outbox.CountOf(ctx, other, ""))(t), map[outbox.State]int{outbox.Sent: 1})

	same(t, must(db.Outbox.Cancel(ctx, ws, store.Cancelling{Cause: "automation:x", Reason: "off"}))(t), 3)
	if _, err := db.Outbox.Cancel(ctx, ws, store.Cancelling{Reason: "x"}); err == nil {
		t.Error("everything may be cancelled at once")
	}
	clock.Advance(time.Minute)
	same(t, len(must(db.Outbox.Claim(ctx, restarted, outbox.Mail, at(), 10))(t)), 0)

	// Nobody was bothered by what was never begun because its time had passed.
	must(db.Outbox.Queue(ctx, []outbox.Item{item(ws, "stale", "marketing", 0)}))(t)
	stale := must(db.Outbox.Claim(ctx, restarted, outbox.Mail, at(), 10))(t)
	same(t, keys(stale), []string{"stale"})
	stale[0].State, stale[0].Reason = outbox.Unknown, outbox.Late
	ok(t, db.Outbox.Finish(ctx, restarted, stale))
	same(t, must(db.Outbox.SentTo(ctx, ws, []contact.ID{"c1"}, at()-1000))(t), map[contact.ID]int{})
}

// Several claim, several queue the same: nothing is claimed twice, nothing is left over.
func testOutboxAtOnce(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	const count = 400
	var items []outbox.Item
	for k := range count {
		items = append(items, outbox.Item{Workspace: event.Workspace(ws), Key: fmt.Sprintf("k%03d", k), Kind: outbox.Mail, Stream: "marketing", Priority: k % 4})
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	added, times := 0, map[string]int{}
	for n := range 4 {
		group.Go(func() {
			for from := 0; from < count; from += 100 {
				k, err := db.Outbox.Queue(ctx, items[from:from+100])
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				added += k
				mu.Unlock()
			}
			for idle := 0; idle < 3; {
				claimed, err := db.Outbox.Claim(ctx, store.Sender{Node: "n", Run: fmt.Sprint(n)}, outbox.Mail, 1, 30)
				if err != nil {
					t.Error(err)
					return
				}
				if len(claimed) == 0 {
					idle++
				}
				mu.Lock()
				for k := range claimed {
					times[claimed[k].Key]++
					claimed[k].State = outbox.Sent
				}
				mu.Unlock()
				if err := db.Outbox.Finish(ctx, store.Sender{Node: "n", Run: fmt.Sprint(n)}, claimed); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	same(t, added, count)
	same(t, len(times), count)
	for key, n := range times {
		if n != 1 {
			t.Errorf("%s was claimed %d times", key, n)
		}
	}
	same(t, must(db.Outbox.CountOf(ctx, ws, ""))(t), map[outbox.State]int{outbox.Sent: count})
}
