package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// reading is one question being answered: all of its statements see the same moment, so
// that roll-ups and the days that are not rolled up belong together.
type reading struct {
	conn  *sql.Conn
	tx    *sql.Tx // of conn
	scope query.Scope
	far   *following // nil where nobody asked how far it is
	kept  *kept
}

// dialect is how this engine is spoken to.
var dialect = query.DuckDB

// read answers a question. A workspace nothing was ever written of has an empty answer: do
// is not called.
func (db *DB) read(ctx context.Context, s warehouse.Scope, do func(*reading) error) error {
	if s.Workspace == "" {
		return query.ErrNoWorkspace
	}
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return db.readError(ctx, s.Workspace, err)
	}
	// A connection that may still be in a transaction must not answer the next question: it
	// could never begin one again.
	whole := false
	defer func() {
		if !whole {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
		_ = conn.Close() // gives it back, or throws it away
	}()
	far, err := follow(ctx, conn)
	if err != nil {
		return db.readError(ctx, s.Workspace, err)
	}
	defer far.end()
	// Called off in the middle of its beginning, a transaction would be there and nobody
	// would know of it; the statements in it can be called off.
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return db.readError(ctx, s.Workspace, err)
	}
	// Nothing was written: what counts is that it ended.
	defer func() { whole = tx.Rollback() == nil }()
	key, err := workspaceKey(ctx, tx, s.Workspace)
	if err != nil {
		return db.readError(ctx, s.Workspace, err)
	}
	if key == 0 {
		return nil
	}
	if err := do(&reading{conn: conn, tx: tx, scope: query.Scope{Scope: s, Key: key}, far: far, kept: db.kept}); err != nil {
		return db.readError(ctx, s.Workspace, err)
	}
	return nil
}

// readError says whose question failed; a question that was called off ends as its context
// does.
func (db *DB) readError(ctx context.Context, ws event.Workspace, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("ask about workspace %q: %w", ws, cause)
	}
	if refused, ok := errors.AsType[*warehouse.QuestionError](err); ok {
		return refused
	}
	if errors.Is(err, sql.ErrConnDone) || err.Error() == "sql: database is closed" {
		return warehouse.ErrClosed
	}
	return fmt.Errorf("ask about workspace %q: %w", ws, err)
}

func workspaceKey(ctx context.Context, tx *sql.Tx, ws event.Workspace) (int32, error) {
	var key int32
	err := tx.QueryRowContext(ctx, `SELECT ws FROM workspaces WHERE id = ?`, string(ws)).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return key, err
}

// each runs a statement and hands over its rows one by one.
func (r *reading) each(ctx context.Context, compiled query.Statement, err error, row func(scan func(...any) error) error) error {
	if err != nil {
		return err
	}
	rows, err := r.tx.QueryContext(ctx, compiled.Text, compiled.Args...)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	defer func() { _ = rows.Close() }() // Err below has told what there was to tell
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return fmt.Errorf("read an answer: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read an answer: %w", err)
	}
	return nil
}

// quick runs a statement and hands over its rows as the driver has them, without the copies
// that make a row of numbers ten times as dear. What is handed over is good until the next.
func (r *reading) quick(ctx context.Context, text string, args []any, row func([]driver.Value) error) error {
	return r.conn.Raw(func(c any) (err error) {
		given := make([]driver.NamedValue, len(args))
		for i, each := range args {
			given[i] = driver.NamedValue{Ordinal: i + 1, Value: each}
		}
		rows, err := c.(driver.QueryerContext).QueryContext(ctx, text, given)
		if err != nil {
			return fmt.Errorf("ask: %w", err)
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		values := make([]driver.Value, len(rows.Columns()))
		for n := 0; ; n++ {
			if n%10_000 == 0 && ctx.Err() != nil {
				return context.Cause(ctx)
			}
			switch err := rows.Next(values); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return fmt.Errorf("read an answer: %w", err)
			}
			if err := row(values); err != nil {
				return err
			}
		}
	})
}
