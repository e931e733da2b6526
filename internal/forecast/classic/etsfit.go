package classic

import (
	"fmt"
	"math"
)

// The box of the smoothing parameters, as is usual (HKOS 2008, section 2.6): a hair away
// from 0 and 1, the damping between .8 (less is no trend) and .98 (more is no damping).
const (
	smallest, largest     = 1e-4, .9999
	leastPhi, greatestPhi = .8, .98
)

// Effort is how hard a fit tries.
type Effort int

// Full optimises every initial seasonal effect; Quick leaves those at their start from
// the decomposition, which costs a tenth and forecasts as well; Published searches as the
// published figures were searched (see nash) and stops as early.
const (
	Full Effort = iota
	Quick
	Published
)

// FitETS estimates one model by maximum likelihood (HKOS 2008, equation 5.3): smoothing
// parameters and the state before the first value, by Nelder–Mead in the box
// 0 < beta < alpha < 1, 0 < gamma < 1−alpha. y has no gaps (see Clean).
//
// The error says why a model cannot be fitted to the series: too short (fewer than its
// parameters + 3 values, or less than two seasons), or a product of values ≤ 0.
func FitETS(y []float64, m int, kind Kind, effort Effort) (*ETS, error) {
	return fitETS(y, m, kind, effort, Smoothing{})
}

// fitETS starts the search at given parameters where they are not zero.
func fitETS(y []float64, m int, kind Kind, effort Effort, start Smoothing) (*ETS, error) {
	n := len(y)
	if !complete(y) {
		return nil, fmt.Errorf("fit %v: %v", kind, TooManyGaps)
	}
	if kind.Season == NoSeason {
		m = 0
	} else if m < 2 || n < 2*m {
		return nil, fmt.Errorf("fit %v to %d values: %v", kind, n, TooShort)
	}
	free := kind.parameters(m)
	if n < free+3 {
		return nil, fmt.Errorf("fit %v to %d values: %v", kind, n, TooShort)
	}
	if (kind.Multiplied || kind.Season == Multiplicative) && !positive(y) {
		return nil, fmt.Errorf("fit %v: %v", kind, NotPositive)
	}
	var f *etsFit
	var x []float64
	var value float64
	if effort == Published {
		f, x, value = searchAsPublished(y, m, kind)
	} else {
		f = newETSFit(y, m, kind, effort, start)
		x, value = f.search()
	}
	if math.IsInf(value, 0) || math.IsNaN(value) {
		return nil, fmt.Errorf("fit %v: no admissible parameters found", kind)
	}
	p, s := f.unpack(x)
	e := &ETS{Kind: kind, Smoothing: p, Period: m, Initial: s.clone(), N: n, y: y}
	return e, e.finish(free)
}

// FixedETS is a model whose parameters and initial state are given, passed through y;
// estimated is the number of those that were estimated from y (for Sigma2 and AICc).
func FixedETS(y []float64, kind Kind, p Smoothing, initial State, estimated int) (*ETS, error) {
	if !kind.Damped {
		p.Phi = 1
	}
	if !kind.Trend {
		p.Beta = 0
	}
	if kind.Season == NoSeason {
		p.Gamma = 0
	}
	if !complete(y) {
		return nil, fmt.Errorf("fix %v: %v", kind, TooManyGaps)
	}
	if kind.Season != NoSeason && len(initial.Season) < 2 {
		return nil, fmt.Errorf("fix %v: the initial state has no season", kind)
	}
	e := &ETS{Kind: kind, Smoothing: p, Period: len(initial.Season), Initial: initial.clone(), N: len(y), y: y}
	return e, e.finish(estimated)
}

// parameters counts what is estimated beside the variance.
func (k Kind) parameters(m int) int {
	count := 2 // alpha and the level
	if k.Trend {
		count += 2
	}
	if k.Damped {
		count++
	}
	if k.Season != NoSeason {
		count += m // gamma and m−1 free effects
	}
	return count
}

func (e *ETS) finish(estimated int) error {
	s := e.Initial.clone()
	sse, logs, ok := e.run(e.y, e.Smoothing, &s, nil)
	if !ok {
		return fmt.Errorf("run %v: %v", e.Kind, NotPositive)
	}
	n, k := float64(e.N), float64(estimated+1)
	e.Last, e.SSE = s, sse
	e.LogLik = -.5 * (n*math.Log(math.Max(sse, 1e-300)) + 2*logs)
	e.AICc = -2*e.LogLik + 2*k
	if n-k-1 > 0 {
		e.AICc += 2 * k * (k + 1) / (n - k - 1)
	} else {
		e.AICc = math.Inf(1)
	}
	e.Sigma2 = sse / math.Max(n-k+1, 1)
	return nil
}

