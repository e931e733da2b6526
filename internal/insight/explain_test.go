package insight_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

// twoDays makes a company whose metrics have one value on the first day and
// another on the second.
func twoDays(t tester, model string, base, now map[string]float64) *goal.Evaluator {
	t.Helper()
	data := numbers{}
	for name := range base {
		data["s."+name] = func(d series.Day) float64 {
			if d == day(t, "2026-01-01") {
				return base[name]
			}
			return now[name]
		}
	}
	return company(t, model, "2026-01-01..2026-01-02", data)
}

func explain(t tester, ev *goal.Evaluator, id string) insight.Explanation {
	t.Helper()
	return insight.Explain(ev, id, span(t, "2026-01-01"), span(t, "2026-01-02"), on(t, "2026-01-02"))
}

// tree writes a model of formulas over measured leaves.
func tree(formulas map[string]string, order []string, leaves []string) string {
	var b, metrics strings.Builder
	fmt.Fprintf(&b, "shirube: 1\nname: t\nkgi: {id: %s, name: %s, unit: 件, formula: %q}\nkpis:\n", order[0], order[0], formulas[order[0]])
	for _, id := range order[1:] {
		fmt.Fprintf(&b, "  %s: {name: %s, formula: %q}\n", id, id, formulas[id])
	}
	for _, id := range leaves {
		fmt.Fprintf(&b, "  %s: {name: %s, measure: s.%s}\n", id, id, id)
		fmt.Fprintf(&metrics, "%s: %s, ", id, id)
	}
	fmt.Fprintf(&b, "sources:\n  s: {csv: s.csv, date: d, metrics: {%s}}\n", metrics.String())
	return b.String()
}

func contributions(x insight.Explanation) map[string]float64 {
	out := map[string]float64{}
	for _, p := range x.Parts {
		if p.Contribution != nil {
			out[p.ID+"/"+p.Kind] += *p.Contribution
		}
	}
	return out
}

