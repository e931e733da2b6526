package worlds

import (
	"math"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/shirube/shirube/internal/series"
)

// warmUp is how many days run before the first that is kept: lags reach back, and an
// autocorrelation forgets where it began.
const warmUp = 120

// New makes the world of a Spec.
func New(s Spec) World {
	g := begin(s)
	x := g.process(s.Driver)
	y := g.process(s.Response)
	g.bursts(x)
	g.bursts(y)
	g.effect(y, x, s.Elasticity, s.ElasticityAfter)
	return g.finish(x, y)
}

// maker carries what is drawn once for a world. Series run warmUp days before day 0.
type maker struct {
	Spec
	rng      *rand.Rand
	first    series.Day
	calendar []float64 // log of weekday, holiday, season, sawtooth and promotion, shared
}

func begin(s Spec) *maker {
	g := &maker{Spec: s, rng: rand.New(rand.NewPCG(s.Seed, 0x5eed))}
	// The year begins anywhere, so that no gate depends on where its holidays fall.
	g.first = series.Date(2021, time.January, 1) + series.Day(g.rng.IntN(3*365))
	g.calendar = make([]float64, warmUp+s.N)
	phase := g.rng.Float64()
	second := phase + .3 + .3*g.rng.Float64()
	promoted := g.rng.IntN(7)
	for i := range g.calendar {
		day := g.first + series.Day(i-warmUp)
		if day.Weekday() == time.Monday {
			promoted = g.rng.IntN(7)
		}
		_, month, dom := day.Civil()
		c := 0.
		switch w := day.Weekday(); w {
		case time.Saturday, time.Sunday:
			c += s.Weekend
		}
		if month == time.December && dom >= 30 || month == time.January && dom <= 3 {
			c += s.NewYear
		}
		if month == time.August && 13 <= dom && dom <= 16 || month == time.May && 3 <= dom && dom <= 5 {
			c += s.Obon
		}
		year := float64(day)/365.25 + phase
		c += s.Yearly * s.Season.at(year, year-phase+second)
		c += s.Sawtooth * float64(dom-1) / 30
		if int(day.Weekday()) == promoted {
			c += s.Promotion
		}
		g.calendar[i] = c
	}
	return g
}

// at is the height of the season at a time in years; of a second peak at another.
func (s Season) at(year, second float64) float64 {
	peak := func(at, width float64) float64 {
		d := at - math.Floor(at) - .5
		return math.Exp(-d * d / (2 * width * width))
	}
	switch s {
	case TwoWaves:
		return math.Sin(2*math.Pi*year) + .6*math.Sin(4*math.Pi*second)
	case Plateau:
		return math.Tanh(4 * (math.Sin(2*math.Pi*year) - .5))
	case TwoPeaks:
		return peak(year, 9/365.25) + peak(second, 9/365.25)
	case Sharpened:
		return peak(year, 20/365.25)
	case NoSeason:
		return 0
	default:
		return math.Sin(2 * math.Pi * year)
	}
}

// process draws the deviations of a series in logs, without its calendar.
func (g *maker) process(p Process) []float64 {
	u := make([]float64, len(g.calendar))
	for i := range u {
		e := p.Sigma * g.rng.NormFloat64()
		if p.Noise == HeavyTails && g.rng.Float64() < .03 {
			e += .5 * g.rng.NormFloat64()
		}
		rho := p.AR
		if p.Noise == RandomWalk {
			rho = 1
		}
		if i > 0 {
			e += rho * u[i-1]
		}
		u[i] = e
	}
	if p.Noise == RandomWalk { // the level of day 0 is the base
		at := u[warmUp]
		for i := range u {
			u[i] -= at
		}
	}
	return u
}

// bursts lifts a series for some days several times a year, half of Bursts to all of them,
// at dates drawn for this series alone.
func (g *maker) bursts(u []float64) {
	if g.Bursts == 0 {
		return
	}
	yearly := float64(g.Bursts) * (.5 + .5*g.rng.Float64())
	for range int(yearly*float64(len(u))/365.25 + .5) {
		from, days := g.rng.IntN(len(u)), 3+g.rng.IntN(12)
		height := math.Log(1.6 + .9*g.rng.Float64())
		for i := from; i < min(from+days, len(u)); i++ {
			u[i] += height
		}
	}
}

// effect adds to y what x does to it.
func (g *maker) effect(y, x []float64, before, after float64) {
	spread := g.Spread
	if spread == nil {
		spread = []float64{.25, .5, .25}
	}
	for i := range y {
		e := before
		if at := i - warmUp; g.BreakAt >= 0 && at >= g.BreakAt {
			done := 1.
			if g.Fade > 0 {
				done = min(1, float64(at-g.BreakAt+1)/float64(g.Fade))
			}
			e = before + (after-before)*done
		}
		if e == 0 {
			continue
		}
		for k, w := range spread {
			if j := i - g.Lag - k + len(spread)/2; 0 <= j && j < len(x) {
				v := x[j]
				if g.Whole {
					v += g.calendar[j]
				}
				y[i] += e * w * v
			}
		}
	}
}

// values turns deviations into what a team sees of a KPI.
func (g *maker) values(p Process, u []float64, trend float64) []float64 {
	v := make([]float64, g.N)
	for i := range v {
		at := i + warmUp
		v[i] = p.Base * math.Exp(u[at]+g.calendar[at]+trend*float64(i)/365.25)
		if p.Zeros > 0 && g.rng.Float64() < p.Zeros {
			v[i] = 0
		}
	}
	return v
}

// counts are values as whole numbers.
func (g *maker) counts(v []float64) {
	for i := range v {
		if v[i] > 0 {
			v[i] = distuv.Poisson{Lambda: v[i], Src: g.rng}.Rand()
		}
	}
}

// finish makes the world of deviations that are settled.
func (g *maker) finish(x, y []float64) World {
	kpi := g.values(g.Driver, x, g.Trend)
	kgi := g.values(g.Response, y, 1.5*g.Trend)
	if !g.Smooth {
		g.counts(kgi)
	}
	w := World{
		First: g.first, N: g.N, KPI: kpi, KGI: kgi,
		Lag: g.Lag, Elasticity: g.Elasticity, ElasticityAfter: g.Elasticity, BreakAt: -1, Outages: g.Outages,
	}
	if g.BreakAt >= 0 {
		w.BreakAt, w.ElasticityAfter = g.BreakAt, g.ElasticityAfter
	}
	g.spoil(kpi)
	g.spoil(kgi)
	for _, o := range g.Outages {
		for i := max(0, o.From); i < min(o.From+o.Days, g.N); i++ {
			if o.Of != KGI {
				kpi[i] *= o.Factor
			}
			if o.Of != KPI {
				kgi[i] = math.Round(kgi[i] * o.Factor)
			}
		}
	}
	return w
}

// spoil loses days and throws some.
func (g *maker) spoil(v []float64) {
	for range g.Spikes {
		v[g.rng.IntN(len(v))] *= 4
	}
	for range g.Missing {
		v[g.rng.IntN(len(v))] = math.NaN()
	}
}
