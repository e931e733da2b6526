package forecast

import "math"

// Said is a probability once given, and what came of it.
type Said struct {
	P        float64
	Attained bool
	// Goal is what it was said of. What is said of one goal on many days comes true or
	// not together: it is one case. Empty: a case of its own.
	Goal string
}

// Record is how probabilities given in the past have fared.
type Record struct {
	Count int // probabilities
	Goals int // that they were said of; each counts once in all that follows
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
	Goals    int
	Said     float64 // mean of what was said of a goal; NaN where Count is 0
	Came     float64 // share of the goals that came true; NaN where Count is 0
	// Low and High hold the true share in 95 of 100 cases, as far as chance goes
	// (Wilson 1927).
	Low, High float64
}

// scoreBins is the number of steps of a reliability curve.
const scoreBins = 10

// Score looks back on probabilities given in the past. What is no probability is left
// out. A goal that was spoken of on a hundred days weighs as much as one that was spoken
// of once, as a whole and in each bin.
func Score(said []Said) Record {
	r := Record{Brier: math.NaN(), Without: math.NaN(), Bins: make([]Bin, scoreBins)}
	for i := range r.Bins {
		r.Bins[i].From, r.Bins[i].To = float64(i)/scoreBins, float64(i+1)/scoreBins
	}
	var whole, parts cases
	for _, s := range said {
		if !(s.P >= 0 && s.P <= 1) {
			continue
		}
		r.Count++
		bin := min(int(s.P*scoreBins), scoreBins-1)
		r.Bins[bin].Count++
		whole.add(caseKey{goal: s.Goal}, s)
		parts.add(caseKey{goal: s.Goal, bin: bin}, s)
	}
	came, squares := 0.0, 0.0
	for _, c := range whole.list {
		came += c.came / c.n
		squares += c.squares / c.n
	}
	for _, c := range parts.list {
		b := &r.Bins[c.bin]
		b.Goals++
		b.Said += c.said / c.n
		b.Came += c.came / c.n
	}
	for i := range r.Bins {
		r.Bins[i].finish()
	}
	if r.Goals = len(whole.list); r.Goals > 0 {
		n := float64(r.Goals)
		r.Brier = squares / n
		r.Without = came / n * (1 - came/n)
	}
	return r
}

// cases gathers what was said of each goal, in the order they are met.
type cases struct {
	list []*oneCase
	at   map[caseKey]*oneCase
}

type caseKey struct {
	goal string
	bin  int
}

type oneCase struct {
	caseKey
	n, said, came, squares float64
}

func (c *cases) add(key caseKey, s Said) {
	one := c.at[key]
	if one == nil || key.goal == "" {
		one = &oneCase{caseKey: key}
		c.list = append(c.list, one)
		if c.at == nil {
			c.at = map[caseKey]*oneCase{}
		}
		c.at[key] = one
	}
	attained := unit(s.Attained)
	one.n++
	one.said += s.P
	one.came += attained
	one.squares += (s.P - attained) * (s.P - attained)
}

func (b *Bin) finish() {
	n := float64(b.Goals)
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
