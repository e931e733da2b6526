package intervention

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// slackOf is what n tries leave to chance around a share p: two standard errors in a
// short run, one in a long.
func slackOf(p float64, n int) float64 {
	errors := 2.0
	if evidence.Long() {
		errors = 1
	}
	return errors * math.Sqrt(p*(1-p)/float64(n))
}

func TestNoEffectNoClaim(t *testing.T) {
	t.Parallel()
	n := evidence.Tries(6, 400)
	claims, inside, all := 0, 0, 0
	for _, w := range []worldSpec{
		{before: 90, after: 28, controls: 1, own: .5, mean: 120},
		{before: 180, after: 28, controls: 1, own: .5, mean: 120},
		{before: 180, after: 28, controls: 3, own: .5, mean: 120},
		{before: 365, after: 28, controls: 3, own: .8, mean: 120},
		{before: 365, after: 60, controls: 1, own: .5, mean: 120, walk: .01},
		{before: 180, after: 28, controls: 0, own: .5, mean: 120},
		{before: 540, after: 28, controls: 0, own: .5, mean: 120},
		{before: 180, after: 28, controls: 1, own: .5, mean: 3},
	} {
		found, covered := 0, 0
		for i := range n {
			w.seed = 1000 + uint64(i)
			r := Effect(w.make())
			if r.Found {
				found++
			}
			if !r.Total.excludesZero() {
				covered++
			}
		}
		claims, inside, all = claims+found, inside+covered, all+n
		if !evidence.Long() {
			continue // a few tries say nothing of one world
		}
		fig := evidence.Figure{Room: "interventions", Tries: n, Seed: 1000, Unit: "%",
			Case: fmt.Sprintf("no effect, %d days before, %d after, %d controls, own noise AR %.1f, mean %.0f a day, level walk %.2f", w.before, w.after, w.controls, w.own, w.mean, w.walk)}
		fig.Name, fig.Got = "claims of an effect", float64(found)/float64(n)
		evidence.AtMost(t, fig, .07, slackOf(.07, n))
		fig.Name, fig.Got = "95 % interval covers", float64(covered)/float64(n)
		evidence.AtLeast(t, fig, .93, slackOf(.07, n))
	}
	fig := evidence.Figure{Room: "interventions", Case: "no effect, all of these worlds together", Tries: all, Seed: 1000, Unit: "%"}
	fig.Name, fig.Got = "claims of an effect", float64(claims)/float64(all)
	evidence.AtMost(t, fig, .05, slackOf(.05, all))
	fig.Name, fig.Got = "95 % interval covers", float64(inside)/float64(all)
	evidence.AtLeast(t, fig, .94, slackOf(.06, all))
}

func TestGateEffectIsFound(t *testing.T) {
	evidence.Gate(t)
	t.Parallel()
	const n = 300
	for _, w := range []worldSpec{
		{before: 180, after: 28, controls: 1, own: .5, mean: 120, lift: .3},
		{before: 365, after: 28, controls: 3, own: .5, mean: 120, lift: .3},
		{before: 365, after: 60, controls: 3, own: .5, mean: 120, lift: -.25},
	} {
		found, covered := 0, 0
		for i := range n {
			w.seed = 2000 + uint64(i)
			r := Effect(w.make())
			if r.Found {
				found++
			}
			if r.Relative.Low <= w.lift && w.lift <= r.Relative.High {
				covered++
			}
		}
		fig := evidence.Figure{Room: "interventions", Tries: n, Seed: 2000, Unit: "%",
			Case: fmt.Sprintf("effect of %+.0f %%, %d days before, %d after, %d controls", 100*w.lift, w.before, w.after, w.controls)}
		fig.Name, fig.Got = "found", float64(found)/n
		evidence.AtLeast(t, fig, .7, slackOf(.7, n))
		fig.Name, fig.Got = "95 % interval covers the effect", float64(covered)/n
		evidence.AtLeast(t, fig, .93, slackOf(.07, n))
	}
}

func TestGateControlJumps(t *testing.T) {
	evidence.Gate(t)
	t.Parallel()
	const n = 300
	for _, controls := range []int{1, 3} {
		moved, found := 0, 0
		for i := range n {
			r := Effect(worldSpec{before: 365, after: 28, controls: controls, own: .5, mean: 120, jump: .5, seed: 3000 + uint64(i)}.make())
			if r.Controls[0].Moved {
				moved++
			}
			if r.Found {
				found++
			}
		}
		fig := evidence.Figure{Room: "interventions", Tries: n, Seed: 3000, Unit: "%", Case: fmt.Sprintf("no effect, but the first of %d controls jumps by half on the day", controls)}
		fig.Name, fig.Got = "the control is named", float64(moved)/n
		evidence.AtLeast(t, fig, .85, slackOf(.15, n))
		fig.Name, fig.Got = "claims of an effect", float64(found)/n
		evidence.AtMost(t, fig, .07, slackOf(.07, n))
	}
}

// shops is a panel of units that share two factors, each with its own persistent noise.
func shops(untreated, treated, before, after int, rng *rand.Rand) Panel {
	n, periods := untreated+treated, before+after
	factor := make([][2]float64, periods)
	for t := 1; t < periods; t++ {
		for k := range 2 {
			factor[t][k] = .9*factor[t-1][k] + rng.NormFloat64()
		}
	}
	p := Panel{Untreated: untreated, Before: before}
	for range n {
		level, a, b, e := 50+10*rng.NormFloat64(), 1+.4*rng.NormFloat64(), .6*rng.NormFloat64(), 0.0
		row := make([]float64, periods)
		for t := range row {
			e = .4*e + rng.NormFloat64()
			row[t] = level + a*factor[t][0] + b*factor[t][1] + e
		}
		p.Y = append(p.Y, row)
	}
	return p
}

func TestPanelCoverage(t *testing.T) {
	t.Parallel()
	n := evidence.Tries(6, 400)
	for _, c := range []struct{ untreated, treated, before, after int }{{20, 1, 30, 8}, {30, 5, 30, 8}, {8, 1, 24, 6}} {
		covered, n := 0, n
		if c.treated > 1 {
			n /= 2 // a hundred placebos each
		}
		for i := range n {
			p := shops(c.untreated, c.treated, c.before, c.after, rand.New(rand.NewPCG(uint64(i), 5)))
			r := InferPanel(p, SyntheticDiD, uint64(i))
			if r.CI95[0] <= 0 && 0 <= r.CI95[1] {
				covered++
			}
		}
		fig := evidence.Figure{Room: "interventions", Tries: n, Seed: 0, Unit: "%", Name: "95 % interval covers", Got: float64(covered) / float64(n),
			Case: fmt.Sprintf("synthetic difference-in-differences without an effect, %d untreated, %d treated units", c.untreated, c.treated)}
		evidence.AtLeast(t, fig, .93, slackOf(.05, n))
		evidence.AtMost(t, fig, .97, slackOf(.05, n))
	}
}
