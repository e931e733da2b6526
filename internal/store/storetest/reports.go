package storetest

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
)

func weekly() report.Order {
	return report.Order{
		Name: "週のレポート", PDF: true, Note: "おつかれさまです", Plan: report.Plan{Rhythm: report.Weekly, Weekday: time.Monday, Minute: 510, Holidays: report.NextWorkday},
		Readers: []report.Reader{{ID: "a", User: "u1"}, {ID: "b", Address: "soto@example.jp", Name: "外", Lang: "en"}},
	}
}

func page(title string) report.Issue {
	return report.Issue{Mark: "on-pace", Title: title, Sheets: map[string]report.Sheet{"ja": {Form: 1, Lang: "ja", Title: title}},
		Readers: []report.Sent{{Reader: report.Reader{ID: "a", User: "u1"}, Variant: "ja"}}}
}

func testReports(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	due := clock.Now().Add(time.Hour)
	made := must(db.Reports.Create(ctx, ws, weekly(), due, "田中"))(t)
	same(t, made, store.Report{ID: made.ID, Workspace: ws, Version: 1, Order: weekly(), NextAt: made.NextAt, Author: "田中", CreatedAt: clock.Now(), UpdatedAt: clock.Now()})
	same(t, made.NextAt.Equal(due), true)
	_, err := db.Reports.Create(ctx, "nowhere", weekly(), due, "")
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	_, err = db.Reports.Create(ctx, ws, report.Order{Name: strings.Repeat("x", 200<<10)}, due, "")
	if err == nil {
		t.Error("a report of any length is kept")
	}
	same(t, len(must(db.Reports.List(ctx, other))(t)), 0)
	wantErr(t, second(db.Reports.Get(ctx, other, made.ID)), store.ErrNotFound{What: "report", Name: made.ID})

	// Edits know what they began with; whoever asks to be left out need not.
	clock.Advance(time.Minute)
	order := weekly()
	order.Name = "月のレポート"
	saved := must(db.Reports.Save(ctx, ws, made.ID, 1, order, due))(t)
	same(t, []any{saved.Version, saved.Name}, []any{2, "月のレポート"})
	_, err = db.Reports.Save(ctx, ws, made.ID, 1, order, due)
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})
	left := must(db.Reports.Readers(ctx, ws, made.ID, func(list []report.Reader) []report.Reader {
		list[1].Stopped = true
		return list
	}))(t)
	same(t, []any{left.Version, left.Order.Readers[1].Stopped, left.NextAt.Equal(due)}, []any{3, true, true})

	// What is due is sent once, and the next moment is kept with it.
	same(t, len(must(db.Reports.Due(ctx, due.Add(-time.Millisecond), 10))(t)), 0)
	same(t, must(db.Reports.Due(ctx, due, 10))(t), []store.Report{left})
	clock.Advance(time.Hour)
	next := due.AddDate(0, 0, 7)
	first := must(db.Reports.Issue(ctx, ws, made.ID, store.NewReportIssue{Issue: page("今週"), Due: due, Next: next}))(t)
	same(t, []any{first.Number, first.MadeAt.Equal(clock.Now()), first.Sheets["ja"].Title}, []any{1, true, "今週"})
	_, err = db.Reports.Issue(ctx, ws, made.ID, store.NewReportIssue{Issue: page("もう一度"), Due: due, Next: next})
	wantErr(t, err, store.ErrConflict{Base: 3, Newest: 3})
	same(t, len(must(db.Reports.Due(ctx, due, 10))(t)), 0)
	byHand := must(db.Reports.Issue(ctx, ws, made.ID, store.NewReportIssue{Issue: page("いま"), Author: "佐藤"}))(t)
	same(t, byHand.Number, 2)
	list := must(db.Reports.Issues(ctx, ws, made.ID, 0))(t)
	same(t, []any{len(list), list[0].Title, list[0].Author, list[1].Readers[0].User, len(list[0].Sheets)}, []any{2, "いま", "佐藤", "u1", 0})
	same(t, len(must(db.Reports.Issues(ctx, ws, made.ID, 1))(t)), 1)
	same(t, must(db.Reports.OneIssue(ctx, ws, made.ID, 1))(t), first)
	wantErr(t, second(db.Reports.OneIssue(ctx, ws, made.ID, 9)), store.ErrNotFound{What: "page of the report", Name: "9"})
	same(t, must(db.Reports.Get(ctx, ws, made.ID))(t).NextAt.Equal(next), true)

	// What cannot be made now waits; whatever was edited meanwhile stays.
	ok(t, db.Reports.PutOff(ctx, ws, made.ID, next, next.Add(time.Minute)))
	ok(t, db.Reports.PutOff(ctx, ws, made.ID, next, next.Add(time.Hour)))
	same(t, must(db.Reports.Get(ctx, ws, made.ID))(t).NextAt.Equal(next.Add(time.Minute)), true)
	paused := must(db.Reports.Save(ctx, ws, made.ID, 3, order, time.Time{}))(t)
	same(t, paused.NextAt.IsZero(), true)
	same(t, len(must(db.Reports.Due(ctx, next.AddDate(1, 0, 0), 10))(t)), 0)

	ok(t, db.Reports.Delete(ctx, ws, made.ID))
	wantErr(t, db.Reports.Delete(ctx, ws, made.ID), store.ErrNotFound{What: "report", Name: made.ID})
	wantErr(t, second(db.Reports.Issues(ctx, ws, made.ID, 0)), store.ErrNotFound{What: "report", Name: made.ID})
}

