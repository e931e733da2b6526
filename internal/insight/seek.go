package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// SeekOptions say what is to be reached.
type SeekOptions struct {
	// Probability of reaching the KGI's target, in (0, 1). 0 asks that the middle
	// course reaches it.
	Probability float64
}

// SeekResult is the least effort that reaches the KGI's target. Effort is the sum
// of the levers' relative changes, each times its weight.
type SeekResult struct {
	Reachable bool         `json:"reachable"`
	Changes   []SeekChange `json:"changes"` // the largest first; empty when nothing has to change or nothing would do
	PAttain   *float64     `json:"p_attain"`
	Landing   *float64     `json:"landing"` // the middle course with the changes
	Target    *float64     `json:"target"`
	Best      *SeekBest    `json:"best"`   // the most that can be had when the target cannot
	Reason    *string      `json:"reason"` // why there is no answer
	Sentence  string       `json:"sentence"`
	Warnings  []string     `json:"warnings"`
}

// SeekChange is what one lever has to become.
type SeekChange struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Unit     string   `json:"unit"`
	From     *float64 `json:"from"` // on the days of the what-if
	To       *float64 `json:"to"`
	Relative *float64 `json:"relative"`
	Set      string   `json:"set"` // the same as a supposition of a what-if
	Warning  *string  `json:"warning"`
}

// SeekBest is the most that all levers at their limits bring.
type SeekBest struct {
	Changes []SeekChange `json:"changes"`
	Landing *float64     `json:"landing"`
	PAttain *float64     `json:"p_attain"`
}

// Seek finds the least effort that reaches the KGI.
func Seek(ev *goal.Evaluator, opt Options, seek SeekOptions) SeekResult {
	return NewView(ev, opt).Seek(seek)
}

// nearEnough is how far a probability may fall short of the one asked for: what the
// number of draws leaves open.
const nearEnough = 0.005

// widest is the longest step beyond what would do if the strengths were known.
const widest = 1.0

// falls reports whether a chance that was asked for is missed; without one, none is.
func (s *seeker) falls(x []float64, asked float64) bool {
	return asked > 0 && s.probability(x) < asked-nearEnough
}

// Seek finds the least effort that reaches the KGI.
func (v *View) Seek(opt SeekOptions) SeekResult {
	if !(opt.Probability > 0 && opt.Probability < 1) { // what is no chance (NaN, too) asks for the middle course
		opt.Probability = 0
	}
	kgi := v.model.KGI()
	amount, why := v.amount(kgi)
	a := v.lookAhead()
	if a == nil || !exists(amount) {
		if a == nil {
			_, _, why = v.landingOutcome(kgi)
		}
		return SeekResult{Changes: []SeekChange{}, Warnings: []string{}, Reason: v.sayOrNil(why), Sentence: v.say(why)}
	}
	s := v.seeker(a, amount)
	result := SeekResult{Changes: []SeekChange{}, Warnings: []string{}, Target: number(amount)}
	goalAt := s.middleFor(opt.Probability)
	x, reached := s.solve(goalAt)
	// The strengths' own uncertainty widens what has to be reached: the middle course
	// has to land further on than it would if they were known.
	for step := 0.01; reached && s.falls(x, opt.Probability) && step < widest; step *= 1.5 {
		goalAt += (goalAt - a.landing.soFar) * step * s.sign
		x, reached = s.solve(goalAt)
	}
	reached = reached && !s.falls(x, opt.Probability)
	result.Reachable = reached
	changes := s.changes(x)
	result.PAttain, result.Landing = number(s.probability(x)), number(s.landing(x))
	if reached {
		result.Changes = changes
	} else {
		result.Best = &SeekBest{Changes: changes, Landing: result.Landing, PAttain: result.PAttain}
	}
	for _, change := range changes {
		if change.Warning != nil {
			result.Warnings = append(result.Warnings, *change.Warning)
		}
	}
	result.Sentence = v.say(s.sentence(reached, changes, opt.Probability, result.PAttain))
	return result
}

func (s *seeker) sentence(reached bool, changes []SeekChange, probability float64, p *float64) words.Text {
	kgi := s.v.model.KGI()
	amount := words.Amount{Value: s.amount, Unit: kgi.Unit}
	var list []words.Text
	for _, c := range changes[:min(len(changes), 3)] {
		list = append(list, words.T("「%s」を%s", "“%s” %s", c.Name, words.SmallChange(orNaN(c.Relative))))
	}
	what := words.Join(list, "、", ", ")
	chance := words.Chance(orNaN(p))
	switch {
	case reached && len(changes) == 0:
		return words.T("いまのままで「%[1]s」%[2]sに届く見込みです(達成の確率%[3]s)。", "As things are, “%[1]s” is on course for %[2]s (chance %[3]s).", kgi.Name, amount, chance)
	case reached:
		return words.T("%[4]sにすると、「%[1]s」%[2]sに届く見込みです(達成の確率%[3]s)。", "With %[4]s, “%[1]s” is on course for %[2]s (chance %[3]s).", kgi.Name, amount, chance, what)
	case len(changes) == 0:
		return words.T("「%[1]s」を動かすと分かっているKPIがなく、%[2]sに届く道を示せません。", "No KPI is known to move “%[1]s”, so no way to %[2]s can be shown.", kgi.Name, amount)
	case s.reaches(s.landing(s.limits()), s.amount):
		return words.T("すべてのKPIを限度まで動かしても、「%[1]s」%[2]sに届く確率は%[3]sまでです(ねらい%[4]s)。",
			"Even with every KPI at its limit, “%[1]s” reaches %[2]s with a chance of %[3]s (asked: %[4]s).", kgi.Name, amount, chance, words.Percent(probability))
	}
	return words.T("すべてのKPIを限度まで動かしても、「%[1]s」%[2]sには届きません。届くのは%[3]sまでです。",
		"Even with every KPI at its limit, “%[1]s” does not reach %[2]s: %[3]s is the most.", kgi.Name, amount,
		words.Amount{Value: s.landing(s.limits()), Unit: kgi.Unit})
}

// changes are the levers that move, the one with the most effort first.
func (s *seeker) changes(x []float64) []SeekChange {
	order := make([]int, 0, len(x))
	for j := range x {
		if x[j] != 0 {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch ca, cb := s.levers[a].weight*math.Abs(x[a]), s.levers[b].weight*math.Abs(x[b]); {
		case ca > cb:
			return -1
		case ca < cb:
			return 1
		}
		return 0
	})
	out := []SeekChange{}
	for _, j := range order {
		l := s.levers[j]
		ind := s.v.model.Indicator(l.id)
		to := l.base * (1 + x[j])
		out = append(out, SeekChange{
			ID: l.id, Name: ind.Name, Unit: ind.Unit, From: number(l.base), To: number(to), Relative: number(x[j]),
			Set: l.id + "=" + grown(x[j]), Warning: s.v.sayOrNil(s.v.neverSeen(ind, to, s.v.WhatIfSpan())),
		})
	}
	return out
}
