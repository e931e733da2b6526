package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// utf8Mark is what makes old spreadsheets read UTF-8.
const utf8Mark = "\uFEFF"

// pieceEvents is about how many events are sorted at once for a csv.
const pieceEvents = 50_000

// Export writes the events of a scope: as "csv" or "csv-bom" (with the mark that old
// spreadsheets ask for), oldest first; or as "parquet", in no order. The engine writes
// files beside its own, a csv in pieces, which are handed on and removed; so memory is
// bounded. What was handed on before an error is no whole file.
func (db *DB) Export(ctx context.Context, s warehouse.Scope, format string, w io.Writer) error {
	csv := format == "csv" || format == "csv-bom"
	if !csv && format != "parquet" {
		return warehouse.Refuse("書き出しの形式「%s」はありません。csv、csv-bom、parquet から選んでください。", "There is no export format “%s”; choose csv, csv-bom or parquet.", format)
	}
	file, err := os.CreateTemp(tempFolder(db.path), "export-*")
	if err != nil {
		return fmt.Errorf("make a file to export to: %w", err)
	}
	name := file.Name()
	defer func() { _ = errors.Join(file.Close(), os.Remove(name)) }() // a temporary file of ours; nothing depends on its end
	return db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r); err != nil {
			return err
		}
		// The engine takes no parameter there once it has to bind a statement twice, but a
		// variable of the connection.
		if _, err := r.tx.ExecContext(ctx, `SET VARIABLE export_to = ?`, name); err != nil {
			return fmt.Errorf("name the file to export to: %w", err)
		}
		if !csv {
			statement, err := query.Export(dialect, r.scope, false)
			return r.handOn(ctx, name, statement, err, `) TO (getvariable('export_to')) (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`, w)
		}
		if format == "csv-bom" {
			if _, err := io.WriteString(w, utf8Mark); err != nil {
				return fmt.Errorf("hand on an export: %w", err)
			}
		}
		return r.exportPieces(ctx, name, w)
	})
}

// exportPieces writes a csv piece by piece, the first with the names of the columns.
func (r *reading) exportPieces(ctx context.Context, name string, w io.Writer) error {
	pieces, err := r.pieces(ctx)
	if err != nil {
		return err
	}
	options := `) TO (getvariable('export_to')) (FORMAT csv, HEADER true)`
	for _, piece := range pieces {
		part := *r
		part.scope.Span = series.Span{From: piece.day, To: piece.day}
		statement, err := query.ExportPiece(dialect, part.scope, true, piece.from, piece.before)
		if err := r.handOn(ctx, name, statement, err, options, w); err != nil {
			return err
		}
		options = `) TO (getvariable('export_to')) (FORMAT csv, HEADER false)`
	}
	return nil
}

// piece is a part of a day.
type piece struct {
	day          series.Day
	from, before event.Millis
}

// pieces cuts a scope into parts of about pieceEvents each; without any event there is one,
// for the names of the columns.
func (r *reading) pieces(ctx context.Context) ([]piece, error) {
	var out []piece
	statement, err := query.Stretches(dialect, r.scope)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int32
		var count, first, last int64
		if err := scan(&day, &count, &first, &last); err != nil {
			return err
		}
		parts := count/pieceEvents + 1
		for i := range parts {
			from, before := first+(last-first)*i/parts, first+(last-first)*(i+1)/parts
			if i == parts-1 {
				before = last + 1
			}
			out = append(out, piece{series.Day(day), event.Millis(from), event.Millis(before)})
		}
		return nil
	})
	if len(out) == 0 {
		out = append(out, piece{day: r.scope.Span.From})
	}
	return out, err
}

// handOn lets the engine write a file and copies it to w.
func (r *reading) handOn(ctx context.Context, name string, statement query.Statement, err error, options string, w io.Writer) error {
	if err != nil {
		return err
	}
	if _, err := r.tx.ExecContext(ctx, `COPY (`+statement.Text+options, statement.Args...); err != nil {
		return fmt.Errorf("write an export: %w", err)
	}
	// The engine may have put another file in the place of ours.
	written, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("open what was exported: %w", err)
	}
	defer func() { _ = written.Close() }() // only read
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
