package drift

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/evidence"
)

func TestABreakIsDatedAndMeasured(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(4, 4))
	for _, c := range []struct {
		name          string
		before, after float64
		died          bool
	}{{"lost", 1.2, 0, true}, {"weaker", 2, .8, false}, {"turned", 1, -1, false}, {"begun", 0, 1.2, false}} {
		x, y := drawn(rng, 700, 400, c.before, c.after, .4)
		b, ok := Find(upTo(x, y, 700))
		switch {
		case !ok || b.P > .001:
			t.Errorf("%s: found %v with p = %v", c.name, ok, b.P)
		case b.First > 400 || b.Last < 400 || off(b.At, 400) > 30 || b.First > b.At || b.At > b.Last:
			t.Errorf("%s: dated %d, from %d to %d", c.name, b.At, b.First, b.Last)
		case b.Died != c.died:
			t.Errorf("%s: died is %v", c.name, b.Died)
		case math.Abs(b.Before.Elasticity-c.before) > .35 || math.Abs(b.After.Elasticity-c.after) > .35:
			t.Errorf("%s: %v before, %v after", c.name, b.Before, b.After)
		}
	}
}

func off(a, b int) int { return max(a-b, b-a) }

// A rival at the wrong lag changes neither the day nor what is said.
func TestRivalsAreWeighed(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	x, y := drawn(rng, 600, 300, 1.2, 0, .4)
	alone, _ := Find(upTo(x, y, 600))
	wrong, _ := drawn(rng, 600, -1, 0, 0, .4)
	both, ok := Find(upTo(x, y, 600), Column{C: wrong, Y: y, Used: 25})
	if !ok || off(alone.At, both.At) > 3 || math.Abs(alone.Score-both.Score) > 1.5 {
		t.Errorf("alone %+v\nwith a rival %+v", alone, both)
	}
}

func TestOtherUnitsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		of, to := rapid.Float64Range(1e-6, 1e6).Draw(t, "unit of C"), rapid.Float64Range(1e-6, 1e6).Draw(t, "unit of Y")
		x, y := drawn(rand.New(rand.NewPCG(seed, 1)), 300, 150, 1.5, 0, .4)
		a, ok := Find(upTo(x, y, 300))
		u, v := make([]float64, 300), make([]float64, 300)
		for i := range u {
			u[i], v[i] = x[i]*of, y[i]*to
		}
		b, also := Find(upTo(u, v, 300))
		if ok != also || ok && (math.Abs(a.Score-b.Score) > 1e-6 || a.At != b.At || a.First != b.First || a.Last != b.Last) {
			t.Fatalf("%+v became %+v", a, b)
		}
	})
}

func TestBadColumnsHaveNoBreak(t *testing.T) {
	t.Parallel()
	zeros := make([]float64, 400)
	rng := rand.New(rand.NewPCG(2, 2))
	x, y := drawn(rng, 400, -1, .5, .5, .4)
	holes, huge := append([]float64(nil), y...), make([]float64, 400)
	for i := range holes {
		if i%3 == 0 {
			holes[i] = math.NaN()
		}
		huge[i] = y[i] * 1e200
	}
	for name, col := range map[string]Column{
		"nothing": {}, "three days": {C: x[:3], Y: y[:3]}, "no variation": {C: zeros, Y: y}, "no response": {C: x, Y: zeros},
		"too few for its regressors": {C: x[:130], Y: y[:130], Used: 125}, "unlike lengths": {C: x, Y: y[:50]}, "huge": {C: huge, Y: huge},
		"infinite": {C: append([]float64{math.Inf(1)}, x...), Y: append([]float64{1}, y...)}, "gaps": {C: x, Y: holes},
	} {
		b, ok := Find(col)
		for _, v := range []float64{b.P, b.Score, b.Before.Elasticity, b.Before.SE, b.After.Elasticity, b.After.SE, b.After.CI95[0]} {
			if bad(v) {
				t.Errorf("%s: %+v", name, b)
			}
		}
		if ok && (b.P <= 0 || b.P > 1 || b.P < .001) {
			t.Errorf("%s: found a break with p = %v", name, b.P)
		}
	}
	if _, ok := Find(); ok {
		t.Error("a break in nothing")
	}
}

func TestTheLawFalls(t *testing.T) {
	t.Parallel()
	last := 1.
	for score := -5.; score < 60; score += .25 {
		p := chance(score)
		if !(p > 0) || p > last {
			t.Fatalf("p(%v) = %v after %v", score, p, last)
		}
		last = p
	}
	if chance(math.NaN()) != 1 {
		t.Error("no score is no surprise")
	}
}

// The table holds what it says: years of daily looks at columns that never change.
func TestGateTheNullLaw(t *testing.T) {
	evidence.Gate(t)
	const seed, tries = 31, 400
	for _, e := range []float64{.3, .5, 2} {
		alarms := 0
		for r := range tries {
			x, y := drawn(rand.New(rand.NewPCG(seed, uint64(r))), 730, -1, e, e, .394)
			for n := 365; n <= 730; n++ {
				if b, ok := Find(upTo(x, y, n)); ok && b.P <= Told {
					alarms++
					break
				}
			}
		}
		evidence.AtMost(t, evidence.Figure{
			Room: "breaks", Case: "a year of daily looks at a filtered column, elasticity " + map[float64]string{.3: ".3", .5: ".5", 2: "2"}[e],
			Name: "false alarm", Got: float64(alarms) / tries, Tries: tries, Seed: seed, Unit: "%",
		}, .05, 2*math.Sqrt(.05*.95/tries))
	}
}
