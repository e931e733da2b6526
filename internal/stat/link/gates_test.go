package link_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// tally counts what came out over simulated worlds.
type tally struct {
	tries, moves, doesNotMove, lagClose, covered int
}

func (c tally) share(k int) float64 { return float64(k) / float64(max(1, c.tries)) }

// simulate asks the link of so many worlds.
func simulate(tries, hi int, seed uint64, world func(seed uint64) worlds.World) tally {
	var c tally
	for i := range tries {
		w := world(seed + uint64(i))
		r := ask(w, hi)
		c.tries++
		switch r.Verdict {
		case link.Moves:
			c.moves++
			if math.Abs(r.LagDays-float64(w.Lag)) <= 2 {
				c.lagClose++
			}
		case link.DoesNotMove:
			c.doesNotMove++
		}
		if r.CI95[0] <= w.Elasticity && w.Elasticity <= r.CI95[1] {
			c.covered++
		}
	}
	return c
}

// chance is what so many tries leave to chance: about two standard errors in the short
// run, one and a half in the long one.
func chance(bar float64, tries int) float64 {
	se := math.Sqrt(bar * (1 - bar) / float64(tries))
	if evidence.Long() {
		return 1.6 * se
	}
	return 2.6 * se
}

// figure is a share in percent under the heading of this room.
func figure(what, name string, got float64, tries int, seed uint64) evidence.Figure {
	return evidence.Figure{Room: "links", Case: what, Name: name, Got: got, Tries: tries, Seed: seed, Unit: "%"}
}

func atMost(t *testing.T, what, name string, got float64, tries int, seed uint64, bar float64) {
	t.Helper()
	evidence.AtMost(t, figure(what, name, got, tries, seed), bar, chance(bar, tries))
}

func atLeast(t *testing.T, what, name string, got float64, tries int, seed uint64, bar float64) {
	t.Helper()
	evidence.AtLeast(t, figure(what, name, got, tries, seed), bar, chance(bar, tries))
}

// lagRanges are the ranges of days that gates try: two weeks, and the default of a model.
var lagRanges = []int{14, 28}

// TestNothingIsFoundWhereNothingIs is the short form of TestGateIndependent: all kinds
// together.
func TestNothingIsFoundWhereNothingIs(t *testing.T) {
	t.Parallel()
	var all tally
	for i, kind := range worlds.Nine() {
		c := simulate(10, lagRanges[i%2], 100, func(seed uint64) worlds.World { return worlds.Independent(kind, 90+90*(i%3), seed) })
		all.tries, all.moves = all.tries+c.tries, all.moves+c.moves
	}
	atMost(t, "independent pairs of nine kinds, 90 to 270 days", "moves", all.share(all.moves), all.tries, 100, .05)
}

// TestGateIndependent: series that have nothing to do with each other.
func TestGateIndependent(t *testing.T) {
	evidence.Gate(t)
	for i, kind := range worlds.Nine() {
		for j, n := range []int{90, 180, 365, 730} {
			t.Run(fmt.Sprintf("%s %d", kind, n), func(t *testing.T) {
				t.Parallel()
				seed := uint64(1_000_000 + 10_000*i + 1_000*j)
				hi := lagRanges[(i+j)%2]
				c := simulate(200, hi, seed, func(seed uint64) worlds.World { return worlds.Independent(kind, n, seed) })
				what := fmt.Sprintf("independent: %s, %d days, lags 0–%d", kind, n, hi)
				evidence.AtMost(t, figure(what, "moves", c.share(c.moves), c.tries, seed), .05, .025)
			})
		}
	}
}

// TestGateIndependentBeside: variations the gates do not name.
func TestGateIndependentBeside(t *testing.T) {
	evidence.Gate(t)
	for i, kind := range worlds.More() {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			seed := uint64(1_500_000 + 10_000*i)
			var all tally
			for j, n := range []int{90, 180, 365, 730} {
				c := simulate(80, lagRanges[j%2], seed+uint64(1000*j), func(seed uint64) worlds.World { return worlds.Independent(kind, n, seed) })
				all.tries, all.moves = all.tries+c.tries, all.moves+c.moves
			}
			atMost(t, fmt.Sprintf("independent: %s, 90 to 730 days", kind), "moves", all.share(all.moves), all.tries, seed, .05)
		})
	}
}

