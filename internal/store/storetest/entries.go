package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

func testEntries(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	amount := func(v float64) *float64 { return &v }
	added := must(db.Entries.Add(ctx, ws, []store.Entry{
		{Source: "field", Metric: "calls", Day: april, Value: amount(12), Author: "佐藤"},
		{Source: "field", Metric: "visits", Day: april, Value: amount(0), Author: "佐藤"},
		{Source: "field", Metric: "calls", Day: april + 1, Value: amount(9)},
		{Source: "shop", Metric: "calls", Day: april, Value: amount(1)},
	}))(t)
	clock.Advance(time.Minute)
	mended := must(db.Entries.Add(ctx, ws, []store.Entry{
		{Source: "field", Metric: "calls", Day: april, Value: amount(13), Author: "鈴木"},
		{Source: "field", Metric: "calls", Day: april + 1},
	}))(t)
	span := series.Span{From: april, To: april + 1}
	same(t, must(db.Entries.Current(ctx, ws, "field", span))(t), map[store.Cell]store.Entry{
		{Metric: "calls", Day: april}: mended[0], {Metric: "visits", Day: april}: added[1],
	})
	same(t, must(db.Entries.Of(ctx, ws, "field", store.Cell{Metric: "calls", Day: april}))(t), []store.Entry{mended[0], added[0]})
	same(t, must(db.Entries.History(ctx, ws, "field", 3))(t), []store.Entry{mended[1], mended[0], added[2]})
	if diff := cmp.Diff(5, len(must(db.Entries.History(ctx, ws, "", 5))(t)), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	same(t, must(db.Entries.Get(ctx, ws, added[3].ID))(t), added[3])
	_, err := db.Entries.Get(ctx, other, added[3].ID)
	wantErr(t, err, store.ErrNotFound{What: "entry", Name: string(added[3].ID)})
	same(t, len(must(db.Entries.Current(ctx, other, "field", span))(t)), 0)
	_, err = db.Entries.Add(ctx, "nowhere", []store.Entry{{Source: "x", Metric: "y", Day: april}})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
}
