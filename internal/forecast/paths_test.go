package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

// lead makes paths of one metric from its days.
func lead(h series.Daily, agg series.Aggregation, ahead, n int) *forecast.Paths {
	asOf := h.Span().To
	kind := formula.Flow
	if agg != series.Sum {
		kind = formula.Level
	}
	whole := series.Span{From: h.First, To: asOf + series.Day(ahead)}
	return forecast.NewPaths([]forecast.Input{{Name: "x", History: h, Kind: kind, Agg: agg}}, kinds(whole), asOf, whole.To, n, 1)
}

func after(p *forecast.Paths, h series.Daily, from, to int) []float64 {
	asOf := h.Span().To
	return p.Aggregate("x", series.Span{From: asOf + series.Day(from), To: asOf + series.Day(to)})
}

func moments(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		deviation += (v - mean) * (v - mean) / float64(len(values)-1)
	}
	return mean, math.Sqrt(deviation)
}

// Whatever comes in, the answer is made of numbers, or says what it lacks.
func TestPathsOfBadData(t *testing.T) {
	t.Parallel()
	span := days("2024-01-01", "2026-06-30")
	nan := math.NaN()
	n := 0.0
	cases := map[string]func(series.Day) float64{
		"constant":          func(series.Day) float64 { return 7 },
		"zero":              func(series.Day) float64 { return 0 },
		"missing":           func(series.Day) float64 { return nan },
		"three days":        func(d series.Day) float64 { return pick(d < span.From+3, 5, nan) },
		"three days at end": func(d series.Day) float64 { return pick(d > span.To-3, 5, nan) },
		"large":             func(d series.Day) float64 { return 1e9 * (1 + 0.1*float64(d%7)) },
		"enormous":          func(d series.Day) float64 { return 1e300 * float64(1+d%3) },
		"tiny":              func(d series.Day) float64 { return 1e-12 * float64(1+d%3) },
		"infinite":          func(d series.Day) float64 { return pick(d%9 == 0, math.Inf(1), 3) },
		"negative":          func(d series.Day) float64 { return -5 - float64(d%4) },
		"both signs":        func(d series.Day) float64 { return float64(d%11) - 5 },
		"a year of gaps":    func(d series.Day) float64 { return pick(d > span.From+200 && d < span.From+565, nan, 4) },
		"once":              func(d series.Day) float64 { return pick(d == span.From+400, 1, 0) },
		"once, no rows":     func(d series.Day) float64 { return pick(d == span.From+400, 1, nan) },
		"dies":              func(d series.Day) float64 { return pick(d > span.From+400, 0, 50) },
		"is born":           func(d series.Day) float64 { return pick(d > span.To-50, 50, 0) },
		"explodes":          func(series.Day) float64 { n++; return math.Exp(n / 50) },
		"spike at the end":  func(d series.Day) float64 { return pick(d == span.To, 1e6, 1) },
		"mondays":           func(d series.Day) float64 { return pick(d.Weekday() == time.Monday, 9, 0) },
		"stale":             func(d series.Day) float64 { return pick(d > span.To-90, nan, 9) },
		"very stale":        func(d series.Day) float64 { return pick(d > span.To-800, nan, 9) },
		"jump":              func(d series.Day) float64 { return pick(d > span.To-20, 5e5, 5) },
	}
	for name, value := range cases {
		for _, agg := range []series.Aggregation{series.Sum, series.Mean, series.Last, series.Max} {
			n = 0
			h := history(span, value)
			p := lead(h, agg, 120, 40)
			if !p.Shortage("x").Enough() {
				if p.Shortage("x").Days <= 0 || p.Days("x") != nil {
					t.Errorf("%s, %v: shortage %v, band %v", name, agg, p.Shortage("x"), p.Days("x"))
				}
				continue
			}
			for _, to := range []int{1, 5, 28, 31, 120} {
				for i, v := range after(p, h, 1, to) {
					if math.IsNaN(v) || math.IsInf(v, 0) {
						t.Fatalf("%s, %v: path %d is %v after %d days", name, agg, i, v, to)
					}
				}
			}
			for _, d := range p.Days("x") {
				if !(d.Lo95 <= d.Lo80 && d.Lo80 <= d.Hi80 && d.Hi80 <= d.Hi95) || math.IsInf(d.Mean, 0) || math.IsNaN(d.Mean) {
					t.Fatalf("%s, %v: %+v", name, agg, d)
				}
			}
		}
	}
}

