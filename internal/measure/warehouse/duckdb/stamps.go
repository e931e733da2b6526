package duckdb

import (
	"context"
	"database/sql"
	"fmt"
)

// Stamps are numbers that only grow and are never given twice as long as the program runs,
// nor one that stands in the file. What was made of something under a stamp holds as long as
// the stamp is the same: readers see it in the moment they see all else.

// readStamps finds the last stamp of a file.
func (db *DB) readStamps(ctx context.Context, conn *sql.Conn) error {
	var last int64
	err := conn.QueryRowContext(ctx, `SELECT greatest((SELECT coalesce(max(stamp), 0) FROM day_stamps),
		(SELECT coalesce(max(stamp), 0) FROM person_stamps))`).Scan(&last)
	if err != nil {
		return fmt.Errorf("read the last stamp: %w", err)
	}
	// A file opened anew may have lost what was not committed; stamps go on all the same.
	if last > db.stamps.Load() {
		db.stamps.Store(last)
	}
	return nil
}

// stampDay says that a day is counted, in the transaction that counts it.
func (db *DB) stampDay(ctx context.Context, conn *sql.Conn, d spaceDay) error {
	if _, err := conn.ExecContext(ctx, `DELETE FROM day_stamps WHERE ws = ? AND day = ?`, d.ws, d.day); err != nil {
		return fmt.Errorf("take the old stamp away: %w", err)
	}
	if _, err := conn.ExecContext(ctx, `INSERT INTO day_stamps VALUES (?, ?, ?)`, d.ws, int32(d.day), db.stamps.Add(1)); err != nil {
		return fmt.Errorf("stamp the day: %w", err)
	}
	return nil
}

// stampPersons says that somebody of a workspace turned out to be somebody else or was
// deleted, in the writer's transaction, and returns the stamp before and the new one. The
// highest number of a visitor stands beside it, so that none is given to another after its
// visitor was deleted: roll-ups remember numbers.
func (db *DB) stampPersons(ctx context.Context, ws int32) (before, stamp int64, err error) {
	err = db.conn.QueryRowContext(ctx, `SELECT coalesce(max(stamp), 0) FROM person_stamps WHERE ws = ?`, ws).Scan(&before)
	if err != nil {
		return 0, 0, fmt.Errorf("read the stamp of persons: %w", err)
	}
	stamp = db.stamps.Add(1)
	text := `UPDATE person_stamps SET stamp = $2, visitor = $3 WHERE ws = $1`
	if before == 0 {
		text = `INSERT INTO person_stamps VALUES ($1, $2, $3)`
	}
	if _, err := db.conn.ExecContext(ctx, text, ws, stamp, db.state.nextVisitor); err != nil {
		return 0, 0, fmt.Errorf("stamp persons: %w", err)
	}
	return before, stamp, nil
}

// stamp is the step of a batch that says whose persons are others now.
func (b *batch) stamp(ctx context.Context) error {
	for sp := range b.rejoined {
		before, stamp, err := b.db.stampPersons(ctx, sp.number)
		if err != nil {
			return err
		}
		j := joined{before: before, stamp: stamp}
		for from := range b.merged {
			j.from, j.into = append(j.from, from), append(j.into, b.person(from))
		}
		b.joins = append(b.joins, spaceJoined{sp.number, j})
	}
	return nil
}

// spaceJoined is what was joined in a workspace.
type spaceJoined struct {
	ws int32
	joined
}
