package classic

import "math"

// Forecast is what every method answers: h steps ahead in the units of y.
type Forecast struct {
	Model string    // for instance "ETS(A,Ad,N)" or "ARIMA(0,1,1)"
	Mean  []float64 // the point forecast
	SD    []float64 // standard deviation of the error at each step, before any calibration
	Why   Reason    // why it is simpler than what was asked for
}

// Interval is the central interval of the level (.8, .95) if errors are normal.
func (f Forecast) Interval(level float64) (lo, hi []float64) {
	z := normalQuantile(.5 + level/2)
	lo, hi = make([]float64, len(f.Mean)), make([]float64, len(f.Mean))
	for i, v := range f.Mean {
		lo[i], hi[i] = v-z*f.SD[i], v+z*f.SD[i]
	}
	return lo, hi
}

// sound reports whether all numbers are finite.
func (f Forecast) sound() bool {
	for i := range f.Mean {
		if !usable(f.Mean[i]) || !usable(f.SD[i]) {
			return false
		}
	}
	return true
}

// SeasonalNaive repeats the last season (m = 1: the last value). The error's standard
// deviation is the root mean square of the differences a season apart times the root of
// the seasons passed. A series shorter than a season repeats its last value.
func SeasonalNaive(y []float64, m, h int) Forecast { return tolerant(y, m, h, seasonalNaive) }

func seasonalNaive(y []float64, m, h int) Forecast {
	if len(y) == 0 {
		return Forecast{Model: "none", Mean: repeat(0, h), SD: repeat(0, h), Why: NoData}
	}
	why := Fine
	if m < 1 || len(y) < m {
		m, why = 1, TooShort
	}
	sum := 0.0
	for i := m; i < len(y); i++ {
		sum += (y[i] - y[i-m]) * (y[i] - y[i-m])
	}
	sd := math.Sqrt(ratio(sum, float64(len(y)-m)))
	f := Forecast{Model: "seasonal naive", Mean: make([]float64, h), SD: make([]float64, h), Why: why}
	if m == 1 {
		f.Model = "naive"
	}
	for i := range f.Mean {
		f.Mean[i] = y[len(y)-m+i%m]
		f.SD[i] = sd * math.Sqrt(float64(i/m+1))
	}
	return f
}
