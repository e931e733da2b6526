package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testInbox(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	inbox := db.Inbox
	same(t, must(inbox.Backlog(ctx))(t), event.Backlog{})
	same(t, len(must(inbox.After(ctx, 0, 1))(t)), 0)

	start := event.Millis(clock.Now().UnixMilli())
	var want []event.Batch
	for i := range 5 {
		b := event.Batch{Payload: bytes.Repeat([]byte{byte(i), 0, 0xff}, 100), Events: i + 1, At: event.Millis(clock.Now().UnixMilli())}
		b.Seq = must(inbox.Append(ctx, b.Payload, b.Events))(t)
		if i > 0 && b.Seq <= want[i-1].Seq {
			t.Fatalf("seq %d after %d", b.Seq, want[i-1].Seq)
		}
		want = append(want, b)
		clock.Advance(time.Second)
	}
	same(t, must(inbox.After(ctx, 0, 1<<20))(t), want)
	same(t, must(inbox.After(ctx, want[1].Seq, 1<<20))(t), want[2:])
	same(t, must(inbox.After(ctx, 0, 1))(t), want[:1]) // never none where there is one
	same(t, must(inbox.After(ctx, 0, 301))(t), want[:2])
	last := want[4].Seq
	same(t, must(inbox.Backlog(ctx))(t), event.Backlog{Batches: 5, Events: 15, Bytes: 1500, Oldest: start, Newest: last})

	same(t, must(inbox.Dropped(ctx))(t), 0)
	same(t, must(inbox.Drop(ctx, want[2].Seq))(t), event.Backlog{Batches: 3, Events: 6, Bytes: 900})
	same(t, must(inbox.Drop(ctx, want[0].Seq))(t), event.Backlog{}) // does not take back what was said
	same(t, must(inbox.Dropped(ctx))(t), want[2].Seq)
	same(t, must(inbox.After(ctx, 0, 1<<20))(t), want[3:])

	// An empty inbox goes on counting, and numbers that somebody has passed are left out.
	must(inbox.Drop(ctx, last))(t)
	next := must(inbox.Append(ctx, []byte("x"), 1))(t)
	if next <= last {
		t.Errorf("seq %d was given again, the last one was %d", next, last)
	}
	ok(t, inbox.SkipTo(ctx, next+1000))
	ok(t, inbox.SkipTo(ctx, 3))
	if after := must(inbox.Append(ctx, []byte("x"), 1))(t); after != next+1001 {
		t.Errorf("seq %d after skipping to %d", after, next+1000)
	}

	// Inside a transaction it comes and goes with it.
	stop := errors.New("stop")
	before := must(inbox.Backlog(ctx))(t)
	err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		must(tx.Inbox.Append(ctx, []byte("x"), 1))(t)
		return stop
	})
	if !errors.Is(err, stop) {
		t.Errorf("error %v, want %v", err, stop)
	}
	same(t, must(inbox.Backlog(ctx))(t), before)
}

func testInboxSkipsAtFirst(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ok(t, db.Inbox.SkipTo(ctx, 41))
	same(t, must(db.Inbox.Append(ctx, []byte{}, 0))(t), 42)
}

// testInboxOrder appends from many sides while a reader goes on from the last
// seq it saw: it must see every batch, in order.
func testInboxOrder(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	const writers, each = 6, 25
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				if i%5 != 0 {
					must(db.Inbox.Append(ctx, fmt.Append(nil, w, ":", i), 1))(t)
					continue
				}
				// Others that write between them, and transactions that come to nothing.
				_ = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
					must(tx.Inbox.Append(ctx, []byte("lost"), 1))(t)
					return errors.New("stop")
				})
				ok(t, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
					must(tx.Inbox.Append(ctx, fmt.Append(nil, w, ":", i), 1))(t)
					return nil
				}))
			}
		})
	}
	written := make(chan struct{})
	go func() { group.Wait(); close(written) }()
	seen := map[string]bool{}
	place := int64(0)
	for over := false; ; {
		list := must(db.Inbox.After(ctx, place, 64))(t)
		for _, b := range list {
			if b.Seq <= place {
				t.Fatalf("batch %d after %d", b.Seq, place)
			}
			place, seen[string(b.Payload)] = b.Seq, true
		}
		if over && len(list) == 0 {
			break
		}
		select {
		case <-written:
			over = true // and once more round for the last of them
		default:
		}
	}
	same(t, len(seen), writers*each)
	if seen["lost"] {
		t.Error("a batch of a transaction that was rolled back was read")
	}
}

