package insight_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/worlds"
	"github.com/shirube/shirube/internal/words"
)

// laid is a model over simulated series.
func laid(t tester, model string, first series.Day, metrics map[string][]float64) *goal.Evaluator {
	t.Helper()
	m, err := goal.Parse("test.yaml", []byte(model))
	if err != nil {
		t.Fatal(words.In(err, words.EN))
	}
	d := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{}}
	for name, values := range metrics {
		d.Metrics[name] = &goal.Observed{Total: series.Daily{First: first, Values: values}}
		d.Sources["s"] = goal.SourceState{First: first, Last: first + series.Day(len(values)-1), Days: len(values), Rows: len(values)}
	}
	return goal.NewEvaluator(m, d)
}

func evidenceFor(t tester, ev *goal.Evaluator, lang words.Lang) map[string]insight.LinkEvidence {
	t.Helper()
	out := map[string]insight.LinkEvidence{}
	for _, l := range insight.LinkReport(ev, insight.Options{Lang: lang}) {
		out[l.From+">"+l.To+">"+l.Kind] = l
		text, err := json.Marshal(l)
		if err != nil || strings.Contains(string(text), "NaN") {
			t.Fatal(err, string(text))
		}
	}
	return out
}

// A KGI with three counts in ten days is tested where there are enough.
func TestRareGoalIsTestedAStepBefore(t *testing.T) {
	t.Parallel()
	w := worlds.New(worlds.Linked(730, 0.6, 5, 11))
	random := rand.New(rand.NewPCG(1, 1))
	applications := make([]float64, len(w.KGI))
	for i, visits := range w.KGI {
		for range int(max(visits, 0)) {
			if random.Float64() < 0.0025 {
				applications[i]++
			}
		}
	}
	ev := laid(t, `
shirube: 1
kgi: {id: k, name: 応募数, formula: visits * rate, measure: s.applications}
kpis:
  visits: {name: 訪問数, measure: s.visits}
  rate: {name: 応募率, unit: "%", measure: s.applications / s.visits}
  reels: {name: リール, measure: s.reels}
influences: [{from: reels, to: k, lag: 0..14}]
sources: {s: {csv: s.csv, date: d, metrics: {applications: a, visits: v, reels: r}}}
`, w.First, map[string][]float64{"s.applications": applications, "s.visits": w.KGI, "s.reels": w.KPI})
	got := evidenceFor(t, ev, words.JA)["reels>k>influence"]
	if got.TestedAt == nil || *got.TestedAt != "visits" || got.Verdict != "moves" {
		t.Fatalf("tested at %v: %s", got.TestedAt, got.Verdict)
	}
	if e := got.Effect.Elasticity; math.Abs(e-0.6) > 0.2 {
		t.Errorf("the effect on the goal is %v, want about 0.6", e)
	}
	if !strings.Contains(got.Sentence, "件数が少なく、直接は確かめられません。「訪問数」までで確かめます。") || !strings.Contains(got.Sentence, "共通の原因は除けていません") {
		t.Error(got.Sentence)
	}
}

const manyModel = `
shirube: 1
kgi: {id: k, name: K, unit: 円, measure: s.k}
kpis:
%s
influences:
%s
sources: {s: {csv: s.csv, date: d, metrics: {k: k, %s}}}
`

func many(t tester, w worlds.World, order []int, scale float64, extra bool) map[string]insight.LinkEvidence {
	t.Helper()
	var kpis, influences, metrics []string
	data := map[string][]float64{"s.k": scaled(w.KGI, 1)}
	for _, i := range order {
		id := fmt.Sprintf("x%d", i)
		kpis = append(kpis, fmt.Sprintf("  %s: {name: %s, unit: 円, measure: s.%s}", id, id, id))
		influences = append(influences, fmt.Sprintf("  - {from: %s, to: k, lag: 0..14}", id))
		metrics = append(metrics, id+": "+id)
		data["s."+id] = scaled(w.Many[i], scale)
	}
	if extra {
		kpis = append(kpis, "  z: {name: z, unit: 円, measure: s.z}")
		influences = append(influences, "  - {from: z, to: k, lag: 0..14}")
		metrics = append(metrics, "z: z")
		data["s.z"] = worlds.Independent(worlds.AR7, w.N, 99).KPI
	}
	return evidenceFor(t, laid(t, fmt.Sprintf(manyModel, strings.Join(kpis, "\n"), strings.Join(influences, "\n"), strings.Join(metrics, ", ")), w.First, data), words.JA)
}

