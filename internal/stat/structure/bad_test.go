package structure

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestUnfitSamplesSayWhy(t *testing.T) {
	t.Parallel()
	ramp := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	flat := []float64{5, 5, 5, 5, 5, 5, 5, 5}
	twice := make([][]float64, 8)
	for i := range twice {
		twice[i] = []float64{1, ramp[i], 2 * ramp[i]}
	}
	for _, c := range []struct {
		name string
		y    []float64
		x    [][]float64
		want error
	}{
		{"nothing", nil, nil, ErrShape},
		{"two days", []float64{1, 2}, nil, ErrTooShort},
		{"constant", flat, nil, ErrConstant},
		{"zero", make([]float64, 8), nil, ErrConstant},
		{"missing", []float64{1, math.NaN(), 2, 3}, nil, ErrNotFinite},
		{"infinite", []float64{1, math.Inf(1), 2, 3}, nil, ErrNotFinite},
		{"collinear", []float64{1, 5, 2, 4, 3, 1, 2, 2}, twice, ErrCollinear},
		{"ragged", []float64{1, 5, 2, 4}, [][]float64{{1}, {1, 2}, {1}, {1}}, ErrShape},
		{"perfect", ramp, func() [][]float64 {
			x := make([][]float64, 8)
			for i := range x {
				x[i] = []float64{1, float64(i)}
			}
			return x
		}(), ErrConstant},
	} {
		if _, err := New(c.y, c.x); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	s := one[*Sample](t)(New([]float64{1, 3, 2, 4, 6, 5, 3, 2}, nil))
	for _, trim := range []float64{0, -1, .5, 2, math.NaN()} {
		if _, err := s.FStatistics(trim); !errors.Is(err, ErrShape) {
			t.Errorf("trim %v: %v", trim, err)
		}
	}
	if _, err := s.OLSMosum(.01); !errors.Is(err, ErrShape) && !errors.Is(err, ErrTooShort) {
		t.Errorf("a window of nothing: %v", err)
	}
	if _, err := s.Date(9, 1); !errors.Is(err, ErrTooShort) {
		t.Errorf("regimes longer than the sample: %v", err)
	}
	if _, err := s.Monitor(MonitorOptions{Alpha: 2}); !errors.Is(err, ErrShape) {
		t.Errorf("a level of 2: %v", err)
	}
	m := one[*Monitor](t)(s.Monitor(MonitorOptions{Alpha: .05}))
	before := m.Add(4, nil)
	if after := m.Add(math.NaN(), nil); after != before {
		t.Errorf("a missing day moved the watch from %+v to %+v", before, after)
	}
}

// numbers are series as nasty as an import can be: steps, spikes, zeros, 1e9, constants.
func numbers(t *rapid.T, n int, name string) []float64 {
	y := make([]float64, n)
	scale := rapid.SampledFrom([]float64{1e-6, 1, 1e9}).Draw(t, name+" scale")
	for i := range y {
		y[i] = scale * float64(rapid.IntRange(-3, 5).Draw(t, name))
	}
	return y
}

// TestNothingBreaks runs everything on anything and asks for numbers that exist.
func TestNothingBreaks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		y, driver := numbers(t, n, "y"), numbers(t, n, "x")
		var x [][]float64
		if rapid.Bool().Draw(t, "regressor") {
			x = make([][]float64, n)
			for i := range x {
				x[i] = []float64{1, driver[i]}
			}
		}
		s, err := New(y, x)
		if err != nil {
			return
		}
		ok := func(what string, values ...float64) {
			for _, v := range values {
				if !finite(v) {
					t.Fatalf("%s gave %v", what, v)
				}
			}
		}
		test := func(what string, f FunctionalTest) {
			ok(what, f.Statistic, f.P)
			if f.P < 0 || f.P > 1 {
				t.Fatalf("%s: p = %v", what, f.P)
			}
		}
		if path, err := s.FStatistics(.15); err == nil {
			test("sup F", path.Sup())
			test("average F", path.Average())
			test("exponential F", path.Exponential())
		}
		if f, err := s.SupLM(.15); err == nil {
			test("sup LM", f)
		}
		if f, err := s.RobustSupF(.15); err == nil {
			test("robust sup F", f.FunctionalTest)
		}
		for _, f := range []func() (Fluctuation, error){
			func() (Fluctuation, error) { return s.OLSCusum(), nil },
			s.RecursiveCusum, s.RecursiveEstimates, s.ScoreCusum,
			func() (Fluctuation, error) { return s.OLSMosum(.15) },
			func() (Fluctuation, error) { return s.MovingEstimates(.3) },
		} {
			if v, err := f(); err == nil {
				test("fluctuation", FunctionalTest{v.Statistic, v.P, v.At})
			}
		}
		if d, err := s.Date(max(2, n/7), 3); err == nil {
			ok("dating", d.RSS...)
			ok("dating", d.BIC...)
			ok("dating", d.LWZ...)
			for m := range d.Breaks {
				intervals, err := d.Intervals(m, .95)
				if err != nil {
					t.Fatal(err)
				}
				for _, i := range intervals {
					if i.Lower > i.Break || i.Upper < i.Break || i.Lower < 1 || i.Upper > n-1 {
						t.Fatalf("interval %+v of %d", i, n)
					}
				}
			}
		}
		for _, w := range []Watch{WatchCusum, WatchMosum, WatchEstimates} {
			m, err := s.Monitor(MonitorOptions{Watch: w, Alpha: .05, Window: .5, Period: 4, Robust: n%2 == 0})
			if err != nil {
				continue
			}
			for i, v := range y {
				row := []float64(nil)
				if x != nil {
					row = x[i]
				}
				signal := m.Add(v, row)
				ok("watch", signal.Process, signal.Boundary)
			}
		}
	})
}

// TestUnitsChangeNothing: other units of y and x leave every statistic as it is.
func TestUnitsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(20, 60).Draw(t, "n")
		y, x := make([]float64, n), make([][]float64, n)
		factor := rapid.SampledFrom([]float64{1e-9, .01, 100, 1e9}).Draw(t, "factor")
		y2, x2 := make([]float64, n), make([][]float64, n)
		for i := range y {
			v := rapid.Float64Range(-1, 1).Draw(t, "x")
			y[i] = rapid.Float64Range(-1, 1).Draw(t, "y") + v/2
			x[i] = []float64{1, v}
			y2[i], x2[i] = y[i]*factor, []float64{1, v * 1000}
		}
		a, errA := New(y, x)
		b, errB := New(y2, x2)
		if errA != nil || errB != nil {
			return
		}
		fa, _ := a.RobustSupF(.15)
		fb, _ := b.RobustSupF(.15)
		if math.Abs(fa.P-fb.P) > 1e-6 || fa.Break != fb.Break {
			t.Fatalf("p %v at %d became %v at %d", fa.P, fa.Break, fb.P, fb.Break)
		}
	})
}
