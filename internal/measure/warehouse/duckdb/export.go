package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// utf8Mark is what makes old spreadsheets read UTF-8.
const utf8Mark = "\uFEFF"

// Export writes the events of a scope, oldest first: as "csv", as "csv-bom" (with the mark
// that old spreadsheets ask for) or as "parquet". The engine writes a file beside its own,
// in bounded memory, which is then handed on and removed; so nothing is written to w when
// the question fails.
func (db *DB) Export(ctx context.Context, s warehouse.Scope, format string, w io.Writer) error {
	safe := format == "csv" || format == "csv-bom"
	if !safe && format != "parquet" {
		return warehouse.Refuse("書き出しの形式「%s」はありません。csv、csv-bom、parquet から選んでください。", "There is no export format “%s”; choose csv, csv-bom or parquet.", format)
	}
	file, err := os.CreateTemp(tempFolder(db.path), "export-*")
	if err != nil {
		return fmt.Errorf("make a file to export to: %w", err)
	}
	name := file.Name()
	defer func() { _ = errors.Join(file.Close(), os.Remove(name)) }() // a temporary file of ours; nothing depends on its end
	empty := true
	err = db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r); err != nil {
			return err
		}
		statement, err := query.Export(dialect, r.scope, safe)
		if err != nil {
			return err
		}
		// The engine takes no parameter there once it has to bind a statement twice, but a
		// variable of the connection.
		if _, err := r.tx.ExecContext(ctx, `SET VARIABLE export_to = ?`, name); err != nil {
			return fmt.Errorf("name the file to export to: %w", err)
		}
		text := `COPY (` + statement.Text + `) TO (getvariable('export_to')) (FORMAT csv, HEADER true)`
		if !safe {
			text = `COPY (` + statement.Text + `) TO (getvariable('export_to')) (FORMAT parquet, COMPRESSION zstd)`
		}
		empty = false
		_, err = r.tx.ExecContext(ctx, text, statement.Args...)
		return err
	})
	if err != nil || empty {
		return err
	}
	// The engine may have put another file in the place of ours.
	written, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("open what was exported: %w", err)
	}
	defer func() { _ = written.Close() }() // only read
	if format == "csv-bom" {
		if _, err := io.WriteString(w, utf8Mark); err != nil {
			return fmt.Errorf("hand on an export: %w", err)
		}
	}
	if _, err := io.Copy(w, stopping{ctx, written}); err != nil {
		return fmt.Errorf("hand on an export: %w", err)
	}
	return nil
}

// stopping reads until its context ends.
type stopping struct {
	ctx  context.Context
	from io.Reader
}

func (s stopping) Read(p []byte) (int, error) {
	if err := context.Cause(s.ctx); err != nil {
		return 0, err
	}
	return s.from.Read(p)
}

// tempFolder is where the engine spills too: on the disk that has room for events.
func tempFolder(path string) string {
	folder := path + ".spill"
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "" // CreateTemp tells what is wrong with the system's own folder
	}
	return folder
}

// fileBytes adds up the sizes of files; one that does not exist has none.
func fileBytes(paths ...string) (int64, error) {
	var sum int64
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return 0, fmt.Errorf("look at the warehouse's file: %w", err)
		default:
			sum += info.Size()
		}
	}
	return sum, nil
}
