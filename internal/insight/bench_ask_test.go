package insight_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// linked is a company of 100 indicators: a KGI of 24 channels, each a flow times a
// rate, and for each channel an action that moves the flow; three years of days. Of
// others there are so many influences that do nothing.
func linked(tb tester, idle int) *goal.Evaluator {
	var kpis, influences, metrics, sum []string
	data := map[string][]float64{}
	var first = worlds.New(worlds.Standard(1095, 1)).First
	for i := range 24 {
		w := worlds.New(worlds.Linked(1095, 0.5, 4, uint64(100+i)))
		sum = append(sum, fmt.Sprintf("f%d", i))
		kpis = append(kpis,
			fmt.Sprintf("  f%d: {name: 応募%d, unit: 件, formula: v%d * r%d}", i, i, i, i),
			fmt.Sprintf("  v%d: {name: 訪問%d, unit: 回, measure: s.v%d, target: {hold: 3000, per: month, from: 2026-04-01, by: 2027-03-31}}", i, i, i),
			fmt.Sprintf("  r%d: {name: 率%d, unit: \"%%\", measure: s.a%d / s.v%d}", i, i, i, i),
			fmt.Sprintf("  x%d: {name: 行動%d, unit: 本, measure: s.x%d}", i, i, i))
		influences = append(influences, fmt.Sprintf("  - {from: x%d, to: v%d, lag: 0..14}", i, i))
		for k := range idle {
			influences = append(influences, fmt.Sprintf("  - {from: x%d, to: v%d, lag: 0..14}", (i+3*k+1)%24, i))
		}
		metrics = append(metrics, fmt.Sprintf("v%d: v%d, a%d: a%d, x%d: x%d", i, i, i, i, i, i))
		above := make([]float64, len(w.KGI))
		for d, v := range w.KGI {
			above[d] = float64(int(v * 0.1))
		}
		data[fmt.Sprintf("s.v%d", i)], data[fmt.Sprintf("s.a%d", i)], data[fmt.Sprintf("s.x%d", i)] = w.KGI, above, w.KPI
	}
	model := fmt.Sprintf("shirube: 1\nkgi: {id: k, name: K, unit: 件, formula: %s, target: {total: 90000, from: 2026-04-01, by: 2027-03-31}}\nkpis:\n%s\ninfluences:\n%s\nsources:\n  s: {csv: s.csv, date: d, metrics: {%s}}\n",
		strings.Join(sum, " + "), strings.Join(kpis, "\n"), strings.Join(influences, "\n"), strings.Join(metrics, ", "))
	return laid(tb, model, first, data)
}

// Two hundred influences over three years: the goal is under 5 s.
func BenchmarkLinksOf200Influences(b *testing.B) {
	ev := linked(b, 8) // 24 × 9 = 216
	last, _ := ev.Data().Last()
	for b.Loop() {
		insight.MeasureLinks(ev, last)
	}
}

// 4,096 draws over 97 indicators, half of them behind influences: the goal is under
// 100 ms.
func BenchmarkWhatIfOver100Indicators(b *testing.B) {
	ev := linked(b, 0)
	last, _ := ev.Data().Last()
	opt := insight.Options{AsOf: last, Evidence: insight.MeasureLinks(ev, last), Outlook: insight.Foresee(ev, last, 0)}
	suppose := sets(b, "x1=*2", "x2=*1.5", "r3=+10%")
	for b.Loop() {
		if _, err := insight.WhatIf(ev, suppose, opt); err != nil {
			b.Fatal(err)
		}
	}
}

// The ways ahead of 100 indicators: the goal is under 5 s.
func BenchmarkForeseeing100Indicators(b *testing.B) {
	ev := linked(b, 0)
	last, _ := ev.Data().Last()
	for b.Loop() {
		insight.Foresee(ev, last, 0)
	}
}
