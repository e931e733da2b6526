package stat

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func ramp(n int, f func(int) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// Bad data are answered by a reason, never by NaN or a panic.
func TestBadDataHaveAReason(t *testing.T) {
	t.Parallel()
	noise := ramp(50, func(i int) float64 { return math.Sin(float64(i * i)) })
	flat := ramp(50, func(int) float64 { return 3e9 })
	gap := append([]float64{math.NaN()}, noise[1:]...)
	twice := ramp(50, func(i int) float64 { return 1e9 * noise[i] })
	for _, c := range []struct {
		what string
		err  error
		want error
	}{
		{"a missing value", second(Fit(gap, [][]float64{Ones(50)})), ErrNotFinite},
		{"the same column twice", second(Fit(noise, [][]float64{Ones(50), noise, twice})), ErrCollinear},
		{"two constants", second(Fit(noise, [][]float64{Ones(50), flat})), ErrCollinear},
		{"a column of zeros", second(Fit(noise, [][]float64{make([]float64, 50)})), ErrCollinear},
		{"three days", second(Fit(noise[:3], [][]float64{Ones(3), noise[:3], gap[:3]})), ErrTooShort},
		{"unequal lengths", second(Fit(noise, [][]float64{Ones(49)})), ErrShape},
		{"no columns", second(Fit(noise, nil)), ErrTooShort},
		{"Granger of three days", second(Granger(noise[:3], noise[:3], 1)), ErrTooShort},
		{"Granger of a series and itself", second(Granger(noise, noise, 1)), ErrCollinear},
		{"a constant's unit root", second(ADF(flat, Level, 2)), ErrNoVariation},
		{"a short unit root", second(ADF(noise[:6], Level, 2)), ErrTooShort},
		{"a constant's stationarity", second(KPSS(flat, Level, 2)), ErrNoVariation},
		{"a line's stationarity around it", second(KPSS(ramp(50, func(i int) float64 { return float64(i) }), Line, 2)), ErrNoVariation},
		{"correlation with a constant", second(CrossCorrelation(flat, noise, 3)), ErrNoVariation},
		{"a constant's autocorrelation", second(LjungBox(flat, 3, 0)), ErrNoVariation},
		{"long lags of a short series", second(FitARDL(noise[:8], noise[:8], nil, 3, 9)), ErrTooShort},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", c.what, c.err, c.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// A perfect fit has no residuals to estimate anything from; every covariance is then zero.
func TestPerfectFit(t *testing.T) {
	t.Parallel()
	x := ramp(40, func(i int) float64 { return float64(i) })
	fit, err := Fit(make([]float64, 40), [][]float64{Ones(40), x})
	must(t, err)
	andrews, bandwidth := fit.Andrews(HAC{Prewhiten: true, SmallSample: true})
	newey, lag := fit.NeweyWestAutomatic(HAC{Prewhiten: true})
	for _, se := range append(append(Errors(andrews), Errors(newey)...), bandwidth, lag, fit.R2(), DurbinWatson(fit.Residuals)-2) {
		if math.IsNaN(se) || se > 1e-12 {
			t.Errorf("%v instead of 0", se)
		}
	}
}

// Units change no t-value.
func TestUnitsDoNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(12, 40).Draw(t, "n")
		cell := rapid.Float64Range(-10, 10)
		x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = cell.Draw(t, "x")
			y[i] = cell.Draw(t, "y")
		}
		unit := math.Pow(10, float64(rapid.IntRange(-6, 9).Draw(t, "unit")))
		for i := range x {
			z[i] = unit * x[i]
		}
		a, err1 := Fit(y, [][]float64{Ones(n), x})
		b, err2 := Fit(y, [][]float64{Ones(n), z})
		if (err1 == nil) != (err2 == nil) {
			t.Fatalf("%v but %v", err1, err2)
		}
		if err1 != nil {
			return
		}
		for _, pair := range [][2]float64{
			{a.Coef[1] / Errors(a.Robust(HC3))[1], b.Coef[1] / Errors(b.Robust(HC3))[1]},
			{a.Coef[1] / Errors(a.NeweyWest(3, HAC{}))[1], b.Coef[1] / Errors(b.NeweyWest(3, HAC{}))[1]},
		} {
			if math.Abs(pair[0]-pair[1]) > 1e-5*(1+math.Abs(pair[0])) && !math.IsInf(pair[0], 0) {
				t.Fatalf("t is %v in one unit and %v in the other", pair[0], pair[1])
			}
		}
	})
}

// The order of the tests changes no adjusted p-value, and none is below its p.
func TestAdjustedInAnyOrder(t *testing.T) {
	t.Parallel()
	procedures := []func([]float64) []float64{Bonferroni, Holm, Hochberg, BenjaminiHochberg, BenjaminiYekutieli}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 30).Draw(t, "p")
		turn := make([]float64, len(p))
		for i := range p {
			turn[len(p)-1-i] = p[i]
		}
		for k, procedure := range procedures {
			a, b := procedure(p), procedure(turn)
			for i := range a {
				if math.Abs(a[i]-b[len(p)-1-i]) > 1e-12 || a[i] < p[i]-1e-12 || a[i] > 1 {
					t.Fatalf("procedure %d: %v and %v for %v", k, a[i], b[len(p)-1-i], p[i])
				}
			}
		}
	})
	if q := BenjaminiHochberg([]float64{math.NaN(), 0.001}); q[0] != 1 || q[1] != 0.002 {
		t.Errorf("a p-value that is no number: %v", q)
	}
}

// The order of lags is found, and the long-run effect of what was planted.
func TestARDLFindsTheLongRun(t *testing.T) {
	t.Parallel()
	n := 400
	state := uint64(7)
	draw := func() float64 { // a small generator of its own: the numbers may not change with the library
		state = state*6364136223846793005 + 1442695040888963407
		return float64(state>>33)/float64(1<<31)*2 - 1
	}
	x, y := make([]float64, n), make([]float64, n)
	for t := range y {
		x[t] = draw()
		if t > 0 {
			y[t] = 0.5*y[t-1] + 0.3*x[t] + 0.2*x[t-1] + 0.05*draw()
		}
	}
	fit, err := FitARDL(y, x, nil, 2, 3)
	must(t, err)
	theta, se, ok := fit.LongRun(fit.NeweyWest(5, HAC{SmallSample: true}), fit.Of, fit.Own)
	if !ok || fit.P < 1 || fit.Q < 1 || math.Abs(theta-1) > 4*se || se > 0.05 {
		t.Errorf("p=%d q=%d: %v ± %v, planted 1", fit.P, fit.Q, theta, se)
	}
}

func TestQuantilesInvertTails(t *testing.T) {
	t.Parallel()
	for _, df := range []float64{1, 2.5, 7, 40, 1e4, math.Inf(1)} {
		for _, p := range []float64{1e-6, 0.01, 0.3, 0.5, 0.8, 0.975, 0.9999} {
			if back := 1 - StudentTail(StudentQuantile(p, df), df); math.Abs(back-p) > 1e-10 {
				t.Errorf("df %v: %v becomes %v", df, p, back)
			}
		}
	}
}