// Any rubbish at all: numbers come out, and intervals are in order.
func TestPathsOfAnything(t *testing.T) {
	t.Parallel()
	value := rapid.OneOf(rapid.Just(0.0), rapid.Just(math.NaN()), rapid.Float64Range(-1e9, 1e9), rapid.Float64Range(0, 1e-3),
		rapid.Map(rapid.IntRange(0, 5), func(i int) float64 { return float64(i) }), rapid.Float64())
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SliceOfN(value, 1, 6).Draw(t, "values")
		n := rapid.IntRange(1, 300).Draw(t, "days")
		step := rapid.IntRange(1, 5).Draw(t, "step")
		positive := rapid.Bool().Draw(t, "positive")
		h := series.Daily{First: series.Date(2025, 3, 1), Values: make([]float64, n)}
		for i := range h.Values {
			h.Values[i] = few[(i/step+i*i)%len(few)]
			if positive {
				h.Values[i] = math.Abs(h.Values[i])
			}
		}
		agg := rapid.SampledFrom([]series.Aggregation{series.Sum, series.Mean, series.Last, series.Max}).Draw(t, "agg")
		p := lead(h, agg, 40, 8)
		for _, to := range []int{1, 12, 40} {
			for _, v := range after(p, h, 1, to) {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%v after %d days", v, to)
				}
			}
		}
		for _, d := range p.Days("x") {
			if !(d.Lo95 <= d.Lo80 && d.Lo80 <= d.Hi80 && d.Hi80 <= d.Hi95) {
				t.Fatalf("%+v", d)
			}
		}
	})
}

func TestPathsAreTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	span := days("2024-01-01", "2026-06-30")
	var inputs []forecast.Input
	for i := range 5 {
		h, _ := anyMarket(r).days(span, r)
		inputs = append(inputs, forecast.Input{Name: fmt.Sprint(i), History: h, Kind: formula.Flow})
	}
	run := func(inputs []forecast.Input, ahead series.Day) *forecast.Paths {
		return forecast.NewPaths(inputs, kinds(span), span.To, span.To+ahead, 50, 9)
	}
	a, b := run(inputs, 100), run([]forecast.Input{inputs[3], inputs[0]}, 100)
	for _, name := range []string{"0", "3"} {
		for _, s := range []series.Span{{From: span.To - 9, To: span.To + 10}, {From: span.To + 3, To: span.To + 80}} {
			x, y := a.Aggregate(name, s), b.Aggregate(name, s)
			for i := range x {
				if x[i] != y[i] {
					t.Fatalf("metric %s, path %d: %v and %v", name, i, x[i], y[i])
				}
			}
		}
	}
}

// What is asked for in parts is what is asked for as a whole.
func TestPathsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		m := anyMarket(r)
		m.amounts, m.missing = false, 0
		h, _ := m.days(days("2025-09-01", "2026-06-30"), r)
		p := lead(h, series.Sum, 130, 20)
		if !p.Shortage("x").Enough() {
			return
		}
		asOf := h.Span().To
		cut := rapid.IntRange(-40, 27).Draw(t, "cut")
		whole := p.Aggregate("x", series.Span{From: asOf - 60, To: asOf + 112})
		head := p.Aggregate("x", series.Span{From: asOf - 60, To: asOf + series.Day(cut)})
		tail := p.Aggregate("x", series.Span{From: asOf + series.Day(cut) + 1, To: asOf + 112})
		for i := range whole {
			if math.Abs(whole[i]-head[i]-tail[i]) > 1e-6*(1+math.Abs(whole[i])) {
				t.Fatalf("path %d: %v, in parts %v + %v", i, whole[i], head[i], tail[i])
			}
		}
	})
}

func TestScaleOfUnitsChangesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	m := anyMarket(r)
	m.amounts = true
	h, _ := m.days(days("2024-09-01", "2026-06-30"), r)
	scaled := series.Daily{First: h.First, Values: make([]float64, len(h.Values))}
	for i, v := range h.Values {
		scaled.Values[i] = v / 1024 // exact
	}
	a, b := lead(h, series.Sum, 60, 50), lead(scaled, series.Sum, 60, 50)
	x, y := after(a, h, 1, 60), after(b, h, 1, 60)
	for i := range x {
		if math.Abs(x[i]/1024/y[i]-1) > 0.02 {
			t.Fatalf("path %d: %v and %v", i, x[i]/1024, y[i])
		}
	}
}

func TestBacktest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	m := market{level: 300, weekend: 0.5, holidays: 0.5, newYear: 0.3, rho: 0.5, luck: 0.1, spread: 0}
	h, _ := m.days(days("2024-09-01", "2026-06-30"), r)
	b := lead(h, series.Sum, 28, 50).Backtest("x")
	if b.Origins != 12 || !(b.MASE > 0.4 && b.MASE < 1) || b.Coverage80 < 0.65 || b.Coverage95 < 0.85 || b.Model == "" {
		t.Errorf("%+v", b)
	}
	if b := lead(h, series.Sum, 28, 50).Backtest("unknown"); b.Origins != 0 || !math.IsNaN(b.MASE) {
		t.Errorf("unknown metric: %+v", b)
	}
}

