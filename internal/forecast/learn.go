package forecast

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

const (
	// mostlyThere is the share of days with a row above which a missing day is
	// an accident. Below it, rows come only when something happened.
	mostlyThere = 0.5
	// longGap is a run of missing days that cannot be a holiday: the source
	// stood still, and nothing is learned from its silence.
	longGap = 10
	// trimmed is the share of days left out at either end of a weekday's mean,
	// where numbers are large enough that the mean of the rest is the mean.
	trimmed        = 0.1
	largeEnough    = 10 // a day on average
	trimFromDays   = 10 // days of one weekday
	chanceOfZero   = 0.05
	largestFactor  = 5.0
	outlierReaches = 6.0 // robust standard deviations
)

// Learn finds how the days of a history differ. Only days in the span are
// looked at; with fewer than ShortestProfile days between the first and the
// last day that has data, every day weighs the same.
//
// What could be chance is drawn back towards "no difference" by as much as the
// scatter of the days can explain, so that a KGI of a few a week does not get a
// pace from the dice; a weekday on which nothing ever happens weighs exactly
// nothing.
func Learn(history series.Daily, span series.Span, days *DayKinds) *Profile {
	p := Equal(days)
	part := history.Slice(span)
	first, some := part.FirstPresent()
	last, _ := part.LastPresent()
	span = series.Span{From: first, To: last}
	if !some || span.Days() < ShortestProfile {
		return p
	}
	seen := p.observe(part, span)
	if seen.total <= 0 {
		return p
	}
	p.learned = span
	p.learnWeekdays(seen)
	p.learnSpecial(seen)
	if span.Days() >= shortestSeason {
		p.learnMonths(seen)
	}
	return p
}

// observation is a history made ready for learning.
type observation struct {
	span    series.Span
	values  []float64 // one a day; NaN where nothing is known
	weekday [7][]float64
	total   float64
}

// observe decides which missing days are zeros, leaves out long gaps and draws
// in single days far beyond all others.
func (p *Profile) observe(part series.Daily, span series.Span) observation {
	var days, present [7]int
	var specialDays, specialPresent [series.Closed + 1]int
	for d := span.From; d <= span.To; d++ {
		k := p.days.of(d)
		_, ok := part.At(d)
		n := 0
		if ok {
			n = 1
		}
		if k.ordinary() {
			days[k.weekday]++
			present[k.weekday] += n
		} else {
			specialDays[k.kind]++
			specialPresent[k.kind] += n
		}
	}
	there, all := 0, 0
	for w := range days {
		there, all = there+present[w], all+days[w]
		p.sparse[w] = days[w] > 0 && float64(present[w]) < mostlyThere*float64(days[w])
	}
	for k := range specialDays {
		p.sparseSpecial[k] = specialDays[k] >= fewestSpecial &&
			float64(specialPresent[k]) < mostlyThere*float64(specialDays[k])
	}
	seen := observation{span: span, values: make([]float64, span.Days())}
	for w := range seen.weekday {
		seen.weekday[w] = make([]float64, 0, span.Days()/7+1)
	}
	for i := range seen.values {
		seen.values[i] = p.fill(part, span.From+series.Day(i))
	}
	// Where most days have no row, long silences are how the thing comes.
	if 2*there >= all {
		dropLongGaps(part, seen)
	}
	p.drawIn(seen)
	for i, v := range seen.values {
		k := p.days.of(span.From + series.Day(i))
		if math.IsNaN(v) {
			continue
		}
		seen.total += v
		if k.ordinary() {
			seen.weekday[k.weekday] = append(seen.weekday[k.weekday], v)
		}
	}
	return seen
}

func dropLongGaps(part series.Daily, seen observation) {
	run := 0
	for i := range seen.values {
		if _, ok := part.At(seen.span.From + series.Day(i)); ok {
			run = 0
			continue
		}
		run++
		if run == longGap+1 {
			for j := i - longGap; j <= i; j++ {
				seen.values[j] = math.NaN()
			}
		} else if run > longGap {
			seen.values[i] = math.NaN()
		}
	}
}

// drawIn brings days far above the others of their month down to the edge of
// the usual: one day in the news is not a weekday's habit. Months are looked at
// one by one, because a good season is no outlier; small counts have no edge.
func (p *Profile) drawIn(seen observation) {
	start, busy := 0, make([]float64, 0, 31)
	for i := range seen.values {
		day := seen.span.From + series.Day(i)
		if i+1 < len(seen.values) && p.days.of(day).month == p.days.of(day+1).month {
			continue
		}
		drawInMonth(seen.values[start:i+1], busy)
		start = i + 1
	}
}

