package scorecard

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/words"
)

// Scored is a rule with its points.
type Scored struct {
	Rule
	Points int
	Rows   int     // rows of the table it holds for
	Rate   float64 // share of them with the outcome
}

// Card is a scorecard: everybody begins with Base and gains or loses the points of the
// rules that hold. Base makes the lowest possible score 0.
type Card struct {
	Base    int
	Rules   []Scored
	Highest int // the highest possible score
	Chance  Calibration
}

// Score is that of every row of a table. A rule about a column the table lacks holds for
// no row.
func (c *Card) Score(t *Table) []float64 {
	out := make([]float64, t.Rows())
	for i := range out {
		out[i] = float64(c.Base)
	}
	for _, r := range c.Rules {
		j := slices.IndexFunc(t.Columns, func(col Column) bool { return col.Name == r.Column })
		if j < 0 {
			continue
		}
		for i := range out {
			if r.Holds(&t.Columns[j], i) {
				out[i] += float64(r.Points)
			}
		}
	}
	return out
}

// Band is the rows whose scores lie in From…To.
type Band struct {
	From, To  int
	Rows      int
	Hits      int
	Observed  float64    // Hits ÷ Rows
	Interval  [2]float64 // 95 %, Wilson
	Predicted float64    // mean calibrated probability
}

const (
	mostBands    = 8
	leastInBand  = 20   // rows
	leastOfBands = 0.03 // … or this share of all
)

// bands cuts the scores into at most eight bands with enough rows each, from the lowest.
func (c *Card) bands(score []float64, outcome []bool) []Band {
	by := map[int]*Band{}
	for i, s := range score {
		b := by[int(s)]
		if b == nil {
			b = &Band{From: int(s), To: int(s)}
			by[int(s)] = b
		}
		b.Rows++
		if outcome[i] {
			b.Hits++
		}
		b.Predicted += c.Chance.Of(s)
	}
	var out []Band
	for _, b := range by {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b Band) int { return cmp.Compare(a.From, b.From) })
	least := max(leastInBand, int(leastOfBands*float64(len(score))))
	for len(out) > 1 {
		// The smallest joins its smaller neighbour until all are large enough and few.
		small := 0
		for i, b := range out {
			if b.Rows < out[small].Rows {
				small = i
			}
		}
		if out[small].Rows >= least && len(out) <= mostBands {
			break
		}
		left := small - 1
		if small == 0 || small < len(out)-1 && out[small+1].Rows < out[small-1].Rows {
			left = small
		}
		a, b := out[left], out[left+1]
		out[left] = Band{From: a.From, To: b.To, Rows: a.Rows + b.Rows, Hits: a.Hits + b.Hits, Predicted: a.Predicted + b.Predicted}
		out = slices.Delete(out, left+1, left+2)
	}
	for i := range out {
		b := &out[i]
		b.Observed = float64(b.Hits) / float64(b.Rows)
		b.Predicted /= float64(b.Rows)
		b.Interval = Wilson(b.Hits, b.Rows)
	}
	return out
}

// cardOf makes a card of a fitted model on candidates, and a scale that takes its score to
// the model's log odds.
func cardOf(t *Table, made []candidate, s Sparse) (card Card, at, per float64) {
	for j, points := range s.Points {
		if points == 0 {
			continue
		}
		rule := Scored{Rule: made[j].rule, Points: points}
		hits := 0.0
		for i, h := range made[j].holds {
			if h {
				rule.Rows++
				hits += truth(t.Outcome[i])
			}
		}
		rule.Rate = hits / math.Max(1, float64(rule.Rows))
		card.Rules = append(card.Rules, rule)
	}
	card.Rules = arranged(card.Rules)
	lowest, highest := reach(card.Rules)
	card.Base, card.Highest = -lowest, highest-lowest
	return card, s.At + s.Per*float64(lowest), s.Per
}

