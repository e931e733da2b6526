package classic

import (
	"fmt"
	"math"
	"slices"
)

// Order is that of a seasonal ARIMA model (Box & Jenkins 1976): p, d, q and the seasonal
// P, D, Q of season m. Constant adds a mean where nothing is differenced, a drift where
// one difference is taken.
type Order struct {
	P, D, Q    int
	SP, SD, SQ int
	Constant   bool
}

// ARIMA is a fitted model.
type ARIMA struct {
	Order
	Period           int
	AR, MA, SAR, SMA []float64 // coefficients with plus signs: w = Σ AR·w + ε + Σ MA·ε
	Mean             float64   // of the differenced series, in its units
	Sigma2           float64   // of the shocks, divided by values less coefficients
	LogLik, AICc     float64
	y, w             []float64
	partial          []float64 // the search's own coordinates, to start neighbours from
}

// String is the usual name.
func (a *ARIMA) String() string {
	name := fmt.Sprintf("ARIMA(%d,%d,%d)", a.P, a.D, a.Q)
	if a.SP+a.SD+a.SQ > 0 {
		name += fmt.Sprintf("(%d,%d,%d)[%d]", a.SP, a.SD, a.SQ, a.Period)
	}
	if a.Constant {
		name += " with drift"
		if a.D+a.SD == 0 {
			name = name[:len(name)-len("drift")] + "mean"
		}
	}
	return name
}

// FitARIMA estimates a model of given order by exact maximum likelihood: the Kalman
// filter with its stationary start on the differenced series, the coefficients as partial
// autocorrelations so that every point of the search is stationary and invertible
// (Monahan 1984), the variance concentrated out. y has no gaps.
//
// The error says that the series is too short for the order, or constant once differenced.
func FitARIMA(y []float64, m int, order Order) (*ARIMA, error) {
	if !complete(y) {
		return nil, fmt.Errorf("fit ARIMA%v: %v", order, TooManyGaps)
	}
	if order.P < 0 || order.D < 0 || order.Q < 0 || order.SP < 0 || order.SD < 0 || order.SQ < 0 {
		return nil, fmt.Errorf("fit ARIMA%v: no such order", order)
	}
	return fitARIMA(y, difference(y, max(m, 1), order), m, order, nil)
}

func difference(y []float64, m int, order Order) []float64 {
	w := slices.Clone(y)
	for range order.SD {
		w = lagged(w, m)
	}
	for range order.D {
		w = lagged(w, 1)
	}
	return w
}

func lagged(y []float64, lag int) []float64 {
	if len(y) <= lag {
		return nil
	}
	out := make([]float64, len(y)-lag)
	for i := range out {
		out[i] = y[i+lag] - y[i]
	}
	return out
}

// fitARIMA takes the differenced series from its caller, and a neighbour to start from.
func fitARIMA(y, w []float64, m int, order Order, near *ARIMA) (*ARIMA, error) {
	free := order.P + order.Q + order.SP + order.SQ
	all := free
	if order.Constant {
		all++
	}
	n := len(w)
	if n < all+3 || n < 2 {
		return nil, fmt.Errorf("fit ARIMA%v to %d values: %v", order, len(y), TooShort)
	}
	if m < 2 && order.SP+order.SD+order.SQ > 0 {
		return nil, fmt.Errorf("fit ARIMA%v: no season", order)
	}
	spread := math.Sqrt(variance(w))
	if !(spread > 1e-12*math.Abs(mean(w))) {
		return nil, fmt.Errorf("fit ARIMA%v: %v", order, Constant)
	}
	a := &ARIMA{Order: order, Period: m, y: y, w: w}
	centre := mean(w)
	x := make([]float64, all)
	s := simplex{lower: repeat(-.9999, all), upper: repeat(.9999, all), step: repeat(.25, all), most: 60 + 60*all, tolerance: 2e-7}
	if near != nil {
		a.startNear(near, x)
	}
	if order.Constant {
		s.lower[free], s.upper[free], s.step[free] = -20, 20, .3
	}
	scaled, work := make([]float64, n), make([]float64, 4*(max(order.P+m*order.SP, order.Q+m*order.SQ)+2))
	objective := func(x []float64) float64 {
		shift := 0.0
		if order.Constant {
			shift = centre + x[free]*spread
		}
		for i, v := range w {
			scaled[i] = (v - shift) / spread
		}
		ss, logs, _, ok := a.process(x).filter(scaled, nil, work)
		if !ok || !(ss > 0) {
			return math.Inf(1)
		}
		return float64(n)*math.Log(ss/float64(n)) + logs
	}
	best, value := s.minimise(objective, x)
	if math.IsInf(value, 0) {
		return nil, fmt.Errorf("fit ARIMA%v: no likelihood", order)
	}
	a.partial = slices.Clone(best)
	a.unpack(best)
	if order.Constant {
		a.Mean = centre + best[free]*spread
	}
	size := float64(n)
	a.LogLik = -.5 * (value + size*(1+math.Log(2*math.Pi)+2*math.Log(spread)))
	k := float64(all + 1)
	a.AICc = math.Inf(1)
	if size-k-1 > 0 {
		a.AICc = -2*a.LogLik + 2*k + 2*k*(k+1)/(size-k-1)
	}
	ss, _, _, _ := a.process(best).filter(a.centred(w), nil, work)
	a.Sigma2 = ss / math.Max(size-float64(all), 1)
	return a, nil
}

