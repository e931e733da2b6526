package insight

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

// trace is an indicator's daily numbers as a test of links wants them.
type trace struct {
	first, last series.Day // of days with a value
	some        bool
	values      series.Daily
	// counts says that the values are whole things counted one by one; mean is how
	// many there are a day (for a rate: in its numerator).
	counts bool
	mean   float64
}

// traceScale is the mean that amounts and rates are scaled to. Only ratios of
// them matter to a test; counts stay as they are, since for them size is
// precision.
const traceScale = 1000

func (p *prober) trace(id string) *trace {
	t, done := p.traces[id]
	if !done {
		t = p.follow(id)
		p.traces[id] = t
	}
	return t
}

func (p *prober) follow(id string) *trace {
	t := &trace{}
	if h, mean, ok := p.smoothedRate(id); ok {
		t.values, t.mean, t.counts = h, mean, true
		scale(t.values.Values)
	} else {
		h := p.ev.History(id)
		t.values = series.Daily{First: h.First, Values: append([]float64{}, h.Slice(series.Span{From: h.First, To: p.asOf}).Values...)}
		t.counts = p.ev.Kind(id) == formula.Flow && whole(t.values.Values)
		t.mean = meanOf(t.values.Values)
		if !t.counts {
			scale(t.values.Values)
		}
	}
	t.first, t.some = t.values.FirstPresent()
	t.last, _ = t.values.LastPresent()
	return t
}

// smoothedRate is a rate that is measured as one sum over another, day by day. Half
// a thing is added above and one below, so that a day on which nothing came of few
// chances is a low day and not the end of the logarithm. mean is the numerator's
// mean a day.
func (p *prober) smoothedRate(id string) (h series.Daily, mean float64, ok bool) {
	ind := p.model.Indicator(id)
	if ind == nil || ind.Measure == nil || p.ev.Kind(id) != formula.Rate {
		return h, 0, false
	}
	shape := ind.Measure.Shape()
	if shape.Op != formula.JoinQuotient || len(shape.Parts) != 2 || shape.Parts[0].Inverse || !shape.Parts[1].Inverse {
		return h, 0, false
	}
	above, below := p.ev.Data().Metrics[shape.Parts[0].Name], p.ev.Data().Metrics[shape.Parts[1].Name]
	if above == nil || below == nil {
		return h, 0, false
	}
	span := series.Span{From: below.Total.First, To: p.asOf}
	h.First = span.From
	sum, n := 0.0, 0
	for day := span.From; day <= span.To; day++ {
		a, hasA := above.Total.At(day)
		b, hasB := below.Total.At(day)
		value := math.NaN()
		if hasA && hasB && b > 0 && a >= 0 {
			value = (a + 0.5) / (b + 1)
			sum += a
			n++
		}
		h.Values = append(h.Values, value)
	}
	if n == 0 {
		return h, 0, true
	}
	return h, sum / float64(n), true
}

// over is the trace on the days of a span, missing where it has none.
func (t *trace) over(span series.Span) []float64 {
	values := make([]float64, span.Days())
	for i := range values {
		values[i] = math.NaN()
		if v, ok := t.values.At(span.From + series.Day(i)); ok {
			values[i] = v
		}
	}
	return values
}

func (t *trace) missing(span series.Span) int {
	n := 0
	for _, v := range t.over(span) {
		if math.IsNaN(v) {
			n++
		}
	}
	return n
}

// common counts the days on which both have a value, and finds the last of them.
func common(a, b *trace, span series.Span) (days int, last series.Day) {
	for day := span.From; day <= span.To; day++ {
		_, inA := a.values.At(day)
		_, inB := b.values.At(day)
		if inA && inB {
			days++
			last = day
		}
	}
	return days, last
}

// twins reports whether two traces are the same number in another unit, on all the
// days they share.
func twins(a, b *trace, span series.Span) bool {
	ratio, varies, first := math.NaN(), false, math.NaN()
	for day := span.From; day <= span.To; day++ {
		x, inA := a.values.At(day)
		y, inB := b.values.At(day)
		if !inA || !inB {
			continue
		}
		if x == 0 || y == 0 {
			if x != y {
				return false
			}
			continue
		}
		if math.IsNaN(ratio) {
			ratio, first = y/x, x
		}
		varies = varies || x != first
		if math.Abs(y/x-ratio) > 1e-9*math.Abs(ratio) {
			return false
		}
	}
	return varies
}

func whole(values []float64) bool {
	for _, v := range values {
		if !math.IsNaN(v) && (v < 0 || v != math.Trunc(v)) {
			return false
		}
	}
	return true
}

func meanOf(values []float64) float64 {
	sum, n := 0.0, 0
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// scale brings values to a mean that does not depend on their unit.
func scale(values []float64) {
	sum, n := 0.0, 0
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += math.Abs(v)
			n++
		}
	}
	if n == 0 || sum == 0 || math.IsInf(sum, 0) {
		return
	}
	factor := traceScale / (sum / float64(n))
	for i := range values {
		values[i] *= factor
	}
}
