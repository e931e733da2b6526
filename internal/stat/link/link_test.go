package link_test

import (
	"math"
	"testing"

	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// ask tests the only link of a world with lags up to hi days.
func ask(w worlds.World, hi int) link.Result {
	d := link.NewDesign(w.Span(), nil, w.Events)
	q := link.Question{KPI: d.Clean(w.KPI), KGI: d.Clean(w.KGI), LagTo: hi}
	for _, c := range w.Controls {
		q.Controls = append(q.Controls, d.Clean(c))
	}
	results := []link.Result{d.Test(q)}
	link.Decide(results)
	return results[0]
}

func TestAPlantedLinkIsFound(t *testing.T) {
	t.Parallel()
	r := ask(worlds.New(worlds.Linked(365, .5, 5, 3)), 14)
	if r.Verdict != link.Moves {
		t.Fatalf("verdict %v, why %q, p %v", r.Verdict, r.Why, r.P)
	}
	if r.CI95[0] > .5 || r.CI95[1] < .5 || math.Abs(r.LagDays-5) > 2 {
		t.Errorf("elasticity in %v, lag %v; planted .5 and 5", r.CI95, r.LagDays)
	}
}
