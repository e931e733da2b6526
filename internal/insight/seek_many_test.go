package insight_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
)

// Of many levers that add up, the cheap ones are moved to their limits first.
func TestSeekAmongManyLevers(t *testing.T) {
	t.Parallel()
	const n = 40
	var names, lines, metrics []string
	data := numbers{}
	for i := range n {
		names = append(names, fmt.Sprintf("x%d", i))
		// Four weeks bring 280 each and 336 at most: a fifth more. The weights run from 1 to 4.
		lines = append(lines, fmt.Sprintf("  x%d: {name: X%d, unit: 件, measure: s.x%d, effort: {weight: %d, max: 336}}", i, i, i, 1+i%4))
		metrics = append(metrics, fmt.Sprintf("x%d: x", i))
		data[fmt.Sprintf("s.x%d", i)] = constant(10)
	}
	model := fmt.Sprintf(`
shirube: 1
name: test
kgi: {id: k, name: 受注, unit: 件, owner: 田中, serves: revenue, formula: %q, target: {total: %d, from: 2026-04-01, by: 2027-03-31}}
kpis:
%s
sources: {s: {csv: s.csv, date: d, metrics: {%s}}}
`, strings.Join(names, " + "), n*(10*139+226*11), strings.Join(lines, "\n"), strings.Join(metrics, ", "))
	ev := company(t, model, "2025-04-01..2026-08-17", data)
	found := insight.Seek(ev, on(t, "2026-08-17"), insight.SeekOptions{})
	if !found.Reachable {
		t.Fatal(found.Sentence)
	}
	// A tenth more of all is wanted: the twenty cheapest, a fifth more each, bring it.
	effort := 0.0
	for _, c := range found.Changes {
		var i int
		if _, err := fmt.Sscanf(c.ID, "x%d", &i); err != nil {
			t.Fatal(err)
		}
		effort += float64(1+i%4) * math.Abs(*c.Relative)
	}
	if least := 10*0.2*1 + 10*0.2*2.0; math.Abs(effort-least) > 0.03*least {
		t.Errorf("an effort of %v, want %v", effort, least)
	}
}
