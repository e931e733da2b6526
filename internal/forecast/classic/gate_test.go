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

// outcome is what came of one series.
type outcome struct {
	contest
	p Prediction
}

// compete forecasts every series from its training part.
func compete(all []contest) []outcome {
	out := make([]outcome, len(all))
	each(len(all), func(i int) { out[i] = outcome{all[i], Predict(all[i].train, all[i].m, len(all[i].test))} })
	return out
}

// count scores outcomes; scale is the season of MASE and MSIS (0: the series' own).
func count(all []outcome, scale int, wanted func(i int, o outcome) bool) tally {
	var sum tally
	for i, o := range all {
		if !wanted(i, o) {
			continue
		}
		h, m := len(o.test), scale
		if m == 0 {
			m = o.m
		}
		var r tally
		naive := SeasonalNaive(o.train, 1, h).Mean
		r.smape = SMAPE(o.test, o.p.Mean)
		r.smapeSteps, r.naiveSteps = r.smape*float64(h), SMAPE(o.test, naive)*float64(h)
		r.mase, r.naiveMASE = MASE(o.train, o.test, o.p.Mean, m), MASE(o.train, o.test, naive, m)
		r.msis = MSIS(o.train, o.test, o.p.Lo95, o.p.Hi95, m, .05)
		in80, of := Coverage(o.test, o.p.Lo80, o.p.Hi80)
		in95, _ := Coverage(o.test, o.p.Lo95, o.p.Hi95)
		r.in80, r.in95, r.steps, r.series = float64(in80), float64(in95), float64(of), 1
		sum.add(r)
	}
	return sum
}

func everyOne(int, outcome) bool { return true }

// learned are the series whose outcomes made the widenings.
func learned(i int, _ outcome) bool { return i%2 == 1 }

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
	outcomes := compete(all)
	sum := count(outcomes, 0, everyOne)
	slack := 0.0
	if !evidence.Long() {
		slack = 4 // of one series it is between 1 and 60
	}
	evidence.AtMost(t, evidence.Figure{
		Room: "forecast: competitions", Case: "M3", Name: "sMAPE", Got: sum.smapeSteps / sum.steps, Tries: len(all),
	}, 13.05, slack)
	covers(t, "M3", sum)
	for _, group := range []string{"YEARLY", "QUARTERLY", "MONTHLY", "OTHER"} {
		g := count(outcomes, 0, func(_ int, o outcome) bool { return o.group == group })
		if g.series > 0 {
			t.Logf("%-9s %4.0f series: sMAPE %.2f, MASE %.3f, MSIS %.2f, coverage %.3f %.3f", group, g.series, g.smapeSteps/g.steps, g.mase/g.series, g.msis/g.series, g.in80/g.steps, g.in95/g.steps)
		}
	}
	if !evidence.Long() {
		return
	}
	covers(t, "M3, the half the widths were not learned from", count(outcomes, 0, func(i int, o outcome) bool { return !learned(i, o) }))
	relearn(t, outcomes)
}

// relearn finds the widenings again from the series they came from.
func relearn(t *testing.T, outcomes []outcome) {
	t.Helper()
	for group, kind := range map[string][2]Widening{"YEARLY": yearly, "QUARTERLY": quarterly, "MONTHLY": monthly, "OTHER": plain} {
		var sizes [][]float64
		for i, o := range outcomes {
			if o.group != group || !learned(i, o) {
				continue
			}
			for step, v := range o.p.Mean {
				at80, _ := widening(o.m, len(o.train), step+1, len(o.train) >= 2*o.m)
				if len(sizes) <= step {
					sizes = append(sizes, nil)
				}
				if own := (o.p.Hi80[step] - v) / normalQuantile(.9) / at80; own > 0 {
					sizes[step] = append(sizes[step], math.Abs(o.test[step]-v)/own)
				}
			}
		}
		for i, level := range []float64{.8, .95} {
			got := FitWidening(sizes, level)
			t.Logf("%-9s at %v: %.3f · step^%.3f", group, level, got.At1, got.Growth)
			for _, step := range []int{1, 6} {
				if math.Abs(got.at(step)/kind[i].at(step)-1) > .05 {
					t.Errorf("%s at %v, step %d: the widening found is %.3f, the one in use %.3f", group, level, step, got.at(step), kind[i].at(step))
				}
			}
		}
	}
}

// TestM4Weekly is the weekly part of the M4 competition (Makridakis, Spiliotis &
// Assimakopoulos 2020), scored as there: OWA is the mean of sMAPE and MASE, each in units
// of the naive forecast's. The best of its methods on weeks had .739
// in the published table, and the best interval score a MSIS of 16.2; the best benchmark,
// ARIMA, 19.57.
func TestM4Weekly(t *testing.T) {
	all := sample(readWeekly(t), 12)
	sum := count(compete(all), 1, everyOne)
	owa := (sum.smapeSteps/sum.naiveSteps + sum.mase/sum.naiveMASE) / 2
	slack := 0.0
	if !evidence.Long() {
		slack = .3
	}
	evidence.AtMost(t, evidence.Figure{
		Room: "forecast: competitions", Case: "M4 weekly", Name: "OWA", Got: owa, Tries: len(all),
	}, .90, slack)
	covers(t, "M4 weekly", sum)
	evidence.AtMost(t, evidence.Figure{
		Room: "forecast: competitions", Case: "M4 weekly", Name: "MSIS of the 95 % interval", Got: sum.msis / sum.series, Tries: len(all),
	}, 19.57, 40*slack)
	t.Logf("sMAPE %.3f, MASE %.3f", sum.smape/sum.series, sum.mase/sum.series)
}
