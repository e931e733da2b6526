package condition

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// Replay counts who would have come to fulfil a condition: the moments at which it became
// true, day by day, as if it had been asked all the time. What people did is taken at the
// moment they did it; everything else about them as it is today, which is all that is known.
type Replay struct {
	tree    Condition
	asked   []Watched
	leaves  []*leaf
	span    series.Span
	dayOf   func(event.Millis) series.Day
	static  func(person uint32, c *Condition) Verdict
	moments []event.Millis
	result  Replayed
	person  uint32
	lastDay series.Day
	until   event.Millis // lastDay goes until here at least
}

// Replayed is what a replay found.
type Replayed struct {
	Entries int64 // times that the condition became true
	People  int64 // different people it became true of
	Days    []ReplayedDay
	Weeks   []ReplayedDay // by the Monday they begin on; the first and the last may be cut
}

// ReplayedDay is one day or week.
type ReplayedDay struct {
	Day    series.Day
	People int64 // different people of whom it became true then
}

// Doing is one time that a person did something that is watched.
type Doing struct {
	Person     uint32 // as whoever keeps the events counts people
	Cookieless bool
	At         event.Millis
	Which      uint64 // bit i: Watched()[i]
}

// leaf counts one Did over the doings of one person.
type leaf struct {
	did     *Did
	bit     uint64
	length  event.Millis // 0 ever since
	in, out int          // doings[out:in] are in the window
	n       int
	days    map[series.Day]int
}

// NewReplay prepares one. static answers for leaves that are not about what was done, of a
// person, as of today; nil answers No to all of them.
func NewReplay(c Condition, span series.Span, dayOf func(event.Millis) series.Day, static func(person uint32, c *Condition) Verdict) *Replay {
	r := &Replay{tree: c, asked: Watches(c), span: span, dayOf: dayOf, static: static, until: -1}
	r.collect(&r.tree)
	for day := span.From; day <= span.To; day++ {
		r.result.Days = append(r.result.Days, ReplayedDay{Day: day})
		if monday := monday(day); len(r.result.Weeks) == 0 || r.result.Weeks[len(r.result.Weeks)-1].Day != monday {
			r.result.Weeks = append(r.result.Weeks, ReplayedDay{Day: monday})
		}
	}
	return r
}

func monday(day series.Day) series.Day { return day - series.Day((int(day)%7+7+3)%7) }

// Watched is what has to be handed in, in the order of the bits of Doing.Which.
func (r *Replay) Watched() []Watched { return r.asked }

// Back is how many days before the span doings still count; 0 for all there are.
func (r *Replay) Back() int {
	back := 1
	for _, w := range r.asked {
		if w.Days == 0 {
			return 0
		}
		back = max(back, w.Days)
	}
	return back + 1
}

func (r *Replay) collect(c *Condition) {
	for i := range c.All {
		r.collect(&c.All[i])
	}
	for i := range c.Any {
		r.collect(&c.Any[i])
	}
	if c.Not != nil {
		r.collect(c.Not)
	}
	if c.Did == nil {
		return
	}
	watch := WatchOf(c.Did.Matcher)
	at, _ := slices.BinarySearchFunc(r.asked, watch, func(w Watched, name Watch) int { return cmp.Compare(w.Watch, name) })
	r.leaves = append(r.leaves, &leaf{did: c.Did, bit: 1 << at, length: event.Millis(c.Did.Days) * Day})
}

