package duckdb

import (
	"context"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// Breakdown adds the different people to what an overview knows of one field: they are
// counted from the events, for the values that are on the page only.
func (db *DB) Breakdown(ctx context.Context, s warehouse.Scope, field warehouse.Field, page warehouse.Paging) ([]warehouse.Group, error) {
	var out []warehouse.Group
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r, field); err != nil {
			return err
		}
		groups, err := r.groups(ctx, []warehouse.Field{field}, page)
		if err != nil {
			return err
		}
		out = groups[field]
		return r.countVisitors(ctx, field, out)
	})
	return out, err
}

// findDirty notes which days roll-ups do not know, where roll-ups are asked at all.
func (r *reading) findDirty(ctx context.Context) error {
	if !query.Plain(r.scope.Scope) {
		return nil
	}
	var err error
	r.scope.Days, err = r.dirtyDays(ctx)
	return err
}

func (r *reading) countVisitors(ctx context.Context, field warehouse.Field, groups []warehouse.Group) error {
	if len(groups) == 0 {
		return nil
	}
	kept, err := r.eventsKept(ctx)
	if err != nil || !kept {
		return err
	}
	at := make(map[string]int, len(groups))
	values := make([]string, len(groups))
	for i, g := range groups {
		at[g.Value], values[i] = i, g.Value
		groups[i].Visitors, groups[i].Unique = 0, true
	}
	if query.AtOnce(field, len(values)) {
		counts := make([]any, len(groups))
		for i := range groups {
			counts[i] = &groups[i].Visitors
		}
		statement, err := query.VisitorsAtOnce(dialect, r.scope, field, values)
		return r.each(ctx, statement, err, func(scan func(...any) error) error { return scan(counts...) })
	}
	statement, err := query.Visitors(dialect, r.scope, field, values)
	return r.each(ctx, statement, err, func(scan func(...any) error) error {
		var value string
		var visitors int64
		err := scan(&value, &visitors)
		if i, ok := at[value]; ok {
			groups[i].Visitors = visitors
		}
		return err
	})
}

// eventsKept reports whether the events of the whole span are still there: roll-ups outlive
// them. Where they are gone, different people over several days are not known.
func (r *reading) eventsKept(ctx context.Context) (bool, error) {
	kept := true
	statement, err := query.Forgotten(dialect, r.scope)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var days int64
		err := scan(&days)
		kept = days == 0
		return err
	})
	return kept, err
}

// Names are the events of the span, most first; Last is when a name was last seen at all.
func (db *DB) Names(ctx context.Context, s warehouse.Scope, limit int) ([]warehouse.NameCount, error) {
	var out []warehouse.NameCount
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r); err != nil {
			return err
		}
		groups, err := r.groups(ctx, []warehouse.Field{warehouse.FieldEvent}, warehouse.Paging{Limit: limit})
		if err != nil {
			return err
		}
		at := map[string]int{}
		var list []string
		for i, g := range groups[warehouse.FieldEvent] {
			out = append(out, warehouse.NameCount{Name: g.Value, Count: g.Events})
			at[g.Value], list = i, append(list, g.Value)
		}
		statement, err := query.LastSeen(dialect, r.scope.Key, list)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var name string
			var last int64
			err := scan(&name, &last)
			if i, ok := at[name]; ok {
				out[i].Last = millis(last)
			}
			return err
		})
	})
	return out, err
}

// Traffic is every way in with its numbers by day.
func (db *DB) Traffic(ctx context.Context, s warehouse.Scope) ([]warehouse.TrafficDay, error) {
	var out []warehouse.TrafficDay
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r); err != nil {
			return err
		}
		if err := r.findDirty(ctx); err != nil {
			return err
		}
		known, err := db.wayOf(ctx, r)
		if err != nil {
			return err
		}
		statement, err := query.TrafficDays(dialect, r.scope)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var day int32
			var way uint32
			var t warehouse.TrafficDay
			err := scan(&day, &way, &t.Visits, &t.Views, &t.Bounces)
			t.Day, t.Traffic = series.Day(day), known[way]
			out = append(out, t)
			return err
		})
	})
	return out, err
}
