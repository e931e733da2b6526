package columns_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/condition/columns"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/series"
)

const now = event.Millis(1_790_000_000_000)

func dayOf(at event.Millis) series.Day { return series.Day((at + 9*3_600_000) / condition.Day) }

// facts are one person as condition.Evaluate sees them, kept in plain lists.
type facts struct {
	columns.Person
	gone  bool
	score float64
	done  []condition.Occurrence
}

func (f *facts) Now() event.Millis { return now }
func (f *facts) Property(key string) (contact.Value, bool) {
	v, ok := f.Properties[key]
	return v, ok
}
func (f *facts) Occurrences(w condition.Watch, since event.Millis) []condition.Occurrence {
	var out []condition.Occurrence
	for _, o := range f.done {
		if o.Watch == w && o.At >= since {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b condition.Occurrence) int { return int(a.At - b.At) })
	return out
}
func (f *facts) Score(string) float64             { return f.score }
func (f *facts) Tagged(tag string) bool           { return slices.Contains(f.Tags, tag) }
func (f *facts) Consent(topic string) string      { return f.Consents[topic] }
func (f *facts) InSegment(id string) bool         { return condition.Holds(saved, f) }
func (f *facts) DayOf(at event.Millis) series.Day { return dayOf(at) }
func (f *facts) Cookieless() bool                 { return false }

var (
	saved    = condition.Condition{Tag: "展示会"}
	matchers = []condition.Matcher{{Page: "/price"}, {Event: "Trial"}}
)

func drawCondition(t *rapid.T, depth int) condition.Condition {
	last := 9
	if depth == 0 {
		last = 6
	}
	switch rapid.IntRange(0, last).Draw(t, "what") {
	case 0, 1, 2:
		return condition.Condition{Did: &condition.Did{
			Matcher: rapid.SampledFrom(matchers).Draw(t, "matcher"), Op: rapid.SampledFrom([]string{condition.AtLeast, condition.AtMost, condition.Exactly}).Draw(t, "op"),
			Times: rapid.IntRange(0, 3).Draw(t, "times"), Days: rapid.IntRange(0, 3).Draw(t, "days"), DistinctDays: rapid.Bool().Draw(t, "by days"),
		}}
	case 3:
		return condition.Condition{Property: &condition.Property{
			Key: rapid.SampledFrom([]string{"industry", "size", "nobody has it"}).Draw(t, "key"),
			Op:  rapid.SampledFrom([]string{condition.Is, condition.IsNot, condition.Contains, condition.AtLeast, condition.Known, condition.Unknown}).Draw(t, "op"), Values: []string{rapid.SampledFrom([]string{"1", "20", "IT"}).Draw(t, "value")},
		}}
	case 4:
		return condition.Condition{Property: &condition.Property{Key: "met", Op: rapid.SampledFrom([]string{condition.WithinDays, condition.BeforeDays, condition.AheadDays}).Draw(t, "op"), Values: []string{"2"}}}
	case 5:
		return condition.Condition{Consent: &condition.Consent{Topic: rapid.SampledFrom([]string{"", "seminar"}).Draw(t, "topic"), State: rapid.SampledFrom([]string{condition.Granted, condition.Refused, condition.None}).Draw(t, "state")}}
	case 6:
		return rapid.SampledFrom([]condition.Condition{{Tag: "展示会"}, {Tag: "誰もいない"}, {Segment: "s"}, {Score: &condition.Score{Card: "fit", Op: condition.AtLeast, Of: 2}}, {Score: &condition.Score{Card: "other", Op: condition.Below, Of: 2}}}).Draw(t, "leaf")
	case 7:
		inner := drawCondition(t, depth-1)
		return condition.Condition{Not: &inner}
	}
	list := []condition.Condition{drawCondition(t, depth-1), drawCondition(t, depth-1)}
	if rapid.Bool().Draw(t, "all") {
		return condition.Condition{All: list}
	}
	return condition.Condition{Any: list}
}

