package duckdb

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// Journeys are outcomes with the visits before them.
func (db *DB) Journeys(ctx context.Context, s warehouse.Scope, j warehouse.JourneyQuery) ([]warehouse.Journey, error) {
	var out []warehouse.Journey
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r, fieldsOf(j.Outcome.Filters)...); err != nil {
			return err
		}
		known, err := db.wayOf(ctx, r)
		if err != nil {
			return err
		}
		statement, err := query.Journeys(dialect, r.scope, j)
		var current string
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var id string
			var person uint32
			var at int64
			var value float64
			var started sql.NullInt64
			var way sql.NullInt64
			var entry, bot sql.NullString
			if err := scan(&id, &person, &at, &value, &started, &way, &entry, &bot); err != nil {
				return err
			}
			if id != current || len(out) == 0 {
				out = append(out, warehouse.Journey{Person: personName(person), At: millis(at), Value: value})
				current = id
			}
			if started.Valid {
				last := &out[len(out)-1]
				last.Touches = append(last.Touches, warehouse.Touch{
					At: event.Millis(started.Int64), Traffic: known[uint32(way.Int64)], Entry: entry.String, Bot: bot.String != "",
				})
			}
			return nil
		})
	})
	return out, err
}

// personName is how a person is called outside: a number that Person understands, and no
// personal data.
func personName(person uint32) string { return "#" + strconv.FormatUint(uint64(person), 10) }

func personNumber(name string) uint32 {
	if len(name) < 2 || name[0] != '#' {
		return 0
	}
	n, err := strconv.ParseUint(name[1:], 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}