// TestGateHardNulls: pairs that share what no calendar knows.
func TestGateHardNulls(t *testing.T) {
	tries := evidence.Tries(8, 1000)
	for i, c := range []struct {
		what  string
		n, hi int
		world func(n int, seed uint64) worlds.World
	}{
		{"two narrow peaks every year in both, 730 days", 730, 14, worlds.SharedPeaks},
		{"two narrow peaks every year in both, 730 days, lags 0–28", 730, 28, worlds.SharedPeaks},
		{"two narrow peaks every year in both, 1,095 days", 1095, 14, worlds.SharedPeaks},
		{"both series lose 60 % for the same 25 days, 365 days", 365, 14, worlds.BothOut},
		{"both series lose 60 % for the same 25 days, 730 days", 730, 28, worlds.BothOut},
	} {
		if !evidence.Long() && i%3 != 0 {
			continue
		}
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			seed := uint64(2_000_000 + 10_000*i)
			got := simulate(tries, c.hi, seed, func(seed uint64) worlds.World { return c.world(c.n, seed) })
			atMost(t, c.what, "moves", got.share(got.moves), tries, seed, .08)
		})
	}
}

// TestGatePeaksSeenOnce: in a single year a narrow peak that both series share comes once,
// and only its standing out in both in the same weeks gives it away.
func TestGatePeaksSeenOnce(t *testing.T) {
	evidence.Gate(t)
	const tries, seed = 1000, 2_100_000
	got := simulate(tries, 14, seed, func(seed uint64) worlds.World { return worlds.SharedPeaks(365, seed) })
	atMost(t, "two narrow peaks in both, one year of days, undeclared", "moves", got.share(got.moves), tries, seed, .08)
	// Declared as events they are known, and the size is that of any other pair.
	declared := simulate(tries, 14, seed, func(seed uint64) worlds.World {
		w := worlds.SharedPeaks(365, seed)
		// The same world without noise shows where its peaks lie.
		bare := worlds.Spec{N: 365, Seed: seed, Driver: worlds.Process{Base: 1}, Response: worlds.Process{Base: 1}, Season: worlds.TwoPeaks, Yearly: .3, BreakAt: -1, Smooth: true}
		for i, v := range worlds.New(bare).KPI {
			if v > 1.03 {
				w.Events = append(w.Events, w.First+series.Day(i))
			}
		}
		return w
	})
	atMost(t, "two narrow peaks in both, one year of days, declared as events", "moves", declared.share(declared.moves), tries, seed, .08)
}

// TestGateBursts: each series has promotions of its own, at dates of its own. The bar is
// that of the nine kinds as seen.
func TestGateBursts(t *testing.T) {
	evidence.Gate(t)
	for i, n := range []int{180, 365, 730} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			tries, seed, hi := 500, uint64(2_200_000+10_000*i), lagRanges[i%2]
			got := simulate(tries, hi, seed, func(seed uint64) worlds.World { return worlds.Bursts(n, 0, 5, seed) })
			what := fmt.Sprintf("independent: promotions of 3 to 14 days in each, at dates of its own, %d days", n)
			evidence.AtMost(t, figure(what, "moves", got.share(got.moves), tries, seed), .075, 0)
		})
	}
}

// TestGateDoesNotMove: the sentence "likes do not move applications" has to be sayable,
// and must not be said of a link.
func TestGateDoesNotMove(t *testing.T) {
	for i, c := range []struct {
		what  string
		kind  worlds.Kind
		n, hi int
		bar   float64
	}{
		{"independent, 730 days", worlds.PlainGate, 730, 14, .40},
		{"independent, 730 days, lags 0–28", worlds.PlainGate, 730, 28, .40},
		{"independent, 1,095 days", worlds.PlainGate, 1095, 14, .55},
		{"independent, 1,095 days, lags 0–28", worlds.PlainGate, 1095, 28, .55},
		{"independent, the KPI varies twice as much, 730 days", worlds.Vanity, 730, 14, .80},
		{"independent, the KPI varies twice as much, 730 days, lags 0–28", worlds.Vanity, 730, 28, .80},
	} {
		if !evidence.Long() && i != 4 {
			continue
		}
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			tries, seed := evidence.Tries(8, 200), uint64(3_000_000+10_000*i)
			got := simulate(tries, c.hi, seed, func(seed uint64) worlds.World { return worlds.Independent(c.kind, c.n, seed) })
			atLeast(t, c.what, "does-not-move", got.share(got.doesNotMove), tries, seed, c.bar)
		})
	}
}

