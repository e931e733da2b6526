package score

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Language is what a score needs of the language of conditions.
type Language struct {
	Watch func(condition.Matcher) condition.Watch
	Holds func(condition.Condition, condition.Facts) bool
	// Again is the next moment at which a condition could change by time alone; 0 never.
	Again func(condition.Condition, condition.Facts) event.Millis
}

// Scorer is a card made ready. It is safe for concurrent use.
type Scorer struct {
	card   Card
	zone   *time.Location
	speak  Language
	rules  []compiled
	fit    []int8   // group of every fit rule, -1 none
	bounds []Points // of every group
	lines  []Points // further ones somebody asks about
}

// compiled is a behaviour rule made ready.
type compiled struct {
	watch  condition.Watch
	points Points
	times  int
	window event.Millis // 0: everything counts
	aDay   int
	inAll  int
	most   Points // 0: no bound
	group  int8   // -1: none
	law    DecayKind
	span   event.Millis // of the decay
}

// Compile makes a card ready. zone is where days begin. A card that Check finds fault with
// is refused.
func Compile(c Card, zone *time.Location, speak Language) (*Scorer, error) {
	if wrong := Check(c); len(wrong) > 0 {
		return nil, fmt.Errorf("compile card %q: %s: %s", c.Name, wrong[0].Pointer, wrong[0].What.EN)
	}
	s := &Scorer{card: c, zone: zone, speak: speak}
	group := map[string]int8{"": -1}
	for i, g := range c.Groups {
		group[g.Name] = int8(i)
		s.bounds = append(s.bounds, Points(g.Most)*Point)
	}
	for _, f := range c.Fit {
		s.fit = append(s.fit, group[f.Group])
	}
	for _, r := range c.Behaviour {
		made := compiled{
			watch: speak.Watch(r.Matcher), points: Points(r.Points) * Point, times: max(1, r.Times), window: event.Millis(r.Days) * day,
			aDay: r.ADay, inAll: r.InAll, most: Points(r.Most) * Point, group: group[r.Group],
		}
		if r.Decay != nil {
			made.law, made.span = r.Decay.Kind, event.Millis(r.Decay.Days)*day
		}
		s.rules = append(s.rules, made)
	}
	return s, nil
}

// Card is the card the scorer was made of.
func (s *Scorer) Card() Card { return s.card }

// Watches are what behaviour has to be kept for the rules, in their order; the conditions
// of fit rules may need others.
func (s *Scorer) Watches() []condition.Watch {
	out := make([]condition.Watch, len(s.rules))
	for i := range s.rules {
		out[i] = s.rules[i].watch
	}
	return out
}

// Total is the sum of all points now. It allocates nothing.
func (s *Scorer) Total(f condition.Facts) Points {
	now := f.Now()
	var groups [MostGroups]Points
	var sum Points
	for i := range s.fit {
		if s.speak.Holds(s.card.Fit[i].If, f) {
			sum += add(&groups, s.fit[i], Points(s.card.Fit[i].Points)*Point)
		}
	}
	for i := range s.rules {
		r := &s.rules[i]
		sum += add(&groups, r.group, s.ruled(r, f.Occurrences(r.watch, r.since(now)), now, nil))
	}
	return sum + s.bounded(&groups) + sumGiven(f)
}

// add puts points into their group, or gives them back where they have none.
func add(groups *[MostGroups]Points, group int8, p Points) Points {
	if group < 0 {
		return p
	}
	groups[group] += p
	return 0
}

// bounded is the sum of the groups, each within its bound.
func (s *Scorer) bounded(groups *[MostGroups]Points) Points {
	var sum Points
	for g, bound := range s.bounds {
		sum += min(max(groups[g], -bound), bound)
	}
	return sum
}

// since is the first moment that can still give points.
func (r *compiled) since(now event.Millis) event.Millis {
	if r.window == 0 {
		return 0
	}
	return now - r.window
}

// counted is what of the occurrences of a rule gave points.
type counted struct {
	earned Points // when it was done, before decay
	first  event.Millis
	last   event.Millis
	times  int
	each   func(at int, earned, left Points) // of every one that counts, the newest first
}

// ruled is what a rule gives for occurrences (the oldest first) at a moment. Where limits
// leave some out it is the older ones: the newest have lost the least, so that doing
// something again never takes points away.
func (s *Scorer) ruled(r *compiled, done []condition.Occurrence, now event.Millis, tell *counted) Points {
	var sum Points
	since := r.since(now)
	begin, end := event.Millis(0), event.Millis(0) // of the civil day in progress
	today, all := 0, 0
	for i := len(done) - 1; i >= 0; i-- {
		at := done[i].At
		if at > now {
			continue
		}
		if at < since {
			break
		}
		if r.aDay > 0 {
			if at < begin || at >= end {
				begin, end = s.dayAround(at)
				today = 0
			}
			if today++; today > r.aDay {
				continue
			}
		}
		all++
		if r.times > 1 {
			if tell != nil {
				tell.count(at)
			}
			if all == 1 {
				sum = r.left(now - at)
			}
			if all >= r.times && tell == nil {
				break
			}
			continue
		}
		left := r.left(now - at)
		if left == 0 && r.law != "" && tell == nil {
			break // all older ones have lost everything as well
		}
		sum += left
		if tell != nil {
			tell.count(at)
			tell.earned += r.points
			if tell.each != nil {
				tell.each(i, r.points, left)
			}
		}
		if all == r.inAll || tell == nil && r.most > 0 && (sum >= r.most || sum <= -r.most) {
			break
		}
	}
	if r.times > 1 {
		if all < r.times {
			return 0
		}
		if tell != nil {
			tell.earned = r.points
		}
	}
	if r.most > 0 {
		sum = min(max(sum, -r.most), r.most)
	}
	return sum
}

// count notes one that counts; they come the newest first.
func (c *counted) count(at event.Millis) {
	if c.times == 0 {
		c.last = at
	}
	c.first = at
	c.times++
}

// dayAround is the civil day that holds a moment, from … up to.
func (s *Scorer) dayAround(at event.Millis) (from, to event.Millis) {
	y, m, d := time.UnixMilli(int64(at)).In(s.zone).Date()
	return event.Millis(time.Date(y, m, d, 0, 0, 0, 0, s.zone).UnixMilli()), event.Millis(time.Date(y, m, d+1, 0, 0, 0, 0, s.zone).UnixMilli())
}

// Band is the name of the band of some points; "" below the lowest.
func (s *Scorer) Band(p Points) string {
	if i := s.band(p); i < len(s.card.Bands) {
		return s.card.Bands[i].Name
	}
	return ""
}

func (s *Scorer) band(p Points) int {
	for i, b := range s.card.Bands {
		if p >= Points(b.From)*Point {
			return i
		}
	}
	return len(s.card.Bands)
}

// Hot reports whether points have reached the line; never where there is none.
func (s *Scorer) Hot(p Points) bool { return s.card.Hot != nil && p >= Points(*s.card.Hot)*Point }
