package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// testTransactions does what an import by the server does: a model version, the
// points and the state of the upload, together or not at all.
func testTransactions(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	upload := must(db.Uploads.Put(ctx, ws, "f.csv", strings.NewReader("x")))(t)
	before := dump(t, db, ws)
	importing := func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "x"}); err != nil {
			return err
		}
		err := tx.Points.ImportDays(ctx, ws, store.Import{
			Source: "s", Upload: upload.ID, Days: days(april, 3), Points: pointSeq(store.Point{Metric: "m", Day: april, Value: 1}),
		})
		if err != nil {
			return err
		}
		return tx.Uploads.MarkImported(ctx, ws, upload.ID, store.Imported{Source: "s", Rows: 3, Span: series.Span{From: april, To: april + 2}})
	}
	stop := errors.New("stop")
	err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		ok(t, importing(ctx, tx))
		same(t, len(dumpOf(t, tx.Repositories, ws).Series), 1) // it sees its own writes
		same(t, dump(t, db, ws), before)                       // others do not
		return stop
	})
	if !errors.Is(err, stop) {
		t.Errorf("error %v, want %v", err, stop)
	}
	same(t, dump(t, db, ws), before)

	func() {
		defer func() { same(t, recover(), any("oops")) }()
		_ = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			ok(t, importing(ctx, tx))
			panic("oops")
		})
	}()
	same(t, dump(t, db, ws), before)

	ended, cancel := context.WithCancel(ctx)
	err = db.InTx(ended, func(ctx context.Context, tx *store.Tx) error {
		ok(t, importing(ctx, tx))
		cancel()
		return nil
	})
	if err == nil {
		t.Error("committed after its context had ended")
	}
	same(t, dump(t, db, ws), before)

	ok(t, db.InTx(ctx, importing))
	after := dump(t, db, ws)
	same(t, []int{len(after.Versions), len(after.Uploads), len(after.Series), len(after.Days["s"])}, []int{1, 1, 1, 3})

	// A write past the transaction would wait for the transaction for ever.
	err = db.InTx(ctx, func(ctx context.Context, _ *store.Tx) error {
		return db.Workspaces.Rename(ctx, ws, "stuck")
	})
	if err == nil || !strings.Contains(err.Error(), "transaction in progress") {
		t.Errorf("error %v, want one that tells to use the Tx", err)
	}
}

// testSteps checks that a call that fails inside a transaction leaves nothing
// of itself, and that the transaction goes on.
func testSteps(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	ok(t, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		must(tx.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "one"}))(t)
		twice := store.Point{Metric: "m", Day: april, Value: 1}
		if err := tx.Points.ImportDays(ctx, ws, store.Import{Source: "s", Days: days(april, 1), Points: pointSeq(twice, twice)}); err == nil {
			t.Error("a point was taken twice")
		}
		_, err := tx.Workspaces.Create(ctx, store.NewWorkspace{Slug: "a"})
		wantErr(t, err, store.ErrExists{What: "workspace", Name: "a"})
		_, err = tx.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "lost"})
		wantErr(t, err, store.ErrConflict{Base: 0, Newest: 1})
		put := must(tx.Uploads.Put(ctx, ws, "f", strings.NewReader("content")))(t)
		read := must(tx.Uploads.Open(ctx, ws, put.ID))(t)
		text := make([]byte, 7)
		must(read.Read(text))(t)
		same(t, string(text), "content")
		must(tx.ModelVersions.Append(ctx, ws, 1, store.NewModelVersion{YAML: "two"}))(t)
		return nil
	}))
	got := dump(t, db, ws)
	same(t, len(got.Versions), 2)
	same(t, len(got.Days), 0)
	same(t, got.Series, nil)
	same(t, must(db.Workspaces.Get(ctx, ws))(t).DataRevision, 0)
}

// testSnapshot checks that what is read in one go fits together.
func testSnapshot(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	must(db.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: "one"}))(t)
	ok(t, db.Snapshot(ctx, func(inside context.Context, tx *store.Tx) error {
		same(t, must(tx.ModelVersions.Newest(inside, ws))(t).Version, 1)
		must(db.ModelVersions.Append(ctx, ws, 1, store.NewModelVersion{YAML: "two"}))(t)
		ok(t, db.Points.ImportDays(ctx, ws, store.Import{
			Source: "s", Days: days(april, 1), Points: pointSeq(store.Point{Metric: "m", Day: april, Value: 1}),
		}))
		same(t, must(tx.ModelVersions.Newest(inside, ws))(t).Version, 1)
		same(t, collect(t, tx.Points.Each(inside, ws, "s")), nil)
		return nil
	}))
	err := db.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Workspaces.Rename(ctx, ws, "written")
	})
	if err == nil {
		t.Error("a snapshot was written to")
	}
	same(t, must(db.Workspaces.Get(ctx, ws))(t).Name, "a")
}

// testTexts checks that odd texts come back as they were, or are refused by
// every database alike.
func testTexts(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	for i, text := range []string{
		"", "'; DROP TABLE workspaces; --", `back\slash "quoted" ?0 $1 :name @p ??`, "改行\r\n\tタブ", "絵文字👩‍💻", "\u2028", strings.Repeat("長", 100_000),
	} {
		saved := must(db.ModelVersions.Append(ctx, ws, i, store.NewModelVersion{YAML: text, Note: text, Author: text}))(t)
		same(t, must(db.ModelVersions.Get(ctx, ws, i+1))(t), saved)
		same(t, saved.YAML, text)
		ok(t, db.Workspaces.Rename(ctx, ws, text))
		same(t, must(db.Workspaces.Get(ctx, ws))(t).Name, text)
	}
	before := dump(t, db, ws)
	for _, text := range []string{"a\x00b", "\xff", "\xed\xa0\x80"} {
		_, err := db.ModelVersions.Append(ctx, ws, len(before.Versions), store.NewModelVersion{YAML: text})
		refused(t, "model", err)
		_, err = db.Workspaces.Create(ctx, store.NewWorkspace{Slug: text})
		refused(t, "slug", err)
		refused(t, "name", db.Workspaces.Rename(ctx, ws, text))
		_, err = db.Uploads.Put(ctx, ws, text, strings.NewReader("x"))
		refused(t, "file name", err)
	}
	same(t, dump(t, db, ws), before)
}

func refused(t testing.TB, what string, err error) {
	t.Helper()
	if err == nil {
		t.Errorf("%s with a text PostgreSQL cannot hold was accepted", what)
	}
}
