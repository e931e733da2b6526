package store

import (
	"errors"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// postgresDiskFull is the SQLSTATE disk_full.
const postgresDiskFull = "53100"

// IsFull reports whether a write failed because there is no room left where the
// state is kept. Nothing of it was stored; what was there stays readable.
func IsFull(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()&0xff == sqlite3.SQLITE_FULL
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == postgresDiskFull
	}
	return errors.Is(err, syscall.ENOSPC)
}
