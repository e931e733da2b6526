package forecast

import (
	"math"
	"math/rand/v2"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/abreast"
)

// Input is one metric to be led on: a number of a source, not an indicator. What is
// computed from metrics follows from their paths, so that a goal and what it is made of
// agree by construction.
type Input struct {
	Name    string
	History series.Daily
	Kind    formula.Kind
	Agg     series.Aggregation
}

// Paths is many ways the days to come may go, for many metrics at once: path i of one
// metric and path i of another happen together. It does not change once made, and may
// be read from many goroutines.
type Paths struct {
	asOf, to series.Day
	count    int
	seed     uint64
	kinds    *DayKinds
	metrics  map[string]*metricPaths
}

// metricPaths is one metric's part.
type metricPaths struct {
	input    Input
	shortage Shortage
	periodic *periodic // a metric of months; the rest is nil then
	weeks    *weeks
	mixture  *mixture
	ahead    *ahead
	totals   [][]float64 // by week ahead, then path: what its days add up to; a stock's end
	days     [][]float64 // by day ahead, for the first weeks, then path
}

const (
	// daysByDay is how far ahead paths go day by day; then they go by weeks.
	weeksByDay = 4
	daysByDay  = 7 * weeksByDay
	// longestAhead is how many weeks paths can reach, and mostLag how many weeks the
	// data may end before the day that is looked from.
	longestAhead = 200
	mostLag      = 60
	// atOnce is how many metrics are worked on at once; each is its own, so that the
	// answer is the same whoever is first.
	atOnce = 4
)

// NewPaths leads metrics on from their days up to and including asOf, to the last day
// asked for (at most some 3¾ years ahead), in n paths that are the same for the same
// input and seed. A metric's paths do not depend on which others there are.
func NewPaths(inputs []Input, kinds *DayKinds, asOf, to series.Day, n int, seed uint64) *Paths {
	return NewPathsUnless(nil, inputs, kinds, asOf, to, n, seed)
}

// NewPathsUnless is NewPaths that stops when it is abandoned: the metrics that were not
// reached by then have no paths. abandoned is called from many goroutines; nil is never.
func NewPathsUnless(abandoned func() bool, inputs []Input, kinds *DayKinds, asOf, to series.Day, n int, seed uint64) *Paths {
	n = max(n, 2)
	to = min(max(to, asOf+1), asOf+longestAhead*7-7)
	p := &Paths{asOf: asOf, to: to, count: n, seed: seed, kinds: kinds, metrics: make(map[string]*metricPaths, len(inputs))}
	made := make([]*metricPaths, len(inputs))
	luck := newLuck(n, (int(to-asOf)+6)/7+1, seed)
	abreast.Each(len(inputs), atOnce, func(i int) {
		if abandoned == nil || !abandoned() {
			made[i] = lead(inputs[i], kinds, asOf, to, luck)
		}
	})
	for i, in := range inputs {
		if made[i] != nil {
			p.metrics[in.Name] = made[i]
		}
	}
	return p
}

// lead fits one metric and draws its paths.
func lead(in Input, kinds *DayKinds, asOf, to series.Day, luck *luck) *metricPaths {
	m := &metricPaths{input: in}
	if m.periodic, m.shortage = leadPeriods(in, asOf, to, luck.count, luck.seed); m.periodic != nil {
		return m
	}
	m.weeks, m.shortage = cutWeeks(in, kinds, asOf)
	if !m.shortage.Enough() {
		return m
	}
	h := (int(to-m.weeks.anchor) + 6) / 7
	h = max(h, 1)
	m.mixture = m.weeks.mix(h)
	m.ahead = m.mixture.ahead(h)
	stretch := m.mixture.calibrate(h)
	a := m.ahead
	a.deviation = make([]float64, h)
	for s := range a.covariance {
		for j := range a.covariance[s] {
			a.covariance[s][j] *= stretch[s] * stretch[j]
		}
		a.deviation[s] = math.Sqrt(max(a.covariance[s][s], 1e-16))
	}
	root(a.covariance)
	m.simulate(luck)
	if r := m.weeks.ruleOf(); r != nil {
		m.follow(r)
	}
	return m
}

// Shortage says how many days of data a metric lacks for a forecast; all of them where
// it was never handed in.
func (p *Paths) Shortage(name string) Shortage {
	if m := p.metrics[name]; m != nil {
		return m.shortage
	}
	return Shortage{Days: ShortestHistory}
}

// Size is the number of paths.
func (p *Paths) Size() int { return p.count }

// To is the last day the paths reach.
func (p *Paths) To() series.Day { return p.to }

// luck is the chance all metrics share: which weeks of the past are lived through
// again. Runs of weeks are drawn, so that what carried over from week to week does so
// again, and all metrics live through the same ones, so that what moved together does
// so again (block bootstrap: Künsch 1989; its residuals drawn jointly: Hidalgo 2003).
type luck struct {
	count int
	seed  uint64
	// drawn[c] is, for each path and run, how many weeks back the run begins, out of
	// the latest memories[c]: who has a short history takes a later draw.
	drawn [len(memories)][]uint8
	// second is another week, drawn anew for each week ahead, of which a part is mixed
	// in: the past weeks alone are too few to be all that can happen.
	second [len(memories)][]uint8
	// wide is, for each path, by how much surprises are larger than usual.
	wide []float64
}

const runWeeks = 4

var memories = [...]int{104, 52, 26, 16}

func newLuck(n, weeks int, seed uint64) *luck {
	// Metrics whose source lags begin earlier and need more weeks.
	runs := (weeks+mostLag)/runWeeks + 1
	l := &luck{count: n, seed: seed}
	random := rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
	l.wide = widths(n, random)
	for c := range memories {
		l.drawn[c], l.second[c] = make([]uint8, n*runs), make([]uint8, n*runs*runWeeks)
	}
	// Run by run, so that looking further ahead changes nothing near by.
	for i := range n * runs {
		for c, memory := range memories {
			l.drawn[c][i] = uint8(runWeeks - 1 + random.IntN(memory-runWeeks+1))
			bits := random.Uint64()
			for week := range runWeeks {
				at := ((i/n)*runWeeks+week)*n + i%n
				l.second[c][at] = uint8((bits >> (16 * week) & 0xffff) * uint64(memory) >> 16)
			}
		}
	}
	return l
}

// back is how many weeks before the last known one the week is that a path lives
// through again some weeks ahead; −1 where the memory is too short.
func (l *luck) back(path, week, memory int) int {
	i := week/runWeeks*l.count + path
	for c := range memories {
		if b := int(l.drawn[c][i]); b < memory {
			return b - week%runWeeks
		}
	}
	return -1
}

// other is how many weeks before the last known one the second week is.
func (l *luck) other(path, week, memory int) int {
	i := week*l.count + path
	for c := range memories {
		if b := int(l.second[c][i]); b < memory {
			return b
		}
	}
	return -1
}

// day is back for the days of a week, which few weeks can show as well.
func (l *luck) day(path, week, memory int) int {
	if b := l.back(path, week, memory); b >= 0 || memory < 1 {
		return b
	}
	return int(l.second[0][week*l.count+path]) % memory
}
