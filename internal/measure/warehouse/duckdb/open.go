// Package duckdb keeps events in DuckDB: one file for all workspaces, one writer, several
// readers. The writer's side is split into write (one transaction per call), visits (how
// views become visits), people (who is who) and rollup (daily numbers); the reader's side
// answers questions.
package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	engine "github.com/duckdb/duckdb-go/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
)

// Options are what the warehouse needs from outside. The zero value works.
type Options struct {
	Zone    warehouse.Zone   // UTC when nil
	Now     func() time.Time // time.Now when nil
	Memory  int64            // bytes DuckDB may use; 192 MiB when 0
	Threads int              // 2 when 0
	Readers int              // questions answered at the same time; 4 when 0

	// Channel names the channel of a way in by the workspace's rules of now; no channels
	// when nil.
	Channel func(event.Workspace, warehouse.Traffic) string
}

// DB is a warehouse in one DuckDB file. Reading is safe from any number of goroutines;
// writing takes its turn.
type DB struct {
	path string
	opt  Options

	// sql is the pool readers take their connections from. The writer keeps one for
	// itself, so that a slow question never stands in the way of an event.
	sql pool

	mu     sync.Mutex // held by whoever writes
	conn   *sql.Conn  // the writer's connection
	state  *state     // what the writer remembers; nil when it must be read again
	closed bool

	gaveUp atomic.Bool // the engine takes nothing any more until it is opened anew: see revive

	settling sync.Mutex          // held while a day is counted; taken before mu
	rolling  rolling             // the day being counted
	rolled   map[spaceDay]rolled // days counted lately

	stamps atomic.Int64 // the last one given: see stamps.go

	ways ways  // what readers remember of the dictionary of traffic
	kept *kept // what they remember of roll-ups and persons
}

// Open opens the warehouse in a file, which is created where there is none. One process
// may have it open at a time.
func Open(path string, opt Options) (*DB, error) {
	opt = opt.withDefaults()
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open warehouse %q: %w", path, err)
	}
	if strings.ContainsAny(absolute, "?#%") {
		// The engine takes path and settings as one address and would cut it there.
		return nil, fmt.Errorf("open warehouse %q: the path must be free of ?, # and %%", absolute)
	}
	db := &DB{path: absolute, opt: opt, rolled: map[spaceDay]rolled{}, kept: newKept()}
	if err := db.start(); err != nil {
		return nil, fmt.Errorf("open warehouse %q: %w", absolute, err)
	}
	return db, nil
}

// start opens the file.
func (db *DB) start() error {
	connector, err := engine.NewConnector(db.path+"?"+settings(db.path, db.opt).Encode(), nil)
	if err != nil {
		return err
	}
	opened := sql.OpenDB(connector)
	opened.SetMaxOpenConns(db.opt.Readers + 1)
	opened.SetMaxIdleConns(db.opt.Readers + 1)
	conn, err := opened.Conn(context.Background())
	if err == nil {
		err = createSchema(context.Background(), conn)
	}
	if err == nil {
		err = db.readStamps(context.Background(), conn)
	}
	if err != nil {
		return errors.Join(err, opened.Close())
	}
	db.conn = conn
	db.sql.Store(opened)
	return nil
}

func (o Options) withDefaults() Options {
	if o.Zone == nil {
		o.Zone = func(event.Workspace) string { return "UTC" }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Memory == 0 {
		o.Memory = 192 << 20
	}
	if o.Threads == 0 {
		o.Threads = 2
	}
	if o.Channel == nil {
		o.Channel = func(event.Workspace, warehouse.Traffic) string { return "" }
	}
	if o.Readers == 0 {
		o.Readers = 4
	}
	return o
}

// settings are the engine's. Nothing is fetched from the network, ever.
func settings(path string, opt Options) url.Values {
	return url.Values{
		"memory_limit":                  {strconv.FormatInt(opt.Memory, 10) + "B"},
		"threads":                       {strconv.Itoa(opt.Threads)},
		"temp_directory":                {path + ".spill"},
		"storage_compatibility_version": {"latest"}, // the newer compressions of strings
		"checkpoint_threshold":          {"96MiB"},
		"preserve_insertion_order":      {"false"},
		"autoinstall_known_extensions":  {"false"},
		"autoload_known_extensions":     {"false"},
	}
}

// Close ends the warehouse; what was written is safe either way.
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return nil
	}
	db.closed = true
	err := errors.Join(db.conn.Close(), db.sql.Load().Close())
	if removed := os.RemoveAll(db.path + ".spill"); removed != nil {
		err = errors.Join(err, removed)
	}
	return err
}

// raw hands out the engine's own connection of the writer.
func (db *DB) raw(do func(driver.Conn) error) error {
	return db.conn.Raw(func(c any) error { return do(c.(driver.Conn)) })
}
