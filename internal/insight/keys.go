package insight

import (
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// EvidenceKey tells apart models whose influences have to be measured anew: two
// models with the same key, over the same data, have the same evidence. Names,
// owners, amounts and words are no part of it; what a team undertook is.
func EvidenceKey(m *goal.Model, asOf series.Day, undertaken ...Undertaking) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %v", asOf, m.Closed)
	for _, e := range m.Events {
		fmt.Fprintf(&b, " %d", e.On)
	}
	writeUndertakings(&b, undertaken)
	for _, in := range m.Influences {
		fmt.Fprintf(&b, "|%s>%s %d..%d %g %s", in.From, in.To, in.LagFrom, in.LagTo, in.Matters, m.Believed(in))
	}
	for _, ind := range m.Indicators {
		fmt.Fprintf(&b, "|%s", ind.ID)
		if ind.Formula != nil {
			fmt.Fprintf(&b, "=%s", ind.Formula.Canonical())
		}
		if ind.Measure != nil {
			fmt.Fprintf(&b, "~%s", ind.Measure.Canonical())
		}
	}
	return b.String()
}

// OutlookKey tells apart models that need other ways ahead, over the same data.
func OutlookKey(ev *goal.Evaluator, asOf series.Day) string {
	v := NewView(ev, Options{AsOf: asOf})
	return fmt.Sprintf("%d %d %v %v", asOf, max(v.asOf+leastAhead, v.lastDeadline()), v.model.Closed, v.metrics())
}

// Bytes is about how much memory evidence takes.
func (e *Evidence) Bytes() int {
	n := 0
	for i := range e.links {
		r := &e.links[i].result
		n += 1024 + 24*(len(r.Profile)+len(r.Strength))
	}
	return n
}

// Bytes is about how much memory an outlook takes.
func (o *Outlook) Bytes() int { return o.paths.Bytes() }
