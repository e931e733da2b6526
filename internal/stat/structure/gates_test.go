package structure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// TestRobustUnderAutocorrelation is the gate of the test we advise: plain sup F alarms in
// more than 40 % of series with errors AR(.5).
func TestRobustUnderAutocorrelation(t *testing.T) {
	t.Parallel()
	const seed = 5
	tries := evidence.Tries(300, 3000)
	slack := 2 * math.Sqrt(.05*.95/float64(tries))
	for _, c := range []struct {
		n   int
		rho float64
		bar float64
	}{{120, 0, .07}, {120, .5, .07}, {120, .8, .10}, {365, .5, .07}, {365, .8, .10}} {
		got := rates(t, c.n, tries, c.rho, 0, seed, "robust")["robust"]
		evidence.AtMost(t, evidence.Figure{Room: room, Case: fmt.Sprintf("no break, n = %d, errors AR(%v): sup F after prewhitening", c.n, c.rho),
			Name: "false alarms at 5 %", Got: got, Tries: tries, Seed: seed, Unit: "%"}, c.bar, slack)
	}
	for _, c := range []struct{ rho, fall, bar float64 }{{0, .5, .50}, {0, 1, .85}, {.5, 1, .85}} {
		got := rates(t, 120, tries, c.rho, c.fall, seed, "robust")["robust"]
		evidence.AtLeast(t, evidence.Figure{Room: room, Case: fmt.Sprintf("slope .5 → %v in the middle, n = 120, errors AR(%v): sup F after prewhitening", .5-c.fall, c.rho),
			Name: "found at 5 %", Got: got, Tries: tries, Seed: seed, Unit: "%"}, c.bar, 2*slack)
	}
}

func TestRobustWatch(t *testing.T) {
	t.Parallel()
	const seed = 5
	tries := evidence.Tries(400, 4000)
	o := MonitorOptions{Alpha: .05, Robust: true}
	for _, rho := range []float64{0, .5} {
		got, _ := watch(t, rand.New(rand.NewPCG(seed, 5)), tries, rho, 0, o)
		evidence.AtMost(t, evidence.Figure{Room: room, Case: fmt.Sprintf("watched over once its history (100), no change, errors AR(%v)", rho),
			Name: "false alarms at 5 %", Got: got, Tries: tries, Seed: seed, Unit: "%"}, .05, 2*math.Sqrt(.05*.95/float64(tries)))
	}
	found, delay := watch(t, rand.New(rand.NewPCG(seed, 5)), tries, 0, 1, o)
	evidence.AtLeast(t, evidence.Figure{Room: room, Case: "watched, level up by one standard deviation", Name: "found", Got: found, Tries: tries, Seed: seed, Unit: "%"}, .99, .01)
	evidence.AtMost(t, evidence.Figure{Room: room, Case: "watched, level up by one standard deviation", Name: "median delay, observations", Got: delay, Tries: tries, Seed: seed}, 11, 1)
}

// TestGateLaw simulates the null law anew and holds the table against it.
func TestGateLaw(t *testing.T) {
	evidence.Gate(t)
	const steps, paths, most, seed = 1000, 20000, 12, 11
	rng := rand.New(rand.NewPCG(seed, most))
	worst := [3]float64{}
	values := map[[2]int][3][]float64{}
	q, w := make([]float64, steps+1), make([]float64, steps+1)
	for range paths {
		clear(q)
		for k := 1; k <= most; k++ {
			for i := 1; i <= steps; i++ {
				w[i] = w[i-1] + rng.NormFloat64()/math.Sqrt(steps)
			}
			for i := 1; i < steps; i++ {
				p := float64(i) / steps
				b := w[i] - p*w[steps]
				q[i] += b * b / (p * (1 - p))
			}
			for j, trim := range lawTrims {
				a := int(trim*steps + .5)
				path := FPath{F: q[a : steps-a+1]}
				path.Law = Law{k, trim}
				v := values[[2]int{k, j}]
				for f, x := range []float64{path.Sup().Statistic, path.Average().Statistic, path.Exponential().Statistic} {
					v[f] = append(v[f], x)
				}
				values[[2]int{k, j}] = v
			}
		}
	}
	for key, v := range values {
		law := Law{key[0], lawTrims[key[1]]}
		for f, x := range v {
			slices.Sort(x)
			for _, p := range []float64{.3, .2, .1, .05, .025, .01} {
				gap := math.Abs(law.tail(f, x[int((1-p)*paths)]) - p)
				// On the scale of a binomial's standard error, so that every p counts alike.
				worst[f] = math.Max(worst[f], gap/math.Sqrt(p*(1-p)))
			}
		}
	}
	for f, name := range []string{"sup F", "average F", "exponential F"} {
		evidence.AtMost(t, evidence.Figure{Room: room, Case: "table of the null law, k = 1 … 12, trimming .02 … .40: " + name,
			Name: "largest error of p, in √(p(1−p))", Got: worst[f], Tries: paths, Seed: seed}, .03, .005)
	}
}

