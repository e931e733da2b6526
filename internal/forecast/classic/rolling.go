package classic

// Method is a way to forecast: y without gaps, season m, h steps ahead.
type Method struct {
	Name     string
	Forecast func(y []float64, m, h int) Forecast
}

// Methods are the single methods of the pool, each with its own handling of the season.
func Methods() []Method {
	return []Method{
		{"seasonal naive", SeasonalNaive}, {"Theta", Theta}, {"dynamic Theta", DynamicThetaForecast},
		{"damped trend", Damped}, {"ETS", ETSForecast}, {"ARIMA", ARIMAForecast},
	}
}

// Score is how a method did from earlier origins.
type Score struct {
	Name    string
	MASE    float64 // mean over origins and steps, see MASE
	Origins int
}

// RollingOrigin fits every method anew at up to origins earlier ends of the series, h
// steps apart so that no value is forecast twice at the same step, and scores them by
// MASE (Tashman 2000). The training part keeps at least two seasons and h values. Origins
// is 0 where the series is too short for even one, or has gaps (see Clean).
func RollingOrigin(y []float64, m, h, origins int, methods []Method) []Score {
	scores := make([]Score, len(methods))
	for i, method := range methods {
		scores[i].Name = method.Name
	}
	if h < 1 || !complete(y) {
		return scores
	}
	scale := SeasonalScale(y, m)
	for k := 1; k <= origins; k++ {
		end := len(y) - k*h
		if end < max(2*m, h, 4) {
			break
		}
		for i, method := range methods {
			f := method.Forecast(y[:end], m, h)
			sum := 0.0
			for j, v := range f.Mean {
				sum += max(y[end+j]-v, v-y[end+j])
			}
			scores[i].MASE += ratio(sum/float64(h), scale)
			scores[i].Origins++
		}
	}
	for i := range scores {
		scores[i].MASE = ratio(scores[i].MASE, float64(scores[i].Origins))
	}
	return scores
}

// Choose is the method with the least MASE of RollingOrigin; the first of the list where
// the series is too short to tell.
func Choose(y []float64, m, h, origins int, methods []Method) (best int, scores []Score) {
	scores = RollingOrigin(y, m, h, origins, methods)
	for i, s := range scores {
		if s.Origins > 0 && s.MASE < scores[best].MASE {
			best = i
		}
	}
	return best, scores
}

// DynamicThetaForecast fits the dynamic optimised Theta model and carries it on.
func DynamicThetaForecast(y []float64, m, h int) Forecast {
	return tolerant(y, m, h, dynamicTheta)
}

func dynamicTheta(y []float64, m, h int) Forecast {
	d, ok := FitDynamicTheta(y, m)
	if !ok {
		return fallback(y, m, h)
	}
	if f := d.Forecast(h); f.sound() {
		return f
	}
	return fallback(y, m, h)
}

// Damped is exponential smoothing with a damped trend (Gardner & McKenzie 1985), ETS(A,Ad,N),
// after a season has been taken out where Seasonal finds one.
func Damped(y []float64, m, h int) Forecast { return tolerant(y, m, h, damped) }

func damped(y []float64, m, h int) Forecast {
	if len(y) == 0 || constant(y) {
		return fallback(y, 1, h)
	}
	adjusted, season := withoutSeason(y, m)
	e, err := FitETS(adjusted, 1, Kind{Trend: true, Damped: true}, Quick)
	if err != nil {
		return fallback(y, m, h)
	}
	f := reseasoned{etsMember{e}, season, len(y)}.Forecast(h)
	if !f.sound() {
		return fallback(y, m, h)
	}
	return f
}
