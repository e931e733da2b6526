package source

import (
	"hash/maphash"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// Tally is what one reading of a source found: which days have rows, and each
// metric by day, in total and by dimension values.
type Tally struct {
	Rows    int
	Undated int                  // rows left out because their date is empty
	Days    map[series.Day]int   // rows on each day that has some
	Metrics map[string][]*Column // by metric id; the first Column is the total
	Absent  []string             // headers of metrics the file lacks; see ReadWhatIsThere
}

// Span is the first to the last day with a row; empty without any.
func (t *Tally) Span() series.Span {
	first, last, some := bounds(t.Days)
	if !some {
		return series.Span{From: 0, To: -1}
	}
	return series.Span{From: first, To: last}
}

// Keep takes everything outside of a span out.
func (t *Tally) Keep(span series.Span) {
	for day, rows := range t.Days {
		if !span.Contains(day) {
			delete(t.Days, day)
			t.Rows -= rows
		}
	}
	for _, columns := range t.Metrics {
		for _, c := range columns {
			maps.DeleteFunc(c.Cells, func(day series.Day, _ float64) bool { return !span.Contains(day) })
		}
	}
}

// Column is one metric's daily values for one combination of dimension values.
type Column struct {
	Values []string // of the source's dimensions; nil for the total
	Cells  map[series.Day]float64
}

// Points goes through all values: metric by metric, the total first, in the
// order of the days.
func (t *Tally) Points() iter.Seq2[Point, error] {
	return func(yield func(Point, error) bool) {
		for _, metric := range slices.Sorted(maps.Keys(t.Metrics)) {
			for _, column := range t.Metrics[metric] {
				for _, day := range slices.Sorted(maps.Keys(column.Cells)) {
					if !yield(Point{Metric: metric, Dimensions: column.Values, Day: day, Value: column.Cells[day]}, nil) {
						return
					}
				}
			}
		}
	}
}

// Point is one value of a metric on one day.
type Point struct {
	Metric     string
	Dimensions []string // nil for the total
	Day        series.Day
	Value      float64
}

// counter adds up the rows of one metric.
type counter struct {
	metric *goal.Metric
	total  *group
	parts  map[string]*group
	order  []string // keys of parts, in order of first sight
	split  bool     // the source has dimensions
	// falling: the rows come newest first.
	falling bool
}

// group is the rows of one combination of dimension values.
type group struct {
	values []string
	days   map[series.Day]*cell
	spare  []cell // cells made ahead, so that a wide table does not ask for each by itself
}

// cell is one metric on one day.
type cell struct {
	sum       series.Total
	max, last float64
	n         int
	distinct  map[uint64]struct{}
}

// printSeed makes prints of what only has to be told apart. The texts
// themselves, millions of ids in a large file, would not fit; that two of even ten
// million share a print of 64 bits has a chance of one in 370,000.
var printSeed = maphash.MakeSeed()

// newCounter counts a metric. rows is how many rows the file has: no more days
// than that are made room for.
func newCounter(m *goal.Metric, falling bool, rows int) *counter {
	total := &group{days: make(map[series.Day]*cell, min(rows, mostExpectedDays))}
	return &counter{metric: m, falling: falling, total: total, parts: map[string]*group{}, split: len(m.Source.By) > 0}
}

// mostExpectedDays is room for three years; longer files make more as they come.
const mostExpectedDays = 1100

// add takes one row that passed the metric's filters. text is the cell of the
// metric's column, v its number; neither matters for a count of rows.
func (c *counter) add(day series.Day, dimensions []string, key string, v float64, text string) {
	c.total.add(c, day, v, text)
	if !c.split {
		return
	}
	part := c.parts[key]
	if part == nil {
		part = &group{values: slices.Clone(dimensions), days: map[series.Day]*cell{}}
		c.parts[key] = part
		c.order = append(c.order, key)
	}
	part.add(c, day, v, text)
}

func (g *group) add(c *counter, day series.Day, v float64, text string) {
	at := g.days[day]
	if at == nil {
		at = g.newCell()
		g.days[day] = at
	}
	at.n++
	switch c.metric.Kind {
	case goal.MetricDistinct:
		if at.distinct == nil {
			at.distinct = map[uint64]struct{}{}
		}
		at.distinct[maphash.String(printSeed, text)] = struct{}{}
	case goal.MetricColumn:
		at.sum.Add(v)
		at.max = math.Max(at.max, v)
		if at.n == 1 || !c.falling {
			at.last = v
		}
	}
}

func (g *group) newCell() *cell {
	if len(g.spare) == 0 {
		g.spare = make([]cell, min(max(len(g.days), 4), 256))
	}
	at := &g.spare[0]
	g.spare = g.spare[1:]
	at.max = math.Inf(-1)
	return at
}

func (at *cell) value(m *goal.Metric) float64 {
	switch {
	case m.Kind == goal.MetricCount:
		return float64(at.n)
	case m.Kind == goal.MetricDistinct:
		return float64(len(at.distinct))
	}
	switch m.Agg {
	case series.Mean:
		return at.sum.Value() / float64(at.n)
	case series.Last:
		return at.last
	case series.Max:
		return at.max
	}
	return at.sum.Value()
}

// columns gives the metric's daily values, the total first. A day that has rows
// but none that the metric counts is zero for what adds up (no deal was won) and
// missing for what does not (nothing stood at any height).
func (c *counter) columns(days map[series.Day]int) []*Column {
	total := c.total.column(c.metric)
	if c.zeroWhenNoneMatch() {
		for day := range days {
			if _, ok := total.Cells[day]; !ok {
				total.Cells[day] = 0
			}
		}
	}
	out := []*Column{total}
	for _, key := range c.order {
		out = append(out, c.parts[key].column(c.metric))
	}
	if c.metric.Kind == goal.MetricColumn && c.metric.Agg == series.Last && c.split {
		sumOfLevels(total, out[1:])
	}
	return out
}

// zeroWhenNoneMatch: counts are zero on a day whose rows are all filtered out. A
// plain column whose cells are empty has no value at all.
func (c *counter) zeroWhenNoneMatch() bool {
	if c.metric.Kind != goal.MetricColumn {
		return true
	}
	return c.metric.Agg == series.Sum && len(c.metric.Where) > 0
}

func (g *group) column(m *goal.Metric) *Column {
	out := &Column{Values: g.values, Cells: make(map[series.Day]float64, len(g.days))}
	for day, at := range g.days {
		out.Cells[day] = at.value(m)
	}
	return out
}

// sumOfLevels makes the total of a level the sum over its parts: the followers of
// all accounts, not those of the account that happens to be last in the file.
func sumOfLevels(total *Column, parts []*Column) {
	for day := range total.Cells {
		sum := 0.0
		for _, p := range parts {
			sum += p.Cells[day]
		}
		total.Cells[day] = sum
	}
}

// dimensionKey identifies a combination of dimension values.
func dimensionKey(values []string) string { return strings.Join(values, "\x1f") }
