package condition

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"sort"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// WatchOf names what a matcher is about. The order in which a matcher's conditions and
// their values are written does not matter.
func WatchOf(m Matcher) Watch {
	var room [128]byte
	text := write(write(room[:0], m.Page), m.Event)
	if len(m.Where) > 0 {
		where := make([]string, len(m.Where))
		for i, p := range m.Where {
			one := write(write(nil, p.Key), p.Op)
			for _, v := range slices.Compact(slices.Sorted(slices.Values(p.Values))) {
				one = write(one, v)
			}
			where[i] = string(one)
		}
		slices.Sort(where)
		for _, one := range slices.Compact(where) {
			text = write(text, one)
		}
	}
	sum := sha256.Sum256(text)
	var name [25]byte
	name[0] = 'w'
	hex.Encode(name[1:], sum[:12])
	return Watch(name[:])
}

// write appends a text with its length, so that no two lists of texts read alike.
func write(into []byte, text string) []byte {
	return append(binary.AppendUvarint(into, uint64(len(text))), text...)
}

// Matches reports whether an event is one a matcher means. Robots' never are.
func (m Matcher) Matches(e *event.Event) bool {
	if e.Bot != "" {
		return false
	}
	switch {
	case m.Event != "":
		if e.Kind != event.Track || e.Name != m.Event {
			return false
		}
	case m.Page != "":
		if e.Kind != event.Page && e.Kind != event.Screen {
			return false
		}
	default:
		return false
	}
	return (m.Page == "" || pageFits(m.Page, e.Path)) && m.whereFits(e)
}

func pageFits(page, path string) bool {
	if start, open := strings.CutSuffix(page, "*"); open {
		return strings.HasPrefix(path, start)
	}
	return path == page
}

func (m Matcher) whereFits(e *event.Event) bool {
	for i := range m.Where {
		value, ok := eventValue(e, m.Where[i].Key)
		if !m.Where[i].Fits(value, ok, 0) {
			return false
		}
	}
	return true
}

// eventValue is a property of an event as conditions compare it. Moments among an event's
// properties are texts.
func eventValue(e *event.Event, key string) (contact.Value, bool) {
	raw, ok := e.Property(key)
	if !ok {
		return contact.Value{}, false
	}
	text, ok := event.PlainText(raw)
	return contact.Value{Kind: contact.Text, Text: text}, ok
}

// Matchers is a set of matchers that is asked for every event. Asking costs about as much
// for a thousand of them as for one. It does not change, and may be shared.
type Matchers struct {
	views  pages
	events map[string]*named
	size   int
}

// named are the matchers of one event's name.
type named struct {
	anywhere []entry
	on       pages
}

// entry is a matcher with its name.
type entry struct {
	watch Watch
	where Matcher // for its Where
}

// pages finds the entries of a path: those of exactly this path in a map, those of its
// beginnings in a sorted list in which each knows the next shorter one.
type pages struct {
	exact map[string][]entry
	open  []prefix
}

type prefix struct {
	start  string
	parent int // the longest other prefix it begins with; -1
	list   []entry
}

// NewMatchers makes the set. Matchers of the same watch are one.
func NewMatchers(list []Matcher) *Matchers {
	out := &Matchers{events: map[string]*named{}}
	have := map[Watch]bool{}
	for _, m := range list {
		watch := WatchOf(m)
		if have[watch] || m.Event == "" && m.Page == "" {
			continue
		}
		have[watch] = true
		e := entry{watch, m}
		if m.Event == "" {
			out.views.add(m.Page, e)
			continue
		}
		n := out.events[m.Event]
		if n == nil {
			n = new(named)
			out.events[m.Event] = n
		}
		if m.Page == "" {
			n.anywhere = append(n.anywhere, e)
		} else {
			n.on.add(m.Page, e)
		}
	}
	out.size = len(have)
	out.views.settle()
	for _, n := range out.events {
		n.on.settle()
	}
	return out
}

// Len is how many different watches there are.
func (s *Matchers) Len() int { return s.size }

// Hits appends the watches an event hits.
func (s *Matchers) Hits(e *event.Event, into []Watch) []Watch {
	if e.Bot != "" {
		return into
	}
	switch e.Kind {
	case event.Page, event.Screen:
		return s.views.hits(e, into)
	case event.Track:
		if n := s.events[e.Name]; n != nil {
			return n.on.hits(e, hits(n.anywhere, e, into))
		}
	}
	return into
}

func hits(list []entry, e *event.Event, into []Watch) []Watch {
	for i := range list {
		if list[i].where.whereFits(e) {
			into = append(into, list[i].watch)
		}
	}
	return into
}

func (p *pages) add(page string, e entry) {
	start, open := strings.CutSuffix(page, "*")
	if !open {
		if p.exact == nil {
			p.exact = map[string][]entry{}
		}
		p.exact[page] = append(p.exact[page], e)
		return
	}
	for i := range p.open {
		if p.open[i].start == start {
			p.open[i].list = append(p.open[i].list, e)
			return
		}
	}
	p.open = append(p.open, prefix{start: start, list: []entry{e}})
}

func (p *pages) settle() {
	slices.SortFunc(p.open, func(a, b prefix) int { return strings.Compare(a.start, b.start) })
	for i := range p.open {
		p.open[i].parent = -1
		for k := i - 1; k >= 0; k = p.open[k].parent {
			if strings.HasPrefix(p.open[i].start, p.open[k].start) {
				p.open[i].parent = k
				break
			}
		}
	}
}

// hits: every beginning of a path stands, in the sorted list, before the path, and all that
// stands between the two begins with it as well.
func (p *pages) hits(e *event.Event, into []Watch) []Watch {
	if p.exact != nil {
		into = hits(p.exact[e.Path], e, into)
	}
	if len(p.open) == 0 {
		return into
	}
	after := sort.Search(len(p.open), func(i int) bool { return p.open[i].start > e.Path })
	for k := after - 1; k >= 0; k = p.open[k].parent {
		if strings.HasPrefix(e.Path, p.open[k].start) {
			into = hits(p.open[k].list, e, into)
		}
	}
	return into
}
