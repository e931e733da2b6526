package lift

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

const gateSeed = 20260401

// peeking is one experiment without any difference that is looked at after every 100
// people until 10,000 have come. It reports whether one of the looks called a difference,
// by one-look p-values and by always-valid ones.
func peeking(r *rand.Rand, draw func(*rand.Rand) (outcome, per, before float64), q Question) (fixed, always bool) {
	a, b := &Tally{}, &Tally{}
	for n := 1; n <= 10000; n++ {
		arm := a
		if r.Uint64()&1 == 1 {
			arm = b
		}
		arm.Add(draw(r))
		if n%100 != 0 {
			continue
		}
		c := Compare(a, []*Tally{b}, q)[0]
		if c.Verdict != CannotTell {
			fixed = true
			always = always || !c.OneLook
		}
		if always {
			return true, true
		}
	}
	return fixed, always
}

// TestPeeking is the gate of always-valid verdicts: two equal arms, a look every 100
// people. The rate of the usual test stands beside it.
func TestPeeking(t *testing.T) {
	t.Parallel()
	worlds := []struct {
		name  string
		tries int // in the long run
		draw  func(*rand.Rand) (float64, float64, float64)
		q     Question
	}{
		{"normal outcome", 10000, func(r *rand.Rand) (float64, float64, float64) { return 10 + 3*r.NormFloat64(), 1, 0 }, Question{}},
		{"10 % convert", 10000, func(r *rand.Rand) (float64, float64, float64) { return yes(r, 0.1), 1, 0 }, Question{}},
		{"1 % convert", 4000, func(r *rand.Rand) (float64, float64, float64) { return yes(r, 0.01), 1, 0 }, Question{}},
		{"sales with a heavy tail", 4000, func(r *rand.Rand) (float64, float64, float64) {
			return yes(r, 0.05) * math.Exp(4+r.NormFloat64()), 1, 0
		}, Question{}},
		{"clicks per visit", 2000, func(r *rand.Rand) (float64, float64, float64) {
			visits := math.Ceil(3 * r.ExpFloat64())
			return 0.2*visits + 0.5*r.NormFloat64(), visits, 0
		}, Question{}},
		{"with a number from before", 2000, func(r *rand.Rand) (float64, float64, float64) {
			before := r.NormFloat64()
			return 10 + 2*before + r.NormFloat64(), 1, before
		}, Question{Before: true}},
	}
	for i, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tries := evidence.Tries(40, w.tries)
			fixed, always := 0, 0
			for try := range tries {
				f, a := peeking(rand.New(rand.NewPCG(gateSeed+uint64(i), uint64(try))), w.draw, w.q)
				if f {
					fixed++
				}
				if a {
					always++
				}
			}
			figure := evidence.Figure{Room: "lift", Case: "two equal arms, a look every 100 people up to 10,000: " + w.name, Unit: "%", Tries: tries, Seed: gateSeed + uint64(i)}
			figure.Name, figure.Got, figure.Bar, figure.OK = "false differences of the usual test", float64(fixed)/float64(tries), "for comparison", true
			evidence.Publish(t, figure)
			figure.Name, figure.Got = "false differences, always-valid", float64(always)/float64(tries)
			slack := 2 * math.Sqrt(0.05*0.95/float64(tries))
			if evidence.Long() {
				slack /= 2
			}
			evidence.AtMost(t, figure, 0.05, slack)
		})
	}
}

func yes(r *rand.Rand, p float64) float64 {
	if r.Float64() < p {
		return 1
	}
	return 0
}

// TestCUPEDVariance: the adjustment leaves 1 − ρ² of the variance.
func TestCUPEDVariance(t *testing.T) {
	t.Parallel()
	for _, rho := range []float64{0.3, 0.6, 0.9} {
		tries, n := evidence.Tries(20, 200), 2000
		sum := 0.0
		for try := range tries {
			r := rand.New(rand.NewPCG(gateSeed, uint64(try)))
			a, b := &Tally{}, &Tally{}
			for i := range 2 * n {
				arm := a
				if i%2 == 1 {
					arm = b
				}
				before := r.NormFloat64()
				arm.Add(5+rho*before+math.Sqrt(1-rho*rho)*r.NormFloat64(), 1, before)
			}
			sum += Compare(a, []*Tally{b}, Question{Before: true})[0].VarianceLeft
		}
		expected := 1 - rho*rho
		got := sum / float64(tries)
		evidence.AtMost(t, evidence.Figure{Room: "lift", Case: "number from before, correlation " + map[float64]string{0.3: ".3", 0.6: ".6", 0.9: ".9"}[rho],
			Name: "variance left, distance from 1 − ρ²", Got: math.Abs(got/expected - 1), Unit: "%", Tries: tries, Seed: gateSeed}, 0.02, 0)
	}
}

// TestCoverage: the intervals hold what they promise where there is a difference.
func TestCoverage(t *testing.T) {
	t.Parallel()
	tries, n := evidence.Tries(150, 4000), 3000
	const p, lift = 0.10, 0.15
	fixed, always := 0, 0
	for try := range tries {
		r := rand.New(rand.NewPCG(gateSeed+9, uint64(try)))
		a, b := &Tally{}, &Tally{}
		for range n {
			a.Add(yes(r, p), 1, 0)
			b.Add(yes(r, p*(1+lift)), 1, 0)
		}
		j := Compare(a, []*Tally{b}, Question{})[0].Relative
		if j.CI[0] <= lift && lift <= j.CI[1] {
			fixed++
		}
		if j.Always[0] <= lift && lift <= j.Always[1] {
			always++
		}
	}
	slack := 3 * math.Sqrt(0.05*0.95/float64(tries))
	figure := evidence.Figure{Room: "lift", Case: "10 % against 11.5 %, 3,000 people an arm", Unit: "%", Tries: tries, Seed: gateSeed + 9}
	figure.Name, figure.Got = "95 % interval of one look covers", float64(fixed)/float64(tries)
	evidence.AtLeast(t, figure, 0.95, slack)
	figure.Name, figure.Got = "always-valid 95 % interval covers", float64(always)/float64(tries)
	evidence.AtLeast(t, figure, 0.95, slack)
}
