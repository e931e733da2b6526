package server

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/platform"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
)

// specOf is a source as the upload screen holds it.
func specOf(src *goal.Source) goal.SourceEdit {
	spec := goal.SourceEdit{
		Path: src.Path, Sheet: src.Sheet, Date: src.Date, By: src.By, Number: src.Number, DateOrder: src.DateOrder,
		Metrics: map[string]goal.MetricEdit{}, Connection: src.Connection,
	}
	if src.GapsZero {
		spec.Gaps = "zero"
	}
	for _, m := range src.Metrics {
		if m.Events != nil || m.Entry != nil {
			specOfCounted(&spec, m)
			continue
		}
		edit := goal.MetricEdit{}
		switch m.Kind {
		case goal.MetricCount:
			edit.Count = "rows"
		case goal.MetricDistinct:
			edit.Distinct = m.Column
		default:
			edit.Column = m.Column
			if m.Agg != series.Sum {
				edit.Agg = m.Agg.String()
			}
		}
		for _, f := range m.Where {
			if edit.Where == nil {
				edit.Where = map[string][]string{}
			}
			edit.Where[f.Column] = f.Values
		}
		spec.Metrics[m.ID] = edit
	}
	return spec
}

// specOfCounted adds a metric of events or entries to a spec.
func specOfCounted(spec *goal.SourceEdit, m *goal.Metric) {
	if m.Entry != nil {
		if spec.Entry == nil {
			spec.Entry = map[string]goal.EntryEdit{}
		}
		edit := goal.EntryEdit{Name: m.Entry.Name, Owner: m.Entry.Owner, Unit: m.Entry.Unit}
		if m.Agg != series.Sum {
			edit.Agg = m.Agg.String()
		}
		spec.Entry[m.ID] = edit
		return
	}
	if spec.Events == nil {
		spec.Events = map[string]goal.EventMetricEdit{}
	}
	edit := goal.EventMetricEdit{Count: m.Events.Count, Event: m.Events.Event, Page: m.Events.Page}
	for _, f := range m.Events.Where {
		if edit.Where == nil {
			edit.Where = map[string][]string{}
		}
		edit.Where[f.Column] = append(edit.Where[f.Column], f.Values...)
	}
	spec.Events[m.ID] = edit
}

// sameSpec reports whether two specs say the same, however they are spelt.
func sameSpec(a, b goal.SourceEdit) bool { return plainSpec(a) == plainSpec(b) }

