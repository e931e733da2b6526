package link

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/shirube/shirube/internal/stat/drift"
)

// Cleaned is one daily series put right for links: measured, its calendar known, its
// outlier days, outages and gaps no longer in the way. It serves as KPI, as KGI and as
// control of as many links as wanted.
type Cleaned struct {
	d        *Design
	m        measured
	have     []bool    // days with a value that is used
	x        []float64 // KPI: residual after calendar and steps, gaps bridged
	slow     []float64 // the same beside a KGI of small counts, whose calendar is coarser
	sd       float64   // its standard deviation
	rho      float64   // its lag-1 autocorrelation
	surprise []float64 // x filtered by its own memory
	days     int       // days used
	unlike   []int     // holidays set aside, where they differ too much among themselves
	sums     [3]uint64 // fingerprint of the values, to know the same series again

	Outliers []int    // days set aside: far from both neighbours
	Steps    []Step   // lasting changes of level
	Outages  []Window // level falls and comes back: days set aside

	// What is made on first use; whoever takes it out puts it back.
	goal   chan *target
	biases chan map[biasKey]*bias
	watch  chan *drift.Series // levels, for Tracking; taken out while they are looked for
}

// Step is a lasting change of level.
type Step struct {
	At   int     // first day of the new level, index from the span's first day
	Size float64 // in logarithms (or usual sizes, for series with negatives)
}

// Window is a run of days, both ends included.
type Window struct {
	From, To int
	Size     float64 // log of the level inside over outside
}

// Reason says why a series cannot take part in any link; None when it can.
func (c *Cleaned) Reason() Reason {
	if c.m.reason != None {
		return c.m.reason
	}
	if c.days < fewestDays {
		return TooShort
	}
	if c.days*2 < c.span() {
		return TooManyGaps
	}
	if !(c.sd > 1e-9) {
		return NoVariation
	}
	return None
}

// span is the number of days from the first to the last value.
func (c *Cleaned) span() int {
	first, last := -1, -1
	for t, h := range c.m.present {
		if h {
			if first < 0 {
				first = t
			}
			last = t
		}
	}
	if first < 0 {
		return 0
	}
	return last - first + 1
}

// fewestDays is where a link may be looked at: eight weeks.
const fewestDays = 56

// Clean puts one daily series right. values[i] is the i-th day of the design's span, NaN
// where nothing was measured; what lies beyond the span is ignored.
//
// Outliers: the residual's distance from what its two neighbours make likely under an
// AR(1), more than 6 robust standard deviations. Steps and outages: see shifts.
func (d *Design) Clean(values []float64) *Cleaned {
	padded := make([]float64, d.n)
	for t := range padded {
		padded[t] = math.NaN()
	}
	copy(padded, values)
	c := &Cleaned{d: d, m: measure(padded), x: make([]float64, d.n), slow: make([]float64, d.n), have: make([]bool, d.n), goal: make(chan *target, 1), biases: make(chan map[biasKey]*bias, 1), watch: make(chan *drift.Series, 1)}
	c.goal <- nil
	c.watch <- nil
	c.biases <- map[biasKey]*bias{}
	c.sums = fingerprint(padded)
	for t := range c.have {
		c.have[t] = c.m.present[t] && !math.IsNaN(c.m.asKPI[t])
		if c.have[t] {
			c.days++
		} else {
			c.m.asKPI[t] = 0
		}
	}
	if c.m.reason != None || c.days < fewestDays {
		return c
	}
	c.clean()
	return c
}

func fingerprint(values []float64) [3]uint64 {
	var sums [3]uint64
	for t, v := range values {
		b := math.Float64bits(v)
		sums[0] += b
		sums[1] ^= b*0x9e3779b97f4a7c15 + uint64(t)
		sums[2] += (b >> 17) * uint64(2*t+1)
	}
	return sums
}

