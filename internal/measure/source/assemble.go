package source

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// Assemble lays the tallies of a model's sources on the calendar. A source that
// declares `gaps: zero` has a value on every day from its first row to the last
// day on which any source has one.
func Assemble(m *goal.Model, tallies map[string]*Tally) *goal.Data {
	data := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{}}
	for _, s := range m.Sources {
		data.Sources[s.ID] = state(tallies[s.ID])
	}
	last, _ := data.Last()
	for _, s := range m.Sources {
		known := data.Sources[s.ID]
		if known.Empty {
			continue
		}
		for _, metric := range s.Metrics {
			columns := tallies[s.ID].Metrics[metric.ID]
			if len(columns) == 0 {
				continue
			}
			observed := &goal.Observed{Total: daily(columns[0])}
			for _, part := range columns[1:] {
				observed.Parts = append(observed.Parts, goal.Part{Values: part.Values, Daily: daily(part)})
			}
			slices.SortFunc(observed.Parts, func(a, b goal.Part) int { return slices.Compare(a.Values, b.Values) })
			if s.GapsZero {
				fillGaps(observed, series.Span{From: known.First, To: last})
			}
			data.Metrics[metric.Name()] = observed
		}
	}
	return data
}

func state(t *Tally) goal.SourceState {
	if t == nil || len(t.Days) == 0 {
		return goal.SourceState{Empty: true}
	}
	out := goal.SourceState{Days: len(t.Days), Rows: t.Rows}
	first := true
	for day := range t.Days {
		if first || day < out.First {
			out.First = day
		}
		if first || day > out.Last {
			out.Last = day
		}
		first = false
	}
	return out
}

func daily(c *Column) series.Daily {
	var out series.Daily
	first, last, some := series.Day(0), series.Day(0), false
	for day := range c.Cells {
		if !some || day < first {
			first = day
		}
		if !some || day > last {
			last = day
		}
		some = true
	}
	if !some {
		return out
	}
	out.First, out.Values = first, make([]float64, last-first+1)
	for i := range out.Values {
		out.Values[i] = math.NaN()
	}
	for day, v := range c.Cells {
		out.Values[day-first] = v
	}
	return out
}

func fillGaps(observed *goal.Observed, span series.Span) {
	for day := span.From; day <= span.To; day++ {
		if _, ok := observed.Total.At(day); !ok {
			observed.Total.Set(day, 0)
		}
	}
}
