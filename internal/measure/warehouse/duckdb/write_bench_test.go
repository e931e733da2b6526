package duckdb

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

func BenchmarkWrite(b *testing.B) {
	for _, per := range []int{1000, 5000, 20000} {
		b.Run(fmt.Sprint(per), func(b *testing.B) {
			db := open(b, Options{Threads: 1})
			ctx := context.Background()
			traffic := warehousetest.Traffic{Workspace: "w", Seed: 1, PerSecond: 1000, Start: 1763700000000}
			events := traffic.Take(b.N)
			b.ResetTimer()
			begun := time.Now()
			var worst time.Duration
			for i := 0; i < len(events); i += per {
				each := time.Now()
				if _, err := db.Write(ctx, 0, events[i:min(i+per, len(events))]); err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(each))
			}
			b.ReportMetric(float64(b.N)/time.Since(begun).Seconds(), "events/s")
			b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
			b.StopTimer()
			begun = time.Now()
			if err := db.Settle(ctx); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(begun).Milliseconds()), "settle-ms")
			if _, err := db.conn.ExecContext(ctx, "CHECKPOINT"); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(usedBytes(b, db))/float64(b.N), "bytes/event")
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			b.ReportMetric(float64(memory.HeapInuse)/1e6, "heap-MB")
		})
	}
}

// usedBytes is what the file holds, without the room it keeps for what comes next.
func usedBytes(t testing.TB, db *DB) int64 {
	t.Helper()
	var bytes int64
	err := db.conn.QueryRowContext(context.Background(), `SELECT used_blocks * block_size FROM pragma_database_size()`).Scan(&bytes)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// TestGateSize is what a million events of a website take up, all in: events, visits,
// people and roll-ups, thirty days after.
func TestGateSize(t *testing.T) {
	evidence.Gate(t)
	const events = 1_000_000
	db := open(t, Options{})
	ctx := context.Background()
	traffic := warehousetest.Traffic{Workspace: "w", Seed: 1, PerSecond: 12, Start: 1763700000000}
	for range events / 10_000 {
		if _, err := db.Write(ctx, 0, traffic.Take(10_000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second gives back what the first has freed
		if _, err := db.conn.ExecContext(ctx, "CHECKPOINT"); err != nil {
			t.Fatal(err)
		}
	}
	per := float64(usedBytes(t, db)) / events
	evidence.Publish(t, evidence.Figure{
		Room: "warehouse", Case: "a website's events, all in", Name: "bytes an event", Got: per, Bar: "< 40", OK: per < 40, Tries: events, Seed: 1,
	})
	if per >= 40 {
		t.Errorf("%.1f bytes an event", per)
	}
}
