package link_test

import (
	"math"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// changed is a copy of v with f applied to every day.
func changed(v []float64, f func(t int, v float64) float64) []float64 {
	out := slices.Clone(v)
	for t, x := range out {
		out[t] = f(t, x)
	}
	return out
}

// TestBadInputGetsAReason feeds what real tables hold. Whatever comes, the answer is
// finite, and a link that cannot be told says why or how long it takes.
func TestBadInputGetsAReason(t *testing.T) {
	t.Parallel()
	const n = 400
	w := worlds.New(worlds.Linked(n, .5, 5, 11))
	nan := func(int, float64) float64 { return math.NaN() }
	fixed := func(v float64) func(int, float64) float64 { return func(int, float64) float64 { return v } }
	gap := func(t int, v float64) float64 {
		if t > 15 && t < 380 {
			return math.NaN()
		}
		return v
	}
	cases := []struct {
		name     string
		kpi, kgi []float64
		controls [][]float64
		want     link.Verdict
		why      link.Reason
	}{
		{"a true link", w.KPI, w.KGI, nil, link.Moves, link.None},
		{"a constant KPI", changed(w.KPI, fixed(7)), w.KGI, nil, link.CannotTell, link.Constant},
		{"a constant KGI", w.KPI, changed(w.KGI, fixed(7)), nil, link.CannotTell, link.Constant},
		{"a KGI of zeros", w.KPI, changed(w.KGI, fixed(0)), nil, link.CannotTell, link.Constant},
		{"no KPI at all", changed(w.KPI, nan), w.KGI, nil, link.CannotTell, link.Constant},
		{"no KGI at all", w.KPI, changed(w.KGI, nan), nil, link.CannotTell, link.Constant},
		{"three days", w.KPI[:3], w.KGI[:3], nil, link.CannotTell, link.TooShort},
		{"a year of gaps in the KPI", changed(w.KPI, gap), w.KGI, nil, link.CannotTell, link.TooShort},
		{"a year of gaps in the KGI", w.KPI, changed(w.KGI, gap), nil, link.CannotTell, link.TooShort},
		{"the KGI as its own KPI", w.KGI, w.KGI, nil, link.CannotTell, link.Collinear},
		{"the same KPI twice", w.KPI, w.KGI, [][]float64{w.KPI}, link.CannotTell, link.Collinear},
		{"the same KPI in other units", w.KPI, w.KGI, [][]float64{changed(w.KPI, func(_ int, v float64) float64 { return 100 * v })}, link.CannotTell, link.Collinear},
		{"the KGI as a control", w.KPI, w.KGI, [][]float64{w.KGI}, link.Moves, link.None},
		{"a constant control", w.KPI, w.KGI, [][]float64{changed(w.KPI, fixed(3))}, link.Moves, link.None},
		{"a control without days", w.KPI, w.KGI, [][]float64{changed(w.KPI, nan)}, link.Moves, link.None},
		{"billions", changed(w.KPI, func(_ int, v float64) float64 { return 1e9 * v }), changed(w.KGI, func(_ int, v float64) float64 { return 1e9 * v }), nil, link.Moves, link.None},
		{"billionths", changed(w.KPI, func(_ int, v float64) float64 { return 1e-9 * v }), changed(w.KGI, func(_ int, v float64) float64 { return 1e-9 * v }), nil, link.Moves, link.None},
		{"infinite days", changed(w.KPI, func(t int, v float64) float64 {
			if t%90 == 3 {
				return math.Inf(1)
			}
			return v
		}), w.KGI, nil, link.Moves, link.None},
	}
	for _, c := range cases {
		days := len(c.kpi)
		d := link.NewDesign(series.Span{From: w.First, To: w.First + series.Day(days-1)}, nil, nil)
		q := link.Question{KPI: d.Clean(c.kpi), KGI: d.Clean(c.kgi), LagTo: 14}
		for _, v := range c.controls {
			q.Controls = append(q.Controls, d.Clean(v))
		}
		results := []link.Result{d.Test(q)}
		link.Decide(results)
		r := results[0]
		sane(t, c.name, r)
		if r.Verdict != c.want || r.Why != c.why {
			t.Errorf("%s: %v because of %q, want %v because of %q", c.name, r.Verdict, r.Why, c.want, c.why)
		}
	}
}

// TestOddSeriesGetAnAnswer has no expectation but a sane answer.
func TestOddSeriesGetAnAnswer(t *testing.T) {
	t.Parallel()
	const n = 300
	w := worlds.New(worlds.Linked(n, .5, 5, 12))
	odd := map[string]func(t int, v float64) float64{
		"negative":         func(t int, v float64) float64 { return v - 800 },
		"alternating":      func(t int, _ float64) float64 { return float64(t % 2) },
		"one day of value": func(t int, _ float64) float64 { return float64(max(0, t-n+2)) },
		"weekdays only": func(t int, v float64) float64 {
			if t%7 > 4 {
				return 0
			}
			return v
		},
		"every other day": func(t int, v float64) float64 {
			if t%2 == 0 {
				return math.NaN()
			}
			return v
		},
		"a pure line":     func(t int, _ float64) float64 { return 10 + float64(t) },
		"a pure weekday":  func(t int, _ float64) float64 { return 1 + float64(t%7) },
		"exponential":     func(t int, _ float64) float64 { return math.Exp(float64(t)) },
		"almost constant": func(t int, v float64) float64 { return 1e9 + 1e-6*v },
		"huge":            func(t int, v float64) float64 { return 1e300 * v },
		"tiny":            func(t int, v float64) float64 { return 1e-300 * v },
		"zeros and ones":  func(t int, v float64) float64 { return math.Mod(math.Floor(math.Abs(v)), 2) },
		"minus one step": func(t int, v float64) float64 {
			if t > 150 {
				return v / 100
			}
			return v
		},
		"starts late": func(t int, v float64) float64 {
			if t < 200 {
				return math.NaN()
			}
			return v
		},
		"signed noise": func(t int, v float64) float64 { return math.Sin(float64(t) * v) },
	}
	span := w.Span()
	d := link.NewDesign(span, nil, nil)
	plainKPI, plainKGI := d.Clean(w.KPI), d.Clean(w.KGI)
	for name, f := range odd {
		kpi, kgi := d.Clean(changed(w.KPI, f)), d.Clean(changed(w.KGI, f))
		for _, q := range []link.Question{
			{KPI: kpi, KGI: plainKGI, LagTo: 28},
			{KPI: plainKPI, KGI: kgi, LagTo: 14},
			{KPI: kpi, KGI: kgi, LagFrom: 3, LagTo: 3},
			{KPI: plainKPI, KGI: plainKGI, Controls: []*link.Cleaned{kpi, kgi}, LagTo: 14},
			{KPI: kpi, KGI: kgi, LagFrom: 50, LagTo: -3, Matters: math.NaN(), Down: true},
			{KPI: kpi, KGI: kgi, LagTo: 0},
			{KPI: kpi, KGI: kgi, LagTo: 1 << 40},
			{},
		} {
			results := []link.Result{d.Test(q)}
			link.Decide(results)
			sane(t, name, results[0])
		}
	}
	for _, days := range []int{-3, 0, 1, 7, 30, 57, 60, 75} {
		d := link.NewDesign(series.Span{From: w.First, To: w.First + series.Day(days-1)}, nil, nil)
		results := []link.Result{d.Test(link.Question{KPI: d.Clean(w.KPI), KGI: d.Clean(w.KGI), LagTo: 28})}
		link.Decide(results)
		sane(t, "short", results[0])
	}
	link.Decide(nil)
}

// sane fails on anything that is not a number or contradicts itself.
func sane(t *testing.T, name string, r link.Result) {
	t.Helper()
	numbers := []float64{r.P, r.Q, r.Elasticity, r.SE, r.CI95[0], r.CI95[1], r.CI90[0], r.CI90[1], r.LagDays}
	for _, p := range r.Profile {
		numbers = append(numbers, p.Elasticity, p.SE)
	}
	for _, p := range r.Strength {
		numbers = append(numbers, p.Elasticity, p.SE)
	}
	for _, v := range numbers {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%s: a number that is none in %+v", name, r)
			return
		}
	}
	if r.P < 0 || r.P > 1 || r.Q < 0 || r.Q > 1 {
		t.Errorf("%s: p %v, q %v", name, r.P, r.Q)
	}
	if r.CI95[0] > r.Elasticity || r.CI95[1] < r.Elasticity {
		t.Errorf("%s: elasticity %v outside %v", name, r.Elasticity, r.CI95)
	}
	if len(r.Strength) > 60 {
		t.Errorf("%s: %d points of strength", name, len(r.Strength))
	}
	if r.Verdict != link.CannotTell && (!r.HasEffect || r.DaysNeeded != 0) {
		t.Errorf("%s: %v without an effect or with %d days needed", name, r.Verdict, r.DaysNeeded)
	}
}
