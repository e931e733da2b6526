package classic

import (
	"fmt"
	"math"
)

// SES is simple exponential smoothing with a given alpha, started at the first value: the
// level after the last one, and the sum of squared one-step errors. Both 0 without data.
func SES(y []float64, alpha float64) (level, sse float64) {
	if len(y) == 0 {
		return 0, 0
	}
	level = y[0]
	for _, v := range y[1:] {
		e := v - level
		sse += e * e
		level += alpha * e
	}
	return level, sse
}

// HoltWinters is the seasonal smoothing of Winters (1960) with given parameters in the
// textbook's scale (Beta of the change of the level). Level, slope and season start from
// the decomposition of the first two seasons and a line through its trend; smoothing runs
// from the second season on. Season of the result begins with the step after the last.
// The error says that the series is too short (two seasons), or not positive.
func HoltWinters(y []float64, m int, p Smoothing, multiplicative bool) (last State, sse float64, err error) {
	if m < 2 || len(y) < 2*m || !complete(y) {
		return State{}, 0, fmt.Errorf("smooth %d values with season %d: %v", len(y), m, TooShort)
	}
	d, why := Decompose(y[:2*m], m, multiplicative)
	if why != Fine {
		return State{}, 0, fmt.Errorf("smooth %d values with season %d: %v", len(y), m, why)
	}
	var trend []float64
	for _, v := range d.Trend {
		if usable(v) {
			trend = append(trend, v)
		}
	}
	last.Level, last.Slope = line(trend)
	season := append([]float64(nil), d.Indices...)
	for i := m; i < len(y); i++ {
		at := i % m
		base := last.Level + last.Slope
		if multiplicative && (season[at] == 0 || base == 0) {
			return State{}, 0, fmt.Errorf("smooth step %d: %v", i, NotPositive)
		}
		fitted, adjusted := base+season[at], y[i]-season[at]
		if multiplicative {
			fitted, adjusted = base*season[at], y[i]/season[at]
		}
		sse += (y[i] - fitted) * (y[i] - fitted)
		level := p.Alpha*adjusted + (1-p.Alpha)*base
		last.Slope = p.Beta*(level-last.Level) + (1-p.Beta)*last.Slope
		last.Level = level
		if multiplicative {
			season[at] = p.Gamma*y[i]/math.Max(level, 1e-300) + (1-p.Gamma)*season[at]
		} else {
			season[at] = p.Gamma*(y[i]-level) + (1-p.Gamma)*season[at]
		}
	}
	at := len(y) % m
	last.Season = append(append([]float64(nil), season[at:]...), season[:at]...)
	return last, sse, nil
}
