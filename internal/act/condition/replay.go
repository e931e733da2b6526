package condition

import (
	"cmp"
	"math"
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
	dayOf   func(event.Millis) series.Day
	static  func(person uint32, c *Condition) Verdict
	came    []series.Day // the days of the person on which it became true
	result  Replayed
	person  uint32
	days    []series.Day // of the doings of the person, where somebody counts days
	byDay   bool
	lastDay series.Day
	until   event.Millis // lastDay goes until here at least
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
	out     int          // doings[out:] that were reached are in the window
	ends    event.Millis // when doings[out] leaves it; never where it does not
	n       int
	verdict Verdict
	days    []int32 // of doings in the window, by days since the person's first
}

// NewReplay prepares one. static answers for leaves that are not about what was done, of a
// person, as of today; nil answers No to all of them.
func NewReplay(c Condition, span series.Span, dayOf func(event.Millis) series.Day, static func(person uint32, c *Condition) Verdict) *Replay {
	r := &Replay{tree: c, asked: Watches(c), result: NewReplayed(span), dayOf: dayOf, static: static, until: -1}
	r.collect(&r.tree)
	return r
}

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
	r.byDay = r.byDay || c.Did.DistinctDays
}

// Person goes through everything one person did, which need not be in order. The tree is
// asked again only where what a leaf says has changed.
func (r *Replay) Person(doings []Doing) {
	if len(doings) == 0 {
		return
	}
	if earlier := func(a, b Doing) int { return cmp.Compare(a.At, b.At) }; !slices.IsSortedFunc(doings, earlier) {
		slices.SortFunc(doings, earlier)
	}
	r.begin(doings)
	r.came = r.came[:0]
	before := r.ask()
	for in := 0; ; {
		moment := never
		if in < len(doings) {
			moment = doings[in].At
		}
		for _, l := range r.leaves {
			moment = min(moment, l.ends)
		}
		if moment == never {
			r.result.Came(r.came...)
			return
		}
		from := in
		for in < len(doings) && doings[in].At <= moment {
			in++
		}
		changed := false
		for _, l := range r.leaves {
			changed = r.move(l, doings, from, in, moment) || changed
		}
		if !changed {
			continue
		}
		now := r.ask()
		if now == Yes && before != Yes {
			r.came = append(r.came, r.day(moment))
		}
		before = now
	}
}

// begin prepares the leaves for somebody who has done nothing yet.
func (r *Replay) begin(doings []Doing) {
	r.person = doings[0].Person
	r.days = r.days[:0]
	first, last := series.Day(math.MaxInt32), series.Day(math.MinInt32)
	if r.byDay {
		for i := range doings {
			day := r.day(doings[i].At)
			r.days = append(r.days, day)
			first, last = min(first, day), max(last, day)
		}
		for i := range r.days { // clocks that are put back can bring a day back: the first is not always the least
			r.days[i] -= first
		}
	}
	for _, l := range r.leaves {
		l.out, l.ends, l.n = 0, never, 0
		l.verdict = l.did.verdict(0, doings[0].Cookieless)
		if l.did.DistinctDays {
			l.days = append(l.days[:0], make([]int32, last-first+1)...)
		}
	}
}

// ask evaluates the tree with what the leaves say now.
func (r *Replay) ask() Verdict {
	next := 0
	return r.verdict(&r.tree, &next)
}

// move brings a leaf to a moment, up to which doings[from:in] have come, and reports whether
// it says something else now.
func (r *Replay) move(l *leaf, doings []Doing, from, in int, moment event.Millis) bool {
	was := l.n
	for i := from; i < in; i++ {
		if doings[i].Which&l.bit == 0 {
			continue
		}
		r.count(l, i, 1)
		if l.length > 0 && l.ends == never {
			l.out, l.ends = i, doings[i].At+l.length
		}
	}
	for l.ends <= moment {
		r.count(l, l.out, -1)
		for l.out++; l.out < in && doings[l.out].Which&l.bit == 0; {
			l.out++
		}
		if l.ends = never; l.out < in {
			l.ends = doings[l.out].At + l.length
		}
	}
	if l.n == was {
		return false
	}
	now := l.did.verdict(l.n, doings[0].Cookieless)
	changed := now != l.verdict
	l.verdict = now
	return changed
}

// count adds one of the doings to what is in the window, or takes it out.
func (r *Replay) count(l *leaf, i int, by int32) {
	if !l.did.DistinctDays {
		l.n += int(by)
		return
	}
	day := &l.days[r.days[i]]
	if *day == 0 || *day+by == 0 {
		l.n += int(by)
	}
	*day += by
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

// verdict evaluates the tree; next counts the leaves about what was done, in the order they
// were collected in.
func (r *Replay) verdict(c *Condition, next *int) Verdict {
	switch {
	case len(c.All) > 0:
		out := Yes
		for i := range c.All {
			out = min3(out, r.verdict(&c.All[i], next))
		}
		return out
	case len(c.Any) > 0:
		out := No
		for i := range c.Any {
			out = max3(out, r.verdict(&c.Any[i], next))
		}
		return out
	case c.Not != nil:
		switch v := r.verdict(c.Not, next); v {
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
		return l.verdict
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