// What columns find is whom Holds is true of, after any writing.
func TestFindIsWhomItHoldsOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := map[uint32]*facts{}
		c := columns.New()
		for _, m := range matchers {
			c.Watch(condition.WatchOf(m))
		}
		for range rapid.IntRange(0, 60).Draw(t, "writes") {
			number := uint32(rapid.IntRange(0, 130).Draw(t, "number"))
			f := people[number]
			if f == nil || rapid.IntRange(0, 3).Draw(t, "anew") == 0 {
				p := columns.Person{Number: number, Properties: map[string]contact.Value{}, Consents: map[string]string{}}
				switch rapid.IntRange(0, 3).Draw(t, "size") {
				case 0:
					p.Properties["size"] = contact.Value{Kind: contact.Number, Number: float64(rapid.IntRange(0, 30).Draw(t, "of"))}
				case 1:
					p.Properties["size"] = contact.Value{Kind: contact.Text, Text: "20"}
				case 2:
					p.Properties["industry"] = contact.Value{Kind: contact.Text, Text: rapid.SampledFrom([]string{"IT", "製造"}).Draw(t, "industry")}
				}
				if rapid.Bool().Draw(t, "met") {
					p.Properties["met"] = contact.Value{Kind: contact.Date, Number: float64(now + condition.Day*event.Millis(rapid.IntRange(-4, 4).Draw(t, "at")))}
				}
				if rapid.Bool().Draw(t, "consent") {
					p.Consents[rapid.SampledFrom([]string{"", "seminar"}).Draw(t, "topic")] = rapid.SampledFrom([]string{condition.Granted, condition.Refused}).Draw(t, "state")
				}
				if rapid.Bool().Draw(t, "tagged") {
					p.Tags = []string{"展示会"}
				}
				if f == nil {
					f = new(facts)
					people[number] = f
				}
				f.Person, f.gone = p, false
				c.Put(p)
			}
			switch rapid.IntRange(0, 5).Draw(t, "then") {
			case 0:
				f.gone = true
				c.Remove(number)
			case 1:
				f.score = float64(rapid.IntRange(0, 3).Draw(t, "points"))
				c.Score("fit", number, f.score)
			default:
				w := condition.WatchOf(rapid.SampledFrom(matchers).Draw(t, "watch"))
				at := now + condition.Day/2*event.Millis(rapid.IntRange(-8, 2).Draw(t, "at"))
				f.done = append(f.done, condition.Occurrence{Watch: w, At: at})
				c.Did(w, number, at)
			}
		}
		c.Settle()
		what := drawCondition(t, 2)
		if what.Score != nil && what.Score.Card == "other" {
			return // the facts above know one card
		}
		moment := columns.Moment{Now: now, DayOf: dayOf, Segment: func(string) (condition.Condition, bool) { return saved, true }}
		got, err := c.Find(what, moment)
		if err != nil {
			t.Fatal(err)
		}
		var want []uint32
		for number := int(150); number >= 0; number-- {
			f := people[uint32(number)]
			if f == nil || f.gone {
				if got.Has(uint32(number)) {
					t.Fatalf("%d is nobody", number)
				}
				continue
			}
			holds := condition.Holds(what, f)
			if usesOther(what) {
				return
			}
			if holds {
				want = append(want, uint32(number))
			}
		}
		if list := got.Page(0, 1000); !slices.Equal(list, want) || got.Count() != len(want) {
			t.Fatalf("%v, want %v: %+v", list, want, what)
		}
		from, limit := rapid.IntRange(0, 70).Draw(t, "from"), rapid.IntRange(0, 70).Draw(t, "limit")
		if list := got.Page(from, limit); !slices.Equal(list, want[min(from, len(want)):min(from+limit, len(want))]) {
			t.Fatalf("page %d+%d of %v: %v", from, limit, want, list)
		}
	})
}

func usesOther(c condition.Condition) bool { return slices.Contains(condition.Cards(c), "other") }

