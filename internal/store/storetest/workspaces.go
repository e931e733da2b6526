package storetest

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

func testWorkspaces(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()

	same(t, must(db.Workspaces.List(ctx))(t), []store.Workspace{})
	first := must(db.Workspaces.Create(ctx, store.NewWorkspace{Slug: "recruit", Name: "SNS採用", Demo: true}))(t)
	same(t, first, store.Workspace{
		ID: first.ID, Slug: "recruit", Name: "SNS採用", Demo: true, CreatedAt: clock.Now(), UpdatedAt: clock.Now(),
	})
	if len(first.ID) != 26 {
		t.Errorf("id %q is not 128 bits in base 32", first.ID)
	}
	clock.Advance(time.Second)
	second := must(db.Workspaces.Create(ctx, store.NewWorkspace{Slug: "ec", Name: "EC"}))(t)
	same(t, must(db.Workspaces.List(ctx))(t), []store.Workspace{first, second})
	same(t, must(db.Workspaces.BySlug(ctx, "recruit"))(t), first)
	same(t, must(db.Workspaces.Get(ctx, second.ID))(t), second)

	_, err := db.Workspaces.Create(ctx, store.NewWorkspace{Slug: "ec", Name: "Another"})
	wantErr(t, err, store.ErrExists{What: "workspace", Name: "ec"})
	_, err = db.Workspaces.BySlug(ctx, "nowhere")
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	_, err = db.Workspaces.Get(ctx, "nowhere")
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	clock.Advance(time.Second)
	ok(t, db.Workspaces.Rename(ctx, second.ID, "通販"))
	renamed := must(db.Workspaces.BySlug(ctx, "ec"))(t)
	second.Name, second.UpdatedAt = "通販", clock.Now()
	same(t, renamed, second)
	wantErr(t, db.Workspaces.Rename(ctx, "nowhere", "x"), store.ErrNotFound{What: "workspace", Name: "nowhere"})
}

func testDeleteWorkspace(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "gone")
	filled := fill(t, db, ws)
	kept := workspace(t, db, "kept")
	fill(t, db, kept)
	before := dump(t, db, kept)

	ok(t, db.Workspaces.Delete(ctx, ws))
	wantErr(t, db.Workspaces.Delete(ctx, ws), store.ErrNotFound{What: "workspace", Name: string(ws)})
	_, err := db.Workspaces.Get(ctx, ws)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: string(ws)})
	same(t, dump(t, db, ws), dump(t, db, "never there")) // not a row of it is left
	_, err = db.Uploads.Open(ctx, ws, filled.imported)
	wantErr(t, err, store.ErrNotFound{What: "upload", Name: string(filled.imported)})
	_, err = db.Views.Resolve(ctx, filled.token)
	wantErr(t, err, store.ErrNotFound{What: "view", Name: "…"})

	same(t, dump(t, db, kept), before)
	again := workspace(t, db, "gone") // the slug is free again, and nothing has stayed behind
	same(t, dump(t, db, again).Series, nil)
}
