package classic

import (
	"math"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// tally is what a competition counts; sums over series and, where named so, over steps.
type tally struct {
	smape, mase, msis, naiveMASE float64
	smapeSteps, naiveSteps       float64 // summed over steps
	in80, in95, steps, series    float64
}

func (a *tally) add(b tally) {
	a.smape, a.mase, a.msis, a.naiveMASE = a.smape+b.smape, a.mase+b.mase, a.msis+b.msis, a.naiveMASE+b.naiveMASE
	a.smapeSteps, a.naiveSteps = a.smapeSteps+b.smapeSteps, a.naiveSteps+b.naiveSteps
	a.in80, a.in95, a.steps, a.series = a.in80+b.in80, a.in95+b.in95, a.steps+b.steps, a.series+b.series
}

// compete forecasts every series from its training part; scale is the season of MASE and
// MSIS (0: the series' own).
func compete(all []contest, scale int) map[string]tally {
	single := make([]tally, len(all))
	each(len(all), func(i int) {
		c := all[i]
		h := len(c.test)
		p := Predict(c.train, c.m, h)
		m := scale
		if m == 0 {
			m = c.m
		}
		naive := SeasonalNaive(c.train, 1, h).Mean
		r := &single[i]
		r.smape = SMAPE(c.test, p.Mean)
		r.smapeSteps, r.naiveSteps = r.smape*float64(h), SMAPE(c.test, naive)*float64(h)
		r.mase, r.naiveMASE = MASE(c.train, c.test, p.Mean, m), MASE(c.train, c.test, naive, m)
		r.msis = MSIS(c.train, c.test, p.Lo95, p.Hi95, m, .05)
		in80, of := Coverage(c.test, p.Lo80, p.Hi80)
		in95, _ := Coverage(c.test, p.Lo95, p.Hi95)
		r.in80, r.in95, r.steps, r.series = float64(in80), float64(in95), float64(of), 1
	})
	out := map[string]tally{}
	for i, c := range all {
		for _, group := range []string{"all", c.group} {
			sum := out[group]
			sum.add(single[i])
			out[group] = sum
		}
	}
	return out
}

// covers checks both intervals against 1.5 points; a short run has few series, whose
// steps miss together.
func covers(t *testing.T, contest string, sum tally) {
	t.Helper()
	slack := 0.0
	if !evidence.Long() {
		slack = .12
	}
	for _, level := range []struct {
		name        string
		got, wanted float64
	}{{"80", sum.in80 / sum.steps, .8}, {"95", sum.in95 / sum.steps, .95}} {
		evidence.AtMost(t, evidence.Figure{
			Room: "forecast: competitions", Case: contest, Name: "coverage of " + level.name + " %, off by",
			Got: math.Abs(level.got - level.wanted), Tries: int(sum.series), Unit: "%",
		}, .015, slack)
	}
}

// TestM3 is the M3 competition (Makridakis & Hibon 2000): thirty series in every test
// run, all 3,003 in the long one. Its best method, Theta, had a sMAPE of 13.05 over all
// steps of all series.
func TestM3(t *testing.T) {
	all := sample(readM3(t), 30)
	counted := compete(all, 0)
	sum := counted["all"]
	slack := 0.0
	if !evidence.Long() {
		slack = 4 // of one series it is between 1 and 60
	}
	evidence.AtMost(t, evidence.Figure{
		Room: "forecast: competitions", Case: "M3", Name: "sMAPE", Got: sum.smapeSteps / sum.steps, Tries: len(all),
	}, 13.05, slack)
	covers(t, "M3", sum)
	for _, group := range []string{"YEARLY", "QUARTERLY", "MONTHLY", "OTHER"} {
		if g := counted[group]; g.series > 0 {
			t.Logf("%-9s %4.0f series: sMAPE %.2f, MASE %.3f, MSIS %.2f, coverage %.3f %.3f", group, g.series, g.smape/g.series, g.mase/g.series, g.msis/g.series, g.in80/g.steps, g.in95/g.steps)
		}
	}
}

// TestM4Weekly is the weekly part of the M4 competition (Makridakis, Spiliotis &
// Assimakopoulos 2020), scored as there: OWA is the mean of sMAPE and MASE, each in units
// of the naive forecast's. The best of its methods on weeks had .75.
func TestM4Weekly(t *testing.T) {
	all := sample(readWeekly(t), 12)
	sum := compete(all, 1)["all"]
	owa := (sum.smapeSteps/sum.naiveSteps + sum.mase/sum.naiveMASE) / 2
	slack := 0.0
	if !evidence.Long() {
		slack = .3
	}
	evidence.AtMost(t, evidence.Figure{
		Room: "forecast: competitions", Case: "M4 weekly", Name: "OWA", Got: owa, Tries: len(all),
	}, .90, slack)
	covers(t, "M4 weekly", sum)
	t.Logf("sMAPE %.3f, MASE %.3f, MSIS %.2f", sum.smape/sum.series, sum.mase/sum.series, sum.msis/sum.series)
}
