package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// fewestDaysOfMonth is how many measured days make a month worth comparing.
const fewestDaysOfMonth = 15

// learnMonths finds the months' factors from monthly means that are already put
// right for weekdays and holidays. Growth is taken out first, as the mean
// difference between the same months of two years: a line through the months
// themselves would take a strong season for growth.
func (p *Profile) learnMonths(seen observation) {
	months := p.monthlyMeans(seen)
	n := len(months)
	if n < 13 {
		return
	}
	slope, pairs := 0.0, 0
	for i := 12; i < n; i++ {
		if known(months[i]) && known(months[i-12]) {
			slope += (months[i].mean - months[i-12].mean) / 12
			pairs++
		}
	}
	if pairs == 0 {
		return
	}
	slope /= float64(pairs)
	level, count := 0.0, 0
	for _, m := range months[n-12:] {
		if known(m) {
			level += m.mean
			count++
		}
	}
	level /= float64(max(count, 1))
	if count < 10 || level <= 0 {
		return // too little of the latest year to know its level
	}
	var ratio, scatter [13]float64
	var times [13]int
	for i, m := range months {
		if !known(m) {
			continue
		}
		// The latest twelve months are centred 5.5 months before the last.
		line := max(level+slope*(float64(i)-(float64(n-1)-5.5)), 0.1*level)
		ratio[m.month] += m.mean / line
		scatter[m.month] += m.noise / (line * line)
		times[m.month]++
	}
	p.setMonths(ratio, scatter, times, seen.span.Days())
}

func (p *Profile) setMonths(ratio, scatter [13]float64, times [13]int, days int) {
	centre, chance, seen := 0.0, 0.0, 0
	for m := 1; m <= 12; m++ {
		if times[m] == 0 {
			continue
		}
		t := float64(times[m])
		ratio[m] /= t
		centre += ratio[m]
		chance += scatter[m] / (t * t)
		seen++
	}
	centre /= float64(seen)
	chance /= float64(seen)
	if centre <= 0 {
		return
	}
	between := 0.0
	for m := 1; m <= 12; m++ {
		if times[m] > 0 {
			between += (ratio[m]/centre - 1) * (ratio[m]/centre - 1) / float64(max(seen-1, 1))
		}
	}
	keep := believed(between, chance)
	if days < fullSeason {
		keep /= 2
	}
	for m := 1; m <= 12; m++ {
		if times[m] > 0 {
			p.month[m] = min(max(1+keep*(ratio[m]/centre-1), 0), largestFactor)
		}
	}
}

type monthMean struct {
	month uint8
	days  int
	mean  float64
	noise float64 // variance of mean
}

func known(m monthMean) bool { return m.days >= fewestDaysOfMonth && !math.IsNaN(m.mean) }

// monthlyMeans is the mean each calendar month would have had on average days,
// in order, without holes.
func (p *Profile) monthlyMeans(seen observation) []monthMean {
	var months []monthMean
	var month monthSums
	last := dayKind{}
	for i, v := range seen.values {
		k := p.days.of(seen.span.From + series.Day(i))
		if i > 0 && k.month != last.month {
			months = append(months, month.mean(last.month))
			month = monthSums{}
		}
		last = k
		if !math.IsNaN(v) {
			month.add(v, p.weekAndCalendar(k))
		}
	}
	return append(months, month.mean(last.month))
}

// monthSums gathers a month's days and their weights.
type monthSums struct {
	days                                    int
	value, weight, squares, cross, weightSq float64
}

func (m *monthSums) add(v, w float64) {
	m.days++
	m.value += v
	m.weight += w
	m.squares += v * v
	m.cross += v * w
	m.weightSq += w * w
}

func (m *monthSums) mean(month uint8) monthMean {
	out := monthMean{month: month, days: m.days, mean: math.NaN()}
	if m.weight > 0 {
		out.mean = m.value / m.weight
		around := max(m.squares-2*out.mean*m.cross+out.mean*out.mean*m.weightSq, 0)
		out.noise = autocorrelated * around / (m.weight * m.weight)
	}
	return out
}

// autocorrelated allows for days of one month resembling one another.
const autocorrelated = 2
