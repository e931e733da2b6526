package goal

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/series"
)

// textNode is a scalar that reads back as the same text.
func textNode(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

// plainNode is a scalar written without quotes where YAML lets it be a number or
// a date, because that is how people write those.
func plainNode(s string) *yaml.Node {
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	}
	if _, err := series.ParseDay(s); err == nil {
		return &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	}
	return textNode(s)
}

// flow builds a mapping on one line from keys and values; empty values are left
// out.
func flow(pairs ...any) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		switch v := pairs[i+1].(type) {
		case string:
			if v != "" {
				n.Content = append(n.Content, textNode(key), plainNode(strings.TrimSpace(v)))
			}
		case *yaml.Node:
			if v != nil && (v.Kind == yaml.ScalarNode || len(v.Content) > 0) {
				n.Content = append(n.Content, textNode(key), v)
			}
		}
	}
	return n
}

// list builds a sequence on one line.
func list(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: items}
}

func targetNode(t *TargetEdit) *yaml.Node {
	per, direction := t.Per, t.Direction
	if t.Kind != string(TargetHold) {
		per = ""
	}
	if direction == string(Up) {
		direction = ""
	}
	over := ""
	if t.Kind == string(TargetGrowth) {
		over = "last_year"
	}
	milestones, agreed := list(), list()
	for _, m := range t.Milestones {
		milestones.Content = append(milestones.Content, flow("by", m.By, "value", m.Value))
	}
	for _, a := range t.Agreed {
		agreed.Content = append(agreed.Content, flow("by", a.By, "on", a.On))
	}
	return flow(t.Kind, amountAsWritten(t.Amount), "over", over, "per", per, "from", t.From, "by", t.By,
		"at_least", t.AtLeast, "direction", direction, "milestones", milestones, "agreed", agreed)
}

// amountAsWritten leaves the separators of thousands out of a number. What is no
// number stays as it was typed, so that reading it back tells the person.
func amountAsWritten(s string) string {
	if _, ok := ParseAmount(s); !ok {
		return s
	}
	return strings.NewReplacer(",", "", "，", "").Replace(s)
}

func influenceNode(e Edit) *yaml.Node {
	return flow("from", e.From, "to", e.To, "lag", e.Lag, "because", e.Because)
}

// editInfluences replaces the link between two indicators, or adds it; with nil
// it is removed. What an existing link says beyond the edit is kept.
func (d *document) editInfluences(e Edit, link *yaml.Node) {
	all := d.find([]string{"influences"})
	if all == nil || all.Kind != yaml.SequenceNode {
		if link != nil {
			d.set([]string{"influences"}, &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{link}})
		}
		return
	}
	kept, replaced := []*yaml.Node{}, false
	for _, n := range all.Content {
		_, from := child(n, "from")
		_, to := child(n, "to")
		if from == nil || to == nil || from.Value != e.From || to.Value != e.To {
			kept = append(kept, n)
			continue
		}
		if link == nil || replaced {
			continue
		}
		replaced = true
		for _, kept := range []string{"matters", "direction"} { // keys no screen edits
			if _, value := child(n, kept); value != nil {
				link.Content = append(link.Content, textNode(kept), value)
			}
		}
		kept = append(kept, link)
	}
	if link != nil && !replaced {
		kept = append(kept, link)
	}
	d.replaceInfluences(all, kept)
}

func (d *document) filterInfluences(keep func(from, to string) bool) {
	all := d.find([]string{"influences"})
	if all == nil || all.Kind != yaml.SequenceNode {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(all.Content), func(n *yaml.Node) bool {
		_, from := child(n, "from")
		_, to := child(n, "to")
		return from != nil && to != nil && !keep(from.Value, to.Value)
	})
	if len(kept) != len(all.Content) {
		d.replaceInfluences(all, kept)
	}
}

func (d *document) replaceInfluences(all *yaml.Node, kept []*yaml.Node) {
	if len(kept) == 0 {
		d.remove([]string{"influences"})
		return
	}
	all.Content = kept
	d.rewrite([]string{"influences"})
}

