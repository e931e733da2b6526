package intervention

import (
	"math"
	"math/rand/v2"
)

// worldSpec is a made-up shop: a driver that moves the controls and, by half, the series;
// weekdays, new year, a yearly swing, a trend, counts, gaps and one day ×4.
type worldSpec struct {
	before, after int
	controls      int
	own           float64 // persistence of the series' own noise
	mean          float64 // a day
	lift          float64 // factor − 1 from the date on
	jump          float64 // the same for the first control
	walk          float64 // innovation of a random-walk level
	seed          uint64
}

func (w worldSpec) make() Study {
	rng := rand.New(rand.NewPCG(w.seed, 77))
	n := w.before + w.after
	start := rng.IntN(365)
	phase, slope := rng.Float64()*2*math.Pi, rng.NormFloat64()*.1/365
	driver, own, level := 0.0, 0.0, 0.0
	noise := make([]float64, w.controls)
	s := Study{Y: make([]float64, n), At: w.before, Season: 7, Seed: w.seed, Draws: 250}
	for range w.controls {
		s.Controls = append(s.Controls, make([]float64, n))
	}
	newYear := make([]float64, n)
	for t := -60; t < n; t++ {
		driver = .6*driver + .14*rng.NormFloat64()
		own = w.own*own + .12*rng.NormFloat64()
		for j := range noise {
			noise[j] = .5*noise[j] + .1*rng.NormFloat64()
		}
		if t < 0 {
			continue
		}
		level += w.walk * rng.NormFloat64()
		day := start + t
		calendar := .12*math.Sin(2*math.Pi*float64(day)/365.25+phase) + slope*float64(t)
		if day%7 >= 5 {
			calendar -= .5
		}
		if year := day % 365; year >= 363 || year < 3 {
			calendar -= .75
			newYear[t] = 1
		}
		count := func(mean float64) float64 {
			if mean > 50 {
				return math.Max(0, math.Round(mean+math.Sqrt(mean)*rng.NormFloat64()))
			}
			k, p, limit := 0, 1.0, math.Exp(-mean)
			for p *= rng.Float64(); p > limit; p *= rng.Float64() {
				k++
			}
			return float64(k)
		}
		y := math.Exp(calendar + .5*driver + own + level)
		if t >= w.before {
			y *= 1 + w.lift
		}
		s.Y[t] = count(w.mean * y)
		for j := range noise {
			c := math.Exp(calendar + driver + noise[j])
			if j == 0 && t >= w.before {
				c *= 1 + w.jump
			}
			s.Controls[j][t] = count(2000 * c)
		}
	}
	for range 6 {
		s.Y[rng.IntN(n)] = math.NaN()
	}
	s.Y[rng.IntN(w.before)] *= 4
	s.Calendar = [][]float64{newYear}
	return s
}
