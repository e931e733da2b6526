package duckdb

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

const maxTransitions = 1000

// Transitions are the steps from page to page.
func (db *DB) Transitions(ctx context.Context, s warehouse.Scope, goal string, limit int) ([]warehouse.Transition, error) {
	var out []warehouse.Transition
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r); err != nil {
			return err
		}
		worth := int64(stretchWorth)
		if goal != "" {
			worth = narrowedWorth
		}
		stretches, err := r.stretches(ctx, []series.Span{r.scope.Span}, worth)
		if err != nil {
			return err
		}
		found := steps{between: map[[2]string]*warehouse.Transition{}, left: map[string]int64{}}
		r.far.expect(len(stretches))
		for _, r.scope.Span = range stretches {
			statement, err := query.Transitions(dialect, r.scope, goal)
			err = r.each(ctx, statement, err, func(scan func(...any) error) error {
				var t warehouse.Transition
				var followed int64
				err := scan(&t.From, &t.To, &t.Count, &t.Visits, &followed)
				found.add(t, followed)
				return err
			})
			if err != nil {
				return err
			}
			r.far.passed()
		}
		out = found.mostFirst(limit)
		return nil
	})
	return out, err
}

// steps are the steps found so far.
type steps struct {
	between map[[2]string]*warehouse.Transition
	left    map[string]int64 // how often a page was viewed and nothing after it
}

// add takes steps between two pages, of which some followed a view and the others began a
// visit.
func (s steps) add(t warehouse.Transition, followed int64) {
	s.left[t.To] += t.Count
	s.left[t.From] -= followed
	if t.From == t.To {
		// A page viewed again is no step; what remains came from outside to a page without a
		// path, each visit once.
		t.Count -= followed
		t.Visits = t.Count
	}
	s.join(t)
}

func (s steps) join(t warehouse.Transition) {
	sum := s.between[[2]string{t.From, t.To}]
	if sum == nil {
		s.between[[2]string{t.From, t.To}] = &t
		return
	}
	sum.Count += t.Count
	sum.Visits += t.Visits
}

func (s steps) mostFirst(limit int) []warehouse.Transition {
	for page, times := range s.left {
		s.join(warehouse.Transition{From: page, To: "", Count: times, Visits: times}) // each visit leaves once
	}
	out := make([]warehouse.Transition, 0, len(s.between))
	for _, t := range s.between {
		if t.Count > 0 {
			out = append(out, *t)
		}
	}
	slices.SortFunc(out, func(a, b warehouse.Transition) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	if limit <= 0 || limit > maxTransitions {
		limit = maxTransitions
	}
	return out[:min(limit, len(out))]
}

// Funnel counts people through ordered steps.
func (db *DB) Funnel(ctx context.Context, s warehouse.Scope, f warehouse.Funnel) ([]warehouse.FunnelStep, error) {
	out := make([]warehouse.FunnelStep, min(len(f.Steps), query.MaxSteps))
	err := db.read(ctx, s, func(r *reading) error {
		filters := []warehouse.Filter{}
		for _, step := range f.Steps {
			filters = append(filters, step.Filters...)
		}
		if err := db.loadWays(ctx, r, fieldsOf(filters)...); err != nil {
			return err
		}
		statement, err := query.Funnel(dialect, r.scope, f)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var depth, people int64
			var gap sql.NullFloat64
			if err := scan(&depth, &people, &gap); err != nil {
				return err
			}
			out[depth-1] = warehouse.FunnelStep{People: people, MedianMillis: int64(math.Round(gap.Float64))}
			return nil
		})
	})
	return out, err
}

func fieldsOf(filters []warehouse.Filter) []warehouse.Field {
	out := make([]warehouse.Field, len(filters))
	for i, f := range filters {
		out[i] = f.Field
	}
	return out
}

func millis(ms int64) event.Millis { return event.Millis(ms) }
