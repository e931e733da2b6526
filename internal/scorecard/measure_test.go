package scorecard

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var scoredRows = rapid.Custom(func(t *rapid.T) [2][]float64 {
	n := rapid.IntRange(2, 60).Draw(t, "rows")
	var out [2][]float64
	for range n {
		out[0] = append(out[0], float64(rapid.IntRange(0, 9).Draw(t, "score")))
		out[1] = append(out[1], float64(rapid.IntRange(0, 1).Draw(t, "outcome")))
	}
	return out
})

func asBools(v []float64) []bool {
	out := make([]bool, len(v))
	for i, x := range v {
		out[i] = x == 1
	}
	return out
}

// AUC is what counting all pairs gives, and turning the score around turns it around.
func TestAUCCountsPairs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := scoredRows.Draw(t, "rows")
		score, outcome := rows[0], asBools(rows[1])
		wins, pairs := 0.0, 0.0
		turned := make([]float64, len(score))
		for i, a := range score {
			turned[i] = -a
			for j, b := range score {
				if outcome[i] && !outcome[j] {
					pairs++
					switch {
					case a > b:
						wins++
					case a == b:
						wins += .5
					}
				}
			}
		}
		want := .5
		if pairs > 0 {
			want = wins / pairs
		}
		if got := AUC(score, outcome); math.Abs(got-want) > 1e-12 || math.Abs(AUC(turned, outcome)-(1-want)) > 1e-12 {
			t.Fatalf("%v, not %v", got, want)
		}
		if ks := KS(score, outcome); pairs > 0 && (ks < math.Abs(2*want-1)/2-1e-12 || ks > 1) {
			t.Fatalf("KS %v beside an AUC of %v", ks, want)
		}
	})
}

// The staircase never falls, keeps the mean, and no line is nearer to the outcomes in
// sample.
func TestIsotonicRises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := scoredRows.Draw(t, "rows")
		score, outcome := rows[0], asBools(rows[1])
		c := Isotonic(score, outcome)
		for i, s := range c.Steps {
			if s.P <= 0 || s.P >= 1 || (i > 0 && (s.Score <= c.Steps[i-1].Score || s.P < c.Steps[i-1].P)) {
				t.Fatalf("%+v", c.Steps)
			}
		}
		line := Platt(score, outcome)
		if line.Per < 0 || math.IsNaN(line.At) {
			t.Fatalf("%+v", line)
		}
	})
}

func TestMeasuresByHand(t *testing.T) {
	t.Parallel()
	p := []float64{.9, .8, .3, .6, .2, .1}
	y := []bool{true, true, true, false, false, false}
	for _, m := range []struct {
		name      string
		got, want float64
	}{
		{"AUC", AUC(p, y), 8. / 9},
		{"average precision", AveragePrecision(p, y), (1 + 1 + .75) / 3},
		{"Brier", Brier(p, y), (.01 + .04 + .49 + .36 + .04 + .01) / 6},
		{"log loss", LogLoss(p, y), -(math.Log(.9) + math.Log(.8) + math.Log(.3) + math.Log(.4) + math.Log(.8) + math.Log(.9)) / 6},
		{"ECE", ECE(p, y, 2), (math.Abs(.9+.8+.6-2) + math.Abs(.3+.2+.1-1)) / 6},
		{"KS", KS(p, y), 2. / 3},
		{"PSI of the same", PSI(p, p), 0},
		{"Wilson of none, low", Wilson(0, 10)[0], 0},
		{"Wilson of none, high", Wilson(0, 10)[1], 0.27753279},
	} {
		if math.Abs(m.got-m.want) > 1e-7 {
			t.Errorf("%s is %v, not %v", m.name, m.got, m.want)
		}
	}
	chi2, chance := HosmerLemeshow([]float64{.2, .2, .2, .2, .2, .5, .5, .8, .8, .8, .8, .8}, []bool{true, false, false, false, false, true, false, true, true, true, true, false}, 3)
	if chi2 > 1e-12 || chance < .999 {
		t.Errorf("a perfect model: %v, %v", chi2, chance)
	}
}
