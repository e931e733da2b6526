package condition_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// person is a made-up person: what they did as events, and the rest as it is.
type person struct {
	now        event.Millis
	events     []event.Event
	properties map[string]contact.Value
	tags       []string
	consent    string
	score      float64
	cookieless bool
	watched    map[condition.Watch]condition.Matcher
}

func (p *person) Now() event.Millis { return p.now }
func (p *person) Property(key string) (contact.Value, bool) {
	v, ok := p.properties[key]
	return v, ok
}
func (p *person) Score(string) float64     { return p.score }
func (p *person) Tagged(tag string) bool   { return slices.Contains(p.tags, tag) }
func (p *person) Consent(string) string    { return p.consent }
func (p *person) InSegment(id string) bool { return id == "in" }
func (p *person) Cookieless() bool         { return p.cookieless }
func (p *person) DayOf(at event.Millis) series.Day {
	return series.Day((at + 9*3_600_000) / condition.Day)
}

func (p *person) Occurrences(w condition.Watch, since event.Millis) []condition.Occurrence {
	m, known := p.watched[w]
	if !known {
		panic("nobody said that " + string(w) + " is watched")
	}
	var out []condition.Occurrence
	for i := range p.events {
		if e := &p.events[i]; e.At >= since && m.Matches(e) {
			out = append(out, condition.Occurrence{Watch: w, At: e.At, MessageID: e.MessageID})
		}
	}
	return out
}

func anyCondition(depth int) *rapid.Generator[condition.Condition] {
	return rapid.Custom(func(t *rapid.T) condition.Condition {
		last := 8
		if depth <= 0 {
			last = 5
		}
		switch rapid.IntRange(0, last).Draw(t, "what") {
		case 0, 1, 2:
			d := condition.Did{
				Op:    rapid.SampledFrom([]string{"", condition.AtLeast, condition.AtMost, condition.Exactly}).Draw(t, "op"),
				Times: rapid.IntRange(0, 4).Draw(t, "times"), Days: rapid.IntRange(0, 4).Draw(t, "days"),
				DistinctDays: rapid.Bool().Draw(t, "by days"),
			}
			if d.Op == condition.AtLeast {
				d.Times = max(d.Times, 1)
			}
			if d.DistinctDays && d.Days > 0 {
				d.Times = min(d.Times, d.Days+1)
			}
			d.Matcher = anyMatcher().Draw(t, "matcher")
			return condition.Condition{Did: &d}
		case 3:
			return condition.Condition{Property: &condition.Property{
				Key: rapid.SampledFrom([]string{"met", "renewal"}).Draw(t, "date"),
				Op:  rapid.SampledFrom([]string{condition.BeforeDays, condition.WithinDays, condition.AheadDays}).Draw(t, "op"), Values: []string{strconv.Itoa(rapid.IntRange(1, 4).Draw(t, "days"))},
			}}
		case 4:
			return condition.Condition{Property: &condition.Property{
				Key: "industry", Op: rapid.SampledFrom([]string{condition.Is, condition.IsNot, condition.Contains, condition.Starts}).Draw(t, "op"),
				Values: rapid.SliceOfN(rapid.SampledFrom([]string{"IT", "I", "製造"}), 1, 2).Draw(t, "values"),
			}}
		case 5:
			return rapid.SampledFrom([]condition.Condition{
				{Tag: "展示会"}, {Segment: "in"}, {Consent: &condition.Consent{State: condition.Granted}},
				{Score: &condition.Score{Card: "fit", Op: condition.AtLeast, Of: 10}},
			}).Draw(t, "leaf")
		case 6:
			inner := anyCondition(depth-1).Draw(t, "inner")
			return condition.Condition{Not: &inner}
		case 7:
			return condition.Condition{All: rapid.SliceOfN(anyCondition(depth-1), 1, 3).Draw(t, "all")}
		}
		return condition.Condition{Any: rapid.SliceOfN(anyCondition(depth-1), 1, 3).Draw(t, "any")}
	})
}

var (
	somePages  = []string{"/", "/price", "/case/1", "/case/1/more", "/case/2", "/cases"}
	pageTerms  = []string{"/price", "/case/*", "/case/1*", "/*", "*", "/c*", "/case/2", "/nowhere"}
	someEvents = []string{event.Download, "Trial"}
)

func anyMatcher() *rapid.Generator[condition.Matcher] {
	return rapid.Custom(func(t *rapid.T) condition.Matcher {
		var m condition.Matcher
		which := rapid.IntRange(0, 2).Draw(t, "which")
		if which != 1 {
			m.Page = rapid.SampledFrom(pageTerms).Draw(t, "page")
		}
		if which != 0 {
			m.Event = rapid.SampledFrom(someEvents).Draw(t, "event")
		}
		if rapid.IntRange(0, 3).Draw(t, "where") == 0 {
			m.Where = []condition.Property{{
				Key: "n", Op: rapid.SampledFrom([]string{condition.AtLeast, condition.Is, condition.IsNot, condition.Known}).Draw(t, "op"),
				Values: []string{"2"},
			}}
			if m.Where[0].Op == condition.Known {
				m.Where[0].Values = nil
			}
		}
		return m
	})
}