func TestGateMovingLaw(t *testing.T) {
	evidence.Gate(t)
	const steps, paths, seed = 1000, 20000, 12
	rng := rand.New(rand.NewPCG(seed, 1))
	largest := make([][]float64, 10)
	w := make([]float64, steps+1)
	for range paths {
		for i := 1; i <= steps; i++ {
			w[i] = w[i-1] + rng.NormFloat64()/math.Sqrt(steps)
		}
		for a := range largest {
			width, top := (a+1)*steps/20, 0.0
			for i := width; i <= steps; i++ {
				top = math.Max(top, math.Abs(w[i]-w[i-width]-float64(width)/steps*w[steps]))
			}
			largest[a] = append(largest[a], top)
		}
	}
	worst := 0.0
	for a, x := range largest {
		slices.Sort(x)
		for _, p := range []float64{.5, .2, .1, .05, .01} {
			worst = math.Max(worst, math.Abs(MovingP(x[int((1-p)*paths)], float64(a+1)/20, 1)-p)/math.Sqrt(p*(1-p)))
		}
	}
	evidence.AtMost(t, evidence.Figure{Room: room, Case: "table of the law of moving sums, h = .05 … .50",
		Name: "largest error of p, in √(p(1−p))", Got: worst, Tries: paths, Seed: seed}, .03, .005)
}

// TestGateWatchLaw draws paths anew and holds the limit they point to against the table.
func TestGateWatchLaw(t *testing.T) {
	evidence.Gate(t)
	t.Parallel()
	const steps, paths, seed = 500, 40000, 13
	rng := rand.New(rand.NewPCG(seed, 1))
	last := int(watchPeriods[len(watchPeriods)-1]) * steps
	w, scale := make([]float64, last+1), make([]float64, last+1)
	for i := steps; i <= last; i++ {
		scale[i] = 1 / math.Sqrt(2*steps*math.Max(1, math.Log(float64(i)/steps)))
	}
	var fine, coarse [3][6][]float64
	for range paths {
		for i := 1; i <= last; i++ {
			w[i] = w[i-1] + rng.NormFloat64()
		}
		for a, window := range watchWindows {
			width := int(window * steps)
			top, every, i := 0.0, 0.0, steps+1
			for j, period := range watchPeriods {
				for ; i <= int(period)*steps; i++ {
					v := math.Abs(w[i]-w[i-width]-window*w[steps]) * scale[i]
					top = math.Max(top, v)
					if i%4 == 0 {
						every = math.Max(every, v)
					}
				}
				fine[a][j], coarse[a][j] = append(fine[a][j], top), append(coarse[a][j], every)
			}
		}
	}
	worst := 0.0
	for a := range fine {
		for j := range fine[a] {
			slices.Sort(fine[a][j])
			slices.Sort(coarse[a][j])
			for l, p := range watchLevels {
				at := int((1 - p) * paths)
				worst = math.Max(worst, math.Abs((2*fine[a][j][at]-coarse[a][j][at])/watchQuantiles[a][j][l]-1))
			}
		}
	}
	evidence.AtMost(t, evidence.Figure{Room: room, Case: "table of the law of monitored moving sums, windows .25 … 1, periods 2 … 10",
		Name: "largest error of a critical value, relative", Got: worst, Tries: paths, Seed: seed, Unit: "%"}, .02, 0)
}

// TestIntervalCovers counts how often Bai's interval holds the true date.
func TestIntervalCovers(t *testing.T) {
	t.Parallel()
	const seed = 6
	tries := evidence.Tries(300, 4000)
	rng := rand.New(rand.NewPCG(seed, 1))
	covered, width := 0.0, 0.0
	for range tries {
		y := make([]float64, 200)
		for i := range y {
			y[i] = rng.NormFloat64()
			if i >= 120 {
				y[i] += 1
			}
		}
		d := one[*Dating](t)(one[*Sample](t)(New(y, nil)).Date(20, 1))
		i := one[[]Interval](t)(d.Intervals(1, .95))[0]
		if i.Lower <= 120 && 120 <= i.Upper {
			covered += 1 / float64(tries)
		}
		width += float64(i.Upper-i.Lower) / float64(tries)
	}
	t.Logf("mean width %.1f", width)
	evidence.AtLeast(t, evidence.Figure{Room: room, Case: "level up by one standard deviation at 120 of 200", Name: "95 % interval of the date covers",
		Got: covered, Tries: tries, Seed: seed, Unit: "%"}, .93, 2*math.Sqrt(.05*.95/float64(tries)))
}

// TestDateLaw holds the closed form against what it must be at its ends and in its middle.
func TestDateLaw(t *testing.T) {
	t.Parallel()
	for _, l := range []dateLaw{{1, 1}, {2, .5}, {.3, 4}, {5, 5}} {
		if a, b := l.cdf(-1e-12), l.cdf(1e-12); math.Abs(a-b) > 1e-5 || math.Abs(a-l.xi/(l.phi+l.xi)) > 1e-5 {
			t.Errorf("%+v: %v left of zero, %v right of it, want %v", l, a, b, l.xi/(l.phi+l.xi))
		}
		before := 0.0
		for x := -60.0; x <= 60; x += .25 {
			p := l.cdf(x)
			if p < before-1e-9 || p < 0 || p > 1 {
				t.Errorf("%+v falls at %v: %v after %v", l, x, p, before)
			}
			before = p
		}
		if l.cdf(-1e5) > 1e-6 || l.cdf(1e5) < 1-1e-6 {
			t.Errorf("%+v does not reach its ends", l)
		}
	}
	// Yao (1987): the 97.5 % point of the symmetric law is 11.03.
	near(t, "quantile", dateLaw{1, 1}.quantile(.975), 11.03, 1e-3)
}
