package classic

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Kinds lists the models that may be chosen for a series: the fifteen with additive trend
// (HKOS 2008, table 2.1), less those that are numerically unsound (additive error with
// multiplicative season), that need positive values, or more than the series has.
func Kinds(y []float64, m int) []Kind {
	products := positive(y)
	var out []Kind
	for _, season := range []Season{NoSeason, Additive, Multiplicative} {
		if season != NoSeason && (m < 2 || m > 24 || len(y) < 2*m+1) {
			continue
		}
		if season == Multiplicative && !products {
			continue
		}
		for _, trend := range []Kind{{}, {Trend: true}, {Trend: true, Damped: true}} {
			kind := trend
			kind.Season = season
			if season != Multiplicative {
				out = append(out, kind)
			}
			if products {
				kind.Multiplied = true
				out = append(out, kind)
			}
		}
	}
	return out
}

// BestETS fits every model of Kinds and keeps the one with the least AICc. The error
// says that none could be fitted; use SeasonalNaive then.
func BestETS(y []float64, m int, effort Effort) (*ETS, error) {
	var best *ETS
	var start Smoothing
	for _, kind := range Kinds(y, m) {
		// Additive and multiplicative errors share their recursion, so the one's
		// optimum is a good start for the other, which follows it in the list.
		if !kind.Multiplied || kind.Season == Multiplicative {
			start = Smoothing{}
		}
		e, err := fitETS(y, m, kind, effort, start)
		if err != nil {
			start = Smoothing{}
			continue
		}
		start = e.Smoothing
		if best == nil || e.AICc < best.AICc {
			best = e
		}
	}
	if best == nil {
		return nil, fmt.Errorf("choose an ETS model for %d values: %v", len(y), TooShort)
	}
	return best, nil
}

// Forecast carries the model on from its last state.
func (e *ETS) Forecast(h int) Forecast {
	return e.forecastFrom(e.Last, h)
}

func (e *ETS) forecastFrom(s State, h int) Forecast {
	f := Forecast{Model: e.String(), Mean: e.point(s, e.Phi, h)}
	if e.Season != Multiplicative || e.Multiplied {
		f.SD = e.deviations(s, h)
		return f
	}
	moved := *e
	moved.Last = s
	f.SD = spreadOf(moved.Simulate(simulated, h, 1), h)
	return f
}

// simulated is how many paths stand for a width without a formula: it is then known to
// three in a hundred.
const simulated = 600

// spreadOf is the standard deviation of paths at each step.
func spreadOf(paths [][]float64, h int) []float64 {
	out, at := make([]float64, h), make([]float64, len(paths))
	for i := range out {
		for j, path := range paths {
			at[j] = path[i]
		}
		out[i] = math.Sqrt(variance(at))
	}
	return out
}

// Simulate draws n paths of h steps from the last state with normal errors: paths[i][j] is
// step j of path i. It serves every model, also those without a formula for their width;
// the same seed gives the same paths.
func (e *ETS) Simulate(n, h int, seed uint64) [][]float64 {
	chance := rand.New(rand.NewPCG(seed, 0x455453))
	sd := math.Sqrt(e.Sigma2)
	paths := make([][]float64, n)
	for i := range paths {
		s := e.Last.clone()
		path := make([]float64, h)
		for j := range path {
			f := e.point(s, e.Phi, 1)[0]
			v := f + sd*chance.NormFloat64()
			if e.Multiplied {
				// Below −1 a relative error would turn the sign of the series.
				v = f * math.Max(1+sd*chance.NormFloat64(), 1e-3)
			}
			path[j] = v
			if _, _, ok := e.run(path[j:j+1], e.Smoothing, &s, nil); !ok {
				for k := j + 1; k < h; k++ {
					path[k] = v
				}
				break
			}
		}
		paths[i] = path
	}
	return paths
}

// ETSForecast chooses a model and carries it on; where none can be fitted it is the
// seasonal naive forecast with the reason.
func ETSForecast(y []float64, m, h int) Forecast { return tolerant(y, m, h, etsForecast) }

func etsForecast(y []float64, m, h int) Forecast {
	if len(y) == 0 || constant(y) {
		return fallback(y, 1, h)
	}
	e, err := BestETS(y, m, Full)
	if err != nil {
		return fallback(y, m, h)
	}
	if f := e.Forecast(h); f.sound() {
		return f
	}
	return fallback(y, m, h)
}