// TestGateEquivalenceIsATest: an elasticity of exactly what matters is called
// does-not-move as seldom as two one-sided 5 % tests promise.
func TestGateEquivalenceIsATest(t *testing.T) {
	evidence.Gate(t)
	for i, hi := range lagRanges {
		seed := uint64(3_500_000 + 10_000*i)
		got := simulate(300, hi, seed, func(seed uint64) worlds.World {
			return worlds.New(worlds.Linked(730, .2, 1+int(seed%12), seed))
		})
		atMost(t, fmt.Sprintf("true link of elasticity .2 = matters, 730 days, lags 0–%d", hi), "does-not-move", got.share(got.doesNotMove), got.tries, seed, .05)
	}
	wide := []float64{.05, .1, .15, .2, .2, .15, .1, .05}
	got := simulate(150, 14, 3_600_000, func(seed uint64) worlds.World {
		s := worlds.Linked(730, .5, 6, seed)
		s.Spread = wide
		return worlds.New(s)
	})
	atMost(t, "true link of elasticity .5 spread over eight days, 730 days", "does-not-move", got.share(got.doesNotMove), got.tries, 3_600_000, .02)
	atLeast(t, "true link of elasticity .5 spread over eight days, 730 days", "moves", got.share(got.moves), got.tries, 3_600_000, .8)
}

// TestGateTrueLinks: what is there is found, where and how strong it is.
func TestGateTrueLinks(t *testing.T) {
	for i, c := range []struct {
		elasticity float64
		n, lag     int
		bar        float64
	}{
		{.5, 180, 7, .82}, {.5, 365, 5, .98}, {.3, 365, 4, .75}, {.3, 730, 4, .95},
	} {
		for j, hi := range lagRanges {
			if !evidence.Long() && (j > 0 || i != 1) {
				continue
			}
			what := fmt.Sprintf("true link of elasticity %v after %d days, %d days, lags 0–%d", c.elasticity, c.lag, c.n, hi)
			t.Run(what, func(t *testing.T) {
				t.Parallel()
				tries, seed := evidence.Tries(16, 1000), uint64(4_000_000+100_000*i+10_000*j)
				got := simulate(tries, hi, seed, func(seed uint64) worlds.World {
					return worlds.New(worlds.Linked(c.n, c.elasticity, c.lag, seed))
				})
				atLeast(t, what, "moves", got.share(got.moves), tries, seed, c.bar)
				atLeast(t, what, "lag within 2 days where found", float64(got.lagClose)/float64(max(1, got.moves)), tries, seed, .95)
				atLeast(t, what, "95 % interval covers", got.share(got.covered), tries, seed, .93)
				if c.elasticity == .5 {
					atMost(t, what, "does-not-move", got.share(got.doesNotMove), tries, seed, .02)
				}
			})
		}
	}
}

// TestGateOtherWorlds: the same link among other levels, seasons and noise.
func TestGateOtherWorlds(t *testing.T) {
	evidence.Gate(t)
	for v := 1; v < worlds.NumVariants; v++ {
		t.Run(fmt.Sprint(v), func(t *testing.T) {
			t.Parallel()
			seed := uint64(5_000_000 + 10_000*v)
			what := fmt.Sprintf("true link of elasticity .5, 365 days, other world %d", v)
			got := simulate(100, lagRanges[v%2], seed, func(seed uint64) worlds.World {
				return worlds.New(worlds.Variants(worlds.Linked(365, .5, 1+int(seed%12), seed), v))
			})
			atLeast(t, what, "moves", got.share(got.moves), got.tries, seed, .9)
			atLeast(t, what, "95 % interval covers", got.share(got.covered), got.tries, seed, .93)
		})
	}
}

