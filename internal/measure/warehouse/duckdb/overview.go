package duckdb

import (
	"cmp"
	"context"
	"slices"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// Overview answers from roll-ups, and from the events themselves for the days whose
// roll-ups are out of date. With filters everything comes from the events.
func (db *DB) Overview(ctx context.Context, s warehouse.Scope, fields []warehouse.Field, limit int) (warehouse.Overview, error) {
	out := warehouse.Overview{Days: blankDays(s.Span), Groups: map[warehouse.Field][]warehouse.Group{}}
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r, fields...); err != nil {
			return err
		}
		return r.overview(ctx, &out, fields, warehouse.Paging{Limit: limit})
	})
	return out, err
}

// overview fills in an answer that has its days. Ways have to be loaded.
func (r *reading) overview(ctx context.Context, out *warehouse.Overview, fields []warehouse.Field, page warehouse.Paging) error {
	if !query.Plain(r.scope.Scope) {
		// Days and groups at once: the events are read once.
		found, err := r.count(ctx, fields, out.Days)
		if err != nil {
			return err
		}
		out.Totals = found.totals()
		r.fill(out.Groups, found, fields, page)
		return nil
	}
	rolled := fields
	if !query.FromRolls(r.scope.Scope, fields) {
		rolled = nil
	}
	t, err := r.tally(ctx, rolled, out.Days)
	if err != nil {
		return err
	}
	out.Totals = addDays(out.Days)
	if out.Totals.Visitors, err = t.visitors(ctx); err != nil {
		return err
	}
	out.Totals.Unique = true
	if len(fields) > 0 && len(rolled) == 0 {
		out.Groups, err = r.groups(ctx, fields, page)
		return err
	}
	return t.fill(ctx, out.Groups, fields, page)
}

func blankDays(span series.Span) []warehouse.DayTotals {
	if span.Days() > query.MaxSpanDays {
		return nil
	}
	days := make([]warehouse.DayTotals, span.Days())
	for i := range days {
		days[i].Day = span.From + series.Day(i)
	}
	return days
}

func (r *reading) dirtyDays(ctx context.Context) ([]series.Day, error) {
	var out []series.Day
	statement, err := query.Dirty(dialect, r.scope)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int32
		err := scan(&day)
		out = append(out, series.Day(day))
		return err
	})
	return out, err
}

// rolledDays reads the numbers of the clean days, and which these are.
func (r *reading) rolledDays(ctx context.Context, days []warehouse.DayTotals) ([]stampedDay, error) {
	var out []stampedDay
	scope := r.scope
	scope.Days = nil
	statement, err := query.Rolled(dialect, scope)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int32
		var stamp, cookieless int64
		var t warehouse.Totals
		if err := scan(&day, &t.Visitors, &cookieless, &t.Visits, &t.Views, &t.Events, &t.Bounces, &t.EngagedMillis, &t.VisitMillis, &stamp); err != nil {
			return err
		}
		t.DailyVisitors, t.Cookieless, t.Unique = t.Visitors, cookieless > 0, true
		days[int(day)-int(r.scope.Span.From)].Totals = t
		out = append(out, stampedDay{series.Day(day), stamp})
		return nil
	})
	slices.SortFunc(out, func(a, b stampedDay) int { return cmp.Compare(a.day, b.day) })
	return out, err
}

func addDays(days []warehouse.DayTotals) warehouse.Totals {
	var sum warehouse.Totals
	for i := range days {
		add(&sum, days[i].Totals)
	}
	return sum
}

// add adds what may be added: different people of two days may be the same ones.
func add(sum *warehouse.Totals, t warehouse.Totals) {
	sum.DailyVisitors += t.DailyVisitors
	sum.Cookieless = sum.Cookieless || t.Cookieless
	sum.Visits += t.Visits
	sum.Views += t.Views
	sum.Events += t.Events
	sum.Bounces += t.Bounces
	sum.EngagedMillis += t.EngagedMillis
	sum.VisitMillis += t.VisitMillis
}

// groups cuts the scope by fields.
func (r *reading) groups(ctx context.Context, fields []warehouse.Field, page warehouse.Paging) (map[warehouse.Field][]warehouse.Group, error) {
	out := map[warehouse.Field][]warehouse.Group{}
	days := blankDays(r.scope.Span)
	if !query.FromRolls(r.scope.Scope, fields) {
		found, err := r.count(ctx, fields, days)
		if err == nil {
			r.fill(out, found, fields, page)
		}
		return out, err
	}
	t, err := r.tally(ctx, fields, days)
	if err != nil {
		return out, err
	}
	return out, t.fill(ctx, out, fields, page)
}

// fill puts what was counted into the form of an answer.
func (r *reading) fill(out map[warehouse.Field][]warehouse.Group, found *counted, fields []warehouse.Field, page warehouse.Paging) {
	for _, field := range fields {
		r.put(out, field, found.ranked(field, page))
	}
}

// put gives an answer the values of a field. On a single day people are known to be different.
func (r *reading) put(out map[warehouse.Field][]warehouse.Group, field warehouse.Field, list []warehouse.Group) {
	if r.scope.Span.Days() == 1 && !query.MadeOfTraffic(field) {
		for i := range list {
			list[i].Visitors, list[i].Unique = list[i].DailyVisitors, true
		}
	}
	if len(list) > 0 {
		out[field] = list
	}
}
