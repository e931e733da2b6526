package inbox

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// warehousePace: the sooner, the more commits the warehouse has to make; half a second
// leaves room below the three in which an event has to be in today's numbers. The more events
// at once, the less each costs; a fifth of a second of the most that comes is enough, and all
// of them are in memory together.
var warehousePace = Pace{Gather: 500 * time.Millisecond, Events: 15_000, Bytes: 8 << 20}

// intoWarehouse is the reader that brings events into the warehouse.
type intoWarehouse struct {
	writer  warehouse.Writer
	written func(warehouse.Written)
}

// IntoWarehouse is the effect that writes events to a warehouse, whose place is kept there.
// written is told what became of each go; it may be nil and must not wait.
func IntoWarehouse(writer warehouse.Writer, written func(warehouse.Written)) Effect {
	return intoWarehouse{writer, written}
}

func (w intoWarehouse) Name() string { return "warehouse" }

func (w intoWarehouse) Pace() Pace { return warehousePace }

func (w intoWarehouse) Place(ctx context.Context) (int64, error) { return w.writer.Place(ctx) }

func (w intoWarehouse) Do(ctx context.Context, _, upTo int64, events []event.Event) error {
	did, err := w.writer.Write(ctx, upTo, events)
	if err == nil && w.written != nil {
		w.written(did)
	}
	return err
}

func (w intoWarehouse) Rest(ctx context.Context) error { return w.writer.Settle(ctx) }
