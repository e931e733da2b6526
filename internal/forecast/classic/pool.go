package classic

import (
	"math"
	"slices"
)

// member is one fitted model of the pool: it carries on from the end, or from any earlier
// value with its parameters as they are.
type member interface {
	Forecast(h int) Forecast
	after(t, h int) []float64 // once the first t values are known; nil where t is too small
}

// etsMember lets an ETS model be a member.
type etsMember struct{ *ETS }

func (e etsMember) after(t, h int) []float64 {
	if t < 1 {
		return nil
	}
	s, ok := e.ETS.after(t)
	if !ok {
		return nil
	}
	return e.point(s, e.Phi, h)
}

type dynamicMember struct{ *DynamicTheta }

func (d dynamicMember) after(t, h int) []float64 {
	if t < 1 {
		return nil
	}
	return d.DynamicTheta.after(t, h)
}

// thetaMember is the plain Theta method: smoothing with half the slope as drift.
type thetaMember struct {
	ses *ETS
	y   []float64
}

func fitTheta(y []float64) (member, error) {
	ses, err := FitETS(y, 1, Kind{}, Full)
	if err != nil {
		return nil, err
	}
	return thetaMember{ses, y}, nil
}

func (f thetaMember) after(t, h int) []float64 {
	if t < 2 {
		return nil
	}
	s, _ := f.ses.after(t)
	_, slope := line(f.y[:t])
	alpha := math.Max(f.ses.Alpha, 1e-10)
	lag := (1 - math.Pow(1-alpha, float64(t))) / alpha
	out := make([]float64, h)
	for i := range out {
		out[i] = s.Level + slope/2*(float64(i)+lag)
	}
	return out
}

func (f thetaMember) Forecast(h int) Forecast {
	return Forecast{Model: "Theta", Mean: f.after(len(f.y), h), SD: f.ses.deviations(f.ses.Last, h)}
}

// reseasoned is a member fitted to a series without its season.
type reseasoned struct {
	member
	season seasonal
	n      int
}

func (r reseasoned) after(t, h int) []float64 {
	out := r.member.after(t, h)
	for i, v := range out {
		out[i] = r.season.put(v, t+i)
	}
	return out
}

func (r reseasoned) Forecast(h int) Forecast {
	f := r.member.Forecast(h)
	for i, v := range f.Mean {
		f.Mean[i] = r.season.put(v, r.n+i)
		if r.season.multiplicative && len(r.season.indices) > 0 {
			f.SD[i] *= math.Abs(r.season.indices[(r.n+i)%len(r.season.indices)])
		}
	}
	return f
}

// longSeason is the season from which smoothing and ARIMA cannot carry it themselves:
// weeks of a year, days of a year.
const longSeason = 25

// pool fits the members: Theta, dynamic Theta, damped trend, ETS, ARIMA. A long season is
// taken out once for all, where it is strong; a short one is left to ETS and ARIMA and
// taken out for the others where Seasonal finds one. Members that cannot be fitted are
// left out, and the season's naive forecast takes the place of none at all.
func pool(y []float64, m int) []member {
	n := len(y)
	adjusted, own, season, ownSeason, ownM := y, y, seasonal{}, seasonal{}, m
	if m >= longSeason {
		adjusted, season = withoutLongSeason(y, m)
		own, ownSeason, ownM = adjusted, season, 1
	} else {
		adjusted, season = withoutSeason(y, m)
	}
	var out []member
	add := func(m member, s seasonal, err error) {
		if err == nil {
			out = append(out, reseasoned{m, s, n})
		}
	}
	theta, err := fitTheta(adjusted)
	add(theta, season, err)
	d := &DynamicTheta{y: adjusted}
	if n >= 4 && !constant(adjusted) {
		d.fit()
		add(dynamicMember{d}, season, nil)
	}
	damped, err := FitETS(adjusted, 1, Kind{Trend: true, Damped: true}, Quick)
	add(etsMember{damped}, season, err)
	ets, err := BestETS(own, ownM, Quick)
	add(etsMember{ets}, ownSeason, err)
	arima, err := AutoARIMA(own, ownM, Full)
	add(arima, ownSeason, err)
	return out
}

// withoutLongSeason takes out the season of an STL decomposition, on the logarithm where
// all values are positive, if it is strong and was seen three times.
func withoutLongSeason(y []float64, m int) ([]float64, seasonal) {
	if len(y) < 3*m {
		return y, seasonal{}
	}
	s := seasonal{multiplicative: positive(y)}
	work := slices.Clone(y)
	if s.multiplicative {
		for i, v := range work {
			work[i] = math.Log(v)
		}
	}
	d, why := STL(work, m, STLOptions{Season: 13})
	if why != Fine {
		return y, seasonal{}
	}
	both := make([]float64, len(y))
	for i := range both {
		both[i] = d.Season[i] + d.Rest[i]
	}
	if 1-ratio(variance(d.Rest), variance(both)) < strongSeason {
		return y, seasonal{}
	}
	s.indices = d.Indices
	for i, v := range work {
		work[i] = v - d.Season[i]
		if s.multiplicative {
			work[i] = math.Exp(work[i])
		}
	}
	if s.multiplicative {
		for i, v := range s.indices {
			s.indices[i] = math.Exp(v)
		}
	}
	return work, s
}

// Rule is how forecasts are combined.
type Rule int

// The rules. Trimmed is the mean without the lowest and the highest, where there are four
// or more: on M3 as good as the mean, and safe from a member that runs away.
const (
	Trimmed Rule = iota
	Mean
	Median
)

// Combine joins forecasts of the same steps, mean and standard deviation each by the
// rule. Without any it is empty.
func Combine(forecasts []Forecast, rule Rule) Forecast {
	var means, widths [][]float64
	for _, f := range forecasts {
		means, widths = append(means, f.Mean), append(widths, f.SD)
	}
	if len(forecasts) == 0 {
		return Forecast{Model: "none", Why: NoData}
	}
	return Forecast{Model: "combination", Mean: combineBy(means, rule), SD: combineBy(widths, rule)}
}

// combine is the middle of the members' forecasts at each step: the mean of all but the
// lowest and the highest where there are four or more, else the mean.
func combine(forecasts [][]float64) []float64 { return combineBy(forecasts, Trimmed) }

func combineBy(forecasts [][]float64, rule Rule) []float64 {
	if len(forecasts) == 0 {
		return nil
	}
	out := make([]float64, len(forecasts[0]))
	for i := range out {
		var at []float64
		for _, f := range forecasts {
			if i < len(f) && usable(f[i]) {
				at = append(at, f[i])
			}
		}
		slices.Sort(at)
		switch n := len(at); {
		case rule == Median && n > 2:
			at = at[(n-1)/2 : n/2+1]
		case rule == Trimmed && n >= 4:
			at = at[1 : n-1]
		}
		out[i] = mean(at)
	}
	return out
}