// setSource writes a source; its joins and how its file is written, which the
// screen does not know of, stay as they are.
func (d *document) setSource(id string, s *SourceEdit) {
	by := list()
	for _, dimension := range s.By {
		by.Content = append(by.Content, textNode(dimension))
	}
	gaps := s.Gaps
	if gaps == "missing" {
		gaps = ""
	}
	switch {
	case len(s.Events) > 0:
		d.set([]string{"sources", id}, flow("events", namedNodes(inOrder(d, id, "events", s.Events), s.Events, eventMetricNode), "by", by, "gaps", gaps))
		return
	case len(s.Entry) > 0:
		d.set([]string{"sources", id}, flow("entry", namedNodes(inOrder(d, id, "entry", s.Entry), s.Entry, entryNode), "gaps", gaps))
		return
	}
	metrics := namedNodes(inOrder(d, id, "metrics", s.Metrics), s.Metrics, metricNode)
	path, connection := textual(s.Path), textual(s.Connection)
	if connection != nil {
		path = nil
	}
	node := flow("csv", path, "connection", connection, "sheet", s.Sheet, "date", s.Date, "by", by, "metrics", metrics, "gaps", gaps, "number", s.Number, "date_order", s.DateOrder)
	for _, kept := range []string{"join", "encoding", "delimiter", "header"} {
		if old := d.find([]string{"sources", id, kept}); old != nil {
			node.Content = append(node.Content, textNode(kept), old)
		}
	}
	d.set([]string{"sources", id}, node)
}

// inOrder is the names under a key of a source in the order the file has; new ones
// come last, by name.
func inOrder[V any](d *document, source, key string, values map[string]V) []string {
	place := map[string]int{}
	if old := d.find([]string{"sources", source, key}); old != nil {
		for i := 0; i+1 < len(old.Content); i += 2 {
			place[old.Content[i].Value] = i + 1
		}
	}
	at := func(name string) int { return cmp.Or(place[name], 1<<20) }
	ids := slices.Collect(maps.Keys(values))
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(at(a)-at(b), strings.Compare(a, b)) })
	return ids
}

func metricNode(m MetricEdit) *yaml.Node {
	where := whereNode(m.Where)
	agg := m.Agg
	if agg == "sum" {
		agg = ""
	}
	if m.Column != "" && agg == "" && len(where.Content) == 0 {
		return textNode(m.Column)
	}
	return flow("column", textual(m.Column), "sum", textual(m.Sum), "distinct", textual(m.Distinct), "count", m.Count, "agg", agg, "where", where)
}

func whereNode(conditions map[string][]string) *yaml.Node {
	where := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for _, column := range slices.Sorted(maps.Keys(conditions)) {
		values := list()
		for _, v := range conditions[column] {
			values.Content = append(values.Content, textNode(v))
		}
		where.Content = append(where.Content, textNode(column), values)
	}
	return where
}

// namedNodes is a mapping of names to what node makes of their values.
func namedNodes[V any](order []string, values map[string]V, node func(V) *yaml.Node) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for _, name := range order {
		out.Content = append(out.Content, textNode(name), node(values[name]))
	}
	return out
}

func eventMetricNode(m EventMetricEdit) *yaml.Node {
	if m.Event == "" && m.Page == "" && len(m.Where) == 0 {
		return textNode(m.Count)
	}
	count, sum := m.Count, ""
	switch {
	case count == "events" && m.Event != "", count == "views" && m.Page != "":
		count = "" // what is counted where nothing is said
	case count == "value":
		count, sum = "", "value"
	}
	return flow("event", textual(m.Event), "page", textual(m.Page), "count", count, "sum", sum, "where", whereNode(m.Where))
}

func entryNode(e EntryEdit) *yaml.Node {
	agg := e.Agg
	if agg == "sum" {
		agg = ""
	}
	if e.Owner == "" && e.Unit == "" && agg == "" {
		return textNode(e.Name)
	}
	return flow("name", textual(e.Name), "owner", textual(e.Owner), "unit", textual(e.Unit), "agg", agg)
}

// textual keeps a header that looks like a number or a date from losing its
// quotes.
func textual(s string) *yaml.Node {
	if s == "" {
		return nil
	}
	return textNode(s)
}
