package structure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

const room = "structural change"

// world is y = 1 + bx + e, x an AR(.5), e an AR(rho) with variance-one innovations; b is .5
// and falls by fall in the middle.
func world(rng *rand.Rand, n int, rhoX, rho, fall float64) ([]float64, [][]float64) {
	y, x := make([]float64, n), make([][]float64, n)
	driver, e := rng.NormFloat64()/math.Sqrt(1-rhoX*rhoX), rng.NormFloat64()/math.Sqrt(1-rho*rho)
	for i := range y {
		b := .5
		if i >= n/2 {
			b -= fall
		}
		x[i] = []float64{1, driver}
		y[i] = 1 + b*driver + e
		driver = rhoX*driver + rng.NormFloat64()
		e = rho*e + rng.NormFloat64()
	}
	return y, x
}

// rates is how often each test says "changed" at 5 %.
func rates(t *testing.T, n, tries int, rho, fall float64, seed uint64, names ...string) map[string]float64 {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	out := map[string]float64{}
	for range tries {
		y, x := world(rng, n, .5, rho, fall)
		s := one[*Sample](t)(New(y, x))
		for _, name := range names {
			p := 1.0
			switch name {
			case "supF":
				p = one[*FPath](t)(s.FStatistics(.15)).Sup().P
			case "olscusum", "cus.S0":
				p = s.OLSCusum().P
			case "RE", "re.RE":
				p = one[Fluctuation](t)(s.RecursiveEstimates()).P
			case "scorecusum":
				p = one[Fluctuation](t)(s.ScoreCusum()).P
			case "scoreHAC", "supLM_HAC":
				p = one[FunctionalTest](t)(s.SupLM(.15)).P
			case "bp_bic":
				if one[*Dating](t)(s.Date(int(.15*float64(n)), 5)).ByBIC() > 0 {
					p = 0
				}
			case "robust":
				p = one[RobustTest](t)(s.RobustSupF(.15)).P
			}
			if p < .05 {
				out[name] += 1 / float64(tries)
			}
		}
	}
	return out
}

