package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// Spark is the small curve on a card: the mean of three days each, over the last
// thirty days, so that weekdays do not show as teeth. null where none of the
// three days has a value.
type Spark struct {
	First  series.Day `json:"first"`
	Values []*float64 `json:"values"`
}

const (
	sparkDays    = 30
	curvePoints  = 120
	smoothedDays = 3
	curveWays    = outlookPaths
)

// Sparks is the small curve of every indicator, by id. Rates are ratios of three
// days' sums.
func Sparks(ev *goal.Evaluator, opt Options) map[string]Spark {
	v := NewView(ev, opt)
	out := make(map[string]Spark, len(v.model.Indicators))
	for _, ind := range v.model.Indicators {
		out[ind.ID] = v.Spark(ind.ID)
	}
	return out
}

// Spark is the small curve of one indicator.
func (v *View) Spark(id string) Spark {
	s := Spark{First: v.asOf - sparkDays + 1, Values: make([]*float64, sparkDays)}
	h := v.history(id)
	for i := range s.Values {
		day := s.First + series.Day(i)
		if !v.flow(id) {
			s.Values[i] = number(v.value(id, series.Span{From: day - smoothedDays + 1, To: day}).V)
			continue
		}
		sum, n := 0.0, 0
		for d := day - smoothedDays + 1; d <= day; d++ {
			if x, ok := h.At(d); ok {
				sum += x
				n++
			}
		}
		if n > 0 {
			s.Values[i] = number(sum / float64(n))
		}
	}
	return s
}

// Curve is an indicator's way through its target's time: what came so far, what
// the pace asks for, and where it is heading. Every slice has one entry a day in
// Days (at most curvePoints of them, evenly chosen, the as-of day and the last
// always among them); null where there is nothing to draw.
type Curve struct {
	Days   []series.Day `json:"days"`
	Actual []*float64   `json:"actual"` // sums: since the start; else the four weeks up to the day
	Pace   []*float64   `json:"pace"`
	Mean   []*float64   `json:"mean"` // from the as-of day on
	Lo80   []*float64   `json:"lo80"`
	Hi80   []*float64   `json:"hi80"`
	Target *float64     `json:"target"`
}

// CurveOf draws the way of one indicator; nil without a target that has a time.
func CurveOf(ev *goal.Evaluator, id string, opt Options) *Curve {
	return NewView(ev, opt).Curve(id)
}

// Curve draws the way of one indicator.
func (v *View) Curve(id string) *Curve {
	ind := v.model.Indicator(id)
	if ind == nil || ind.Target == nil || ind.Target.Kind == goal.TargetVague {
		return nil
	}
	t := ind.Target
	if t.By == nil && t.Kind != goal.TargetHold {
		return nil
	}
	w := v.window(ind)
	whole := w.whole
	if t.Kind == goal.TargetHold {
		whole = series.Span{From: w.value.From, To: v.periodEnd(t, w)}
	}
	if whole.Days() > longestTarget {
		return nil
	}
	amount, _ := v.amount(ind)
	c := &Curve{Target: number(amount)}
	draw := v.painter(ind, whole, amount)
	for _, day := range chosenDays(whole, v.asOf) {
		p := draw(day)
		c.Days = append(c.Days, day)
		c.Actual = append(c.Actual, number(p.actual))
		c.Pace = append(c.Pace, number(p.pace))
		c.Mean = append(c.Mean, number(p.mean))
		c.Lo80 = append(c.Lo80, number(p.low))
		c.Hi80 = append(c.Hi80, number(p.high))
	}
	return c
}

type curvePoint struct{ actual, pace, mean, low, high float64 }

// painter computes one day of a curve.
func (v *View) painter(ind *goal.Indicator, whole series.Span, amount float64) func(series.Day) curvePoint {
	t := ind.Target
	pace := func(series.Day) float64 { return amount }
	switch {
	case !exists(amount):
		pace = func(series.Day) float64 { return math.NaN() }
	case t.Kind != goal.TargetHold:
		pace = v.road(ind, amount).on
	case v.flow(ind.ID):
		period, profile := v.window(ind).whole, v.paceProfile(ind)
		before := profile.Share(period, whole.From-1)
		pace = func(d series.Day) float64 { return amount * (profile.Share(period, d) - before) }
	}
	upTo := func(day series.Day) series.Span {
		if t.Kind == goal.TargetReach {
			return series.Span{From: day - comparisonDays + 1, To: day}
		}
		return series.Span{From: whole.From, To: day}
	}
	ready := v.shortage(ind.ID).Zero()
	return func(day series.Day) curvePoint {
		nan := math.NaN()
		p := curvePoint{actual: nan, pace: pace(day), mean: nan, low: nan, high: nan}
		span := upTo(day)
		if day <= v.asOf {
			p.actual = v.valueOnce(ind.ID, span).V
		}
		if ready && day >= v.asOf {
			known := series.Span{From: span.From, To: min(day, v.asOf)}
			soFar := nan
			if !known.Empty() {
				soFar = v.valueOnce(ind.ID, known).V
			}
			if day == v.asOf {
				p.mean, p.low, p.high = soFar, soFar, soFar
				return p
			}
			if o, ok := prospectOf(v.ways(ind.ID, span, curveWays)); ok {
				p.mean = o.mean
				p.low, p.high = o.band(0.8)
			}
		}
		return p
	}
}

// chosenDays thins a span out to what a chart can show.
func chosenDays(whole series.Span, asOf series.Day) []series.Day {
	n := whole.Days()
	if n == 0 {
		return nil
	}
	step := (n + curvePoints - 3) / (curvePoints - 2)
	var days []series.Day
	for d := whole.From; d <= whole.To; d++ {
		if int(d-whole.From)%step == 0 || d == asOf || d == whole.To {
			days = append(days, d)
		}
	}
	return days
}
