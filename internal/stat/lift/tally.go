package lift

// Tally adds up one arm row by row without keeping rows: means and co-moments of the
// outcome, of what it is counted per, and of the number from before (Welford 1962).
type Tally struct {
	N       float64
	Nonzero float64 // rows whose outcome is not 0
	mean    [3]float64
	co      [3][3]float64
}

// Add takes one person: the outcome, what it is counted per (1 where nothing is), and the
// number from before (0 where there is none).
func (t *Tally) Add(outcome, per, before float64) {
	row := [3]float64{outcome, per, before}
	t.N++
	if outcome != 0 {
		t.Nonzero++
	}
	var gap [3]float64
	for i, v := range row {
		gap[i] = v - t.mean[i]
		t.mean[i] += gap[i] / t.N
	}
	for i := range row {
		for j := i; j < len(row); j++ {
			t.co[i][j] += gap[i] * (row[j] - t.mean[j])
		}
	}
}

// AddBlank takes a person whose number from before is not known: it counts as the mean of
// those known in this arm so far, which moves no estimate to either side.
func (t *Tally) AddBlank(outcome, per float64) { t.Add(outcome, per, t.mean[2]) }

func (t *Tally) covariance(i, j int) float64 {
	if t.N < 2 {
		return 0
	}
	return t.co[min(i, j)][max(i, j)] / (t.N - 1)
}

func (t *Tally) sample(i int) Sample {
	return Sample{N: t.N, Mean: t.mean[i], Variance: max(0, t.covariance(i, i))}
}

// Pair is the arm's outcome per unit, beside the number from before. ok is false where
// what it is counted per sums to 0.
func (t *Tally) Pair() (p Pair, ok bool) {
	post, ok := Ratio{Numerator: t.sample(0), Denominator: t.sample(1), Covariance: t.covariance(0, 1)}.Sample()
	if !ok {
		return Pair{Post: post, Pre: t.sample(2)}, false
	}
	return Pair{Post: post, Pre: t.sample(2), Covariance: (t.covariance(0, 2) - post.Mean*t.covariance(1, 2)) / t.mean[1]}, true
}
