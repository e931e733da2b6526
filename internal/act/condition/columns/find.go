package columns

import (
	"fmt"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// Moment is what a question is asked beside its condition.
type Moment struct {
	Now   event.Millis
	DayOf func(event.Millis) series.Day // in the model's zone
	// Segment is the condition of a saved segment; nil where none are saved.
	Segment func(id string) (condition.Condition, bool)
}

// ErrUnwatched says that what a condition asks for was not watched so far: nobody can tell
// who did it. Its past has to be read first.
type ErrUnwatched struct{ Watch condition.Watch }

// Error is for logs; people are told by the edge.
func (e ErrUnwatched) Error() string { return fmt.Sprintf("%s is not watched", e.Watch) }

// ErrSegment says that a segment is gone, or leads back to itself.
type ErrSegment struct{ ID string }

// Error is for logs; people are told by the edge.
func (e ErrSegment) Error() string { return fmt.Sprintf("the segment %q cannot be followed", e.ID) }

// deepest is how many segments may lie within one another.
const deepest = 8

// Find is the contacts of whom a condition is true: the same as condition.Holds says of
// each of them.
func (c *Columns) Find(what condition.Condition, m Moment) (Set, error) {
	out, err := c.find(&what, m, 0)
	if err == nil {
		out.and(c.alive())
	}
	return out, err
}

// alive is everybody, in a set as long as the others.
func (c *Columns) alive() Set {
	out := newSet(c.size)
	copy(out.words, c.live.words)
	return out
}

func (c *Columns) find(what *condition.Condition, m Moment, depth int) (Set, error) {
	out := newSet(c.size)
	switch {
	case len(what.All) > 0:
		return c.join(what.All, m, depth, Set.and)
	case len(what.Any) > 0:
		return c.join(what.Any, m, depth, Set.or)
	case what.Not != nil:
		inner, err := c.find(what.Not, m, depth)
		if err == nil {
			inner.not()
		}
		return inner, err
	case what.Property != nil:
		col := c.properties[what.Property.Key]
		if col == nil {
			col = new(column)
		}
		col.fits(what.Property, m.Now, out)
	case what.Did != nil:
		watch := condition.WatchOf(what.Did.Matcher)
		done := c.done[watch]
		if done == nil {
			return out, ErrUnwatched{watch}
		}
		done.count(what.Did, c.size, m.Now, m.DayOf, out)
	case what.Score != nil:
		points := c.scores[what.Score.Card]
		for n := range c.size {
			p := 0.0
			if n < len(points) {
				p = points[n]
			}
			if what.Score.Fits(p) {
				out.words[n/64] |= 1 << (n % 64)
			}
		}
	case what.Tag != "":
		if set := c.tags[what.Tag]; set != nil {
			copy(out.words, set.ToDense())
		}
	case what.Consent != nil:
		col := c.consents[what.Consent.Topic]
		if col == nil {
			col = new(column)
		}
		is := condition.Property{Op: condition.Is, Values: []string{what.Consent.State}}
		if what.Consent.State == condition.None {
			is = condition.Property{Op: condition.IsNot, Values: []string{condition.Granted, condition.Refused}}
		}
		col.fits(&is, m.Now, out)
	case what.Segment != "":
		if m.Segment == nil || depth == deepest {
			return out, ErrSegment{what.Segment}
		}
		inner, known := m.Segment(what.Segment)
		if !known {
			return out, ErrSegment{what.Segment}
		}
		return c.find(&inner, m, depth+1)
	}
	return out, nil
}

func (c *Columns) join(list []condition.Condition, m Moment, depth int, with func(Set, Set)) (Set, error) {
	out, err := c.find(&list[0], m, depth)
	for i := 1; i < len(list) && err == nil; i++ {
		var next Set
		if next, err = c.find(&list[i], m, depth); err == nil {
			with(out, next)
		}
	}
	return out, err
}