func TestScoreOfProbabilities(t *testing.T) {
	t.Parallel()
	r := forecast.Score([]forecast.Said{{P: 0.9, Attained: true}, {P: 0.95, Attained: true}, {P: 0.1}, {P: 0.5}, {P: math.NaN(), Attained: true}, {P: 1, Attained: true}})
	if r.Count != 5 || math.Abs(r.Brier-(0.01+0.0025+0.01+0.25)/5) > 1e-12 || math.Abs(r.Without-0.24) > 1e-12 {
		t.Errorf("%+v", r)
	}
	last := r.Bins[9]
	if last.Count != 3 || last.Came != 1 || math.Abs(last.Said-0.95) > 1e-12 || last.High != 1 || math.Abs(last.Low-0.4385) > 1e-3 {
		t.Errorf("%+v", last)
	}
	if none := forecast.Score(nil); none.Count != 0 || !math.IsNaN(none.Brier) || len(none.Bins) != 10 {
		t.Errorf("%+v", none)
	}
}

// Path i of one metric and path i of another happen together: what moved together in the
// past does so ahead, so that a rate of the two is as sure as it was.
func TestPathsMoveTogether(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 4))
	span := days("2024-01-01", "2026-06-30")
	visits, orders, other := series.Daily{First: span.From}, series.Daily{First: span.From}, series.Daily{First: span.From}
	shared, alone := 0.0, 0.0
	for range span.Days() {
		shared = 0.7*shared + 0.2*r.NormFloat64()
		alone = 0.7*alone + 0.2*r.NormFloat64()
		v := manyOrFew(2000*math.Exp(shared), r)
		visits.Values = append(visits.Values, v)
		orders.Values = append(orders.Values, manyOrFew(0.1*v, r))
		other.Values = append(other.Values, manyOrFew(200*math.Exp(alone), r))
	}
	p := forecast.NewPaths([]forecast.Input{
		{Name: "visits", History: visits}, {Name: "orders", History: orders}, {Name: "other", History: other},
	}, kinds(span), span.To, span.To+91, 800, 1)
	for _, ahead := range []series.Span{{From: span.To + 1, To: span.To + 28}, {From: span.To + 1, To: span.To + 91}} {
		a, b, c := p.Aggregate("visits", ahead), p.Aggregate("orders", ahead), p.Aggregate("other", ahead)
		if got := correlation(a, b); got < 0.75 {
			t.Errorf("over %d days visits and orders go together by %.2f only", ahead.Days(), got)
		}
		if got := correlation(a, c); math.Abs(got) > 0.4 {
			t.Errorf("over %d days visits and a stranger go together by %.2f", ahead.Days(), got)
		}
		rate := make([]float64, len(a))
		for i := range a {
			rate[i] = b[i] / a[i]
		}
		m, dm := moments(rate)
		v, dv := moments(a)
		if math.Abs(m-0.1) > 0.004 || dm/m > 0.6*dv/v {
			t.Errorf("over %d days the rate is %.4f ± %.4f, visits ± %.3f", ahead.Days(), m, dm, dv/v)
		}
	}
}

func correlation(a, b []float64) float64 {
	ma, da := moments(a)
	mb, db := moments(b)
	sum := 0.0
	for i := range a {
		sum += (a[i] - ma) * (b[i] - mb)
	}
	return sum / float64(len(a)-1) / (da * db)
}

func BenchmarkPathsOf100MetricsAYear(b *testing.B)  { benchmarkPaths(b, 365, 500) }
func BenchmarkPathsOf100Metrics3Years(b *testing.B) { benchmarkPaths(b, 3*365, 500) }
func BenchmarkPathsOf100Metrics4Weeks(b *testing.B) { benchmarkPaths(b, 28, 500) }
func BenchmarkFitOf100Metrics(b *testing.B)         { benchmarkPaths(b, 28, 2) }

func benchmarkPaths(b *testing.B, ahead series.Day, n int) {
	span := days("2023-07-01", "2026-06-30")
	r := rand.New(rand.NewPCG(1, 1))
	var inputs []forecast.Input
	for i := range 100 {
		h, _ := anyMarket(r).days(span, r)
		inputs = append(inputs, forecast.Input{Name: fmt.Sprint(i), History: h, Kind: formula.Flow})
	}
	k := kinds(series.Span{From: span.From, To: span.To + ahead + 7})
	b.ReportAllocs()
	for b.Loop() {
		forecast.NewPaths(inputs, k, span.To, span.To+ahead, n, 1)
	}
}

// What is said of one goal a hundred times is one case.
func TestScoreCountsGoals(t *testing.T) {
	t.Parallel()
	said := []forecast.Said{{P: 0.05, Goal: "b"}}
	for range 100 {
		said = append(said, forecast.Said{P: 0.8, Attained: true, Goal: "a"})
	}
	r := forecast.Score(said)
	if r.Count != 101 || r.Goals != 2 || math.Abs(r.Brier-(0.2*0.2+0.05*0.05)/2) > 1e-12 || r.Without != 0.25 {
		t.Errorf("%+v", r)
	}
	if b := r.Bins[8]; b.Count != 100 || b.Goals != 1 || math.Abs(b.Said-0.8) > 1e-9 || b.Low > 0.3 {
		t.Errorf("a hundred words of one goal are no hundred cases: %+v", b)
	}
}
