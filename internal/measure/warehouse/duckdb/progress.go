package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	engine "github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/shirube/shirube/internal/measure/warehouse"
)

// progressEvery is how often a running question is asked how far it is.
const progressEvery = 200 * time.Millisecond

// following is how far one question is. Its statements count alike; the engine says how far
// the one is that runs.
type following struct {
	done, of atomic.Int64
	conn     mapping.Connection
	tell     warehouse.Progress
	stop     chan struct{}
	stopped  sync.WaitGroup
}

// follow tells a question's asker how far it is until end is called, which has to be before
// the connection is given back. Nobody who asked, nothing is done.
func follow(ctx context.Context, conn *sql.Conn) (*following, error) {
	tell := warehouse.ProgressOf(ctx)
	if tell == nil {
		return nil, nil
	}
	f := &following{tell: tell, stop: make(chan struct{})}
	f.of.Store(1)
	reached := false
	err := conn.Raw(func(c any) error {
		reached = f.reach(c)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("follow a question: %w", err)
	}
	if !reached {
		return nil, nil // a question is worth more than its progress; a test says when this happens
	}
	// The engine measures only where it would draw a bar; it must not draw it.
	for _, set := range []string{`SET enable_progress_bar = true`, `SET enable_progress_bar_print = false`, `SET progress_bar_time = 0`} {
		if _, err := conn.ExecContext(ctx, set); err != nil {
			return nil, fmt.Errorf("follow a question: %w", err)
		}
	}
	f.stopped.Go(f.run)
	return f, nil
}

// reach finds the engine's own handle of a connection, which the driver keeps to itself, and
// reports whether it is still where it was.
func (f *following) reach(c any) bool {
	own, ok := c.(*engine.Conn)
	if !ok {
		return false
	}
	handle := reflect.ValueOf(own).Elem().FieldByName("conn")
	if !handle.IsValid() || handle.Kind() != reflect.Struct {
		return false
	}
	pointer := handle.FieldByName("Ptr")
	if !pointer.IsValid() || pointer.Kind() != reflect.UnsafePointer {
		return false
	}
	f.conn = mapping.Connection{Ptr: pointer.UnsafePointer()}
	return true
}

func (f *following) run() {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	var furthest float64
	for {
		select {
		case <-f.stop:
			return
		case <-tick.C:
		}
		state := mapping.QueryProgress(f.conn)
		percent, _, _ := mapping.QueryProgressTypeMembers(&state)
		within := min(max(percent/100, 0), 1) // -1 while nobody knows
		done, of := float64(f.done.Load()), float64(max(f.of.Load(), 1))
		share := min((done+within)/of, 1)
		if share > furthest {
			furthest = share
		}
		f.tell(furthest)
	}
}

// expect says of how many statements the question consists.
func (f *following) expect(statements int) {
	if f != nil {
		f.of.Store(int64(statements))
	}
}

// passed says that one more is done.
func (f *following) passed() {
	if f != nil {
		f.done.Store(min(f.done.Load()+1, max(f.of.Load()-1, 0)))
	}
}

func (f *following) end() {
	if f != nil {
		close(f.stop)
		f.stopped.Wait()
	}
}
