package classic

import "math"

// Kind is one exponential smoothing model in the taxonomy of Hyndman, Koehler, Ord &
// Snyder, "Forecasting with Exponential Smoothing" (2008), chapter 2. Multiplicative
// trends are left out: they win nothing and explode.
type Kind struct {
	Multiplied bool // the error is multiplicative
	Trend      bool
	Damped     bool // only with Trend
	Season     Season
}

// Season is how a season enters a model.
type Season int

// The three ways.
const (
	NoSeason Season = iota
	Additive
	Multiplicative
)

// String is the usual name: ETS(M,Ad,M).
func (k Kind) String() string {
	name := "ETS(A,"
	if k.Multiplied {
		name = "ETS(M,"
	}
	switch {
	case k.Damped:
		name += "Ad,"
	case k.Trend:
		name += "A,"
	default:
		name += "N,"
	}
	return name + [...]string{"N)", "A)", "M)"}[k.Season]
}

// Smoothing holds the smoothing parameters: Alpha of the level, Beta of the slope (Beta =
// Alpha·β* of the textbook, so 0 < Beta < Alpha), Gamma of the season (0 < Gamma <
// 1−Alpha), Phi of the damping (.8 … .98; 1 without).
type Smoothing struct{ Alpha, Beta, Gamma, Phi float64 }

// State is where a model stands: level and slope per step in the units of y, and the
// seasonal effects of the m steps to come (Season[0] is the next one), in the units of y
// or as factors around 1.
type State struct {
	Level, Slope float64
	Season       []float64
}

func (s State) clone() State {
	s.Season = append([]float64(nil), s.Season...)
	return s
}

// ETS is a model with its parameters: what Run and Forecast need.
type ETS struct {
	Kind
	Smoothing
	Period  int
	Initial State // before the first value
	Last    State // after the last value

	LogLik, AICc float64
	SSE          float64 // of the errors, relative ones where the error is multiplicative
	Sigma2       float64 // SSE / (n − number of estimated values)
	N            int
	y            []float64
}

// run passes a series through the model from state s, which it changes, and returns the
// sum of squared errors and, for multiplicative errors, the sum of log|fitted|. ok is
// false where a product met a value that is not positive.
//
// The recursion is the same for additive and multiplicative errors (HKOS 2008, table 2.2,
// with the error written out): only what counts as an error differs. season is used as a
// ring, at is the place of the next step in it.
func (k Kind) run(y []float64, p Smoothing, s *State, errors []float64) (sse, logs float64, ok bool) {
	level, slope := s.Level, s.Slope
	season, m, at := s.Season, len(s.Season), 0
	alpha, beta, gamma, phi := p.Alpha, p.Beta, p.Gamma, p.Phi
	prod := 1.0
	for i, v := range y {
		base := level
		if k.Trend {
			slope *= phi
			base += slope
		}
		var fitted float64
		switch k.Season {
		case NoSeason:
			fitted = base
			e := v - base
			level = base + alpha*e
			slope += beta * e
		case Additive:
			sn := season[at]
			fitted = base + sn
			e := v - fitted
			level = base + alpha*e
			slope += beta * e
			season[at] = sn + gamma*e
		default:
			sn := season[at]
			if !(sn > 0) || !(base > 0) {
				return 0, 0, false
			}
			fitted = base * sn
			e := v - fitted
			level = base + alpha*e/sn
			slope += beta * e / sn
			season[at] = sn + gamma*e/base
		}
		if m > 0 {
			if at++; at == m {
				at = 0
			}
		}
		e := v - fitted
		if k.Multiplied {
			if !(fitted > 0) {
				return 0, 0, false
			}
			e /= fitted
			// One logarithm for many factors: it is the dearest step of the loop.
			if prod *= fitted; prod > 1e100 || prod < 1e-100 {
				logs += math.Log(prod)
				prod = 1
			}
		}
		if errors != nil {
			errors[i] = e
		}
		sse += e * e
	}
	if k.Multiplied {
		logs += math.Log(prod)
	}
	if m > 0 && at > 0 {
		turned := append(append(make([]float64, 0, m), season[at:]...), season[:at]...)
		copy(season, turned)
	}
	s.Level, s.Slope = level, slope
	return sse, logs, true
}

// after is the state once the first t values are known, the parameters as they are.
func (e *ETS) after(t int) (State, bool) {
	s := e.Initial.clone()
	_, _, ok := e.run(e.y[:t], e.Smoothing, &s, nil)
	return s, ok
}

// point is the point forecast of h steps from a state.
func (k Kind) point(s State, phi float64, h int) []float64 {
	out := make([]float64, h)
	trend, power := 0.0, 1.0
	for i := range out {
		v := s.Level
		if k.Trend {
			power *= phi
			trend += power
			v += trend * s.Slope
		}
		switch k.Season {
		case Additive:
			v += s.Season[i%len(s.Season)]
		case Multiplicative:
			v *= s.Season[i%len(s.Season)]
		}
		out[i] = v
	}
	return out
}

// deviations are the standard deviations of the h-step errors: exact for models whose
// season is not multiplicative (HKOS 2008, section 6.3, classes 1 and 2). For a
// multiplicative season (class 3) the level's variance is scaled by the season, exact up
// to one season ahead and close to it beyond, where the errors of level and season are
// taken as independent.
//
// Additive errors with a multiplicative season have no such formula: see Simulate.
func (e *ETS) deviations(s State, h int) []float64 {
	out := make([]float64, h)
	m := e.Period
	weight := func(j int, seasonal bool) float64 { // c_j of the book's equation 6.1
		c := e.Alpha
		if e.Trend {
			c += e.Beta * geometric(e.Phi, j)
		}
		if seasonal && e.Season == Additive && m > 0 && j%m == 0 {
			c += e.Gamma
		}
		return c
	}
	if !e.Multiplied && e.Season != Multiplicative {
		sum := 1.0
		for i := range out {
			if i > 0 {
				c := weight(i, true)
				sum += c * c
			}
			out[i] = math.Sqrt(e.Sigma2 * sum)
		}
		return out
	}
	level := e.Kind
	if e.Season == Multiplicative {
		level.Season = NoSeason
	}
	mu := level.point(s, e.Phi, h)
	theta := make([]float64, h)
	for i := range out {
		theta[i] = mu[i] * mu[i]
		for j := 1; j <= i; j++ {
			c := weight(j, true)
			theta[i] += e.Sigma2 * c * c * theta[i-j]
		}
		second := (1 + e.Sigma2) * theta[i]
		if e.Season != Multiplicative {
			out[i] = math.Sqrt(math.Max(second-mu[i]*mu[i], 0))
			continue
		}
		f := s.Season[i%m]
		second *= math.Pow(1+e.Gamma*e.Gamma*e.Sigma2, float64(i/m))
		out[i] = f * math.Sqrt(math.Max(second-mu[i]*mu[i], 0))
	}
	return out
}

// geometric is phi + phi² + … + phi^j.
func geometric(phi float64, j int) float64 {
	if phi == 1 {
		return float64(j)
	}
	return phi * (1 - math.Pow(phi, float64(j))) / (1 - phi)
}
