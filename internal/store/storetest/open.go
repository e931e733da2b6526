// Package storetest is the one suite both databases of the store pass, and the
// openers of fresh databases for tests of this and other rooms.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"

	"github.com/shirube/shirube/internal/store"
)

// Opener opens a fresh, empty database that is gone when the test ends.
type Opener func(t testing.TB, opt store.Options) *store.DB

// SQLite is an Opener of SQLite in a folder of the test. Each begins as a copy of one empty
// database: going through every migration anew would be most of what many tests cost.
func SQLite(t testing.TB, opt store.Options) *store.DB {
	t.Helper()
	empty, err := emptySQLite()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, store.SQLiteFile), empty, 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(t, folder, opt)
}

var emptySQLite = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "shirube-empty-")
	if err != nil {
		return nil, fmt.Errorf("make an empty database: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	db, err := store.Open(context.Background(), folder, store.Options{})
	if err != nil {
		return nil, fmt.Errorf("make an empty database: %w", err)
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, store.SQLiteFile))
})

// PostgresVariable names the environment variable with the address of a
// PostgreSQL server on which databases may be created.
const PostgresVariable = "SHIRUBE_TEST_POSTGRES"

// Postgres is an Opener of a database of its own on the server that
// PostgresVariable names; without it the test is skipped.
func Postgres(t testing.TB, opt store.Options) *store.DB {
	t.Helper()
	return Open(t, PostgresAddress(t), opt)
}

// PostgresAddress makes an empty database for one test and returns its address.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	server := os.Getenv(PostgresVariable)
	if server == "" {
		t.Skipf("no PostgreSQL: set %s to the address of a server on which databases may be created (postgres://user@host:port/postgres)", PostgresVariable)
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: %v", PostgresVariable, err)
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatalf("open %s: %v", PostgresVariable, err)
	}
	t.Cleanup(func() { _ = admin.Close() })
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		t.Fatal(err)
	}
	name := "shirube_test_" + hex.EncodeToString(random)
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatalf("create test database: %v", err)
	}
	t.Cleanup(func() {
		// The test's own context is over by now.
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop test database: %v", err)
		}
	})
	address.Path = "/" + name
	return address.String()
}

// Open opens the state at a place and closes it when the test ends.
func Open(t testing.TB, place string, opt store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), place, opt)
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return db
}

// Clock stands still until it is moved. It starts at 2026-04-01 00:00 UTC and
// may be used from several goroutines.
type Clock struct{ moved atomic.Int64 }

// Now is the time the clock shows.
func (c *Clock) Now() time.Time {
	return time.Date(2026, time.April, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(c.moved.Load()))
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) { c.moved.Add(int64(d)) }
