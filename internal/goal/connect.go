package goal

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// connect checks that every name in the model leads somewhere and that formulas
// do not go in circles.
func (r *reader) connect(m *Model) {
	ids := make([]string, 0, len(m.Indicators))
	for _, i := range m.Indicators {
		ids = append(ids, i.ID)
	}
	metrics := make([]string, 0, len(m.metricsByID))
	for _, s := range m.Sources {
		for _, metric := range s.Metrics {
			metrics = append(metrics, metric.Name())
		}
	}
	for _, ind := range m.Indicators {
		if ind.Formula != nil {
			for _, ref := range ind.Formula.Names() {
				if m.byID[ref.Name] == nil {
					r.fail(ind.inside("formula", ref.Col), words.T("式にある「%s」という指標はありません。", "The formula uses “%s”, which is no indicator.", ref.Name), words.Suggestion(ref.Name, ids))
				}
			}
		}
		if ind.Measure == nil {
			continue
		}
		for _, ref := range ind.Measure.Names() {
			if m.metricsByID[ref.Name] == nil {
				r.fail(ind.inside("measure", ref.Col), words.T("「%s」という数はデータ源にありません。", "No source has a metric “%s”.", ref.Name), metricMend(m, ref.Name, metrics))
			}
		}
	}
	for _, in := range m.Influences {
		for _, id := range []string{in.From, in.To} {
			if m.byID[id] == nil {
				r.fail(in.At, words.T("影響にある「%s」という指標はありません。", "The influence names “%s”, which is no indicator.", id), words.Suggestion(id, ids))
			}
		}
		if in.From == in.To {
			r.fail(in.At, words.T("「%s」から自分自身への影響は書けません。", "“%s” cannot influence itself.", in.From), words.Text{})
		}
	}
	if cycle := m.formulaCycle(); len(cycle) > 0 {
		first := m.byID[cycle[0]]
		r.fail(first.FieldAt("formula"), words.T("式が輪になっています: %s", "The formulas go in a circle: %s", strings.Join(cycle, " → ")),
			words.T("どれか1つの式を外すか、影響(influences)に変えてください。", "Remove one of these formulas, or make it an influence."))
	}
}

// metricMend helps with a metric name: a missing source is told apart from a
// missing metric of a source that exists.
func metricMend(m *Model, name string, metrics []string) words.Text {
	sourceID, _, dotted := strings.Cut(name, ".")
	if !dotted {
		return words.T("「データ源.数」の形で書きます。", "Write source.metric.")
	}
	if source := m.Source(sourceID); source != nil {
		own := make([]string, len(source.Metrics))
		for i, metric := range source.Metrics {
			own[i] = metric.Name()
		}
		return words.Suggestion(name, own)
	}
	return words.Suggestion(name, metrics)
}

// inside is the position of a character within an expression's text.
func (i *Indicator) inside(field string, col int) Position {
	p := i.FieldAt(field)
	p.Col += i.quotes[field] + col - 1
	return p
}

// formulaCycle finds a circle of formulas: k → p → k, or nil.
func (m *Model) formulaCycle() []string {
	const (
		unseen = iota
		open
		done
	)
	state := map[string]int{}
	var trail []string
	var visit func(id string) []string
	visit = func(id string) []string {
		switch state[id] {
		case done:
			return nil
		case open:
			for i, t := range trail {
				if t == id {
					return append(append([]string{}, trail[i:]...), id)
				}
			}
		}
		state[id] = open
		trail = append(trail, id)
		for _, child := range m.Children(id) {
			if m.byID[child] == nil {
				continue
			}
			if cycle := visit(child); cycle != nil {
				return cycle
			}
		}
		trail = trail[:len(trail)-1]
		state[id] = done
		return nil
	}
	for _, i := range m.Indicators {
		if cycle := visit(i.ID); cycle != nil {
			return cycle
		}
	}
	return nil
}