const noon = event.Millis(1_790_000_000_000)

func anyEvent() *rapid.Generator[event.Event] {
	return rapid.Custom(func(t *rapid.T) event.Event {
		e := event.Event{
			Kind: rapid.SampledFrom([]event.Kind{event.Track, event.Page, event.Screen, event.Identify}).Draw(t, "kind"),
			// Half days meet the ends of windows exactly; some lie in the future.
			At:   noon + condition.Day/2*event.Millis(rapid.IntRange(-12, 3).Draw(t, "half days")),
			Path: rapid.SampledFrom(somePages).Draw(t, "path"),
			Bot:  rapid.SampledFrom([]string{"", "", "", "crawler"}).Draw(t, "bot"),
		}
		if e.Kind == event.Track {
			e.Name = rapid.SampledFrom(someEvents).Draw(t, "name")
		}
		e.Properties = rapid.SampledFrom([][]byte{nil, []byte(`{"n":1}`), []byte(`{"n":"2"}`), []byte(`{"n":3,"n":2}`), []byte(`{"n":null}`)}).Draw(t, "properties")
		return e
	})
}

func anyPerson(c condition.Condition) *rapid.Generator[*person] {
	return rapid.Custom(func(t *rapid.T) *person {
		p := &person{
			now: noon, events: rapid.SliceOfN(anyEvent(), 0, 12).Draw(t, "events"), cookieless: rapid.IntRange(0, 3).Draw(t, "cookieless") == 0,
			consent: rapid.SampledFrom([]string{"", condition.Granted}).Draw(t, "consent"), score: rapid.Float64Range(0, 20).Draw(t, "score"),
			tags: rapid.SliceOfN(rapid.Just("展示会"), 0, 1).Draw(t, "tags"), properties: map[string]contact.Value{}, watched: map[condition.Watch]condition.Matcher{},
		}
		slices.SortFunc(p.events, func(a, b event.Event) int { return int(a.At - b.At) })
		for _, key := range []string{"met", "renewal"} {
			if rapid.Bool().Draw(t, key) {
				p.properties[key] = contact.Value{Kind: contact.Date, Number: float64(noon + condition.Day/2*event.Millis(rapid.IntRange(-8, 8).Draw(t, key+" at")))}
			}
		}
		if rapid.Bool().Draw(t, "industry") {
			p.properties["industry"] = contact.Value{Kind: contact.Text, Text: rapid.SampledFrom([]string{"IT", "製造"}).Draw(t, "of")}
		}
		for _, w := range condition.Watches(c) {
			p.watched[w.Watch] = w.Matcher
		}
		return p
	})
}

// naive answers like Evaluate, with nothing but loops over the events.
func naive(c condition.Condition, p *person) condition.Verdict {
	yes := func(b bool) condition.Verdict {
		if b {
			return condition.Yes
		}
		return condition.No
	}
	each := func(list []condition.Condition, decides, otherwise condition.Verdict) condition.Verdict {
		doubt := false
		for _, one := range list {
			switch v := naive(one, p); v {
			case decides:
				return decides
			case condition.Unknowable:
				doubt = true
			}
		}
		if doubt {
			return condition.Unknowable
		}
		return otherwise
	}
	switch {
	case c.All != nil:
		return each(c.All, condition.No, condition.Yes)
	case c.Any != nil:
		return each(c.Any, condition.Yes, condition.No)
	case c.Not != nil:
		return map[condition.Verdict]condition.Verdict{condition.Yes: condition.No, condition.No: condition.Yes, condition.Unknowable: condition.Unknowable}[naive(*c.Not, p)]
	case c.Tag != "":
		return yes(len(p.tags) > 0)
	case c.Segment != "":
		return condition.Yes
	case c.Consent != nil:
		return yes(p.consent == condition.Granted)
	case c.Score != nil:
		return yes(p.score >= 10)
	case c.Property != nil:
		v, ok := p.properties[c.Property.Key]
		if v.Kind == contact.Date {
			days, _ := strconv.Atoi(c.Property.Values[0])
			ago := p.now - event.Millis(v.Number)
			switch c.Property.Op {
			case condition.BeforeDays:
				return yes(ago >= event.Millis(days)*condition.Day)
			case condition.WithinDays:
				return yes(ago >= 0 && ago < event.Millis(days)*condition.Day)
			}
			return yes(ago < 0 && -ago <= event.Millis(days)*condition.Day)
		}
		fits := false
		for _, want := range c.Property.Values {
			fits = fits || ok && (v.Text == want || c.Property.Op == condition.Contains && strings.Contains(v.Text, want) || c.Property.Op == condition.Starts && strings.HasPrefix(v.Text, want))
		}
		return yes(fits != (c.Property.Op == condition.IsNot))
	}
	n, days := 0, map[series.Day]bool{}
	for i := range p.events {
		e := &p.events[i]
		ago := p.now - e.At
		if ago >= 0 && (c.Did.Days == 0 || ago < event.Millis(c.Did.Days)*condition.Day) && plainly(c.Did.Matcher, e) {
			n++
			days[p.DayOf(e.At)] = true
		}
	}
	if c.Did.DistinctDays {
		n = len(days)
	}
	fits, settled := n >= c.Did.Times, n >= c.Did.Times
	switch c.Did.Op {
	case condition.AtMost:
		fits, settled = n <= c.Did.Times, n > c.Did.Times
	case condition.Exactly:
		fits, settled = n == c.Did.Times, n > c.Did.Times
	case "":
		if c.Did.Times == 0 {
			fits, settled = n > 0, n > 0
		}
	}
	if p.cookieless && c.Did.Days != 1 && !settled {
		return condition.Unknowable
	}
	return yes(fits)
}

