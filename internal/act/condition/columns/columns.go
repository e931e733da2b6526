// Package columns counts a segment over a million contacts while somebody builds it. It
// holds all contacts of a workspace in memory by column, not by person: a property is a list
// of small numbers and a dictionary of what they mean, so that a condition is asked once for
// each different value and then looked up; what people did lies in the order of time, so
// that a window is one stretch of it. The answer is a set of one bit for each contact.
//
// Contacts are known by their dense number. Columns are for one goroutine at a time, but
// any number of them may ask at once while nobody writes.
package columns

import (
	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Person is a contact as conditions see it: everything Facts would tell, but what was done.
type Person struct {
	Number     uint32
	Properties map[string]contact.Value // with "address", "company.…" and the like
	Tags       []string
	Consents   map[string]string // state by topic; "" is any marketing
}

// Columns are the contacts of one workspace.
type Columns struct {
	size       int // one more than the greatest number
	live       Set
	properties map[string]*column
	consents   map[string]*column
	tags       map[string]*roaring.Bitmap
	scores     map[string][]float64
	done       map[condition.Watch]*doings
}

// New is columns without anybody.
func New() *Columns {
	return &Columns{
		properties: map[string]*column{}, consents: map[string]*column{}, tags: map[string]*roaring.Bitmap{},
		scores: map[string][]float64{}, done: map[condition.Watch]*doings{},
	}
}

// Len is how many contacts there are.
func (c *Columns) Len() int { return c.live.Count() }

// Put takes a contact in, in the place of what was known under its number. What it did and
// its scores stay.
func (c *Columns) Put(p Person) {
	c.size = max(c.size, int(p.Number)+1)
	c.live.add(p.Number)
	put(c.properties, p.Number, func(key string) (contact.Value, bool) { v, ok := p.Properties[key]; return v, ok }, keys(p.Properties))
	put(c.consents, p.Number, func(topic string) (contact.Value, bool) {
		state, ok := p.Consents[topic]
		return contact.Value{Kind: contact.Text, Text: state}, ok
	}, keys(p.Consents))
	for _, set := range c.tags {
		set.Remove(p.Number)
	}
	for _, tag := range p.Tags {
		set := c.tags[tag]
		if set == nil {
			set = roaring.New()
			c.tags[tag] = set
		}
		set.Add(p.Number)
	}
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

func put(columns map[string]*column, number uint32, value func(string) (contact.Value, bool), present func(func(string) bool)) {
	for key := range present {
		if columns[key] == nil {
			columns[key] = newColumn()
		}
	}
	for key, col := range columns {
		v, ok := value(key)
		col.set(int(number), v, ok)
	}
}

// Remove takes a contact out: erased, or one with another now.
func (c *Columns) Remove(number uint32) {
	c.live.remove(number)
	for _, col := range c.properties {
		col.set(int(number), contact.Value{}, false)
	}
	for _, set := range c.tags {
		set.Remove(number)
	}
}

// Score sets the points of a contact on a card.
func (c *Columns) Score(card string, number uint32, points float64) {
	list := c.scores[card]
	for len(list) <= int(number) {
		list = append(list, 0)
	}
	list[number] = points
	c.scores[card] = list
}

// Unscore forgets the points of a card.
func (c *Columns) Unscore(card string) { delete(c.scores, card) }

// Retain takes out everybody of whom keep says no.
func (c *Columns) Retain(keep func(number uint32) bool) {
	for _, number := range c.live.Page(0, c.size) {
		if !keep(number) {
			c.Remove(number)
		}
	}
}

// Watch makes room for what a watch is about, so that nobody having done it is an answer.
func (c *Columns) Watch(w condition.Watch) {
	if c.done[w] == nil {
		c.done[w] = new(doings)
	}
}

// Did adds one time that a contact did what a watch is about.
func (c *Columns) Did(w condition.Watch, number uint32, at event.Millis) {
	c.Watch(w)
	c.size = max(c.size, int(number)+1)
	c.done[w].add(number, at)
}

// Forget drops what was done up to a moment, and the watch where there is no moment before
// which it is of use.
func (c *Columns) Forget(w condition.Watch, until event.Millis) {
	if d := c.done[w]; d != nil {
		d.forget(until)
	}
}

// Unwatch drops a watch.
func (c *Columns) Unwatch(w condition.Watch) { delete(c.done, w) }

// Settle puts in order what came since the last time. Whoever asks beside others has it
// done first.
func (c *Columns) Settle() {
	for _, d := range c.done {
		d.settle()
	}
}

// Bytes is about how much memory they take.
func (c *Columns) Bytes() int {
	sum := 8 * cap(c.live.words)
	for _, list := range []map[string]*column{c.properties, c.consents} {
		for _, col := range list {
			sum += col.bytes()
		}
	}
	for _, set := range c.tags {
		sum += int(set.GetSizeInBytes())
	}
	for _, list := range c.scores {
		sum += 8 * cap(list)
	}
	for _, d := range c.done {
		sum += 4*cap(d.who) + 8*cap(d.at)
	}
	return sum
}
