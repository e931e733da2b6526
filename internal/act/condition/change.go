package condition

import (
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// mostMoments bounds how far ahead NextChange looks in one go.
const mostMoments = 500

// NextChange is the earliest later moment at which the verdict becomes another one although
// nothing happens: a window slides past what was done, "not within M days" comes true, a
// date comes near. ok is false where time alone changes nothing. With very many moments
// ahead it may name one at which nothing changes yet; whoever looks then asks again.
//
// The points of a score are taken as they are: when they decay is for the score to say.
func NextChange(c Condition, f Facts) (at event.Millis, ok bool) {
	var moments []event.Millis
	changes(&c, f, &moments)
	if len(moments) == 0 {
		return 0, false
	}
	slices.Sort(moments)
	moments = slices.Compact(moments)
	before := evaluate(&c, f)
	for i, moment := range moments {
		if i == mostMoments || evaluate(&c, later{f, moment}) != before {
			return moment, true
		}
	}
	return 0, false
}

// later is the same facts at a later moment.
type later struct {
	Facts
	now event.Millis
}

func (l later) Now() event.Millis { return l.now }

func changes(c *Condition, f Facts, into *[]event.Millis) {
	for i := range c.All {
		changes(&c.All[i], f, into)
	}
	for i := range c.Any {
		changes(&c.Any[i], f, into)
	}
	switch {
	case c.Not != nil:
		changes(c.Not, f, into)
	case c.Did != nil:
		c.Did.changes(f, into)
	case c.Property != nil:
		c.Property.changes(f, into)
	}
}

func (p *Property) changes(f Facts, into *[]event.Millis) {
	switch p.Op {
	case BeforeDays, WithinDays, AheadDays:
	default:
		return
	}
	value, ok := f.Property(p.Key)
	if !ok {
		return
	}
	from, to := p.span(event.Millis(value.Number))
	for _, at := range []event.Millis{from, to} {
		if at > f.Now() && at < never {
			*into = append(*into, at)
		}
	}
}

// never is later than any moment that is written down.
const never event.Millis = 1 << 62

// changes walks the moments at which something comes into the window or leaves it, and
// keeps those at which that makes a difference.
func (d *Did) changes(f Facts, into *[]event.Millis) {
	now := f.Now()
	since := d.since(now)
	var all, coming []event.Millis
	for _, o := range f.Occurrences(WatchOf(d.Matcher), since) {
		if d.Days > 0 && o.At <= since {
			continue
		}
		all = append(all, o.At)
		if o.At > now {
			coming = append(coming, o.At)
		}
	}
	if d.Days == 0 && len(coming) == 0 {
		return
	}
	window := counter{did: d, facts: f}
	in, out := 0, 0 // all[out:in] are in the window
	move := func(moment event.Millis) Verdict {
		for ; in < len(all) && all[in] <= moment; in++ {
			window.add(all[in], 1)
		}
		for ; d.Days > 0 && out < in && all[out]+event.Millis(d.Days)*Day <= moment; out++ {
			window.add(all[out], -1)
		}
		return d.verdict(window.n, f.Cookieless())
	}
	current := move(now)
	// Both lists are in order, and so is their merge.
	length := event.Millis(d.Days) * Day
	for i, k := 0, 0; i < len(coming) || d.Days > 0 && k < len(all); {
		var moment event.Millis
		if d.Days == 0 || i < len(coming) && coming[i] <= all[k]+length {
			moment = coming[i]
			i++
		} else {
			moment = all[k] + length
			k++
		}
		if next := move(moment); next != current {
			current = next
			*into = append(*into, moment)
		}
	}
}

// counter counts what is in a window, by times or by days.
type counter struct {
	did   *Did
	facts Facts
	n     int
	days  map[series.Day]int
}

func (c *counter) add(at event.Millis, by int) {
	if !c.did.DistinctDays {
		c.n += by
		return
	}
	if c.days == nil {
		c.days = map[series.Day]int{}
	}
	day := c.facts.DayOf(at)
	was := c.days[day]
	c.days[day] = was + by
	switch {
	case was == 0:
		c.n++
	case was+by == 0:
		c.n--
	}
}
