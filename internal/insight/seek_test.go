package insight_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

// goalTree is a model whose KGI is a formula of a, b and c, each a sum of constant days.
func goalTree(formula, target, extra string) string {
	return fmt.Sprintf(`
shirube: 1
name: test
fiscal_year_start: 4
kgi: {id: k, name: 受注, unit: 件, owner: 田中, serves: revenue, formula: "%s", target: {%s}}
kpis:
%s
sources:
  s: {csv: s.csv, date: d, metrics: {a: a, b: b, c: c, n: n}}
`, formula, target, extra)
}

func kpis(lines ...string) string { return "  " + strings.Join(lines, "\n  ") }

// Effort is the sum of weights times relative changes: what brute force minimises on
// a grid over all levers must not be less than what seek finds.
func TestSeekEqualsBruteForce(t *testing.T) {
	t.Parallel()
	plain := kpis("a: {name: A, unit: 件, measure: s.a}", "b: {name: B, unit: 件, measure: s.b / s.n}", "c: {name: C, unit: 件, measure: s.c / s.n}")
	weighted := kpis("a: {name: A, unit: 件, measure: s.a, effort: {weight: 1}}", "b: {name: B, unit: 件, measure: s.b / s.n, effort: {weight: 3}}", "c: {name: C, unit: 件, measure: s.c / s.n, effort: {weight: 2}}")
	limited := kpis("a: {name: A, unit: 件, measure: s.a, effort: {weight: 1, max: 616}}", "b: {name: B, unit: 件, measure: s.b / s.n, effort: {weight: 1, max: 0.55}}", "c: {name: C, unit: 件, measure: s.c / s.n, effort: {weight: 4}}")
	sums := kpis("a: {name: A, unit: 件, measure: s.a, effort: {weight: 1, max: 700}}", "b: {name: B, unit: 件, measure: s.b, effort: {weight: 2}}", "c: {name: C, unit: 件, measure: s.c, effort: {weight: 1.5, max: 300}}")
	for _, c := range []struct {
		name, model string
		weights     [3]float64
		limits      [3]float64 // relative
		value       func(x [3]float64) float64
	}{
		// 139 days have brought 20 × 0.5 × 0.25 × 139 = 347.5; 226 are to come.
		{"a product", goalTree("a * b * c", "total: 1200, from: 2026-04-01, by: 2027-03-31", plain), [3]float64{1, 1, 1}, [3]float64{9, 1, 3},
			func(x [3]float64) float64 { return (1 + x[0]) * (1 + x[1]) * (1 + x[2]) }},
		{"a product with weights", goalTree("a * b * c", "total: 1200, from: 2026-04-01, by: 2027-03-31", weighted), [3]float64{1, 3, 2}, [3]float64{9, 1, 3},
			func(x [3]float64) float64 { return (1 + x[0]) * (1 + x[1]) * (1 + x[2]) }},
		{"a product with limits", goalTree("a * b * c", "total: 1200, from: 2026-04-01, by: 2027-03-31", limited), [3]float64{1, 1, 4}, [3]float64{0.1, 0.1, 3},
			func(x [3]float64) float64 { return (1 + x[0]) * (1 + x[1]) * (1 + x[2]) }},
		{"a sum with limits", goalTree("a + b + c", "total: 14500, from: 2026-04-01, by: 2027-03-31", sums), [3]float64{1, 2, 1.5}, [3]float64{0.25, 9, 300.0/140 - 1},
			func(x [3]float64) float64 { return (20*(1+x[0]) + 10*(1+x[1]) + 5*(1+x[2])) / 35 }},
		{"the smaller of two", goalTree("min(a, b + c)", "total: 6500, from: 2026-04-01, by: 2027-03-31",
			kpis("a: {name: A, unit: 件, measure: s.a}", "b: {name: B, unit: 件, measure: s.b}", "c: {name: C, unit: 件, measure: s.c}")), [3]float64{1, 1, 1}, [3]float64{9, 9, 9},
			func(x [3]float64) float64 { return min(20*(1+x[0]), 10*(1+x[1])+5*(1+x[2])) / 15 }},
	} {
		ev := company(t, c.model, "2025-04-01..2026-08-17", numbers{"s.a": constant(20), "s.b": constant(10), "s.c": constant(5), "s.n": constant(20)})
		opt := on(t, "2026-08-17")
		found := insight.Seek(ev, opt, insight.SeekOptions{})
		if !found.Reachable {
			t.Errorf("%s: %s", c.name, found.Sentence)
			continue
		}
		index := map[string]int{"a": 0, "b": 1, "c": 2}
		var x [3]float64
		effort := 0.0
		for _, change := range found.Changes {
			x[index[change.ID]] = *change.Relative
			effort += c.weights[index[change.ID]] * math.Abs(*change.Relative)
		}
		standing := insight.Status(ev, opt).Reading("k")
		soFar, landing := *standing.Value, *standing.Forecast.Mean
		need := (*found.Target - soFar) / (landing - soFar)
		if got := c.value(x); got < need*(1-1e-6) {
			t.Errorf("%s: %v brings %v, needed %v", c.name, x, got, need)
		}
		best := math.Inf(1)
		const steps = 60
		reach := 4 * (need - 1)
		for i := range steps + 1 {
			for j := range steps + 1 {
				y := [3]float64{min(c.limits[0], reach*float64(i)/steps), min(c.limits[1], reach*float64(j)/steps)}
				// The third lever follows from the other two.
				low, high := 0.0, c.limits[2]
				y[2] = high
				if c.value(y) < need {
					continue
				}
				for range 40 {
					y[2] = (low + high) / 2
					if c.value(y) < need {
						low = y[2]
					} else {
						high = y[2]
					}
				}
				best = min(best, c.weights[0]*y[0]+c.weights[1]*y[1]+c.weights[2]*high)
			}
		}
		if effort > best*(1+1e-3)+1e-6 {
			t.Errorf("%s: effort %v with %v, brute force finds %v", c.name, effort, x, best)
		}
	}
}

