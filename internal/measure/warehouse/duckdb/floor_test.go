package duckdb

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"fmt"
	"testing"
	"time"

	engine "github.com/duckdb/duckdb-go/v2"

	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

// BenchmarkAppenderAlone is the floor of writing: rows of the same width, appended and
// committed, with nothing found out about them.
func BenchmarkAppenderAlone(b *testing.B) {
	for _, per := range []int{1000, 5000, 20000} {
		b.Run(fmt.Sprint(per), func(b *testing.B) {
			db := open(b, Options{Threads: 1})
			ctx := context.Background()
			tr := warehousetest.Traffic{Workspace: "w", Seed: 1, PerSecond: 1000, Start: 1763700000000}
			events := tr.Take(b.N)
			b.ResetTimer()
			t0 := time.Now()
			var worst time.Duration
			for i := 0; i < len(events); i += per {
				t1 := time.Now()
				if _, err := db.conn.ExecContext(ctx, "BEGIN"); err != nil {
					b.Fatal(err)
				}
				err := db.raw(func(c driver.Conn) error {
					a, err := engine.NewAppenderFromConn(c, "", "events")
					if err != nil {
						return err
					}
					for _, e := range events[i:min(i+per, len(events))] {
						h := sha256.Sum256([]byte(e.MessageID))
						v := sha256.Sum256([]byte(e.Visitor))
						if err := a.AppendRow(int32(1), int32(int64(e.At)/86400000), int64(e.At), int64(e.ReceivedAt), engine.UUID(h[:16]),
							uint8(e.Kind), e.Name, e.Category, uint32(v[0])<<8|uint32(v[1]), uint64(v[0])<<8|uint64(v[1]), uint32(v[2]&15),
							e.Host, e.Path, e.Query, e.Title, e.ReferrerHost, e.ReferrerPath, e.Device, e.Browser, e.OS, e.Language, e.Bot, e.Library, e.Key,
							e.EngagedMillis, e.Value, e.Currency, e.UserID, e.AnonymousID, e.PreviousID, e.GroupID, string(e.Properties)); err != nil {
							return err
						}
					}
					return a.Close()
				})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := db.conn.ExecContext(ctx, "COMMIT"); err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(t1))
			}
			rate := float64(b.N) / time.Since(t0).Seconds()
			b.ReportMetric(rate, "events/s")
			b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
		})
	}
}
