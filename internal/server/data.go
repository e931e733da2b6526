package server

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/store"
)

// heldData is everything a workspace holds at one revision, by source. It is
// shared by all versions of the model and must not be changed.
type heldData map[string]*source.Held

// loadData reads all points of a workspace.
func (s *Server) loadData(ctx context.Context, ws store.WorkspaceID) (heldData, error) {
	held := heldData{}
	err := s.deps.Store.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
		sources, err := tx.Points.Sources(ctx, ws)
		if err != nil {
			return err
		}
		for _, of := range sources {
			held[of.Source] = &source.Held{
				State: goal.SourceState{First: of.Span.From, Last: of.Span.To, Days: of.Days, Rows: of.Rows},
			}
		}
		for one, err := range tx.Points.Series(ctx, ws, "") {
			if err != nil {
				return err
			}
			if of := held[one.Source]; of != nil {
				of.Add(one.Metric, one.Dimensions, one.Daily)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load data of %q: %w", ws, err)
	}
	return held, nil
}

// weight is about how many bytes the data take.
func (d heldData) weight() int {
	bytes := 1 << 10
	for _, of := range d {
		for _, observed := range of.Metrics {
			bytes += 8 * len(observed.Total.Values)
			for _, part := range observed.Parts {
				bytes += 8*len(part.Daily.Values) + 64
			}
		}
	}
	return bytes
}

// readingKey tells whether two models read a source in the same way: what the
// points of a source depend on, and nothing else.
func readingKey(m *goal.Model, id string) string {
	src := m.Source(id)
	if src == nil {
		return ""
	}
	key := fmt.Sprintf("%s %q %q %q %q %q %q %q %q %q %d", src.Kind, src.Connection, m.Timezone, src.Sheet, src.Date, src.By,
		src.Number, src.DateOrder, src.Encoding, src.Delimiter, src.Header)
	for _, metric := range src.Metrics {
		key += fmt.Sprintf("|%q %s %q %s", metric.ID, metric.Kind, metric.Column, metric.Agg)
		if metric.Events != nil {
			key += " " + metric.Counted()
		}
		for _, f := range metric.Where {
			key += fmt.Sprintf(" %q=%q", f.Column, f.Values)
		}
	}
	for _, join := range src.Joins {
		key += fmt.Sprintf("|join %q %q %q %q", join.Path, join.Sheet, join.Left, join.Right)
	}
	return key
}
