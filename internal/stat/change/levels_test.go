package change

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"pgregory.net/rapid"
)

// TestLevelsAgainstPublished is the gate: one fixed setting, every annotated series whose
// published default scores are known. The setting was chosen on the first half alone.
func TestLevelsAgainstPublished(t *testing.T) {
	t.Parallel()
	var published struct {
		Cover map[string][3]float64
		F1    map[string][3]float64
	}
	evidence.Vectors(t, "changepoint.json")["tcpd-published-subset30"].Read(t, nil, &published)
	people := annotations(t)
	var names []string
	for _, name := range sortedKeys(people) {
		if _, ok := published.Cover[name]; ok {
			names = append(names, name)
		}
	}
	if len(names) != 15 {
		t.Fatalf("%d series have published scores, 15 were expected (run_log has two dimensions and none)", len(names))
	}
	halves := [2][]string{}
	for i, name := range names {
		halves[i%2] = append(halves[i%2], name)
	}
	for _, set := range []struct {
		what  string
		names []string
		gate  bool
	}{
		{"all 15 annotated series with published scores", names, true},
		{"the half the setting was chosen on", halves[0], false},
		{"the half that had no say", halves[1], false},
	} {
		cover, f1 := 0.0, 0.0
		var theirs [2][3]float64
		for _, name := range set.names {
			y := series(t, name)
			found := Levels(y, 0)
			c, f := Covering(people[name], found.Dates(), len(y)), FMeasure(people[name], found.Dates(), 5)
			count := float64(len(set.names))
			cover, f1 = cover+c/count, f1+f/count
			for j := range 3 {
				theirs[0][j] += published.Cover[name][j] / count
				theirs[1][j] += published.F1[name][j] / count
			}
			if set.gate {
				t.Logf("%-20s cover %.3f (%.3v) F1 %.3f (%.3v) %v", name, c, published.Cover[name], f, published.F1[name], found.Dates())
			}
		}
		for _, score := range []struct {
			name      string
			got, best float64
		}{{"mean cover", cover, slices.Max(theirs[0][:])}, {"mean F1", f1, slices.Max(theirs[1][:])}} {
			figure := evidence.Figure{Room: room, Case: set.what + ", against the best of BINSEG, BOCPD, PELT (published defaults)",
				Name: score.name, Got: score.got, Tries: len(set.names)}
			if set.gate {
				evidence.AtLeast(t, figure, score.best, 0)
				continue
			}
			figure.Bar, figure.OK = fmt.Sprintf("theirs: %.4f", score.best), score.got > score.best
			evidence.Publish(t, figure)
		}
	}
}

// wave is n observations of an AR(1) with variance one, spikes of eight in one of a hundred,
// and a shift of size from the middle on.
func wave(rng *rand.Rand, n int, rho, size float64) []float64 {
	y, s := make([]float64, n), math.Sqrt(1-rho*rho)
	e := rng.NormFloat64() / s
	for i := range y {
		y[i] = e * s
		if rng.Float64() < .01 {
			y[i] += 8
		}
		if i >= n/2 {
			y[i] += size
		}
		e = rho*e + rng.NormFloat64()
	}
	return y
}

