package server

import (
	"context"
	"fmt"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// rawSource is what one source holds, as it was read: gaps not yet filled.
type rawSource struct {
	state   goal.SourceState
	metrics map[string]*goal.Observed // by metric id
}

// rawData is everything a workspace holds at one revision, by source. It is
// shared by all versions of the model and must not be changed.
type rawData map[string]*rawSource

// loadData reads all points of a workspace.
func (s *Server) loadData(ctx context.Context, ws store.WorkspaceID) (rawData, error) {
	raw := rawData{}
	err := s.deps.Store.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
		held, err := tx.Points.Sources(ctx, ws)
		if err != nil {
			return err
		}
		for _, h := range held {
			raw[h.Source] = &rawSource{
				state:   goal.SourceState{First: h.Span.From, Last: h.Span.To, Days: h.Days, Rows: h.Rows},
				metrics: map[string]*goal.Observed{},
			}
		}
		for one, err := range tx.Points.Series(ctx, ws, "") {
			if err != nil {
				return err
			}
			if of := raw[one.Source]; of != nil {
				of.add(one.Metric, one.Dimensions, one.Daily)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load data of %q: %w", ws, err)
	}
	return raw, nil
}

func (r *rawSource) add(metric string, dimensions []string, daily series.Daily) {
	observed := r.metrics[metric]
	if observed == nil {
		observed = &goal.Observed{}
		r.metrics[metric] = observed
	}
	if len(dimensions) == 0 {
		observed.Total = daily
		return
	}
	observed.Parts = append(observed.Parts, goal.Part{Values: dimensions, Daily: daily})
}

// weight is about how many bytes the data take.
func (d rawData) weight() int {
	bytes := 1 << 10
	for _, of := range d {
		for _, observed := range of.metrics {
			bytes += 8 * len(observed.Total.Values)
			for _, part := range observed.Parts {
				bytes += 8*len(part.Daily.Values) + 64
			}
		}
	}
	return bytes
}

// assemble lays the data out as a model asks for them: sources and metrics the
// model does not name are left out, and a source that declares `gaps: zero` has a
// value on every day from its first row to the last day any source has one.
func assemble(m *goal.Model, raw rawData) *goal.Data {
	data := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{}}
	for _, src := range m.Sources {
		state := goal.SourceState{Empty: true}
		if of := raw[src.ID]; of != nil {
			state = of.state
		}
		data.Sources[src.ID] = state
	}
	last, _ := data.Last()
	for _, src := range m.Sources {
		of := raw[src.ID]
		if of == nil || of.state.Empty {
			continue
		}
		for _, metric := range src.Metrics {
			observed := of.metrics[metric.ID]
			if observed == nil {
				continue
			}
			if src.GapsZero {
				observed = withoutGaps(observed, series.Span{From: of.state.First, To: last})
			}
			data.Metrics[metric.Name()] = observed
		}
	}
	return data
}

// withoutGaps is a copy whose missing days are zero.
func withoutGaps(observed *goal.Observed, span series.Span) *goal.Observed {
	total := series.Daily{First: observed.Total.First, Values: slices.Clone(observed.Total.Values)}
	for day := span.From; day <= span.To; day++ {
		if _, ok := total.At(day); !ok {
			total.Set(day, 0)
		}
	}
	return &goal.Observed{Total: total, Parts: observed.Parts}
}

// readingKey tells whether two models read a source in the same way: what the
// points of a source depend on, and nothing else.
func readingKey(m *goal.Model, id string) string {
	src := m.Source(id)
	if src == nil {
		return ""
	}
	key := fmt.Sprintf("%q %q %q %q %q %q %q %q %d", m.Timezone, src.Sheet, src.Date, src.By,
		src.Number, src.DateOrder, src.Encoding, src.Delimiter, src.Header)
	for _, metric := range src.Metrics {
		key += fmt.Sprintf("|%q %s %q %s", metric.ID, metric.Kind, metric.Column, metric.Agg)
		for _, f := range metric.Where {
			key += fmt.Sprintf(" %q=%q", f.Column, f.Values)
		}
	}
	for _, join := range src.Joins {
		key += fmt.Sprintf("|join %q %q %q %q", join.Path, join.Sheet, join.Left, join.Right)
	}
	return key
}

// fold puts tallies of one source over each other: the days of a later file
// replace those of the earlier ones.
func fold(src *goal.Source, tallies []*source.Tally) *rawSource {
	from := map[series.Day]int{} // which tally a day comes from
	for i, t := range tallies {
		for day := range t.Days {
			from[day] = i
		}
	}
	out := &rawSource{metrics: map[string]*goal.Observed{}, state: goal.SourceState{Empty: len(from) == 0, Days: len(from)}}
	for day, i := range from {
		out.state.Rows += tallies[i].Days[day]
	}
	out.state.First, out.state.Last = bounds(from)
	for _, metric := range src.Metrics {
		parts := map[string]*series.Daily{}
		names := map[string][]string{}
		var order []string
		for i, t := range tallies {
			for _, column := range t.Metrics[metric.ID] {
				key := fmt.Sprintf("%q", column.Values)
				if parts[key] == nil {
					parts[key], names[key] = &series.Daily{}, column.Values
					order = append(order, key)
				}
				for day, value := range column.Cells {
					if from[day] == i {
						parts[key].Set(day, value)
					}
				}
			}
		}
		slices.Sort(order)
		for _, key := range order {
			out.add(metric.ID, names[key], *parts[key])
		}
	}
	return out
}

func bounds[V any](days map[series.Day]V) (first, last series.Day) {
	started := false
	for day := range days {
		if !started || day < first {
			first = day
		}
		if !started || day > last {
			last = day
		}
		started = true
	}
	return first, last
}
