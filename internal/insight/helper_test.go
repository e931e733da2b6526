package insight_test

import (
	"math"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// tester is what tests, benchmarks and rapid's checks have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
}

// numbers is the daily value of each metric, by full name.
type numbers map[string]func(series.Day) float64

// company makes an evaluator of a model file and numbers on every day of a span.
func company(t tester, model string, over string, data numbers) *goal.Evaluator {
	t.Helper()
	m, err := goal.Parse("test.yaml", []byte(model))
	if err != nil {
		t.Fatal(words.In(err, words.EN))
	}
	d := &goal.Data{Metrics: map[string]*goal.Observed{}, Sources: map[string]goal.SourceState{}}
	span := span(t, over)
	for name, value := range data {
		daily := series.Daily{First: span.From}
		for day := span.From; day <= span.To; day++ {
			daily.Values = append(daily.Values, value(day))
		}
		d.Metrics[name] = &goal.Observed{Total: daily}
		d.Sources[m.Metric(name).Source.ID] = goal.SourceState{First: span.From, Last: span.To, Days: span.Days(), Rows: span.Days()}
	}
	return goal.NewEvaluator(m, d)
}

func span(t tester, s string) series.Span {
	t.Helper()
	out, err := series.ParseSpan(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func day(t tester, s string) series.Day { t.Helper(); return span(t, s).From }

func on(t tester, s string) insight.Options {
	t.Helper()
	return insight.Options{AsOf: day(t, s), Lang: words.JA}
}

func constant(x float64) func(series.Day) float64 { return func(series.Day) float64 { return x } }

// worked is a number on Monday to Friday and zero on weekends.
func worked(x float64) func(series.Day) float64 {
	return func(d series.Day) float64 {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			return 0
		}
		return x
	}
}

// near compares a number that may be null; NaN wants null.
func near(got *float64, want, tolerance float64) bool {
	if got == nil || math.IsNaN(want) {
		return got == nil && math.IsNaN(want)
	}
	return math.Abs(*got-want) <= tolerance*max(1, math.Abs(want))
}

func show(f *float64) any {
	if f == nil {
		return "null"
	}
	return *f
}
func word(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}
