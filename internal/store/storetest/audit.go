package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
)

func deed(operation, actor string, at time.Time) audit.Entry {
	return audit.Entry{At: at, Actor: audit.Actor{Kind: audit.Person, ID: actor, Name: "田中", Role: "owner"}, Area: audit.People, Operation: operation, Request: "r1"}
}

func testAudit(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	begin := clock.Now()
	var all []audit.Entry // the newest first
	for i := range 7 {
		e := deed("update-member", "u1", begin.Add(time.Duration(i/2)*time.Second))
		if i%3 == 0 {
			e.Operation, e.Actor.ID, e.Area = "edit-model", "u2", audit.Map
		}
		all = append([]audit.Entry{must(db.Audit.Add(ctx, ws, e))(t)}, all...)
	}
	// Of one moment, the order is that of the ids; it only has to be the same each time.
	listed := must(db.Audit.List(ctx, ws, store.AuditQuery{}))(t)
	same(t, len(listed), len(all))
	var paged []audit.Entry
	for cursor := (store.AuditCursor{}); ; {
		page := must(db.Audit.List(ctx, ws, store.AuditQuery{After: cursor, Limit: 2}))(t)
		if len(page) == 0 {
			break
		}
		paged = append(paged, page...)
		cursor = store.AuditCursor{At: page[len(page)-1].At, ID: page[len(page)-1].ID}
	}
	same(t, paged, listed)
	count := func(q store.AuditQuery) int { return len(must(db.Audit.List(ctx, ws, q))(t)) }
	same(t, count(store.AuditQuery{Actor: "u2"}), 3)
	same(t, count(store.AuditQuery{Area: audit.People}), 4)
	same(t, count(store.AuditQuery{Operations: []string{"edit-model", "x"}}), 3)
	same(t, count(store.AuditQuery{From: begin.Add(time.Second), To: begin.Add(2 * time.Second)}), 2)
	same(t, len(must(db.Audit.List(ctx, other, store.AuditQuery{}))(t)), 0)
	same(t, must(db.Audit.Times(ctx, ws, begin.Add(time.Second)))(t), []store.AuditTimes{
		{Actor: "u1", Operation: "update-member", Times: 3, Last: begin.Add(2 * time.Second)},
		{Actor: "u2", Operation: "edit-model", Times: 2, Last: begin.Add(3 * time.Second)},
	})

	was, is := "viewer", "editor"
	one := listed[0]
	one.Subject, one.SubjectName = "u9", strings.Repeat("佐", 400)
	one.Changes = audit.Changes{Read: true, More: 2, Fields: []audit.Change{{Field: "role", Before: &was, After: &is}, {Field: "email", Hidden: true}}}
	ok(t, db.Audit.Complete(ctx, ws, one))
	got := must(db.Audit.List(ctx, ws, store.AuditQuery{Limit: 1}))(t)[0]
	if n := len(got.SubjectName); n > 512 || n < 300 || !strings.HasPrefix(one.SubjectName, got.SubjectName) {
		t.Errorf("a long name is kept as %d bytes", n)
	}
	one.SubjectName = got.SubjectName
	same(t, got, one)
	wantErr(t, db.Audit.Complete(ctx, other, one), store.ErrNotFound{What: "record", Name: one.ID})
	_, err := db.Audit.Add(ctx, "nowhere", deed("x", "u1", begin))
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	same(t, must(db.Audit.Prune(ctx, ws, begin.Add(time.Second), 4))(t), 3) // two are too old, one is too many
	same(t, count(store.AuditQuery{}), 4)
	same(t, must(db.Audit.Prune(ctx, ws, begin, 4))(t), 0)
	ok(t, db.Workspaces.Delete(ctx, ws))
	same(t, count(store.AuditQuery{}), 0)
}

