package score

import (
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Part is what one rule contributes to a total.
type Part struct {
	Rule   string // its id
	Fit    bool   // for what somebody is; the rest is for what they did
	Now    Points // after decay and bounds; the sum of all parts is the total
	Earned Points // when it was earned, before decay and bounds
	Capped bool   // a bound of the rule or of its group took some away
	Given  *Given // where it is no rule's; Rule is "" then

	Watch condition.Watch
	Times int          // that count
	First event.Millis // the oldest that counts
	Last  event.Millis
	Did   []Deed // what counts, the newest first; at most mostDeeds

	place int // among the rules of its kind
}

// Deed is one time that gave points.
type Deed struct {
	At        event.Millis
	MessageID string
	Earned    Points
	Left      Points // after decay
}

const mostDeeds = 20

// Score is a total with its reasons.
type Score struct {
	Total Points
	Band  string
	Hot   bool
	Parts []Part // the greatest first; rules that give nothing are not among them
}

// Points is the total now with what every rule contributes to it.
func (s *Scorer) Points(f condition.Facts) Score {
	now := f.Now()
	var parts []Part
	for i, rule := range s.card.Fit {
		if s.speak.Holds(rule.If, f) {
			p := Points(rule.Points) * Point
			parts = append(parts, Part{Rule: rule.ID, Fit: true, Now: p, Earned: p, place: i})
		}
	}
	for i := range s.rules {
		r := &s.rules[i]
		done := f.Occurrences(r.watch, r.since(now))
		part := Part{Rule: s.card.Behaviour[i].ID, Watch: r.watch, place: i}
		tell := counted{each: func(k int, earned, left Points) {
			if len(part.Did) < mostDeeds {
				part.Did = append(part.Did, Deed{At: done[k].At, MessageID: done[k].MessageID, Earned: earned, Left: left})
			}
		}}
		part.Now = s.ruled(r, done, now, &tell)
		if tell.earned == 0 || part.Now == 0 {
			continue
		}
		part.Earned, part.Times, part.First, part.Last = tell.earned, tell.times, tell.first, tell.last
		if r.times > 1 {
			part.Did = s.newest(r, done, now, part.Now)
		}
		part.Capped = r.most > 0 && (part.Now == r.most || part.Now == -r.most) && (tell.earned > r.most || tell.earned < -r.most)
		parts = append(parts, part)
	}
	s.cut(parts)
	parts = append(parts, givenParts(f)...)
	out := Score{}
	for _, p := range parts {
		out.Total += p.Now
	}
	out.Parts = slices.DeleteFunc(parts, func(p Part) bool { return p.Now == 0 })
	slices.SortStableFunc(out.Parts, func(a, b Part) int { return int(magnitude(b.Now) - magnitude(a.Now)) })
	out.Band, out.Hot = s.Band(out.Total), s.Hot(out.Total)
	return out
}

// newest lists the occurrences that made a rule of several times hold; only the newest
// carries the points, which are given once.
func (s *Scorer) newest(r *compiled, done []condition.Occurrence, now event.Millis, left Points) []Deed {
	var out []Deed
	for i := len(done) - 1; i >= 0 && len(out) < min(r.times, mostDeeds); i-- {
		if done[i].At > now || done[i].At < r.since(now) {
			continue
		}
		deed := Deed{At: done[i].At, MessageID: done[i].MessageID}
		if len(out) == 0 {
			deed.Earned, deed.Left = r.points, left
		}
		out = append(out, deed)
	}
	return out
}

// cut takes what is above the bound of a group from its last parts, so that the parts
// still sum up to the total.
func (s *Scorer) cut(parts []Part) {
	for g, bound := range s.bounds {
		var sum Points
		for _, p := range parts {
			if s.groupOf(p) == int8(g) {
				sum += p.Now
			}
		}
		over := sum - min(max(sum, -bound), bound)
		for i := len(parts) - 1; i >= 0 && over != 0; i-- {
			p := &parts[i]
			if s.groupOf(*p) != int8(g) || (p.Now > 0) != (over > 0) {
				continue
			}
			take := min(max(over, -magnitude(p.Now)), magnitude(p.Now))
			p.Now, over, p.Capped = p.Now-take, over-take, true
		}
	}
}

func (s *Scorer) groupOf(p Part) int8 {
	if p.Fit {
		return s.fit[p.place]
	}
	return s.rules[p.place].group
}

func magnitude(p Points) Points { return max(p, -p) }

// Wholes are parts in whole points that sum up to the whole total, as they are shown: each
// rounded down, what is missing given to those that lost the most by it.
func (s Score) Wholes() []int {
	out := make([]int, len(s.Parts))
	missing := s.Total.Whole()
	order := make([]int, len(s.Parts))
	for i, p := range s.Parts {
		out[i] = p.Now.Whole()
		missing -= out[i]
		order[i] = i
	}
	lost := func(i int) Points { return s.Parts[i].Now - Points(out[i])*Point }
	slices.SortStableFunc(order, func(a, b int) int { return int(lost(b) - lost(a)) })
	for _, i := range order[:min(max(missing, 0), len(order))] {
		out[i]++
	}
	return out
}
