package server

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// lacking tells which metrics of a source a table may be without: an export seldom brings
// everything a map asks for, and what it brings need not wait for the rest.
type lacking func(*goal.Metric) bool

// nothing may be lacking.
func nothing(*goal.Metric) bool { return false }

// withRest is a spec with the metrics of the source that it does not name, as they are:
// indicators of the map may ask for them, and another file may bring them. Where days
// without a row are zero, one that no file brings would be zero, too: there none is kept.
func withRest(spec goal.SourceEdit, src *goal.Source) goal.SourceEdit {
	if len(spec.Metrics) == 0 || spec.Gaps == "zero" || src.Kind == goal.SourceEvents || src.Kind == goal.SourceEntry {
		return spec
	}
	all := specOf(src).Metrics
	for id, metric := range spec.Metrics {
		all[id] = metric
	}
	spec.Metrics = all
	return spec
}

// only is a source with no more metrics than a spec names.
func only(src *goal.Source, spec goal.SourceEdit) *goal.Source {
	out := *src
	out.Metrics = slices.DeleteFunc(slices.Clone(src.Metrics), func(m *goal.Metric) bool {
		_, named := spec.Metrics[m.ID]
		return !named
	})
	return &out
}

// unchanged are the metrics that are read as an old model read them: what came in without
// them then does so now.
func unchanged(old *goal.Model, src *goal.Source) lacking {
	before := old.Source(src.ID)
	if before == nil || src.GapsZero {
		return nothing
	}
	was, is := specOf(before).Metrics, specOf(src).Metrics
	return func(m *goal.Metric) bool {
		one, there := was[m.ID]
		return there && sameSpec(goal.SourceEdit{Metrics: map[string]goal.MetricEdit{"": one}}, goal.SourceEdit{Metrics: map[string]goal.MetricEdit{"": is[m.ID]}})
	}
}

// neverRead are the metrics of a source that have had no value yet. One that had some and
// is gone is a fault to be told.
func (s *Server) neverRead(ctx context.Context, ws store.WorkspaceID, src *goal.Source) (lacking, error) {
	if src.GapsZero {
		return nothing, nil
	}
	held := map[string]bool{}
	for one, err := range s.deps.Store.Points.Series(ctx, ws, src.ID) {
		if err != nil {
			return nil, err
		}
		held[one.Metric] = true
	}
	return func(m *goal.Metric) bool { return !held[m.ID] }, nil
}

// absentNotes says which columns a table was without.
func absentNotes(t *source.Tally) []words.Text {
	var out []words.Text
	for _, name := range t.Absent {
		out = append(out, words.T("列「%s」がないので、その数はまだ入っていません。", "There is no column “%s”: that number has not come in yet.", name))
	}
	return out
}
