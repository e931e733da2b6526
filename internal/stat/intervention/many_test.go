package intervention

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Of thirty controls two say something; the others must not drown them.
func TestManyControls(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	const n, at, many = 200, 170, 30
	s := Study{At: at, Season: 7, Seed: 1, Draws: 200, Y: make([]float64, n)}
	for range many {
		c, noise := make([]float64, n), 0.0
		for d := range c {
			noise = .5*noise + .1*rng.NormFloat64()
			c[d] = 1000 * math.Exp(noise)
		}
		s.Controls = append(s.Controls, c)
	}
	noise := 0.0
	for d := range s.Y {
		noise = .4*noise + .05*rng.NormFloat64()
		s.Y[d] = 300 * math.Exp(noise+.8*math.Log(s.Controls[4][d]/1000)+.6*math.Log(s.Controls[17][d]/1000))
		if d >= at {
			s.Y[d] *= 1.2
		}
	}
	got := Effect(s)
	for i, c := range got.Controls {
		switch real := i == 4 || i == 17; {
		case real && !c.Moved && c.Inclusion < .9:
			t.Errorf("control %d belongs into the model: %+v", i, c)
		case !real && c.Inclusion > .6:
			t.Errorf("control %d has nothing to do with it: %+v", i, c)
		}
	}
	if !got.Found || got.Relative.Low > .2 || got.Relative.High < .2 {
		t.Errorf("an effect of 20 %% is %+.3f, %q", got.Relative, got.Reason)
	}
}

func BenchmarkEffect(b *testing.B) {
	s := worldSpec{before: 365, after: 28, controls: 3, own: .5, mean: 120, seed: 1}.make()
	s.Draws = 0
	for b.Loop() {
		Effect(s)
	}
}
