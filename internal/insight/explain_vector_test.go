package insight_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

// The split over a product is Shapley's value, to the last digit of the reference.
func TestExplainIsShapleysValue(t *testing.T) {
	t.Parallel()
	for id, v := range evidence.Vectors(t, "decomposition.json") {
		if !strings.HasPrefix(id, "decomp-prod") {
			continue
		}
		var in struct{ X0, X1 []float64 }
		var want struct{ Shapley []float64 }
		v.Read(t, &in, &want)
		var names, kpis, metrics []string
		data := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{"s": {First: 1, Last: 2, Days: 2, Rows: 2}}}
		for i := range in.X0 {
			name := fmt.Sprintf("x%d", i)
			names, metrics = append(names, name), append(metrics, name+": "+name)
			kpis = append(kpis, fmt.Sprintf("  %s: {name: %s, measure: s.%s}", name, name, name))
			data.Metrics["s."+name] = &goal.Observed{Total: series.Daily{First: 1, Values: []float64{in.X0[i], in.X1[i]}}}
		}
		m, err := goal.Parse("t.yaml", fmt.Appendf(nil, "shirube: 1\nkgi: {id: k, formula: %s}\nkpis:\n%s\nsources:\n  s: {csv: s.csv, date: d, metrics: {%s}}\n",
			strings.Join(names, " * "), strings.Join(kpis, "\n"), strings.Join(metrics, ", ")))
		if err != nil {
			t.Fatal(err)
		}
		x := insight.Explain(goal.NewEvaluator(m, data), "k", series.Span{From: 1, To: 1}, series.Span{From: 2, To: 2}, insight.Options{AsOf: 2})
		got := map[string]float64{}
		for _, p := range x.Parts {
			got[p.ID] = *p.Contribution
		}
		for i, name := range names {
			if math.Abs(got[name]-want.Shapley[i]) > v.Tol*max(1, math.Abs(want.Shapley[i])) {
				t.Errorf("%s: %s contributes %v, want %v", id, name, got[name], want.Shapley[i])
			}
		}
	}
}
