package warehousetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// settleUntil settles again and again beside what do does.
func settleUntil(t *testing.T, w warehouse.Warehouse, do func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var settling sync.WaitGroup
	settling.Go(func() {
		for ctx.Err() == nil {
			if err := w.Settle(ctx); err != nil && ctx.Err() == nil {
				t.Errorf("settle: %v", err)
				return
			}
		}
	})
	do()
	stop()
	settling.Wait()
}

// testSettlingBeside writes a few events at a time to the same days that are being counted
// all the while: when it is quiet again, every one of them is in the numbers.
func testSettlingBeside(t *testing.T, w warehouse.Warehouse) {
	const rounds = 120
	settleUntil(t, w, func() {
		for i := range rounds {
			var events []event.Event
			for day := range 3 {
				events = append(events, sent("w", 10*i+day, fmt.Sprint("v", i), now()-event.Millis(day)*24*hour-event.Millis(i), "page /a"))
			}
			put(t, w, events...)
		}
	})
	settle(t, w)
	if got := totals(t, w, "w").Totals.Views; got != 3*rounds {
		t.Errorf("%d views of %d are in the numbers", got, 3*rounds)
	}
}

// testDroppingBeside drops workspaces whose days are being counted.
func testDroppingBeside(t *testing.T, w warehouse.Warehouse) {
	settleUntil(t, w, func() {
		for i := range 40 {
			ws := event.Workspace(fmt.Sprint("w", i))
			for day := range 3 {
				put(t, w, sent(ws, 10*i+day, "v", now()-event.Millis(day)*24*hour, "page /a"))
			}
			if err := w.DropWorkspace(t.Context(), ws); err != nil {
				t.Fatal(err)
			}
			if got := totals(t, w, ws).Totals.Views; got != 0 {
				t.Fatalf("%d views of %s are left", got, ws)
			}
		}
	})
}
