package connect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/shirube/shirube/internal/words"
)

// pullSQLite reads from a file inside of the folder the operator named.
func (p *Puller) pullSQLite(ctx context.Context, r Request, q query) (*Table, error) {
	path, err := p.sqliteFile(r.Settings.File)
	if err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"mode": {"ro"}, "_pragma": {"query_only(1)", "busy_timeout(5000)", "trusted_schema(0)"},
	}.Encode()}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	// Here the statement is the program's own work; there is no server that ends it.
	ctx, cancel := context.WithTimeout(ctx, p.timeout())
	defer cancel()
	values := q.values(r.Span.From.String(), r.Span.To.String())
	rows, err := db.QueryContext(ctx, q.with(func(int, string) string { return "?" }), values...)
	if err != nil {
		return nil, sqliteFailure(r.Settings, err)
	}
	defer rows.Close()
	table, err := p.rowsOf(rows, nil)
	if err != nil {
		return nil, sqliteFailure(r.Settings, err)
	}
	return table, nil
}

// sqliteFile is the whole path of a file that lies in the folder itself: neither dots nor
// links lead out of it.
func (p *Puller) sqliteFile(name string) (string, error) {
	if p.Folder == "" {
		return "", badSetting("file", words.T("SQLite のファイルを置くフォルダーが決まっていません。管理者が起動時に --sqlite-folder で指定してください。",
			"No folder is set for SQLite files. Name one with --sqlite-folder when starting."))
	}
	root, err := os.OpenRoot(p.Folder)
	if err != nil {
		return "", fmt.Errorf("open the folder of SQLite files: %w", err)
	}
	defer root.Close()
	info, err := root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", &Failure{Code: NotFound, Field: "file", What: words.T("ファイル「%s」がありません。", "There is no file %q.", name)}
	}
	if err != nil || !info.Mode().IsRegular() {
		return "", badSetting("file", words.T("「%s」は、決められたフォルダーの中のファイルではありません。", "%q is no file of the folder.", name))
	}
	path, err := filepath.EvalSymlinks(filepath.Join(p.Folder, name))
	if err != nil {
		return "", fmt.Errorf("find %q: %w", name, err)
	}
	return filepath.Abs(path)
}

func sqliteFailure(s Settings, err error) error {
	told, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch told.Code() & 0xff {
	case sqlite3.SQLITE_ERROR, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_MISMATCH:
		return badQuery(err, told.Error())
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH:
		return writes(err)
	case sqlite3.SQLITE_INTERRUPT:
		return tooSlow(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &Failure{Code: Busy, cause: err, What: words.T("「%s」をほかのプログラムが使っています。", "%q is in use by another program.", s.File)}
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return &Failure{Code: BadAnswer, cause: err, Field: "file", What: words.T("「%s」は SQLite のファイルではないか、壊れています。", "%q is no SQLite file, or it is damaged.", s.File)}
	}
	return err
}