func TestSeekSaysWhatIsOutOfReach(t *testing.T) {
	t.Parallel()
	limited := kpis("a: {name: A, unit: 件, measure: s.a, effort: {weight: 1, max: 600}}", "b: {name: B, unit: 件, measure: s.b / s.n, effort: {weight: 1, max: 0.55}}", "c: {name: C, unit: 件, measure: s.c / s.n, effort: {weight: 1, max: 0.3}}")
	ev := company(t, goalTree("a * b * c", "total: 5000, from: 2026-04-01, by: 2027-03-31", limited), "2025-04-01..2026-08-17",
		numbers{"s.a": constant(20), "s.b": constant(10), "s.c": constant(5), "s.n": constant(20)})
	got := insight.Seek(ev, on(t, "2026-08-17"), insight.SeekOptions{})
	if got.Reachable || len(got.Changes) != 0 || got.Best == nil || len(got.Best.Changes) != 3 || got.Best.Landing == nil || *got.Best.Landing < 1000 {
		t.Errorf("out of reach: %+v", got)
	}
	if !strings.Contains(got.Sentence, "届きません") {
		t.Errorf("it is said like this: %s", got.Sentence)
	}
	easy := company(t, goalTree("a * b * c", "total: 100, from: 2026-04-01, by: 2027-03-31", limited), "2025-04-01..2026-08-17",
		numbers{"s.a": constant(20), "s.b": constant(10), "s.c": constant(5), "s.n": constant(20)})
	if got := insight.Seek(easy, on(t, "2026-08-17"), insight.SeekOptions{}); !got.Reachable || len(got.Changes) != 0 {
		t.Errorf("reached already: %+v", got)
	}
	bare := company(t, goalTree("a * b * c", "total: 100, from: 2026-04-01, by: 2027-03-31", limited), "2026-08-01..2026-08-17", numbers{"s.a": constant(20)})
	if got := insight.Seek(bare, on(t, "2026-08-17"), insight.SeekOptions{}); got.Reachable || got.Reason == nil {
		t.Errorf("without data: %+v", got)
	}
}

// Asking for a higher chance asks for more.
func TestSeekForAChance(t *testing.T) {
	t.Parallel()
	noisy := func(mean float64) numbers {
		return numbers{"s.x": func(d series.Day) float64 { return mean + float64((int(d)*7919)%7) - 3 }}
	}
	ev := company(t, single("total: 4200, from: 2026-04-01, by: 2027-03-31", ", formula: a")+"kpis: {a: {name: A, unit: 件, measure: s.x}}", "2025-04-01..2026-08-17", noisy(10))
	before := 0.0
	for _, p := range []float64{0.5, 0.8, 0.95} {
		got := insight.Seek(ev, on(t, "2026-08-17"), insight.SeekOptions{Probability: p})
		if !got.Reachable || len(got.Changes) != 1 || *got.PAttain < p-0.02 {
			t.Fatalf("%v: %+v", p, got)
		}
		if *got.Changes[0].Relative <= before {
			t.Errorf("%v asks for %v, no more than before (%v)", p, *got.Changes[0].Relative, before)
		}
		before = *got.Changes[0].Relative
	}
}
