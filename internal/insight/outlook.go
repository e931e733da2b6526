package insight

import (
	"maps"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Outlook is many ways the days to come may go, for every metric a model rests on.
// Indicators are evaluated on each way by the same rules as on the past, so the
// forecast of the KGI and those of its KPIs agree. It rests on numbers and
// deadlines alone and can be kept and handed to every View (Options.Outlook).
type Outlook struct {
	asOf  series.Day
	paths *forecast.Paths
}

const (
	// outlookPaths is how many ways are drawn: a probability is known to two points.
	outlookPaths = 600
	// outlookSeed makes every run draw the same ways.
	outlookSeed = 20261123
	// leastAhead is how far the outlook reaches where no deadline asks for more.
	leastAhead = 92
)

// Foresee draws the ways ahead from the data up to a day, at least until a day.
func Foresee(ev *goal.Evaluator, asOf, until series.Day) *Outlook {
	return NewView(ev, Options{AsOf: asOf}).Foresee(until)
}

// Foresee draws the ways ahead at least until a day; nil when the view is abandoned.
func (v *View) Foresee(until series.Day) *Outlook {
	o := v.foresee(until)
	if v.givenUp() {
		return nil
	}
	return o
}

func (v *View) foresee(until series.Day) *Outlook {
	return v.foreseeOf(v.metrics(), max(until, v.asOf+leastAhead, v.lastDeadline()))
}

// foreseeOf draws the ways ahead of some metrics; theirs do not depend on which
// others there are.
func (v *View) foreseeOf(names []string, until series.Day) *Outlook {
	var inputs []forecast.Input
	for _, name := range names {
		observed, metric := v.ev.Data().Metrics[name], v.model.Metric(name)
		if observed == nil || metric == nil {
			continue
		}
		kind := formula.Level
		if metric.Agg == series.Sum {
			kind = formula.Flow
		}
		history := observed.Total.Slice(series.Span{From: observed.Total.First, To: v.asOf})
		inputs = append(inputs, forecast.Input{Name: name, History: history, Kind: kind, Agg: metric.Agg})
	}
	kinds := forecast.NewDayKinds(v.model.Calendar(), series.Span{From: v.horizon().From, To: until + 7})
	return &Outlook{asOf: v.asOf, paths: forecast.NewPathsUnless(v.abandoned, inputs, kinds, v.asOf, until, outlookPaths, outlookSeed)}
}

// lastDeadline is the last day any landing asks for, within reason.
func (v *View) lastDeadline() series.Day {
	last := v.asOf
	for _, ind := range v.model.Indicators {
		if ind.Target == nil || ind.Target.Kind == goal.TargetVague || ind.Target.By == nil && ind.Target.Kind != goal.TargetHold {
			continue
		}
		if span := v.landingSpan(ind); int(span.To)-int(v.asOf) <= furthestAhead {
			last = max(last, span.To, v.nextPeriodEnd(ind))
		}
	}
	return last
}

// nextPeriodEnd is the end of the period after the current one, which the check of
// a hold target looks at.
func (v *View) nextPeriodEnd(ind *goal.Indicator) series.Day {
	t := ind.Target
	if t.Kind != goal.TargetHold {
		return v.asOf
	}
	return v.model.Fiscal.Next(t.Per, v.model.Fiscal.Containing(t.Per, v.asOf)).To
}

// furthestAhead is how many days ahead paths reach.
const furthestAhead = 1300

// metrics are the source metrics that indicators rest on, sorted.
func (v *View) metrics() []string {
	seen := map[string]bool{}
	for _, ind := range v.model.Indicators {
		if ind.Measure != nil {
			for _, name := range ind.Measure.Inputs() {
				seen[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// outlook is drawn when it is first asked for.
func (v *View) outlook() *Outlook {
	if v.ahead == nil {
		v.ahead = v.foresee(0)
	}
	return v.ahead
}

// shortage is why an indicator cannot be led on; zero when it can.
func (v *View) shortage(id string) words.Text {
	return v.shortageOf(id, map[string]bool{})
}

func (v *View) shortageOf(id string, seen map[string]bool) words.Text {
	ind := v.model.Indicator(id)
	if ind == nil || seen[id] {
		return words.T("この指標には、まだデータがありません。", "This indicator has no data yet.")
	}
	seen[id] = true
	worst := forecast.Shortage{}
	if ind.Measure != nil {
		for _, name := range ind.Measure.Inputs() {
			if s := v.outlook().paths.Shortage(name); s.Days > worst.Days {
				worst = s
			}
		}
		if worst.Enough() {
			return words.Text{}
		}
	}
	if ind.Formula == nil {
		if ind.Measure == nil {
			return words.T("まだ測り方が決まっていません。", "It is not yet said how this is measured.")
		}
		return worst.Reason()
	}
	for _, child := range v.model.Children(id) {
		if why := v.shortageOf(child, seen); !why.Zero() {
			if !worst.Enough() {
				return worst.Reason()
			}
			return why
		}
		delete(seen, child)
	}
	return words.Text{}
}

// ways is an indicator over a span in each way ahead, at most most of them; nil when
// it cannot be led on. The span may lie wholly in the past.
func (v *View) ways(id string, span series.Span, most int) []float64 {
	w := &wayfinder{v: v, span: span, most: min(most, v.outlook().paths.Size()), metrics: map[string][]float64{}, done: map[string][]float64{}}
	return w.indicator(id)
}

// wayfinder evaluates indicators over one span in every way ahead.
type wayfinder struct {
	v       *View
	span    series.Span
	most    int
	metrics map[string][]float64
	done    map[string][]float64
}

func (w *wayfinder) indicator(id string) []float64 {
	if out, done := w.done[id]; done {
		return out
	}
	ind := w.v.model.Indicator(id)
	var out []float64
	if ind != nil && ind.Measure != nil {
		out = w.evaluate(ind.Measure, w.metric)
	}
	if ind != nil && ind.Formula != nil && (out == nil || hasGap(out)) {
		computed := w.evaluate(ind.Formula, w.indicator)
		if out == nil {
			out = computed
		} else if computed != nil {
			for k, x := range out {
				if math.IsNaN(x) {
					out[k] = computed[k]
				}
			}
		}
	}
	w.done[id] = out
	return out
}

func hasGap(values []float64) bool {
	for _, x := range values {
		if math.IsNaN(x) {
			return true
		}
	}
	return false
}

func (w *wayfinder) metric(name string) []float64 {
	if out, done := w.metrics[name]; done {
		return out
	}
	out := w.v.outlook().paths.Aggregate(name, w.span)
	if len(out) > w.most {
		out = out[:w.most]
	}
	w.metrics[name] = out
	return out
}

// evaluate runs an expression in every way; nil when a name has no ways.
func (w *wayfinder) evaluate(expr *formula.Expr, of func(string) []float64) []float64 {
	names := expr.Inputs()
	columns := make(map[string][]float64, len(names))
	for _, name := range names {
		column := of(name)
		if column == nil {
			return nil
		}
		columns[name] = column
	}
	if out := joined(expr.Shape(), columns, w.most); out != nil {
		return out
	}
	out := make([]float64, w.most)
	for k := range out {
		x, err := expr.Eval(func(name string) (float64, bool) {
			column, known := columns[name]
			if !known {
				return 0, false
			}
			return column[k], !math.IsNaN(column[k])
		})
		if err != nil {
			x = math.NaN()
		}
		out[k] = x
	}
	return out
}

// joined runs the shapes most formulas have without the detour over Eval; nil for
// all others.
func joined(shape formula.Shape, columns map[string][]float64, n int) []float64 {
	switch shape.Op {
	case formula.JoinName, formula.JoinProduct, formula.JoinQuotient, formula.JoinSum:
	default:
		return nil
	}
	out := make([]float64, n)
	if shape.Op == formula.JoinSum {
		for _, part := range shape.Parts {
			for k, x := range columns[part.Name][:n] {
				out[k] += float64(part.Sign) * x
			}
		}
		return out
	}
	factor := 1.0
	for _, c := range shape.Constants {
		factor *= c
	}
	for k := range out {
		out[k] = factor
	}
	for _, part := range shape.Parts {
		for k, x := range columns[part.Name][:n] {
			if part.Inverse {
				out[k] /= x
			} else {
				out[k] *= x
			}
		}
	}
	for k, x := range out {
		if math.IsInf(x, 0) {
			out[k] = math.NaN()
		}
	}
	return out
}
