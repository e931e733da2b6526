package structure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// TestWatchKnowsNoUnit counts false alarms of the watch by estimates where errors have the
// standard deviation .5, 1 and 2, and beside them those of the same process divided by the
// standard deviation once more, as sc-monitor-sim-fluctuation has it: there the number of
// alarms hangs on whether a series is counted in ones or in thousands.
func TestWatchKnowsNoUnit(t *testing.T) {
	t.Parallel()
	const seed = 8
	tries := evidence.Tries(400, 4000)
	for _, c := range []struct{ unit, low, high float64 }{{.5, .20, 1}, {1, 0, .1}, {2, 0, .005}} {
		rng := rand.New(rand.NewPCG(seed, 1)) // the same series in another unit
		once, twice := 0.0, 0.0
		for range tries {
			y := make([]float64, 200)
			for i := range y {
				y[i] = c.unit * rng.NormFloat64()
			}
			history := one[*Sample](t)(New(y[:100], nil))
			m := one[*Monitor](t)(history.Monitor(MonitorOptions{Watch: WatchEstimates, Alpha: .05}))
			again, alarm := false, 0
			for _, v := range y[100:] {
				signal := m.Add(v, nil)
				alarm = signal.Alarm
				again = again || math.Abs(signal.Process)/history.sigma() > signal.Boundary
			}
			if alarm > 0 {
				once += 1 / float64(tries)
			}
			if again {
				twice += 1 / float64(tries)
			}
		}
		evidence.AtMost(t, evidence.Figure{Room: room, Case: fmt.Sprintf("watched by estimates over once its history (100), no change, errors with standard deviation %v", c.unit),
			Name: "false alarms at 5 %", Got: once, Tries: tries, Seed: seed, Unit: "%"}, .05, 2*math.Sqrt(.05*.95/float64(tries)))
		t.Logf("standard deviation %v: divided twice, %.1f %% false alarms", c.unit, 100*twice)
		if twice < c.low || twice > c.high {
			t.Errorf("standard deviation %v: divided twice, %v false alarms, between %v and %v was expected", c.unit, twice, c.low, c.high)
		}
	}
}