func plainSpec(s goal.SourceEdit) string {
	gaps := strings.TrimPrefix(s.Gaps, "missing")
	out := fmt.Sprintf("%q %q %q %q %q %q %q", s.Path, s.Sheet, s.Date, s.By, gaps, s.Number, s.DateOrder)
	for _, id := range sortedKeys(s.Metrics) {
		m := s.Metrics[id]
		column, agg := cmp.Or(m.Column, m.Sum), strings.TrimPrefix(m.Agg, "sum")
		out += fmt.Sprintf("|%q %q %q %q %q", id, column, m.Count, m.Distinct, agg)
		for _, c := range sortedKeys(m.Where) {
			out += fmt.Sprintf(" %q=%q", c, m.Where[c])
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// suggest proposes how to read a file: into the source of the model it is for; as such a
// file was read before; as the platform it comes from is best read; else as a new source
// made from the kinds of its columns. nil when the file has no column of dates.
func suggest(m *goal.Model, fileName string, sample *table.Sample, from *platform.Found, remembered *rememberedMapping) *Suggestion {
	known := suggestKnown(m, fileName, sample)
	switch {
	case known != nil && len(known.Missing) == 0:
		return known
	case remembered != nil && m.Source(remembered.Source) == nil:
		return &Suggestion{SourceID: remembered.Source, From: "remembered", Date: remembered.Spec.Date, Metrics: remembered.Spec.Metrics, Spec: remembered.Spec, Missing: []string{}}
	case from != nil && from.Daily:
		return suggestPlatform(m, fileName, from)
	case from != nil:
		return nil // a table without dates
	case known != nil:
		return known
	}
	return suggestNew(m, fileName, sample)
}

// suggestPlatform proposes a new source for an export that is known.
func suggestPlatform(m *goal.Model, fileName string, from *platform.Found) *Suggestion {
	spec := from.Spec
	spec.Path = fileName
	id := freeID(from.Source, func(id string) bool { return m.Source(id) != nil })
	return &Suggestion{SourceID: id, From: "platform", Date: spec.Date, Metrics: spec.Metrics, Spec: spec, Missing: []string{}}
}

func suggestKnown(m *goal.Model, fileName string, sample *table.Sample) *Suggestion {
	var best *Suggestion
	bestScore := 0.5 // with fewer than half of its headers it is another file
	for _, src := range m.Sources {
		if src.Kind != goal.SourceTable {
			continue // a file cannot be read into it
		}
		headers := src.Headers()
		missing := []string{}
		for _, name := range headers {
			if _, ok := columnOf(sample, name); !ok {
				missing = append(missing, name)
			}
		}
		score := float64(len(headers)-len(missing)) / float64(len(headers))
		if score > 0 && path.Base(src.Path) == fileName {
			score += 0.5
		}
		if slices.Contains(missing, src.Date) || score <= bestScore {
			continue
		}
		spec := specOf(src)
		if spec.Sheet == "" && (sample.Format.Kind == table.KindXLSX || len(sample.Format.Sheets) > 1) {
			spec.Sheet = sample.Format.Sheet
		}
		bestScore = score
		best = &Suggestion{
			SourceID: src.ID, Existing: true, From: "source", Date: spec.Date, Metrics: spec.Metrics, Spec: spec, Missing: missing,
		}
	}
	return best
}

func suggestNew(m *goal.Model, fileName string, sample *table.Sample) *Suggestion {
	dates := slices.IndexFunc(sample.Columns, func(c table.Guess) bool { return c.Kind == table.ColumnDate })
	if dates < 0 {
		return nil
	}
	stem, _, _ := strings.Cut(fileName, ".")
	spec := goal.SourceEdit{Path: fileName, Date: sample.Columns[dates].Name, Metrics: map[string]goal.MetricEdit{}}
	if sample.Format.Kind == table.KindXLSX || len(sample.Format.Sheets) > 1 {
		spec.Sheet = sample.Format.Sheet
	}
	for _, c := range sample.Columns {
		if c.Kind != table.ColumnNumber || c.Name == "" {
			continue
		}
		metric := goal.MetricEdit{Column: c.Name}
		if c.Percent {
			metric.Agg = series.Mean.String() // ratios cannot be added up
		}
		spec.Metrics[freeID(idOf(c.Name, "metric"), func(id string) bool { _, taken := spec.Metrics[id]; return taken })] = metric
	}
	if len(spec.Metrics) == 0 {
		spec.Metrics["rows"] = goal.MetricEdit{Count: "rows"} // one row per thing
	}
	id := freeID(idOf(stem, "source"), func(id string) bool { return m.Source(id) != nil })
	return &Suggestion{SourceID: id, From: "columns", Date: spec.Date, Metrics: spec.Metrics, Spec: spec, Missing: []string{}}
}

// columnOf finds a header as people compare them: without regard to case, width
// and surrounding space.
func columnOf(sample *table.Sample, name string) (table.Guess, bool) {
	want := plainHeader(name)
	for _, c := range sample.Columns {
		if plainHeader(c.Name) == want {
			return c, true
		}
	}
	return table.Guess{}, false
}

func plainHeader(name string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(name)))
}

// idOf makes an id of a name: its letters and digits, with _ for the rest.
func idOf(name, otherwise string) string {
	id := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, strings.ToLower(norm.NFKC.String(name))), "_")
	if id != "" && !formula.IsID(id) {
		id = "_" + id
	}
	if !formula.IsID(id) {
		return otherwise
	}
	return id
}

// freeID adds a number to an id that is taken.
func freeID(id string, taken func(string) bool) string {
	free := id
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s_%d", id, n)
	}
	return free
}
