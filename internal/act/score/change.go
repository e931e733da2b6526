package score

import (
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// resolution is how exactly the moment of a change is found.
const resolution event.Millis = 1000

// mostLooks bounds the search for a change; beyond, the moment to look again is told early
// rather than late.
const mostLooks = 2000

// NextChange is when the band, or which lines are reached (of hot leads, and those of Also), changes next if
// nothing new happens: through decay or the end of a window. 0 is never. It is never late;
// where a condition of a fit rule may change by time it can be early.
func (s *Scorer) NextChange(f condition.Facts) event.Millis {
	now := f.Now()
	look := looking{s: s, done: make([][]condition.Occurrence, len(s.rules))}
	var again event.Millis
	var fit [MostGroups]Points
	for i, rule := range s.card.Fit {
		if s.speak.Holds(rule.If, f) {
			look.free += add(&fit, s.fit[i], Points(rule.Points)*Point)
		}
		if s.speak.Again != nil {
			if at := s.speak.Again(rule.If, f); at > now && (again == 0 || at < again) {
				again = at
			}
		}
	}
	look.fit = fit
	look.free += sumGiven(f)
	end := now
	for i := range s.rules {
		r := &s.rules[i]
		look.done[i] = f.Occurrences(r.watch, r.since(now))
		if len(look.done[i]) == 0 {
			continue
		}
		newest := look.done[i][len(look.done[i])-1].At
		if r.window > 0 {
			end = max(end, newest+r.window+1)
		}
		if gone := r.gone(); gone > 0 {
			end = max(end, newest+gone)
		}
	}
	look.here = look.level(look.sum(now, now))
	if at := look.first(now, end); at > 0 && (again == 0 || at < again) {
		again = at
	}
	return again
}

// looking is one search: the points of each rule only shrink towards zero, so a stretch of
// time can be bounded by its ends.
type looking struct {
	s     *Scorer
	free  Points             // of fit rules without a group
	fit   [MostGroups]Points // of fit rules, by group
	done  [][]condition.Occurrence
	here  int
	looks int
}

// sum is the total with what gives points taken at one moment and what takes them at another.
func (l *looking) sum(gives, takes event.Millis) Points {
	l.looks++
	groups, sum := l.fit, l.free
	for i := range l.s.rules {
		if len(l.done[i]) == 0 {
			continue
		}
		r := &l.s.rules[i]
		at := gives
		if r.points < 0 {
			at = takes
		}
		sum += add(&groups, r.group, l.s.ruled(r, l.done[i], at, nil))
	}
	return sum + l.s.bounded(&groups)
}

// level is the band together with whether the hot line is reached, and how many of the
// further lines are.
func (l *looking) level(p Points) int {
	level := 2 * l.s.band(p)
	if l.s.Hot(p) {
		level++
	}
	reached := 0
	for _, line := range l.s.lines {
		if p >= line {
			reached++
		}
	}
	return level*(len(l.s.lines)+1) + reached
}

// first is the earliest moment in (from, to] at which the level is another one; 0 none.
func (l *looking) first(from, to event.Millis) event.Millis {
	if to <= from {
		return 0
	}
	if l.level(l.sum(from, to)) == l.here && l.level(l.sum(to, from)) == l.here {
		return 0
	}
	if to-from <= resolution || l.looks > mostLooks {
		if l.looks > mostLooks {
			return from + 1
		}
		// The ends bound the stretch from both sides; between them it may just be missed.
		if l.level(l.sum(to, to)) == l.here {
			return 0
		}
		return to
	}
	middle := from + (to-from)/2
	if at := l.first(from, middle); at > 0 {
		return at
	}
	return l.first(middle, to)
}
