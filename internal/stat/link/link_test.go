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

// TestDirectionAsDeclared: an effect downwards is found where the model declares it, and
// is told with its sign where it is strong and nobody did.
func TestDirectionAsDeclared(t *testing.T) {
	t.Parallel()
	w := worlds.New(worlds.Linked(365, -.5, 4, 8))
	d := link.NewDesign(w.Span(), nil, nil)
	kpi, kgi := d.Clean(w.KPI), d.Clean(w.KGI)
	for _, down := range []bool{true, false} {
		results := []link.Result{d.Test(link.Question{KPI: kpi, KGI: kgi, LagTo: 14, Down: down})}
		link.Decide(results)
		if r := results[0]; r.Verdict != link.Moves || r.CI95[1] > 0 {
			t.Errorf("down %v: %v, elasticity in %v, p %v", down, r.Verdict, r.CI95, r.P)
		}
	}
}

// TestPicturesOfALink: the profile peaks where the effect is, the history stays around the
// strength, and a link this strong predicts.
func TestPicturesOfALink(t *testing.T) {
	t.Parallel()
	r := ask(worlds.New(worlds.Linked(500, .8, 6, 21)), 14)
	if len(r.Profile) != 15 || len(r.Strength) < 20 || len(r.Strength) > 60 {
		t.Fatalf("%d lags, %d points", len(r.Profile), len(r.Strength))
	}
	top := r.Profile[0]
	for _, p := range r.Profile {
		if p.Elasticity > top.Elasticity {
			top = p
		}
	}
	if top.Lag < 5 || top.Lag > 7 {
		t.Errorf("the profile peaks at %d, planted 6", top.Lag)
	}
	for _, p := range r.Strength {
		if math.Abs(p.Elasticity-.8) > 4.5*p.SE {
			t.Errorf("day %d: %v ± %v, planted .8", p.At, p.Elasticity, p.SE)
		}
	}
	if !r.Predictive {
		t.Error("a strong link does not predict")
	}
}
