package duckdb

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

// Roll-ups outlive the events they were made of: totals stay, and what they cannot know any
// more is said to be unknown.
func TestNumbersOutliveTheirEvents(t *testing.T) {
	w := warehousetest.NewWorld(3, 40)
	db := holding(t, w, true, false)
	ctx := t.Context()
	s := warehouse.Scope{Workspace: warehousetest.Home, Span: series.Span{From: warehousetest.FirstDay, To: warehousetest.FirstDay + warehousetest.WorldDays}}
	before, err := db.Overview(ctx, s, []warehouse.Field{warehouse.FieldPage}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ForgetBefore(ctx, warehousetest.Home, warehousetest.FirstDay+20); err != nil {
		t.Fatal(err)
	}
	after, err := db.Overview(ctx, s, []warehouse.Field{warehouse.FieldPage}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the numbers changed when events were forgotten (-before +after):\n%s", diff)
	}
	groups, err := db.Breakdown(ctx, s, warehouse.FieldPage, warehouse.Paging{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		if g.Unique || g.Visits == 0 {
			t.Errorf("of %q after its events are gone: %+v", g.Value, g)
		}
	}
	s.Span.From = warehousetest.FirstDay + 21
	if groups, err = db.Breakdown(ctx, s, warehouse.FieldPage, warehouse.Paging{Limit: 3}); err != nil || len(groups) == 0 || !groups[0].Unique {
		t.Errorf("days whose events are there: %+v, %v", groups, err)
	}
}

func TestAskedAfterClosing(t *testing.T) {
	db, err := Open(t.TempDir()+"/events.duckdb", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = db.Names(context.Background(), warehouse.Scope{Workspace: "w"}, 1)
	if !errors.Is(err, warehouse.ErrClosed) {
		t.Errorf("%v", err)
	}
}