// Person goes through everything one person did, which need not be in order.
func (r *Replay) Person(doings []Doing) {
	if len(doings) == 0 {
		return
	}
	slices.SortFunc(doings, func(a, b Doing) int { return cmp.Compare(a.At, b.At) })
	r.person = doings[0].Person
	cookieless := doings[0].Cookieless
	r.moments = r.moments[:0]
	for i := range doings {
		r.moments = append(r.moments, doings[i].At)
		for _, l := range r.leaves {
			if l.length > 0 && doings[i].Which&l.bit != 0 {
				r.moments = append(r.moments, doings[i].At+l.length)
			}
		}
	}
	slices.Sort(r.moments)
	r.moments = slices.Compact(r.moments)
	for _, l := range r.leaves {
		l.in, l.out, l.n = 0, 0, 0
		clear(l.days)
	}
	counted, lastDay, lastWeek := false, -1, -1
	next := 0
	before := r.verdict(&r.tree, cookieless, &next)
	for _, moment := range r.moments {
		for _, l := range r.leaves {
			l.move(doings, moment, r.dayOf)
		}
		next = 0
		now := r.verdict(&r.tree, cookieless, &next)
		if now == Yes && before != Yes {
			day := r.day(moment)
			if r.span.Contains(day) {
				r.result.Entries++
				if !counted {
					counted = true
					r.result.People++
				}
				if at := int(day - r.span.From); at != lastDay {
					lastDay = at
					r.result.Days[at].People++
				}
				if at := int(monday(day)-r.result.Weeks[0].Day) / 7; at != lastWeek {
					lastWeek = at
					r.result.Weeks[at].People++
				}
			}
		}
		before = now
	}
}

// day asks for the day of a moment no more often than every quarter of an hour, which all
// zones' midnights are a multiple of.
func (r *Replay) day(at event.Millis) series.Day {
	const quarter = 15 * 60_000
	if start := r.until - quarter; at < start || at >= r.until {
		r.lastDay, r.until = r.dayOf(at), at-at%quarter+quarter
	}
	return r.lastDay
}

// Result is what was found so far.
func (r *Replay) Result() Replayed { return r.result }

func (l *leaf) move(doings []Doing, moment event.Millis, dayOf func(event.Millis) series.Day) {
	for ; l.in < len(doings) && doings[l.in].At <= moment; l.in++ {
		l.add(&doings[l.in], 1, dayOf)
	}
	for ; l.length > 0 && l.out < l.in && doings[l.out].At+l.length <= moment; l.out++ {
		l.add(&doings[l.out], -1, dayOf)
	}
}

func (l *leaf) add(d *Doing, by int, dayOf func(event.Millis) series.Day) {
	if d.Which&l.bit == 0 {
		return
	}
	if !l.did.DistinctDays {
		l.n += by
		return
	}
	if l.days == nil {
		l.days = map[series.Day]int{}
	}
	day := dayOf(d.At)
	was := l.days[day]
	l.days[day] = was + by
	switch {
	case was == 0:
		l.n++
	case was+by == 0:
		l.n--
	}
}

// verdict evaluates the tree; next counts the leaves about what was done, in the order they
// were collected in.
func (r *Replay) verdict(c *Condition, cookieless bool, next *int) Verdict {
	switch {
	case len(c.All) > 0:
		out := Yes
		for i := range c.All {
			out = min3(out, r.verdict(&c.All[i], cookieless, next))
		}
		return out
	case len(c.Any) > 0:
		out := No
		for i := range c.Any {
			out = max3(out, r.verdict(&c.Any[i], cookieless, next))
		}
		return out
	case c.Not != nil:
		switch v := r.verdict(c.Not, cookieless, next); v {
		case Yes:
			return No
		case No:
			return Yes
		default:
			return v
		}
	case c.Did != nil:
		l := r.leaves[*next]
		*next++
		return l.did.verdict(l.n, cookieless)
	case r.static != nil:
		return r.static(r.person, c)
	}
	return No
}

// min3 and max3 order No, Unknowable, Yes.
func min3(a, b Verdict) Verdict {
	switch {
	case a == No || b == No:
		return No
	case a == Unknowable || b == Unknowable:
		return Unknowable
	}
	return Yes
}

func max3(a, b Verdict) Verdict {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == Unknowable || b == Unknowable:
		return Unknowable
	}
	return No
}
