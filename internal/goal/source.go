package goal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/series"
)

// SourceKind is the road a source's numbers come by.
type SourceKind string

// The kinds of source.
const (
	SourceTable      SourceKind = "csv"        // a file: one row per day, or one row per thing
	SourceConnection SourceKind = "connection" // the same rows, fetched on a schedule
	SourceEvents     SourceKind = "events"     // counted from the events this program collects
	SourceEntry      SourceKind = "entry"      // typed in by people, day by day
)

// Source is where metrics come from.
type Source struct {
	ID         string
	Kind       SourceKind
	Connection string // SourceConnection: the name it has in the workspace
	Path       string // SourceTable: csv, csv.gz or xlsx, relative to the model file
	Sheet      string // xlsx only
	Date       string // the date column's header
	By         []string
	Metrics    []*Metric
	Joins      []Join
	GapsZero   bool   // a day without rows is zero, not missing
	Number     string // "1,234.5" or "1.234,5" where the column alone does not tell; "" otherwise
	DateOrder  string // "dmy" or "mdy" where 04/05/2026 alone does not tell; "" otherwise
	Encoding   string // "" = recognised
	Delimiter  string // "" = recognised
	Header     int    // 1-based line of the header row; 0 = recognised
	At         Position
	fields     map[string]Position
}

// FieldAt is the position of a field's value, or of the source itself.
func (s *Source) FieldAt(key string) Position {
	if p, ok := s.fields[key]; ok {
		return p
	}
	return s.At
}

// HasRows reports whether the source is made of rows of a table, with a date column.
func (s *Source) HasRows() bool { return s.Kind == SourceTable || s.Kind == SourceConnection }

// Headers lists the headers the source asks for, the date first, each once. Some
// of them may stand in a joined file. A source without rows asks for none.
func (s *Source) Headers() []string {
	if !s.HasRows() {
		return nil
	}
	headers := []string{s.Date}
	add := func(name string) {
		if name != "" && !slices.Contains(headers, name) {
			headers = append(headers, name)
		}
	}
	for _, by := range s.By {
		add(by)
	}
	for _, m := range s.Metrics {
		add(m.Column)
		for _, f := range m.Where {
			add(f.Column)
		}
	}
	return headers
}

// MetricKind is how a metric is made out of rows.
type MetricKind string

// The kinds of metric.
const (
	MetricColumn   MetricKind = "column"   // the number in a column, aggregated by Agg
	MetricCount    MetricKind = "count"    // the number of rows
	MetricDistinct MetricKind = "distinct" // the number of different values of a column
	MetricEvents   MetricKind = "events"   // counted from events
	MetricEntry    MetricKind = "entry"    // typed in
)

// Metric is one daily number of a source. `{sum: c}` is MetricColumn with Sum.
type Metric struct {
	ID     string // within its source
	Source *Source
	Kind   MetricKind
	Column string // header; empty for MetricCount
	Agg    series.Aggregation
	Where  []Filter    // all must hold
	Events *EventCount // MetricEvents: what is counted
	Entry  *Entry      // MetricEntry: what is asked for
	At     Position
	fields map[string]Position
}

// Entry is a number that a person types in.
type Entry struct {
	Name  string // what the form asks: 電話の件数
	Owner string // who fills it in; "" is anybody
	Unit  string
}

// Name is the metric's full name, "source.metric".
func (m *Metric) Name() string { return m.Source.ID + "." + m.ID }

// FieldAt is the position of a field's value, or of the metric itself.
func (m *Metric) FieldAt(key string) Position {
	if p, ok := m.fields[key]; ok {
		return p
	}
	return m.At
}

// Filter keeps the rows whose column holds one of the values.
type Filter struct {
	Column string
	Values []string
	At     Position
}

// Join brings columns from a second file, looked up by key.
type Join struct {
	Path   string
	Sheet  string
	Left   string // key column in the rows so far
	Right  string // key column in the joined file
	At     Position
	fields map[string]Position
}

// FieldAt is the position of a field's value, or of the join itself.
func (j *Join) FieldAt(key string) Position {
	if p, ok := j.fields[key]; ok {
		return p
	}
	return j.At
}

// Counted spells out what a metric of events or entries is made of, for comparing.
func (m *Metric) Counted() string {
	switch {
	case m.Events != nil:
		out := fmt.Sprintf("%s(%s) %s", m.Events.Count, m.Events.Event, m.Events.Page)
		for _, f := range m.Events.Where {
			out += fmt.Sprintf(" %s:%s", f.Column, strings.Join(f.Values, "|"))
		}
		return strings.TrimSpace(out)
	case m.Entry != nil:
		return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", m.Entry.Name, m.Entry.Owner, m.Entry.Unit, m.Agg))
	}
	return ""
}
