package intervention

import (
	"math"
	"math/rand/v2"
)

// Weak beliefs that only speak where the data are silent: the noise's variance is about a
// fifth of the series' (worth two days), and a weekday or a holiday moves a day by a few
// standard deviations at most.
const (
	noiseDays      = 2.0
	noiseGuess     = .2
	fixedTightness = .1
	waveTightness  = 6.0
)

// posterior is a window under all signals, for one series among the columns as the one
// explained.
type posterior struct {
	signals []signal
	moments []moment  // by signal
	target  int       // column explained
	fixed   []int     // columns always in
	tight   []float64 // by these: precision of their coefficients, in units of the noise's
	options []int     // columns that may be in
	prior   []float64
}

// chosen is a choice of columns: true at an option means it is in.
type chosen []bool

// point is the posterior under one signal and one choice of columns.
type point struct {
	columns []int
	factor  *lower    // Cholesky factor of the coefficients' precision, in units of the noise's variance
	beta    []float64 // their means
	rest    float64   // sum of squares of the noise, with what is believed before
	df      float64
	logP    float64 // log density of the series, the coefficients and the noise integrated out
}

// at computes one point: normal–inverse-gamma regression on the innovations with a prior
// as in Zellner (1986) worth one day, half of it by column alone so that collinear
// columns share instead of failing (as in Scott and Varian 2014, section 3.1).
func (p *posterior) at(i int, in chosen) point {
	m := p.moments[i]
	pt := point{columns: append([]int(nil), p.fixed...)}
	for o, on := range in {
		if on {
			pt.columns = append(pt.columns, p.options[o])
		}
	}
	k, first := len(pt.columns), len(p.fixed)
	precision := newSquare(k)
	believed := newSquare(k - first)
	b := make([]float64, k)
	per := 1 / max(m.n, 1)
	for a, ca := range pt.columns {
		b[a] = m.cross.at(ca, p.target)
		for c := range a + 1 {
			v := m.cross.at(ca, pt.columns[c])
			precision.add(a, c, v)
			switch {
			case a == c && a < first:
				precision.add(a, c, p.tight[a])
			case c >= first:
				prior := .5 * v * per
				if a == c {
					prior = v*per + 1e-9
				}
				precision.add(a, c, prior)
				believed.add(a-first, c-first, prior)
			}
		}
	}
	pt.factor = precision.cholesky()
	pt.beta = append([]float64(nil), b...)
	pt.factor.forward(pt.beta)
	explained := 0.0
	for _, v := range pt.beta {
		explained += v * v
	}
	pt.factor.backward(pt.beta)
	pt.df = noiseDays + m.n
	pt.rest = noiseDays*noiseGuess + max(m.cross.at(p.target, p.target)-explained, 1e-9)
	pt.logP = -.5*m.logF - .5*pt.factor.logDet() + .5*believed.cholesky().logDet() - .5*pt.df*math.Log(pt.rest)
	for o, on := range in {
		if w := p.prior[o]; on {
			pt.logP += math.Log(w)
		} else {
			pt.logP += math.Log(1 - w)
		}
	}
	return pt
}

// all computes the points of a choice under every signal and the signals' probabilities.
func (p *posterior) all(in chosen) ([]point, []float64) {
	points, weights := make([]point, len(p.signals)), make([]float64, len(p.signals))
	for i := range points {
		points[i] = p.at(i, in)
		weights[i] = points[i].logP
	}
	toWeights(weights)
	return points, weights
}

// toWeights turns log densities into probabilities, in place.
func toWeights(logs []float64) {
	top := math.Inf(-1)
	for _, v := range logs {
		top = max(top, v)
	}
	sum := 0.0
	for i, v := range logs {
		logs[i] = math.Exp(v - top)
		sum += logs[i]
	}
	for i := range logs {
		logs[i] /= sum
	}
}

// surprise is how far the window's average was off, and the standard error of that, over
// all signals for one choice of columns; both in standard deviations of the series.
func (p *posterior) surprise(in chosen) (miss, se float64) {
	points, weights := p.all(in)
	second := 0.0
	for i, pt := range points {
		if weights[i] < 1e-6 {
			continue
		}
		m := p.moments[i]
		off := m.miss[p.target]
		reach := make([]float64, len(pt.columns))
		for a, c := range pt.columns {
			reach[a] = m.miss[c]
			off -= pt.beta[a] * m.miss[c]
		}
		pt.factor.forward(reach)
		variance := m.missVar
		for _, v := range reach {
			variance += v * v
		}
		variance *= pt.rest / max(pt.df-2, 1)
		miss += weights[i] * off
		second += weights[i] * (variance + off*off)
	}
	return miss, math.Sqrt(max(second-miss*miss, 1e-18))
}

// sampler walks over choices of columns and signals (Gibbs sampling).
//
// Source: George and McCulloch, Statistica Sinica 7 (1997) 339–373, for the choice of
// columns with coefficients and noise integrated out.
type sampler struct {
	*posterior
	rng   *rand.Rand
	in    chosen
	now   int // signal
	known map[string]cachedChoice
}

type cachedChoice struct {
	points  []point
	weights []float64
}

func newSampler(p *posterior, rng *rand.Rand) *sampler {
	s := &sampler{posterior: p, rng: rng, in: make(chosen, len(p.options)), known: map[string]cachedChoice{}}
	for o := range s.in {
		s.in[o] = p.prior[o] >= 1
	}
	_, weights := s.choice()
	s.now = pick(weights, rng)
	return s
}

// choice is the present choice under every signal; choices come back often.
func (s *sampler) choice() ([]point, []float64) {
	key := make([]byte, len(s.in))
	for o, on := range s.in {
		if on {
			key[o] = 1
		}
	}
	c, ok := s.known[string(key)]
	if !ok {
		c.points, c.weights = s.all(s.in)
		if len(s.known) < 2000 {
			s.known[string(key)] = c
		}
	}
	return c.points, c.weights
}

// sweep draws every option once, then the signal.
func (s *sampler) sweep() point {
	current := s.at(s.now, s.in)
	for o := range s.in {
		if s.prior[o] <= 0 || s.prior[o] >= 1 {
			continue
		}
		s.in[o] = !s.in[o]
		other := s.at(s.now, s.in)
		if s.rng.Float64()*(1+math.Exp(current.logP-other.logP)) < 1 {
			current = other
		} else {
			s.in[o] = !s.in[o]
		}
	}
	points, weights := s.choice()
	s.now = pick(weights, s.rng)
	return points[s.now]
}

// coefficients draws the noise's standard deviation and the coefficients at a point.
func (s *sampler) coefficients(pt point) (sigma float64, beta []float64) {
	sigma = math.Sqrt(pt.rest / chiSquared(pt.df, s.rng))
	beta = make([]float64, len(pt.beta))
	for i := range beta {
		beta[i] = s.rng.NormFloat64()
	}
	pt.factor.backward(beta)
	for i := range beta {
		beta[i] = pt.beta[i] + sigma*beta[i]
	}
	return sigma, beta
}

func pick(weights []float64, rng *rand.Rand) int {
	u := rng.Float64()
	for i, w := range weights {
		if u -= w; u < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// chiSquared draws from χ² by twice a gamma (Marsaglia and Tsang, ACM TOMS 26, 2000);
// df is above two here, always.
func chiSquared(df float64, rng *rand.Rand) float64 {
	d := df/2 - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(rng.Float64()) < .5*x*x+d-d*v+d*math.Log(v) {
			return 2 * d * v
		}
	}
}
