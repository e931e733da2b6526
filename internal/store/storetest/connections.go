package storetest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func testConnections(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	asked := store.NewConnection{Name: "ga", Kind: "ga4", Settings: []byte(`{"property":"1"}`), Schedule: "daily 06:30", Window: 3, Since: april, Author: "田中"}
	c := must(db.Connections.Create(ctx, ws, asked))(t)
	same(t, c, store.Connection{ID: c.ID, Workspace: ws, NewConnection: asked, CreatedAt: clock.Now(), NextRun: clock.Now(), Progress: map[string]store.SourceProgress{}})
	_, err := db.Connections.Create(ctx, ws, asked)
	wantErr(t, err, store.ErrExists{What: "connection", Name: "ga"})
	_, err = db.Connections.Create(ctx, "nowhere", asked)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	if _, err := db.Connections.Create(ctx, ws, store.NewConnection{Name: " "}); err == nil {
		t.Error("a connection without a name")
	}
	if sealed := must(db.Connections.Secret(ctx, ws, c.ID))(t); len(sealed) != 0 {
		t.Errorf("%q", sealed)
	}
	ok(t, db.Connections.SetSecret(ctx, ws, c.ID, []byte{0, 1, 255}))
	same(t, must(db.Connections.Secret(ctx, ws, c.ID))(t), []byte{0, 1, 255})
	same(t, must(db.Connections.Get(ctx, ws, c.ID))(t).HasSecret, true)
	if err := db.Connections.SetSecret(ctx, ws, c.ID, make([]byte, 200<<10)); err == nil {
		t.Error("a huge secret was kept")
	}

	clock.Advance(time.Minute)
	same(t, must(db.Connections.Lease(ctx, ws, c.ID, "node", time.Minute))(t), true)
	same(t, must(db.Connections.Get(ctx, ws, c.ID))(t).Running, true)
	progress := map[string]store.SourceProgress{"web": {Reading: "r", Through: april + 5}}
	ok(t, db.Connections.Advance(ctx, ws, c.ID, "node", progress))
	next := clock.Now().Add(time.Hour)
	failed := store.ConnectionRun{Started: clock.Now(), Ended: clock.Now(), Days: series.Span{From: april, To: april + 5},
		Failure: store.RunFailure{Code: "busy", What: words.T("混雑", "busy")}, Notes: []words.Text{words.T("注", "note")}}
	ok(t, db.Connections.Finish(ctx, ws, c.ID, "node", failed, next))
	now := must(db.Connections.Get(ctx, ws, c.ID))(t)
	same(t, now.Failure, failed.Failure)
	same(t, now.Failures, 1)
	same(t, now.NextRun, next)
	same(t, now.LastSuccess.IsZero(), true)
	same(t, now.Running, false)
	same(t, now.Progress, progress)
	same(t, must(db.Connections.Runs(ctx, ws, c.ID))(t), []store.ConnectionRun{failed})

	asked.Schedule, asked.Settings, asked.Paused = "hourly", []byte(`{"property":"2"}`), true
	ok(t, db.Connections.Update(ctx, ws, c.ID, asked, true))
	now = must(db.Connections.Get(ctx, ws, c.ID))(t)
	same(t, now.NewConnection, asked)
	same(t, len(now.Progress), 0)
	same(t, now.Failures, 0)
	same(t, now.NextRun, clock.Now())
	same(t, now.HasSecret, true)

	for i := range 60 {
		must(db.Connections.Lease(ctx, ws, c.ID, "node", time.Minute))(t)
		good := store.ConnectionRun{Started: clock.Now(), Ended: clock.Now(), Days: series.Span{From: april, To: april}, Rows: i, RowDays: 1}
		ok(t, db.Connections.Finish(ctx, ws, c.ID, "node", good, next))
	}
	runs := must(db.Connections.Runs(ctx, ws, c.ID))(t)
	same(t, len(runs), 50)
	same(t, runs[0].Rows, 59)
	now = must(db.Connections.Get(ctx, ws, c.ID))(t)
	same(t, now.LastSuccess, clock.Now())
	same(t, now.Failure, store.RunFailure{})
	clock.Advance(time.Minute)
	ok(t, db.Connections.Wake(ctx, ws, c.ID))
	same(t, must(db.Connections.All(ctx))(t)[0].NextRun, clock.Now())
	ok(t, db.Connections.Delete(ctx, ws, c.ID))
	wantErr(t, db.Connections.Delete(ctx, ws, c.ID), store.ErrNotFound{What: "connection", Name: string(c.ID)})
	same(t, len(must(db.Connections.Runs(ctx, ws, c.ID))(t)), 0)
}

// One node at a time; one that died is not waited for beyond its time.
func testConnectionLeases(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	id := must(db.Connections.Create(ctx, ws, store.NewConnection{Name: "ga", Kind: "ga4"}))(t).ID
	var got atomic.Int32
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			if must(db.Connections.Lease(ctx, ws, id, string(rune('a'+i)), time.Minute))(t) {
				got.Add(1)
			}
		})
	}
	group.Wait()
	same(t, got.Load(), int32(1))
	same(t, must(db.Connections.Lease(ctx, ws, id, "late", time.Minute))(t), false)
	clock.Advance(time.Minute)
	same(t, must(db.Connections.Lease(ctx, ws, id, "late", time.Minute))(t), true)
	same(t, must(db.Connections.Lease(ctx, ws, id, "late", time.Minute))(t), true) // prolonged
	// Whoever lost it can neither write nor finish.
	wantErr(t, db.Connections.Advance(ctx, ws, id, "a", nil), store.ErrConflict{})
	wantErr(t, db.Connections.Finish(ctx, ws, id, "a", store.ConnectionRun{}, clock.Now()), store.ErrNotFound{What: "connection", Name: string(id)})
	same(t, len(must(db.Connections.Runs(ctx, ws, id))(t)), 0)
}

// A reading of a span takes days out that have no rows any more.
func testImportSpan(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	point := func(day series.Day, v float64) store.Point { return store.Point{Metric: "m", Day: day, Value: v} }
	ok(t, db.Points.ImportDays(ctx, ws, store.Import{Source: "s", Days: days(april, 4), Points: pointSeq(point(april, 1), point(april+1, 2), point(april+2, 3), point(april+3, 4))}))
	second := store.Import{Source: "s", Days: days(april+1, 1), Points: pointSeq(point(april+1, 20))}
	for range 2 {
		ok(t, db.Points.ImportSpan(ctx, ws, second, series.Span{From: april + 1, To: april + 2}))
		same(t, collect(t, db.Points.Each(ctx, ws, "s")), []store.Point{point(april, 1), point(april+1, 20), point(april+3, 4)})
		same(t, len(must(db.Points.Days(ctx, ws, "s"))(t)), 3)
	}
	ok(t, db.Points.ImportSpan(ctx, ws, store.Import{Source: "s"}, series.Span{From: april, To: april + 9}))
	same(t, len(must(db.Points.Sources(ctx, ws))(t)), 0)
}
