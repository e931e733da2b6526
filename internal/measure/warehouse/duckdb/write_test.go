package duckdb

import (
	"context"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

func open(t testing.TB, opt Options) *DB {
	t.Helper()
	db, err := Open(t.TempDir()+"/events.duckdb", opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestWriteAndSettle(t *testing.T) {
	db := open(t, Options{})
	ctx := context.Background()
	traffic := warehousetest.Traffic{Workspace: "w", Seed: 1, PerSecond: 5, Start: 1763700000000}
	events := traffic.Take(5000)
	for i := range 5 {
		w, err := db.Write(ctx, int64(i+1), events[i*1000:(i+1)*1000])
		if err != nil {
			t.Fatal(err)
		}
		if w.Stored != 1000 {
			t.Fatalf("%+v", w)
		}
	}
	if w, err := db.Write(ctx, 6, events[500:1500]); err != nil || w.Duplicates != 1000 {
		t.Fatal(w, err)
	}
	begun := time.Now()
	if err := db.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(begun))
	for _, q := range []string{"select count(*), count(distinct visit), count(*) filter (visit=0), sum(engaged) from events", "select count(*), sum(views), sum(events), sum(engaged) from visits", "select ws,day,visitors,visits,views from rollup_days", "select field, count(*), sum(visits), sum(views) from rollup_fields group by 1", "select count(*), count(distinct person), count(distinct hash), 0 from visitors"} {
		rows, err := db.conn.QueryContext(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		cols, _ := rows.Columns()
		for rows.Next() {
			v := make([]any, len(cols))
			p := make([]any, len(cols))
			for i := range v {
				p[i] = &v[i]
			}
			rows.Scan(p...)
			t.Log(v...)
		}
	}
}
