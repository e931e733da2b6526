package duckdb

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

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
			info, err := os.Stat(db.path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/float64(b.N), "bytes/event")
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			b.ReportMetric(float64(memory.HeapInuse)/1e6, "heap-MB")
		})
	}
}
