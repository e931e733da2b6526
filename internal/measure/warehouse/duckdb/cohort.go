package duckdb

import (
	"context"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// Cohorts follow people by the week or month of their first visit. A cohort is followed to
// the end of the span and no further: what has not happened yet is not a zero.
func (db *DB) Cohorts(ctx context.Context, s warehouse.Scope, c warehouse.CohortQuery) ([]warehouse.Cohort, error) {
	var out []warehouse.Cohort
	err := db.read(ctx, s, func(r *reading) error {
		var of []warehouse.Field
		if c.Outcome != nil {
			of = fieldsOf(c.Outcome.Filters)
		}
		if err := db.loadWays(ctx, r, of...); err != nil {
			return err
		}
		statement, err := query.Cohorts(dialect, r.scope, c)
		last := query.PeriodOf(c.Grain, s.Span.To)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var born, place, people int64
			if err := scan(&born, &place, &people); err != nil {
				return err
			}
			if place < 0 {
				out = append(out, warehouse.Cohort{
					From:   query.PeriodStart(c.Grain, born),
					People: people,
					Active: make([]int64, min(int64(c.Periods), last-born+1)),
				})
				return nil
			}
			if active := out[len(out)-1].Active; place < int64(len(active)) {
				active[place] = people
			}
			return nil
		})
	})
	return out, err
}
