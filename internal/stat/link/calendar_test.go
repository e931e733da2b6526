package link_test

import (
	"math"
	"testing"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// lifted is a world whose KPI and KGI are both higher by so much (in logs) on each day.
func lifted(w worlds.World, by func(day series.Day) float64) worlds.World {
	lift := func(t int, v float64) float64 {
		return math.Round(v * math.Exp(by(w.First+series.Day(t))))
	}
	w.KPI, w.KGI = changed(w.KPI, lift), changed(w.KGI, lift)
	return w
}

// smooth is a true link between series with long memories and large counts: whatever a
// day has by its date alone stands out there.
func smooth(n int, elasticity float64, seed uint64) worlds.World {
	s := worlds.Linked(n, elasticity, 5, seed)
	s.Driver = worlds.Process{Base: 5000, AR: .8, Sigma: .10}
	s.Response = worlds.Process{Base: 5000, AR: .7, Sigma: .08}
	return worlds.New(s)
}

// TestPaydaysAreNoCommonCause: both series rise around the 25th and at the turn of the
// month. That must not hide a true link behind "the same day".
func TestPaydaysAreNoCommonCause(t *testing.T) {
	t.Parallel()
	const tries = 6
	found := 0
	for seed := range uint64(tries) {
		w := lifted(smooth(730, .3, seed), func(day series.Day) float64 {
			switch _, _, dom := day.Civil(); {
			case dom >= 25 && dom <= 27:
				return .2
			case dom <= 3:
				return .1
			}
			return 0
		})
		if r := ask(w, 14); r.Verdict == link.Moves {
			found++
		} else {
			t.Logf("seed %d: %v %q", seed, r.Verdict, r.Why)
		}
	}
	if found < tries-1 {
		t.Errorf("found %d of %d", found, tries)
	}
}
