package classic

import "math"

// DynamicTheta is the dynamic optimised Theta model of Fiorucci, Pellegrini, Louzada,
// Petropoulos & Koehler (2016), equations 11–17: smoothing with a line that is estimated
// anew at every step, its share 1 − 1/theta chosen by least squares together with alpha
// and the first level.
type DynamicTheta struct {
	Alpha, Theta, Level float64 // Theta ≥ 1; Level is that before the first value
	SSE                 float64
	season              seasonal
	y                   []float64 // without the season
}

// FitDynamicTheta fits the model after a multiplicative season was taken out where
// Seasonal finds one. ok is false with fewer than four values, gaps, or a constant series.
func FitDynamicTheta(y []float64, m int) (d DynamicTheta, ok bool) {
	if len(y) < 4 || !complete(y) || constant(y) {
		return d, false
	}
	d.y, d.season = withoutSeason(y, m)
	d.fit()
	return d, usable(d.SSE)
}

func (d *DynamicTheta) fit() {
	spread := math.Sqrt(variance(d.y))
	wide := 10*spread + math.Abs(d.y[0])
	s := simplex{lower: []float64{.05, 0, d.y[0] - wide}, upper: []float64{.99, .999, d.y[0] + wide}, step: []float64{.2, -.2, .2*spread + 1e-9}, most: 400, tolerance: 1e-8}
	best, value := s.minimise(func(x []float64) float64 {
		_, sse := d.run(x[0], x[1], x[2], len(d.y), 0)
		return sse
	}, []float64{.5, .5, d.y[0]})
	d.Alpha, d.Theta, d.Level, d.SSE = best[0], 1/(1-best[1]), best[2], value
}

// run passes the first t values through the model and carries it on for h steps. share is
// 1 − 1/theta.
func (d *DynamicTheta) run(alpha, share, level float64, t, h int) (ahead []float64, sse float64) {
	mean, slope, start := 0.0, 0.0, 0.0
	power := 1.0 // (1−alpha)^(steps so far)
	if h > 0 {
		ahead = make([]float64, h)
	}
	for i := range t + h {
		next := power * (1 - alpha)
		mu := level + share*(power*start+(1-next)/alpha*slope)
		v := mu
		if i < t {
			v = d.y[i]
			sse += (v - mu) * (v - mu)
		} else {
			ahead[i-t] = mu
		}
		level += alpha * (v - level)
		n := float64(i + 1)
		if i == 0 {
			slope, mean = 0, v
		} else {
			slope = ((n-2)*slope + 6*(v-mean)/n) / (n + 1)
			mean += (v - mean) / n
		}
		start = mean - slope*(n+1)/2
		power = next
	}
	return ahead, sse
}

// after is the point forecast once the first t values are known.
func (d *DynamicTheta) after(t, h int) []float64 {
	ahead, _ := d.run(d.Alpha, 1-1/d.Theta, d.Level, t, h)
	for i, v := range ahead {
		ahead[i] = d.season.put(v, t+i)
	}
	return ahead
}

// Forecast carries the model on. SD is that of simple smoothing with the same alpha.
func (d *DynamicTheta) Forecast(h int) Forecast {
	f := Forecast{Model: "dynamic Theta", Mean: d.after(len(d.y), h), SD: make([]float64, h)}
	sigma2 := d.SSE / math.Max(float64(len(d.y)-3), 1)
	for i := range f.SD {
		f.SD[i] = math.Sqrt(sigma2 * (1 + float64(i)*d.Alpha*d.Alpha))
	}
	return f
}
