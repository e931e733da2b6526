package forecast

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

	"github.com/shirube/shirube/internal/series"
)

const (
	// smoothing is the share of a surprise's variance that is another week's.
	smoothing = 0.2
	// fewAWeek is the weekly count below which things are counted out one by one.
	fewAWeek = 15
	// fewToSplit is the weekly count below which days are dealt theirs one by one; above
	// it the days of past weeks show how such days scatter.
	fewToSplit = 50
	// edgeOfLuck bounds a single surprise.
	edgeOfLuck = 4.0
	// mostLuck bounds the relative variance of a day beside that of counting.
	mostLuck = 1.0
)

// simulate draws the paths.
func (m *metricPaths) simulate(l *luck) {
	h := len(m.ahead.mean)
	name := fnv.New64a()
	_, _ = name.Write([]byte(m.input.Name)) // a hash never fails
	random := rand.New(rand.NewPCG(l.seed, name.Sum64()))
	u := m.surprises(l, random)
	flat := make([]float64, h*l.count)
	m.totals = make([][]float64, h)
	for s := range h {
		row := flat[s*l.count : (s+1)*l.count]
		for k, factor := range m.ahead.covariance[s] {
			if factor == 0 {
				continue
			}
			from := u[k]
			for i, v := range from {
				row[i] += factor * v
			}
		}
		m.totals[s] = row
	}
	wide := m.widen(l.wide)
	for s := range h {
		m.toValues(s, wide)
	}
	m.split(l, random)
}

// surprises is the standardised shock of each week ahead and path: those of the weeks
// drawn, of mean 0 and variance 1 in every week.
func (m *metricPaths) surprises(l *luck, random *rand.Rand) [][]float64 {
	h := len(m.ahead.mean)
	past := m.mixture.parts[0].surprise
	memory := len(past) - burnIn - 1
	if memory < memories[len(memories)-1] {
		memory = 0
	}
	sum, squares, known := 0.0, 0.0, 0.0
	for _, v := range past[len(past)-memory:] {
		if !math.IsNaN(v) {
			v = min(max(v, -edgeOfLuck), edgeOfLuck)
			sum += v
			squares += v * v
			known++
		}
	}
	centre, spread := 0.0, 1.0
	if known > 1 {
		centre = sum / known
		spread = math.Sqrt(max(squares/known-centre*centre, 1e-6))
	}
	shock := func(back int) float64 {
		if back < 0 {
			return math.NaN()
		}
		return (min(max(past[len(past)-1-back], -edgeOfLuck), edgeOfLuck) - centre) / spread
	}
	keep, anew := math.Sqrt(1-smoothing), math.Sqrt(smoothing)
	flat := make([]float64, h*l.count)
	u := make([][]float64, h)
	for s := range h {
		row := flat[s*l.count : (s+1)*l.count]
		sum, squares := 0.0, 0.0
		for i := range row {
			v := shock(l.back(i, s, memory))
			if math.IsNaN(v) {
				v = random.NormFloat64()
			} else if second := shock(l.other(i, s, memory)); math.IsNaN(second) {
				v = keep*v + anew*random.NormFloat64()
			} else {
				v = keep*v + anew*second
			}
			row[i] = v
			sum += v
			squares += v * v
		}
		n := float64(len(row))
		middle := sum / n
		scale := 1 / math.Sqrt(max(squares/n-middle*middle, 1e-9))
		for i := range row {
			row[i] = (row[i] - middle) * scale
		}
		u[s] = row
	}
	return u
}

// freedom is that of the Student curve of a week's surprise: what a metric's own past
// does not show of what may happen to it. tail80 and tail95 are its two-sided quantiles.
const (
	freedom = 8.0
	tail80  = 1.3968
	tail95  = 2.3060
)

// widths is, for each path, by how much surprises are larger than usual: a scaled
// inverse chi, which makes sums Student's t.
func widths(n int, random *rand.Rand) []float64 {
	wide := make([]float64, n)
	for i := range wide {
		// Wilson and Hilferty's approximation of the chi squared.
		const v = 2 / (9 * freedom)
		c := 1 - v + math.Sqrt(v)*random.NormFloat64()
		wide[i] = 1 / math.Sqrt(max(c*c*c, 0.05))
	}
	return wide
}

// widen makes the widths those of a metric: few weeks tell little of how large surprises
// can be.
func (m *metricPaths) widen(shared []float64) []float64 {
	power := 1 + widerOfFew/float64(len(m.weeks.value))
	wide := make([]float64, len(shared))
	for i, v := range shared {
		wide[i] = math.Pow(v, power)
	}
	return wide
}

const widerOfFew = 4.0

// toValues turns a week's deviations into what its days add up to (a stock: where it
// ends; an average: the sum of its days).
func (m *metricPaths) toValues(s int, wide []float64) {
	w, a, row := m.weeks, m.ahead, m.totals[s]
	if w.additive {
		offset := 0.0
		if w.nature != stock {
			for _, f := range a.factors[s] {
				offset += f
			}
		}
		for i, g := range row {
			level := (a.mean[s] + g*wide[i]) * w.scale
			if w.nature == stock {
				row[i] = level
			} else {
				row[i] = 7*level + offset
			}
		}
		return
	}
	deviation := a.deviation[s]
	v := min(deviation*deviation, 2.5)
	// The level strays by factors, so that it is as likely to double as to halve: its
	// median is what is expected; a week's own luck has it for its mean.
	strays := min(max(deviation*deviation-a.noise[s], 0), 1)
	usual := math.Exp(min(a.mean[s], 200)) * (1 + strays/3)
	if w.nature != stock {
		usual *= a.weight[s]
	}
	few := m.mixture.counts && usual < fewAWeek
	for i, g := range row {
		z := g / deviation * wide[i]
		switch {
		case few:
			row[i] = countQuantile(usual, v, z)
		case m.mixture.counts:
			row[i] = math.Round(usual * ratio(z, v))
		default:
			row[i] = usual * ratio(z, v)
		}
	}
}

// countQuantile is the count at a standard normal score: of the negative binomial with
// this mean and relative variance, of Poisson where that is all the variance there is.
func countQuantile(usual, relative, z float64) float64 {
	p := math.Erfc(-z/math.Sqrt2) / 2
	return counted{mean: usual, variance: max(relative*usual*usual, usual)}.quantile(p)
}

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
	pattern [][7]float64 // of each week back: deviation of each day from its week
	start   float64      // stocks: where it stands now
	luck    float64      // of a day of few things, beside that of counting
	// holidays is, by path and kind, how a path's holidays differ from what is known.
	holidays []float64
}

func (m *metricPaths) splitter(paths int) *splitter {
	w := m.weeks
	n := len(w.value)
	s := &splitter{m: m, memory: min(n-1, memories[0]), holidays: unknown(paths * kindsOfHoliday)}
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
	w := s.m.weeks
	factors := s.m.ahead.factors[week]
	if w.additive || w.nature == stock {
		return factors
	}
	for d := range factors {
		doubt := w.shape.unsure(w.anchor + dayOf(7*week+d+1))
		if doubt <= 0 {
			continue
		}
		k := w.shape.days.of(w.anchor + dayOf(7*week+d+1))
		key := path*kindsOfHoliday + 2*int(k.kind) + weekendOf(k)
		if math.IsNaN(s.holidays[key]) {
			s.holidays[key] = random.NormFloat64()
		}
		factors[d] *= math.Exp(math.Sqrt(math.Log1p(doubt)) * s.holidays[key])
	}
	return factors
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
