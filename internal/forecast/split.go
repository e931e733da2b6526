package forecast

import (
	"math"
	"math/rand/v2"

	"github.com/shirube/shirube/internal/series"
)

// split lays the first weeks out in days: the days of the week lived through again,
// around its level.
func (m *metricPaths) split(l *luck, random *rand.Rand) {
	weeks := min(len(m.totals), weeksByDay)
	flat := make([]float64, 7*weeks*l.count)
	m.days = make([][]float64, 7*weeks)
	for d := range m.days {
		m.days[d] = flat[d*l.count : (d+1)*l.count]
	}
	s := m.splitter(l.count)
	for week := range weeks {
		for i := range l.count {
			var day [7]float64
			s.week(week, i, l.day(i, week, s.memory), random, &day)
			for d, v := range day {
				m.days[7*week+d][i] = v
			}
		}
	}
}

// splitter lays weeks out in days.
type splitter struct {
	m       *metricPaths
	memory  int
	paths   int
	pattern [][7]float64 // of each week back: deviation of each day from its week
	start   float64      // stocks: where it stands now
	luck    float64      // of a day of few things, beside that of counting
	// holidays is, by kind and path, how a path's holidays differ from what is known.
	holidays   [kindsOfHoliday][]float64
	unsure     []unsureDay // of the week looked at
	unsureWeek int
}

func (m *metricPaths) splitter(paths int) *splitter {
	w := m.weeks
	n := len(w.value)
	s := &splitter{m: m, memory: min(n-1, memories[0]), paths: paths, unsureWeek: -1}
	s.pattern = make([][7]float64, s.memory)
	s.start = w.days[len(w.days)-1]
	// A weekday's factor is known from as many days as there are weeks.
	known := float64(max(n, 3))
	luck := w.perDay
	if !w.additive && w.nature == things {
		luck += (w.perDay + w.perCount*math.Exp(-m.ahead.mean[0])) / known
	}
	s.luck = math.Sqrt(math.Log1p(min(luck, mostLuck)))
	// The days the factors were learned from lie nearer to them than days to come.
	wider := math.Sqrt((1 + 1/known) / (1 - 1/known))
	if w.nature == stock {
		wider = 1
	}
	for b := range s.pattern {
		t := n - 1 - b
		level := w.value[t]
		before := math.NaN()
		if t > 0 {
			before = w.days[7*t-1]
		}
		for d := range 7 {
			v := w.days[7*t+d]
			day := w.first + dayOf(7*t+d)
			var r float64
			switch {
			case w.nature == stock:
				end := w.days[7*t+6]
				r = v - before - (end-before)*float64(d+1)/7
				if !w.additive {
					r /= end
				}
			case w.additive:
				r = v - w.shape.at(day) - level*w.scale
			default:
				r = v/(level*w.shape.at(day)) - 1
			}
			if math.IsInf(r, 0) || math.IsNaN(r) && !math.IsNaN(v) {
				r = 0
			}
			s.pattern[b][d] = r * wider
		}
	}
	// A day that is missing is as it was a week before.
	for b := len(s.pattern) - 1; b >= 0; b-- {
		for d, r := range s.pattern[b] {
			if !math.IsNaN(r) {
				continue
			}
			s.pattern[b][d] = 0
			if b+1 < len(s.pattern) {
				s.pattern[b][d] = s.pattern[b+1][d]
			}
		}
	}
	return s
}

// factors is the weights of a week's days as a path has them: what a holiday does is
// known only so well, and the same for all holidays of a kind in one path.
func (s *splitter) factors(week, path int, random *rand.Rand) [7]float64 {
	factors := s.m.ahead.factors[week]
	if week != s.unsureWeek {
		s.lookForHolidays(week)
	}
	for _, day := range s.unsure {
		differ := &s.holidays[day.kind][path]
		if math.IsNaN(*differ) {
			*differ = random.NormFloat64()
		}
		factors[day.at] *= math.Exp(day.deviation * *differ)
	}
	return factors
}

// lookForHolidays finds the days of a week whose factors are known only so well; they
// are the same in all paths.
func (s *splitter) lookForHolidays(week int) {
	w := s.m.weeks
	s.unsureWeek, s.unsure = week, s.unsure[:0]
	if w.additive || w.nature == stock {
		return
	}
	for d := range 7 {
		day := w.anchor + dayOf(7*week+d+1)
		if doubt := w.shape.unsure(day); doubt > 0 {
			k := w.shape.days.of(day)
			kind := 2*int(k.kind) + weekendOf(k)
			if s.holidays[kind] == nil {
				s.holidays[kind] = unknown(s.paths)
			}
			s.unsure = append(s.unsure, unsureDay{at: d, kind: kind, deviation: math.Sqrt(math.Log1p(doubt))})
		}
	}
}

// unsureDay is a holiday of a week ahead: its kind and how unsure its factor is, as a
// standard deviation of its logarithm.
type unsureDay struct {
	at, kind  int
	deviation float64
}

const kindsOfHoliday = 2 * (int(series.Closed) + 1)

// week lays out one week of one path, living through the week back again; −1: evenly.
func (s *splitter) week(week, path, back int, random *rand.Rand, day *[7]float64) {
	m, w := s.m, s.m.weeks
	total := m.totals[week][path]
	var pattern [7]float64
	if back >= 0 && back < len(s.pattern) {
		pattern = s.pattern[back]
	}
	factors := s.factors(week, path, random)
	if w.nature == stock {
		before := s.start
		if week > 0 {
			before = m.totals[week-1][path]
		}
		for d := range day {
			v := before + (total-before)*float64(d+1)/7
			if w.additive {
				v += pattern[d]
			} else {
				v = max(v+pattern[d]*total, 0)
			}
			day[d] = v
		}
		return
	}
	if w.additive {
		sum := 0.0
		for d, f := range factors {
			day[d] = f + pattern[d]
			sum += day[d]
		}
		for d := range day {
			day[d] += (total - sum) / 7
		}
		return
	}
	if m.mixture.counts && total < fewToSplit {
		s.dealOut(int(total), &factors, random, day)
		return
	}
	sum := 0.0
	for d, f := range factors {
		day[d] = max(f*(1+pattern[d]), 0)
		sum += day[d]
	}
	if sum <= 0 {
		sum = 0
		for d, f := range factors {
			day[d] = f
			sum += f
		}
		if sum <= 0 {
			*day = [7]float64{total / 7, total / 7, total / 7, total / 7, total / 7, total / 7, total / 7}
			return
		}
	}
	run := 0.0
	for d := range day {
		share := total * day[d] / sum
		if m.mixture.counts {
			// Whole things, whose days add up to their week.
			whole := math.Round(run + share)
			share, run = whole-math.Round(run), run+share
		}
		day[d] = share
	}
}

// dealOut gives each thing of a week to a day by the weights of the days, which have
// luck of their own beside that of counting.
func (s *splitter) dealOut(total int, usual *[7]float64, random *rand.Rand, day *[7]float64) {
	sum := 0.0
	factors := *usual
	for d := range factors {
		if s.luck > 0 {
			factors[d] *= math.Exp(s.luck * random.NormFloat64())
		}
		sum += factors[d]
	}
	*day = [7]float64{}
	if sum <= 0 {
		day[6] = float64(total)
		return
	}
	for range total {
		at := random.Float64() * sum
		for d, f := range factors {
			if at -= f; at < 0 || d == 6 {
				day[d]++
				break
			}
		}
	}
}
