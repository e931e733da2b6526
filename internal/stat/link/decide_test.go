package link_test

import (
	"testing"

	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// TestIntervalsAgreeWithTheVerdict: what moves has an interval on one side of 0, and only
// what moves is cut there.
func TestIntervalsAgreeWithTheVerdict(t *testing.T) {
	t.Parallel()
	cut, across := 0, 0
	for seed := range uint64(24) {
		e := .35
		if seed%2 == 1 {
			e = -.35
		}
		w := worlds.New(worlds.Linked(180, e, 5, seed))
		d := link.NewDesign(w.Span(), nil, nil)
		results := []link.Result{d.Test(link.Question{KPI: d.Clean(w.KPI), KGI: d.Clean(w.KGI), LagTo: 28, Down: e < 0})}
		link.Decide(results)
		r := results[0]
		for _, interval := range [][2]float64{r.CI95, r.CI90} {
			if r.Verdict == link.Moves && interval[0] < 0 && interval[1] > 0 {
				t.Errorf("seed %d: moves, and its interval is %v", seed, interval)
			}
		}
		if r.Elasticity < r.CI95[0] || r.Elasticity > r.CI95[1] {
			t.Errorf("seed %d: %v outside %v", seed, r.Elasticity, r.CI95)
		}
		switch {
		case r.Verdict == link.Moves && (r.CI95[0] == 0 || r.CI95[1] == 0):
			cut++
		case r.Verdict != link.Moves && r.CI95[0] < 0 && r.CI95[1] > 0:
			across++
		}
	}
	if cut == 0 || across == 0 {
		t.Errorf("%d intervals cut at 0, %d across it: the worlds no longer show both", cut, across)
	}
}
