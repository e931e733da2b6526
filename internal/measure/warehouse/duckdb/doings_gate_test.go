package duckdb

import (
	"context"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/series"
)

// TestGateReplay replays rules over ten million events: who would have come to fulfil them,
// day by day.
func TestGateReplay(t *testing.T) {
	evidence.Gate(t)
	db := gateWarehouse(t, 10_000_000)
	dayOf := func(at event.Millis) series.Day { return series.Day(at / condition.Day) }
	for _, c := range []struct {
		name, source string
		bar          float64
	}{
		{"a page 3 times in 7 days", `{"did":{"page":"/pricing/1","op":"at-least","times":3,"days":7}}`, 2000},
		{"a folder on 2 days of 14 and no inquiry in 30", `{"all":[{"did":{"page":"/pricing/*","op":"at-least","times":2,"days":14,"distinct_days":true}},{"did":{"event":"Inquiry Submitted","op":"at-most","times":0,"days":30}}]}`, 2000},
		{"came back after 14 days", `{"all":[{"did":{"page":"*","days":1}},{"not":{"did":{"page":"/cases/*","days":14}}}]}`, 0},
	} {
		what, err := condition.Decode([]byte(c.source))
		if err != nil {
			t.Fatal(err)
		}
		floor := measured(t, 3, func(ctx context.Context) error {
			var n int64
			return db.sql.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE kind = 2 AND starts_with(path, '/pricing/') AND bot = ''`).Scan(&n)
		})
		doings := 0
		var found condition.Replayed
		took := measured(t, 5, func(ctx context.Context) error {
			doings = 0
			replay := condition.NewReplay(what, gateScope.Span, dayOf, nil)
			var list []condition.Matcher
			for _, w := range replay.Watched() {
				list = append(list, w.Matcher)
			}
			err := db.Doings(ctx, gateScope, list, func(person []condition.Doing) error {
				doings += len(person)
				replay.Person(person)
				return nil
			})
			found = replay.Result()
			return err
		})
		t.Logf("%s: %d doings, %d people in %d entries; p50 %.0f ms, worst %.0f ms; counting a folder's views alone %.0f ms", c.name, doings, found.People, found.Entries, took[0], took[1], floor[0])
		if c.bar > 0 {
			evidence.AtMost(t, evidence.Figure{Room: "segments", Case: "replay over 10 million events: " + c.name, Name: "p95, ms", Got: took[1], Tries: 5}, c.bar, 0)
		}
	}
}
