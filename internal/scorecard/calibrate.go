package scorecard

import (
	"math"
	"sort"
)

// Calibration turns a log-odds score into a probability that can be taken at its word.
type Calibration struct {
	// Method is "platt" (a straight line in log odds: At + Per·score) or "isotonic" (a
	// staircase that only rises).
	Method  string
	At, Per float64
	Steps   []Step // isotonic, by rising score
}

// Step is one step of a staircase.
type Step struct{ Score, P float64 }

// Of is the probability of a score.
func (c Calibration) Of(score float64) float64 {
	if len(c.Steps) == 0 {
		return sigmoid(c.At + c.Per*score)
	}
	i := sort.Search(len(c.Steps), func(i int) bool { return c.Steps[i].Score > score })
	switch i {
	case 0:
		return c.Steps[0].P
	case len(c.Steps):
		return c.Steps[i-1].P
	}
	a, b := c.Steps[i-1], c.Steps[i]
	return a.P + (b.P-a.P)*(score-a.Score)/(b.Score-a.Score)
}

// Platt fits At + Per·score by logistic regression against outcomes drawn in a little from
// 0 and 1, so that a score that parts them perfectly is not taken for certainty (Platt
// 1999). Per never falls below zero: a card that points the wrong way says nothing.
func Platt(score []float64, outcome []bool) Calibration {
	n, positives := float64(len(outcome)), count(outcome)
	high, low := (positives+1)/(positives+2), 1/(n-positives+2)
	share := (positives + .5) / (n + 1)
	at, per := math.Log(share/(1-share)), 0.0
	loss := func(at, per float64) float64 {
		sum := 0.0
		for i, y := range outcome {
			t := low
			if y {
				t = high
			}
			z := at + per*score[i]
			sum += softplus(z) - t*z
		}
		return sum
	}
	now := loss(at, per)
	for range 60 {
		var g0, g1, h00, h01, h11 float64
		for i, y := range outcome {
			t := low
			if y {
				t = high
			}
			q := sigmoid(at + per*score[i])
			g0 += q - t
			g1 += (q - t) * score[i]
			v := q * (1 - q)
			h00 += v
			h01 += v * score[i]
			h11 += v * score[i] * score[i]
		}
		a, b := []float64{h00, 0, h01, h11}, []float64{-g0, -g1}
		solve(a, b)
		moved := false
		for t := 1.0; t > 1e-4; t /= 2 {
			if next := loss(at+t*b[0], per+t*b[1]); next < now-1e-12 {
				moved = now-next > 1e-10*(1+now)
				at, per, now = at+t*b[0], per+t*b[1], next
				break
			}
		}
		if !moved {
			break
		}
	}
	if per < 0 {
		at, per = math.Log(share/(1-share)), 0
	}
	return Calibration{Method: "platt", At: at, Per: per}
}

// Isotonic fits the staircase nearest to the outcomes that never falls as the score rises
// (pool adjacent violators; Ayer et al. 1955). Steps stand at the mean score of their
// rows; probabilities are kept off 0 and 1 by half a row of all.
func Isotonic(score []float64, outcome []bool) Calibration {
	type block struct{ n, hits, score float64 }
	var blocks []block
	order := ascending(score)
	for from := 0; from < len(order); {
		to := from
		b := block{}
		for to < len(order) && score[order[to]] == score[order[from]] {
			b.n++
			b.hits += truth(outcome[order[to]])
			b.score += score[order[to]]
			to++
		}
		blocks = append(blocks, b)
		for k := len(blocks) - 1; k > 0 && blocks[k-1].hits*blocks[k].n >= blocks[k].hits*blocks[k-1].n; k-- {
			blocks[k-1] = block{blocks[k-1].n + blocks[k].n, blocks[k-1].hits + blocks[k].hits, blocks[k-1].score + blocks[k].score}
			blocks = blocks[:k]
		}
		from = to
	}
	c := Calibration{Method: "isotonic"}
	edge := .5 / float64(len(outcome)+1)
	for _, b := range blocks {
		c.Steps = append(c.Steps, Step{b.score / b.n, min(max(b.hits/b.n, edge), 1-edge)})
	}
	if len(c.Steps) == 0 {
		c.Steps = []Step{{0, .5}}
	}
	return c
}

// calibrate picks the method on scores of rows the card has not seen: the straight line,
// unless there are rows enough for a staircase and that, judged on other folds than it
// was made of, tells the outcomes better by stairsGain of the log loss. It gives those
// judged probabilities as well.
func calibrate(score []float64, outcome []bool, folds []int, parts int) (Calibration, []float64) {
	judged := func(fit func([]float64, []bool) Calibration) []float64 {
		p := make([]float64, len(score))
		for f := range parts {
			inside, outside := part(folds, f)
			c := fit(pick(score, outside), pick(outcome, outside))
			for _, i := range inside {
				p[i] = c.Of(score[i])
			}
		}
		return p
	}
	line := judged(Platt)
	if len(outcome) >= rowsForStairs {
		if stairs := judged(Isotonic); LogLoss(stairs, outcome) < (1-stairsGain)*LogLoss(line, outcome) {
			return Isotonic(score, outcome), stairs
		}
	}
	return Platt(score, outcome), line
}

const (
	rowsForStairs = 1000
	stairsGain    = 0.005
)