func TestLevelsUnderAutocorrelation(t *testing.T) {
	t.Parallel()
	const seed = 8
	tries := evidence.Tries(60, 1000)
	slack := 2 * math.Sqrt(.05*.95/float64(tries))
	for _, n := range []int{90, 365, 730} {
		for _, rho := range []float64{0, .5, .7, .9} {
			rng := rand.New(rand.NewPCG(seed, uint64(n)))
			alarms := 0.0
			for range tries {
				y := wave(rng, n, rho, 0)
				for _, s := range Levels(y, 0).Shifts {
					if s.Confidence >= .9 {
						alarms += 1 / float64(tries)
						break
					}
				}
			}
			evidence.AtMost(t, evidence.Figure{Room: room, Case: fmt.Sprintf("no change, n = %d, AR(%v), one day of a hundred off by eight sd", n, rho),
				Name: "a change told with confidence .9", Got: alarms, Tries: tries, Seed: seed, Unit: "%"}, .05, slack)
		}
	}
	for _, c := range []struct {
		n          int
		rho, found float64
	}{{180, 0, .95}, {365, .5, .95}, {365, .7, .80}, {730, .7, .95}} {
		rng := rand.New(rand.NewPCG(seed, uint64(c.n)))
		found, covered, size := 0.0, 0.0, 0.0
		for range tries {
			shifts := Levels(wave(rng, c.n, c.rho, 1.5), 0).Shifts
			if len(shifts) != 1 {
				continue
			}
			found++
			size += shifts[0].Size
			if shifts[0].First <= c.n/2 && c.n/2 <= shifts[0].Last {
				covered++
			}
		}
		what := fmt.Sprintf("level up by 1.5 sd, n = %d, AR(%v), one day of a hundred off by eight sd", c.n, c.rho)
		evidence.AtLeast(t, evidence.Figure{Room: room, Case: what, Name: "found, alone", Got: found / float64(tries), Tries: tries, Seed: seed, Unit: "%"}, c.found, slack)
		evidence.AtLeast(t, evidence.Figure{Room: room, Case: what, Name: "95 % range of the date covers", Got: covered / found, Tries: tries, Seed: seed, Unit: "%"}, .85, 2*slack)
		near(t, what+": size", size/found, 1.5, .15)
	}
}

func TestLevelsOfADailySeries(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(4, 4))
	y := make([]float64, 365)
	for i := range y {
		y[i] = 100 + 5*rng.NormFloat64()
		if i%7 >= 5 {
			y[i] -= 50 // weekends
		}
		if i >= 200 {
			y[i] += 30
		}
	}
	y[20], y[21], y[150] = math.NaN(), math.NaN(), 900
	got := Levels(y, 7)
	if len(got.Shifts) != 1 || got.Shifts[0].At != 200 || math.Abs(got.Shifts[0].Size-30) > 3 || got.Shifts[0].Confidence < .99 {
		t.Fatalf("found %+v", got)
	}
}

func TestLevelsSayWhyTheyCannot(t *testing.T) {
	t.Parallel()
	missing := make([]float64, 100)
	for i := range missing {
		missing[i] = math.NaN()
	}
	constant := make([]float64, 100)
	for i := range constant {
		constant[i] = 1e9
	}
	huge := make([]float64, 100)
	for i := range huge {
		huge[i] = math.MaxFloat64 * float64(1-2*(i%2))
	}
	for _, c := range []struct {
		name string
		y    []float64
		want Reason
	}{
		{"nothing", nil, TooShort}, {"three days", []float64{1, 2, 3}, TooShort}, {"all missing", missing, TooShort},
		{"constant", constant, Unvarying}, {"zeros", make([]float64, 100), Unvarying}, {"huge", huge, TooLarge},
	} {
		if got := Levels(c.y, 7); got.Reason != c.want || len(got.Shifts) != 0 {
			t.Errorf("%s: %+v, want reason %q", c.name, got, c.want)
		}
	}
}

// TestLevelsStandAnything: whatever the numbers, every figure exists, dates are in order and
// inside, and other units change no date.
func TestLevelsStandAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 120).Draw(t, "n")
		scale := rapid.SampledFrom([]float64{1e-9, 1, 1e9, 1e200}).Draw(t, "scale")
		period := rapid.SampledFrom([]int{0, 1, 7, -3}).Draw(t, "period")
		y, other := make([]float64, n), make([]float64, n)
		for i := range y {
			v := float64(rapid.IntRange(0, 9).Draw(t, "y"))
			if v == 9 {
				v = math.NaN()
			}
			if i > n/2 {
				v += 4
			}
			y[i], other[i] = v, 1024*v
			y[i] *= scale
			other[i] *= scale
		}
		got := Levels(y, period)
		last := 0
		for _, s := range got.Shifts {
			for _, v := range []float64{s.Before, s.After, s.Size, s.SE, s.Confidence, got.Noise, got.Rho} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%+v", got)
				}
			}
			if s.At <= last || s.At >= n || s.First > s.At || s.Last < s.At || s.Last >= n || s.Confidence < 0 || s.Confidence > 1 {
				t.Fatalf("%+v of %d", s, n)
			}
			last = s.At
		}
		if again := Levels(other, period); !slices.Equal(again.Dates(), got.Dates()) {
			t.Fatalf("in other units %v became %v", got.Dates(), again.Dates())
		}
	})
}

