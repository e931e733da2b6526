package drift

import "math"

// Of says which side of a link something happened to.
type Of string

// The sides. Relation: neither series moved its level; what tied them together did.
const (
	OfKPI    Of = "kpi"
	OfKGI    Of = "kgi"
	OfBoth   Of = "both"
	Relation Of = "relation"
)

// Event is a change of level that the link does not account for: an outage of the
// tracking, a renamed tag, a new way of counting.
type Event struct {
	Of     Of
	At     int     // first day
	Until  int     // first day after; the number of days where it lasts
	Factor float64 // what of the usual level is seen: .4 is a loss of 60 %
}

// Series is one daily series with its levels, found once and asked by every link it is in.
type Series struct {
	shape  *shape
	Levels []Level
}

// NewSeries finds the levels of a series in logs; see Levels.
func NewSeries(y []float64, calendar *Calendar) *Series {
	s := &Series{shape: newShape(y, calendar)}
	if s.shape != nil {
		s.Levels = s.shape.levels()
	}
	return s
}

// at is the size and t-ratio of a level at given days, the series' other levels known.
func (s *Series) at(from, until int) (size, t float64) {
	if s.shape == nil || from < 1 || until > s.shape.n || until-from < 2 {
		return 0, 0
	}
	all := []Level{{From: from, Until: until}}
	for _, l := range s.Levels {
		if l.Until <= from || until <= l.From || l.Until-l.From > 2*(until-from) {
			all = append(all, l)
		}
	}
	judged := s.shape.judge(all, 0)
	return judged.Size, judged.score
}

// sameEvent is how many standard errors the other side needs to share a level whose days
// are known: no search, so a usual two-sided test would do; more is asked because outages
// are rare.
const sameEvent = 3.5

// Track names the level changes of a link's two series. A level of the KPI that the KGI
// follows as the link says (elasticity times the size, lag days later) is life, not
// tracking, and is left out. Pass elasticity 0 where the link is not known.
func Track(kpi, kgi *Series, elasticity float64, lag int) []Event {
	var events []Event
	known := func(of Of, l Level) bool {
		for i, e := range events {
			if l.From < e.Until && e.At < l.Until {
				if e.Of != of && near(e.At, l.From, 3) {
					events[i].Of = OfBoth
				}
				if e.Of == of || e.Of == OfBoth || events[i].Of == OfBoth {
					return true
				}
			}
		}
		return false
	}
	add := func(of Of, l Level) {
		events = append(events, Event{Of: of, At: l.From, Until: l.Until, Factor: math.Exp(max(-50, min(50, l.Size)))})
	}
	for _, l := range kpi.Levels {
		if known(OfKPI, l) {
			continue
		}
		size, t := kgi.at(l.From, l.Until)
		later, tLater := kgi.at(l.From+lag, min(l.Until+lag, length(kgi)))
		shared := math.Abs(t) >= sameEvent && size*l.Size > 0
		// The link's own share of it comes later and is of the link's size.
		due := elasticity * l.Size
		follows := later*due > 0 && math.Abs(tLater) >= 2 && math.Abs(tLater) > math.Abs(t) && math.Abs(later) > math.Abs(due)/3 && math.Abs(later) < 2*math.Abs(due)
		switch {
		case follows:
		case shared:
			add(OfBoth, l)
		default:
			add(OfKPI, l)
		}
	}
	for _, l := range kgi.Levels {
		if known(OfKGI, l) {
			continue
		}
		size, t := kpi.at(l.From, l.Until)
		earlier, tEarlier := kpi.at(max(1, l.From-lag), l.Until-lag)
		switch {
		case elasticity*earlier*l.Size > 0 && math.Abs(tEarlier) >= sameEvent && math.Abs(elasticity*earlier) > math.Abs(l.Size)/2 && math.Abs(tEarlier) > math.Abs(t):
		case math.Abs(t) >= sameEvent && size*l.Size > 0:
			add(OfBoth, l)
		default:
			add(OfKGI, l)
		}
	}
	return events
}

func length(s *Series) int {
	if s.shape == nil {
		return 0
	}
	return s.shape.n
}

func near(a, b, days int) bool { return max(a-b, b-a) <= days }

// Name says what happened around a day on which a relation changed: the level change that
// lies within its range or three weeks of it comes first, for a relation cannot be told
// across a hole in the measurement.
func Name(b Break, events []Event) Of {
	for _, e := range events {
		if e.At >= min(b.First, b.At-21) && e.At <= max(b.Last, b.At+21) {
			return e.Of
		}
	}
	return Relation
}
