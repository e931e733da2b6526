package goal

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// EventCount says what is counted from events, per day.
type EventCount struct {
	Count  string   // one of EventCounts
	Event  string   // the name of a tracked event; "" where visits or views are counted
	Page   string   // a path, a trailing * stands for anything; "" is any
	Where  []Filter // fields of EventFields, or properties of the event
	fields map[string]Position
}

// EventCounts are the words for what can be counted. Visitors are people by the day:
// their sum over a period is 日別の合計, not the number of different people.
var EventCounts = []string{"visits", "views", "visitors", "bounces", "engaged_seconds", "events", "value"}

// EventFields are what visits and events can be cut by; any other key of `where` is a
// property of the event.
var EventFields = []string{"channel", "source", "medium", "campaign", "term", "content", "referrer", "page", "entry", "exit", "host", "device", "browser", "os", "language"}

// mostEventFields bounds the dimensions kept beside a total: each combination of
// values is a series of its own.
const mostEventFields = 3

var eventKeys = append([]string{"event", "count", "sum", "where"}, EventFields...)

// eventMetric reads `id: visits`, or a mapping that says what is counted.
func (r *reader) eventMetric(s *Source, def entry) *Metric {
	m := r.newMetric(s, def, MetricEvents)
	m.Events = &EventCount{fields: m.fields}
	if n := resolve(def.value); n.Kind == yaml.ScalarNode {
		m.Events.Count = r.eventCount(n, def.key)
		if m.Events.Count == "value" {
			r.fail(m.At, words.T("「value」だけでは、どのできごとの金額か分かりません。", "“value” alone does not say of which event."), words.T("例: {event: Deal Won, sum: value}", "For example {event: Deal Won, sum: value}"))
		}
		return m
	}
	for _, e := range r.entries(def.value, words.T("数「%s」", "Metric “%s”", m.ID), eventKeys) {
		m.fields[e.key] = at(e.value)
		switch e.key {
		case "event":
			m.Events.Event = r.text(e.value, e.key)
		case "count":
			m.Events.Count = r.eventCount(e.value, e.key)
		case "sum":
			if r.choice(e.value, e.key, "value") != "" {
				m.Events.Count = "value"
			}
		case "page":
			m.Events.Page = r.text(e.value, e.key)
		case "where":
			m.Events.Where = append(m.Events.Where, r.filters(e.value)...)
		default:
			f := Filter{Column: e.key, At: e.keyAt}
			for _, item := range r.items(e.value) {
				f.Values = append(f.Values, r.text(item, e.key))
			}
			m.Events.Where = append(m.Events.Where, f)
		}
	}
	c := m.Events
	switch {
	case m.fields["count"] != (Position{}) && m.fields["sum"] != (Position{}):
		r.fail(m.FieldAt("sum"), words.T("count と sum は同時に使えません。", "count and sum cannot be used together."), words.T("どちらか1つにしてください。", "Keep one of them."))
	case c.Count == "" && c.Event != "":
		c.Count = "events"
	case c.Count == "" && c.Page != "":
		c.Count = "views"
	case c.Count == "":
		c.Count = "visits"
	}
	if (c.Count == "events" || c.Count == "value") && c.Event == "" {
		r.fail(m.At, words.T("数「%s」は、どのできごとを数えるのか書かれていません。", "Metric “%s” does not say which event is counted.", m.ID), words.T("例: {event: Inquiry Submitted}", "For example {event: Inquiry Submitted}"))
	}
	return m
}

// eventCount reads what is counted; sessions is another word for visits.
func (r *reader) eventCount(n *yaml.Node, key string) string {
	if n.Value == "sessions" {
		return "visits"
	}
	return r.choice(n, key, EventCounts...)
}

// entryMetric reads `id: what the form asks`, or a mapping.
func (r *reader) entryMetric(s *Source, def entry) *Metric {
	m := r.newMetric(s, def, MetricEntry)
	m.Entry = &Entry{Name: def.key}
	if n := resolve(def.value); n.Kind == yaml.ScalarNode {
		if !isNull(n) {
			m.Entry.Name = r.text(n, def.key)
		}
		return m
	}
	for _, e := range r.entries(def.value, words.T("数「%s」", "Metric “%s”", m.ID), []string{"name", "owner", "unit", "agg"}) {
		m.fields[e.key] = at(e.value)
		switch e.key {
		case "name":
			m.Entry.Name = r.text(e.value, e.key)
		case "owner":
			m.Entry.Owner = r.text(e.value, e.key)
		case "unit":
			m.Entry.Unit = r.text(e.value, e.key)
		case "agg":
			if agg := r.choice(e.value, e.key, "sum", "mean", "last", "max"); agg != "" {
				m.Agg, _ = series.ParseAggregation(agg)
			}
		}
	}
	return m
}

// checkEventFields refuses dimensions that events are not cut by.
func (r *reader) checkEventFields(s *Source) {
	for _, by := range s.By {
		if !slices.Contains(EventFields, by) {
			r.fail(s.FieldAt("by"), words.T("できごとは「%s」では分けられません。", "Events cannot be cut by “%s”.", by), words.T("使える言葉: %s", "The words are: %s", strings.Join(EventFields, ", ")))
		}
	}
	if len(s.By) > mostEventFields {
		r.fail(s.FieldAt("by"), words.T("分けられるのは%dつまでです。", "Events can be cut by %d fields at most.", mostEventFields), words.Text{})
	}
}
