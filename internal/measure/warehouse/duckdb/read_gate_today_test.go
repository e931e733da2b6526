package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

// TestGateToday measures the first page of a busy site whose day is under way: what came
// since the day was last counted makes its roll-up useless, so all of it is read as it is.
// That is what stands between an event and today's numbers. SHIRUBE_EVENTS and
// SHIRUBE_EVENTS_FOLDER are as in TestGateOverview; what is written goes into a copy.
func TestGateToday(t *testing.T) {
	evidence.Gate(t)
	n := 10_000_000
	if asked := os.Getenv("SHIRUBE_EVENTS"); asked != "" {
		if _, err := fmt.Sscan(asked, &n); err != nil {
			t.Fatalf("SHIRUBE_EVENTS=%q: %v", asked, err)
		}
	}
	db := copied(t, gateWarehouse(t, n))
	what := fmt.Sprintf("%d million events in 30 days", n/1_000_000)
	ask := func(s warehouse.Scope) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := db.Overview(ctx, s, gateFields, 10)
			return err
		}
	}
	today := gateScope
	today.Span.From = today.Span.To
	traffic := warehousetest.Traffic{Workspace: "site", Key: "web", Seed: 9, PerSecond: 100, Start: noonOf(today.Span.To)}
	place, err := db.Place(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write(t.Context(), place+1, traffic.Take(1000)); err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct {
		name  string
		scope warehouse.Scope
	}{{"30 days, today under way", gateScope}, {"today alone, under way", today}} {
		took := measured(t, 5, ask(each.scope))
		t.Logf("%s: %s: %v", what, each.name, took)
		evidence.AtMost(t, evidence.Figure{Room: "warehouse", Case: what, Name: each.name + ": overview p95, ms", Got: took[1], Tries: 5}, 3000, 0)
	}
	counted := measured(t, 1, func(ctx context.Context) error {
		traffic.Start += 1000
		place++
		if _, err := db.Write(ctx, place+1, traffic.Take(100)); err != nil {
			return err
		}
		clear(db.rolled)
		return db.Settle(ctx)
	})
	t.Logf("%s: counting the day anew: %v", what, counted)
	took := measured(t, 5, ask(gateScope))
	t.Logf("%s: the day counted: %v", what, took)
}

// copied is a warehouse of its own with what another, which is closed, has.
func copied(t *testing.T, db *DB) *DB {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.duckdb")
	from, err := os.Open(db.path)
	if err != nil {
		t.Fatal(err)
	}
	to, err := os.Create(path)
	if err == nil {
		_, err = io.Copy(to, from)
		err = errors.Join(err, to.Close(), from.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := Open(path, db.opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = out.Close() })
	return out
}

// noonOf is the middle of a day.
func noonOf(day series.Day) event.Millis { return event.Millis(int64(day)*86_400_000 + 43_200_000) }
