package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// Backtest is how forecasts of a metric would have fared, had they been made before:
// every four weeks back, from the days known then, for the 28 days that followed.
type Backtest struct {
	// MASE is the mean absolute error of a day's mean, over that of taking the same
	// weekday of the week before within the history (Hyndman and Koehler 2006): below
	// 1 is better. NaN without an origin.
	MASE float64
	// Coverage80 and Coverage95 are the shares of days that fell into their bands.
	Coverage80, Coverage95 float64
	// Model names what the past was foretold best by.
	Model   Model
	Origins int
}

// Model is the code of a way to forecast.
type Model string

// The models: members of one family, of which the forecast is a mixture.
const (
	Smoothing   Model = "smoothing"    // a level that wanders (simple exponential smoothing)
	DampedTrend Model = "damped-trend" // and grows or falls, ever less
	Returning   Model = "returning"    // and passing deviations from it (autoregression)
)

const (
	mostOrigins    = 12
	shortestOrigin = 84 // days of history before the first origin
	backtestPaths  = 200
	seasonalLag    = 7
)

// Backtest makes the forecasts of the past anew, with what was known then. It takes as
// long as a dozen forecasts do: ask once.
func (p *Paths) Backtest(name string) Backtest {
	out := Backtest{MASE: math.NaN(), Coverage80: math.NaN(), Coverage95: math.NaN()}
	m := p.metrics[name]
	if m == nil || m.weeks == nil {
		return out
	}
	out.Model = m.mixture.model()
	in80, in95, days, errors := 0.0, 0.0, 0.0, 0.0
	for origin := 1; origin <= mostOrigins; origin++ {
		asOf := m.weeks.anchor - series.Day(daysByDay*origin)
		if int(asOf-m.weeks.first) < shortestOrigin {
			break
		}
		l := newLuck(backtestPaths, weeksByDay, p.seed)
		then := lead(m.input, p.kinds, asOf, asOf+daysByDay, l)
		if then.weeks == nil {
			continue
		}
		past := &Paths{asOf: asOf, to: asOf + daysByDay, count: backtestPaths, seed: p.seed, kinds: p.kinds, metrics: map[string]*metricPaths{name: then}}
		off, n := 0.0, 0.0
		for _, d := range past.Days(name) {
			v := m.weeks.on(d.Day)
			if math.IsNaN(v) || d.Day <= asOf {
				continue
			}
			n++
			off += math.Abs(v - d.Mean)
			if d.Lo80 <= v && v <= d.Hi80 {
				in80++
			}
			if d.Lo95 <= v && v <= d.Hi95 {
				in95++
			}
		}
		scale := then.weeks.naiveError()
		if n == 0 || scale <= 0 {
			continue
		}
		out.Origins++
		days += n
		errors += off / n / scale
	}
	if out.Origins > 0 {
		out.MASE = errors / float64(out.Origins)
		out.Coverage80, out.Coverage95 = in80/days, in95/days
	}
	return out
}

// on is a day as it was; NaN where it is not known.
func (w *weeks) on(d series.Day) float64 {
	if i := int(d - w.first); i >= 0 && i < len(w.days) {
		return w.days[i]
	}
	return math.NaN()
}

// naiveError is the mean absolute difference from the same weekday a week before.
func (w *weeks) naiveError() float64 {
	sum, n := 0.0, 0.0
	for i := seasonalLag; i < len(w.days); i++ {
		if d := math.Abs(w.days[i] - w.days[i-seasonalLag]); !math.IsNaN(d) {
			sum += d
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// model names the side of the grid most is believed of.
func (m *mixture) model() Model {
	passing, slope := 0.0, 0.0
	for i, s := range m.settings {
		if s.passing > 0 {
			passing += m.grid[i]
		}
		if s.steep {
			slope += m.grid[i]
		}
	}
	switch {
	case slope > 0.5:
		return DampedTrend
	case passing > 0.5:
		return Returning
	}
	return Smoothing
}
