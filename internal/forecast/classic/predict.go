package classic

import "math"

// Prediction is the forecast of the whole pool with intervals that were calibrated: of
// the values to come, 80 and 95 in a hundred fall inside them, measured on the M3 and M4
// competitions.
type Prediction struct {
	Forecast                          // the combination; SD is the half width of 80 % over 1.28
	Members                []Forecast // what it combines
	Lo80, Hi80, Lo95, Hi95 []float64
}

// mostValues bounds how far back a fit looks: older values say little and cost much. A
// long season gets ten of them.
const mostValues = 520

// Predict forecasts a series with gaps or without by the pool — Theta, dynamic Theta,
// damped trend, ETS and ARIMA, combined by a trimmed mean — and gives it calibrated
// intervals. y[i] may be NaN; the first forecast is for the step after the last of y,
// even where that is missing. A series without negative values gets no negative forecast.
//
// Why says when it had to be simpler: NoData (all zero), Constant (carried on, no width),
// TooShort (naive), TooManyGaps (as usual, but do not trust it).
func Predict(y []float64, m, h int) Prediction {
	h = max(h, 0)
	clean, trailing, why := Clean(y, m)
	steps := h + trailing
	if len(clean) == 0 || constant(clean) {
		f := fallback(clean, 1, steps)
		return Prediction{Forecast: f, Members: []Forecast{f}}.bands(f.SD, f.SD).from(trailing)
	}
	if most := max(mostValues, 10*m); len(clean) > most {
		clean = clean[len(clean)-most:]
	}
	// A power of two takes the units away without rounding anything.
	unit := math.Exp2(math.Round(math.Log2(largestSize(clean))))
	scaled := make([]float64, len(clean))
	for i, v := range clean {
		scaled[i] = v / unit
	}
	p := predict(scaled, m, steps)
	if why != Fine {
		p.Why = why
	}
	return p.times(unit).from(trailing)
}

func largestSize(y []float64) float64 {
	most := 0.0
	for _, v := range y {
		most = math.Max(most, math.Abs(v))
	}
	return most
}

// predict works on a clean series of size one.
func predict(y []float64, m, h int) Prediction {
	var p Prediction
	var means, widths [][]float64
	var used []member
	for _, member := range pool(y, m) {
		f := member.Forecast(h)
		if !f.sound() || wild(f.Mean, y) {
			continue
		}
		used = append(used, member)
		p.Members = append(p.Members, f)
		means, widths = append(means, f.Mean), append(widths, f.SD)
	}
	if len(used) == 0 {
		f := SeasonalNaive(y, m, h)
		f.Why = TooShort
		p.Members, means, widths = []Forecast{f}, [][]float64{f.Mean}, [][]float64{f.SD}
		p.Why = TooShort
		p.Model = f.Model
	} else {
		p.Model = "combination"
	}
	p.Mean = combine(means)
	width := combine(widths)
	own := ownWidening(used, y, width)
	season := len(y) >= 2*m
	half80, half95 := make([]float64, h), make([]float64, h)
	for i := range width {
		w80, w95 := widening(m, len(y), i+1, season)
		half80[i] = normalQuantile(.9) * width[i] * own * w80
		half95[i] = math.Max(normalQuantile(.975)*width[i]*own*w95, half80[i])
	}
	p.SD = make([]float64, h)
	for i, v := range half80 {
		p.SD[i] = v / normalQuantile(.9)
	}
	p = p.bands(half80, half95)
	for _, v := range y {
		if v < 0 {
			return p
		}
	}
	for _, part := range [][]float64{p.Mean, p.Lo80, p.Hi80, p.Lo95, p.Hi95} {
		for i, v := range part {
			part[i] = math.Max(v, 0)
		}
	}
	return p
}

// wild reports a forecast that ran away: further out than the whole history spans, ten
// times over.
func wild(ahead, y []float64) bool {
	low, high := y[0], y[0]
	for _, v := range y {
		low, high = math.Min(low, v), math.Max(high, v)
	}
	reach := 10 * (high - low)
	for _, v := range ahead {
		if v < low-reach || v > high+reach {
			return true
		}
	}
	return false
}

// ownWidening is how much wider the errors of this very series were than its models
// think: the root mean square of the combination's errors from up to 24 earlier values,
// in units of the width, with the parameters as they are. Twenty errors that are as
// expected are added, and the root is taken once more: by both, what one series says is
// believed half (measured on the training parts: the best interval score).
func ownWidening(members []member, y, width []float64) float64 {
	n, sum, count := len(y), 0.0, 0.0
	for t := n - 1; t >= max(n/2, 6, n-24); t-- {
		steps := min(len(width), n-t)
		var ahead [][]float64
		for _, member := range members {
			if a := member.after(t, steps); a != nil {
				ahead = append(ahead, a)
			}
		}
		for i, v := range combine(ahead) {
			if z := (y[t+i] - v) / width[i]; usable(z) {
				sum += math.Min(z*z, 1e4)
				count++
			}
		}
	}
	return math.Pow((20+sum)/(20+count), .25)
}

func (p Prediction) bands(half80, half95 []float64) Prediction {
	around := func(half []float64, sign float64) []float64 {
		out := make([]float64, len(p.Mean))
		for i, v := range p.Mean {
			out[i] = v + sign*half[i]
		}
		return out
	}
	p.Lo80, p.Hi80 = around(half80, -1), around(half80, 1)
	p.Lo95, p.Hi95 = around(half95, -1), around(half95, 1)
	return p
}

func (p Prediction) each(change func([]float64) []float64) Prediction {
	for _, part := range []*[]float64{&p.Mean, &p.SD, &p.Lo80, &p.Hi80, &p.Lo95, &p.Hi95} {
		*part = change(*part)
	}
	for i := range p.Members {
		p.Members[i].Mean, p.Members[i].SD = change(p.Members[i].Mean), change(p.Members[i].SD)
	}
	return p
}

func (p Prediction) times(unit float64) Prediction {
	return p.each(func(x []float64) []float64 {
		for i := range x {
			x[i] *= unit
		}
		return x
	})
}

// from drops the steps that lie before the end of the series it was asked for.
func (p Prediction) from(step int) Prediction {
	return p.each(func(x []float64) []float64 { return x[step:] })
}