func TestManyMeanings(t *testing.T) {
	c := columns.New()
	const people = 200_000
	for round := range 4 {
		for i := range uint32(people) {
			c.Put(columns.Person{Number: i, Properties: map[string]contact.Value{
				"address": {Kind: contact.Text, Text: fmt.Sprintf("p%d-%d@example.jp", i, round)},
				"group":   {Kind: contact.Number, Number: float64(i % 1000)},
			}})
		}
	}
	for _, ask := range []struct {
		key, op, value string
		want           int
	}{
		{"address", condition.Is, "p77777-3@example.jp", 1}, {"address", condition.Contains, "-2@", 0}, {"address", condition.Starts, "p1999", 111},
		{"group", condition.Below, "10", people / 100}, {"group", condition.IsNot, "5", people - people/1000},
	} {
		got, err := c.Find(condition.Condition{Property: &condition.Property{Key: ask.key, Op: ask.op, Values: []string{ask.value}}}, columns.Moment{Now: now})
		if err != nil || got.Count() != ask.want {
			t.Errorf("%v: %d, %v", ask, got.Count(), err)
		}
	}
	if each := c.Bytes() / people; each > 120 {
		t.Errorf("%d bytes for each contact: what nobody has any more is kept", each)
	}
}

func TestWhatCannotBeTold(t *testing.T) {
	c := columns.New()
	c.Put(columns.Person{Number: 1})
	m := matchers[0]
	_, err := c.Find(condition.Condition{Not: &condition.Condition{Did: &condition.Did{Matcher: m}}}, columns.Moment{Now: now, DayOf: dayOf})
	if unwatched, ok := errors.AsType[columns.ErrUnwatched](err); !ok || unwatched.Watch != condition.WatchOf(m) {
		t.Errorf("what nobody watches: %v", err)
	}
	round := columns.Moment{Now: now, Segment: func(string) (condition.Condition, bool) { return condition.Condition{Segment: "a"}, true }}
	if _, err := c.Find(condition.Condition{Segment: "a"}, round); !errors.Is(err, columns.ErrSegment{ID: "a"}) {
		t.Errorf("a segment that leads to itself: %v", err)
	}
	c.Did(condition.WatchOf(m), 1, now)
	c.Forget(condition.WatchOf(m), now)
	if got, err := c.Find(condition.Condition{Did: &condition.Did{Matcher: m}}, columns.Moment{Now: now, DayOf: dayOf}); err != nil || got.Count() != 0 {
		t.Errorf("after forgetting: %v, %v", got.Count(), err)
	}
}

var questions = map[string]string{
	"price page 3 times in 7 days, company of 100, no inquiry": `{"all":[{"did":{"page":"/price","op":"at-least","times":3,"days":7}},{"property":{"key":"employees","op":"at-least","values":["100"]}},{"did":{"event":"Form Submitted","op":"at-most","times":0}}]}`,
	"all ten properties and three behaviours":                  `{"all":[{"property":{"key":"p0","op":"is-not","values":["v1"]}},{"property":{"key":"p1","op":"is-not","values":["v1"]}},{"property":{"key":"p2","op":"contains","values":["v"]}},{"property":{"key":"p3","op":"known"}},{"property":{"key":"employees","op":"above","values":["1"]}},{"property":{"key":"address","op":"contains","values":["@"]}},{"property":{"key":"name","op":"known"}},{"property":{"key":"created","op":"before-days","values":["3"]}},{"any":[{"property":{"key":"p4","op":"is","values":["v1","v2","v3"]}},{"property":{"key":"p5","op":"starts","values":["v2"]}}]},{"did":{"page":"/price","days":30}},{"did":{"page":"/case/*","days":90,"op":"at-least","times":2,"distinct_days":true}},{"not":{"did":{"event":"Form Submitted","days":30}}}]}`,
	"one property":                            `{"property":{"key":"p0","op":"is","values":["v1"]}}`,
	"addresses of a domain":                   `{"property":{"key":"address","op":"contains","values":["@7.example.jp"]}}`,
	"cases on 3 of 30 days":                   `{"did":{"page":"/case/*","days":30,"op":"at-least","times":3,"distinct_days":true}}`,
	"nothing of it, or a tag and not refused": `{"any":[{"did":{"page":"/price","op":"at-most"}},{"all":[{"tag":"t3"},{"not":{"consent":{"state":"refused"}}}]}]}`,
}

