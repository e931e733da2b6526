package forecast

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

// shape is how the days of one metric differ within a week and around holidays, with
// the level of the weeks taken out: a factor for each weekday, and for each kind of
// holiday one for days that would have been working days and one for weekends. What
// differs from week to week (season, growth) is left to the weekly model.
//
// Where values fall below zero a factor means nothing, and a day differs by an amount
// instead.
type shape struct {
	days     *DayKinds
	additive bool
	counts   bool
	flat     bool // every day counts the same: stocks
	weekday  [7]float64
	special  [series.Closed + 1][2]float64
	doubt    [series.Closed + 1][2]float64 // relative variance of special
	profile  *Profile                      // tells days that have a row only when something happened
}

// at is the factor of a day (or its amount, where additive).
func (s *shape) at(d series.Day) float64 {
	if s.flat {
		return 1
	}
	k := s.days.of(d)
	if k.ordinary() {
		return s.weekday[k.weekday]
	}
	if s.additive {
		return s.special[k.kind][weekendOf(k)]
	}
	return s.weekday[k.weekday] * s.special[k.kind][weekendOf(k)]
}

// unsure is the relative variance of a day's factor.
func (s *shape) unsure(d series.Day) float64 {
	if k := s.days.of(d); !s.flat && !s.additive && !k.ordinary() {
		return s.doubt[k.kind][weekendOf(k)]
	}
	return 0
}

func weekendOf(k dayKind) int {
	if k.weekday == 0 || k.weekday == 6 {
		return 1
	}
	return 0
}

const (
	// holidayDoubt and breakDoubt are how unsure, as a relative variance, it is
	// beforehand that a holiday is like a Sunday, and that the turn of the year or an
	// own closed day is like a holiday.
	holidayDoubt = 0.25
	breakDoubt   = 0.6
	// kindScatter is the relative variance that days of one kind have beside their
	// chance: January 1 is not December 29.
	kindScatter = 0.06
	shapeRounds = 2
	// daysTrusted and countTrusted are how many days, or things, make a weekday's own
	// factor count as much as the profile's.
	daysTrusted  = 6
	countTrusted = 40
)

// learnShape learns the shape from days [0, n) that follow first; NaN is unknown.
// Factors are found by proportional fitting (Deming and Stephan 1940), which for
// counts is the maximum of their Poisson likelihood: a factor is what came in over
// what the level of the weeks had led to expect.
func learnShape(days *DayKinds, first series.Day, values []float64, profile *Profile, counts bool) *shape {
	s := &shape{days: days, profile: profile, counts: counts}
	for _, v := range values {
		s.additive = s.additive || v < 0
	}
	if s.additive {
		s.learnOffsets(first, values)
		return s
	}
	s.weekday = profile.weekday
	for k := range s.special {
		s.special[k] = [2]float64{1, 1}
	}
	s.specialLikeSunday()
	for range shapeRounds {
		level := s.localLevel(first, values)
		s.fitWeekdays(first, values, level)
		s.fitSpecial(first, values, level)
	}
	return s
}

func (s *shape) specialLikeSunday() {
	working := mean(s.weekday[1:6])
	for k := series.Holiday; k <= series.Closed; k++ {
		s.special[k] = [2]float64{1, 1}
		if working > 0 {
			s.special[k][0] = min(max(s.weekday[0]/working, 0), largestFactor)
		}
	}
}

// localLevel is the level around each day: what came in over five weeks, per factor.
func (s *shape) localLevel(first series.Day, values []float64) []float64 {
	const reach = 17
	n := len(values)
	sum, weight := make([]float64, n+1), make([]float64, n+1)
	for i, v := range values {
		sum[i+1], weight[i+1] = sum[i], weight[i]
		if !math.IsNaN(v) && s.days.of(first+series.Day(i)).ordinary() {
			sum[i+1] += v
			weight[i+1] += s.at(first + series.Day(i))
		}
	}
	level := make([]float64, n)
	for i := range level {
		wide := reach
		for {
			from, to := max(i-wide, 0), min(i+wide+1, n)
			if w := weight[to] - weight[from]; w >= 5 || from == 0 && to == n {
				level[i] = (sum[to] - sum[from]) / max(w, 1e-9)
				break
			}
			wide *= 2
		}
	}
	return level
}

func (s *shape) fitWeekdays(first series.Day, values, level []float64) {
	var got, usual, days [7]float64
	for i, v := range values {
		k := s.days.of(first + series.Day(i))
		if math.IsNaN(v) || !k.ordinary() {
			continue
		}
		got[k.weekday] += v
		usual[k.weekday] += level[i]
		days[k.weekday]++
	}
	before := s.weekday
	sum := 0.0
	for w := range got {
		if usual[w] > 0 && before[w] > 0 {
			// As much as there is of it; the rest as the profile, shrunk and trimmed, has it.
			trust := days[w] / (days[w] + daysTrusted)
			if s.counts {
				trust = got[w] / (got[w] + countTrusted)
			}
			s.weekday[w] = trust*got[w]/usual[w] + (1-trust)*s.profile.weekday[w]
		}
		sum += s.weekday[w]
	}
	if sum <= 0 {
		s.weekday = before
		return
	}
	for w := range s.weekday {
		s.weekday[w] *= 7 / sum
	}
}

func (s *shape) fitSpecial(first series.Day, values, level []float64) {
	var got, usual, count [series.Closed + 1][2]float64
	squares, meanSquares := 0.0, 1e-12
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		k := s.days.of(first + series.Day(i))
		expected := level[i] * s.weekday[k.weekday]
		if k.ordinary() {
			squares += (v - expected) * (v - expected)
			meanSquares += expected * expected
			continue
		}
		e := weekendOf(k)
		got[k.kind][e] += v
		usual[k.kind][e] += expected
		count[k.kind][e]++
	}
	each := min(squares/meanSquares, 4) + kindScatter
	s.specialLikeSunday()
	// Ordinary holidays first: the longer breaks are thought to be like them.
	for k := series.Holiday; k <= series.Closed; k++ {
		doubt := holidayDoubt
		if k == series.NewYear || k == series.Closed {
			doubt = breakDoubt
		}
		believed := each / doubt // as many days' worth
		for e := range 2 {
			thought := s.special[k][e]
			if k > series.Holiday {
				thought = s.special[series.Holiday][e]
			}
			n := count[k][e]
			factor := thought
			if usual[k][e] > 0 {
				day := usual[k][e] / n
				factor = (got[k][e] + believed*thought*day) / (usual[k][e] + believed*day)
			}
			s.special[k][e] = min(max(factor, 0), largestFactor)
			s.doubt[k][e] = each / (n + believed)
		}
	}
}

// learnOffsets takes the median difference of each weekday from the mean of the seven
// days around it; holidays differ as Sundays do.
func (s *shape) learnOffsets(first series.Day, values []float64) {
	var differences [7][]float64
	for i, v := range values {
		k := s.days.of(first + series.Day(i))
		if math.IsNaN(v) || !k.ordinary() || i < 3 || i+4 > len(values) {
			continue
		}
		around := mean(values[i-3 : i+4])
		if !math.IsNaN(around) {
			differences[k.weekday] = append(differences[k.weekday], v-around)
		}
	}
	for w, list := range differences {
		if len(list) >= 4 {
			slices.Sort(list)
			cut := len(list) / 10
			s.weekday[w] = mean(list[cut : len(list)-cut])
		}
	}
	centre := mean(s.weekday[:])
	for w := range s.weekday {
		s.weekday[w] -= centre
	}
	for k := range s.special {
		s.special[k] = [2]float64{s.weekday[0], s.weekday[0]}
	}
}
