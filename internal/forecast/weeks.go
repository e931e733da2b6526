package forecast

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

// nature of a metric: what a week of it is.
type nature uint8

const (
	things  nature = iota // adds up over days, in whole things
	amount                // adds up over days, in any amounts of zero or more
	average               // each day stands for itself; a week is the mean of its days
	stock                 // stands at a height; a week is where it ends
)

// weeks is a metric's history cut into weeks that end on its last known day, so that
// no week is partly ahead. Everything is per factor of the shape: a week of holidays
// and a week of work with the same level have the same value.
type weeks struct {
	nature   nature
	additive bool    // values may be negative: the model is additive, in units of scale
	scale    float64 // additive only
	shape    *shape
	anchor   series.Day // last known day
	first    series.Day // first day of value[0]'s week
	value    []float64  // level of each week; NaN where nothing is known
	weight   []float64  // sum of the factors of the week's known days
	local    []float64  // the level around each week
	noise    []float64  // relative variance of the week's value by the scatter of its days
	perCount float64    // noise's part that falls with the number: variance = perCount × mean
	perDay   float64    // and the part that does not
	days     []float64  // known days as they were, from first on; NaN missing
	steps    float64    // mean squared step between neighbouring weeks, relative; stocks: around their growth
	growth   float64    // stocks: mean squared step, growth included
}

// longestHistory is how many days back are looked at: three years and a few weeks.
const longestHistory = 7 * 160

// cutWeeks prepares a history up to asOf; ok is false, with the days that lack, where
// there is too little of it.
func cutWeeks(in Input, kinds *DayKinds, asOf series.Day) (*weeks, Shortage) {
	part := numbersOf(in.History.Slice(series.Span{From: asOf - longestHistory + 1, To: asOf}))
	first, some := part.FirstPresent()
	if !some {
		return nil, Shortage{Days: ShortestHistory}
	}
	w := &weeks{scale: 1}
	profile := Equal(kinds)
	var raw, clean []float64
	if in.Agg == series.Sum {
		seen := profile.observe(part, series.Span{From: first, To: asOf})
		if seen.total > 0 {
			profile.learnWeekdays(seen)
		}
		clean = seen.values
		raw = make([]float64, len(clean))
		for i := range raw {
			raw[i] = profile.fill(part, first+series.Day(i))
			if math.IsNaN(clean[i]) {
				raw[i] = math.NaN()
			}
		}
		zeroesUnwritten(part, raw, clean)
	} else {
		// The mean or the height of a day without a row is not zero.
		raw = make([]float64, int(asOf-first)+1)
		for i := range raw {
			raw[i], _ = part.At(first + series.Day(i))
		}
		clean = slices.Clone(raw)
	}
	raw, clean, first = trim(raw, clean, first)
	known := 0
	for _, v := range raw {
		if !math.IsNaN(v) {
			known++
		}
	}
	if known < ShortestHistory {
		return nil, Shortage{Days: ShortestHistory - known}
	}
	w.anchor = first + series.Day(len(raw)-1)
	if int(asOf-w.anchor) > 7*mostLag {
		return nil, Shortage{Days: ShortestHistory} // what stopped so long ago begins anew
	}
	w.nature = natureOf(in.Agg, raw)
	if w.nature == stock {
		w.shape = &shape{days: kinds, flat: true, profile: profile}
		for _, v := range raw {
			w.additive = w.additive || v <= 0
		}
	} else {
		w.shape = learnShape(kinds, first, clean, profile, w.nature == things)
		w.additive = w.shape.additive
	}
	w.cut(first, raw, clean)
	return w, Shortage{}
}

func natureOf(agg series.Aggregation, values []float64) nature {
	switch agg {
	case series.Mean:
		return average
	case series.Last, series.Max:
		return stock
	}
	for _, v := range values {
		if !math.IsNaN(v) && (v != math.Trunc(v) || v < 0) {
			return amount
		}
	}
	return things
}

func (w *weeks) cut(first series.Day, raw, clean []float64) {
	n := (len(raw) + 6) / 7
	w.first = w.anchor - series.Day(7*n-1)
	lead := int(first - w.first)
	w.days = append(unknown(lead), raw...)
	clean = append(unknown(lead), clean...)
	w.value, w.weight = unknown(n), make([]float64, n)
	factors := make([]float64, 7*n)
	for i := range factors {
		factors[i] = w.shape.at(w.first + series.Day(i))
	}
	if w.additive {
		w.cutAdditive(clean, factors)
		return
	}
	w.sumWeeks(clean, factors)
	if w.nature == stock {
		w.local = w.value
		w.noise = ones(n)
		w.steps = w.meanStep()
		return
	}
	w.smooth()
	w.scatter(clean, factors, true)
	w.sumWeeks(clean, factors)
	w.smooth()
	w.scatter(clean, factors, false)
	w.steps = w.meanStep()
}

func unknown(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}

