package insight_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/stat/worlds"
	"github.com/shirube/shirube/internal/words"
)

// A KGI that is a rate: so many of the day's visits. Few counts a day must not fool
// the test, and must not hide a link that is there.
func TestRatesAreTestedAsTheyAreCounted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		perDay  float64 // numerator
		effect  float64
		atMost  float64 // share of moves
		atLeast float64
	}{
		{"rate of 3 a day, nothing moves it", 3, 0, .05, 0},
		{"rate of 30 a day, nothing moves it", 30, 0, .05, 0},
		{"rate of 30 a day, e = .8", 30, .8, 1, .8},
	} {
		n := evidence.Tries(12, 200)
		moves := 0
		for i := range n {
			w := worlds.New(worlds.Linked(730, 0, 4, uint64(7000+i)))
			if rateMoves(t, w, c.perDay, c.effect, uint64(i)) {
				moves++
			}
		}
		got := float64(moves) / float64(n)
		f := evidence.Figure{Room: "links: rates", Case: c.name, Name: "moves", Got: got, Tries: n, Seed: 7000, Unit: "%"}
		if c.effect == 0 {
			evidence.AtMost(t, f, c.atMost, 2*math.Sqrt(.05*.95/float64(n)))
		} else {
			evidence.AtLeast(t, f, c.atLeast, 2*math.Sqrt(.16/float64(n)))
		}
	}
}

func rateMoves(t *testing.T, w worlds.World, perDay, effect float64, seed uint64) bool {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 5))
	above := make([]float64, w.N)
	log := 0.0
	const lag = 4
	mean := 0.0
	for _, v := range w.KPI {
		if !math.IsNaN(v) && v > 0 {
			mean += math.Log(v) / float64(w.N)
		}
	}
	for i, visits := range w.KGI {
		above[i] = math.NaN()
		if math.IsNaN(visits) {
			continue
		}
		log = .5*log + .1*random.NormFloat64()
		push := 0.0
		if i >= lag && !math.IsNaN(w.KPI[i-lag]) && w.KPI[i-lag] > 0 {
			push = effect * (math.Log(w.KPI[i-lag]) - mean)
		}
		p := min(perDay/120*math.Exp(log+push), 1)
		above[i] = 0
		for range int(visits) {
			if random.Float64() < p {
				above[i]++
			}
		}
	}
	ev := laid(t, `
shirube: 1
kgi: {id: k, name: K, unit: "%", measure: s.above / s.visits}
kpis: {x: {name: x, measure: s.x}}
influences: [{from: x, to: k, lag: 0..14}]
sources: {s: {csv: s.csv, date: d, metrics: {above: a, visits: v, x: x}}}
`, w.First, map[string][]float64{"s.above": above, "s.visits": w.KGI, "s.x": w.KPI})
	return evidenceFor(t, ev, words.JA)["x>k>influence"].Verdict == "moves"
}
