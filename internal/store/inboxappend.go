package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
)

// lazyStatement is a statement that is prepared once, when it is first needed.
type lazyStatement struct {
	mu       sync.Mutex
	prepared *sql.Stmt
}

func (l *lazyStatement) on(ctx context.Context, db *sql.DB, text string) (*sql.Stmt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.prepared == nil {
		prepared, err := db.PrepareContext(ctx, text)
		if err != nil {
			return nil, fmt.Errorf("prepare %q: %w", text, err)
		}
		l.prepared = prepared
	}
	return l.prepared, nil
}

const insertBatch = "INSERT INTO inbox (payload, events, created_at) VALUES (?, ?, ?)"

// appendBatch is one prepared statement outside of any transaction, which is a
// transaction by itself: hundreds a second go through here, each waiting for the
// disk, and BEGIN and COMMIT would be two more statements each time. It waits for
// the one writing connection in the same queue as everybody else.
func (sqliteEngine) appendBatch(ctx context.Context, s session, row inboxRow) (int64, error) {
	var result sql.Result
	var err error
	switch {
	case s.tx != nil:
		result, err = s.tx.Tx.ExecContext(ctx, insertBatch, row.Payload, row.Events, int64(row.CreatedAt))
	case ctx.Value(writingKey{}) == s.db:
		return 0, errNestedWrite
	default:
		var prepared *sql.Stmt
		if prepared, err = s.db.append.on(ctx, s.db.writer.DB, insertBatch); err != nil {
			return 0, err
		}
		result, err = prepared.ExecContext(ctx, row.Payload, row.Events, int64(row.CreatedAt))
	}
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (sqliteEngine) skipBatches(ctx context.Context, tx bun.Tx, seq int64) error {
	n, err := affected(tx.ExecContext(ctx, "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'inbox'", seq))
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES ('inbox', ?)", seq)
	return err
}

// inboxLock is the key of the advisory lock that appends take one after the other.
const inboxLock = 0x5368697275 // "Shiru"

// A sequence alone would let a transaction with a higher number be seen before
// one with a lower: a reader would pass the lower one by. So the number is drawn
// under a lock that is held until the row can be seen.
const appendUnderLock = `WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock($1))
INSERT INTO inbox (payload, events, created_at) SELECT $2::bytea, $3::integer, $4::bigint FROM held RETURNING seq`

func (postgresEngine) appendBatch(ctx context.Context, s session, row inboxRow) (seq int64, err error) {
	type querier interface {
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}
	var on querier = s.db.writer.DB
	if s.tx != nil {
		on = s.tx.Tx
	}
	err = on.QueryRowContext(ctx, appendUnderLock, pgx.QueryExecModeCacheStatement,
		int64(inboxLock), row.Payload, row.Events, int64(row.CreatedAt)).Scan(&seq)
	return seq, err
}

func (postgresEngine) skipBatches(ctx context.Context, tx bun.Tx, seq int64) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", int64(inboxLock))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `SELECT setval(pg_get_serial_sequence('inbox', 'seq'),
		GREATEST(?, COALESCE(pg_sequence_last_value(pg_get_serial_sequence('inbox', 'seq')::regclass), 1)))`, max(seq, 1))
	return err
}
