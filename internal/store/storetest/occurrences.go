package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func did(watch condition.Watch, subject string, at event.Millis, id string) store.Occurrence {
	return store.Occurrence{Watch: watch, Subject: subject, At: at, MessageID: id}
}

func testOccurrences(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	add := func(ws store.WorkspaceID, list ...store.Occurrence) int64 {
		return must(db.Occurrences.Add(ctx, ws, list))(t)
	}
	same(t, add(ws), 0)
	same(t, must(db.Occurrences.Revision(ctx, ws))(t), int64(0))
	same(t, add(ws, did("price", "v:x", 30, "m3"), did("price", "v:x", 10, "m1"), did("case", "v:x", 10, "m1"), did("price", "c:1", 20, "m2")), 4)
	same(t, add(ws, did("price", "v:other", 99, "m1"), did("price", "c:1", 40, "m4")), 1)
	same(t, add(other, did("price", "v:x", 10, "m1")), 1)
	if _, err := db.Occurrences.Add(ctx, "nowhere", []store.Occurrence{did("price", "v:x", 1, "m")}); err == nil {
		t.Error("an occurrence of no workspace was kept")
	}
	if _, err := db.Occurrences.Add(ctx, ws, []store.Occurrence{did("price", strings.Repeat("x", 5000), 1, "m")}); err == nil {
		t.Error("a subject of 5,000 letters was kept")
	}

	all := map[condition.Watch]event.Millis{"price": 0, "case": 0}
	of := func(since map[condition.Watch]event.Millis, subjects ...string) map[string][]condition.Occurrence {
		return must(db.Occurrences.Of(ctx, ws, subjects, since))(t)
	}
	one := func(watch condition.Watch, at event.Millis, id string) condition.Occurrence {
		return condition.Occurrence{Watch: watch, At: at, MessageID: id}
	}
	same(t, of(all, "v:x", "v:nobody"), map[string][]condition.Occurrence{"v:x": {one("case", 10, "m1"), one("price", 10, "m1"), one("price", 30, "m3")}})
	same(t, of(map[condition.Watch]event.Millis{"price": 30, "case": 10}, "v:x"), map[string][]condition.Occurrence{"v:x": {one("case", 10, "m1"), one("price", 30, "m3")}})
	same(t, of(map[condition.Watch]event.Millis{"case": 11}, "v:x"), map[string][]condition.Occurrence{})
	same(t, of(nil, "v:x"), map[string][]condition.Occurrence{})
	same(t, must(db.Occurrences.Count(ctx, ws, "price"))(t), int64(4))

	same(t, must(db.Occurrences.Doers(ctx, ws, []string{"v:x", "c:1", "v:nobody"}))(t), []string{"c:1", "v:x"})
	same(t, len(must(db.Occurrences.Doers(ctx, ws, nil))(t)), 0)
	before := must(db.Occurrences.Revision(ctx, ws))(t)
	same(t, must(db.Occurrences.Move(ctx, ws, "v:x", "c:1"))(t), int64(3))
	same(t, must(db.Occurrences.Move(ctx, ws, "v:x", "c:1"))(t), int64(0))
	same(t, must(db.Occurrences.Move(ctx, ws, "c:1", "c:1"))(t), int64(0))
	moved := collect(t, db.Occurrences.Each(ctx, ws, before))
	if len(moved) != 3 || slices.ContainsFunc(moved, func(o store.Occurrence) bool { return o.Subject != "c:1" }) {
		t.Errorf("moved: %+v", moved)
	}
	same(t, len(collect(t, db.Occurrences.Each(ctx, ws, 0))), 5)
	same(t, len(of(all, "c:1")["c:1"]), 5)
	// A message that comes again finds its place taken, whoever it belongs to now.
	same(t, add(ws, did("price", "v:x", 30, "m3")), 0)
	same(t, must(db.Occurrences.Erase(ctx, ws, "c:1"))(t), int64(5))
	same(t, of(all, "c:1"), map[string][]condition.Occurrence{})
	same(t, must(db.Occurrences.Count(ctx, other, "price"))(t), int64(1))

	// Many at once, beside another write of the same transaction.
	var many []store.Occurrence
	var subjects []string
	for i := range 1200 {
		many = append(many, did("many", fmt.Sprintf("c:%d", i), event.Millis(i), fmt.Sprintf("m%d", i)))
		subjects = append(subjects, fmt.Sprintf("c:%d", i))
	}
	ok(t, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Occurrences.Add(ctx, ws, many); err != nil {
			return err
		}
		_, err := tx.Occurrences.Move(ctx, ws, "c:0", "c:1")
		return err
	}))
	got := of(map[condition.Watch]event.Millis{"many": 0}, subjects...)
	same(t, len(got), 1199)
	same(t, len(got["c:1"]), 2)
}

