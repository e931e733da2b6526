package classic

import "fmt"

// limits of the stepwise search (Hyndman & Khandakar 2008, section 3.2).
const (
	mostOrder, mostSeasonal = 5, 2
	clearance               = 1.01 // roots nearer to the unit circle are refused
)

// strongSeason is the seasonal strength above which a seasonal difference is taken.
const strongSeason = .64

// AutoARIMA chooses the order by the stepwise search of Hyndman & Khandakar (2008): the
// seasonal difference by the strength of the season, first differences by the KPSS test,
// the rest by the least AICc, every model by exact likelihood. The error says that no
// model could be fitted; use SeasonalNaive then.
//
// With effort Published the search goes on from the model without any coefficient as if
// that had a constant, as the widely used program does: it ends earlier, and reproduces
// published orders.
func AutoARIMA(y []float64, m int, effort Effort) (*ARIMA, error) {
	if !complete(y) {
		return nil, fmt.Errorf("choose an ARIMA model: %v", TooManyGaps)
	}
	s := search{y: y, m: m, tried: map[Order]bool{}}
	base := Order{}
	s.w = y
	if m > 1 && len(y) > 2*m+5 && SeasonalStrength(y, m) > strongSeason {
		base.SD = 1
		s.w = lagged(y, m)
	} else if len(y) < 2*m+5 {
		s.m = 1
	}
	base.D = Differences(s.w)
	base.Constant = base.D+base.SD <= 1
	s.w = difference(y, max(s.m, 1), base)
	first := base
	first.P, first.Q = 2, 2
	start := []Order{first, base, base, base}
	start[2].P, start[3].Q = 1, 1
	if s.m > 1 {
		start[0].SP, start[0].SQ, start[2].SP, start[3].SQ = 1, 1, 1, 1
	}
	for _, order := range start {
		s.try(order)
	}
	if base.Constant {
		base.Constant = false
		s.stuck = s.try(base) && effort == Published
	}
	for s.best != nil && s.improve() {
	}
	if s.best == nil {
		return nil, fmt.Errorf("choose an ARIMA model for %d values: %v", len(y), TooShort)
	}
	return s.best, nil
}

type search struct {
	y, w  []float64
	m     int
	best  *ARIMA
	tried map[Order]bool
	stuck bool // neighbours have a constant although the best has none
}

// improve tries the neighbours of the best model and stops at the first better one.
func (s *search) improve() bool {
	for _, by := range []Order{
		{SP: -1}, {SQ: -1}, {SP: 1}, {SQ: 1}, {SP: -1, SQ: -1}, {SP: -1, SQ: 1}, {SP: 1, SQ: -1}, {SP: 1, SQ: 1},
		{P: -1}, {Q: -1}, {P: 1}, {Q: 1}, {P: -1, Q: -1}, {P: -1, Q: 1}, {P: 1, Q: -1}, {P: 1, Q: 1}, {Constant: true},
	} {
		order := s.best.Order
		order.Constant = order.Constant || s.stuck
		order.P, order.Q, order.SP, order.SQ = order.P+by.P, order.Q+by.Q, order.SP+by.SP, order.SQ+by.SQ
		if by.Constant {
			order.Constant = !order.Constant
		}
		if s.try(order) {
			return true
		}
	}
	return false
}

// try fits an order and reports whether it is the best so far.
func (s *search) try(o Order) bool {
	small := len(s.w) / 3 // a short series has no room for long memory
	switch {
	case s.tried[o], o.P < 0, o.Q < 0, o.SP < 0, o.SQ < 0,
		o.P > min(mostOrder, small), o.Q > min(mostOrder, small), o.SP > mostSeasonal, o.SQ > mostSeasonal,
		s.m < 2 && o.SP+o.SQ > 0, o.Constant && o.D+o.SD > 1:
		return false
	}
	s.tried[o] = true
	a, err := fitARIMA(s.y, s.w, s.m, o, s.best)
	if err != nil {
		return false
	}
	p := a.arma()
	if !clearOfUnity(p.phi, clearance) || !clearOfUnity(negated(p.theta), clearance) {
		return false
	}
	if s.best != nil && a.AICc >= s.best.AICc {
		return false
	}
	s.best, s.stuck = a, false
	return true
}

// ARIMAForecast chooses a model and carries it on; where none can be fitted it is the
// seasonal naive forecast with the reason.
func ARIMAForecast(y []float64, m, h int) Forecast { return tolerant(y, m, h, arimaForecast) }

func arimaForecast(y []float64, m, h int) Forecast {
	if len(y) == 0 || constant(y) {
		return fallback(y, 1, h)
	}
	a, err := AutoARIMA(y, m, Full)
	if err != nil {
		return fallback(y, m, h)
	}
	if f := a.Forecast(h); f.sound() {
		return f
	}
	return fallback(y, m, h)
}
