package insight

import (
	"math"
	"slices"
	"strconv"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// lever is an indicator a team can move by itself.
type lever struct {
	id        string
	place     int
	base      float64 // on the days of the what-if
	weight    float64 // effort of a change by 100 %
	low, high float64 // relative change that is possible, low ≤ 0 ≤ high
}

// seeker looks for the least effort.
type seeker struct {
	v      *View
	c      *carrier
	a      *ahead
	amount float64
	sign   float64 // +1 where more is good
	levers []lever
}

const (
	// mostFactor is how far a lever without a limit of its own may go.
	mostFactor = 10.0
	// noticed is the relative change below which a lever is left alone.
	noticed = 1e-4
)

func (v *View) seeker(a *ahead, amount float64) *seeker {
	span := v.WhatIfSpan()
	s := &seeker{v: v, c: v.carrier(span), a: a, amount: amount, sign: 1}
	if v.model.KGI().Target.Direction == goal.Down {
		s.sign = -1
	}
	depths := v.model.Depths()
	for i, id := range s.c.ids {
		ind := v.model.Indicator(id)
		_, leads := depths[id]
		// What follows by formula from others is moved through them.
		if ind.IsKGI || !leads || ind.Formula != nil && len(s.c.inputs[i]) > 0 {
			continue
		}
		l := lever{id: id, place: i, base: s.c.base[i].V, weight: 1, low: -1 + leastRatio, high: mostFactor - 1}
		if !exists(l.base) || l.base == 0 {
			continue
		}
		v.limit(&l, ind, span)
		if s.turn(&l) {
			s.levers = append(s.levers, l)
		}
	}
	return s
}

// limit narrows a lever to what the model file allows. Limits are written as people
// count: per period of a hold target, over four weeks for other sums, the value
// itself for rates and levels.
func (v *View) limit(l *lever, ind *goal.Indicator, span series.Span) {
	if v.ev.Kind(l.id) == formula.Rate && ind.Ratio() && l.base > 0 && l.base <= 1 {
		l.high = min(l.high, 1/l.base-1)
	}
	e := ind.Effort
	if e == nil {
		return
	}
	if e.Weight > 0 {
		l.weight = e.Weight
	}
	factor, _ := v.countedOver(ind, span)
	counted := l.base * factor
	if e.Max != nil {
		l.high = min(l.high, max(*e.Max/counted-1, 0))
	}
	if e.Min != nil {
		l.low = max(l.low, min(*e.Min/counted-1, 0))
	}
}

// turn keeps the side of a lever that does the KGI good; false when neither does.
func (s *seeker) turn(l *lever) bool {
	at := func(x float64) float64 { return s.landingOf(map[int]float64{l.place: l.base * (1 + x)}) }
	here := s.a.landing.outcome.mean
	up, down := at(min(0.01, l.high)), at(max(-0.01, l.low))
	switch {
	case s.gain(up, here) > math.Abs(here)*1e-12:
		l.low = 0
	case s.gain(down, here) > math.Abs(here)*1e-12:
		l.high = 0
	default:
		// Flat here (the larger of two under min): it may still matter further on.
		if s.gain(at(l.high), here) > math.Abs(here)*1e-12 {
			l.low = 0
			return l.high > 0
		}
		return false
	}
	return l.low < 0 || l.high > 0
}

func (s *seeker) gain(a, b float64) float64 {
	if !exists(a) || !exists(b) {
		return math.Inf(-1)
	}
	return s.sign * (a - b)
}

func (s *seeker) reaches(landing, amount float64) bool {
	return s.gain(landing, amount) >= -1e-9*math.Abs(amount)
}

// limits is every lever as far as it goes.
func (s *seeker) limits() []float64 {
	x := make([]float64, len(s.levers))
	for j, l := range s.levers {
		x[j] = l.low + l.high // one of them is 0
	}
	return x
}

func (s *seeker) setOf(x []float64) map[int]float64 {
	set := map[int]float64{}
	for j, l := range s.levers {
		if x[j] != 0 {
			set[l.place] = l.base * (1 + x[j])
		}
	}
	return set
}

// landing is the middle course with the levers at x.
func (s *seeker) landing(x []float64) float64 { return s.landingOf(s.setOf(x)) }

func (s *seeker) landingOf(set map[int]float64) float64 {
	kgi := s.v.model.KGI()
	here := s.a.landing.outcome.mean
	i := s.c.place[kgi.ID]
	after := s.c.run(set, nil, math.Inf(1)).after[i]
	base := s.c.base[i].V
	if s.v.over(kgi.Target) || same(after, base) {
		return here
	}
	if !exists(after) || !exists(base) || base == 0 {
		return math.NaN()
	}
	share := s.v.arrivedShare(s.c, set, i, after)
	return s.a.landing.soFar + (here-s.a.landing.soFar)*(1+(after/base-1)*share)
}

// probability of reaching the target with the levers at x.
func (s *seeker) probability(x []float64) float64 {
	set := s.setOf(x)
	changed, _ := s.v.landingsWith(s.c, set, s.c.draw(set, whatIfDraws, evidenceSeed), s.a)
	return s.a.chance(changed, s.v.model.KGI().Target.Direction)
}

// middleFor is where the middle course has to land for the target to be reached
// with a probability, the strengths taken as known.
func (s *seeker) middleFor(probability float64) float64 {
	if probability <= 0 {
		return s.amount
	}
	sorted := slices.Clone(s.a.draws)
	slices.Sort(sorted)
	q := 1 - probability
	if s.sign < 0 {
		q = probability
	}
	soFar := s.a.landing.soFar
	unlucky, middle := quantile(sorted, q)-soFar, s.a.landing.outcome.mean-soFar
	if unlucky == 0 || middle == 0 || (s.amount-soFar)/unlucky < 0 {
		return s.amount
	}
	return soFar + middle*(s.amount-soFar)/unlucky
}

// effort of the levers at x.
func (s *seeker) effort(x []float64) float64 {
	sum := 0.0
	for j, l := range s.levers {
		sum += l.weight * math.Abs(x[j])
	}
	return sum
}

// grown is a relative change as --set reads it.
func grown(x float64) string {
	text := strconv.FormatFloat(x*100, 'f', 4, 64) + "%"
	if x >= 0 {
		text = "+" + text
	}
	return text
}