// TestGateDirection: neither the reverse direction nor a common cause that the model
// knows is called a link; one that it does not know but that works on the same day neither.
func TestGateDirection(t *testing.T) {
	for i, c := range []struct {
		what  string
		world func(seed uint64) worlds.World
	}{
		{"the KGI moves the KPI, 365 days", func(seed uint64) worlds.World { return worlds.Reverse(365, .5, 4, seed) }},
		{"a common cause that is in the model, 730 days", func(seed uint64) worlds.World { return worlds.CommonCause(730, 3, true, seed) }},
		{"the KGI moves the KPI, 730 days", func(seed uint64) worlds.World { return worlds.Reverse(730, .5, 2, seed) }},
		{"a common cause in the model, same day, 730 days", func(seed uint64) worlds.World { return worlds.CommonCause(730, 0, true, seed) }},
		{"a common cause in the model, 365 days", func(seed uint64) worlds.World { return worlds.CommonCause(365, 2, true, seed) }},
		{"a hidden common cause on the same day, 730 days", func(seed uint64) worlds.World { return worlds.CommonCause(730, 0, false, seed) }},
	} {
		if !evidence.Long() && i > 1 {
			continue
		}
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			tries, seed := evidence.Tries(10, 200), uint64(6_000_000+10_000*i)
			got := simulate(tries, lagRanges[i%2], seed, c.world)
			atMost(t, c.what, "moves", got.share(got.moves), tries, seed, .05)
		})
	}
}

// TestGateRareCounts: a KGI of 1.5 a day.
func TestGateRareCounts(t *testing.T) {
	// The size stands close to its bar: four thousand worlds know it to within .35 points.
	tries := evidence.Tries(8, 4000)
	null := simulate(tries, 14, 7_000_000, func(seed uint64) worlds.World { return worlds.Rare(730, 0, 5, seed) })
	atMost(t, "counts of 1.5 a day, no link, 730 days", "moves", null.share(null.moves), tries, 7_000_000, .05)
	link := simulate(tries, 14, 7_100_000, func(seed uint64) worlds.World { return worlds.Rare(730, .5, 5, seed) })
	atLeast(t, "counts of 1.5 a day, elasticity .5, 730 days", "moves", link.share(link.moves), tries, 7_100_000, .40)
}

// TestGateFalseDiscoveries: fifty KPIs on one KGI, ten of which move it; each is asked
// with all others as controls.
func TestGateFalseDiscoveries(t *testing.T) {
	evidence.Gate(t)
	const tries, seed = 60, 8_000_000
	wrong, found, power := 0.0, 0.0, 0.0
	for i := range tries {
		w := worlds.Fifty(365, 50, 10, .5, seed+uint64(i))
		d := link.NewDesign(w.Span(), nil, nil)
		kgi := d.Clean(w.KGI)
		kpis := make([]*link.Cleaned, len(w.Many))
		for k, v := range w.Many {
			kpis[k] = d.Clean(v)
		}
		results := make([]link.Result, len(kpis))
		for k := range kpis {
			results[k] = d.Test(link.Question{KPI: kpis[k], KGI: kgi, Controls: others(kpis, k), LagTo: 14})
		}
		link.Decide(results)
		bad, all := 0.0, 0.0
		for k, r := range results {
			if r.Verdict == link.Moves {
				all++
				if w.True[k] {
					found++
				} else {
					bad++
				}
			}
		}
		wrong += bad / max(1, all)
	}
	power = found / 10 / tries
	what := "50 KPIs of which 10 move the KGI (elasticity .5), 365 days"
	evidence.AtMost(t, figure(what, "false among those called moves", wrong/tries, tries, seed), .10, 0)
	atLeast(t, what, "of the ten found", power, tries*10, seed, .5)
}

func others(kpis []*link.Cleaned, k int) []*link.Cleaned {
	return append(append([]*link.Cleaned(nil), kpis[:k]...), kpis[k+1:]...)
}
