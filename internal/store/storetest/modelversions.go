package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

func testModelVersions(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")

	_, err := db.ModelVersions.Newest(ctx, ws)
	wantErr(t, err, store.ErrNotFound{What: "model version", Name: "newest"})
	same(t, must(db.ModelVersions.List(ctx, ws))(t), []store.ModelVersion{})

	first := must(db.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "name: 一\n", Note: "はじめ", Author: "佐藤"}))(t)
	same(t, first, store.ModelVersion{Version: 1, YAML: "name: 一\n", Note: "はじめ", Author: "佐藤", CreatedAt: clock.Now()})
	clock.Advance(time.Minute)
	second := must(db.ModelVersions.Append(ctx, ws, 1, store.NewModelVersion{YAML: "name: 二\n"}))(t)
	same(t, second.Version, 2)

	for _, base := range []int{0, 1, 3, -1} {
		_, err := db.ModelVersions.Append(ctx, ws, base, store.NewModelVersion{YAML: "lost"})
		wantErr(t, err, store.ErrConflict{Base: base, Newest: 2})
	}
	_, err = db.ModelVersions.Append(ctx, "nowhere", 0, store.NewModelVersion{})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	same(t, must(db.ModelVersions.Get(ctx, ws, 1))(t), first)
	same(t, must(db.ModelVersions.Newest(ctx, ws))(t), second)
	_, err = db.ModelVersions.Get(ctx, ws, 3)
	wantErr(t, err, store.ErrNotFound{What: "model version", Name: "3"})

	list := must(db.ModelVersions.List(ctx, ws))(t)
	first.YAML, second.YAML = "", ""
	same(t, list, []store.ModelVersion{second, first})
	same(t, must(db.Workspaces.Get(ctx, ws))(t).UpdatedAt, clock.Now())
}

// Several people save on the same version at once: one wins, the others are
// told which version is newest.
func testModelVersionsAtOnce(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	const rounds, people = 5, 6
	for base := range rounds {
		var (
			group sync.WaitGroup
			won   atomic.Int64
		)
		for range people {
			group.Go(func() {
				_, err := db.ModelVersions.Append(ctx, ws, base, store.NewModelVersion{YAML: "x"})
				conflict, lost := errors.AsType[store.ErrConflict](err)
				switch {
				case err == nil:
					won.Add(1)
				case !lost || conflict != store.ErrConflict{Base: base, Newest: base + 1}:
					t.Errorf("error %v, want a conflict with version %d", err, base+1)
				}
			})
		}
		group.Wait()
		same(t, won.Load(), 1)
	}
	same(t, len(must(db.ModelVersions.List(ctx, ws))(t)), rounds)
}
