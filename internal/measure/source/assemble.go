package source

import (
	"maps"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// Held is what one source holds, as it was read: gaps are not yet filled. Several
// versions of a model may share it, so it is not changed once it is handed on.
type Held struct {
	State   goal.SourceState
	Metrics map[string]*goal.Observed // by metric id
}

// Add puts in the daily values of a metric: its total where values is empty, else
// the part with these dimension values. Parts stand in the order of their values,
// however they came, so that sums over them are the same to the last digit.
func (h *Held) Add(metric string, values []string, daily series.Daily) {
	if h.Metrics == nil {
		h.Metrics = map[string]*goal.Observed{}
	}
	observed := h.Metrics[metric]
	if observed == nil {
		observed = &goal.Observed{}
		h.Metrics[metric] = observed
	}
	if len(values) == 0 {
		observed.Total = daily
		return
	}
	at, _ := slices.BinarySearchFunc(observed.Parts, values, func(p goal.Part, values []string) int {
		return slices.Compare(p.Values, values)
	})
	observed.Parts = slices.Insert(observed.Parts, at, goal.Part{Values: values, Daily: daily})
}

// Fold lays the readings of one source over each other on the calendar: the days
// of a later one replace those of the earlier ones, in the metrics it has.
func Fold(s *goal.Source, readings ...*Tally) *Held {
	from := origins(readings, func(*Tally) bool { return true })
	out := &Held{State: goal.SourceState{Empty: len(from) == 0, Days: len(from)}}
	for day, i := range from {
		out.State.Rows += readings[i].Days[day]
	}
	out.State.First, out.State.Last, _ = bounds(from)
	for _, metric := range s.Metrics {
		from := from
		has := func(t *Tally) bool { return t.Metrics[metric.ID] != nil }
		if slices.ContainsFunc(readings, func(t *Tally) bool { return !has(t) }) {
			from = origins(readings, has)
		}
		parts := map[string]*Column{}
		for i, t := range readings {
			for _, column := range t.Metrics[metric.ID] {
				key := "total"
				if len(column.Values) > 0 {
					key = "part " + dimensionKey(column.Values)
				}
				if len(readings) == 1 {
					parts[key] = column // nothing lies over it
					continue
				}
				if parts[key] == nil {
					parts[key] = &Column{Values: column.Values, Cells: make(map[series.Day]float64, len(column.Cells))}
				}
				for day, v := range column.Cells {
					if from[day] == i {
						parts[key].Cells[day] = v
					}
				}
			}
		}
		for _, key := range slices.Sorted(maps.Keys(parts)) {
			out.Add(metric.ID, parts[key].Values, daily(parts[key]))
		}
	}
	return out
}

// origins says which of some readings each day comes from: the last one that has it.
func origins(readings []*Tally, counts func(*Tally) bool) map[series.Day]int {
	from := map[series.Day]int{}
	for i, t := range readings {
		if !counts(t) {
			continue
		}
		for day := range t.Days {
			from[day] = i
		}
	}
	return from
}

// Assemble lays out what the sources of a model hold as the model asks for it.
// Sources and metrics it does not name are left out; a source that declares
// `gaps: zero` has a value on every day from its first row to the last day on
// which any source has one.
func Assemble(m *goal.Model, held map[string]*Held) *goal.Data {
	data := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{}}
	for _, s := range m.Sources {
		data.Sources[s.ID] = goal.SourceState{Empty: true}
		if of := held[s.ID]; of != nil {
			data.Sources[s.ID] = of.State
		}
	}
	last, _ := data.Last()
	for _, s := range m.Sources {
		known := data.Sources[s.ID]
		if known.Empty {
			continue
		}
		for _, metric := range s.Metrics {
			observed := held[s.ID].Metrics[metric.ID]
			if s.GapsZero {
				observed = withoutGaps(observed, series.Span{From: known.First, To: last})
			}
			if observed != nil {
				data.Metrics[metric.Name()] = observed
			}
		}
	}
	return data
}

// withoutGaps is a copy whose missing days are zero; nil is a metric without any
// value.
func withoutGaps(observed *goal.Observed, span series.Span) *goal.Observed {
	var out goal.Observed
	if observed != nil {
		out = *observed
		out.Total.Values = slices.Clone(out.Total.Values)
	}
	for day := span.From; day <= span.To; day++ {
		if _, ok := out.Total.At(day); !ok {
			out.Total.Set(day, 0)
		}
	}
	return &out
}

// daily lays the cells of a column on the calendar.
func daily(c *Column) series.Daily {
	first, last, some := bounds(c.Cells)
	if !some {
		return series.Daily{}
	}
	out := series.Daily{First: first, Values: make([]float64, last-first+1)}
	for i := range out.Values {
		out.Values[i] = math.NaN()
	}
	for day, v := range c.Cells {
		out.Values[day-first] = v
	}
	return out
}

// bounds are the first and the last of some days.
func bounds[V any](days map[series.Day]V) (first, last series.Day, some bool) {
	for day := range days {
		if !some || day < first {
			first = day
		}
		if !some || day > last {
			last = day
		}
		some = true
	}
	return first, last, some
}
