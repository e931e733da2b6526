package duckdb

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// tally is a plain span being added up: bundles of the days that are counted, and beside
// them what the events say of the others.
type tally struct {
	r       *reading
	bundles []*bundle
	shelves []map[warehouse.Field]*shelf // of each bundle
	crowded bool                         // there are too many values: the engine has to rank them
	beside  *counted                     // nil where every day is counted
}

// tally fills in the numbers of each day of a plain span, and makes ready what fields, which
// roll-ups have to know, need. Ways have to be loaded.
func (r *reading) tally(ctx context.Context, fields []warehouse.Field, days []warehouse.DayTotals) (*tally, error) {
	dirty, err := r.dirtyDays(ctx)
	if err != nil {
		return nil, err
	}
	r.scope.Days = dirty
	rolled, err := r.rolledDays(ctx, days)
	if err != nil {
		return nil, err
	}
	t := &tally{r: r, bundles: r.bundlesOf(rolled)}
	for _, b := range t.bundles {
		shelves, all, err := r.shelvesOf(ctx, b, fields)
		if err != nil {
			return nil, err
		}
		t.shelves, t.crowded = append(t.shelves, shelves), t.crowded || !all
	}
	if len(dirty) == 0 {
		return t, nil
	}
	if t.crowded {
		fields = nil
	}
	t.beside, err = r.countSpans(ctx, runs(dirty), fields, days)
	return t, err
}

// runs are ascending days as spans without gaps.
func runs(days []series.Day) []series.Span {
	var out []series.Span
	for _, day := range days {
		if n := len(out); n > 0 && out[n-1].To == day-1 {
			out[n-1].To = day
		} else {
			out = append(out, series.Span{From: day, To: day})
		}
	}
	return out
}

// visitors are the different people of the span.
func (t *tally) visitors(ctx context.Context) (int64, error) {
	var all []*roaring.Bitmap
	for _, b := range t.bundles {
		persons, err := t.r.personsOf(ctx, b)
		if err != nil {
			return 0, err
		}
		all = append(all, persons)
	}
	if t.beside != nil {
		all = append(all, t.beside.people)
	}
	if len(all) == 2 {
		return int64(all[0].OrCardinality(all[1])), nil
	}
	return int64(roaring.FastOr(all...).GetCardinality()), nil
}

// fill puts the values of fields into an answer.
func (t *tally) fill(ctx context.Context, out map[warehouse.Field][]warehouse.Group, fields []warehouse.Field, page warehouse.Paging) error {
	if len(fields) == 0 {
		return nil
	}
	if !t.crowded {
		for _, field := range fields {
			t.r.put(out, field, t.r.rankedOver(t.shelves, t.beside, field, page))
		}
		return nil
	}
	found := map[warehouse.Field][]warehouse.Group{}
	statement, err := query.Groups(dialect, t.r.scope, fields, page)
	err = t.r.each(ctx, statement, err, func(scan func(...any) error) error {
		var field string
		var g warehouse.Group
		err := scan(&field, &g.Value, &g.DailyVisitors, &g.Visits, &g.Views, &g.Events, &g.Bounces, &g.EngagedMillis, &g.VisitMillis, &g.Entries, &g.Exits)
		found[warehouse.Field(field)] = append(found[warehouse.Field(field)], g)
		return err
	})
	for field, list := range found {
		t.r.put(out, field, list)
	}
	return err
}
