package condition

import (
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// Verdict is whether a condition is true of somebody.
type Verdict uint8

// The verdicts.
const (
	No Verdict = iota
	Yes
	// Unknowable is what nobody can tell: whether a visitor without a cookie did something
	// days ago.
	Unknowable
)

// Holds reports whether a condition is known to be true.
func Holds(c Condition, f Facts) bool { return Evaluate(c, f) == Yes }

// Evaluate is what can be said of a condition. An empty condition is true of nobody.
func Evaluate(c Condition, f Facts) Verdict { return evaluate(&c, f) }

func evaluate(c *Condition, f Facts) Verdict {
	switch {
	case len(c.All) > 0:
		out := Yes
		for i := range c.All {
			switch evaluate(&c.All[i], f) {
			case No:
				return No
			case Unknowable:
				out = Unknowable
			}
		}
		return out
	case len(c.Any) > 0:
		out := No
		for i := range c.Any {
			switch evaluate(&c.Any[i], f) {
			case Yes:
				return Yes
			case Unknowable:
				out = Unknowable
			}
		}
		return out
	case c.Not != nil:
		switch evaluate(c.Not, f) {
		case Yes:
			return No
		case No:
			return Yes
		}
		return Unknowable
	case c.Property != nil:
		value, ok := f.Property(c.Property.Key)
		return verdict(c.Property.Fits(value, ok, f.Now()))
	case c.Did != nil:
		return c.Did.evaluate(f)
	case c.Score != nil:
		return verdict(c.Score.Fits(f.Score(c.Score.Card)))
	case c.Tag != "":
		return verdict(f.Tagged(c.Tag))
	case c.Consent != nil:
		return verdict(c.Consent.Fits(f.Consent(c.Consent.Topic)))
	case c.Segment != "":
		return verdict(f.InSegment(c.Segment))
	}
	return No
}

func verdict(yes bool) Verdict {
	if yes {
		return Yes
	}
	return No
}

// Fits reports whether points compare as they should.
func (s *Score) Fits(points float64) bool {
	return s.Op == AtLeast && points >= s.Of || s.Op == Below && points < s.Of
}

// Fits reports whether this is the state asked for; "" is None.
func (c *Consent) Fits(state string) bool { return state == c.State || state == "" && c.State == None }

// Bounds are how often something has to have been done: at least least, at most most;
// most is -1 where there is none.
func (d *Did) Bounds() (least, most int) {
	switch d.Op {
	case AtMost:
		return 0, d.Times
	case Exactly:
		return d.Times, d.Times
	}
	if d.Op == "" && d.Times == 0 {
		return 1, -1
	}
	return d.Times, -1
}

// since is the moment after which a window begins.
func (d *Did) since(now event.Millis) event.Millis {
	if d.Days == 0 {
		return 0
	}
	return now - event.Millis(d.Days)*Day
}

func (d *Did) evaluate(f Facts) Verdict {
	n := d.count(f)
	return d.verdict(n, f.Cookieless())
}

func (d *Did) verdict(n int, cookieless bool) Verdict {
	least, most := d.Bounds()
	if most >= 0 && n > most {
		return No
	}
	if cookieless && d.longerThanADay() {
		// What is counted is the least there was: enough is enough, too little says nothing.
		if n >= least && most < 0 {
			return Yes
		}
		return Unknowable
	}
	return verdict(n >= least)
}

// longerThanADay tells of windows that a visitor without a cookie does not outlive.
func (d *Did) longerThanADay() bool { return d.Days != 1 }

func (d *Did) count(f Facts) int {
	now := f.Now()
	since := d.since(now)
	n := 0
	var days []series.Day
	for _, o := range f.Occurrences(WatchOf(d.Matcher), since) {
		if o.At > now || d.Days > 0 && o.At <= since {
			continue
		}
		if !d.DistinctDays {
			n++
			continue
		}
		if day := f.DayOf(o.At); !slices.Contains(days[max(0, len(days)-1):], day) {
			days = append(days, day)
			n++
		}
	}
	return n
}
