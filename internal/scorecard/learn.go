package scorecard

import (
	"fmt"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Options say what a card may be.
type Options struct {
	MaxPoints int                  // most points of a rule, up or down; 0 is 5
	MaxRules  int                  // most rules; 0 is 10
	Keep      []string             // columns used whatever the leak guard says
	LeaveOut  []string             // columns not used
	Monotone  map[string]Direction // limits of numeric columns
	Hand      *Card                // a hand-made card to compare with
}

// What learning came to.
const (
	Learnt       = ""                // there is a card
	NotEnough    = "not-enough-data" // too few rows with (or without) the outcome
	NothingFound = "nothing-found"   // no rule tells the rows apart better than chance
)

// leastOutcomes are needed of the rarer of the two outcomes; below, points would be luck.
// For each rule ten are asked (Peduzzi et al. 1996).
const (
	leastOutcomes   = 30
	outcomesPerRule = 10
)

// Result is a card and what it is worth on rows it has not seen.
type Result struct {
	Reason string // Learnt, NotEnough, NothingFound
	Needed int    // NotEnough: how many more of the rarer outcome
	Rare   bool   // NotEnough: the rarer outcome is the one looked for

	Card     Card
	Bands    []Band // of all rows of the table
	LeftOut  []LeftOut
	Doubtful []LeftOut // used, but to be looked at
	Tested   Tested
}

// Tested is what was found on rows the card (learned on the others) had not seen.
type Tested struct {
	// How is "later" (learned on the older rows, tried on the newer) or "folds" (each
	// fifth tried with what the other four taught).
	How    string
	Rows   int
	By     string     // later: the column that dates the rows
	From   series.Day // later: first day tried on
	Card   float64    // AUC
	Dense  float64    // AUC of logistic regression on every column
	Hand   float64    // AUC of the hand-made card, where there is one
	Slope  float64    // of a logistic regression of the outcome on the log odds told: 1 is right
	Offset float64    // its intercept: 0 is right
	Brier  float64
	ECE    float64
	Loss   float64 // log loss a row
}

// Learn makes a card of a table. The card rests on all rows; what it is worth was measured
// on rows left aside: the latest fifth where rows are dated, else each fifth in turn.
//
// The number of rules is the one with the least extended Bayesian information criterion
// (Chen, Chen 2008, γ = ½) up to MaxRules, so that chance finds of a long search do not
// get points.
func Learn(t *Table, opt Options) (*Result, error) {
	if opt.MaxPoints == 0 {
		opt.MaxPoints = 5
	}
	if opt.MaxRules == 0 {
		opt.MaxRules = 10
	}
	if opt.MaxRules < 1 || opt.MaxRules > MostRules || opt.MaxPoints < 1 || opt.MaxPoints > MostPoints {
		return nil, fmt.Errorf("learn card of %d rules and %d points: 1 to %d rules and 1 to %d points are possible", opt.MaxRules, opt.MaxPoints, MostRules, MostPoints)
	}
	for _, c := range t.Columns {
		if c.length() != t.Rows() {
			return nil, fmt.Errorf("learn from column %q: %d values for %d rows", c.Name, c.length(), t.Rows())
		}
	}
	r := &Result{Reason: NotEnough}
	rare := min(t.Positives(), t.Rows()-t.Positives())
	if rare < leastOutcomes {
		r.Needed, r.Rare = leastOutcomes-rare, t.Positives() == rare
		return r, nil
	}
	r.LeftOut, r.Doubtful = guard(t, opt.Keep, opt.LeaveOut)
	gone := map[int]bool{}
	for j, c := range t.Columns {
		gone[j] = c.Kind == Date || slices.ContainsFunc(r.LeftOut, func(l LeftOut) bool { return l.Column == c.Name })
	}
	used := t.without(gone)
	made := build(used, opt)
	if len(made.card.Rules) == 0 {
		r.Reason = NothingFound
		return r, nil
	}
	r.Reason, r.Card = Learnt, made.card
	r.Bands = made.card.bands(made.card.Score(used), used.Outcome)
	r.Tested = try(t, used, made, opt)
	return r, nil
}

// built is a card with what was learned on the way: log odds for every row from cards
// that had not seen it, and the calibrated probabilities judged on other folds still.
type built struct {
	card   Card
	unseen []float64
	folds  []int
	chance []float64
}

// build learns a calibrated card from all rows of a table.
func build(t *Table, opt Options) built {
	b := built{folds: foldsOf(t.Outcome, foldCount), unseen: make([]float64, t.Rows())}
	var at, per float64
	twoAtOnce(foldCount+1, func(f int) {
		if f == foldCount {
			b.card, at, per = learnCard(t, opt)
			return
		}
		inside, outside := part(b.folds, f)
		other, otherAt, otherPer := learnCard(t.pick(outside), opt)
		for i, s := range other.Score(t.pick(inside)) {
			b.unseen[inside[i]] = otherAt + otherPer*s
		}
	})
	calibration, chance := calibrate(b.unseen, t.Outcome, b.folds, foldCount)
	b.chance = chance
	// The calibration speaks of log odds; the card of points.
	calibration.At, calibration.Per = calibration.At+calibration.Per*at, calibration.Per*per
	for i := range calibration.Steps {
		if per > 0 {
			calibration.Steps[i].Score = (calibration.Steps[i].Score - at) / per
		}
	}
	b.card.Chance = calibration
	return b
}

// learnCard learns rules and points; at + per·score are its own log odds.
func learnCard(t *Table, opt Options) (Card, float64, float64) {
	bound := float64(opt.MaxPoints)
	made := candidates(t, opt.Monotone, bound)
	rare := min(t.Positives(), t.Rows()-t.Positives())
	most := max(1, min(opt.MaxRules, rare/outcomesPerRule))
	p := &problem{n: t.Rows(), outcome: t.Outcome, bound: bound}
	for _, c := range made {
		p.columns = append(p.columns, yesNoColumn(c.holds, t.Outcome, c.limits, bound))
	}
	best, last := p.path(most)
	if k := bySize(best, t.Rows(), len(made)); k < len(best)-1 {
		_, last = p.path(k)
	}
	return cardOf(t, made, p.finish(last))
}

// bySize is the number of rules with the least 2·loss + k·(log n + 2γ·log p), γ = ½.
func bySize(best []*node, rows, rules int) int {
	each := math.Log(float64(max(2, rows))) + math.Log(float64(max(1, rules)))
	size, least := 0, math.Inf(1)
	for k, nd := range best {
		if cost := 2*nd.loss + float64(k)*each; cost < least {
			size, least = k, cost
		}
	}
	return size
}

// try measures the card on rows it has not seen. all has the dates that used lacks.
func try(all, used *Table, made built, opt Options) Tested {
	if older, newer, by, from := byTime(all); by != "" {
		if earlier := build(used.pick(older), opt); len(earlier.card.Rules) > 0 {
			late := used.pick(newer)
			score := earlier.card.Score(late)
			chance := make([]float64, len(score))
			for i, s := range score {
				chance[i] = earlier.card.Chance.Of(s)
			}
			out := judged(chance, late.Outcome)
			out.How, out.By, out.From = "later", by, from
			out.Card = AUC(score, late.Outcome)
			out.Dense = AUC(fitDense(used.pick(older)).logits(late), late.Outcome)
			if opt.Hand != nil {
				out.Hand = AUC(opt.Hand.Score(all.pick(newer)), late.Outcome)
			}
			return out
		}
	}
	out := judged(made.chance, used.Outcome)
	out.How = "folds"
	out.Card = meanAUC(made.unseen, used.Outcome, made.folds, foldCount)
	logits, folds := denseByFolds(used, foldCount)
	out.Dense = meanAUC(logits, used.Outcome, folds, foldCount)
	if opt.Hand != nil {
		out.Hand = meanAUC(opt.Hand.Score(all), all.Outcome, made.folds, foldCount)
	}
	return out
}

func judged(chance []float64, outcome []bool) Tested {
	odds := make([]float64, len(chance))
	for i, p := range chance {
		p = min(max(p, 1e-9), 1-1e-9)
		odds[i] = math.Log(p / (1 - p))
	}
	line := Platt(odds, outcome)
	return Tested{Rows: len(outcome), Slope: line.Per, Offset: line.At, Brier: Brier(chance, outcome), ECE: ECE(chance, outcome, 10), Loss: LogLoss(chance, outcome)}
}

// byTime parts the rows of a dated table: the latest fifth, by whole days, to try on.
// Without a date, or with too few outcomes on either side, by is "".
func byTime(t *Table) (older, newer []int, by string, from series.Day) {
	j := firstDay(t)
	if j < 0 {
		return nil, nil, "", 0
	}
	c := &t.Columns[j]
	var days []series.Day
	for i, d := range c.Days {
		if !c.Blank[i] {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	from = days[len(days)*4/5]
	var with, without [2]int // older, newer
	for i, d := range c.Days {
		side := 0
		if !c.Blank[i] && d >= from {
			side = 1
			newer = append(newer, i)
		} else {
			older = append(older, i)
		}
		if t.Outcome[i] {
			with[side]++
		} else {
			without[side]++
		}
	}
	if min(with[0], without[0]) < leastOutcomes || min(with[1], without[1]) < leastOutcomes/2 {
		return nil, nil, "", 0
	}
	return older, newer, c.Name, from
}

// Reads says in a sentence how the card was tried.
func (t Tested) Reads() words.Text {
	if t.How == "later" {
		return words.T("古い行だけで学んだ点数表を、%[1]s以降の新しい%[2]s行で試した成績です。", "Measured by learning from the older rows and trying the card on the %[2]s rows from %[1]s on.", t.From.String(), words.Group(float64(t.Rows), 0))
	}
	return words.T("5つに分け、4つで学んだ点数表を残りの1つで試した成績です(%s行)。", "Measured by fifths: learned on four, tried on the one left (%s rows).", words.Group(float64(t.Rows), 0))
}
