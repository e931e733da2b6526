package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// Days of history that learning asks for.
const (
	// ShortestProfile is the least history weekdays are learned from: four of
	// each. Below it every day weighs the same.
	ShortestProfile = 28
	// shortestSeason and fullSeason are the days of history from which months
	// are told apart: half of what 13 months show is believed, all of what 24 do.
	shortestSeason = 396
	fullSeason     = 730
	// fewestSpecial is how often a holiday, a closed day and so on must have
	// been seen to be known; until then it is taken for a Sunday.
	fewestSpecial = 4
)

// Profile is how much of a number falls on each day, relative to an average
// day: weekday × calendar × month. It is learned from a history, so nothing is
// assumed of weekends: a shop's Saturday may weigh most.
type Profile struct {
	days    *DayKinds
	weekday [7]float64 // mean 1
	special [series.Closed + 1]float64
	month   [13]float64
	// sparse weekdays have rows only when something happened: there a missing
	// day is a day on which nothing did. See fill.
	sparse        [7]bool
	sparseSpecial [series.Closed + 1]bool
	learned       series.Span
}

// likeSunday marks a kind of day that has been seen too seldom.
const likeSunday = -1

// Equal weighs every day the same.
func Equal(days *DayKinds) *Profile {
	p := &Profile{days: days, learned: series.Span{From: 0, To: -1}}
	for i := range p.weekday {
		p.weekday[i] = 1
	}
	for i := range p.special {
		p.special[i] = 1
	}
	for i := range p.month {
		p.month[i] = 1
	}
	return p
}

// Learned is the span the profile was learned from; empty when all days weigh
// the same for want of history.
func (p *Profile) Learned() series.Span { return p.learned }

// Weight is how much a day counts; never negative, 1 on an average day.
func (p *Profile) Weight(d series.Day) float64 {
	k := p.days.of(d)
	return p.weekAndCalendar(k) * p.month[k.month]
}

func (p *Profile) weekAndCalendar(k dayKind) float64 {
	if k.ordinary() {
		return p.weekday[k.weekday]
	}
	if p.special[k.kind] == likeSunday {
		return p.weekday[0]
	}
	return p.weekday[k.weekday] * p.special[k.kind]
}

// Share is the part of a whole span's weight that lies on its first days, up to
// and including the day. Where nothing weighs anything, days count the same.
// It is 0 before the span and 1 from its last day on, and never falls.
func (p *Profile) Share(whole series.Span, upTo series.Day) float64 {
	switch {
	case whole.Empty() || upTo >= whole.To:
		return 1
	case upTo < whole.From:
		return 0
	}
	done, all := 0.0, 0.0
	for d := whole.From; d <= whole.To; d++ {
		all += p.Weight(d)
		if d == upTo {
			done = all
		}
	}
	if all <= 0 {
		return float64(int(upTo)-int(whole.From)+1) / float64(whole.Days())
	}
	return done / all
}

// fill is a day's value for learning: its own where it has one, zero where the
// source has no row on such days unless something happened, NaN where the day
// went unmeasured.
func (p *Profile) fill(history series.Daily, d series.Day) float64 {
	if v, ok := history.At(d); ok {
		return v
	}
	k := p.days.of(d)
	if k.ordinary() && p.sparse[k.weekday] || !k.ordinary() && p.sparseSpecial[k.kind] {
		return 0
	}
	return math.NaN()
}

// Unmeasured counts the days of a span that have no value although the source
// would have had a row on such a day. Days before the first and after the last
// value are unmeasured.
func (p *Profile) Unmeasured(history series.Daily, span series.Span) int {
	first, some := history.FirstPresent()
	last, _ := history.LastPresent()
	inside := span.Intersect(series.Span{From: first, To: last})
	if !some || inside.Empty() {
		return span.Days()
	}
	n := span.Days() - inside.Days()
	for d := inside.From; d <= inside.To; d++ {
		if math.IsNaN(p.fill(history, d)) {
			n++
		}
	}
	return n
}
