package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// Level is the projection of a stock: a number that stands at some height on
// each day, such as followers.
//
// Stocks come in two sorts, told apart by their daily steps. One keeps what it
// gained (followers): its recent mean step goes on. The other swings around a
// height (an average reply time): up is followed by down, and it stays there.
type Level struct {
	from    series.Day
	height  float64 // on the last known day, or the height it swings around
	step    float64 // mean daily step; 0 when swinging
	perDay  float64 // keeps: variance each day adds; swings: variance of a day
	doubt   float64 // variance of step or height
	drift   drift
	swings  bool
	atLeast float64
}

// swinging is the correlation of neighbouring steps below which a stock swings
// around a height; pure scatter gives -0.5, a stock that keeps its gains 0.
const swinging = -0.25

// FitLevel learns a stock from its days up to and including asOf. Days without
// a value are left out; steps are taken between neighbouring known days.
func FitLevel(history series.Daily, asOf series.Day) (*Level, Shortage) {
	days := stockDays(history, asOf)
	n := len(days.values)
	if n < ShortestHistory {
		return nil, Shortage{Days: ShortestHistory - n}
	}
	l := &Level{from: days.next, atLeast: math.Inf(-1)}
	if !days.negative {
		l.atLeast = 0
	}
	latest := days.last(recent + 1)
	steps := make([]float64, 0, recent)
	for i := 1; i < len(latest.values); i++ {
		gap := float64(latest.at[i] - latest.at[i-1])
		steps = append(steps, (latest.values[i]-latest.values[i-1])/gap)
	}
	if l.swings = correlation(steps) < swinging; l.swings {
		l.height, l.perDay, l.doubt = latest.level()
		l.drift = driftOf(days.blocks(blockDays), l.perDay/blockDays)
		return l, Shortage{}
	}
	drawInBoth(steps)
	l.height = latest.values[len(latest.values)-1]
	l.step = mean(steps)
	l.perDay = longRunVariance(steps, weekLags)
	l.doubt = l.perDay / float64(len(steps))
	return l, Shortage{}
}

// On is the height on a day after the last known one.
func (l *Level) On(d series.Day) Outcome {
	ahead := float64(int(d) - int(l.from) + 1)
	var o Outcome
	switch {
	case ahead <= 0:
		return Certain(l.height)
	case l.swings:
		o = Normal(l.height, l.perDay+l.doubt+l.drift.variance(int(ahead)))
	default:
		o = Normal(l.height+l.step*ahead, l.perDay*ahead+l.doubt*ahead*ahead)
	}
	o.never = l.atLeast
	o.Mean = max(o.Mean, o.never)
	return o
}

// stockDays are the known days of a stock, each of weight 1.
func stockDays(history series.Daily, asOf series.Day) knownDays {
	days := knownDays{next: asOf + 1}
	part := history.Slice(series.Span{From: asOf - longestMemory + 1, To: asOf})
	for i, v := range part.Values {
		if math.IsNaN(v) {
			continue
		}
		days.values = append(days.values, v)
		days.at = append(days.at, part.First+series.Day(i))
		days.negative = days.negative || v < 0
	}
	if n := len(days.at); n > 0 {
		days.next = days.at[n-1] + 1
	}
	days.weights = ones(len(days.values))
	return days
}

func correlation(steps []float64) float64 {
	m, top, bottom := mean(steps), 0.0, 0.0
	for i, s := range steps {
		bottom += (s - m) * (s - m)
		if i > 0 {
			top += (s - m) * (steps[i-1] - m)
		}
	}
	if bottom == 0 {
		return 0
	}
	return top / bottom
}

// drawInBoth brings steps far from all others, up or down, to the edge of the
// usual: followers bought or purged in one night do not come every night.
func drawInBoth(steps []float64) {
	median, spread := medianAndSpread(steps)
	spread = max(spread, math.Sqrt(variance(steps))/2)
	for i, s := range steps {
		steps[i] = min(max(s, median-outlier*spread), median+outlier*spread)
	}
}
