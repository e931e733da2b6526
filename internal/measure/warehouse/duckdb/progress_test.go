package duckdb

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

// A running question tells how far it is, further and further, through the driver's own
// handle of the connection: when the driver keeps it elsewhere, this fails.
func TestProgressIsTold(t *testing.T) {
	db := open(t, suiteOptions())
	bulk(t, db, 100, 20, warehousetest.Clock)
	var mu sync.Mutex
	var told []float64
	ctx := warehouse.WithProgress(t.Context(), func(share float64) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, share)
	})
	within := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return slices.ContainsFunc(told, func(share float64) bool { return share > 0 && share < 1 })
	}
	for tries := 0; !within() && tries < 20; tries++ {
		told = nil // the next question begins at nothing
		err := db.read(ctx, warehouse.Scope{Workspace: "bulk"}, func(r *reading) error {
			r.far.expect(2)
			for range 2 {
				if err := long(ctx, r); err != nil {
					return err
				}
				r.far.passed()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !within() {
		t.Errorf("told %v", told)
	}
	if !slices.IsSorted(told) || len(told) > 0 && (told[0] < 0 || told[len(told)-1] > 1) {
		t.Errorf("told %v, which goes back or beyond", told)
	}
}

func long(ctx context.Context, r *reading) error {
	if _, err := r.tx.ExecContext(ctx, `CREATE OR REPLACE TEMP TABLE long AS SELECT range AS x FROM range(1500000)`); err != nil {
		return err
	}
	var n int64
	return r.tx.QueryRowContext(ctx, `SELECT count(*) FROM long WHERE md5(x::VARCHAR) > md5((x + 1)::VARCHAR)`).Scan(&n)
}