func scaled(values []float64, by float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v * by
	}
	return out
}

// Units, the order of the file and a KPI that has nothing to do with the rest change
// no verdict; the same input gives the same bytes.
func TestVerdictsDoNotHangOnTheModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(evidence.Tries(1, 6)) {
		w := worlds.Fifty(365, 8, 3, 0.6, 40+seed)
		order := []int{0, 1, 2, 3, 4, 5, 6, 7}
		base := many(t, w, order, 1, false)
		again := many(t, w, order, 1, false)
		a, _ := json.Marshal(base)
		b, _ := json.Marshal(again)
		if string(a) != string(b) {
			t.Error("the same input gave other bytes")
		}
		shuffled := slices.Clone(order)
		slices.Reverse(shuffled)
		for what, other := range map[string]map[string]insight.LinkEvidence{
			"shuffled": many(t, w, shuffled, 1, false), "an unrelated KPI": many(t, w, order, 1, true), "in thousandths": many(t, w, order, 1000.5, false),
		} {
			for key, was := range base {
				is := other[key]
				if was.Verdict == "moves" && is.Verdict == "does-not-move" || was.Verdict == "does-not-move" && is.Verdict == "moves" {
					t.Errorf("seed %d, %s: %s was %s, is %s", seed, what, key, was.Verdict, is.Verdict)
				}
				if what != "an unrelated KPI" && was.Verdict != is.Verdict {
					t.Errorf("seed %d, %s: %s was %s, is %s", seed, what, key, was.Verdict, is.Verdict)
				}
			}
		}
	}
}

// Whatever comes in, an answer comes out, with a reason and without a made-up number.
func TestEvidenceOfBadData(t *testing.T) {
	t.Parallel()
	good := worlds.New(worlds.Linked(400, 0.5, 4, 3))
	nothing := make([]float64, 400)
	for i := range nothing {
		nothing[i] = math.NaN()
	}
	gap := slices.Clone(good.KPI)
	for i := 20; i < 385; i++ {
		gap[i] = math.NaN()
	}
	negative := scaled(good.KPI, -1)
	for name, c := range map[string][2][]float64{
		"constant KPI": {scaled(nothing, 0), good.KGI}, "all missing": {nothing, good.KGI}, "zeros": {good.KPI, make([]float64, 400)},
		"three days": {good.KPI[:3], good.KGI[:3]}, "a year of gaps": {gap, good.KGI}, "negative": {negative, good.KGI},
		"huge": {scaled(good.KPI, 1e9), scaled(good.KGI, 1e9)}, "itself": {good.KGI, good.KGI}, "constant KGI": {good.KPI, constantDays(400, 7)},
	} {
		ev := laid(t, fmt.Sprintf(manyModel, "  x: {name: x, measure: s.x}", "  - {from: x, to: k}", "x: x"), good.First, map[string][]float64{"s.k": c[1], "s.x": c[0]})
		got := evidenceFor(t, ev, words.JA)["x>k>influence"]
		if got.Sentence == "" || got.Verdict == "" {
			t.Errorf("%s: nothing is said", name)
		}
		if name == "negative" { // less of a minus is more: the effect has the other sign
			if got.Effect != nil && got.Effect.Elasticity > 0 {
				t.Errorf("%s: %s", name, got.Sentence)
			}
			continue
		}
		if name != "huge" && got.Verdict == "moves" {
			t.Errorf("%s: %s", name, got.Sentence)
		}
		if name == "huge" && got.Verdict != "moves" {
			t.Errorf("%s: %s", name, got.Sentence)
		}
	}
}

func constantDays(n int, x float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = x
	}
	return out
}
