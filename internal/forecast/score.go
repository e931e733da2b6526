package forecast

import "math"

// Said is a probability once given, and what came of it.
type Said struct {
	P        float64
	Attained bool
}

// Record is how probabilities given in the past have fared.
type Record struct {
	Count int
	// Brier is the mean squared distance of what was said from what came (Brier 1950):
	// 0 is perfect, 0.25 what always saying one half gives. Without is that of always
	// saying the share that came true. Both are NaN without a single one.
	Brier, Without float64
	// Bins tells, for what was said between From and To, how often it came true.
	Bins []Bin
}

// Bin is one step of the reliability curve.
type Bin struct {
	From, To float64
	Count    int
	Said     float64 // mean of what was said; NaN where Count is 0
	Came     float64 // share that came true; NaN where Count is 0
	// Low and High hold the true share in 95 of 100 cases, as far as chance goes
	// (Wilson 1927).
	Low, High float64
}

// scoreBins is the number of steps of a reliability curve.
const scoreBins = 10

// Score looks back on probabilities given in the past. What is no probability is left
// out.
func Score(said []Said) Record {
	r := Record{Brier: math.NaN(), Without: math.NaN(), Bins: make([]Bin, scoreBins)}
	came, squares := 0.0, 0.0
	for i := range r.Bins {
		r.Bins[i].From, r.Bins[i].To = float64(i)/scoreBins, float64(i+1)/scoreBins
	}
	for _, s := range said {
		if !(s.P >= 0 && s.P <= 1) {
			continue
		}
		attained := unit(s.Attained)
		r.Count++
		came += attained
		squares += (s.P - attained) * (s.P - attained)
		b := &r.Bins[min(int(s.P*scoreBins), scoreBins-1)]
		b.Count++
		b.Said += s.P
		b.Came += attained
	}
	for i := range r.Bins {
		r.Bins[i].finish()
	}
	if r.Count > 0 {
		n := float64(r.Count)
		r.Brier = squares / n
		r.Without = came / n * (1 - came/n)
	}
	return r
}

func (b *Bin) finish() {
	n := float64(b.Count)
	if n == 0 {
		b.Said, b.Came, b.Low, b.High = math.NaN(), math.NaN(), 0, 1
		return
	}
	b.Said /= n
	b.Came /= n
	const z = 1.959964
	centre := (b.Came + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(b.Came*(1-b.Came)/n+z*z/(4*n*n))
	b.Low, b.High = max(centre-reach, 0), min(centre+reach, 1)
}

func unit(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
