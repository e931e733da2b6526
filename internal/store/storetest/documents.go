package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

func testDocuments(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	same(t, must(db.Documents.List(ctx, ws, "segment"))(t), []store.Document{})
	one := must(db.Documents.Put(ctx, ws, "segment", store.Document{Name: "スマホ", Body: []byte(`[{"field":"device"}]`), Author: "田中"}))(t)
	same(t, one, store.Document{ID: one.ID, Name: "スマホ", Body: []byte(`[{"field":"device"}]`), Author: "田中", UpdatedAt: clock.Now()})
	clock.Advance(time.Minute)
	rules := must(db.Documents.Put(ctx, ws, "channel_rules", store.Document{ID: "default", Body: []byte("{}")}))(t)
	same(t, must(db.Documents.Get(ctx, ws, "channel_rules", "default"))(t), rules)
	one.Name, one.Body = "スマホの人", []byte("[]")
	changed := must(db.Documents.Put(ctx, ws, "segment", one))(t)
	same(t, must(db.Documents.List(ctx, ws, "segment"))(t), []store.Document{changed})
	same(t, changed.UpdatedAt, clock.Now())
	same(t, must(db.Documents.List(ctx, other, "segment"))(t), []store.Document{})
	_, err := db.Documents.Get(ctx, other, "segment", one.ID)
	wantErr(t, err, store.ErrNotFound{What: "segment", Name: one.ID})
	wantErr(t, db.Documents.Delete(ctx, other, "segment", one.ID), store.ErrNotFound{What: "segment", Name: one.ID})
	ok(t, db.Documents.Delete(ctx, ws, "segment", one.ID))
	wantErr(t, db.Documents.Delete(ctx, ws, "segment", one.ID), store.ErrNotFound{What: "segment", Name: one.ID})
	_, err = db.Documents.Put(ctx, "nowhere", "segment", store.Document{Name: "x"})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	if _, err := db.Documents.Put(ctx, ws, "segment", store.Document{Name: "x", Body: []byte(strings.Repeat("x", 300<<10))}); err == nil {
		t.Error("a huge body was kept")
	}
}
