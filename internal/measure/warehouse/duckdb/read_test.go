package duckdb

import (
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

func TestRead(t *testing.T) {
	effort := warehousetest.Effort{Worlds: evidence.Tries(2, 30), Rounds: evidence.Tries(3, 30), Whole: evidence.Long()}
	warehousetest.Read(t, effort, func(t *testing.T, w *warehousetest.World, settled bool) warehouse.Reader {
		return holding(t, w, settled, true)
	})
}

func TestReadCases(t *testing.T) {
	warehousetest.ReadCases(t, func(t *testing.T, w *warehousetest.World, settled bool) warehouse.Reader {
		return holding(t, w, settled, false)
	})
}

// holding is a warehouse that holds a world, beside a stranger with the same traffic.
func holding(t *testing.T, w *warehousetest.World, settled, stranger bool) *DB {
	t.Helper()
	db := open(t, Options{Zone: warehousetest.Tokyo, Channel: warehousetest.WorldChannel})
	half := len(w.Events) / 2
	parts := [][]event.Event{nil, w.Events[:half], w.Events[half:]}
	if stranger {
		db.kept.doings, db.kept.block = 20, 3 // people are handed over in many parts
		parts[0] = slices.Clone(w.Events[:30])
		for i := range parts[0] {
			parts[0][i].Workspace = warehousetest.Stranger
		}
	}
	for i, events := range parts {
		if _, err := db.Write(t.Context(), int64(i+1), events); err != nil {
			t.Fatal(err)
		}
		// Some days rolled up before the rest comes, or all of them at the end.
		if settled == (i == 2) && i > 0 {
			if err := db.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	return db
}
