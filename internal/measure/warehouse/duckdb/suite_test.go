package duckdb

import (
	"context"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

func suiteOptions() Options {
	return Options{Zone: warehousetest.Zones, Now: func() time.Time { return warehousetest.Clock }}
}

func TestWriteSuite(t *testing.T) {
	warehousetest.Write(t, func(t *testing.T) warehouse.Warehouse { return open(t, suiteOptions()) })
}

// forgetful reads everything again from the tables before each write, as after a restart.
type forgetful struct{ *DB }

func (f forgetful) Write(ctx context.Context, upTo int64, events []event.Event) (warehouse.Written, error) {
	f.mu.Lock()
	f.state = nil
	f.mu.Unlock()
	return f.DB.Write(ctx, upTo, events)
}

func TestGateWriteSuiteForgetting(t *testing.T) {
	evidence.Gate(t)
	warehousetest.Write(t, func(t *testing.T) warehouse.Warehouse { return forgetful{open(t, suiteOptions())} })
}
