package link_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/stat/link"
)

func TestPlanTrial(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name               string
		noise, vary, wants float64
		unit, days         int
	}{
		{"a fifth up and down by days", .16, .2, .5, 1, 20},
		{"the same by weeks costs four times as long", .16, .2, .5, 7, 84},
		{"a small effect", .16, .2, .2, 1, 123},
		{"too small an effect to wait for", .16, .05, .05, 1, -1},
		{"no noise known", 0, .2, .5, 1, -1},
		{"no variation", .16, 0, .5, 1, -1},
		{"nonsense", math.NaN(), math.NaN(), math.NaN(), -4, -1},
		{"hardly any noise still takes two weeks", .001, .5, .5, 1, 14},
	} {
		got := link.PlanTrial(c.noise, c.vary, c.unit, c.wants)
		if got.Days != c.days || got.Days > 0 && got.Power < .8 {
			t.Errorf("%s: %+v, want %d days", c.name, got, c.days)
		}
	}
}

// TestGatePlannedTrialHasItsPower plays the proposed test: a KPI raised and lowered by the
// day as a coin falls, a KGI with the noise its memory leaves, and the plain regression of
// one on the other after as many days as were proposed.
func TestGatePlannedTrialHasItsPower(t *testing.T) {
	evidence.Gate(t)
	const tries, seed, noise, vary, effect = 2000, 42, .16, .2, .5
	plan := link.PlanTrial(noise, vary, 1, effect)
	found := 0
	for i := range tries {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		xy, xx, yy, u := 0., 0., 0., 0.
		for range plan.Days {
			x := math.Log1p(vary)
			if r.IntN(2) == 0 {
				x = math.Log1p(-vary)
			}
			x -= (math.Log1p(vary) + math.Log1p(-vary)) / 2
			u = noise * r.NormFloat64()
			y := effect*x + u
			xy, xx, yy = xy+x*y, xx+x*x, yy+y*y
		}
		b := xy / xx
		if z := b / math.Sqrt((yy-b*xy)/float64(plan.Days-1)/xx); z > 1.96 {
			found++
		}
	}
	evidence.AtLeast(t, figure("the test proposed for a link that cannot be told, 80 % planned", "found", float64(found)/tries, tries, seed), .80, .02)
}
