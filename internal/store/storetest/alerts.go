package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func testAlerts(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	same(t, must(db.Alerts.Book(ctx, ws))(t), store.AlertBook{})
	book := alert.Book{Held: []alert.Held{{Key: "k", Kind: alert.Link, Since: april, Told: april}}, Morning: april, Looked: clock.Now(), Told: clock.Now(), Seen: "1/2"}
	letter := alert.Letter{Title: words.T("題", "title"), Lines: []alert.Line{{Kind: alert.Link, What: words.T("何", "what"), Path: "/ask"}}, More: 1}
	first := must(db.Alerts.Keep(ctx, ws, 0, book, &store.AlertMessage{Letter: letter, To: []string{"田中"}}))(t)
	same(t, first, store.AlertMessage{ID: first.ID, ToldAt: clock.Now(), Letter: letter, To: []string{"田中"}})
	same(t, must(db.Alerts.Book(ctx, ws))(t), store.AlertBook{Book: book, Version: 1})

	// Two that look at once do not both tell.
	_, err := db.Alerts.Keep(ctx, ws, 0, book, &store.AlertMessage{Letter: letter})
	wantErr(t, err, store.ErrConflict{Base: 0, Newest: 1})
	_, err = db.Alerts.Keep(ctx, other, 3, book, nil)
	wantErr(t, err, store.ErrConflict{Base: 3, Newest: 0})
	_, err = db.Alerts.Keep(ctx, "nowhere", 0, book, nil)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	clock.Advance(time.Minute)
	book.Held = []alert.Held{}
	must(db.Alerts.Keep(ctx, ws, 1, book, nil))(t)
	second := must(db.Alerts.Keep(ctx, ws, 2, book, &store.AlertMessage{ID: "own", Letter: letter}))(t)
	same(t, second.To, []string{})
	same(t, must(db.Alerts.Messages(ctx, ws, 10))(t), []store.AlertMessage{second, first})
	same(t, must(db.Alerts.Messages(ctx, ws, 1))(t), []store.AlertMessage{second})
	same(t, len(must(db.Alerts.Messages(ctx, other, 10))(t)), 0)

	// What was told is kept within bounds, the newest.
	for n := range 505 {
		clock.Advance(time.Second)
		must(db.Alerts.Keep(ctx, other, n, book, &store.AlertMessage{ID: fmt.Sprint("m", n), Letter: letter}))(t)
	}
	all := must(db.Alerts.Messages(ctx, other, 1000))(t)
	same(t, []any{len(all), all[0].ID}, []any{500, "m504"})
	same(t, len(must(db.Alerts.Messages(ctx, ws, 10))(t)), 2)
}

// dumpAlerts is what is remembered of a workspace's alerts.
func dumpAlerts(t testing.TB, from store.Repositories, ws store.WorkspaceID) alerted {
	ctx := context.WithoutCancel(t.Context())
	return alerted{must(from.Alerts.Book(ctx, ws))(t), must(from.Alerts.Messages(ctx, ws, 10))(t)}
}

type alerted struct {
	Book     store.AlertBook
	Messages []store.AlertMessage
}

func fillAlerts(t testing.TB, db *store.DB, ws store.WorkspaceID) {
	letter := alert.Letter{Title: words.T("%s", "%s", ws), Lines: []alert.Line{}}
	must(db.Alerts.Keep(t.Context(), ws, 0, alert.Book{Held: []alert.Held{}, Seen: string(ws)}, &store.AlertMessage{Letter: letter}))(t)
}

// isolationOfAlerts is how one workspace tries to reach what another was told.
func isolationOfAlerts(db *store.DB, ours store.WorkspaceID) map[string]func(t *testing.T) {
	return map[string]func(t *testing.T){
		"Alerts.Book":     func(t *testing.T) { same(t, must(db.Alerts.Book(t.Context(), ours))(t).Seen != "theirs", true) },
		"Alerts.Messages": func(t *testing.T) { must(db.Alerts.Messages(t.Context(), ours, 10))(t) },
		"Alerts.Keep": func(t *testing.T) {
			base := must(db.Alerts.Book(t.Context(), ours))(t).Version
			must(db.Alerts.Keep(t.Context(), ours, base, alert.Book{}, nil))(t)
		},
	}
}
