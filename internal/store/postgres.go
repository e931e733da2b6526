package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

const (
	postgresName        = "postgres"
	postgresConnections = 16
)

type postgresEngine struct{}

func openPostgres(ctx context.Context, address string, opt Options) (_ *DB, err error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// pgx leaves the password out of this message.
		return nil, fmt.Errorf("read PostgreSQL address: %w", err)
	}
	// The query builder writes values into the text, so a statement is hardly
	// ever seen twice and preparing each would only cost a round trip.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(postgresConnections)
	pool.SetMaxIdleConns(postgresConnections)
	db := newDB(postgresEngine{}, opt)
	db.writer = bun.NewDB(pool, pgdialect.New())
	db.reader = db.writer
	defer func() {
		if err != nil {
			_ = db.Close()
		}
	}()
	if err := pool.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL database %q at %s: %w", config.Database, config.Host, err)
	}
	if _, err := migrate(ctx, pool, db.engine); err != nil {
		return nil, err
	}
	return db, nil
}

func (postgresEngine) name() string { return postgresName }

// writeOptions asks for what the repositories are written for, whatever the
// server's default: every write takes its workspace's row first, and the
// statements after that must see what the writer before has committed.
func (postgresEngine) writeOptions() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelReadCommitted}
}

func (postgresEngine) snapshotOptions() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

const insertPointArrays = `INSERT INTO points (series_id, day, value)
SELECT * FROM unnest($1::bigint[], $2::integer[], $3::double precision[])`

// insertPoints sends a batch as three arrays: one statement, no row limit.
func (postgresEngine) insertPoints(ctx context.Context, tx bun.Tx, batch *pointBatch) error {
	_, err := tx.Tx.ExecContext(ctx, insertPointArrays, pgx.QueryExecModeCacheStatement,
		batch.series, batch.days, batch.values)
	if err != nil {
		return err
	}
	batch.drop(batch.len())
	return nil
}
