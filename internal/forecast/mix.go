package forecast

import (
	"cmp"
	"math"
	"slices"
)

// mixture is the few settings that foretold the weeks best, and how much each is
// believed: Bayes' rule over the grid, on one-week-ahead forecasts of the past (the
// prequential likelihood of Dawid 1984, which is rolling origin by steps of a week).
type mixture struct {
	weeks   *weeks
	parts   []*filtered
	share   []float64
	regress [][2 * seasonPairs]float64 // of the weeks known and ahead
	counts  bool
	usual   float64 // mean noise of the weeks known
	// settings is every point tried and grid how much each is believed.
	settings []setting
	fits     []*filtered
	belief   []float64
	grid     []float64
}

const (
	// mostParts and leastShare bound the mixture.
	mostParts  = 4
	leastShare = 0.04
	// scaleBelieved is how many weeks the expected size of surprises weighs.
	scaleBelieved = 8.0
)

var (
	levelShares  = [...]float64{0.001, 0.01, 0.04, 0.12, 0.3, 0.65}
	levelPriors  = [...]float64{0.08, 0.17, 0.27, 0.23, 0.15, 0.10}
	stockShares  = [...]float64{0.01, 0.08, 0.3, 0.65, 0.95, 0.999}
	stockPriors  = [...]float64{0.05, 0.1, 0.15, 0.2, 0.25, 0.25}
	passingShare = 0.8
	passingRho   = 0.5
	seasonTimes  = [...]float64{0.1, 2.5}
)

// settings is the grid for a metric.
func (w *weeks) settings() []setting {
	shares, priors := levelShares[:], levelPriors[:]
	slopes := [2]float64{0.001, 0.006}
	damping := 0.99
	season := 1.0
	steps := w.steps
	if w.nature == stock {
		shares, priors = stockShares[:], stockPriors[:]
		root := math.Sqrt(w.growth)
		slopes = [2]float64{0.08 * root, 0.6 * root}
		damping = 0.995
		season = min(1, 4*steps/(seasonSize[0]*seasonSize[0]))
	}
	var grid []setting
	for i, share := range shares {
		for j, slope := range slopes {
			for passing := range 2 {
				s := setting{level: share * steps, noise: (1 - share) * steps / 2, damping: damping, season: season, prior: priors[i]}
				s.slope, s.steep = slope*slope, j == 1
				s.prior *= [2]float64{0.6, 0.4}[j]
				s.prior *= [2]float64{0.6, 0.4}[passing]
				if passing == 1 {
					s.rho = passingRho
					s.passing = passingShare * s.noise / (1 - passingRho)
					s.noise *= 1 - passingShare
				}
				s.noise = max(s.noise, 1e-12)
				grid = append(grid, s)
			}
		}
	}
	return grid
}

// mix fits the grid; ahead is how many weeks will be asked for.
func (w *weeks) mix(ahead int) *mixture {
	m := &mixture{weeks: w, counts: w.nature == things && !w.additive, usual: max(mean(w.noise), 1e-12)}
	m.regress = make([][2 * seasonPairs]float64, len(w.value)+ahead)
	for t := range m.regress {
		middle := int(w.first) + 7*t + 3
		seasonOf(float64(middle)/7, &m.regress[t])
	}
	m.try(w.settings())
	best := m.order()
	var near []setting
	for _, i := range best[:2] {
		for _, season := range seasonTimes {
			s := m.settings[i]
			s.season *= season
			near = append(near, s)
		}
	}
	m.try(near)
	order := m.order()
	kept := 0.0
	for _, i := range order[:mostParts] {
		if len(m.parts) > 0 && m.grid[i] < leastShare {
			break
		}
		m.parts = append(m.parts, m.fits[i])
		m.share = append(m.share, m.grid[i])
		kept += m.grid[i]
	}
	for i := range m.share {
		m.share[i] /= kept
	}
	return m
}

// try adds settings to those tried.
func (m *mixture) try(settings []setting) {
	for i, f := range m.weeks.filters(settings) {
		s := settings[i]
		m.weeks.run(f, m.regress, m.counts, false)
		n := float64(f.seen)
		belief := f.loglik - (n+scaleBelieved)/2*math.Log((f.squares+scaleBelieved)/(n+scaleBelieved)) + math.Log(s.prior)
		m.settings, m.fits, m.belief = append(m.settings, s), append(m.fits, f), append(m.belief, belief)
	}
}

// order is the settings from the most believed to the least; their shares go to grid.
func (m *mixture) order() []int {
	best := slices.Max(m.belief)
	m.grid = make([]float64, len(m.belief))
	order := make([]int, len(m.belief))
	total := 0.0
	for i, l := range m.belief {
		m.grid[i] = math.Exp(l - best)
		total += m.grid[i]
		order[i] = i
	}
	for i := range m.grid {
		m.grid[i] /= total
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.grid[b], m.grid[a]) })
	return order
}

// sized is the factor on all variances of a setting: how large its surprises were.
func (f *filtered) sized() float64 {
	return (f.squares + scaleBelieved) / (float64(f.seen) + scaleBelieved)
}
