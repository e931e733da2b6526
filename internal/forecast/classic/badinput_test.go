package classic

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// nasty are the series real exports bring along.
func nasty() map[string][]float64 {
	chance := rand.New(rand.NewPCG(3, 1))
	made := func(n int, f func(i int) float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = f(i)
		}
		return out
	}
	noise := func(int) float64 { return chance.NormFloat64() }
	return map[string][]float64{
		"nothing":     nil,
		"all missing": repeat(math.NaN(), 30),
		"one":         {5},
		"two":         {5, 7},
		"three":       {5, 7, 6},
		"constant":    repeat(3, 60),
		"zeros":       repeat(0, 60),
		"line":        made(60, func(i int) float64 { return float64(i) }),
		"parabola":    made(40, func(i int) float64 { return float64(i * i) }),
		"exponential": made(40, func(i int) float64 { return math.Pow(2, float64(i)) }),
		"negative":    made(60, func(i int) float64 { return -10 + noise(i) }),
		"huge":        made(60, func(i int) float64 { return 1e12 + 1e9*noise(i) }),
		"vast":        made(40, func(i int) float64 { return 1e100 * (3 + noise(i)) }),
		"tiny":        made(60, func(i int) float64 { return 1e-12 * (5 + noise(i)) }),
		"far":         made(60, func(i int) float64 { return 1e9 + noise(i) }),
		"mostly zero": made(60, func(i int) float64 { return float64((i % 13) / 12) }),
		"one spike":   made(60, func(i int) float64 { return float64(i/59) * 1e6 }),
		"step":        made(60, func(i int) float64 { return float64(i/30)*100 + 1 }),
		"pure season": made(60, func(i int) float64 { return []float64{1, 5, 2, 9}[i%4] }),
		"infinite":    {1, 2, math.Inf(1), 4, 5, math.Inf(-1), 7, 8, 2, 3, 4, 5},
		"a year out": made(80, func(i int) float64 {
			if i > 20 && i < 60 {
				return math.NaN()
			}
			return 20 + noise(i)
		}),
		"ends missing": made(50, func(i int) float64 {
			if i < 3 || i > 45 {
				return math.NaN()
			}
			return 20 + noise(i)
		}),
	}
}

func allFinite(t rapid.TB, what string, parts ...[]float64) {
	t.Helper()
	for _, part := range parts {
		for i, v := range part {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%s: value %d is %v", what, i, v)
			}
		}
	}
}

func TestNastySeries(t *testing.T) {
	t.Parallel()
	for name, y := range nasty() {
		for _, m := range []int{1, 4, 12, 52} {
			clean, _, _ := Clean(y, m)
			for _, method := range Methods() {
				f := method.Forecast(y, m, 9)
				if len(f.Mean) != 9 || len(f.SD) != 9 {
					t.Fatalf("%s of %s, m=%d: %d values", method.Name, name, m, len(f.Mean))
				}
				allFinite(t, method.Name+" of "+name, f.Mean, f.SD)
			}
			parts, _ := STL(clean, m, STLOptions{Robust: 1})
			allFinite(t, "parts of "+name, parts.Trend, parts.Season, parts.Rest)
			box, _ := GuerreroLambda(clean, m)
			likely, _ := LikelihoodLambda(clean, m)
			stat, chance, _ := DieboldMariano(y, clean, 2, 2)
			allFinite(t, "numbers of "+name, []float64{box, likely, stat, chance, KPSSLevel(y), SeasonalStrength(y, m), MASE(y, y, y, m), SMAPE(y, y)}, Autocorrelation(y, 5))
			allFinite(t, "quick pieces of "+name, QuickSES(y, 5).Ahead, QuickTheta(y, 5).Ahead, QuickDamped(y, 5).Ahead, TwoLineTheta(y, 5).Mean)
			p := Predict(y, m, 9)
			allFinite(t, "prediction of "+name, p.Mean, p.Lo80, p.Hi80, p.Lo95, p.Hi95)
			if len(p.Mean) != 9 {
				t.Fatalf("prediction of %s has %d values", name, len(p.Mean))
			}
			for i := range p.Mean {
				if p.Lo95[i] > p.Lo80[i] || p.Lo80[i] > p.Mean[i] || p.Mean[i] > p.Hi80[i] || p.Hi80[i] > p.Hi95[i] {
					t.Fatalf("prediction of %s, step %d: %v %v %v %v %v are not in order", name, i, p.Lo95[i], p.Lo80[i], p.Mean[i], p.Hi80[i], p.Hi95[i])
				}
			}
		}
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Reason{
		"nothing": NoData, "all missing": NoData, "one": Constant, "constant": Constant, "zeros": Constant,
		"two": TooShort, "a year out": TooManyGaps, "line": Fine, "negative": Fine, "ends missing": Fine,
	} {
		if got := Predict(nasty()[name], 12, 6).Why; got != want && !(name == "a year out" && got == Fine) {
			t.Errorf("%s: reason %q, want %q", name, got, want)
		}
	}
}

// TestUnits: a series in thousands is forecast as the series is, in thousands.
func TestUnits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(1, 100), 8, 16).Draw(t, "y")
		scaled := make([]float64, len(y))
		for i, v := range y {
			scaled[i] = 1024 * v
		}
		a, b := Predict(y, 4, 4), Predict(scaled, 4, 4)
		for i := range a.Mean {
			if math.Abs(1024*a.Mean[i]-b.Mean[i]) > 1e-6*(1+math.Abs(b.Mean[i])) || math.Abs(1024*a.Hi95[i]-b.Hi95[i]) > 1e-6*(1+math.Abs(b.Hi95[i])) {
				t.Fatalf("step %d: %v and %v, %v and %v", i, a.Mean[i], b.Mean[i], a.Hi95[i], b.Hi95[i])
			}
		}
	})
}