func testInboxPlaces(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	same(t, must(db.Inbox.Place(ctx, "r"))(t), 0)
	ok(t, db.Inbox.Advance(ctx, "r", 0, 7))
	ok(t, db.Inbox.Advance(ctx, "r", 7, 9))
	wantErr(t, db.Inbox.Advance(ctx, "r", 7, 10), store.ErrConflict{})
	wantErr(t, db.Inbox.Advance(ctx, "r", 0, 10), store.ErrConflict{})
	wantErr(t, db.Inbox.Advance(ctx, "other", 3, 10), store.ErrConflict{})
	same(t, must(db.Inbox.Place(ctx, "r"))(t), 9)
	same(t, must(db.Inbox.Place(ctx, "other"))(t), 0)

	// A reader that runs twice does its effect once.
	var done, refused int
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
				if err := tx.Inbox.Advance(ctx, "twice", 0, 5); err != nil {
					return err
				}
				_, err := tx.Inbox.Append(ctx, []byte("effect"), 1)
				return err
			})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done++
			} else if _, conflict := errors.AsType[store.ErrConflict](err); conflict {
				refused++
			} else {
				t.Error(err)
			}
		})
	}
	group.Wait()
	same(t, []int{done, refused}, []int{1, 3})
	same(t, len(must(db.Inbox.After(ctx, 0, 1<<20))(t)), 1)
}

func testInboxAside(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	seq := must(db.Inbox.Append(ctx, []byte{0, 1, 2}, 3))(t)
	bad := event.Batch{Seq: seq, Payload: []byte{0, 1, 2}, Events: 3}
	same(t, must(db.Inbox.SetAside(ctx, bad, "of no known version\x00\xff"))(t), true)
	same(t, must(db.Inbox.SetAside(ctx, bad, "again"))(t), false)
	same(t, must(db.Inbox.SetAside(ctx, event.Batch{Seq: seq + 1}, strings.Repeat("長", 10_000)))(t), true)
	list := must(db.Inbox.Aside(ctx, 10))(t)
	same(t, len(list), 2)
	same(t, list[0], store.AsideBatch{Batch: bad, Reason: "of no known version��", AsideAt: clock.Now()})
	same(t, must(db.Inbox.Backlog(ctx))(t).Aside, 2)
	same(t, len(must(db.Inbox.After(ctx, 0, 1))(t)), 1) // it is still where it was

	ok(t, db.Inbox.Restore(ctx, seq))
	wantErr(t, db.Inbox.Restore(ctx, seq), store.ErrNotFound{What: "batch", Name: fmt.Sprint(seq)})
	again := must(db.Inbox.After(ctx, seq, 1<<20))(t)
	same(t, len(again), 1)
	same(t, again[0].Payload, bad.Payload)
	same(t, must(db.Inbox.EmptyAside(ctx))(t), 1)
	same(t, must(db.Inbox.EmptyAside(ctx))(t), 0)
}

