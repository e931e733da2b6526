package goal

import (
	"cmp"
	"errors"
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Evaluator computes indicators from measured data. Formulas and ratios are
// evaluated on period aggregates: a month's click rate is the month's clicks
// over the month's impressions, never the mean of daily rates. It is safe for
// use by one goroutine at a time.
type Evaluator struct {
	model    *Model
	data     *Data
	order    []string
	prefix   map[string]*series.Prefix // by full metric name; absent without data
	span     series.Span               // first to last day any source has a row
	history  map[string]series.Daily
	complete map[string][]int32 // prefix counts of days on which all of an indicator's metrics are present
	kinds    map[string]formula.Kind
}

// NewEvaluator prepares a model and its data. data may be nil or lack metrics:
// what has no data has no value.
func NewEvaluator(m *Model, data *Data) *Evaluator {
	if data == nil {
		data = &Data{}
	}
	e := &Evaluator{
		model: m, data: data, order: m.Order(), prefix: map[string]*series.Prefix{}, span: series.Span{From: 0, To: -1},
		history: map[string]series.Daily{}, complete: map[string][]int32{}, kinds: map[string]formula.Kind{},
	}
	first, ok := data.First()
	last, _ := data.Last()
	if ok {
		e.span = series.Span{From: first, To: last}
	}
	for name, observed := range data.Metrics {
		e.prefix[name] = series.NewPrefix(observed.Total)
	}
	return e
}

// Model is the model being evaluated.
func (e *Evaluator) Model() *Model { return e.model }

// Data is the measured data.
func (e *Evaluator) Data() *Data { return e.data }

// Span is the days from the first to the last row of any source; empty without
// data.
func (e *Evaluator) Span() series.Span { return e.span }

// Value is an indicator over a span of days.
type Value struct {
	V           float64    // NaN when there is none
	Why         words.Text // why there is no value; zero when there is one
	MissingDays int        // days of the span on which something it rests on was not measured
	Measured    float64    // by its measure; NaN where absent
	Computed    float64    // by its formula; NaN where absent
}

// Exists reports whether there is a value.
func (v Value) Exists() bool { return !math.IsNaN(v.V) }

// Value evaluates an indicator over a span. Where it is both measured and
// computed the measured number wins, and both are given so that the gap can be
// shown.
func (e *Evaluator) Value(id string, span series.Span) Value {
	return e.values(span, id)[id]
}

// Values evaluates every indicator over one span, by id.
func (e *Evaluator) Values(span series.Span) map[string]Value {
	out := make(map[string]Value, len(e.order))
	for _, id := range e.order {
		out[id] = e.evaluate(id, span, out)
	}
	return out
}

// values evaluates an indicator and what it rests on.
func (e *Evaluator) values(span series.Span, id string) map[string]Value {
	out := map[string]Value{}
	var visit func(id string)
	visit = func(id string) {
		if _, done := out[id]; done {
			return
		}
		for _, child := range e.model.Children(id) {
			visit(child)
		}
		out[id] = e.evaluate(id, span, out)
	}
	visit(id)
	return out
}

func (e *Evaluator) evaluate(id string, span series.Span, known map[string]Value) Value {
	ind := e.model.byID[id]
	v := Value{V: math.NaN(), Measured: math.NaN(), Computed: math.NaN(), MissingDays: e.missingDays(id, span)}
	if ind == nil {
		return v
	}
	var why words.Text
	if ind.Formula != nil {
		v.Computed, why = e.run(ind.Formula, func(name string) (float64, bool) {
			child := known[name]
			return child.V, child.Exists()
		})
	}
	if ind.Measure != nil {
		v.Measured, why = e.run(ind.Measure, func(name string) (float64, bool) { return e.metric(name, span) })
	}
	switch {
	case !math.IsNaN(v.Measured):
		v.V = v.Measured
	case !math.IsNaN(v.Computed):
		v.V = v.Computed
	case ind.Measure == nil && ind.Formula == nil:
		v.Why = words.T("まだ測り方が決まっていません。", "It is not yet said how this is measured.")
	default:
		v.Why = why
	}
	return v
}

// run evaluates an expression; without a value it says why.
func (e *Evaluator) run(expr *formula.Expr, lookup func(string) (float64, bool)) (float64, words.Text) {
	v, err := expr.Eval(lookup)
	if err == nil {
		return v, words.Text{}
	}
	if none, ok := errors.AsType[*formula.NoValue](err); ok {
		if none.Kind == formula.Missing {
			return math.NaN(), e.missingText(none.Name)
		}
		return math.NaN(), none.Why
	}
	return math.NaN(), words.T("計算できません。", "It cannot be computed.")
}

// missingText names what has no data by the name people know.
func (e *Evaluator) missingText(name string) words.Text {
	if ind := e.model.byID[name]; ind != nil {
		return words.T("「%s」のデータがこの期間にありません。", "“%s” has no data in this period.", ind.Name)
	}
	if m := e.model.metricsByID[name]; m != nil {
		label := cmp.Or(m.Column, m.Source.Path, m.Source.Connection, m.ID)
		switch {
		case m.Entry != nil:
			label = m.Entry.Name
		case m.Events != nil:
			label = cmp.Or(m.Events.Event, m.Events.Page, m.ID)
		}
		return words.T("「%s」のデータがこの期間にありません。", "“%s” has no data in this period.", label)
	}
	return words.T("この期間のデータがありません。", "There is no data for this period.")
}

// Metric is one source metric over a span, by its own rule; ok is false without data.
func (e *Evaluator) Metric(name string, span series.Span) (v float64, ok bool) {
	return e.metric(name, span)
}

// metric aggregates one source metric over a span; ok is false without data.
func (e *Evaluator) metric(name string, span series.Span) (float64, bool) {
	p := e.prefix[name]
	if p == nil {
		return 0, false
	}
	v, present := p.Aggregate(span, e.model.metricsByID[name].Agg)
	return v, present > 0
}

// missingDays counts the days of a span on which at least one of the metrics an
// indicator rests on is missing. Without any metric every day is missing.
func (e *Evaluator) missingDays(id string, span series.Span) int {
	if span.Empty() {
		return 0
	}
	counts := e.completeDays(id)
	known := span.Intersect(e.span)
	if known.Empty() || counts == nil {
		return span.Days()
	}
	from, to := int(known.From-e.span.From), int(known.To-e.span.From)
	return span.Days() - int(counts[to+1]-counts[from])
}

// completeDays counts, from the first day of data, the days on which all metrics
// of an indicator are present: element i is the count before day i. nil when it
// rests on no data.
func (e *Evaluator) completeDays(id string) []int32 {
	if counts, done := e.complete[id]; done {
		return counts
	}
	var counts []int32
	if leaves := e.model.Leaves(id); len(leaves) > 0 && !e.span.Empty() {
		counts = make([]int32, e.span.Days()+1)
		for i := range e.span.Days() {
			counts[i+1] = counts[i]
			if e.allPresent(leaves, e.span.From+series.Day(i)) {
				counts[i+1]++
			}
		}
	}
	e.complete[id] = counts
	return counts
}

func (e *Evaluator) allPresent(metrics []string, day series.Day) bool {
	for _, name := range metrics {
		observed := e.data.Metrics[name]
		if observed == nil {
			return false
		}
		if _, ok := observed.Total.At(day); !ok {
			return false
		}
	}
	return true
}