func testWatches(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	price, cases := condition.Matcher{Page: "/price"}, condition.Matcher{Page: "/case/*", Where: []condition.Property{{Key: "n", Op: condition.Known}}}
	watched := func(m condition.Matcher, days int) condition.Watched {
		return condition.Watched{Watch: condition.WatchOf(m), Matcher: m, Days: days}
	}
	put := func(ws store.WorkspaceID, owner string, list ...condition.Watched) {
		t.Helper()
		ok(t, db.Watches.Put(ctx, ws, owner, list))
	}
	put(ws, "segment:1", watched(price, 7))
	put(ws, "score:1", watched(price, 30), watched(cases, 7))
	put(other, "segment:1", watched(price, 0))
	find := func() map[condition.Watch]store.WatchInUse {
		out := map[condition.Watch]store.WatchInUse{}
		for _, w := range must(db.Watches.List(ctx, ws))(t) {
			out[w.Watch] = w
		}
		return out
	}
	p, c := condition.WatchOf(price), condition.WatchOf(cases)
	same(t, find(), map[condition.Watch]store.WatchInUse{
		p: {Watched: watched(price, 30), Owners: []string{"score:1", "segment:1"}},
		c: {Watched: watched(cases, 7), Owners: []string{"score:1"}},
	})
	ok(t, db.Watches.NoteFilled(ctx, ws, p, 7))
	same(t, find()[p].Filled, false)
	ok(t, db.Watches.NoteFilled(ctx, ws, p, 0))
	same(t, find()[p].Filled, true)

	now := 100 * condition.Day
	list := []store.Occurrence{
		did(p, "c:1", now-30*condition.Day, "left"), did(p, "c:1", now-30*condition.Day+1, "in"), did(c, "c:1", now-8*condition.Day, "left"),
		did(c, "c:1", now, "in"), did("nobody's", "c:1", now, "in"),
	}
	must(db.Occurrences.Add(ctx, ws, list))(t)
	must(db.Occurrences.Add(ctx, other, list))(t)
	same(t, must(db.Watches.Sweep(ctx, ws, now))(t), int64(3))
	same(t, must(db.Occurrences.Count(ctx, ws, p))(t), int64(1))
	same(t, must(db.Occurrences.Count(ctx, ws, c))(t), int64(1))
	same(t, must(db.Occurrences.Count(ctx, other, p))(t), int64(2))
	// What was swept is not filled any more: a longer window is read anew.
	same(t, find()[p].Filled, true)
	put(ws, "segment:1", watched(price, 0))
	same(t, find()[p].Filled, false)
	put(ws, "segment:1")
	put(ws, "score:1")
	same(t, find(), map[condition.Watch]store.WatchInUse{})
	same(t, must(db.Watches.Sweep(ctx, ws, now))(t), int64(2))
	same(t, must(db.Watches.Sweep(ctx, other, now))(t), int64(3))
	wantErr(t, db.Watches.Put(ctx, "nowhere", "segment:1", nil), store.ErrNotFound{What: "workspace", Name: "nowhere"})
}
