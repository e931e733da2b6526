package forecast

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

func dayOf(n int) series.Day { return series.Day(n) }

// Aggregate is what a metric comes to over a span, one number per path: the days that
// are known as they were, those after the last known day as each path has them, by the
// metric's aggregation. A span that ends before has the same number in every path. It
// is nil where there is no forecast (Shortage says why) or the span reaches beyond the
// paths, and NaN where the metric has no day in the span.
func (p *Paths) Aggregate(name string, span series.Span) []float64 {
	m := p.metrics[name]
	if m == nil || span.To > p.to {
		return nil
	}
	if m.periodic != nil {
		if !m.shortage.Enough() && span.To > p.asOf {
			return nil
		}
		return m.periodic.aggregate(m.input, p.asOf, p.count, span)
	}
	past := span.Intersect(series.Span{From: span.From, To: p.asOf})
	if m.weeks == nil {
		if span.To > p.asOf {
			return nil
		}
		value, _ := m.input.History.Aggregate(past, m.input.Agg)
		return same(p.count, value)
	}
	anchor := m.weeks.anchor
	value, present := math.NaN(), 0
	if !past.Empty() {
		value, present = m.input.History.Aggregate(past, m.input.Agg)
	}
	future := series.Span{From: max(span.From, anchor+1), To: span.To}
	if future.Empty() {
		return same(p.count, value)
	}
	from, to := int(future.From-anchor)-1, int(future.To-anchor) // days ahead [from, to)
	switch m.input.Agg {
	case series.Last:
		return m.onDay(p, to-1)
	case series.Max:
		return m.highest(p, from, to, value)
	}
	out := m.sum(p, from, to)
	if m.input.Agg == series.Mean {
		days := float64(to - from + present)
		for i := range out {
			if present > 0 {
				out[i] += value * float64(present)
			}
			out[i] /= days
		}
		return out
	}
	if present > 0 {
		for i := range out {
			out[i] += value
		}
	}
	return out
}

func same(n int, value float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = value
	}
	return out
}

// sum adds days ahead [from, to) in each path: day by day for the first weeks, then by
// weeks, of which a part counts by the weights of its days.
func (m *metricPaths) sum(p *Paths, from, to int) []float64 {
	out := make([]float64, p.count)
	for d := from; d < min(to, len(m.days)); d++ {
		for i, v := range m.days[d] {
			out[i] += v
		}
	}
	for d := max(from, len(m.days)); d < to; {
		week := d / 7
		end := min(7*week+7, to)
		share := m.shareOf(week, d-7*week, end-7*week)
		for i, v := range m.totals[week] {
			out[i] += share * v
		}
		if share < 1 && m.mixture.counts {
			for i, v := range out {
				out[i] = math.Round(v)
			}
		}
		d = end
	}
	return out
}

// shareOf is the part of a week's weight on its days [from, to).
func (m *metricPaths) shareOf(week, from, to int) float64 {
	if from == 0 && to == 7 {
		return 1
	}
	if m.weeks.additive {
		return float64(to-from) / 7
	}
	part, all := 0.0, 0.0
	for d, f := range m.ahead.factors[week] {
		all += f
		if d >= from && d < to {
			part += f
		}
	}
	if all <= 0 {
		return float64(to-from) / 7
	}
	return part / all
}

// onDay is a stock on a day ahead in each path.
func (m *metricPaths) onDay(p *Paths, d int) []float64 {
	out := make([]float64, p.count)
	if d < len(m.days) {
		copy(out, m.days[d])
		return out
	}
	week, share := d/7, float64(d%7+1)/7
	for i, end := range m.totals[week] {
		before := m.totals[week-1][i]
		out[i] = before + (end-before)*share
	}
	return out
}

// highest is a stock's highest day ahead in each path, or before.
func (m *metricPaths) highest(p *Paths, from, to int, before float64) []float64 {
	out := same(p.count, math.Inf(-1))
	if !math.IsNaN(before) {
		out = same(p.count, before)
	}
	take := func(row []float64) {
		for i, v := range row {
			out[i] = max(out[i], v)
		}
	}
	for d := from; d < min(to, len(m.days)); d++ {
		take(m.days[d])
	}
	for d := max(from, len(m.days)); d < to; d++ {
		if d%7 == 6 || d == to-1 {
			take(m.onDay(p, d))
		}
	}
	return out
}

// DayForecast is one day to come: its mean and the bands that hold it in 80 and 95 of
// 100 cases.
type DayForecast struct {
	Day        series.Day
	Mean       float64
	Lo80, Hi80 float64
	Lo95, Hi95 float64
}

// Days is the band of a metric's days, from the one after its last known day to the end
// of the paths; nil where there is no forecast.
func (p *Paths) Days(name string) []DayForecast {
	m := p.metrics[name]
	if m != nil && m.periodic != nil {
		return m.periodic.days()
	}
	if m == nil || m.weeks == nil {
		return nil
	}
	n := int(p.to - m.weeks.anchor)
	out := make([]DayForecast, 0, n)
	sorted := make([]float64, p.count)
	splitter := m.splitter(p.count)
	random := rand.New(rand.NewPCG(p.seed, 1))
	l := newLuck(p.count, len(m.totals)+1, p.seed)
	var later [7][]float64
	for d := range n {
		row := sorted
		if d < len(m.days) {
			copy(row, m.days[d])
		} else {
			if d%7 == 0 || later[0] == nil {
				later = splitter.all(d/7, l, random)
			}
			copy(row, later[d%7])
		}
		slices.Sort(row)
		f := DayForecast{Day: m.weeks.anchor + dayOf(d+1), Mean: mean(row)}
		f.Lo80, f.Hi80 = quantile(row, 0.1), quantile(row, 0.9)
		f.Lo95, f.Hi95 = quantile(row, 0.025), quantile(row, 0.975)
		out = append(out, f)
	}
	return out
}

// all lays out one week of every path.
func (s *splitter) all(week int, l *luck, random *rand.Rand) [7][]float64 {
	var rows [7][]float64
	for d := range rows {
		rows[d] = make([]float64, l.count)
	}
	for i := range l.count {
		var day [7]float64
		s.week(week, i, l.day(i, week, s.memory), random, &day)
		for d, v := range day {
			rows[d][i] = v
		}
	}
	return rows
}

// quantile of sorted values, between neighbours by their distance (type 6 of Hyndman
// and Fan 1996, p = k/(n+1)): unbiased in coverage for a new value.
func quantile(sorted []float64, p float64) float64 {
	n := len(sorted)
	at := p*float64(n+1) - 1
	i := int(math.Floor(at))
	if i < 0 {
		return sorted[0]
	}
	if i >= n-1 {
		return sorted[n-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