// TestSimulatedSizesAndPowers reproduces the sizes and powers that were measured with other
// software. Both sides were drawn: the tolerance is the vector's, and what the two numbers
// of repetitions leave to chance is added to it.
func TestSimulatedSizesAndPowers(t *testing.T) {
	t.Parallel()
	v := evidence.Vectors(t, "simulation.json")["sim-size-power"]
	var rows []map[string]any
	v.Read(t, nil, &rows)
	const seed = 20260101
	for _, row := range rows {
		number := func(key string) float64 { f, _ := row[key].(float64); return f }
		if kind, _ := row["test"].(string); kind != "" {
			if kind == "slope t-test size" {
				slopeSizes(t, row, number, v.Tol, seed)
			} else {
				watchRates(t, number, v.Tol, seed)
			}
			continue
		}
		// The rows of 60 repetitions under the null were replaced by those of 400.
		superseded := number("n") == 120 && number("reps") == 60 && number("brk") == 0
		var names []string
		for name := range row {
			if !slices.Contains([]string{"n", "rho", "brk", "reps", "seed"}, name) && !(superseded && name == "supF") {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		tries := evidence.Tries(300, 3000)
		got := rates(t, int(number("n")), tries, number("rho"), number("brk"), seed, names...)
		for _, name := range names {
			what := fmt.Sprintf("n = %v, errors AR(%v), slope falls by %v: %s", row["n"], row["rho"], row["brk"], name)
			agree(t, what, got[name], number(name), v.Tol, tries, int(number("reps")), seed)
		}
	}
}

// agree publishes a rate beside the one measured elsewhere.
func agree(t *testing.T, what string, got, want, tol float64, tries, reps int, seed uint64) {
	t.Helper()
	slack := 1 / math.Sqrt(float64(reps))
	if !evidence.Long() {
		slack += 1 / math.Sqrt(float64(tries))
	}
	f := evidence.Figure{Room: room, Case: what, Name: "rate at 5 %", Got: got, Tries: tries, Seed: seed, Unit: "%",
		Bar: fmt.Sprintf("%.1f %% ± %.0f points, as measured elsewhere with %d tries", 100*want, 100*tol, reps)}
	f.OK = math.Abs(got-want) <= tol+2*slack*math.Sqrt(math.Max(want*(1-want), .02))
	evidence.Publish(t, f)
	if !f.OK {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// slopeSizes is the size of a t-test of the slope with x and e both AR(rho), by the
// prewhitened QS covariance of this package, and by plain least squares.
func slopeSizes(t *testing.T, row map[string]any, number func(string) float64, tol float64, seed uint64) {
	t.Helper()
	n, tries := int(number("n")), evidence.Tries(300, 3000)
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	plain, robust := 0.0, 0.0
	for range tries {
		y, x := world(rng, n, number("rho"), number("rho"), 0)
		s := one[*Sample](t)(New(y, x))
		scores := make([][]float64, n)
		var sxx, sx, inverse [2]float64
		for i := range scores {
			scores[i] = []float64{s.e[i], x[i][1] * s.e[i]}
			sx[0] += x[i][1]
			sxx[0] += x[i][1] * x[i][1]
		}
		det := float64(n)*sxx[0] - sx[0]*sx[0]
		inverse = [2]float64{-sx[0] / det, float64(n) / det}
		m, err := longRun(scores, []float64{0, 1})
		if err != nil {
			t.Fatal(err)
		}
		variance := inverse[0]*inverse[0]*m.At(0, 0) + 2*inverse[0]*inverse[1]*m.At(0, 1) + inverse[1]*inverse[1]*m.At(1, 1)
		variance *= float64(n) * float64(n) / float64(n-2)
		gap := s.beta[1] - .5
		critical := 1.96 + 2.4/float64(n) // Student's, near enough
		if math.Abs(gap) > critical*math.Sqrt(variance) {
			robust += 1 / float64(tries)
		}
		if math.Abs(gap) > critical*s.sigma()*math.Sqrt(inverse[1]) {
			plain += 1 / float64(tries)
		}
	}
	what := fmt.Sprintf("t-test of a slope, n = %v, x and errors AR(%v)", row["n"], row["rho"])
	agree(t, what+", least squares", plain, number("ols"), tol, tries, int(number("reps")), seed)
	agree(t, what+", prewhitened QS", robust, number("andrews_qs_prewhite"), tol, tries, int(number("reps")), seed)
}

// watch is 100 observations of history and 100 watched, with a shift of size standard
// deviations at the start of the watch: how often an alarm, and its median delay.
func watch(t *testing.T, rng *rand.Rand, tries int, rho, size float64, o MonitorOptions) (rate, delay float64) {
	t.Helper()
	var delays []float64
	for range tries {
		e := rng.NormFloat64() / math.Sqrt(1-rho*rho)
		y := make([]float64, 200)
		for i := range y {
			y[i] = e
			if i >= 100 {
				y[i] += size / math.Sqrt(1-rho*rho)
			}
			e = rho*e + rng.NormFloat64()
		}
		m := one[*Monitor](t)(one[*Sample](t)(New(y[:100], nil)).Monitor(o))
		for _, v := range y[100:] {
			if a := m.Add(v, nil).Alarm; a > 0 {
				delays = append(delays, float64(a-100))
				break
			}
		}
	}
	slices.Sort(delays)
	if len(delays) > 0 {
		delay = delays[len(delays)/2]
	}
	return float64(len(delays)) / float64(tries), delay
}

func watchRates(t *testing.T, number func(string) float64, tol float64, seed uint64) {
	t.Helper()
	tries := evidence.Tries(400, 4000)
	rate, delay := watch(t, rand.New(rand.NewPCG(seed, 3)), tries, number("rho"), number("shift_sd"), MonitorOptions{Alpha: .05})
	what := fmt.Sprintf("monitoring, 100 + 100, shift of %v sd, errors AR(%v)", number("shift_sd"), number("rho"))
	agree(t, what, rate, number("detect"), tol, tries, int(number("reps")), seed)
	t.Logf("median delay %v, elsewhere %v", delay, number("median_delay"))
}