// etsFit is the search for one model: how a point of the box becomes parameters.
type etsFit struct {
	kind    Kind
	y       []float64
	m       int
	effort  Effort
	x       []float64
	box     simplex
	initial State
	work    State
}

func newETSFit(y []float64, m int, kind Kind, effort Effort, start Smoothing) *etsFit {
	f := &etsFit{kind: kind, y: y, m: m, effort: effort, initial: initialState(y, m, kind)}
	f.work = f.initial.clone()
	add := func(x, lower, upper, step float64) {
		f.x = append(f.x, math.Min(math.Max(x, lower), upper))
		f.box.lower, f.box.upper = append(f.box.lower, lower), append(f.box.upper, upper)
		f.box.step = append(f.box.step, step)
	}
	pick := func(given, usual float64) float64 {
		if given > 0 {
			return given
		}
		return usual
	}
	alpha := pick(start.Alpha, .3)
	add(alpha, smallest, largest, .2)
	if kind.Trend {
		add(pick(start.Beta, .1*alpha), smallest, largest, .1)
	}
	if kind.Season != NoSeason {
		add(pick(start.Gamma, .05*(1-alpha)), smallest, 1-smallest, .1)
	}
	if kind.Damped {
		add(pick(start.Phi, .95), leastPhi, greatestPhi, -.05)
	}
	spread := math.Sqrt(variance(y))
	if spread == 0 {
		spread = 1
	}
	wide := 1e3*spread + 10*math.Abs(f.initial.Level)
	add(f.initial.Level, f.initial.Level-wide, f.initial.Level+wide, .2*spread)
	if kind.Trend {
		add(f.initial.Slope, f.initial.Slope-wide, f.initial.Slope+wide, .05*spread)
	}
	if kind.Season != NoSeason && effort != Quick {
		low, high, step := -wide, wide, .1*spread
		if kind.Season == Multiplicative {
			low, high, step = 1e-3, float64(m), .05
		}
		for _, v := range f.initial.Season[:m-1] {
			add(v, low, high, step)
		}
	}
	f.box.tolerance = 1e-9
	f.box.most = 120 * len(f.x)
	return f
}

// search runs the simplex, and again from where it ended: a simplex in many dimensions
// collapses before it arrives.
func (f *etsFit) search() ([]float64, float64) {
	x, value := f.box.minimise(f.objective, f.x)
	rounds := 1
	if f.effort != Quick {
		rounds = 6
	}
	for range rounds {
		again, better := f.box.minimise(f.objective, x)
		gain := value - better
		x, value = again, better
		if !(gain > 1e-6*math.Abs(value)) {
			break
		}
	}
	return x, value
}

func (f *etsFit) objective(x []float64) float64 {
	p, s := f.unpack(x)
	if f.kind.Trend && p.Beta > p.Alpha || f.kind.Season != NoSeason && p.Gamma > 1-p.Alpha {
		return math.Inf(1)
	}
	if f.effort == Published && !f.inside(p) {
		return math.Inf(1)
	}
	if f.kind.Season == Multiplicative && s.Season[f.m-1] <= 0 {
		return math.Inf(1)
	}
	sse, logs, ok := f.kind.run(f.y, p, &s, nil)
	if !ok {
		return math.Inf(1)
	}
	return float64(len(f.y))*math.Log(math.Max(sse, 1e-300)) + 2*logs
}

// unpack writes into the shared working state: one fit makes thousands of calls.
func (f *etsFit) unpack(x []float64) (Smoothing, State) {
	p := Smoothing{Alpha: x[0], Phi: 1}
	at := 1
	if f.kind.Trend {
		p.Beta = x[at]
		at++
	}
	if f.kind.Season != NoSeason {
		p.Gamma = x[at]
		at++
	}
	if f.kind.Damped {
		p.Phi = x[at]
		at++
	}
	s := f.work
	s.Level = x[at]
	at++
	s.Slope = 0
	if f.kind.Trend {
		s.Slope = x[at]
		at++
	}
	if f.kind.Season == NoSeason {
		return p, s
	}
	copy(s.Season, f.initial.Season)
	if f.effort != Quick {
		rest := 0.0 // the effects sum to nothing, the factors to m
		if f.kind.Season == Multiplicative {
			rest = float64(f.m)
		}
		for i := range f.m - 1 {
			s.Season[i] = x[at+i]
			rest -= x[at+i]
		}
		s.Season[f.m-1] = rest
	}
	return p, s
}
