package score

import (
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

var tokyo = time.FixedZone("JST", 9*60*60)

// plain is a language of conditions just large enough to test scores: a watch is the page
// or event itself, a property "is" its value.
var plain = Language{
	Watch: func(m condition.Matcher) condition.Watch { return condition.Watch(m.Page + m.Event) },
	Holds: func(c condition.Condition, f condition.Facts) bool {
		if c.Property == nil {
			return false
		}
		v, known := f.Property(c.Property.Key)
		return known && slices.Contains(c.Property.Values, v.Text)
	},
}

// facts are those of one person in a test.
type facts struct {
	condition.Facts // what no score asks for
	now             event.Millis
	is              map[string]string
	done            map[condition.Watch][]condition.Occurrence
}

func (f facts) Now() event.Millis { return f.now }
func (f facts) Property(key string) (contact.Value, bool) {
	v, ok := f.is[key]
	return contact.Value{Kind: contact.Text, Text: v}, ok
}
func (f facts) Occurrences(w condition.Watch, since event.Millis) []condition.Occurrence {
	all := f.done[w]
	i, _ := slices.BinarySearchFunc(all, since, func(o condition.Occurrence, at event.Millis) int { return int(o.At - at) })
	return all[i:]
}
func (facts) Score(string) float64        { return 0 }
func (facts) Tagged(string) bool          { return false }
func (facts) Consent(string) string       { return "none" }
func (facts) InSegment(string) bool       { return false }
func (f facts) at(now event.Millis) facts { f.now = now; return f }

func on(month, day, hour, minute int) event.Millis {
	return event.Millis(time.Date(2026, time.Month(month), day, hour, minute, 0, 0, tokyo).UnixMilli())
}

func compile(t testing.TB, c Card) *Scorer {
	t.Helper()
	s, err := Compile(c, tokyo, plain)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func line(n int) *int { return &n }