// drawInMonth is drawIn for one month; busy is room to work in.
func drawInMonth(values, busy []float64) {
	lowest, highest := math.Inf(1), 0.0
	for _, v := range values {
		if v > 0 {
			busy = append(busy, v)
			lowest, highest = min(lowest, v), max(highest, v)
		}
	}
	if highest <= lowest*(1+outlierReaches/4) {
		return // within reach of any median there can be
	}
	slices.Sort(busy)
	usual := middle(busy)
	if usual < largeEnough || highest <= usual*(1+outlierReaches/4) {
		return // the edge is never nearer
	}
	spread := 1.4826 * middleDistance(busy, usual)
	edge := usual + outlierReaches*max(spread, usual/4)
	for i, v := range values {
		if v > edge {
			values[i] = edge
		}
	}
}

func (p *Profile) learnWeekdays(seen observation) {
	var means, noise [7]float64
	overall, busy, n := 0.0, 0, 0
	for _, values := range seen.weekday {
		for _, v := range values {
			overall += v
			n++
			if v != 0 {
				busy++
			}
		}
	}
	if n == 0 || overall <= 0 {
		return
	}
	overall /= float64(n)
	known := 0
	for w, values := range seen.weekday {
		if len(values) == 0 {
			means[w] = math.NaN() // nothing known of it: an average day
			continue
		}
		known++
		means[w] = max(typical(values, overall), 0)
		noise[w] = variance(values) / float64(len(values))
	}
	centre, between, scatter := 0.0, 0.0, 0.0
	for w := range means {
		if !math.IsNaN(means[w]) {
			centre += means[w] / float64(known)
			scatter += noise[w] / float64(known)
		}
	}
	if centre <= 0 {
		return
	}
	for w := range means {
		if !math.IsNaN(means[w]) {
			between += (means[w] - centre) * (means[w] - centre) / float64(max(known-1, 1))
		}
	}
	keep := believed(between, scatter)
	idle := 1 - float64(busy)/float64(n)
	sum := 0.0
	for w, values := range seen.weekday {
		switch {
		case math.IsNaN(means[w]):
			p.weekday[w] = 1
		case neverBusy(values, idle):
			p.weekday[w] = 0
		default:
			p.weekday[w] = 1 + keep*(means[w]/centre-1)
		}
		sum += p.weekday[w]
	}
	for w := range p.weekday {
		p.weekday[w] *= 7 / sum
	}
}

// believed is the share of an observed difference that scatter cannot explain.
func believed(between, scatter float64) float64 {
	if between <= 0 {
		return 0
	}
	return min(max(1-scatter/between, 0), 1)
}

// neverBusy reports whether all days are zero and too many to be so by chance,
// at the overall share of idle days.
func neverBusy(values []float64, idle float64) bool {
	for _, v := range values {
		if v != 0 {
			return false
		}
	}
	return len(values) >= 4 && math.Pow(idle, float64(len(values))) < chanceOfZero
}

func (p *Profile) learnSpecial(seen observation) {
	var got, usual [series.Closed + 1]float64
	var count [series.Closed + 1]int
	for i, v := range seen.values {
		k := p.days.of(seen.span.From + series.Day(i))
		if k.ordinary() || math.IsNaN(v) {
			continue
		}
		got[k.kind] += v
		usual[k.kind] += p.weekday[k.weekday]
		count[k.kind]++
	}
	ordinary, weight := 0.0, 0.0
	for w, values := range seen.weekday {
		for _, v := range values {
			ordinary += v
		}
		weight += p.weekday[w] * float64(len(values))
	}
	for k := series.Holiday; k <= series.Closed; k++ {
		p.special[k] = likeSunday
		if count[k] >= fewestSpecial && usual[k] > 0 && ordinary > 0 {
			p.special[k] = min(max(got[k]/usual[k]*weight/ordinary, 0), largestFactor)
		}
	}
}

// typical is the mean of one weekday's values, without its extremes where there
// are enough large values for that not to lean to one side.
func typical(values []float64, overall float64) float64 {
	cut := 0
	if overall >= largeEnough && len(values) >= trimFromDays {
		values = slices.Clone(values)
		slices.Sort(values)
		cut = int(trimmed * float64(len(values)))
	}
	return mean(values[cut : len(values)-cut])
}
