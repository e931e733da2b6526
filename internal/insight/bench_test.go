package insight_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

// large is a company of 100 indicators with three years of daily data: a KGI of
// 33 channels, each a flow times a rate.
func large(tb tester) func() *goal.Evaluator {
	var kpis, metrics strings.Builder
	data := numbers{}
	sum := []string{}
	for i := range 33 {
		sum = append(sum, fmt.Sprintf("f%d", i))
		fmt.Fprintf(&kpis, "  f%d: {name: 応募%d, unit: 件, owner: a, role: leading, formula: v%d * r%d, target: {hold: 300, per: month, from: 2026-04-01, by: 2027-03-31}}\n", i, i, i, i)
		fmt.Fprintf(&kpis, "  v%d: {name: 訪問%d, unit: 回, owner: a, measure: s.v%d, target: {total: 400000, from: 2026-04-01, by: 2027-03-31}}\n", i, i, i)
		fmt.Fprintf(&kpis, "  r%d: {name: 率%d, unit: \"%%\", owner: a, measure: s.a%d / s.v%d, target: {reach: 2%%, by: 2027-03-31}}\n", i, i, i, i)
		fmt.Fprintf(&metrics, "v%d: v%d, a%d: a%d, ", i, i, i, i)
		data[fmt.Sprintf("s.v%d", i)] = func(d series.Day) float64 { return 1000 + float64((int(d)*(i+3)*7919)%211) }
		data[fmt.Sprintf("s.a%d", i)] = func(d series.Day) float64 { return 10 + float64((int(d)*(i+5)*104729)%7) }
	}
	model := fmt.Sprintf("shirube: 1\nname: large\nfiscal_year_start: 4\nkgi: {id: k, name: 応募, unit: 件, owner: a, serves: recruiting, formula: %s, target: {total: 130000, from: 2026-04-01, by: 2027-03-31}}\nkpis:\n%ssources:\n  s: {csv: s.csv, date: d, metrics: {%s}}\n",
		strings.Join(sum, " + "), kpis.String(), metrics.String())
	prepared := company(tb, model, "2023-11-01..2026-10-31", data)
	return func() *goal.Evaluator { return goal.NewEvaluator(prepared.Model(), prepared.Data()) }
}

func BenchmarkStatusOf100Indicators(b *testing.B) {
	fresh := large(b)
	opt := on(b, "2026-10-31")
	b.ReportAllocs()
	for b.Loop() {
		insight.Status(fresh(), opt)
	}
}

// Everything a map needs, on an evaluator that is warm from the reply before.
func BenchmarkMapOf100IndicatorsWarm(b *testing.B) {
	ev := large(b)()
	opt := on(b, "2026-10-31")
	b.ReportAllocs()
	for b.Loop() {
		v := insight.NewView(ev, opt)
		v.Status()
		v.Sentences(v.Check())
		v.Smart()
		v.Links()
		v.Curve("k")
	}
}