// TestPruningIsExact: PELT finds what the search without pruning finds.
func TestPruningIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		y := make([]float64, n)
		for i := range y {
			y[i] = rapid.Float64Range(-3, 3).Draw(t, "y")
		}
		kind := rapid.SampledFrom([]Cost{CostMean, CostNormal, CostMedian}).Draw(t, "cost")
		least := rapid.IntRange(1, 6).Draw(t, "least")
		penalty := rapid.Float64Range(.1, 12).Draw(t, "penalty")
		cost, err := costs(y, kind)
		if err != nil {
			t.Fatal(err)
		}
		total := func(changes []int) float64 {
			sum := penalty * float64(len(changes))
			for _, s := range segments(changes, n) {
				sum += cost(s[0], s[1])
			}
			return sum
		}
		if n < least {
			return
		}
		with, without := pelt(n, cost, penalty, least, true), pelt(n, cost, penalty, least, false)
		if math.Abs(total(with)-total(without)) > 1e-9*(1+math.Abs(total(without))) {
			t.Fatalf("pruned %v costs %v, unpruned %v costs %v", with, total(with), without, total(without))
		}
	})
}

// TestPlacementsAreNearlyBest holds the quick search against the exact one.
func TestPlacementsAreNearlyBest(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	worst := 0.0
	for range 20 {
		y := make([]float64, 250)
		level := 0.0
		for i := range y {
			if rng.Float64() < .02 {
				level += 2 * rng.NormFloat64()
			}
			y[i] = level + rng.NormFloat64()
		}
		cost, err := costs(y, CostMean)
		if err != nil {
			t.Fatal(err)
		}
		_, exact := optimal(len(y), cost, mostChanges, 8)
		for m, p := range placements(y, 8) {
			worst = math.Max(worst, p.rss/exact[m]-1)
		}
	}
	evidence.AtMost(t, evidence.Figure{Room: room, Case: "quick search of dates against the exact one, n = 250, up to 8 changes",
		Name: "largest surplus of squares", Got: worst, Tries: 20, Seed: 9, Unit: "%"}, .05, 0)
}

func TestSearchesRefuseNonsense(t *testing.T) {
	t.Parallel()
	y := []float64{1, 2, 3, 4, 9, 9, 9}
	for _, bad := range []float64{math.NaN(), math.Inf(1), -1} {
		if _, err := PELT(y, CostMean, bad, 2); err == nil {
			t.Errorf("PELT took a penalty of %v", bad)
		}
	}
	if _, err := PELT([]float64{math.NaN()}, CostMean, 1, 1); err == nil {
		t.Error("PELT took a missing number")
	}
	if _, err := PELT(y, Cost(9), 1, 1); err == nil {
		t.Error("PELT took an unknown cost")
	}
	if got, err := PELT(nil, CostMean, 1, 2); err != nil || got != nil {
		t.Errorf("PELT of nothing: %v, %v", got, err)
	}
	if _, _, err := Optimal(y, CostMean, 5, 2); err == nil {
		t.Error("Optimal placed five changes in seven observations")
	}
	if got, err := BinarySegmentation(y, CostMean, 99, 2); err != nil || len(got) > 3 {
		t.Errorf("BinarySegmentation: %v, %v", got, err)
	}
	if _, err := Online(y, OnlinePrior{}); err == nil {
		t.Error("Online took an empty prior")
	}
	r, err := Online([]float64{1e300, -1e300, 0, 1}, OnlinePrior{Lambda: 50, Kappa: 1, Alpha: 1, Beta: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Posterior {
		sum := 0.0
		for _, v := range p {
			sum += v
		}
		near(t, "posterior", sum, 1, 1e-9)
	}
}
