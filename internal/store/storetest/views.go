package storetest

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

func testViews(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	must(db.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "x"}))(t)

	lasting, lastingToken, err := db.Views.Create(ctx, ws, store.NewView{})
	ok(t, err)
	same(t, lasting, store.View{ID: lasting.ID, Workspace: ws, CreatedAt: clock.Now()})
	same(t, len(lastingToken), 43)
	clock.Advance(time.Second)
	pinned, pinnedToken, err := db.Views.Create(ctx, ws, store.NewView{Version: 1, ExpiresAt: clock.Now().Add(time.Hour)})
	ok(t, err)
	same(t, pinned, store.View{
		ID: pinned.ID, Workspace: ws, Version: 1, CreatedAt: clock.Now(), ExpiresAt: clock.Now().Add(time.Hour),
	})
	if lastingToken == pinnedToken {
		t.Error("two links with one token")
	}
	same(t, must(db.Views.List(ctx, ws))(t), []store.View{pinned, lasting})
	same(t, must(db.Views.Resolve(ctx, lastingToken))(t), lasting)
	same(t, must(db.Views.Resolve(ctx, pinnedToken))(t), pinned)
	for _, wrong := range []string{"", "x", string(lasting.ID), lastingToken + "x", lastingToken[1:]} {
		_, err := db.Views.Resolve(ctx, wrong)
		wantErr(t, err, store.ErrNotFound{What: "view", Name: "…"})
	}
	_, _, err = db.Views.Create(ctx, ws, store.NewView{Version: 2})
	wantErr(t, err, store.ErrNotFound{What: "model version", Name: "2"})
	_, _, err = db.Views.Create(ctx, "nowhere", store.NewView{})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	clock.Advance(time.Hour - time.Millisecond)
	same(t, must(db.Views.Resolve(ctx, pinnedToken))(t), pinned)
	clock.Advance(time.Millisecond)
	_, err = db.Views.Resolve(ctx, pinnedToken)
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedExpired})

	ok(t, db.Views.Revoke(ctx, ws, lasting.ID))
	lasting.RevokedAt = clock.Now()
	clock.Advance(time.Second)
	ok(t, db.Views.Revoke(ctx, ws, lasting.ID))
	_, err = db.Views.Resolve(ctx, lastingToken)
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedRevoked})
	same(t, must(db.Views.List(ctx, ws))(t), []store.View{pinned, lasting})
	wantErr(t, db.Views.Revoke(ctx, ws, "nothing"), store.ErrNotFound{What: "view", Name: "nothing"})
}