func (w *weeks) sumWeeks(clean, factors []float64) {
	for t := range w.value {
		sum, weight := 0.0, 0.0
		w.value[t] = math.NaN()
		for i := 7 * t; i < 7*t+7; i++ {
			v := clean[i]
			switch {
			case math.IsNaN(v):
			case w.nature == stock:
				w.value[t] = v
				weight = 1
			default:
				sum += v
				weight += factors[i]
			}
		}
		w.weight[t] = weight
		if w.nature != stock && weight > 0.3 {
			w.value[t] = sum / weight
		}
	}
}

// smooth finds the level around each week: five weeks, weighted by what is known of
// them, wider where that is nothing.
func (w *weeks) smooth() {
	n := len(w.value)
	w.local = make([]float64, n)
	for t := range w.local {
		for wide := 2; ; wide *= 2 {
			sum, weight := 0.0, 0.0
			from, to := max(t-wide, 0), min(t+wide+1, n)
			for j := from; j < to; j++ {
				if !math.IsNaN(w.value[j]) {
					sum += w.value[j] * w.weight[j]
					weight += w.weight[j]
				}
			}
			if weight > 0 && sum > 0 || from == 0 && to == n {
				w.local[t] = sum / max(weight, 1e-9)
				break
			}
		}
	}
	// A metric that was zero all along may have a small level still.
	total := 0.0
	for _, x := range w.weight {
		total += x
	}
	floor := 0.5 / max(total, 1)
	if w.nature != things {
		floor = 1e-9
	}
	for t := range w.local {
		w.local[t] = max(w.local[t], floor)
	}
}

// dayEdge is how many robust deviations a day may stand out before it is drawn in for
// learning the level. What it was stays in the days that paths are made of.
// Where more than one day in fewFar does, they belong to the metric.
const (
	dayEdge = 5.0
	fewFar  = 40
)

// scatter measures how single days scatter around the level of their week, and draws
// in days far out. Its two parts are that of counted things, whose variance is
// proportional to their mean, and that of a day's own luck, proportional to its square.
func (w *weeks) scatter(clean, factors []float64, drawIn bool) {
	if drawIn {
		var ratios []float64
		for i, v := range clean {
			if expected := w.local[i/7] * factors[i]; !math.IsNaN(v) && expected >= largeEnough {
				ratios = append(ratios, v/expected)
			}
		}
		if len(ratios) < 20 {
			return
		}
		centre, spread := medianAndSpread(ratios)
		edge := dayEdge * max(spread, 0.02)
		far := 0
		for _, r := range ratios {
			if math.Abs(r-centre) > edge {
				far++
			}
		}
		if far*fewFar > len(ratios) {
			return // what comes this often is no accident
		}
		for i, v := range clean {
			if expected := w.local[i/7] * factors[i]; !math.IsNaN(v) && expected >= largeEnough {
				clean[i] = min(max(v, expected*max(centre-edge, 0)), expected*(centre+edge))
			}
		}
		return
	}
	squares, means, meanSquares := 0.0, 0.0, 0.0
	for i, v := range clean {
		expected := w.local[i/7] * factors[i]
		if math.IsNaN(v) || expected <= 0 {
			continue
		}
		squares += (v - expected) * (v - expected)
		means += expected
		meanSquares += expected * expected
	}
	switch {
	case means <= 0:
		w.perCount = 1
	case w.nature == things:
		w.perCount = 1
		w.perDay = max(squares-means, 0) / meanSquares
	default:
		w.perCount = squares / means / 2
		w.perDay = squares / meanSquares / 2
	}
	w.noise = make([]float64, len(w.value))
	for t := range w.noise {
		w.noise[t] = w.noiseOf(w.local[t], factors[7*t:7*t+7], clean[7*t:7*t+7])
	}
}

// noiseOf is the relative variance of a week's value; known may be nil for all days.
func (w *weeks) noiseOf(level float64, factors, known []float64) float64 {
	sum, squares := 0.0, 0.0
	for i, f := range factors {
		if known == nil || !math.IsNaN(known[i]) {
			sum += f
			squares += f * f
		}
	}
	if sum <= 0 {
		return 1
	}
	v := w.perDay * squares / (sum * sum)
	if level > 0 {
		v += w.perCount / (level * sum)
	}
	return max(v, 1e-12)
}

// cutAdditive is cut for values of both signs.
func (w *weeks) cutAdditive(clean, factors []float64) {
	n := len(w.value)
	size, known := 0.0, 0
	for i, v := range clean {
		if w.shape.flat {
			factors[i] = 0
		}
		if !math.IsNaN(v) {
			size += math.Abs(v)
			known++
		}
	}
	w.scale = max(size/float64(known), 1e-9)
	for t := range n {
		sum, days := 0.0, 0.0
		for i := 7 * t; i < 7*t+7; i++ {
			if math.IsNaN(clean[i]) {
				continue
			}
			v := (clean[i] - factors[i]) / w.scale
			if w.nature == stock {
				sum, days = v, 1
			} else {
				sum += v
				days++
			}
		}
		w.weight[t] = days
		if days > 0 {
			w.value[t] = sum / days
		}
	}
	w.local = w.value
	w.noise = make([]float64, n)
	for t := range w.noise {
		w.noise[t] = 1 / max(w.weight[t], 0.5)
	}
	w.steps = w.meanStep()
}