// centred takes the mean away.
func (a *ARIMA) centred(w []float64) []float64 {
	out := make([]float64, len(w))
	for i, v := range w {
		out[i] = v - a.Mean
	}
	return out
}

// startNear copies the coordinates that two orders share.
func (a *ARIMA) startNear(near *ARIMA, x []float64) {
	to, from := 0, 0
	for _, part := range [][2]int{{a.P, near.P}, {a.Q, near.Q}, {a.SP, near.SP}, {a.SQ, near.SQ}} {
		for i := range min(part[0], part[1]) {
			x[to+i] = .95 * near.partial[from+i]
		}
		to, from = to+part[0], from+part[1]
	}
}

func (a *ARIMA) unpack(x []float64) {
	take := func(count int) []float64 {
		part := fromPartial(x[:count])
		x = x[count:]
		return part
	}
	a.AR = take(a.P)
	a.MA = negated(take(a.Q))
	a.SAR = take(a.SP)
	a.SMA = negated(take(a.SQ))
}

// process is the stationary process of the search's coordinates.
func (a *ARIMA) process(x []float64) arma {
	b := ARIMA{Order: a.Order, Period: a.Period}
	b.unpack(x)
	return b.arma()
}

func (a *ARIMA) arma() arma {
	// (1 − Σ AR B^i)(1 − Σ SAR B^{im}) has the minus signs inside.
	return arma{phi: negated(times(negated(slices.Clone(a.AR)), negated(slices.Clone(a.SAR)), a.Period)), theta: times(a.MA, a.SMA, a.Period)}
}

func negated(x []float64) []float64 {
	for i := range x {
		x[i] = -x[i]
	}
	return x
}

// fromPartial turns partial autocorrelations into the coefficients of a stationary
// autoregression (Durbin–Levinson).
func fromPartial(r []float64) []float64 {
	out := slices.Clone(r)
	before := make([]float64, len(r))
	for k := 1; k < len(r); k++ {
		copy(before, out[:k])
		for i := range k {
			out[i] = before[i] - r[k]*before[k-1-i]
		}
	}
	return out
}

// clearOfUnity reports whether all roots of 1 − Σ phi_i z^i lie outside the circle of the
// given radius: the same as the scaled polynomial being stationary.
func clearOfUnity(phi []float64, radius float64) bool {
	c := slices.Clone(phi)
	scale := 1.0
	for i := range c {
		scale *= radius
		c[i] *= scale
	}
	for k := len(c) - 1; k >= 0; k-- {
		r := c[k]
		if math.Abs(r) >= 1 {
			return false
		}
		before := slices.Clone(c[:k])
		for i := range k {
			c[i] = (before[i] + r*before[k-1-i]) / (1 - r*r)
		}
	}
	return true
}

// Forecast carries the model on.
func (a *ARIMA) Forecast(h int) Forecast {
	return Forecast{Model: a.String(), Mean: a.after(len(a.y), h), SD: a.deviations(h)}
}

// after is the point forecast once the first t values are known; nil where t is too
// small for the differences.
func (a *ARIMA) after(t, h int) []float64 {
	lost := a.D + a.SD*a.Period
	if t <= lost {
		return nil
	}
	p := a.arma()
	_, _, state, ok := p.filter(a.centred(a.w[:t-lost]), nil, make([]float64, 4*(max(len(p.phi), len(p.theta))+2)))
	if !ok {
		return nil
	}
	state = slices.Clone(state)
	moved := make([]float64, len(state))
	poly := a.differences()
	known := append(make([]float64, 0, t+h), a.y[:t]...)
	for range h {
		v := a.Mean + state[0]
		for i, c := range poly {
			v += c * known[len(known)-1-i]
		}
		known = append(known, v)
		p.move(state, moved)
		state, moved = moved, state
	}
	return known[t:]
}

// differences are c_i of y_t = w_t + Σ c_i y_{t−i}.
func (a *ARIMA) differences() []float64 {
	poly := []float64{}
	for range a.D {
		poly = times(poly, []float64{-1}, 1)
	}
	for range a.SD {
		poly = times(poly, []float64{-1}, a.Period)
	}
	return negated(poly)
}

func (a *ARIMA) deviations(h int) []float64 {
	p := a.arma()
	full := arma{phi: negated(times(negated(slices.Clone(p.phi)), negated(a.differences()), 1)), theta: p.theta}
	out := make([]float64, h)
	sum := 0.0
	for i, v := range full.psi(h) {
		sum += v * v
		out[i] = math.Sqrt(a.Sigma2 * sum)
	}
	return out
}