// testReportsAtOnce: however many find it due, one sends it.
func testReportsAtOnce(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ws := workspace(t, db, "a")
	due := time.Now().Add(-time.Minute).Truncate(time.Millisecond)
	made := must(db.Reports.Create(t.Context(), ws, weekly(), due, ""))(t)
	var group sync.WaitGroup
	var sent atomic.Int64
	for range 6 {
		group.Go(func() {
			_, err := db.Reports.Issue(t.Context(), ws, made.ID, store.NewReportIssue{Issue: page("x"), Due: due, Next: due.AddDate(0, 0, 7)})
			switch {
			case err == nil:
				sent.Add(1)
			case !errors.As(err, new(store.ErrConflict)):
				t.Error(err)
			}
		})
	}
	group.Wait()
	same(t, sent.Load(), int64(1))
	same(t, len(must(db.Reports.Issues(t.Context(), ws, made.ID, 0))(t)), 1)
}

// reporting is what a workspace has ordered, and what was sent.
type reporting struct {
	Orders []store.Report
	Sent   [][]store.ReportIssue
}

func dumpReports(t testing.TB, from store.Repositories, ws store.WorkspaceID) reporting {
	d := reporting{Orders: must(from.Reports.List(t.Context(), ws))(t)}
	for _, r := range d.Orders {
		d.Sent = append(d.Sent, must(from.Reports.Issues(t.Context(), ws, r.ID, 0))(t))
	}
	return d
}

// fillReports puts a report with a page into a workspace.
func fillReports(t testing.TB, db *store.DB, ws store.WorkspaceID) string {
	id := must(db.Reports.Create(t.Context(), ws, weekly(), time.UnixMilli(1_700_000_000_000), "of "+string(ws)))(t).ID
	must(db.Reports.Issue(t.Context(), ws, id, store.NewReportIssue{Issue: page("of " + string(ws))}))(t)
	return id
}

// isolationOfReports is how one workspace tries to reach another's reports.
func isolationOfReports(db *store.DB, ours store.WorkspaceID, their string) map[string]func(t *testing.T) {
	none := store.ErrNotFound{What: "report", Name: their}
	at := time.UnixMilli(1_700_000_000_000)
	return map[string]func(t *testing.T){
		"Reports.Due":    nil, // over all workspaces, for the one who sends
		"Reports.List":   func(t *testing.T) { same(t, len(must(db.Reports.List(t.Context(), ours))(t)), 0) },
		"Reports.Create": func(t *testing.T) { ok(t, db.Reports.Delete(t.Context(), ours, fillReports(t, db, ours))) },
		"Reports.Get":    func(t *testing.T) { wantErr(t, second(db.Reports.Get(t.Context(), ours, their)), none) },
		"Reports.Save": func(t *testing.T) {
			wantErr(t, second(db.Reports.Save(t.Context(), ours, their, 1, weekly(), at)), none)
		},
		"Reports.Readers": func(t *testing.T) {
			wantErr(t, second(db.Reports.Readers(t.Context(), ours, their, func([]report.Reader) []report.Reader { return nil })), none)
		},
		"Reports.Delete": func(t *testing.T) { wantErr(t, db.Reports.Delete(t.Context(), ours, their), none) },
		"Reports.PutOff": func(t *testing.T) { ok(t, db.Reports.PutOff(t.Context(), ours, their, at, at.Add(time.Hour))) },
		"Reports.Issue": func(t *testing.T) {
			wantErr(t, second(db.Reports.Issue(t.Context(), ours, their, store.NewReportIssue{Issue: page("x")})), none)
		},
		"Reports.Issues": func(t *testing.T) { wantErr(t, second(db.Reports.Issues(t.Context(), ours, their, 0)), none) },
		"Reports.OneIssue": func(t *testing.T) {
			wantErr(t, second(db.Reports.OneIssue(t.Context(), ours, their, 1)), store.ErrNotFound{What: "page of the report", Name: "1"})
		},
	}
}
