package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/shirube/shirube/internal/store"
)

func TestIsFull(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "small.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA max_page_count = 4; CREATE TABLE t (x BLOB)"); err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("INSERT INTO t VALUES (zeroblob(100000))")
	if !store.IsFull(fmt.Errorf("write: %w", err)) {
		t.Errorf("a full database is not seen as full: %v", err)
	}
	if _, err = db.Exec("INSERT INTO nowhere VALUES (1)"); err == nil || store.IsFull(err) {
		t.Errorf("another failure is taken for a full disk: %v", err)
	}
	if !store.IsFull(&pgconn.PgError{Code: "53100"}) || store.IsFull(&pgconn.PgError{Code: "23505"}) || store.IsFull(errors.New("x")) || store.IsFull(nil) {
		t.Error("PostgreSQL's disk_full alone is full")
	}
}