// A million contacts with ten properties each, tags, consent and eight million times that
// they did one of three things.
func TestGateCount(t *testing.T) {
	evidence.Gate(t)
	const people, times = 1_000_000, 8_000_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begun := time.Now()
	rnd := rand.New(rand.NewPCG(16, 1))
	c := columns.New()
	for i := range uint32(people) {
		p := columns.Person{Number: i, Properties: map[string]contact.Value{
			"address":   {Kind: contact.Text, Text: fmt.Sprintf("person.%d@%d.example.jp", i, i%20_000)},
			"name":      {Kind: contact.Text, Text: "名前" + strconv.Itoa(rnd.IntN(200_000))},
			"created":   {Kind: contact.Date, Number: float64(now - event.Millis(rnd.Int64N(int64(700*condition.Day))))},
			"employees": {Kind: contact.Number, Number: float64(rnd.IntN(5000))},
		}, Consents: map[string]string{"": []string{condition.Granted, condition.Refused}[rnd.IntN(2)]}}
		for k := range 6 {
			p.Properties["p"+strconv.Itoa(k)] = contact.Value{Kind: contact.Text, Text: "v" + strconv.Itoa(rnd.IntN(5<<(2*k)))}
		}
		if i%4 == 0 {
			p.Tags = []string{"t" + strconv.Itoa(rnd.IntN(10))}
		}
		c.Put(p)
	}
	watches := []condition.Watch{
		condition.WatchOf(condition.Matcher{Page: "/price"}), condition.WatchOf(condition.Matcher{Page: "/case/*"}), condition.WatchOf(condition.Matcher{Event: "Form Submitted"}),
	}
	for i := range times {
		c.Did(watches[rnd.IntN(3)], rnd.Uint32N(people), now-event.Millis(times-i)*90*condition.Day/times)
	}
	c.Settle()
	filled := time.Since(begun)
	runtime.GC()
	runtime.ReadMemStats(&after)
	perContact := float64(after.HeapAlloc-before.HeapAlloc) / people
	t.Logf("filled in %v; %.0f bytes for each contact with its 8 times (%d by its own count)", filled, perContact, c.Bytes()/people)
	evidence.AtMost(t, evidence.Figure{Room: "segments", Case: "1,000,000 contacts, 10 properties, 8 million occurrences", Name: "bytes per contact", Got: perContact, Tries: 1}, 500, 0)

	// What the machine needs to go through one byte for each contact.
	one := make([]byte, people)
	floor := best(func() {
		n := 0
		for _, b := range one {
			n += int(b)
		}
		_ = n
	})
	t.Logf("floor: one byte of everybody %.2f ms", floor)
	moment := columns.Moment{Now: now, DayOf: dayOf}
	slowest := 0.0
	for name, source := range questions {
		what, err := condition.Decode([]byte(source))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		took := best(func() {
			set, err := c.Find(what, moment)
			if err != nil {
				t.Fatal(err)
			}
			found = set.Count()
		})
		t.Logf("%s: %d people in %.1f ms", name, found, took)
		slowest = max(slowest, took)
	}
	evidence.AtMost(t, evidence.Figure{Room: "segments", Case: "1,000,000 contacts, 10 properties, 8 million occurrences", Name: "slowest count (median of 9), ms", Got: slowest, Tries: 9}, 300, 0)
	runtime.KeepAlive(c)
}

// best is the median of nine times, in milliseconds.
func best(do func()) float64 {
	var took []float64
	for range 9 {
		begun := time.Now()
		do()
		took = append(took, float64(time.Since(begun).Microseconds())/1000)
	}
	slices.Sort(took)
	return took[len(took)/2]
}
