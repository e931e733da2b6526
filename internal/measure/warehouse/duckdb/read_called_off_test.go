package duckdb

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

// Whoever closes a page calls its questions off at any moment, also while one is only
// beginning: the connections it went over answer the next ones all the same.
func TestReadAfterCalledOff(t *testing.T) {
	db := open(t, suiteOptions())
	bulk(t, db, 2000, 20, warehousetest.Clock)
	day := series.DayOf(warehousetest.Clock)
	scope := warehouse.Scope{Workspace: "bulk", Span: series.Span{From: day - 30, To: day + 1}}
	ask := func(ctx context.Context) error {
		_, err := db.Overview(ctx, scope, []warehouse.Field{warehouse.FieldPage}, 10)
		return err
	}
	var all sync.WaitGroup
	for seed := range uint64(4) {
		all.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			for range 25 {
				ctx, off := context.WithCancel(t.Context())
				wait := time.Duration(r.IntN(1500)) * time.Microsecond
				go func() {
					time.Sleep(wait)
					off()
				}()
				_ = ask(ctx) // called off or not: what comes after counts
				off()
			}
		})
	}
	all.Wait()
	for range 24 {
		all.Go(func() {
			if err := ask(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
