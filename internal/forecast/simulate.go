package forecast

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
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
	// From the last week to the first, so that each takes the place of its surprises,
	// which no earlier one needs.
	m.totals = m.surprises(l, random)
	row := make([]float64, l.count)
	for s := h - 1; s >= 0; s-- {
		combine(row, m.ahead.covariance[s], m.totals)
		copy(m.totals[s], row)
	}
	wide := m.widen(l.wide)
	for s := range h {
		m.toValues(s, wide)
	}
	m.split(l, random)
}

// combine makes a row of the sum of rows times their factors, four at a time: that goes
// through the memory a quarter as often.
func combine(row, factors []float64, rows [][]float64) {
	clear(row)
	for len(factors) >= 4 {
		a, b, c, d := factors[0], factors[1], factors[2], factors[3]
		p, q, r, s := rows[0][:len(row)], rows[1][:len(row)], rows[2][:len(row)], rows[3][:len(row)]
		for i, v := range row {
			row[i] = v + a*p[i] + b*q[i] + c*r[i] + d*s[i]
		}
		factors, rows = factors[4:], rows[4:]
	}
	for k, factor := range factors {
		for i, v := range rows[k][:len(row)] {
			row[i] += factor * v
		}
	}
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
	shocks := make([]float64, memory) // by weeks back
	for back := range shocks {
		shocks[back] = (min(max(past[len(past)-1-back], -edgeOfLuck), edgeOfLuck) - centre) / spread
	}
	shock := func(back int) float64 {
		if back < 0 {
			return math.NaN()
		}
		return shocks[back]
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
	root, less := math.Sqrt(v), 1-v/9
	for i, g := range row {
		z := g / deviation * wide[i]
		if few {
			row[i] = countQuantile(usual, v, z)
			continue
		}
		c := max(less+z*root/3, 0) // ratio, written out
		row[i] = usual * (c * c * c)
		if m.mixture.counts {
			row[i] = math.Round(row[i])
		}
	}
}

// countQuantile is the count at a standard normal score: of the negative binomial with
// this mean and relative variance, of Poisson where that is all the variance there is.
func countQuantile(usual, relative, z float64) float64 {
	p := math.Erfc(-z/math.Sqrt2) / 2
	return counted{mean: usual, variance: max(relative*usual*usual, usual)}.quantile(p)
}
