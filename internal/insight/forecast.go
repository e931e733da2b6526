package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Forecast is an indicator day by day, with bands that hold what comes in 80 and 95
// of 100 cases, and how well such forecasts did before.
type Forecast struct {
	Indicator string        `json:"indicator"`
	AsOf      series.Day    `json:"as_of"`
	Days      []ForecastDay `json:"days"`
	PAttain   *float64      `json:"p_attain"`
	Landing   Landing       `json:"landing"`
	Backtest  *Backtest     `json:"backtest"` // null without enough history to test on
	Reason    *string       `json:"reason"`   // why there is no forecast
}

// ForecastDay is one day to come; a rate is that day's ratio.
type ForecastDay struct {
	Date series.Day `json:"date"`
	Mean *float64   `json:"mean"`
	Lo80 *float64   `json:"lo80"`
	Hi80 *float64   `json:"hi80"`
	Lo95 *float64   `json:"lo95"`
	Hi95 *float64   `json:"hi95"`
}

// Backtest is how forecasts made on earlier days, with what was known then, compare
// with what came.
type Backtest struct {
	MASE       *float64 `json:"mase"` // mean absolute error over that of “as a week ago” (Hyndman and Koehler 2006)
	Coverage80 *float64 `json:"coverage80"`
	Coverage95 *float64 `json:"coverage95"`
	Origins    int      `json:"origins"` // days looked from
	Days       int      `json:"days"`    // days compared
	Sentence   string   `json:"sentence"`
}

// LongestForecast is the most days ahead that can be asked for.
const LongestForecast = 366

// ForecastOf leads one indicator on for some days after the as-of day.
func ForecastOf(ev *goal.Evaluator, id string, horizon int, opt Options) Forecast {
	return NewView(ev, opt).Forecast(id, horizon)
}

// Forecast leads one indicator on for some days after the as-of day.
func (v *View) Forecast(id string, horizon int) Forecast {
	f := Forecast{Indicator: id, AsOf: v.asOf, Days: []ForecastDay{}}
	ind := v.model.Indicator(id)
	if ind == nil {
		return f
	}
	horizon = min(max(horizon, 1), LongestForecast)
	r := v.reading(ind)
	f.Landing, f.PAttain = r.Forecast, r.Forecast.PAttain
	until := v.asOf + series.Day(horizon)
	if v.outlook().paths.To() < until {
		v.ahead = v.foresee(until)
	}
	if why := v.shortage(id); !why.Zero() {
		f.Reason = v.sayOrNil(why)
		return f
	}
	for day := v.asOf + 1; day <= until && !v.givenUp(); day++ {
		p, ok := prospectOf(v.dayWays(id, day))
		if !ok {
			f.Days = append(f.Days, ForecastDay{Date: day})
			continue
		}
		one := ForecastDay{Date: day, Mean: number(p.mean)}
		low, high := p.band(0.8)
		one.Lo80, one.Hi80 = number(low), number(high)
		low, high = p.band(0.95)
		one.Lo95, one.Hi95 = number(low), number(high)
		f.Days = append(f.Days, one)
	}
	f.Backtest = v.backtest(id)
	return f
}

func (v *View) dayWays(id string, day series.Day) []float64 {
	return v.ways(id, series.Span{From: day, To: day}, outlookPaths)
}

// How a backtest is made: looked from every fourth week, over the four weeks
// after, as far back as there is history to learn from.
const (
	backtestDays    = 28
	backtestOrigins = 8
	backtestHistory = 84
)

func (v *View) backtest(id string) *Backtest {
	h := v.history(id)
	first, some := h.FirstPresent()
	if !some {
		return nil
	}
	var missed, naive float64
	var days, in80, in95, steps, origins int
	for k := 1; k <= backtestOrigins && !v.givenUp(); k++ {
		origin := v.asOf - series.Day(k*backtestDays)
		if int(origin-first)+1 < backtestHistory {
			break
		}
		then := NewView(v.ev, Options{AsOf: origin, Today: origin, Lang: v.lang, Evidence: &Evidence{}, Abandoned: v.abandoned})
		then.ahead = then.foreseeOf(v.model.Leaves(id), origin+backtestDays)
		if !then.shortage(id).Zero() {
			break
		}
		origins++
		for day := origin + 1; day <= origin+backtestDays; day++ {
			actual, known := h.At(day)
			if !known {
				continue
			}
			p, ok := prospectOf(then.dayWays(id, day))
			if !ok {
				continue
			}
			days++
			missed += math.Abs(actual - p.quantile(0.5))
			if low, high := p.band(0.8); actual >= low && actual <= high {
				in80++
			}
			if low, high := p.band(0.95); actual >= low && actual <= high {
				in95++
			}
		}
	}
	if days == 0 {
		return nil
	}
	for i := 7; i < len(h.Values); i++ {
		if a, b := h.Values[i], h.Values[i-7]; exists(a) && exists(b) {
			naive += math.Abs(a - b)
			steps++
		}
	}
	b := &Backtest{Origins: origins, Days: days, Coverage80: number(float64(in80) / float64(days)), Coverage95: number(float64(in95) / float64(days))}
	if steps > 0 && naive > 0 {
		b.MASE = number(missed / float64(days) / (naive / float64(steps)))
	}
	b.Sentence = v.say(words.T("過去%[1]d回、同じやり方で4週間先を見込んでみたところ、実際の値の%[2]sが80%%の幅に、%[3]sが95%%の幅に入りました。",
		"Made the same way on %[1]d earlier days for the four weeks after, %[2]s of what came lay inside the 80%% band and %[3]s inside the 95%% band.",
		origins, words.Percent(*b.Coverage80), words.Percent(*b.Coverage95)))
	return b
}
