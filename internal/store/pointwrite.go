package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// Import is what one reading of a source brings.
type Import struct {
	Source string
	Upload UploadID    // the file it was read from; "" when it came from elsewhere
	Days   []SourceDay // the days with rows, each once, in any order
	// Metrics are those it tells about; what the source holds of others stays. nil: all.
	Metrics []string
	// Points are all of the days' points, each once, in any order; best are the
	// points of one series together, day by day. A day outside of Days is an
	// error, and so is an error the sequence yields: nothing is written then.
	Points iter.Seq2[Point, error]
}

// ImportDays puts the days of a reading in the place of what the source had on
// these days; its other days stay. Reading the same file twice changes nothing
// but DataRevision. It happens as a whole or not at all. ErrNotFound without the
// workspace or the upload; ErrTooLong.
func (p Points) ImportDays(ctx context.Context, ws WorkspaceID, in Import) error {
	return p.put(ctx, ws, in, func(ctx context.Context, tx bun.Tx) error {
		return forgetDays(ctx, tx, ws, in)
	})
}

// ImportSpan is ImportDays for a reading that tells the whole of a span: what the source
// had on days of it that the reading does not have goes, too.
func (p Points) ImportSpan(ctx context.Context, ws WorkspaceID, in Import, span series.Span) error {
	return p.put(ctx, ws, in, func(ctx context.Context, tx bun.Tx) error {
		if err := forgetSpan(ctx, tx, ws, in, span); err != nil {
			return err
		}
		return forgetDays(ctx, tx, ws, in)
	})
}

// ReplaceSource puts a reading in the place of all the source had. An Import
// without days empties the source. Errors as of ImportDays.
func (p Points) ReplaceSource(ctx context.Context, ws WorkspaceID, in Import) error {
	return p.put(ctx, ws, in, func(ctx context.Context, tx bun.Tx) error {
		return forgetSource(ctx, tx, ws, in.Source)
	})
}

func (p Points) put(ctx context.Context, ws WorkspaceID, in Import, forget func(context.Context, bun.Tx) error) error {
	err := p.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		days, err := in.check()
		if err != nil {
			return err
		}
		if err := p.touch(ctx, tx, ws, changesData); err != nil {
			return err
		}
		if in.Upload != "" {
			if _, err := findUpload(ctx, tx, ws, in.Upload); err != nil {
				return err
			}
		}
		if err := forget(ctx, tx); err != nil {
			return fmt.Errorf("remove earlier points: %w", err)
		}
		if err := insertDays(ctx, tx, ws, in); err != nil {
			return fmt.Errorf("write days: %w", err)
		}
		if in.Points != nil {
			writer, err := newPointWriter(ctx, tx, p.db.engine, ws, in.Source, days)
			if err != nil {
				return err
			}
			if err := writer.writeAll(ctx, in.Points); err != nil {
				return err
			}
		}
		return forgetEmptySeries(ctx, tx, ws, in.Source)
	})
	if err != nil {
		return fmt.Errorf("import source %q: %w", in.Source, err)
	}
	return nil
}

// check refuses what would break the promise that days and points fit together,
// and returns the set of days.
func (in Import) check() (map[series.Day]struct{}, error) {
	if in.Source == "" {
		return nil, fmt.Errorf("no source named")
	}
	if err := checkText("source", in.Source, maxNameBytes); err != nil {
		return nil, err
	}
	days := make(map[series.Day]struct{}, len(in.Days))
	for _, d := range in.Days {
		if d.Rows < 1 {
			return nil, fmt.Errorf("day %s has %d rows", d.Day, d.Rows)
		}
		if _, twice := days[d.Day]; twice {
			return nil, fmt.Errorf("day %s is listed twice", d.Day)
		}
		days[d.Day] = struct{}{}
	}
	return days, nil
}

func forgetDays(ctx context.Context, tx bun.Tx, ws WorkspaceID, in Import) error {
	for _, run := range runs(in.Days) {
		if err := forgetSpan(ctx, tx, ws, in, run); err != nil {
			return err
		}
	}
	return nil
}

func forgetSpan(ctx context.Context, tx bun.Tx, ws WorkspaceID, in Import, span series.Span) error {
	ofSource := tx.NewSelect().Model((*seriesRow)(nil)).Column("id").
		Where("workspace_id = ?", ws).Where("source_id = ?", in.Source)
	if in.Metrics != nil {
		ofSource = ofSource.Where("metric IN (?)", bun.List(in.Metrics))
	}
	_, err := tx.NewDelete().Table("points").
		Where("day BETWEEN ? AND ?", span.From, span.To).Where("series_id IN (?)", ofSource).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewDelete().Model((*sourceDayRow)(nil)).
		Where("workspace_id = ?", ws).Where("source_id = ?", in.Source).
		Where("day BETWEEN ? AND ?", span.From, span.To).Exec(ctx)
	return err
}

// runs joins neighbouring days, so that a year is forgotten in one statement
// and not in 365.
func runs(days []SourceDay) []series.Span {
	sorted := slices.Clone(days)
	slices.SortFunc(sorted, func(a, b SourceDay) int { return int(a.Day) - int(b.Day) })
	var spans []series.Span
	for _, d := range sorted {
		if last := len(spans) - 1; last >= 0 && spans[last].To+1 == d.Day {
			spans[last].To = d.Day
		} else {
			spans = append(spans, series.Span{From: d.Day, To: d.Day})
		}
	}
	return spans
}

func forgetSource(ctx context.Context, tx bun.Tx, ws WorkspaceID, source string) error {
	// The points go with their series.
	_, err := tx.NewDelete().Model((*seriesRow)(nil)).
		Where("workspace_id = ?", ws).Where("source_id = ?", source).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewDelete().Model((*sourceDayRow)(nil)).
		Where("workspace_id = ?", ws).Where("source_id = ?", source).Exec(ctx)
	return err
}

// forgetEmptySeries drops the names that days removed or rewritten have left
// without a point.
func forgetEmptySeries(ctx context.Context, tx bun.Tx, ws WorkspaceID, source string) error {
	points := tx.NewSelect().Table("points").ColumnExpr("1").Where("series_id = point_series.id")
	_, err := tx.NewDelete().Table("point_series").
		Where("workspace_id = ?", ws).Where("source_id = ?", source).Where("NOT EXISTS (?)", points).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove empty series: %w", err)
	}
	return nil
}

const daysAtOnce = 500

func insertDays(ctx context.Context, tx bun.Tx, ws WorkspaceID, in Import) error {
	var upload *UploadID
	if in.Upload != "" {
		upload = &in.Upload
	}
	for part := range slices.Chunk(in.Days, daysAtOnce) {
		rows := make([]sourceDayRow, len(part))
		for i, d := range part {
			rows[i] = sourceDayRow{WorkspaceID: ws, SourceID: in.Source, Day: d.Day, Rows: d.Rows, UploadID: upload}
		}
		if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
