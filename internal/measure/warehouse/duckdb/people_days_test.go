package duckdb

import (
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

// Two who turn out to be one were one on the day they both came, however much earlier on
// that day the one came than the other.
func TestJoinedAreOneOnTheirDay(t *testing.T) {
	db := open(t, suiteOptions())
	day := series.DayOf(warehousetest.Clock) - 2
	n := 0
	came := func(visitor, user string, day series.Day, minutes int64) {
		n++
		e := event.Event{
			Workspace: "life", MessageID: string(rune('a' + n)), Visitor: visitor, AnonymousID: visitor, Kind: event.Page,
			At: event.Millis(int64(day)*86_400_000 + minutes*60_000), ReceivedAt: event.Millis(warehousetest.Clock.UnixMilli()), Host: "example.jp", Path: "/",
		}
		if user != "" {
			e.Kind, e.UserID = event.Identify, user
		}
		if _, err := db.Write(t.Context(), 0, []event.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	settle := func() {
		if err := db.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	came("phone", "", day, 10)
	came("laptop", "", day, 700)
	settle()
	came("phone", "somebody", day+1, 10)
	came("laptop", "somebody", day+1, 20)
	settle()
	got, err := db.Overview(t.Context(), warehouse.Scope{Workspace: "life", Span: series.Span{From: day, To: day}}, nil, 10)
	if err != nil || got.Days[0].Visitors != 1 {
		t.Errorf("%d people came on the day both came, want 1: %v", got.Days[0].Visitors, err)
	}
}