func testCatalogue(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	a, b := event.Workspace(workspace(t, db, "a")), event.Workspace(workspace(t, db, "b"))
	name := func(ws event.Workspace, name string, n int64, first, last event.Millis) event.NameSeen {
		return event.NameSeen{Workspace: ws, Kind: event.Track, Name: name, Count: n, First: first, Last: last}
	}
	key := func(ws event.Workspace, n int64, first, last event.Millis) event.KeySeen {
		return event.KeySeen{Workspace: ws, Key: "k", Count: n, First: first, Last: last}
	}
	page := event.NameSeen{Workspace: a, Kind: event.Page, Name: "問合せ", Count: 1, First: 5, Last: 5}
	ok(t, db.Catalogue.Note(ctx, "catalogue", 0, 3, event.Sightings{
		Names: []event.NameSeen{name(a, "問合せ", 2, 10, 20), page, name(b, "x", 1, 1, 1), name("gone", "x", 1, 1, 1)},
		Keys:  []event.KeySeen{key(a, 3, 100, 200), key("gone", 1, 1, 1)}, Fingerprints: []uint64{1, 1<<63 + 5},
	}))
	ok(t, db.Catalogue.Note(ctx, "catalogue", 3, 4, event.Sightings{
		Names: []event.NameSeen{name(a, "問合せ", 1, 5, 15), name(a, "y", 9, 1, 2)},
		Keys:  []event.KeySeen{key(a, 1, 150, 300)}, Fingerprints: []uint64{7},
	}))
	wantErr(t, db.Catalogue.Note(ctx, "catalogue", 3, 4, event.Sightings{Names: []event.NameSeen{name(a, "y", 1, 1, 1)}}), store.ErrConflict{})
	same(t, must(db.Inbox.Place(ctx, "catalogue"))(t), 4)
	same(t, must(db.Catalogue.EventNames(ctx, store.WorkspaceID(a), event.Track, 10))(t), []event.NameSeen{name(a, "y", 9, 1, 2), name(a, "問合せ", 3, 5, 20)})
	same(t, must(db.Catalogue.EventNames(ctx, store.WorkspaceID(a), event.Page, 10))(t), []event.NameSeen{page})
	same(t, must(db.Catalogue.EventNames(ctx, store.WorkspaceID(b), event.Track, 10))(t), []event.NameSeen{name(b, "x", 1, 1, 1)})
	same(t, must(db.Catalogue.KeyActivity(ctx, store.WorkspaceID(a)))(t), []event.KeySeen{key(a, 4, 100, 300)})
	same(t, must(db.Catalogue.KeyActivity(ctx, store.WorkspaceID(b)))(t), []event.KeySeen{})

	same(t, collect(t, db.Catalogue.Seen(ctx)), []event.Seen{{Seq: 3, Fingerprints: []uint64{1, 1<<63 + 5}}, {Seq: 4, Fingerprints: []uint64{7}}})
	ok(t, db.Catalogue.Note(ctx, "catalogue", 4, 9, event.Sightings{ForgetUpTo: 3}))
	same(t, collect(t, db.Catalogue.Seen(ctx)), []event.Seen{{Seq: 4, Fingerprints: []uint64{7}}})

	ok(t, db.Workspaces.Delete(ctx, store.WorkspaceID(a)))
	same(t, len(must(db.Catalogue.EventNames(ctx, store.WorkspaceID(a), event.Track, 10))(t)), 0)
	same(t, len(must(db.Catalogue.KeyActivity(ctx, store.WorkspaceID(a)))(t)), 0)
}

// testCatalogueFull checks that a flood of names stays bounded, that known names
// go on being counted, and that nothing is lost from the sum.
func testCatalogueFull(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	flood := func(from, n int) (list []event.NameSeen) {
		for i := range n {
			list = append(list, event.NameSeen{Workspace: event.Workspace(ws), Kind: event.Track, Name: fmt.Sprintf("n%05d", from+i), Count: 1, First: 1, Last: 1})
		}
		return list
	}
	ok(t, db.Catalogue.Note(ctx, "c", 0, 1, event.Sightings{Names: flood(0, store.MaxEventNames-1)}))
	ok(t, db.Catalogue.Note(ctx, "c", 1, 2, event.Sightings{Names: flood(store.MaxEventNames-6, 10)})) // five known, one fits
	ok(t, db.Catalogue.Note(ctx, "c", 2, 3, event.Sightings{Names: flood(0, 3)}))
	odd := event.NameSeen{Workspace: event.Workspace(ws), Kind: event.Page, Name: "/a\x00b\xff" + strings.Repeat("長", 1000), Count: 1, First: 1, Last: 1}
	ok(t, db.Catalogue.Note(ctx, "c", 3, 4, event.Sightings{Names: []event.NameSeen{odd}}))
	counts := map[string]int64{}
	sum := int64(0)
	for _, n := range must(db.Catalogue.EventNames(ctx, ws, event.Track, store.MaxEventNames+10))(t) {
		counts[n.Name] = n.Count
		sum += n.Count
	}
	same(t, len(counts), store.MaxEventNames+1)
	same(t, sum, int64(store.MaxEventNames-1+10+3))
	same(t, counts[""], 4)
	same(t, []int64{counts["n00000"], counts["n09998"], counts["n09999"], counts["n10000"]}, []int64{2, 2, 1, 0})
	pages := must(db.Catalogue.EventNames(ctx, ws, event.Page, 5))(t)
	same(t, len(pages), 1)
	same(t, strings.HasPrefix(pages[0].Name, "/a�b�長"), true)
}