// What is written and the entry that says who did it are one: there are both or neither.
func testTrail(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ws := workspace(t, db, "a")
	count := func() int { return len(must(db.Audit.List(t.Context(), ws, store.AuditQuery{}))(t)) }
	follow := func(operation string) (context.Context, *store.Trail) {
		trail := new(store.Trail)
		trail.Follow(ws, deed(operation, "u1", time.Time{}))
		return store.WithTrail(t.Context(), trail), trail
	}

	ctx, trail := follow("reads")
	must(db.Documents.List(ctx, ws, "segment"))(t)
	if _, _, left := trail.Left(); left || count() != 0 {
		t.Error("reading leaves an entry")
	}

	ctx, trail = follow("writes")
	must(db.Documents.Put(ctx, ws, "segment", store.Document{Name: "x", Body: []byte("{}")}))(t)
	must(db.Documents.Put(ctx, ws, "segment", store.Document{Name: "y", Body: []byte("{}")}))(t)
	of, entry, left := trail.Left()
	same(t, left, true)
	same(t, of, ws)
	same(t, entry.At, clock.Now())
	same(t, must(db.Audit.List(ctx, ws, store.AuditQuery{}))(t), []audit.Entry{entry})

	// Beside a change: none of it.
	ctx, trail = follow("beside")
	must(db.Documents.Put(store.Untrailed(ctx), ws, "segment", store.Document{Name: "z", Body: []byte("{}")}))(t)
	if _, _, left := trail.Left(); left || count() != 1 {
		t.Error("what is written beside a change leaves an entry")
	}

	// Nothing happened: nothing is recorded. The next try is.
	failed := errors.New("no")
	ctx, trail = follow("fails")
	err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		must(tx.Documents.Put(ctx, ws, "segment", store.Document{Name: "z", Body: []byte("{}")}))(t)
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("error %v", err)
	}
	if _, _, left := trail.Left(); left || count() != 1 {
		t.Error("what failed leaves an entry")
	}
	ok(t, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Documents.Put(ctx, ws, "segment", store.Document{Name: "z", Body: []byte("{}")})
		return err
	}))
	if _, entry, left := trail.Left(); !left || count() != 2 || entry.Operation != "fails" {
		t.Errorf("left %v, %d entries", left, count())
	}

	// Where the entry cannot be kept, the change does not happen either.
	trail = new(store.Trail)
	trail.Follow("nowhere", deed("x", "u1", time.Time{}))
	if _, err := db.Documents.Put(store.WithTrail(t.Context(), trail), ws, "segment", store.Document{ID: "unseen", Body: []byte("{}")}); err == nil {
		t.Error("a change without its entry")
	}
	_, err = db.Documents.Get(t.Context(), ws, "segment", "unseen")
	wantErr(t, err, store.ErrNotFound{What: "segment", Name: "unseen"})
}

func testLooks(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	looks := []store.Look{
		{Day: april, Person: "u1", What: "map"},
		{Day: april, Person: "u2", What: "indicator", Thing: "ctr"},
		{Day: april + 1, Person: "u1", What: "map"},
	}
	ok(t, db.Looks.Note(ctx, ws, looks))
	ok(t, db.Looks.Note(ctx, ws, looks[1:])) // once a day
	ok(t, db.Looks.Note(ctx, ws, nil))
	same(t, must(db.Looks.Since(ctx, ws, april))(t), looks)
	same(t, must(db.Looks.Since(ctx, ws, april+1))(t), looks[2:])
	same(t, len(must(db.Looks.Since(ctx, other, 0))(t)), 0)
	wantErr(t, db.Looks.Note(ctx, "nowhere", looks), store.ErrNotFound{What: "workspace", Name: "nowhere"})
	if err := db.Looks.Note(ctx, ws, []store.Look{{What: strings.Repeat("x", 600)}}); err == nil {
		t.Error("a huge name was kept")
	}
	same(t, must(db.Looks.Prune(ctx, ws, april+1))(t), 2)
	same(t, must(db.Looks.Since(ctx, ws, series.Day(0)))(t), looks[2:])
	ok(t, db.Workspaces.Delete(ctx, ws))
	same(t, len(must(db.Looks.Since(ctx, ws, 0))(t)), 0)
}

// isolationOfAudit is how one workspace tries to reach the record of another.
func isolationOfAudit(t testing.TB, db *store.DB, ours, theirs store.WorkspaceID) map[string]func(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	their := must(db.Audit.Add(ctx, theirs, deed("edit-model", "u1", time.UnixMilli(1).UTC())))(t)
	ok(t, db.Looks.Note(ctx, theirs, []store.Look{{Day: april, Person: "u1", What: "map"}}))
	return map[string]func(t *testing.T){
		"Audit.Add": func(t *testing.T) { must(db.Audit.Add(ctx, ours, their))(t) }, // by their id
		"Audit.Complete": func(t *testing.T) {
			e := their
			e.ID, e.SubjectName = "none of ours", "ours"
			wantErr(t, db.Audit.Complete(ctx, ours, e), store.ErrNotFound{What: "record", Name: e.ID})
		},
		"Audit.List": func(t *testing.T) {
			for _, e := range must(db.Audit.List(ctx, ours, store.AuditQuery{}))(t) {
				same(t, e.ID, their.ID) // the one that was added by their id
			}
		},
		"Audit.Times": func(t *testing.T) { must(db.Audit.Times(ctx, ours, time.Time{}))(t) },
		"Audit.Prune": func(t *testing.T) { must(db.Audit.Prune(ctx, ours, time.Now(), 0))(t) },
		"Looks.Note": func(t *testing.T) {
			ok(t, db.Looks.Note(ctx, ours, []store.Look{{Day: april, Person: "u2", What: "map"}}))
		},
		"Looks.Since": func(t *testing.T) {
			for _, look := range must(db.Looks.Since(ctx, ours, 0))(t) {
				same(t, look.Person, store.UserID("u2"))
			}
		},
		"Looks.Prune": func(t *testing.T) { must(db.Looks.Prune(ctx, ours, april+100))(t) },
	}
}
