package duckdb

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// Overview answers from roll-ups, and from the events themselves for the days whose
// roll-ups are out of date. With filters everything comes from the events.
func (db *DB) Overview(ctx context.Context, s warehouse.Scope, fields []warehouse.Field, limit int) (warehouse.Overview, error) {
	out := warehouse.Overview{Groups: map[warehouse.Field][]warehouse.Group{}}
	days := blankDays(s.Span)
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r, fields...); err != nil {
			return err
		}
		page := warehouse.Paging{Limit: limit}
		if !query.Plain(r.scope.Scope) {
			// Days and groups at once: the events are read once.
			found, err := r.count(ctx, fields, days)
			if err != nil {
				return err
			}
			out.Totals = found.totals()
			r.fill(out.Groups, found, fields, page)
			return nil
		}
		totals, err := db.days(ctx, r, days)
		if err != nil {
			return err
		}
		out.Totals = totals
		if len(fields) == 0 {
			return nil
		}
		out.Groups, err = r.groups(ctx, fields, page)
		return err
	})
	out.Days = days
	return out, err
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

// days fills in the numbers of each day of a plain span and returns those of the whole.
func (db *DB) days(ctx context.Context, r *reading, days []warehouse.DayTotals) (warehouse.Totals, error) {
	dirty, err := r.dirtyDays(ctx)
	if err != nil {
		return warehouse.Totals{}, err
	}
	r.scope.Days = dirty
	everybody, err := r.rolledDays(ctx, days)
	if err != nil {
		return warehouse.Totals{}, err
	}
	if err := db.joinMerged(ctx, r, everybody); err != nil {
		return warehouse.Totals{}, err
	}
	if len(dirty) > 0 {
		if err := r.countDays(ctx, days); err != nil {
			return warehouse.Totals{}, err
		}
		if err := r.countPeople(ctx, days, everybody); err != nil {
			return warehouse.Totals{}, err
		}
	}
	totals := addDays(days)
	totals.Visitors, totals.Unique = int64(everybody.GetCardinality()), true
	return totals, nil
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

// rolledDays reads the roll-ups of the clean days and joins their people.
func (r *reading) rolledDays(ctx context.Context, days []warehouse.DayTotals) (*roaring.Bitmap, error) {
	everybody := roaring.New()
	whole := r.scope
	whole.Days = nil
	statement, err := query.Rolled(dialect, whole)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int32
		var t warehouse.Totals
		var cookieless int64
		var blob []byte
		if err := scan(&day, &t.Visitors, &cookieless, &t.Visits, &t.Views, &t.Events, &t.Bounces, &t.EngagedMillis, &t.VisitMillis, &blob); err != nil {
			return err
		}
		t.DailyVisitors, t.Cookieless, t.Unique = t.Visitors, cookieless > 0, true
		days[int(day)-int(r.scope.Span.From)].Totals = t
		people := roaring.New()
		if len(blob) > 0 {
			if _, err := people.FromBuffer(blob); err != nil {
				return fmt.Errorf("read the people of %v: %w", series.Day(day), err)
			}
		}
		everybody.Or(people)
		return nil
	})
	return everybody, err
}

// countPeople counts the people of the days that are not rolled up.
func (r *reading) countPeople(ctx context.Context, days []warehouse.DayTotals, everybody *roaring.Bitmap) error {
	statement, err := query.Persons(dialect, r.scope)
	return r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day, cookieless int32
		var person uint32
		if err := scan(&day, &person, &cookieless); err != nil {
			return err
		}
		t := &days[int(day)-int(r.scope.Span.From)].Totals
		t.Visitors++
		t.DailyVisitors++
		t.Cookieless = t.Cookieless || cookieless > 0
		everybody.Add(person)
		return nil
	})
}

// countDays counts the days that are not rolled up from the events, without their people.
func (r *reading) countDays(ctx context.Context, days []warehouse.DayTotals) error {
	statement, err := query.Days(dialect, r.scope)
	return r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int64
		t := warehouse.Totals{Unique: true}
		err := scan(&day, &t.Visits, &t.Views, &t.Events, &t.Bounces, &t.EngagedMillis, &t.VisitMillis)
		days[int(day)-int(r.scope.Span.From)].Totals = t
		return err
	})
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

// groups cuts the scope by fields. r.scope.Days are the days that are not rolled up.
func (r *reading) groups(ctx context.Context, fields []warehouse.Field, page warehouse.Paging) (map[warehouse.Field][]warehouse.Group, error) {
	out := map[warehouse.Field][]warehouse.Group{}
	if !query.FromRolls(r.scope.Scope, fields) {
		found, err := r.count(ctx, fields, blankDays(r.scope.Span))
		if err == nil {
			r.fill(out, found, fields, page)
		}
		return out, err
	}
	oneDay := r.scope.Span.Days() == 1
	statement, err := query.Groups(dialect, r.scope, fields, page)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var field string
		var g warehouse.Group
		if err := scan(&field, &g.Value, &g.DailyVisitors, &g.Visits, &g.Views, &g.Events, &g.Bounces, &g.EngagedMillis, &g.VisitMillis, &g.Entries, &g.Exits); err != nil {
			return err
		}
		if oneDay && !query.MadeOfTraffic(warehouse.Field(field)) {
			g.Visitors, g.Unique = g.DailyVisitors, true
		}
		out[warehouse.Field(field)] = append(out[warehouse.Field(field)], g)
		return nil
	})
	return out, err
}

// fill puts what was counted into the form of an answer.
func (r *reading) fill(out map[warehouse.Field][]warehouse.Group, found *counted, fields []warehouse.Field, page warehouse.Paging) {
	oneDay := r.scope.Span.Days() == 1
	for _, field := range fields {
		list := found.ranked(field, page)
		for i := range list {
			if oneDay && !query.MadeOfTraffic(field) {
				list[i].Visitors, list[i].Unique = list[i].DailyVisitors, true
			}
		}
		if len(list) > 0 {
			out[field] = list
		}
	}
}