func plainly(m condition.Matcher, e *event.Event) bool {
	if e.Bot != "" || m.Event != "" && (e.Kind != event.Track || e.Name != m.Event) || m.Event == "" && e.Kind != event.Page && e.Kind != event.Screen {
		return false
	}
	if m.Page != "" && m.Page != e.Path && (!strings.HasSuffix(m.Page, "*") || !strings.HasPrefix(e.Path, m.Page[:len(m.Page)-1])) {
		return false
	}
	n := map[string]string{"": "", `{"n":1}`: "1", `{"n":"2"}`: "2", `{"n":3,"n":2}`: "2", `{"n":null}`: ""}[string(e.Properties)]
	for _, p := range m.Where {
		switch p.Op {
		case condition.AtLeast, condition.Is:
			if n != "2" {
				return false
			}
		case condition.IsNot:
			if n == "2" {
				return false
			}
		case condition.Known:
			if n == "" {
				return false
			}
		}
	}
	return true
}

func TestEvaluateIsWhatLoopsFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCondition(2).Draw(t, "condition")
		p := anyPerson(c).Draw(t, "person")
		if got, want := condition.Evaluate(c, p), naive(c, p); got != want {
			t.Fatalf("%d, loops find %d", got, want)
		}
	})
}

// Moments of the world above are half days, so all changes fall on one.
func TestNextChangeIsTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCondition(2).Draw(t, "condition")
		p := anyPerson(c).Draw(t, "person")
		at, ok := condition.NextChange(c, p)
		before, want := naive(c, p), event.Millis(0)
		for moment := noon + condition.Day/2; moment <= noon+20*condition.Day && want == 0; moment += condition.Day / 2 {
			p.now = moment
			if naive(c, p) != before {
				want = moment
			}
		}
		if at != want || ok != (want != 0) {
			t.Fatalf("%v %v, want %v: %+v", at-noon, ok, want-noon, c)
		}
		if ok && !condition.Timed(c) {
			// Only what lies in the future may change a condition without time in it.
			p.now = noon
			if !slices.ContainsFunc(p.events, func(e event.Event) bool { return e.At > noon }) {
				t.Fatal("time changed what knows no time")
			}
		}
	})
}

func TestMatchersHitWhatMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(anyMatcher(), 0, 12).Draw(t, "matchers")
		set := condition.NewMatchers(list)
		e := anyEvent().Draw(t, "event")
		var want []condition.Watch
		for _, m := range list {
			if plainly(m, &e) {
				want = append(want, condition.WatchOf(m))
			}
		}
		slices.Sort(want)
		want = slices.Compact(want)
		got := set.Hits(&e, nil)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// A thousand matchers, of which an event hits a few. The floor is one look into a map by
// the event's path: less than that no answer costs.
func BenchmarkHits(b *testing.B) {
	for _, n := range []int{100, 1000} {
		var list []condition.Matcher
		floor := map[string]int{}
		for i := range n {
			switch i % 4 {
			case 0:
				list = append(list, condition.Matcher{Page: fmt.Sprintf("/case/%d", i)})
				floor[fmt.Sprintf("/case/%d", i)] = i
			case 1:
				list = append(list, condition.Matcher{Page: fmt.Sprintf("/blog/%d/*", i)})
			case 2:
				list = append(list, condition.Matcher{Event: fmt.Sprintf("Event %d", i)})
			default:
				list = append(list, condition.Matcher{Event: "File Downloaded", Page: fmt.Sprintf("/docs/%d*", i)})
			}
		}
		list = append(list, condition.Matcher{Page: "/blog/*"}, condition.Matcher{Page: "/*"})
		set := condition.NewMatchers(list)
		events := []event.Event{
			{Kind: event.Page, Path: "/case/40"}, {Kind: event.Page, Path: "/blog/41/an-article"}, {Kind: event.Page, Path: "/"},
			{Kind: event.Track, Name: "Event 42", Path: "/"}, {Kind: event.Track, Name: "File Downloaded", Path: "/docs/43"}, {Kind: event.Page, Path: "/blog/41", Bot: "crawler"},
		}
		b.Run(fmt.Sprintf("%d/floor", n), func(b *testing.B) {
			found := 0
			for i := range b.N {
				found += floor[events[i%len(events)].Path]
			}
			_ = found
		})
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var into []condition.Watch
			for i := range b.N {
				into = set.Hits(&events[i%len(events)], into[:0])
			}
		})
	}
}
