package change

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// rateWorld is a rate on n days: chances a day, a weekly pattern, a slow swing of the rate
// that nobody models, and a change by a factor on one day.
func rateWorld(seed uint64, n int, chances, rate, swing float64, at int, factor float64) (above, below []float64, columns [][]float64) {
	rng := rand.New(rand.NewPCG(seed, 5))
	drift := 0.0
	columns = make([][]float64, 7)
	for j := range columns {
		columns[j] = make([]float64, n)
	}
	for t := range n {
		drift = .7*drift + swing*math.Sqrt(1-.49)*rng.NormFloat64()
		d := chances
		if t%7 > 4 {
			d *= .6
		}
		b := distuv.Poisson{Lambda: d, Src: rng}.Rand()
		r := rate * math.Exp(drift)
		if t >= at {
			r *= factor
		}
		a := distuv.Poisson{Lambda: b*r + 1e-9, Src: rng}.Rand()
		if rng.Float64() < .02 {
			a = math.NaN()
		}
		above, below = append(above, a), append(below, b)
		columns[0][t] = float64(t)/float64(n) - .5
		if t%7 > 0 {
			columns[t%7][t] = 1
		}
	}
	return above, below, columns
}

func TestSharesKeepQuietAndFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                 string
		n                    int
		chances, rate, swing float64
		at                   int
		factor               float64
		least, most          float64 // share of worlds with a change
	}{
		{"nothing", 365, 20, .2, 0, 9999, 1, 0, .1},
		{"nothing, two years", 730, 20, .2, .1, 9999, 1, 0, .1},
		{"nothing, many things", 365, 20000, .02, .1, 9999, 1, 0, .12},
		{"nothing, few things", 365, 4, .1, 0, 9999, 1, 0, .1},
		{"two thirds, five weeks", 730, 15, .22, .05, 695, .64, .55, 1},
		{"half, many things", 730, 20000, .02, .1, 640, .5, .99, 1},
	} {
		found, near := 0, 0
		const tries = 100
		for seed := range uint64(tries) {
			above, below, columns := rateWorld(seed, c.n, c.chances, c.rate, c.swing, c.at, c.factor)
			got := Shares(above, below, columns[1:], columns[:1])
			if len(got.Shifts) > 0 {
				found++
				last := got.Shifts[len(got.Shifts)-1]
				if last.First <= c.at && c.at <= last.Last {
					near++
				}
			}
		}
		t.Logf("%s: %d of %d found, %d of them cover the day", c.name, found, tries, near)
		if share := float64(found) / tries; share < c.least || share > c.most {
			t.Errorf("%s: found in %.2f of all worlds, want %.2f…%.2f", c.name, share, c.least, c.most)
		}
	}
}
