package duckdb

import (
	"context"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// Metric is one number for every day since anything was collected, 0 where nothing was
// counted, and with fields one for each of their values that came.
func (db *DB) Metric(ctx context.Context, s warehouse.Scope, m warehouse.Metric) ([]warehouse.MetricDay, error) {
	var out []warehouse.MetricDay
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r, append(fieldsOf(m.Filters), m.ByFields...)...); err != nil {
			return err
		}
		first, known, err := r.collectedSince(ctx)
		if err != nil {
			return err
		}
		totals, err := db.metricTotals(ctx, r, m)
		if err != nil || !known {
			return err
		}
		for day := max(first, s.Span.From); day <= s.Span.To; day++ {
			out = append(out, warehouse.MetricDay{Day: day, Value: totals[day]})
		}
		if len(m.ByFields) == 0 {
			return nil
		}
		statement, err := query.Metric(dialect, r.scope, m)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var day int32
			one := warehouse.MetricDay{Dimensions: make([]string, len(m.ByFields))}
			into := []any{&day}
			for i := range one.Dimensions {
				into = append(into, &one.Dimensions[i])
			}
			err := scan(append(into, &one.Value)...)
			one.Day = series.Day(day)
			out = append(out, one)
			return err
		})
	})
	return out, err
}

// metricTotals come from the roll-ups where these know the number: that is quick, and they
// outlive the events.
func (db *DB) metricTotals(ctx context.Context, r *reading, m warehouse.Metric) (map[series.Day]float64, error) {
	totals := map[series.Day]float64{}
	pick := ofTotals[m.Count]
	if pick != nil && m.Event == "" && len(m.Filters) == 0 && query.Plain(r.scope.Scope) {
		days := blankDays(r.scope.Span)
		_, err := r.tally(ctx, nil, days)
		for _, d := range days {
			totals[d.Day] = pick(d.Totals)
		}
		return totals, err
	}
	m.ByFields = nil
	statement, err := query.Metric(dialect, r.scope, m)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day int32
		var value float64
		err := scan(&day, &value)
		totals[series.Day(day)] = value
		return err
	})
	return totals, err
}

var ofTotals = map[string]func(warehouse.Totals) float64{
	"visits":          func(t warehouse.Totals) float64 { return float64(t.Visits) },
	"bounces":         func(t warehouse.Totals) float64 { return float64(t.Bounces) },
	"visitors":        func(t warehouse.Totals) float64 { return float64(t.DailyVisitors) },
	"views":           func(t warehouse.Totals) float64 { return float64(t.Views) },
	"events":          func(t warehouse.Totals) float64 { return float64(t.Events) },
	"engaged_seconds": func(t warehouse.Totals) float64 { return float64(t.EngagedMillis) / 1000 },
}

func (r *reading) collectedSince(ctx context.Context) (first series.Day, known bool, err error) {
	statement, err := query.Collected(dialect, r.scope.Key)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var day *int32
		err := scan(&day)
		if day != nil {
			first, known = series.Day(*day), true
		}
		return err
	})
	return first, known, err
}
