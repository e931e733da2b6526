package duckdb

import (
	"context"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// Doings are the times people did one of several things.
func (db *DB) Doings(ctx context.Context, s warehouse.Scope, list []condition.Matcher, person func([]condition.Doing) error) error {
	return db.read(ctx, s, func(r *reading) error {
		statement, err := query.Doings(dialect, r.scope, list)
		var of []condition.Doing
		var row condition.Doing
		var which int64
		into := []any{&row.Person, &row.Cookieless, (*int64)(&row.At), &which}
		err = r.each(ctx, statement, err, func(scan func(...any) error) error {
			if err := scan(into...); err != nil {
				return err
			}
			row.Which = uint64(which)
			if len(of) > 0 && of[0].Person != row.Person {
				if err := person(of); err != nil {
					return err
				}
				of = of[:0]
			}
			of = append(of, row)
			return nil
		})
		if err != nil || len(of) == 0 {
			return err
		}
		return person(of)
	})
}

// Occurred are the single times that visitors did one thing.
func (db *DB) Occurred(ctx context.Context, s warehouse.Scope, m condition.Matcher, each func(warehouse.Occurred) error) error {
	return db.read(ctx, s, func(r *reading) error {
		statement, err := query.Occurred(dialect, r.scope, m)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var id string
			var row warehouse.Occurred
			if err := scan(&id, &row.Cookieless, (*int64)(&row.At), &row.MessageID); err != nil {
				return err
			}
			kind, visitor, _ := strings.Cut(id, ":")
			row.Visitor, row.User = visitor, kind == "u"
			return each(row)
		})
	})
}
