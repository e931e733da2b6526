package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

const (
	// recent is how far back the level of today is looked for, and halfLife
	// after how many days a day counts half.
	recent   = 56
	halfLife = 28
	// outlier is how many robust standard deviations a day may stand out before
	// it is drawn in. Wide, because a sum is made by its large days too.
	outlier = 4.0
	// weekLags lets days of one week resemble one another.
	weekLags = 7
)

// Flow is the projection of a number that adds up over days: visits, orders,
// revenue. Every day to come is level × weight of the day.
type Flow struct {
	profile *Profile
	from    series.Day // the first day that is projected
	level   float64    // of an average day
	perDay  float64    // variance a day of weight 1 adds to a sum
	doubt   float64    // variance of the level
	drift   drift
	trend   trend
	counts  bool
	never   float64 // 0 for what is never negative, else -Inf
}

// FitFlow learns a flow from its days up to and including asOf.
func FitFlow(history series.Daily, profile *Profile, asOf series.Day) (*Flow, Shortage) {
	days := recentDays(history, profile, asOf)
	if len(days.values) < ShortestHistory {
		return nil, Shortage{Days: ShortestHistory - len(days.values)}
	}
	f := &Flow{profile: profile, from: days.next, counts: days.whole, never: math.Inf(-1)}
	if !days.negative {
		f.never = 0
	}
	latest := days.last(recent)
	f.level, f.perDay, f.doubt = latest.level()
	if f.counts && f.never == 0 {
		// Things that are counted scatter at least by their own chance, and a
		// level seen as zero may be a small one.
		weight := latest.weight()
		f.perDay = max(f.perDay, f.level)
		f.doubt = max(f.doubt, (latest.sum()+0.5)/(weight*weight))
	}
	blocks := days.blocks(blockDays)
	f.drift = driftOf(blocks, f.perDay/blockDays)
	f.trend = trendOf(days)
	return f, Shortage{}
}

// Sum is what the days of a span will add up to. Days that are known already
// are not counted: add them with Outcome.Plus.
func (f *Flow) Sum(span series.Span) Outcome {
	span.From = max(span.From, f.from)
	if span.Empty() {
		return Certain(0)
	}
	weight, mean := 0.0, 0.0
	for d := span.From; d <= span.To; d++ {
		w := f.profile.Weight(d)
		weight += w
		mean += w * (f.level + f.trend.on(int(d)-int(f.from)))
	}
	ahead := int(span.To) - int(f.from) + 1
	o := Outcome{
		Mean:     mean,
		Variance: f.perDay*weight + weight*weight*(f.doubt+f.drift.variance(ahead)),
		Counts:   f.counts && f.never == 0,
		never:    f.never,
	}
	if f.never == 0 {
		o.Mean = max(o.Mean, 0)
	}
	return o
}

// knownDays are the days of a history a flow is learned from, those without a
// value left out.
type knownDays struct {
	values  []float64
	weights []float64
	at      []series.Day
	next    series.Day // the day after the last known one
	// whole and negative describe all values.
	whole, negative bool
}

func recentDays(history series.Daily, profile *Profile, asOf series.Day) knownDays {
	days := knownDays{next: asOf + 1, whole: true}
	part := history.Slice(series.Span{From: asOf - longestMemory + 1, To: asOf})
	first, some := part.FirstPresent()
	if !some {
		return days
	}
	for d := first; d <= asOf; d++ {
		v := profile.fill(part, d)
		if math.IsNaN(v) {
			continue
		}
		days.values = append(days.values, v)
		days.weights = append(days.weights, profile.Weight(d))
		days.at = append(days.at, d)
		days.whole = days.whole && v == math.Trunc(v)
		days.negative = days.negative || v < 0
	}
	if n := len(days.at); n > 0 {
		days.next = days.at[n-1] + 1
	}
	return days
}

// longestMemory is how far back the wandering of the level is looked at.
const longestMemory = 728

// last keeps the latest days, those that can be compared.
func (k knownDays) last(n int) knownDays {
	from := max(len(k.values)-n, 0)
	k.values, k.weights, k.at = k.values[from:], k.weights[from:], k.at[from:]
	if k.weight() <= 0 {
		// Everything happened on days that weigh nothing: the profile is of no
		// use for these days, so count them alike.
		k.weights = ones(len(k.values))
	}
	return k
}

func (k knownDays) weight() float64 {
	sum := 0.0
	for _, w := range k.weights {
		sum += w
	}
	return sum
}

func (k knownDays) sum() float64 {
	sum := 0.0
	for _, v := range k.values {
		sum += v
	}
	return sum
}

// level is the value of an average day, the variance such a day adds to a sum,
// and the variance of the level itself. Later days count more; days far out are
// drawn in where days are large enough to have a usual range.
func (k knownDays) level() (level, perDay, doubt float64) {
	values := append([]float64(nil), k.values...)
	n := len(values)
	age := make([]float64, n)
	for i := range age {
		age[i] = math.Exp2(-float64(int(k.at[n-1])-int(k.at[i])) / halfLife)
	}
	fit := func() (float64, float64) {
		sum, weight := 0.0, 0.0
		for i, v := range values {
			sum += age[i] * v
			weight += age[i] * k.weights[i]
		}
		return sum / weight, weight
	}
	level, _ = fit()
	residuals := make([]float64, n)
	for range 2 {
		for i, v := range values {
			residuals[i] = v - level*k.weights[i]
		}
		_, spread := medianAndSpread(residuals)
		spread = max(spread, math.Sqrt(variance(residuals))/2)
		if level < largeEnough || spread == 0 {
			break
		}
		for i := range values {
			usual := level * k.weights[i]
			values[i] = min(max(values[i], usual-outlier*spread), usual+outlier*spread)
		}
		level, _ = fit()
	}
	for i, v := range values {
		residuals[i] = v - level*k.weights[i]
	}
	meanWeight := k.weight() / float64(n)
	perDay = longRunVariance(residuals, weekLags) / meanWeight
	sum, squares := 0.0, 0.0
	for i := range age {
		sum += age[i] * k.weights[i]
		squares += age[i] * age[i] * k.weights[i]
	}
	doubt = perDay * squares / (sum * sum)
	return level, perDay, doubt
}

func ones(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}
