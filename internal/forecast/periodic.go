package forecast

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/shirube/shirube/internal/forecast/classic"
	"github.com/shirube/shirube/internal/series"
)

// periodic is a metric that is written down once a month, or once a quarter: closed
// accounts, a monthly survey. Its days between are not missing, there are none; it is
// led on by its own periods with the methods made for such series (package classic).
type periodic struct {
	last   series.Day // the last day written
	months int        // between one and the next
	draws  [][]float64
}

const (
	// fewestPeriods is how many of them a forecast asks for.
	fewestPeriods = 8
	// regular is the share of steps that must have the usual length.
	regular = 0.9
	// followed is how much of the surprise of one period the next one shares.
	followed = 0.7
)

// everyMonths tells how many months lie between the values of a series, 0 when they
// come more often or in no such order.
func everyMonths(history series.Daily) (months int, days []series.Day, values []float64) {
	for i, v := range history.Values {
		if !math.IsNaN(v) {
			days, values = append(days, history.First+series.Day(i)), append(values, v)
		}
	}
	if len(days) < 4 {
		return 0, nil, nil
	}
	for _, every := range []int{1, 3} {
		kept := 0
		for i := 1; i < len(days); i++ {
			if step := int(days[i] - days[i-1]); step >= 30*every-5 && step <= 31*every+5 {
				kept++
			}
		}
		if float64(kept) >= regular*float64(len(days)-1) {
			return every, days, values
		}
	}
	return 0, nil, nil
}

// leadPeriods leads a periodic metric on to a day in n paths; nil when it is not one.
// What a path's periods are off by carries over in part from each to the next, so that
// sums of periods are as unsure as the periods together.
func leadPeriods(in Input, asOf, to series.Day, n int, seed uint64) (*periodic, Shortage) {
	history := in.History.Slice(series.Span{From: in.History.First, To: asOf})
	months, days, values := everyMonths(history)
	if months == 0 {
		return nil, Shortage{}
	}
	p := &periodic{last: days[len(days)-1], months: months}
	if len(values) < fewestPeriods {
		return p, Shortage{Days: (fewestPeriods - len(values)) * months * 30}
	}
	ahead := 0
	for p.day(ahead) <= to && ahead < 60 {
		ahead++
	}
	if ahead == 0 {
		return p, Shortage{}
	}
	predicted := classic.Predict(values, 12/months, ahead)
	name := fnv.New64a()
	name.Write([]byte(in.Name))
	random := rand.New(rand.NewPCG(seed, name.Sum64()))
	p.draws = make([][]float64, ahead)
	for k := range p.draws {
		p.draws[k] = make([]float64, n)
	}
	lowest := slices.Min(values)
	fresh := math.Sqrt(1 - followed*followed)
	for i := range n {
		z := random.NormFloat64()
		for k := range ahead {
			if k > 0 {
				z = followed*z + fresh*random.NormFloat64()
			}
			width := predicted.SD[k]
			if !(width > 0) {
				width = 0
			}
			x := predicted.Mean[k] + width*z
			if lowest >= 0 {
				x = max(x, 0)
			}
			p.draws[k][i] = x
		}
	}
	return p, Shortage{}
}

// day is the day on which a period ahead, from 0, will be written down.
func (p *periodic) day(k int) series.Day { return p.last.AddMonths((k + 1) * p.months) }

// aggregate is Paths.Aggregate for a periodic metric.
func (p *periodic) aggregate(in Input, asOf series.Day, n int, span series.Span) []float64 {
	value, present := math.NaN(), 0
	if past := span.Intersect(series.Span{From: span.From, To: asOf}); !past.Empty() {
		value, present = in.History.Aggregate(past, in.Agg)
	}
	out := same(n, value)
	for k, row := range p.draws {
		day := p.day(k)
		if !span.Contains(day) {
			continue
		}
		present++
		for i, x := range row {
			switch {
			case math.IsNaN(out[i]) || in.Agg == series.Last:
				out[i] = x
			case in.Agg == series.Max:
				out[i] = max(out[i], x)
			case in.Agg == series.Mean:
				out[i] += (x - out[i]) / float64(present)
			default:
				out[i] += x
			}
		}
	}
	return out
}

// days is Paths.Days for a periodic metric: the days on which it will be written.
func (p *periodic) days() []DayForecast {
	var out []DayForecast
	for k, row := range p.draws {
		sorted := slices.Sorted(slices.Values(row))
		f := DayForecast{Day: p.day(k), Mean: mean(sorted)}
		f.Lo80, f.Hi80 = quantile(sorted, 0.1), quantile(sorted, 0.9)
		f.Lo95, f.Hi95 = quantile(sorted, 0.025), quantile(sorted, 0.975)
		out = append(out, f)
	}
	return out
}
