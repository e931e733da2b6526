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
	floor := measured(t, 3, func(ctx context.Context) error {
		var n int64
		return db.sql.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE kind = 2 AND starts_with(path, '/pricing/') AND bot = ''`).Scan(&n)
	})
	t.Logf("counting a folder's views alone: %v", floor)
	for _, c := range []struct{ name, source string }{
		{"a page 3 times in 7 days", `{"did":{"page":"/pricing/1","op":"at-least","times":3,"days":7}}`},
		{"a folder on 2 days of 14 and no inquiry in 30", `{"all":[{"did":{"page":"/pricing/*","op":"at-least","times":2,"days":14,"distinct_days":true}},{"did":{"event":"Inquiry Submitted","op":"at-most","times":0,"days":30}}]}`},
		{"any page in a day, and no cases in 14", `{"all":[{"did":{"page":"*","days":1}},{"not":{"did":{"page":"/cases/*","days":14}}}]}`},
		{"any page 3 times in 7 days", `{"did":{"page":"*","op":"at-least","times":3,"days":7}}`},
		{"any page on 2 days ever", `{"did":{"page":"*","op":"at-least","times":2,"distinct_days":true}}`},
		{"any page once in a month and exactly so", `{"did":{"page":"*","op":"exactly","times":1,"days":30}}`},
		{"any page in 30 days, but none in 7", `{"all":[{"did":{"page":"*","days":30}},{"did":{"page":"*","op":"at-most","times":0,"days":7}}]}`},
		{"read most of a page 3 times in 7 days", `{"did":{"event":"Page Engaged","where":[{"key":"scroll","op":"at-least","values":["80"]}],"op":"at-least","times":3,"days":7}}`},
		{"a property below, of every event", `{"did":{"event":"Page Engaged","where":[{"key":"scroll","op":"below","values":["1000"]}],"days":7}}`},
		{"a property that is one of two", `{"did":{"event":"Page Engaged","where":[{"key":"scroll","op":"is","values":["10","100"]}],"days":7}}`},
		{"a property that is not", `{"did":{"event":"Page Engaged","where":[{"key":"scroll","op":"is-not","values":["10"]}],"days":7}}`},
		{"a property that contains", `{"did":{"event":"Page Engaged","where":[{"key":"scroll","op":"contains","values":["0"]}],"days":7}}`},
		{"a property that is known", `{"did":{"event":"Page Engaged","where":[{"key":"scroll","op":"known"}],"days":7}}`},
		{"one of eight pages and events", `{"any":[{"did":{"page":"/pricing/*","days":7}},{"did":{"page":"/cases/*","days":7}},{"did":{"page":"/features/*","op":"at-least","times":2,"days":14}},
			{"did":{"page":"/contact","days":3}},{"did":{"page":"/documents/*","days":30}},{"did":{"page":"/blog/*","op":"at-least","times":5,"days":30}},{"did":{"event":"Inquiry Submitted","days":90}},{"did":{"page":"/","op":"at-least","times":3,"days":7}}]}`},
	} {
		what, err := condition.Decode([]byte(c.source))
		if err != nil {
			t.Fatal(err)
		}
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
		t.Logf("%s: %d doings, %d people in %d entries: %v", c.name, doings, found.People, found.Entries, took)
		evidence.AtMost(t, evidence.Figure{Room: "segments", Case: "replay over 10 million events: " + c.name, Name: "p95, ms", Got: took[1], Tries: 5}, 2000, 0)
	}
}
