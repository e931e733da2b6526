package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/store"
)

func testInitiatives(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	from, cost := april, 30_000.0
	what := initiative.Initiative{Name: "週6本", KPI: "reels", State: initiative.Running, From: &from, Cost: &cost, Automations: []string{"x"}, Campaigns: []string{"秋"}}
	made := must(db.Initiatives.Create(ctx, ws, what, "佐藤"))(t)
	same(t, made, store.Initiative{ID: made.ID, Version: 1, Initiative: what, Author: "佐藤", CreatedAt: clock.Now(), UpdatedAt: clock.Now()})
	_, err := db.Initiatives.Create(ctx, "nowhere", what, "")
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	clock.Advance(time.Minute)
	what.Name = "週7本"
	saved := must(db.Initiatives.Save(ctx, ws, made.ID, 1, what))(t)
	same(t, []any{saved.Version, saved.Name, saved.Author}, []any{2, "週7本", "佐藤"})
	_, err = db.Initiatives.Save(ctx, ws, made.ID, 1, what)
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})
	later := must(db.Initiatives.Create(ctx, ws, initiative.Initiative{Name: "b", KPI: "k", State: initiative.Idea}, ""))(t)
	same(t, must(db.Initiatives.List(ctx, ws))(t), []store.Initiative{later, saved})

	// The log grows, and keeps what was said.
	one := initiative.NotYet(initiative.NoComparison, initiative.Named{ID: "reels", Name: "リール", Unit: "本"}, april, april+6)
	two := one
	two.Verdict, two.Effect = initiative.Works, &initiative.Amount{Value: 5, Low: 1, High: 9}
	first := must(db.Initiatives.Tell(ctx, ws, made.ID, one, "鈴木"))(t)
	same(t, first, store.InitiativeEstimate{Number: 1, Estimate: one, Author: "鈴木", ToldAt: clock.Now()})
	clock.Advance(time.Minute)
	second := must(db.Initiatives.Tell(ctx, ws, made.ID, two, ""))(t)
	same(t, second.Number, 2)
	same(t, must(db.Initiatives.Estimates(ctx, ws, made.ID))(t), []store.InitiativeEstimate{second, first})
	same(t, must(db.Initiatives.Newest(ctx, ws))(t), map[string]store.InitiativeEstimate{made.ID: second})
	same(t, len(must(db.Initiatives.Newest(ctx, other))(t)), 0)
	marks := []store.InitiativeMark{{ID: made.ID, Version: 2, Estimates: 2}, {ID: later.ID, Version: 1}}
	slices.SortFunc(marks, func(a, b store.InitiativeMark) int { return strings.Compare(a.ID, b.ID) })
	same(t, must(db.Initiatives.Marks(ctx, ws))(t), marks)

	ok(t, db.Initiatives.Delete(ctx, ws, made.ID))
	same(t, must(db.Initiatives.List(ctx, ws))(t), []store.Initiative{later})
	same(t, len(must(db.Initiatives.Newest(ctx, ws))(t)), 0)
	wantErr(t, db.Initiatives.Delete(ctx, ws, made.ID), store.ErrNotFound{What: "initiative", Name: made.ID})
}

// fillInitiatives puts an initiative with its log into a workspace.
func fillInitiatives(t testing.TB, db *store.DB, ws store.WorkspaceID) string {
	id := must(db.Initiatives.Create(t.Context(), ws, initiative.Initiative{Name: "of " + string(ws), KPI: "k", State: initiative.Idea}, ""))(t).ID
	must(db.Initiatives.Tell(t.Context(), ws, id, initiative.NotYet(initiative.NoNumbers, initiative.Named{ID: "k"}, april, april), ""))(t)
	return id
}

// isolationOfInitiatives is how one workspace tries to reach what another undertakes.
func isolationOfInitiatives(db *store.DB, ours store.WorkspaceID, their string) map[string]func(t *testing.T) {
	none := store.ErrNotFound{What: "initiative", Name: their}
	return map[string]func(t *testing.T){
		"Initiatives.Create": func(t *testing.T) {
			must(db.Initiatives.Create(t.Context(), ours, initiative.Initiative{Name: "n"}, ""))(t)
		},
		"Initiatives.Get": func(t *testing.T) { wantErr(t, second(db.Initiatives.Get(t.Context(), ours, their)), none) },
		"Initiatives.Save": func(t *testing.T) {
			wantErr(t, second(db.Initiatives.Save(t.Context(), ours, their, 1, initiative.Initiative{Name: "n"})), none)
		},
		"Initiatives.Delete": func(t *testing.T) { wantErr(t, db.Initiatives.Delete(t.Context(), ours, their), none) },
		"Initiatives.Tell": func(t *testing.T) {
			wantErr(t, second(db.Initiatives.Tell(t.Context(), ours, their, initiative.Estimate{}, "")), none)
		},
		"Initiatives.Estimates": func(t *testing.T) { wantErr(t, second(db.Initiatives.Estimates(t.Context(), ours, their)), none) },
		"Initiatives.Newest": func(t *testing.T) {
			if _, there := must(db.Initiatives.Newest(t.Context(), ours))(t)[their]; there {
				t.Error("an estimate of another workspace")
			}
		},
		"Initiatives.Marks": func(t *testing.T) {
			for _, one := range must(db.Initiatives.Marks(t.Context(), ours))(t) {
				if one.ID == their {
					t.Error("their mark is among ours")
				}
			}
		},
		"Initiatives.List": func(t *testing.T) {
			for _, one := range must(db.Initiatives.List(t.Context(), ours))(t) {
				if one.ID == their {
					t.Error("an initiative of another workspace")
				}
			}
		},
	}
}
