package lift

// Tally adds up one arm row by row without keeping rows: means and co-moments of the
// outcome, of what it is counted per, and of the number from before (Welford 1962).
type Tally struct {
	N       float64
	Nonzero float64 // rows whose outcome is not 0
	Blank   float64 // rows whose number from before is not known
	known   moments
	blank   moments
}

type moments struct {
	n    float64
	sum  [3]float64 // gives means as people work them out; the running mean rounds
	mean [3]float64
	co   [3][3]float64 // sums of products about the means; the upper triangle
}

func (m *moments) add(row [3]float64) {
	m.n++
	var gap [3]float64
	for i, v := range row {
		m.sum[i] += v
		gap[i] = v - m.mean[i]
		m.mean[i] += gap[i] / m.n
	}
	for i := range row {
		for j := i; j < len(row); j++ {
			m.co[i][j] += gap[i] * (row[j] - m.mean[j])
		}
	}
}

// Add takes one person: the outcome, what it is counted per (1 where nothing is), and the
// number from before (0 where there is none).
func (t *Tally) Add(outcome, per, before float64) {
	t.count(outcome)
	t.known.add([3]float64{outcome, per, before})
}

// AddBlank takes a person whose number from before is not known: it counts as the mean of
// those known in the arm, which moves no estimate to either side.
func (t *Tally) AddBlank(outcome, per float64) {
	t.count(outcome)
	t.Blank++
	t.blank.add([3]float64{outcome, per, 0})
}

func (t *Tally) count(outcome float64) {
	t.N++
	if outcome != 0 {
		t.Nonzero++
	}
}

// moments joins the known and the blank (Chan, Golub & LeVeque 1983).
func (t *Tally) moments() moments {
	a, b := t.known, t.blank
	if b.n == 0 {
		return a
	}
	if b.mean[2], b.sum[2] = a.mean[2], a.mean[2]*b.n; a.n == 0 {
		return b
	}
	out := moments{n: a.n + b.n}
	for i := range out.mean {
		gap := b.mean[i] - a.mean[i]
		out.sum[i] = a.sum[i] + b.sum[i]
		out.mean[i] = a.mean[i] + gap*b.n/out.n
		for j := i; j < len(out.mean); j++ {
			out.co[i][j] = a.co[i][j] + b.co[i][j] + gap*(b.mean[j]-a.mean[j])*a.n*b.n/out.n
		}
	}
	return out
}

func (m *moments) covariance(i, j int) float64 {
	if m.n < 2 {
		return 0
	}
	return m.co[min(i, j)][max(i, j)] / (m.n - 1)
}

func (m *moments) sample(i int) Sample {
	if m.n == 0 {
		return Sample{}
	}
	return Sample{N: m.n, Mean: m.sum[i] / m.n, Variance: max(0, m.covariance(i, i))}
}

// Pair is the arm's outcome per unit, beside the number from before. ok is false where
// what it is counted per sums to 0.
func (t *Tally) Pair() (p Pair, ok bool) {
	m := t.moments()
	post, ok := Ratio{Numerator: m.sample(0), Denominator: m.sample(1), Covariance: m.covariance(0, 1)}.Sample()
	if !ok {
		return Pair{Post: post, Pre: m.sample(2)}, false
	}
	return Pair{Post: post, Pre: m.sample(2), Covariance: (m.covariance(0, 2) - post.Mean*m.covariance(1, 2)) / m.sample(1).Mean}, true
}
