package classic

import "math"

// The quick pieces: no search, only small fixed grids, a few microseconds for a year of
// days. They serve where hundreds of daily series are forecast at once.

// QuickFit is the outcome of a quick fit: Ahead is the forecast, SSE the sum of squared
// one-step errors (first value left out), so that fits to one series can be compared.
type QuickFit struct {
	Ahead           []float64
	Alpha, Beta     float64
	Phi, SSE        float64
	Level, SlopeNow float64
}

// bridged leaves a complete series as it is.
func bridged(y []float64) []float64 {
	if complete(y) {
		return y
	}
	y, _, _ = Clean(y, 1)
	return y
}

var quickAlphas = [...]float64{.02, .05, .1, .15, .2, .3, .4, .5, .65, .8, .95}

// QuickSES is simple exponential smoothing, alpha from a grid of eleven by least squares.
// An empty series gives zeros.
func QuickSES(y []float64, h int) QuickFit {
	y = bridged(y)
	best := QuickFit{SSE: math.Inf(1)}
	for _, alpha := range quickAlphas {
		if level, sse := SES(y, alpha); sse < best.SSE {
			best = QuickFit{Alpha: alpha, SSE: sse, Level: level}
		}
	}
	best.Ahead = repeat(best.Level, h)
	return best
}

// QuickTheta is the Theta method without a season: QuickSES with half the slope of the
// line through the series as drift.
func QuickTheta(y []float64, h int) QuickFit {
	y = bridged(y)
	f := QuickSES(y, h)
	if len(y) < 3 {
		return f
	}
	_, slope := line(y)
	f.SlopeNow = slope / 2
	lag := (1 - math.Pow(1-f.Alpha, float64(len(y)))) / f.Alpha
	for i := range f.Ahead {
		f.Ahead[i] += f.SlopeNow * (float64(i) + lag)
	}
	return f
}

// QuickDamped is smoothing with a damped trend, alpha, beta = share·alpha and phi from a
// grid of 5·3·2 by least squares. With fewer than four values it is QuickSES.
func QuickDamped(y []float64, h int) QuickFit {
	y = bridged(y)
	if len(y) < 4 {
		return QuickSES(y, h)
	}
	best := QuickFit{SSE: math.Inf(1)}
	head := y[:min(len(y), 10)]
	start, slope := line(head)
	for _, alpha := range []float64{.05, .15, .3, .5, .8} {
		for _, share := range []float64{.02, .1, .3} {
			for _, phi := range []float64{.9, .97} {
				s := State{Level: start, Slope: slope}
				p := Smoothing{Alpha: alpha, Beta: share * alpha, Phi: phi}
				sse, _, _ := Kind{Trend: true, Damped: true}.run(y, p, &s, nil)
				if sse < best.SSE {
					best = QuickFit{Alpha: alpha, Beta: p.Beta, Phi: phi, SSE: sse, Level: s.Level, SlopeNow: s.Slope}
				}
			}
		}
	}
	best.Ahead = Kind{Trend: true, Damped: true}.point(State{Level: best.Level, Slope: best.SlopeNow}, best.Phi, h)
	return best
}
