package forecast_test

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/shirube/shirube/internal/series"
)

// market is a made-up daily metric of a marketing team: what it is made of, so that a
// test knows what it asks.
type market struct {
	level     float64 // mean a day at the start
	weekend   float64 // factor of Saturday and Sunday
	holidays  float64 // factor of national holidays
	newYear   float64 // factor of 12/29–1/3
	season    float64 // size of the yearly season
	peak      int     // shape of the season: 0 a sine, 1 two narrow peaks, 2 fiscal year end
	growth    float64 // a year, in logarithms
	rho       float64 // of the passing noise, a day
	luck      float64 // standard deviation of the passing noise
	drift     float64 // standard deviation of the level's daily step
	shift     float64 // one lasting jump of the level, in logarithms
	spread    float64 // overdispersion of the count: variance = mean × (1 + spread)
	missing   float64 // share of days without data
	spikes    float64 // share of days × 4
	amounts   bool    // money rather than things
	emptyDays bool    // no row where nothing happened
}

// anyMarket draws a market: levels from 2 to 5,000 a day, four kinds of week, three of
// season, growth and decline, noise from next to none to .3.
func anyMarket(r *rand.Rand) market {
	m := market{level: math.Exp(math.Log(2) + r.Float64()*math.Log(2500))}
	m.weekend = []float64{0.5, 1, 1.6, 0.1}[r.IntN(4)]
	m.holidays = m.weekend * (0.8 + 0.4*r.Float64())
	m.newYear = []float64{0.25, 0.5, 1}[r.IntN(3)]
	m.season = []float64{0, 0.12, 0.25, 0.5}[r.IntN(4)]
	m.peak = r.IntN(3)
	m.growth = []float64{0, 0, 0.2, -0.2, 0.4, -0.3}[r.IntN(6)]
	m.rho = []float64{0, 0.3, 0.6, 0.8}[r.IntN(4)]
	m.luck = []float64{0.05, 0.1, 0.2, 0.3}[r.IntN(4)]
	m.drift = []float64{0, 0.003, 0.008, 0.015}[r.IntN(4)]
	if r.IntN(5) == 0 {
		m.shift = 0.4 * r.NormFloat64()
	}
	m.spread = []float64{0, 0, 1}[r.IntN(3)]
	m.missing = []float64{0, 0.01, 0.05}[r.IntN(3)]
	m.spikes = []float64{0, 0, 0.003}[r.IntN(3)]
	m.amounts = r.IntN(5) == 0
	m.emptyDays = m.level < 8 && r.IntN(2) == 0
	return m
}

var plainCalendar = series.NewCalendar(nil)

// days draws the metric: what is seen, and with NaN nowhere what truly happened.
func (m market) days(span series.Span, r *rand.Rand) (seen, truth series.Daily) {
	n := span.Days()
	seen = series.Daily{First: span.From, Values: make([]float64, n)}
	truth = series.Daily{First: span.From, Values: make([]float64, n)}
	passing, level := 0.0, 0.0
	at := r.IntN(n)
	phase := r.Float64()
	for i := range n {
		d := span.From + series.Day(i)
		passing = m.rho*passing + m.luck*math.Sqrt(1-m.rho*m.rho)*r.NormFloat64()
		level += m.drift * r.NormFloat64()
		mean := math.Exp(level+passing+m.growth*float64(i)/365+m.yearly(float64(d)/365.2425+phase)) * m.level
		if i >= at {
			mean *= math.Exp(m.shift)
		}
		mean *= m.factor(d)
		if r.Float64() < m.spikes {
			mean *= 4
		}
		v := m.draw(mean, r)
		truth.Values[i], seen.Values[i] = v, v
		if r.Float64() < m.missing || m.emptyDays && v == 0 {
			seen.Values[i] = math.NaN()
		}
	}
	return seen, truth
}

func (m market) draw(mean float64, r *rand.Rand) float64 {
	if m.spread > 0 {
		// Gamma mixed: variance = mean × (1 + spread).
		mean = gamma(mean/m.spread, r) * m.spread
	}
	v := manyOrFew(mean, r)
	if m.amounts {
		v *= 3000 * math.Exp(0.1*r.NormFloat64())
	}
	return v
}

// yearly is the season at a time in years.
func (m market) yearly(year float64) float64 {
	turn := year - math.Floor(year)
	switch m.peak {
	case 1:
		near := func(at float64) float64 { x := (turn - at) / 0.05; return math.Exp(-x * x / 2) }
		return m.season * (2*near(0.3) + 2*near(0.75) - 0.5)
	case 2:
		return m.season * (2*turn*turn - 0.67)
	}
	return m.season * math.Sin(2*math.Pi*turn)
}

func (m market) factor(d series.Day) float64 {
	switch plainCalendar.Kind(d) {
	case series.NewYear:
		return m.newYear
	case series.Holiday, series.GoldenWeek, series.Obon:
		return m.holidays
	}
	if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		return m.weekend
	}
	return 1
}

// manyOrFew draws a count: by its definition where small, by a rounded normal curve with
// the cube-root correction where large.
func manyOrFew(mean float64, r *rand.Rand) float64 {
	if mean <= 0 {
		return 0
	}
	if mean > 60 {
		return math.Max(math.Round(mean+math.Sqrt(mean)*r.NormFloat64()), 0)
	}
	limit, p, k := math.Exp(-mean), 1.0, -1.0
	for p > limit {
		p *= r.Float64()
		k++
	}
	return k
}

// gamma draws with a shape and scale 1 (Marsaglia and Tsang 2000).
func gamma(shape float64, r *rand.Rand) float64 {
	if shape <= 0 {
		return 0
	}
	if shape < 1 {
		return gamma(shape+1, r) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
