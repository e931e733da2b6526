package storetest

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/viewlink"
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
	same(t, lasting, store.View{ID: lasting.ID, Workspace: ws, CreatedAt: clock.Now(), ViewSettings: store.ViewSettings{Shows: []viewlink.Part{}}})
	same(t, len(lastingToken), 43)
	clock.Advance(time.Second)
	settings := store.ViewSettings{
		Name: "社長へ", ExpiresAt: clock.Now().Add(time.Hour), PasswordHash: "h", Shows: []viewlink.Part{viewlink.Map, viewlink.Findings},
		Names: true, Sites: []string{"a.example", "*.b.example:8443"},
	}
	pinned, pinnedToken, err := db.Views.Create(ctx, ws, store.NewView{Version: 1, Author: "田中", ViewSettings: settings})
	ok(t, err)
	same(t, pinned, store.View{
		ID: pinned.ID, Workspace: ws, Version: 1, Author: "田中", CreatedAt: clock.Now(), ViewSettings: settings,
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
	_, err = db.Views.Get(ctx, ws, "nothing")
	wantErr(t, err, store.ErrNotFound{What: "view", Name: "nothing"})
	same(t, must(db.Views.Get(ctx, ws, pinned.ID))(t), pinned) // those who manage it see an expired one

	// What was closed on purpose stays so; what only expired can be opened again.
	wantErr(t, db.Views.Change(ctx, ws, lasting.ID, settings), store.ErrClosed{Reason: store.ClosedRevoked})
	wantErr(t, db.Views.Change(ctx, ws, "nothing", settings), store.ErrNotFound{What: "view", Name: "nothing"})
	changed := store.ViewSettings{Name: "取締役会", ExpiresAt: clock.Now().Add(time.Hour), Shows: []viewlink.Part{viewlink.Glossary}}
	ok(t, db.Views.Change(ctx, ws, pinned.ID, changed))
	pinned.ViewSettings = changed
	same(t, must(db.Views.Resolve(ctx, pinnedToken))(t), pinned)
	testOpenings(t, db, &clock, ws, pinned.ID)
}

// Of an opening nothing is kept but its day.
func testOpenings(t *testing.T, db *store.DB, clock *Clock, ws store.WorkspaceID, view store.ViewID) {
	ctx := t.Context()
	same(t, must(db.Views.Looks(ctx, ws))(t), map[store.ViewID][]store.ViewDay{})
	ok(t, db.Views.Opened(ctx, ws, view, april, false))
	clock.Advance(time.Minute)
	ok(t, db.Views.Opened(ctx, ws, view, april, true))
	noon := clock.Now()
	clock.Advance(time.Minute)
	ok(t, db.Views.Opened(ctx, ws, view, april+1, false))
	same(t, must(db.Views.Looks(ctx, ws))(t), map[store.ViewID][]store.ViewDay{view: {
		{Day: april, Opened: 2, Embedded: 1, LastAt: noon}, {Day: april + 1, Opened: 1, LastAt: clock.Now()},
	}})
	wantErr(t, db.Views.Opened(ctx, ws, "nothing", april, false), store.ErrNotFound{What: "view", Name: "nothing"})
}
