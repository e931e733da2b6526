package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/uptrace/bun"
)

// Tx is the repositories inside one transaction. It is for one goroutine, and
// ends with the function it was handed to.
type Tx struct {
	Repositories
}

// InTx runs fn in one transaction: all of its writes happen, or none when fn
// returns an error or panics. There is one writer at a time on SQLite, so fn
// should not wait for the network. Writes through the DB inside fn are refused:
// they would wait for fn itself.
func (db *DB) InTx(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	return db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		return fn(ctx, &Tx{newRepositories(session{db: db, tx: &tx})})
	})
}

// Snapshot runs fn on one unchanging state, so that what is read by several
// calls fits together whatever is written meanwhile. Writing in fn is an error.
func (db *DB) Snapshot(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	return db.reader.RunInTx(ctx, db.engine.snapshotOptions(), func(ctx context.Context, tx bun.Tx) error {
		return fn(ctx, &Tx{newRepositories(session{db: db, tx: &tx})})
	})
}

type writingKey struct{}

func (db *DB) inTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	if ctx.Value(writingKey{}) == db {
		return errNestedWrite
	}
	ctx = context.WithValue(ctx, writingKey{}, db)
	trail := trailOf(ctx)
	err := db.writer.RunInTx(ctx, db.engine.writeOptions(), func(ctx context.Context, tx bun.Tx) error {
		if err := fn(ctx, tx); err != nil {
			return err
		}
		return trail.leave(ctx, db, tx)
	})
	if err == nil {
		trail.settled()
	}
	return err
}

// session is where a repository reads and writes: the database, or one
// transaction of it.
type session struct {
	db *DB
	tx *bun.Tx // nil outside of InTx and Snapshot
}

func (s session) read() bun.IDB {
	if s.tx != nil {
		return *s.tx
	}
	return s.db.reader
}

// write runs fn in a transaction of its own, or as one step of the transaction
// in progress. Such a step is undone when it fails, so that a caller who goes on
// after its error does not commit half of it.
func (s session) write(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	if s.tx != nil {
		return s.tx.RunInTx(ctx, nil, fn)
	}
	return s.db.inTx(ctx, fn)
}

// snapshot runs fn on an unchanging state: the transaction in progress, or a
// read transaction of its own.
func (s session) snapshot(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	if s.tx != nil {
		return fn(ctx, *s.tx)
	}
	return s.db.reader.RunInTx(ctx, s.db.engine.snapshotOptions(), fn)
}

// affected is the number of rows a statement changed.
func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("count changed rows: %w", err)
	}
	return n, nil
}
