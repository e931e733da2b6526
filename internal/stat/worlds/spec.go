package worlds

import "github.com/shirube/shirube/internal/series"

// World is one simulated KGI with its KPI and the truth planted in it. Values are per day;
// NaN is a day without a value.
type World struct {
	First    series.Day  // the day of index 0
	N        int         // days; the length of every series
	KPI, KGI []float64   //
	Controls [][]float64 // the other KPIs and costs of the model that point at the KGI
	Events   []series.Day

	Lag             int     // days from the KPI to the middle of its effect
	Elasticity      float64 // of the KGI, in the KPI; 0: nothing moves
	ElasticityAfter float64 // from BreakAt on
	BreakAt         int     // index of the first day of the new relation; −1: no break
	Outages         []Outage

	Many [][]float64 // worlds of many KPIs: each of them
	True []bool      // and whether it moves the KGI
}

// Span is the days of the world.
func (w World) Span() series.Span {
	return series.Span{From: w.First, To: w.First + series.Day(w.N-1)}
}

// Side says which series something happens to.
type Side uint8

// The sides.
const (
	KPI Side = iota
	KGI
	Both
)

// String is the side's name.
func (s Side) String() string { return [...]string{"kpi", "kgi", "both"}[s%3] }

// Outage is a time in which a series is measured too low (or high), not in which it is.
type Outage struct {
	Of     Side
	From   int     // index of its first day
	Days   int     // how many; up to the end where From+Days exceeds the world
	Factor float64 // what of the true value is seen: .4 loses 60 %
}

// Season is the shape of the year, shared by KPI and KGI.
type Season uint8

// The shapes.
const (
	Sine      Season = iota // one wave a year
	TwoWaves                // a wave a year and one each half year
	Plateau                 // a high season of four months with soft edges
	TwoPeaks                // two narrow peaks of a few weeks each year: hard to tell from a link
	NoSeason                //
	Sharpened               // one peak of about six weeks
)

// Noise is the law of what is left of a series when calendar and season are taken away.
type Noise uint8

// The laws.
const (
	AR         Noise = iota // log-AR(1)
	RandomWalk              // a log level that wanders
	HeavyTails              // AR(1) with 3 % of days thrown by sd .5
)

// Process is how one series goes by itself, in logs.
type Process struct {
	Base  float64 // mean a day
	Noise Noise
	AR    float64 // autocorrelation of the deviations
	Sigma float64 // sd of the innovations
	Zeros float64 // share of days that are zero whatever else
}

// Spec says how a world is made. Everything is literal, zero is zero; begin with Standard.
type Spec struct {
	N    int
	Seed uint64

	Driver, Response Process
	Smooth           bool // the KGI is not a count: no Poisson draw

	Weekend, NewYear float64 // what Saturdays and Sundays, and 30 Dec to 3 Jan, add to the log of both
	Season           Season
	Yearly           float64 // height of the season in logs
	Trend            float64 // of the log in a year; the KGI's is half as steep again
	Sawtooth         float64 // rise of the log from the 1st of a month to its end, both
	Promotion        float64 // one day a week, drawn anew each week, that lifts both
	Obon             float64 // 13 to 16 August and Golden Week, both
	Bursts           int     // most bursts a year of each series, at dates of its own: 3 to 14 days of +60 to +150 %

	Elasticity float64
	Lag        int
	Spread     []float64 // of the effect around Lag; nil: ¼ ½ ¼
	Whole      bool      // the effect passes weekday and season on, not the deviations alone

	BreakAt         int // −1: none
	ElasticityAfter float64
	Fade            int // days the change takes; 0: at once

	Missing int // days without a value, of each series
	Spikes  int // days of ×4, of each series
	Outages []Outage
}

// Standard is the world of the gates: the driver a log-AR(.6) with innovations of .14, the
// response a log-AR(.5) of .12 and then Poisson with a mean of 120 a day; weekends −.5, the
// turn of the year −.75, a yearly sine of .12 and a trend; the effect over three days; six
// missing days and one day ×4 in each series. Nothing is linked until Elasticity is set.
func Standard(n int, seed uint64) Spec {
	return Spec{
		N: n, Seed: seed,
		Driver:   Process{Base: 1000, AR: .6, Sigma: .14},
		Response: Process{Base: 120, AR: .5, Sigma: .12},
		Weekend:  -.5, NewYear: -.75, Yearly: .12, Trend: .1,
		Lag: 5, BreakAt: -1, Missing: 6, Spikes: 1,
	}
}

// Linked is Standard with a true link.
func Linked(n int, elasticity float64, lag int, seed uint64) Spec {
	s := Standard(n, seed)
	s.Elasticity, s.Lag = elasticity, lag
	return s
}
