package worlds_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/shirube/shirube/internal/stat/worlds"
)

// same compares with NaN equal to itself.
func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) {
			return false
		}
	}
	return true
}

func TestWorldsAreTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	for name, family := range map[string]func(seed uint64) worlds.World{
		"standard": func(s uint64) worlds.World { return worlds.New(worlds.Linked(365, .5, 5, s)) },
		"peaks":    func(s uint64) worlds.World { return worlds.SharedPeaks(365, s) },
		"bursts":   func(s uint64) worlds.World { return worlds.Bursts(365, .5, 5, s) },
		"out":      func(s uint64) worlds.World { return worlds.BothOut(365, s) },
		"rare":     func(s uint64) worlds.World { return worlds.Rare(365, .5, 5, s) },
		"reverse":  func(s uint64) worlds.World { return worlds.Reverse(365, .5, 5, s) },
		"cause":    func(s uint64) worlds.World { return worlds.CommonCause(365, 3, true, s) },
		"siblings": func(s uint64) worlds.World { return worlds.Siblings(365, .5, 5, s) },
		"fifty":    func(s uint64) worlds.World { return worlds.Fifty(365, 50, 10, .5, s) },
		"dying":    func(s uint64) worlds.World { return worlds.New(worlds.Dying(730, .6, 0, 5, s)) },
		"broken":   func(s uint64) worlds.World { return worlds.New(worlds.Broken(730, worlds.KGI, .4, 900, .5, 5, s)) },
	} {
		a, b, other := family(7), family(7), family(8)
		if !same(a.KPI, b.KPI) || !same(a.KGI, b.KGI) || a.First != b.First || !reflect.DeepEqual(a.Outages, b.Outages) {
			t.Errorf("%s: the same seed made two worlds", name)
		}
		if same(a.KGI, other.KGI) {
			t.Errorf("%s: two seeds made the same world", name)
		}
		if len(a.KPI) != a.N || len(a.KGI) != a.N || a.Span().Days() != a.N {
			t.Errorf("%s: %d and %d values for %d days", name, len(a.KPI), len(a.KGI), a.N)
		}
	}
}

func TestIndependentKindsAreWhatTheySay(t *testing.T) {
	t.Parallel()
	for _, kind := range append(worlds.Nine(), worlds.More()...) {
		w := worlds.Independent(kind, 365, 3)
		missing, zeros, sum := 0, 0, 0.
		for _, v := range w.KGI {
			switch {
			case math.IsNaN(v):
				missing++
			case v == 0:
				zeros++
			default:
				sum += v
			}
		}
		if missing == 0 || missing > 6 || w.Elasticity != 0 || w.BreakAt != -1 {
			t.Errorf("%v: %d missing days, elasticity %v, break %d", kind, missing, w.Elasticity, w.BreakAt)
		}
		if (zeros > 50) != (kind == worlds.ZeroInflated) {
			t.Errorf("%v: %d zeros", kind, zeros)
		}
		if mean := sum / float64(w.N); mean < 20 || mean > 600 {
			t.Errorf("%v: %v a day", kind, mean)
		}
	}
}

// The planted effect is there: the deviations of a world without calendar, noise of its own
// or spoilt days are the driver's, lag days later, times the elasticity.
func TestTheEffectArrivesWhereItSays(t *testing.T) {
	t.Parallel()
	s := worlds.Spec{
		N: 200, Seed: 5, Driver: worlds.Process{Base: 100, AR: .5, Sigma: .2}, Response: worlds.Process{Base: 50},
		Season: worlds.NoSeason, Smooth: true, Elasticity: .5, Lag: 4, Spread: []float64{1}, BreakAt: 120, ElasticityAfter: .2,
	}
	w := worlds.New(s)
	for i := s.Lag; i < s.N; i++ {
		e := .5
		if i >= 120 {
			e = .2
		}
		got, want := math.Log(w.KGI[i]/50), e*math.Log(w.KPI[i-s.Lag]/100)
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("day %d: %v, want %v", i, got, want)
		}
	}
}

func TestOutagesLoseWhatTheySay(t *testing.T) {
	t.Parallel()
	whole := worlds.New(worlds.Linked(730, .5, 5, 11))
	s := worlds.Broken(730, worlds.KPI, .5, 25, .5, 5, 11)
	out := worlds.New(s)
	if !same(whole.KGI, out.KGI) {
		t.Error("an outage of the KPI moved the KGI")
	}
	o := out.Outages[0]
	for i := range whole.KPI {
		want := whole.KPI[i]
		if o.From <= i && i < o.From+o.Days {
			want *= .5
		}
		if got := out.KPI[i]; got != want && !math.IsNaN(want) {
			t.Fatalf("day %d: %v, want %v", i, got, want)
		}
	}
}
