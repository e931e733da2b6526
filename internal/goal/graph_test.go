package goal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
)

// Formulas that share their inputs have more ways down than anyone could walk:
// two inputs a level make 2^60 of them here.
func TestSharedInputsAreWalkedOnce(t *testing.T) {
	t.Parallel()
	const levels = 60
	var b strings.Builder
	b.WriteString("shirube: 1\nkgi: {id: k, name: K, formula: a0 * b0}\nkpis:\n")
	for i := range levels {
		for _, side := range []string{"a", "b"} {
			fmt.Fprintf(&b, "  %s%d: {formula: a%d + b%d}\n", side, i, i+1, i+1)
		}
	}
	fmt.Fprintf(&b, "  a%d: {measure: s.x}\n  b%d: {measure: s.y}\n", levels, levels)
	b.WriteString("sources:\n  s: {csv: s.csv, date: d, metrics: {x: X, y: Y}}\n")
	m := mustParse(t, b.String())
	if !m.Measurable("k") {
		t.Error("the goal is not measurable")
	}
	if got := strings.Join(m.Leaves("k"), " "); got != "s.x s.y" {
		t.Errorf("leaves %q", got)
	}
	if found := goal.CheckShape(m); len(found) == 0 {
		t.Error("a map 60 levels deep has no findings")
	}

	without := mustParse(t, strings.Replace(b.String(), "{measure: s.y}", "{name: plan}", 1))
	if without.Measurable("k") || !without.Measurable(fmt.Sprintf("a%d", levels)) {
		t.Error("what rests on a plan is measurable")
	}
}
