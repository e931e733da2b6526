package duckdb

import (
	"os"
	"testing"
)

// A log that cannot be folded in while somebody else writes waits for the next round: the
// engine refuses, and that is no failure of the warehouse.
func TestTheLogWaitsForOthersThatWrite(t *testing.T) {
	db := open(t, Options{})
	ctx := t.Context()
	if err := db.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	logged := func() int64 {
		info, err := os.Stat(db.path + ".wal")
		if os.IsNotExist(err) {
			return 0
		}
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	for range 4 { // each small enough to go by the log
		if _, err := db.conn.ExecContext(ctx, `INSERT INTO names SELECT 99, repeat('n', 60) || range, 1, 0, 0 FROM range(40000)`); err != nil {
			t.Fatal(err)
		}
	}
	if logged() < walWorth {
		t.Fatalf("the log has %d bytes, too few to be folded in", logged())
	}
	other, err := db.sql.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []string{`BEGIN TRANSACTION`, `UPDATE names SET count = 2 WHERE ws = 99`} {
		if _, err := other.ExecContext(ctx, each); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.compact(ctx); err != nil {
		t.Errorf("while somebody writes: %v", err)
	}
	if logged() < walWorth {
		t.Error("it was folded in beside somebody who writes: then nothing has to wait, and this test says nothing")
	}
	// A question that keeps something for itself writes nothing that has to be waited for.
	for _, each := range []string{`ROLLBACK`, `BEGIN TRANSACTION`, `CREATE TEMP TABLE doings AS SELECT * FROM names`} {
		if _, err := other.ExecContext(ctx, each); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.compact(ctx); err != nil {
		t.Fatal(err)
	}
	if logged() >= walWorth {
		t.Errorf("beside a question the log still has %d bytes", logged())
	}
	if _, err := other.ExecContext(ctx, `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
}
