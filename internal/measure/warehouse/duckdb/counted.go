package duckdb

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// stretchWorth is how many views and events are counted at a time: what has to be kept in
// mind of more does not fit into the engine's memory, and writing it to the disk and reading
// it again is slower than anything else. Where a question narrows them itself it is more,
// because every stretch has to be found again. What filters leave of visits is known before
// and weighed as such.
const (
	stretchWorth  = 1_000_000
	narrowedWorth = 2 * stretchWorth
)

// stretches cuts spans into runs of days that are counted one after the other.
func (r *reading) stretches(ctx context.Context, spans []series.Span, worth int64) ([]series.Span, error) {
	weight := map[series.Day]int64{}
	statement, err := query.Weights(dialect, r.scope)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int32
		var count int64
		err := scan(&day, &count)
		weight[series.Day(day)] = count
		return err
	})
	if err != nil {
		return nil, err
	}
	dirty, err := r.dirtyDays(ctx)
	if err != nil {
		return nil, err
	}
	for _, day := range dirty {
		// Nobody has counted it yet; it may well be as busy as any.
		for _, count := range weight {
			weight[day] = max(weight[day], count)
		}
	}
	var out []series.Span
	for _, span := range spans {
		out = append(out, cut(span, weight, worth)...)
	}
	return out, nil
}

func cut(span series.Span, weight map[series.Day]int64, worth int64) []series.Span {
	out := []series.Span{{From: span.From, To: span.To}}
	var sum int64
	for day := span.From; day <= span.To; day++ {
		if sum > 0 && sum+weight[day] > worth {
			out[len(out)-1].To = day - 1
			out, sum = append(out, series.Span{From: day, To: span.To}), 0
		}
		sum += weight[day]
	}
	return out
}

// counted is what was counted of the stretches so far.
type counted struct {
	days   []warehouse.DayTotals
	people *roaring.Bitmap
	groups map[warehouse.Field]map[string]*warehouse.Group
}

// count answers from the events, one stretch of days after the other. Ways have to be
// loaded.
func (r *reading) count(ctx context.Context, fields []warehouse.Field, days []warehouse.DayTotals) (*counted, error) {
	return r.countSpans(ctx, []series.Span{r.scope.Span}, fields, days)
}

// countSpans answers for some parts of the span.
func (r *reading) countSpans(ctx context.Context, spans []series.Span, fields []warehouse.Field, days []warehouse.DayTotals) (*counted, error) {
	out := &counted{days: days, people: roaring.New(), groups: map[warehouse.Field]map[string]*warehouse.Group{}}
	worth := int64(stretchWorth)
	if len(r.scope.Filters) > 0 {
		worth = narrowedWorth
	}
	stretches, err := r.stretches(ctx, spans, worth)
	if err != nil {
		return nil, err
	}
	whole := r.scope
	defer func() { r.scope = whole }()
	r.far.expect(len(stretches))
	for _, stretch := range stretches {
		r.scope.Span = stretch
		statement, err := query.Counted(dialect, r.scope, fields)
		err = r.each(ctx, statement, err, func(scan func(...any) error) error {
			var field string
			var number int64
			var g warehouse.Group
			if err := scan(&field, &g.Value, &number, &g.DailyVisitors, &g.Visits, &g.Views, &g.Events, &g.Bounces, &g.EngagedMillis, &g.VisitMillis, &g.Entries, &g.Exits); err != nil {
				return err
			}
			switch warehouse.Field(field) {
			case query.OfDays:
				out.day(series.Day(number)-whole.Span.From, g)
			case query.OfPeople:
				for bit := range uint32(query.PeopleBlock) {
					if g.Visits>>bit&1 == 1 {
						out.people.Add(uint32(number)*query.PeopleBlock + bit)
					}
				}
			case query.OfTraffic:
				for i, each := range fields {
					if query.MadeOfTraffic(each) && !slices.Contains(fields[:i], each) {
						// A way nobody knows any more is "", as one that says nothing.
						g.Value = ""
						if way, known := r.way(uint32(number)); known {
							g.Value = way.Of(each)
						}
						out.group(each, g)
					}
				}
			default:
				out.group(warehouse.Field(field), g)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		r.far.passed()
	}
	return out, nil
}

func (c *counted) day(i series.Day, g warehouse.Group) {
	t := &c.days[i].Totals
	t.Visitors, t.DailyVisitors = t.Visitors+g.DailyVisitors, t.DailyVisitors+g.DailyVisitors
	t.Cookieless, t.Unique = t.Cookieless || g.Entries > 0, true
	t.Visits += g.Visits
	t.Views += g.Views
	t.Events += g.Events
	t.Bounces += g.Bounces
	t.EngagedMillis += g.EngagedMillis
	t.VisitMillis += g.VisitMillis
}

func (c *counted) group(field warehouse.Field, g warehouse.Group) {
	values := c.groups[field]
	if values == nil {
		values = map[string]*warehouse.Group{}
		c.groups[field] = values
	}
	sum := values[g.Value]
	if sum == nil {
		values[g.Value] = &g
		return
	}
	addGroup(sum, &g)
}

// addGroup adds what may be added.
func addGroup(sum, g *warehouse.Group) {
	sum.DailyVisitors += g.DailyVisitors
	sum.Visits += g.Visits
	sum.Views += g.Views
	sum.Events += g.Events
	sum.Bounces += g.Bounces
	sum.EngagedMillis += g.EngagedMillis
	sum.VisitMillis += g.VisitMillis
	sum.Entries += g.Entries
	sum.Exits += g.Exits
}

// of is what was counted of a field; nil where nothing was.
func (c *counted) of(field warehouse.Field) map[string]*warehouse.Group {
	if c == nil {
		return nil
	}
	return c.groups[field]
}

// totals are the numbers of the whole span.
func (c *counted) totals() warehouse.Totals {
	sum := addDays(c.days)
	sum.Visitors, sum.Unique = int64(c.people.GetCardinality()), true
	return sum
}

// ranked are the values of a field, the most visits first.
func (c *counted) ranked(field warehouse.Field, page warehouse.Paging) []warehouse.Group {
	var out []warehouse.Group
	for _, g := range c.groups[field] {
		if shown(field, g) {
			out = append(out, *g)
		}
	}
	slices.SortFunc(out, byRank)
	from := min(max(page.Offset, 0), len(out))
	return out[from:min(from+limitOf(page), len(out))]
}

// shown leaves out values nothing was counted of: entries and exits lie on pages that a
// filter leaves out, too.
func shown(field warehouse.Field, g *warehouse.Group) bool {
	return g.Views > 0 || field != warehouse.FieldPage && field != warehouse.FieldTitle
}

func limitOf(page warehouse.Paging) int {
	if page.Limit <= 0 || page.Limit > query.MaxLimit {
		return query.MaxLimit
	}
	return page.Limit
}
