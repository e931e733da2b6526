package store

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// Limits on names, in bytes; together they fit into one index entry of
// PostgreSQL (2,704 bytes).
const (
	maxNameBytes       = 500 // a source, a metric
	maxDimensionsBytes = 1500
)

const pointsAtOnce = 8192

// pointBatch is points on their way into the database, column by column.
type pointBatch struct {
	series []int64
	days   []int32
	values []float64
}

func (b *pointBatch) len() int { return len(b.series) }

// drop forgets the first n points, which are written.
func (b *pointBatch) drop(n int) {
	b.series, b.days, b.values = b.series[n:], b.days[n:], b.values[n:]
}

// pointWriter writes the points of one import in batches, so that memory does
// not grow with their number.
type pointWriter struct {
	tx     bun.Tx
	engine engine
	ws     WorkspaceID
	source string
	days   map[series.Day]struct{}
	series map[string]int64 // series number by key
	key    []byte           // reused
	full   pointBatch       // the batch's whole memory
}

func newPointWriter(ctx context.Context, tx bun.Tx, engine engine, ws WorkspaceID, source string, days map[series.Day]struct{}) (*pointWriter, error) {
	names, err := seriesNames(ctx, tx, ws, source)
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	w := &pointWriter{
		tx: tx, engine: engine, ws: ws, source: source, days: days, series: make(map[string]int64, len(names)),
		full: pointBatch{
			series: make([]int64, 0, pointsAtOnce), days: make([]int32, 0, pointsAtOnce), values: make([]float64, 0, pointsAtOnce),
		},
	}
	for id, name := range names {
		w.series[string(w.keyOf(name.Metric, name.Dimensions))] = id
	}
	return w, nil
}

func (w *pointWriter) writeAll(ctx context.Context, points iter.Seq2[Point, error]) error {
	batch := w.full
	for point, err := range points {
		if err != nil {
			return err
		}
		id, err := w.check(ctx, point)
		if err != nil {
			return fmt.Errorf("point of metric %q on %s: %w", point.Metric, point.Day, err)
		}
		batch.series = append(batch.series, id)
		batch.days = append(batch.days, int32(point.Day))
		batch.values = append(batch.values, point.Value)
		if batch.len() == pointsAtOnce {
			if err := w.flush(ctx, &batch); err != nil {
				return err
			}
		}
	}
	return w.flush(ctx, &batch)
}

func (w *pointWriter) flush(ctx context.Context, batch *pointBatch) error {
	if batch.len() > 0 {
		if err := w.engine.insertPoints(ctx, w.tx, batch); err != nil {
			return fmt.Errorf("write points: %w", err)
		}
	}
	*batch = w.full
	return nil
}

// check refuses a point that does not belong and finds the number of its series.
func (w *pointWriter) check(ctx context.Context, point Point) (int64, error) {
	if math.IsNaN(point.Value) || math.IsInf(point.Value, 0) {
		// SQLite would turn NaN into NULL: a missing day has no point instead.
		return 0, fmt.Errorf("value %v is not a number", point.Value)
	}
	if _, ok := w.days[point.Day]; !ok {
		return 0, fmt.Errorf("the day is not among the days of the import")
	}
	if id, ok := w.series[string(w.keyOf(point.Metric, point.Dimensions))]; ok {
		return id, nil
	}
	return w.newSeries(ctx, point)
}

// keyOf tells series apart; a separator before each dimension keeps no
// dimension and one empty dimension different. Valid until the next call.
func (w *pointWriter) keyOf(metric string, dimensions []string) []byte {
	w.key = append(w.key[:0], metric...)
	for _, value := range dimensions {
		w.key = append(append(w.key, 0), value...)
	}
	return w.key
}

func (w *pointWriter) newSeries(ctx context.Context, point Point) (int64, error) {
	if err := checkText("metric", point.Metric, maxNameBytes); err != nil {
		return 0, err
	}
	for _, value := range point.Dimensions {
		if err := checkText("dimension value", value, 0); err != nil {
			return 0, err
		}
	}
	dimensions, err := encodeDimensions(point.Dimensions)
	if err != nil {
		return 0, err
	}
	if err := checkText("dimensions", dimensions, maxDimensionsBytes); err != nil {
		return 0, err
	}
	row := seriesRow{WorkspaceID: w.ws, SourceID: w.source, Metric: point.Metric, Dimensions: dimensions}
	if _, err := w.tx.NewInsert().Model(&row).Returning("id").Exec(ctx); err != nil {
		return 0, fmt.Errorf("write series: %w", err)
	}
	w.series[string(w.keyOf(point.Metric, point.Dimensions))] = row.ID
	return row.ID, nil
}
