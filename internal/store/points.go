package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// Point is one metric's value on one day: in total (no dimensions), or of the
// rows with one combination of dimension values. A day that is not there is
// missing; zero is a value. Totals are points of their own, since the mean or
// the distinct count of a whole does not follow from its parts.
type Point struct {
	Metric     string
	Dimensions []string // values in the order of the source's `by`; empty for the total
	Day        series.Day
	Value      float64 // finite
}

// Series is all points of one metric and one combination of dimension values.
type Series struct {
	Source     string
	Metric     string
	Dimensions []string // nil for the total
	Daily      series.Daily
}

// Points is the repository of daily metric points.
type Points struct{ session }

// seriesRow names a series. Points refer to it by number, so that a point takes
// a dozen bytes and not the length of its names.
type seriesRow struct {
	bun.BaseModel `bun:"table:point_series"`

	ID          int64       `bun:"id,pk,autoincrement"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	SourceID    string      `bun:"source_id"`
	Metric      string      `bun:"metric"`
	Dimensions  string      `bun:"dimensions"` // a JSON array; "" for the total
}

func encodeDimensions(values []string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	text, err := json.Marshal(values)
	if err != nil {
		return "", fmt.Errorf("encode dimensions: %w", err)
	}
	return string(text), nil
}

func decodeDimensions(text string) (values []string, err error) {
	if text == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		return nil, fmt.Errorf("decode dimensions %q: %w", text, err)
	}
	return values, nil
}

// Each streams the points of a source: metric by metric, within it the total and
// then the combinations of dimension values in a fixed order, each day by day.
// It stops at the first error. In a transaction, nothing else may be asked of it
// until the loop has ended.
func (p Points) Each(ctx context.Context, ws WorkspaceID, source string) iter.Seq2[Point, error] {
	return func(yield func(Point, error) bool) {
		err := p.scan(ctx, ws, source, func(of *Series, day series.Day, value float64) bool {
			return yield(Point{Metric: of.Metric, Dimensions: of.Dimensions, Day: day, Value: value}, nil)
		})
		if err != nil {
			yield(Point{}, err)
		}
	}
}

// Series streams the workspace's points as series, source by source and then in
// the order of Each, or those of one source unless it is "".
func (p Points) Series(ctx context.Context, ws WorkspaceID, source string) iter.Seq2[Series, error] {
	return func(yield func(Series, error) bool) {
		var current *Series
		stopped := false
		err := p.scan(ctx, ws, source, func(of *Series, day series.Day, value float64) bool {
			if current != of {
				if current != nil && !yield(*current, nil) {
					stopped = true
					return false
				}
				current = of
			}
			of.Daily.Set(day, value)
			return true
		})
		switch {
		case stopped:
		case err != nil:
			yield(Series{}, err)
		case current != nil:
			yield(*current, nil)
		}
	}
}

// scan calls visit for every point until it returns false. Names are read once
// per series; of is the same pointer for all points of one.
func (p Points) scan(ctx context.Context, ws WorkspaceID, source string, visit func(of *Series, day series.Day, value float64) bool) error {
	err := p.snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		names, err := seriesNames(ctx, tx, ws, source)
		if err != nil || len(names) == 0 {
			return err
		}
		query := tx.NewSelect().TableExpr("points AS p").ColumnExpr("p.series_id, p.day, p.value").
			Join("JOIN point_series AS s ON s.id = p.series_id").Where("s.workspace_id = ?", ws).
			OrderExpr("s.source_id, s.metric, s.dimensions, p.day")
		if source != "" {
			query = query.Where("s.source_id = ?", source)
		}
		rows, err := query.Rows(ctx)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var (
				id, day int64
				value   float64
			)
			if err := rows.Scan(&id, &day, &value); err != nil {
				return err
			}
			if !visit(names[id], series.Day(day), value) {
				return rows.Close()
			}
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("read points of %q: %w", ws, err)
	}
	return nil
}

func seriesNames(ctx context.Context, tx bun.Tx, ws WorkspaceID, source string) (map[int64]*Series, error) {
	var rows []seriesRow
	query := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws)
	if source != "" {
		query = query.Where("source_id = ?", source)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, err
	}
	names := make(map[int64]*Series, len(rows))
	for _, row := range rows {
		dimensions, err := decodeDimensions(row.Dimensions)
		if err != nil {
			return nil, err
		}
		names[row.ID] = &Series{Source: row.SourceID, Metric: row.Metric, Dimensions: dimensions}
	}
	return names, nil
}
