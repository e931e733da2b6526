package classic

import "math"

// Theta is the Theta method (Assimakopoulos & Nikolopoulos 2000) in the form of Hyndman &
// Billah (2003): simple exponential smoothing with half the slope of the line through the
// series as drift, after a multiplicative season has been taken out where Seasonal finds
// one. SD is that of the smoothing, not scaled by the season.
func Theta(y []float64, m, h int) Forecast { return tolerant(y, m, h, theta) }

func theta(y []float64, m, h int) Forecast {
	if len(y) < 3 || constant(y) {
		return fallback(y, 1, h)
	}
	adjusted, season := withoutSeason(y, m)
	ses, err := FitETS(adjusted, 1, Kind{}, Full)
	if err != nil {
		return fallback(y, 1, h)
	}
	_, slope := line(adjusted)
	n, alpha := float64(len(y)), math.Max(ses.Alpha, 1e-10)
	lag := (1 - math.Pow(1-alpha, n)) / alpha // how far smoothing trails behind the line
	f := Forecast{Model: "Theta", Mean: make([]float64, h), SD: make([]float64, h)}
	for i := range f.Mean {
		f.Mean[i] = season.put(ses.Last.Level+slope/2*(float64(i)+lag), len(y)+i)
		f.SD[i] = math.Sqrt(ses.Sigma2 * (float64(i)*alpha*alpha + 1))
	}
	return f
}

// seasonal is a fixed season that was taken out of a series.
type seasonal struct {
	indices        []float64
	multiplicative bool
}

// put is the value with the season of step i (0 is the first of the series) put back.
func (s seasonal) put(v float64, i int) float64 {
	switch {
	case len(s.indices) == 0:
		return v
	case s.multiplicative:
		return v * s.indices[i%len(s.indices)]
	}
	return v + s.indices[i%len(s.indices)]
}

// withoutSeason takes out the classical season where there is one: by division, or by
// difference where a division is impossible (values or factors near or below zero).
func withoutSeason(y []float64, m int) ([]float64, seasonal) {
	if !Seasonal(y, m) {
		return y, seasonal{}
	}
	s := seasonal{multiplicative: true}
	d, why := Decompose(y, m, true)
	for _, v := range d.Indices {
		if v < 1e-2 {
			why = NotPositive
		}
	}
	if why != Fine {
		s.multiplicative = false
		d, _ = Decompose(y, m, false)
	}
	s.indices = d.Indices
	out := make([]float64, len(y))
	for i, v := range y {
		if s.multiplicative {
			out[i] = v / s.indices[i%m]
		} else {
			out[i] = v - s.indices[i%m]
		}
	}
	return out, s
}

// fallback is the simplest forecast, with the reason for it.
func fallback(y []float64, m, h int) Forecast {
	f := SeasonalNaive(y, m, h)
	switch {
	case f.Why != Fine:
	case constant(y):
		f.Why = Constant
	default:
		f.Why = TooShort
	}
	return f
}

// TwoLineTheta is the method as first written (Assimakopoulos & Nikolopoulos 2000) for a
// series without season: the mean of the line through the series carried on and of simple
// smoothing, started at its first value, of twice the series less that line.
func TwoLineTheta(y []float64, h int) Forecast { return tolerant(y, 1, h, twoLineTheta) }

func twoLineTheta(y []float64, _, h int) Forecast {
	n := len(y)
	if n < 3 || constant(y) {
		return fallback(y, 1, h)
	}
	at0, slope := line(y)
	bent := make([]float64, n)
	for i, v := range y {
		bent[i] = 2*v - (at0 + slope*float64(i+1))
	}
	alpha := golden(func(a float64) float64 { _, sse := SES(bent, a); return sse }, smallest, largest, 1e-8)
	level, sse := SES(bent, alpha)
	f := Forecast{Model: "Theta (two lines)", Mean: make([]float64, h), SD: make([]float64, h)}
	for i := range f.Mean {
		f.Mean[i] = (level + at0 + slope*float64(n+1+i)) / 2
		// One-step errors of the mean of both lines are half those of the bent one.
		f.SD[i] = math.Sqrt(sse / 4 / float64(n-1) * (1 + float64(i)*alpha*alpha))
	}
	return f
}
