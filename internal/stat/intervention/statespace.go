package intervention

// Trend is how the underlying level of a series moves.
type Trend int

const (
	// LocalLevel is a random walk.
	LocalLevel Trend = iota
	// LocalLinear is a random walk whose slope is a random walk.
	LocalLinear
)

// Structure says which parts a series is made of,
//
//	y_t = level_t + season_t + persistent_t + x_t'β + ε_t,
//
// with a level by Trend, a dummy season of the given period (0 or 1: none) and, where
// asked for, a stationary first-order autoregression. Coefs > 0 puts that many regression
// coefficients into the state; otherwise they are found by generalised least squares.
//
// Source: Harvey, Forecasting, Structural Time Series Models and the Kalman Filter
// (1989), ch. 2; Durbin and Koopman, Time Series Analysis by State Space Methods
// (2nd ed. 2012), ch. 3.
type Structure struct {
	Trend      Trend
	Season     int
	Persistent bool
	Coefs      int
}

// Variances are the variances of a Structure's disturbances, in squared units of the
// series; Phi is the autoregressive coefficient of the persistent part, |Phi| < 1, and
// Persistent the variance of its innovation.
type Variances struct {
	Irregular, Level, Slope, Season, Persistent, Phi float64
}

// layout is where each part lies in the state vector; -1 where it is absent.
type layout struct {
	size, slope, season, seasons, persistent, coefs, coefCount int
}

func (s Structure) layout() layout {
	l := layout{size: 1, slope: -1, season: -1, persistent: -1, coefs: -1}
	if s.Trend == LocalLinear {
		l.slope, l.size = l.size, l.size+1
	}
	if s.Season > 1 {
		l.season, l.seasons, l.size = l.size, s.Season-1, l.size+s.Season-1
	}
	if s.Persistent {
		l.persistent, l.size = l.size, l.size+1
	}
	if s.Coefs > 0 {
		l.coefs, l.coefCount, l.size = l.size, s.Coefs, l.size+s.Coefs
	}
	return l
}

// diffuse is the number of states without a distribution to start from.
func (l layout) diffuse() int {
	if l.persistent >= 0 {
		return l.size - 1
	}
	return l.size
}

// advance moves a state one step ahead, in place. The matrix of transition is mostly
// zeros and ones, so it is never written down.
func (l layout) advance(state []float64, phi float64) {
	if l.slope >= 0 {
		state[0] += state[l.slope]
	}
	if l.season >= 0 {
		sum := 0.0
		part := state[l.season : l.season+l.seasons]
		for i := len(part) - 1; i > 0; i-- {
			sum += part[i]
			part[i] = part[i-1]
		}
		part[0] = -(sum + part[0])
	}
	if l.persistent >= 0 {
		state[l.persistent] *= phi
	}
}

// retreat is the transpose of advance: what the smoother's backward pass needs.
func (l layout) retreat(r []float64, phi float64) {
	if l.slope >= 0 {
		r[l.slope] += r[0]
	}
	if l.season >= 0 {
		part := r[l.season : l.season+l.seasons]
		first := part[0]
		for i := range len(part) - 1 {
			part[i] = part[i+1] - first
		}
		part[len(part)-1] = -first
	}
	if l.persistent >= 0 {
		r[l.persistent] *= phi
	}
}

// observe is what a state shows of itself; coefs is the row of regressors, where these
// are in the state.
func (l layout) observe(state, coefs []float64) float64 {
	y := state[0]
	if l.season >= 0 {
		y += state[l.season]
	}
	if l.persistent >= 0 {
		y += state[l.persistent]
	}
	for i := range l.coefCount {
		y += state[l.coefs+i] * coefs[i]
	}
	return y
}

// addLoading adds f times the row that observes the state to r.
func (l layout) addLoading(r, coefs []float64, f float64) {
	r[0] += f
	if l.season >= 0 {
		r[l.season] += f
	}
	if l.persistent >= 0 {
		r[l.persistent] += f
	}
	for i := range l.coefCount {
		r[l.coefs+i] += f * coefs[i]
	}
}

// advanceCovariance is T P T' + RQR', in place, with P stored by rows.
func (l layout) advanceCovariance(p []float64, v Variances, scratch []float64) {
	m := l.size
	for i := range m { // T applied to each row: P T'
		l.advance(p[i*m:(i+1)*m], v.Phi)
	}
	for j := range m { // T applied to each column
		for i := range m {
			scratch[i] = p[i*m+j]
		}
		l.advance(scratch[:m], v.Phi)
		for i := range m {
			p[i*m+j] = scratch[i]
		}
	}
	p[0] += v.Level
	if l.slope >= 0 {
		p[l.slope*m+l.slope] += v.Slope
	}
	if l.season >= 0 {
		p[l.season*m+l.season] += v.Season
	}
	if l.persistent >= 0 {
		p[l.persistent*m+l.persistent] += v.Persistent
	}
}

// start is the covariance before anything is seen: kappa for what has no distribution,
// the stationary variance for the persistent part.
func (l layout) start(v Variances, kappa float64) []float64 {
	p := make([]float64, l.size*l.size)
	for i := range l.size {
		p[i*l.size+i] = kappa
	}
	if l.persistent >= 0 {
		p[l.persistent*l.size+l.persistent] = v.Persistent / max(1-v.Phi*v.Phi, 1e-6)
	}
	return p
}