func (c *Cleaned) clean() {
	fit := newSeriesFit(c.d.fine, c.m.asKPI, c.have)
	if c.unlike = fit.unlike(c.d.rest); len(c.unlike) > 0 {
		for _, t := range c.unlike {
			c.have[t] = false
		}
		fit = newSeriesFit(c.d.fine, c.m.asKPI, c.have)
	}
	for range 3 {
		found := fit.outliers()
		if len(found) == 0 {
			break
		}
		for _, t := range found {
			c.have[t] = false
		}
		c.Outliers = append(c.Outliers, found...)
		fit = newSeriesFit(c.d.fine, c.m.asKPI, c.have)
	}
	slices.Sort(c.Outliers)
	steps := fit.shifts(4)
	c.Outages, c.Steps = outages(steps)
	for _, o := range c.Outages {
		for t := max(0, o.From-1); t <= min(c.d.n-1, o.To+1); t++ {
			c.have[t] = false
		}
	}
	for _, s := range c.Steps {
		for t := max(0, s.At-1); t <= min(c.d.n-1, s.At+1); t++ {
			c.have[t] = false
		}
	}
	if len(steps) > 0 {
		fit = newSeriesFit(c.d.fine, c.m.asKPI, c.have, stepColumns(c.d.n, c.Steps)...)
	}
	c.days = 0
	for _, h := range c.have {
		if h {
			c.days++
		}
	}
	c.x, c.rho = fit.r, fit.rho
	c.slow = c.x
	if c.d.slow != c.d.fine {
		c.slow = newSeriesFit(c.d.slow, c.m.asKPI, c.have, stepColumns(c.d.n, c.Steps)...).r
	}
	c.surprise = filter(c.x, []float64{c.rho})
	c.sd = math.Sqrt(dot(c.x, c.x) / float64(max(1, c.days)))
	if math.IsNaN(c.sd) || math.IsInf(c.sd, 0) {
		c.sd = 0
	}
}

// seriesFit is one series regressed on the calendar, its gaps bridged.
type seriesFit struct {
	base *basis
	have []bool
	rho  float64
	r    []float64 // residual, bridged
}

func newSeriesFit(base *basis, v []float64, have []bool, more ...[]float64) *seriesFit {
	fit := &seriesFit{base: base, have: have}
	cols := append(append(columns(nil), base.cols...), more...)
	f := maskedFactor(base, cols, have)
	masked := make([]float64, len(v))
	for t, h := range have {
		if h {
			masked[t] = v[t]
		}
	}
	coef := f.solve(products(cols, masked))
	fit.r = append([]float64(nil), masked...)
	for i, b := range coef {
		if b != 0 {
			floats.AddScaled(fit.r, -b, cols[i])
		}
	}
	fit.rho = bridge(fit.r, have)
	return fit
}

// maskedFactor factorises the Gram matrix of the rows that are there. With few rows
// missing the full matrix is reduced by those rows, which costs next to nothing.
func maskedFactor(base *basis, cols columns, have []bool) *factor {
	q, k := len(cols), len(base.cols)
	g := make([]float64, q*q)
	for i := range q {
		for j := range i + 1 {
			v := 0.0
			if i < k {
				v = base.gram[i*k+j]
			} else {
				v = dot(cols[i], cols[j])
			}
			g[i*q+j] = v
		}
	}
	for t, h := range have {
		if h {
			continue
		}
		for i := range q {
			if z := cols[i][t]; z != 0 {
				for j := range i + 1 {
					g[i*q+j] -= z * cols[j][t]
				}
			}
		}
	}
	for i := range q {
		for j := range i {
			g[j*q+i] = g[i*q+j]
		}
	}
	return factorise(g, q)
}

// bridge replaces the days that are missing in r by their expectation given both
// neighbours under an AR(1), and returns its coefficient (within [0, .95]). A conditional
// mean in place of a regressor leaves the slope unbiased (Berkson, JASA 1950).
func bridge(r []float64, have []bool) float64 {
	num, den := 0.0, 0.0
	for t := 1; t < len(r); t++ {
		if have[t] && have[t-1] {
			num += r[t] * r[t-1]
			den += r[t-1] * r[t-1]
		}
	}
	rho := 0.0
	if den > 0 {
		rho = max(0, min(.95, num/den))
	}
	last := -1
	for t := 0; t <= len(r); t++ {
		if t < len(r) && !have[t] {
			continue
		}
		for s := last + 1; s < t; s++ {
			switch {
			case last < 0 && t == len(r):
				r[s] = 0
			case last < 0:
				r[s] = r[t] * math.Pow(rho, float64(t-s))
			case t == len(r):
				r[s] = r[last] * math.Pow(rho, float64(s-last))
			default:
				i, m := float64(s-last), float64(t-last)
				a, b, whole := math.Pow(rho, i), math.Pow(rho, m-i), 1-math.Pow(rho, 2*m)
				r[s] = (a*(1-b*b)*r[last] + b*(1-a*a)*r[t]) / whole
			}
		}
		last = t
	}
	return rho
}

// outliers are the days far from what their neighbours make likely.
func (f *seriesFit) outliers() []int {
	n := len(f.r)
	dist, size := f.distances()
	limit := 6 * 1.4826 * median(size)
	if !(limit > 0) {
		return nil
	}
	var out []int
	for t := range n {
		if dist[t] > limit && (t == 0 || dist[t] >= dist[t-1]) && (t == n-1 || dist[t] > dist[t+1]) {
			out = append(out, t)
		}
	}
	return out
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Clone(v)
	slices.Sort(s)
	if m := len(s) / 2; len(s)%2 == 0 {
		return (s[m-1] + s[m]) / 2
	} else {
		return s[m]
	}
}
