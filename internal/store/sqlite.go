package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

const (
	sqliteName    = "sqlite"
	SQLiteFile    = "shirube.db" // in the data folder
	sqliteReaders = 4
)

// sqliteEngine is one connection that writes and a few that read: SQLite has
// one writer at a time, and a queue inside the program is fairer and quicker
// than connections that retry against each other.
type sqliteEngine struct{}

func openSQLite(ctx context.Context, folder string, opt Options) (_ *DB, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder %q: %w", folder, err)
	}
	db := newDB(sqliteEngine{}, opt)
	defer func() {
		if err != nil {
			_ = db.Close() // what went wrong first is what matters
		}
	}()
	if db.lock, err = lockFolder(folder); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, SQLiteFile)
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	writer, err := sql.Open("sqlite", sqliteAddress(path, "synchronous(FULL)", "journal_size_limit(67108864)"))
	if err != nil {
		return nil, fmt.Errorf("open %q: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	db.writer = bun.NewDB(writer, sqlitedialect.New())
	changed, err := migrate(ctx, writer, db.engine)
	if err != nil {
		return nil, err
	}
	if changed {
		if _, err := writer.ExecContext(ctx, "ANALYZE"); err != nil {
			return nil, fmt.Errorf("analyze %q: %w", path, err)
		}
	}
	reader, err := sql.Open("sqlite", sqliteAddress(path, "query_only(1)"))
	if err != nil {
		return nil, fmt.Errorf("open %q for reading: %w", path, err)
	}
	reader.SetMaxOpenConns(sqliteReaders)
	reader.SetMaxIdleConns(sqliteReaders)
	db.reader = bun.NewDB(reader, sqlitedialect.New())
	return db, nil
}

// makePrivate makes the file before SQLite does, readable by its owner only;
// the write-ahead log takes over its permissions.
func makePrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("make %q: %w", path, err)
	}
	return file.Close()
}

// sqliteAddress is the driver's name for the file. Signs that mean something in
// a URI ("?", "#", "%") may be part of a folder's name and are escaped.
func sqliteAddress(path string, pragmas ...string) string {
	query := url.Values{
		"_txlock": {"immediate"}, // take the write lock at once rather than fail half-way
		"_pragma": append([]string{"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)"}, pragmas...),
	}
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + query.Encode()
}

func (sqliteEngine) name() string                    { return sqliteName }
func (sqliteEngine) writeOptions() *sql.TxOptions    { return nil }
func (sqliteEngine) snapshotOptions() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

const sqlitePointsAtOnce = 64

var (
	insertOnePoint   = "INSERT INTO points (series_id, day, value) VALUES (?, ?, ?)"
	insertManyPoints = insertOnePoint + strings.Repeat(", (?, ?, ?)", sqlitePointsAtOnce-1)
)

// insertPoints uses two prepared statements: one for whole bundles, and one for
// what is left over.
func (sqliteEngine) insertPoints(ctx context.Context, tx bun.Tx, batch *pointBatch) error {
	for _, step := range []struct {
		statement string
		points    int
	}{{insertManyPoints, sqlitePointsAtOnce}, {insertOnePoint, 1}} {
		if batch.len() < step.points {
			continue
		}
		prepared, err := tx.Tx.PrepareContext(ctx, step.statement)
		if err != nil {
			return fmt.Errorf("prepare insert of points: %w", err)
		}
		args := make([]any, 0, 3*step.points)
		for batch.len() >= step.points {
			args = args[:0]
			for i := range step.points {
				args = append(args, batch.series[i], int64(batch.days[i]), batch.values[i])
			}
			if _, err := prepared.ExecContext(ctx, args...); err != nil {
				_ = prepared.Close()
				return err
			}
			batch.drop(step.points)
		}
		if err := prepared.Close(); err != nil {
			return err
		}
	}
	return nil
}
