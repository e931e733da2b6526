package classic

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// wavy is a positive series with season, trend and noise.
func wavy(seed uint64, n, m int) []float64 {
	chance := rand.New(rand.NewPCG(seed, 2))
	y := make([]float64, n)
	for i := range y {
		y[i] = (100 + float64(i)) * (1 + .3*math.Sin(2*math.Pi*float64(i)/float64(max(m, 2)))) * math.Exp(.05*chance.NormFloat64())
	}
	return y
}

// TestWidthsAreThoseOfPaths holds the formulas against simulation, beyond one season.
func TestWidthsAreThoseOfPaths(t *testing.T) {
	t.Parallel()
	y := wavy(1, 48, 4)
	for _, kind := range Kinds(y, 4) {
		e, err := FitETS(y, 4, kind, Quick)
		if err != nil {
			t.Fatal(err)
		}
		want := spreadOf(e.Simulate(4000, 10, 5), 10)
		got := e.Forecast(10).SD
		for i := range got {
			if math.Abs(got[i]/want[i]-1) > .08 {
				t.Errorf("%v, step %d: %v by formula, %v by paths", kind, i+1, got[i], want[i])
			}
		}
	}
}

// TestSimulationServesTheRest: the one family without formula still has a width.
func TestSimulationServesTheRest(t *testing.T) {
	t.Parallel()
	e, err := FitETS(wavy(1, 48, 4), 4, Kind{Season: Multiplicative}, Quick)
	if err != nil {
		t.Fatal(err)
	}
	sd := e.Forecast(6).SD
	if again := e.Forecast(6).SD; sd[0] <= 0 || again[5] != sd[5] {
		t.Errorf("widths %v, then %v", sd, again)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	t.Parallel()
	y := wavy(3, 60, 12)
	a, b := Predict(y, 12, 12), Predict(y, 12, 12)
	for i := range a.Mean {
		if a.Mean[i] != b.Mean[i] || a.Lo95[i] != b.Lo95[i] {
			t.Fatalf("step %d differs", i)
		}
	}
}

// TestPartsAddUp: a decomposition loses nothing.
func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.IntRange(2, 13).Draw(t, "m")
		y := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 2*m, 5*m).Draw(t, "y")
		robust := rapid.IntRange(0, 2).Draw(t, "robust")
		d, why := STL(y, m, STLOptions{Robust: robust, Periodic: rapid.Bool().Draw(t, "periodic")})
		if why != Fine {
			t.Fatal(why)
		}
		for i, v := range y {
			if sum := d.Trend[i] + d.Season[i] + d.Rest[i]; !(math.Abs(sum-v) <= 1e-6) {
				t.Fatalf("value %d: %v, its parts %v", i, v, sum)
			}
		}
	})
}

// TestConformalCovers: with n exchangeable residuals the next one is inside at least as
// often as promised.
func TestConformalCovers(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(11, 1))
	inside, tries := 0, 4000
	for range tries {
		r := make([]float64, 30)
		for i := range r {
			r[i] = chance.ExpFloat64()
		}
		if q, _, _ := SplitQuantile(r, .1); chance.ExpFloat64() <= q {
			inside++
		}
	}
	if share := float64(inside) / float64(tries); share < .885 || share > .925 {
		t.Errorf("%v inside, .90 to .93 was promised", share)
	}
	lo, hi, enough := SplitBands([]float64{5, 5, 5}, [][]float64{{1, -2, 3}, {1}}, .5)
	if enough || lo[2] != 3 || hi[0] != 7 {
		t.Errorf("bands %v … %v, enough %v", lo, hi, enough)
	}
}

// TestAdaptiveLevelHolds: whatever the series does, the share of misses tends to the target.
func TestAdaptiveLevelHolds(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(12, 1))
	c := NewACI(.1, .02)
	missed, n := 0, 5000
	for i := range n {
		scale := 1 + float64(i)/float64(n) // the world grows wilder, the width does not
		miss := math.Abs(scale*chance.NormFloat64()) > normalQuantile(1-c.Level()/2)
		if c.Update(miss); miss {
			missed++
		}
	}
	if share := float64(missed) / float64(n); math.Abs(share-.1) > .01 {
		t.Errorf("missed %v of the time, .1 was the target", share)
	}
}

// TestChoiceFollowsTheSeries: rolling origins find the season, and the trend.
func TestChoiceFollowsTheSeries(t *testing.T) {
	t.Parallel()
	y := wavy(5, 60, 12)
	methods := []Method{{"naive", func(y []float64, _, h int) Forecast { return SeasonalNaive(y, 1, h) }}, {"ETS", ETSForecast}}
	if best, scores := Choose(y, 12, 6, 3, methods); best != 1 || scores[1].Origins != 3 {
		t.Errorf("chose %d of %+v", best, scores)
	}
	if best, scores := Choose(y[:5], 12, 6, 3, methods); best != 0 || scores[0].Origins != 0 {
		t.Errorf("chose %d of %+v with too little to go by", best, scores)
	}
}

// TestQuickPiecesAreClose: the grids lose little against the search.
func TestQuickPiecesAreClose(t *testing.T) {
	t.Parallel()
	y := wavy(7, 80, 1)
	full, err := FitETS(y, 1, Kind{Trend: true, Damped: true}, Full)
	if err != nil {
		t.Fatal(err)
	}
	if quick := QuickDamped(y, 4); quick.SSE > 1.3*full.SSE {
		t.Errorf("quick damped loses %v, the search %v", quick.SSE, full.SSE)
	}
	a, b := QuickTheta(y, 8).Ahead, TwoLineTheta(y, 8).Mean
	for i := range a {
		if math.Abs(a[i]/b[i]-1) > .05 {
			t.Errorf("step %d: %v quickly, %v in full", i+1, a[i], b[i])
		}
	}
}

func TestCombine(t *testing.T) {
	t.Parallel()
	var parts []Forecast
	for _, v := range []float64{1, 2, 3, 100, 4} {
		parts = append(parts, Forecast{Mean: []float64{v}, SD: []float64{1}})
	}
	for rule, want := range map[Rule]float64{Trimmed: 3, Mean: 22, Median: 3} {
		if got := Combine(parts, rule); got.Mean[0] != want || got.SD[0] != 1 {
			t.Errorf("rule %d: %+v, want %v", rule, got, want)
		}
	}
	if got := Combine(parts[:4], Median).Mean[0]; got != 2.5 {
		t.Errorf("median of four: %v", got)
	}
	if got := Combine(nil, Mean); got.Why != NoData {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestGapsAreBridged(t *testing.T) {
	t.Parallel()
	y := wavy(9, 60, 12)
	holed := append([]float64(nil), y...)
	for _, i := range []int{0, 20, 21, 33, 59} {
		holed[i] = math.NaN()
	}
	clean, trailing, why := Clean(holed, 12)
	if len(clean) != 58 || trailing != 1 || why != Fine {
		t.Fatalf("%d values, %d trailing, %q", len(clean), trailing, why)
	}
	for _, i := range []int{20, 21, 33} {
		if got := clean[i-1]; math.Abs(got/y[i]-1) > .2 {
			t.Errorf("value %d bridged by %v, it was %v", i, got, y[i])
		}
	}
	whole, part := Predict(y, 12, 6), Predict(holed, 12, 6)
	for i := range whole.Mean {
		if math.Abs(part.Mean[i]/whole.Mean[i]-1) > .1 {
			t.Errorf("step %d: %v with gaps, %v without", i+1, part.Mean[i], whole.Mean[i])
		}
	}
}
