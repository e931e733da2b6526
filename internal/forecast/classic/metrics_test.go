package classic

import (
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// TestMetricsOnWeekly holds the yardsticks against the published scores of M4 weekly.
func TestMetricsOnWeekly(t *testing.T) {
	var want map[string]struct{ SMAPE, MASE float64 }
	all := evidence.Vectors(t, "m4_check.json")
	v, found := all["m4-weekly-metric-check"]
	if !found || len(all) != 1 {
		t.Fatal("the vectors are not what is checked here")
	}
	v.Read(t, nil, &want)
	var naive, theta struct{ smape, mase float64 }
	series := readWeekly(t)
	for _, c := range series {
		h := len(c.test)
		f := SeasonalNaive(c.train, 1, h).Mean
		naive.smape += SMAPE(c.test, f)
		naive.mase += MASE(c.train, c.test, f, 1)
		f = TwoLineTheta(c.train[max(0, len(c.train)-400):], h).Mean
		theta.smape += SMAPE(c.test, f)
		theta.mase += MASE(c.train, c.test, f, 1)
	}
	n := float64(len(series))
	near(t, "naive sMAPE", naive.smape/n, want["Weekly-Naive"].SMAPE, v.Tol)
	near(t, "naive MASE", naive.mase/n, want["Weekly-Naive"].MASE, v.Tol)
	near(t, "Theta sMAPE", theta.smape/n, want["Weekly-Theta"].SMAPE, v.Tol)
	near(t, "Theta MASE", theta.mase/n, want["Weekly-Theta"].MASE, v.Tol)
}
