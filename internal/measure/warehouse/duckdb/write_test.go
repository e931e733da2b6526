package duckdb

import (
	"context"
	"errors"
	"testing"

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

// Settling stops soon when it is told to, and the dirty days it did not come to stay dirty.
func TestSettleStops(t *testing.T) {
	db := open(t, suiteOptions())
	bulk(t, db, 6000, 20, warehousetest.Clock)
	ctx, stop := context.WithCancel(context.Background())
	if _, err := db.conn.ExecContext(ctx, `INSERT INTO dirty SELECT DISTINCT ws, day FROM events`); err != nil {
		t.Fatal(err)
	}
	db.state = nil
	stop()
	if err := db.Settle(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	var dirty int
	if err := db.conn.QueryRowContext(context.Background(), `SELECT count(*) FROM dirty`).Scan(&dirty); err != nil || dirty == 0 {
		t.Fatal(dirty, err)
	}
	if err := db.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := db.conn.QueryRowContext(context.Background(), `SELECT count(*) FROM dirty`).Scan(&dirty); err != nil || dirty != 0 {
		t.Fatal(dirty, err)
	}
}
