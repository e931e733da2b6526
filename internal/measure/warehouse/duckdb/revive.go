package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// pool is where readers take their connections from: another one after the engine gave up.
type pool struct{ atomic.Pointer[sql.DB] }

// Conn is a connection of the pool there is now.
func (p *pool) Conn(ctx context.Context) (*sql.Conn, error) { return p.Load().Conn(ctx) }

// QueryRowContext asks on any of them.
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.Load().QueryRowContext(ctx, query, args...)
}

// errInUse tells that questions are still being asked of an engine that gave up.
var errInUse = errors.New("questions are still being asked of it")

// leaving is how long is waited for them at a time.
const leaving = 2 * time.Second

// watch notes when the engine gives up, and returns the error it was given. After a write
// that failed half-way, as on a full disk, the engine refuses everything, reading too, until
// its file is opened anew.
func (db *DB) watch(err error) error {
	if err != nil && strings.Contains(err.Error(), "FATAL Error") {
		db.gaveUp.Store(true)
	}
	return err
}

// revive opens the file anew after the engine gave up: what was committed is in it. The
// caller holds mu. Where it does not work yet, as while the disk is full, the next one tries
// again.
func (db *DB) revive() error {
	if !db.gaveUp.Load() {
		return nil
	}
	db.state = nil
	old := db.sql.Load()
	// They belong to an engine that is lost; whatever they say of their end is of no matter.
	_ = db.conn.Close()
	_ = old.Close()
	// Two engines must not have one file open.
	for waited := time.Duration(0); old.Stats().InUse > 0; waited += 10 * time.Millisecond {
		if waited > leaving {
			return fmt.Errorf("open warehouse %q anew: %w", db.path, errInUse)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := db.start(); err != nil {
		return fmt.Errorf("open warehouse %q anew: %w", db.path, err)
	}
	db.gaveUp.Store(false)
	return nil
}
