package insight_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// Where two rare ends of one cause were tested at the step before both, what-if pushes
// that step once.
func TestSharedStepIsPushedOnce(t *testing.T) {
	t.Parallel()
	w := worlds.New(worlds.Linked(730, 0.6, 5, 11))
	random := rand.New(rand.NewPCG(1, 1))
	rare := func() []float64 {
		out := make([]float64, len(w.KGI))
		for i, visits := range w.KGI {
			for range int(max(visits, 0)) {
				if random.Float64() < 0.0025 {
					out[i]++
				}
			}
		}
		return out
	}
	model := `
shirube: 1
kgi: {id: k, name: 応募数, formula: visits * rate, measure: s.applications}
kpis:
  visits: {name: 訪問数, measure: s.visits}
  rate: {name: 応募率, unit: "%", measure: s.applications / s.visits}
  asked: {name: 資料請求, formula: visits * asking, measure: s.asked}
  asking: {name: 請求率, unit: "%", measure: s.asked / s.visits}
  reels: {name: リール, measure: s.reels}
influences: [{from: reels, to: k, lag: 0..14}, {from: reels, to: asked, lag: 0..14}]
sources: {s: {csv: s.csv, date: d, metrics: {applications: a, visits: v, reels: r, asked: q}}}
`
	ev := laid(t, model, w.First, map[string][]float64{"s.applications": rare(), "s.asked": rare(), "s.visits": w.KGI, "s.reels": w.KPI})
	for _, l := range insight.LinkReport(ev, insight.Options{}) {
		if l.From == "reels" && (l.Verdict != "moves" || l.TestedAt == nil || *l.TestedAt != "visits") {
			t.Fatalf("%s: %s at %v", l.To, l.Verdict, l.TestedAt)
		}
	}
	result, err := insight.WhatIf(ev, sets(t, "reels=*1.5"), insight.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range result.Indicators {
		if i.ID != "visits" {
			continue
		}
		if e := math.Log(*i.After / *i.Before) / math.Log(1.5); math.Abs(e-0.6) > 0.2 {
			t.Errorf("visits follow reels with an elasticity of %v, want about 0.6", e)
		}
		return
	}
	t.Errorf("visits do not change: %v", strings.Join(result.Warnings, " "))
}