// arranged puts the rules of a column side by side, the columns with the most points
// first; thresholds by height, categories by points.
func arranged(rules []Scored) []Scored {
	weight := map[string]int{}
	for _, r := range rules {
		weight[r.Column] = max(weight[r.Column], r.Points, -r.Points)
	}
	out := slices.Clone(rules)
	slices.SortStableFunc(out, func(a, b Scored) int {
		if a.Column != b.Column {
			return cmp.Or(cmp.Compare(weight[b.Column], weight[a.Column]), cmp.Compare(a.Column, b.Column))
		}
		if a.Numeric && a.Op != Missing && b.Op != Missing {
			return cmp.Compare(a.Value, b.Value)
		}
		return cmp.Compare(b.Points, a.Points)
	})
	return out
}

// reach is the lowest and highest sum of points a person can have: of the thresholds of a
// column those up to some height hold together, of its categories one.
func reach(rules []Scored) (lowest, highest int) {
	byColumn := map[string][]Scored{}
	var order []string
	for _, r := range rules {
		if byColumn[r.Column] == nil {
			order = append(order, r.Column)
		}
		byColumn[r.Column] = append(byColumn[r.Column], r)
	}
	for _, name := range order {
		least, most := 0, 0 // no rule of the column holds
		for i, sum := range sumsOf(byColumn[name]) {
			if i == 0 || sum < least {
				least = sum
			}
			if i == 0 || sum > most {
				most = sum
			}
		}
		lowest, highest = lowest+least, highest+most
	}
	return lowest, highest
}

// sumsOf lists the sums of points that rules of one column can make.
func sumsOf(rules []Scored) []int {
	sums := []int{0}
	var values []float64
	for _, r := range rules {
		switch {
		case r.Op == Missing, !r.Numeric && r.Op == Is:
			sums = append(sums, r.Points)
		case r.Numeric:
			values = append(values, r.Value)
		}
	}
	for _, r := range rules {
		if !r.Numeric && r.Op == IsNot {
			// Any other text, or one that has a rule of its own.
			sums = append(sums, r.Points)
			for _, o := range rules {
				if o.Op == Is && o.Text != r.Text {
					sums = append(sums, r.Points+o.Points)
				}
			}
		}
	}
	slices.Sort(values)
	var probes []float64
	for _, v := range values {
		probes = append(probes, v, v+math.Max(1e-9, math.Abs(v)*1e-12), v-math.Max(1e-9, math.Abs(v)*1e-12))
	}
	probe := Column{Kind: Number, Numbers: probes}
	for i := range probes {
		sum := 0
		for _, r := range rules {
			if r.Numeric && r.Holds(&probe, i) {
				sum += r.Points
			}
		}
		sums = append(sums, sum)
	}
	return sums
}

// Reads says in a sentence what a band means: "10 points or more: about 62 of 100 …".
// first and last say where it stands among the bands; outcome is what the rows end with.
func (b Band) Reads(first, last bool, outcome string) words.Text {
	reach := words.T("%d〜%d点", "%d–%d points", b.From, b.To)
	switch {
	case last && !first:
		reach = words.T("%d点以上", "%d points or more", b.From)
	case first && !last && b.To > 0:
		reach = words.T("%d点以下", "%d points or fewer", b.To)
	case b.From == b.To:
		reach = words.T("%d点", "%d points", b.From)
	}
	of := math.Round(100 * b.Predicted)
	switch {
	case b.Predicted < .005:
		return words.T("%[1]s: 100人中1人未満が「%[2]s」になります。", "%[1]s: fewer than 1 of 100 end with “%[2]s”.", reach, outcome)
	case b.Predicted >= .995:
		return words.T("%[1]s: 100人中99人より多くが「%[2]s」になります。", "%[1]s: more than 99 of 100 end with “%[2]s”.", reach, outcome)
	}
	return words.T("%[1]s: 100人中およそ%[3]s人が「%[2]s」になります。", "%[1]s: about %[3]s of 100 end with “%[2]s”.", reach, outcome, words.Group(of, 0))
}
