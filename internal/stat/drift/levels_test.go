package drift

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// week is a calendar of weekdays and a slow season.
func week(n int) *Calendar {
	var cols [][]float64
	for d := range 7 {
		c := make([]float64, n)
		for t := range c {
			if t%7 == d {
				c[t] = 1
			}
		}
		cols = append(cols, c)
	}
	for k := 1; k <= max(2, n/90); k++ {
		c := make([]float64, n)
		for t := range c {
			c[t] = math.Cos(math.Pi * float64(k) * (float64(t) + .5) / float64(n))
		}
		cols = append(cols, c)
	}
	return NewCalendar(cols)
}

func wander(rng *rand.Rand, n int) []float64 {
	y, u := make([]float64, n), 0.
	for t := range y {
		u = .5*u + .12*rng.NormFloat64()
		y[t] = 5 + u - .4*float64(t%7/5)
	}
	return y
}

func TestLevelsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		from, until int
		size        float64
	}{{"none", 0, 0, 0}, {"an outage", 200, 225, -.9}, {"a fall for good", 250, 400, -1}, {"a rise for good", 120, 400, 1}, {"twice counted for ten days", 300, 310, .7}} {
		y := wander(rand.New(rand.NewPCG(8, 1)), 400)
		for i := c.from; i < c.until; i++ {
			y[i] += c.size
		}
		y[60], y[61], y[330] = math.NaN(), math.NaN(), y[330]+1.4
		found := Levels(y, week(400))
		if c.size == 0 {
			if len(found) != 0 {
				t.Errorf("%s: %v", c.name, found)
			}
			continue
		}
		if len(found) != 1 || off(found[0].From, c.from) > 1 || off(found[0].Until, c.until) > 1 || math.Abs(found[0].Size-c.size) > .3 {
			t.Errorf("%s: %v", c.name, found)
		}
	}
}

func TestTrackTellsTheSide(t *testing.T) {
	t.Parallel()
	make2 := func(change func(kpi, kgi []float64)) []Event {
		rng := rand.New(rand.NewPCG(5, 6))
		x, noise := wander(rng, 500), wander(rng, 500)
		y := append([]float64(nil), noise...)
		for i := 3; i < len(y); i++ {
			y[i] += .6 * (x[i-3] - 5)
		}
		change(x, y)
		return Track(NewSeries(x, week(500)), NewSeries(y, week(500)), .6, 3)
	}
	lose := func(v []float64, from, until int) {
		for i := from; i < until; i++ {
			v[i] -= .9
		}
	}
	for _, c := range []struct {
		name   string
		change func(kpi, kgi []float64)
		want   []Of
	}{
		{"nothing", func(_, _ []float64) {}, nil},
		{"kpi", func(kpi, _ []float64) { lose(kpi, 240, 265) }, []Of{OfKPI}},
		{"kgi", func(_, kgi []float64) { lose(kgi, 240, 265) }, []Of{OfKGI}},
		{"both", func(kpi, kgi []float64) { lose(kpi, 240, 265); lose(kgi, 240, 265) }, []Of{OfBoth}},
		{"one after the other", func(kpi, kgi []float64) { lose(kpi, 100, 130); lose(kgi, 350, 380) }, []Of{OfKPI, OfKGI}},
		{"the KGI follows the KPI", func(kpi, kgi []float64) {
			lose(kpi, 240, 290)
			for i := 243; i < 293; i++ {
				kgi[i] -= .6 * .9
			}
		}, nil},
	} {
		events := make2(c.change)
		var got []Of
		for _, e := range events {
			got = append(got, e.Of)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", c.name, events)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] || events[i].Factor > .6 {
				t.Errorf("%s: %v", c.name, events)
			}
		}
	}
}

func TestNameAsksTheLevelsFirst(t *testing.T) {
	t.Parallel()
	b := Break{At: 300, First: 280, Last: 330}
	for of, events := range map[Of][]Event{
		Relation: {{Of: OfKPI, At: 100, Until: 130}},
		OfKGI:    {{Of: OfKPI, At: 100, Until: 130}, {Of: OfKGI, At: 310, Until: 500}},
	} {
		if got := Name(b, events); got != of {
			t.Errorf("%v is named %v", events, got)
		}
	}
}

// Whatever the series, an answer without NaN.
func TestLevelsOfAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 120).Draw(t, "days")
		one := rapid.OneOf(rapid.Float64Range(-20, 20), rapid.Just(math.NaN()), rapid.Just(0.), rapid.Just(1e12), rapid.Just(math.Inf(1)))
		y := rapid.SliceOfN(one, n, n).Draw(t, "y")
		if rapid.Bool().Draw(t, "constant") {
			for i := range y {
				y[i] = 3
			}
		}
		cal := week(n)
		s := NewSeries(y, cal)
		for _, l := range s.Levels {
			if bad(l.Size) || bad(l.T) || l.From < 0 || l.Until > n || l.From >= l.Until {
				t.Fatalf("%+v", l)
			}
		}
		for _, e := range Track(s, NewSeries(nil, cal), .5, 3) {
			if bad(e.Factor) || e.At < 0 || e.Until > n {
				t.Fatalf("%+v", e)
			}
		}
	})
}
