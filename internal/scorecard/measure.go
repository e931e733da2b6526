package scorecard

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// AUC is the probability that a row with the outcome scores higher than one without,
// ties counting half (Mann–Whitney). NaN-free: 0.5 where one of the two is absent.
func AUC(score []float64, outcome []bool) float64 {
	order := ascending(score)
	var positives, negatives, below, wins float64
	for from := 0; from < len(order); {
		to := from
		var p, q float64
		for to < len(order) && score[order[to]] == score[order[from]] {
			if outcome[order[to]] {
				p++
			} else {
				q++
			}
			to++
		}
		wins += p * (below + q/2)
		below += q
		positives, negatives = positives+p, negatives+q
		from = to
	}
	if positives == 0 || negatives == 0 {
		return 0.5
	}
	return wins / (positives * negatives)
}

// AveragePrecision is Σ (recall_i − recall_{i−1}) · precision_i over the distinct scores
// from the highest down.
func AveragePrecision(score []float64, outcome []bool) float64 {
	order := ascending(score)
	all := count(outcome)
	if all == 0 {
		return 0
	}
	var seen, hits, sum float64
	for to := len(order) - 1; to >= 0; {
		from, p := to, 0.0
		for from >= 0 && score[order[from]] == score[order[to]] {
			if outcome[order[from]] {
				p++
			}
			seen++
			from--
		}
		hits += p
		sum += p / all * hits / seen
		to = from
	}
	return sum
}

// Brier is the mean squared distance of probability and outcome.
func Brier(p []float64, outcome []bool) float64 {
	sum := 0.0
	for i, y := range outcome {
		d := p[i] - truth(y)
		sum += d * d
	}
	return sum / float64(max(1, len(outcome)))
}

// LogLoss is the mean of −log of the probability given to what happened, probabilities
// kept 1e-15 away from 0 and 1.
func LogLoss(p []float64, outcome []bool) float64 {
	sum := 0.0
	for i, y := range outcome {
		q := min(max(p[i], 1e-15), 1-1e-15)
		if !y {
			q = 1 - q
		}
		sum -= math.Log(q)
	}
	return sum / float64(max(1, len(outcome)))
}

// ECE is the expected calibration error over bins of equal width of the probability:
// Σ n_b/n · |mean probability − share of outcomes|.
func ECE(p []float64, outcome []bool, bins int) float64 {
	n, mean, hits := make([]float64, bins), make([]float64, bins), make([]float64, bins)
	for i, y := range outcome {
		b := min(bins-1, max(0, int(p[i]*float64(bins))))
		n[b]++
		mean[b] += p[i]
		hits[b] += truth(y)
	}
	sum := 0.0
	for b := range bins {
		sum += math.Abs(mean[b] - hits[b])
	}
	return sum / float64(max(1, len(outcome)))
}

// HosmerLemeshow is the chi-square of observed against expected outcomes in groups of
// equal size by probability, with its probability under a right model (groups − 2 degrees
// of freedom; Hosmer, Lemeshow 1980). Rows of one probability are never parted.
func HosmerLemeshow(p []float64, outcome []bool, groups int) (chi2, chance float64) {
	order := ascending(p)
	made := 0
	for from := 0; from < len(order); made++ {
		to := max(from+1, (made+1)*len(order)/groups)
		for to < len(order) && p[order[to]] == p[order[to-1]] {
			to++
		}
		var n, expected, hits float64
		for _, i := range order[from:min(to, len(order))] {
			n++
			expected += p[i]
			hits += truth(outcome[i])
		}
		if v := expected * (1 - expected/n); v > 0 {
			chi2 += (hits - expected) * (hits - expected) / v
		}
		from = to
	}
	if made <= 2 {
		return chi2, 1
	}
	return chi2, mathext.GammaIncRegComp(float64(made-2)/2, chi2/2)
}

// KS is the largest distance between the score's distribution with and without the
// outcome (Kolmogorov–Smirnov).
func KS(score []float64, outcome []bool) float64 {
	order := ascending(score)
	positives := count(outcome)
	negatives := float64(len(outcome)) - positives
	if positives == 0 || negatives == 0 {
		return 0
	}
	var p, q, most float64
	for i, row := range order {
		if outcome[row] {
			p++
		} else {
			q++
		}
		if i+1 == len(order) || score[order[i+1]] != score[row] {
			most = math.Max(most, math.Abs(p/positives-q/negatives))
		}
	}
	return most
}

// PSI is the population stability index Σ (a − e) ln(a/e) of two distributions over the
// same classes; shares of zero are taken as 1e-6.
func PSI(expected, actual []float64) float64 {
	sum := 0.0
	for i, e := range expected {
		e, a := math.Max(e, 1e-6), math.Max(actual[i], 1e-6)
		sum += (a - e) * math.Log(a/e)
	}
	return sum
}

// WOE is the weight of evidence ln(share of the good ÷ share of the bad) of every class,
// and their information value Σ (share good − share bad) · WOE. Empty classes count half
// a row.
func WOE(good, bad []float64) (woe []float64, value float64) {
	var allGood, allBad float64
	for i := range good {
		allGood, allBad = allGood+good[i], allBad+bad[i]
	}
	woe = make([]float64, len(good))
	if allGood == 0 || allBad == 0 {
		return woe, 0
	}
	for i := range good {
		g, b := good[i], bad[i]
		if g == 0 || b == 0 {
			g, b = g+.5, b+.5
		}
		woe[i] = math.Log(g / allGood / (b / allBad))
		value += (g/allGood - b/allBad) * woe[i]
	}
	return woe, value
}

// Wilson is the 95 % interval of a share (Wilson 1927): it stays inside 0…1 and makes
// sense for few rows. Of no rows it is 0…1.
func Wilson(hits, n int) [2]float64 {
	if n <= 0 {
		return [2]float64{0, 1}
	}
	const z = 1.959963984540054
	size := float64(n)
	p := float64(hits) / size
	centre := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return [2]float64{math.Max(0, centre-half), math.Min(1, centre+half)}
}

func ascending(score []float64) []int {
	order := make([]int, len(score))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case score[a] < score[b]:
			return -1
		case score[a] > score[b]:
			return 1
		}
		return 0
	})
	return order
}

func truth(y bool) float64 {
	if y {
		return 1
	}
	return 0
}

func count(outcome []bool) float64 {
	n := 0.0
	for _, y := range outcome {
		n += truth(y)
	}
	return n
}