func TestExplainMatchesShapleyReferences(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "vectors", "decomposition.json"))
	if err != nil {
		t.Skip("reference vectors are not here:", err)
	}
	var vectors []struct {
		ID    string
		Input struct{ X0, X1 []float64 }
		Want  struct{ Shapley []float64 } `json:"expected"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, v := range vectors {
		if len(v.Want.Shapley) == 0 {
			continue
		}
		base, now, leaves := map[string]float64{}, map[string]float64{}, []string{}
		for i := range v.Input.X0 {
			id := fmt.Sprintf("x%d", i)
			leaves = append(leaves, id)
			base[id], now[id] = v.Input.X0[i], v.Input.X1[i]
		}
		ev := twoDays(t, tree(map[string]string{"k": strings.Join(leaves, " * ")}, []string{"k"}, leaves), base, now)
		got := contributions(explain(t, ev, "k"))
		for i, want := range v.Want.Shapley {
			if c := got[fmt.Sprintf("x%d/formula", i)]; math.Abs(c-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("%s: input %d contributes %v, want %v", v.ID, i, c, want)
			}
		}
		checked++
	}
	if checked == 0 {
		t.Error("no reference has Shapley values")
	}
}

func TestExplainByHand(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name      string
		formulas  map[string]string
		order     []string
		base, now map[string]float64
		want      map[string]float64
	}{
		{"a sum is split term by term", map[string]string{"k": "a + b - c"}, []string{"k"},
			map[string]float64{"a": 10, "b": 5, "c": 1}, map[string]float64{"a": 12, "b": 1, "c": 2},
			map[string]float64{"a/formula": 2, "b/formula": -4, "c/formula": -1}},
		// 2*3=6 to 4*5=20: a is worth 2*(3+5)/2, b 2*(2+4)/2.
		{"a product by the mean of the other", map[string]string{"k": "a * b"}, []string{"k"},
			map[string]float64{"a": 2, "b": 3}, map[string]float64{"a": 4, "b": 5},
			map[string]float64{"a/formula": 8, "b/formula": 6}},
		// v stays 6 while a doubles and b halves: their parts cancel out, times 10.
		{"an input that stood still hands on what cancelled", map[string]string{"k": "v * c", "v": "a * b"}, []string{"k", "v"},
			map[string]float64{"a": 2, "b": 3, "c": 10}, map[string]float64{"a": 4, "b": 1.5, "c": 10},
			map[string]float64{"a/formula": 45, "b/formula": -45, "c/formula": 0}},
		{"an indicator used twice adds up", map[string]string{"k": "p + q", "p": "a * 2", "q": "a * 3"}, []string{"k", "p", "q"},
			map[string]float64{"a": 1}, map[string]float64{"a": 2}, map[string]float64{"a/formula": 5}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			leaves := []string{}
			for _, id := range []string{"a", "b", "c"} {
				if _, used := c.base[id]; used {
					leaves = append(leaves, id)
				}
			}
			x := explain(t, twoDays(t, tree(c.formulas, c.order, leaves), c.base, c.now), "k")
			got := contributions(x)
			for id, want := range c.want {
				if math.Abs(got[id]-want) > 1e-9 {
					t.Errorf("%s contributes %v, want %v", id, got[id], want)
				}
			}
			if !near(x.Residual, 0, 1e-9) {
				t.Errorf("residual %v", show(x.Residual))
			}
		})
	}
}

func TestExplainGapOfMeasureAndFormula(t *testing.T) {
	t.Parallel()
	model := `
shirube: 1
name: t
kgi: {id: k, name: 応募, unit: 件, formula: v * r}
kpis:
  v: {name: 訪問, unit: 回, formula: i * c, measure: s.v}
  i: {name: 表示, unit: 回, measure: s.i}
  c: {name: クリック率, unit: "%", measure: s.c}
  r: {name: 応募率, unit: "%", measure: s.r}
sources: {s: {csv: s.csv, date: d, metrics: {v: v, i: i, c: c, r: r}}}
`
	// Computed 100 both times; measured 100, then 90: the gap is all of the change.
	x := explain(t, twoDays(t, model,
		map[string]float64{"i": 1000, "c": 0.1, "v": 100, "r": 0.5},
		map[string]float64{"i": 1000, "c": 0.1, "v": 90, "r": 0.5}), "k")
	got := contributions(x)
	if math.Abs(got["v/gap"]+5) > 1e-9 || math.Abs(got["i/formula"]) > 1e-9 || !near(x.Residual, 0, 1e-9) {
		t.Errorf("contributions %v, residual %v", got, show(x.Residual))
	}
	if want := "「応募」は50件から45件になりました(−5件)。「訪問」の実測と式のずれが変わり、「応募」に−5件の差が出ています。"; x.Sentence != want {
		t.Errorf("got  %s\nwant %s", x.Sentence, want)
	}
}

func TestExplainWithoutDataIsNull(t *testing.T) {
	t.Parallel()
	ev := twoDays(t, tree(map[string]string{"k": "a * b"}, []string{"k"}, []string{"a", "b"}),
		map[string]float64{"a": 1, "b": math.NaN()}, map[string]float64{"a": 2, "b": 1})
	x := explain(t, ev, "k")
	if x.Change != nil || x.Residual != nil || x.Reason == nil || len(x.Parts) != 2 || x.Parts[0].Contribution != nil {
		t.Errorf("change %v, reason %s, parts %+v", show(x.Change), word(x.Reason), x.Parts)
	}
	if _, err := json.Marshal(x); err != nil {
		t.Error(err)
	}
}

// Contributions of any tree of formulas add up to the change.
func TestContributionsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		leaves := []string{}
		for i := range rapid.IntRange(2, 6).Draw(t, "leaves") {
			leaves = append(leaves, fmt.Sprintf("x%d", i))
		}
		formulas, order, below := map[string]string{}, []string{}, append([]string{}, leaves...)
		for i := range rapid.IntRange(1, 5).Draw(t, "formulas") {
			id := fmt.Sprintf("f%d", i)
			formulas[id] = drawFormula(t, below, 3)
			below = append(below, id)
			order = append([]string{id}, order...)
		}
		base, now := map[string]float64{}, map[string]float64{}
		for _, id := range leaves {
			value := rapid.OneOf(rapid.Float64Range(0.1, 10), rapid.Just(1.0), rapid.Float64Range(100, 1e5))
			base[id] = value.Draw(t, "base")
			now[id] = value.Draw(t, "now")
		}
		ev := twoDays(t, tree(formulas, order, leaves), base, now)
		x := explain(t, ev, order[0])
		if x.Change == nil {
			return
		}
		sum, size := 0.0, math.Abs(*x.Change)
		for _, p := range x.Parts {
			sum += *p.Contribution
			size += math.Abs(*p.Contribution)
		}
		if math.Abs(sum-*x.Change) > 1e-9*max(1, math.Abs(*x.Change)) && math.Abs(sum-*x.Change) > 1e-14*size {
			t.Fatalf("%v: parts add up to %v, the change is %v", formulas, sum, *x.Change)
		}
	})
}

func drawFormula(t *rapid.T, names []string, depth int) string {
	if depth == 0 || rapid.IntRange(0, 3).Draw(t, "end") == 0 {
		return rapid.SampledFrom(names).Draw(t, "name")
	}
	a, b := drawFormula(t, names, depth-1), drawFormula(t, names, depth-1)
	switch rapid.IntRange(0, 5).Draw(t, "op") {
	case 0, 1:
		return "(" + a + " + " + b + ")"
	case 2:
		return "(" + a + " * " + b + ")"
	case 3:
		return "(" + a + " - " + b + ")"
	case 4:
		return "(" + a + " / (1 + " + b + " * " + b + "))"
	}
	return "max(" + a + ", " + b + ", 2)"
}

// More inputs than coalitions can be tried for: the straight way, still exact.
func TestExplainOfManyInputsAddsUp(t *testing.T) {
	t.Parallel()
	leaves, base, now := []string{}, map[string]float64{}, map[string]float64{}
	for i := range 16 {
		id := fmt.Sprintf("x%d", i)
		leaves = append(leaves, id)
		base[id], now[id] = 1+float64(i), 2+float64((i*5)%7)
	}
	formula := "(" + strings.Join(leaves[:8], " + ") + ") * (" + strings.Join(leaves[8:], " + ") + ")"
	x := explain(t, twoDays(t, tree(map[string]string{"k": formula}, []string{"k"}, leaves), base, now), "k")
	if len(x.Parts) != 16 || !near(x.Residual, 0, 1e-9*math.Abs(*x.Change)) {
		t.Errorf("%d parts, residual %v of %v", len(x.Parts), show(x.Residual), show(x.Change))
	}
}
