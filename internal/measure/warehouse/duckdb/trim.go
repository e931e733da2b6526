package duckdb

import (
	"context"
	"fmt"
	"time"
)

const (
	// idsWhole is how long a message id is kept whole. It is what makes an event known
	// when it comes again, for 50 hours; after that it only tells events of the same
	// millisecond apart, and 48 bits do for that. Random ids cannot be compressed: they are a
	// third of all an event takes up.
	idsWhole = 72 * time.Hour
	// trimStep is how much is shortened in one go, so that no writer waits for long.
	trimStep = 6 * time.Hour
)

// trim sets all but the last 48 bits of old message ids to zero, some hours of receipt at a time.
func (db *DB) trim(ctx context.Context) error {
	end := db.opt.Now().Add(-idsWhole).UnixMilli()
	for ctx.Err() == nil {
		more, err := db.trimSome(ctx, end)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (db *DB) trimSome(ctx context.Context, end int64) (more bool, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return false, err
	}
	var from int64
	err = db.conn.QueryRowContext(ctx, `SELECT coalesce((SELECT max(until) FROM trimmed), (SELECT min(received) FROM events), 0)`).Scan(&from)
	if err != nil {
		return false, fmt.Errorf("read how far it is done: %w", err)
	}
	// Where nothing was received for long, the step goes to what came next.
	var next int64
	err = db.conn.QueryRowContext(ctx, `SELECT coalesce(min(received), 0) FROM events WHERE received >= ?`, from).Scan(&next)
	if err != nil {
		return false, fmt.Errorf("find what is next: %w", err)
	}
	until := max(from, next) + trimStep.Milliseconds()
	if from == 0 || next == 0 || until > end {
		return false, nil
	}
	err = db.transact(ctx, func() error {
		_, err := db.conn.ExecContext(ctx, `UPDATE events SET id = ('00000000-0000-0000-0000-' || substr(id::VARCHAR, 25))::UUID
			WHERE received >= ? AND received < ?`, from, until)
		if err != nil {
			return err
		}
		if _, err := db.conn.ExecContext(ctx, `DELETE FROM trimmed`); err != nil {
			return err
		}
		_, err = db.conn.ExecContext(ctx, `INSERT INTO trimmed VALUES (?)`, until)
		return err
	})
	return true, err
}
