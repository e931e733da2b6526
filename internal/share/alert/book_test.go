package alert

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
)

var tokyo = time.FixedZone("JST", 9*60*60)

// at is a moment of September 2026; the 9th is a Wednesday.
func at(day, hour int) Moment {
	now := time.Date(2026, 9, day, hour, 5, 0, 0, tokyo)
	return Moment{Now: now, Open: series.NewCalendar(nil).IsBusinessDay(series.DayOf(now))}
}

func of(keys ...string) []Cause {
	var out []Cause
	for _, key := range keys {
		kind := Stale
		switch key[0] {
		case 'p':
			kind = Pace
		case 'l':
			kind = Link
		case 'h':
			kind = Leads
		}
		out = append(out, Cause{Key: key, Kind: kind})
	}
	return out
}

func keysOf(list []Cause) string {
	var keys []string
	for _, c := range list {
		keys = append(keys, c.Key)
	}
	return fmt.Sprint(keys)
}

// TestAMorning walks through days of one team: what is told on each of them.
func TestAMorning(t *testing.T) {
	t.Parallel()
	urgent := Usual()
	urgent.Urgent = true
	weekends := Usual()
	weekends.Closed = true
	quietly := Usual()
	quietly.Off = []Kind{Link}
	type look struct {
		at     Moment
		causes []Cause
		want   string
	}
	for _, c := range []struct {
		name string
		s    Settings
		days []look
	}{
		{"once for one cause, and again when it had been gone for long enough", Usual(), []look{
			{at(1, 8), of("link"), "[link]"}, {at(2, 8), of("link"), "[]"}, {at(3, 8), nil, "[]"}, {at(4, 8), of("link"), "[]"},
			{at(7, 8), nil, "[]"}, {at(18, 8), of("link"), "[]"}, {at(19, 9), nil, "[]"}, {at(24, 8), nil, "[]"}, {at(25, 8), of("link"), "[]"},
		}},
		{"gone for two weeks it is another one", Usual(), []look{
			{at(1, 8), of("link"), "[link]"}, {at(2, 8), nil, "[]"}, {at(16, 8), nil, "[]"}, {at(17, 8), of("link"), "[link]"},
		}},
		{"behind for one morning is nobody's business", Usual(), []look{
			{at(1, 8), of("p"), "[]"}, {at(2, 8), nil, "[]"}, {at(3, 8), of("p"), "[]"}, {at(4, 8), of("p"), "[p]"}, {at(7, 8), of("p"), "[]"},
		}},
		{"one message a morning, with all there is", Usual(), []look{
			{at(1, 7), of("link", "s1"), "[]"}, {at(1, 8), of("link", "s1"), "[link s1]"}, {at(1, 11), of("link", "s1", "s2"), "[]"}, {at(2, 8), of("link", "s1", "s2"), "[s2]"},
		}},
		{"nothing on a weekend, all of it on Monday", Usual(), []look{
			{at(5, 8), of("link"), "[]"}, {at(6, 8), of("link"), "[]"}, {at(7, 8), of("link"), "[link]"},
		}},
		{"on a weekend where the team wants it", weekends, []look{{at(5, 8), of("link"), "[link]"}}},
		{"a server that was down tells later, but not at night", Usual(), []look{
			{at(1, 21), of("link"), "[]"}, {at(2, 11), of("link"), "[link]"},
		}},
		{"what is urgent does not wait, but leaves a pause", urgent, []look{
			{at(1, 8), of("s1"), "[s1]"}, {at(1, 11), of("link"), "[]"}, {at(1, 13), of("link", "s2"), "[link]"}, {at(1, 19), of("link", "h"), "[h]"},
			{at(1, 23), of("l2"), "[]"}, {at(2, 8), of("l2", "s2"), "[l2 s2]"},
		}},
		{"a kind that is off is not told", quietly, []look{{at(1, 8), of("link", "s1"), "[s1]"}}},
		{"three Japanese holidays in a row are no mornings", Usual(), []look{
			{at(21, 8), of("link"), "[]"}, {at(22, 8), of("link"), "[]"}, {at(23, 8), of("link"), "[]"}, {at(24, 8), of("link"), "[link]"},
		}},
	} {
		var b Book
		for _, day := range c.days {
			var told []Cause
			if b, told = b.Look(day.causes, c.s, day.at, ""); keysOf(told) != day.want {
				t.Errorf("%s: on %s told %s, want %s", c.name, day.at.Now.Format("01-02 15h"), keysOf(told), day.want)
			}
		}
	}
}

// TestOneCauseUnderTwoNames: out of reach is behind as well, and coming back within reach
// is no news of being behind.
func TestOneCauseUnderTwoNames(t *testing.T) {
	t.Parallel()
	far := []Cause{{Key: "pace:k:far", Also: []string{"pace:k"}, Kind: Pace}}
	behind := []Cause{{Key: "pace:k", Kind: Pace}}
	var b Book
	var told []Cause
	for n, c := range []struct {
		causes []Cause
		want   string
	}{{far, "[]"}, {far, "[pace:k:far]"}, {behind, "[]"}, {behind, "[]"}} {
		if b, told = b.Look(c.causes, Usual(), at(n+1, 8), ""); keysOf(told) != c.want {
			t.Errorf("day %d: %s, want %s", n+1, keysOf(told), c.want)
		}
	}
	b = Book{}
	for n, c := range []struct {
		causes []Cause
		want   string
	}{{behind, "[]"}, {behind, "[pace:k]"}, {far, "[]"}, {far, "[pace:k:far]"}} {
		if b, told = b.Look(c.causes, Usual(), at(n+1, 8), ""); keysOf(told) != c.want {
			t.Errorf("it gets worse, day %d: %s, want %s", n+1, keysOf(told), c.want)
		}
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	b, _ := Book{}.Look(nil, Usual(), at(1, 8), "v1")
	urgent := Usual()
	urgent.Urgent = true
	for _, c := range []struct {
		name string
		s    Settings
		at   Moment
		seen string
		want bool
	}{
		{"just looked", Usual(), at(1, 8), "v2", false},
		{"the numbers changed", Usual(), at(1, 9), "v2", true},
		{"nothing changed", Usual(), at(1, 15), "v1", false},
		{"urgent things grow old", urgent, at(1, 15), "v1", true},
		{"but not at night", urgent, at(1, 22), "v1", false},
		{"too early", Usual(), at(2, 7), "v1", false},
		{"the next morning", Usual(), at(2, 8), "v1", true},
		{"the clock went back", Usual(), at(1, 3), "v1", true},
	} {
		if got := b.Due(c.s, c.at, c.seen); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestWeeksOfAlerts simulates weeks with causes that come and go, and looks at any hour. A
// cause is told once until it has been gone long enough, one morning is one message, and
// nobody is disturbed in quiet hours or on closed days.
func TestWeeksOfAlerts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Usual()
		s.Urgent = rapid.Bool().Draw(t, "urgent")
		s.Closed = rapid.Bool().Draw(t, "closed days")
		s.Hour = rapid.IntRange(8, 19).Draw(t, "hour")
		cal := series.NewCalendar(nil)
		all := []string{"p1", "p2", "link1", "h1", "s1", "s2"}
		var b Book
		lastTold, goneSince := map[string]series.Day{}, map[string]series.Day{}
		stood := map[string]int{}
		messages := map[series.Day]int{}
		first := time.Date(2026, 9, 1, 0, 0, 0, 0, tokyo)
		for day := range 70 {
			there := slices.DeleteFunc(slices.Clone(all), func(string) bool { return rapid.IntRange(0, 3).Draw(t, "gone") == 0 })
			for _, key := range all {
				if slices.Contains(there, key) {
					stood[key]++
				} else {
					stood[key] = 0
				}
			}
			for _, hour := range rapid.SliceOfNDistinct(rapid.IntRange(0, 23), 1, 5, rapid.ID[int]).Draw(t, "looks") {
				now := first.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
				today := series.DayOf(now)
				m := Moment{Now: now, Open: cal.IsBusinessDay(today)}
				var told []Cause
				b, told = b.Look(of(there...), s, m, "")
				for _, key := range all {
					if slices.Contains(there, key) {
						delete(goneSince, key)
					} else if goneSince[key] == 0 {
						goneSince[key] = today
					}
					if since := goneSince[key]; since != 0 && lastTold[key] != 0 && int(today-since) >= natures[of(key)[0].Kind].rearm {
						delete(lastTold, key) // it may be told again
					}
				}
				if len(told) == 0 {
					continue
				}
				messages[today]++
				if s.quiet(hour) || !m.Open && !s.Closed {
					t.Fatalf("told at %s", now)
				}
				for _, c := range told {
					if lastTold[c.Key] != 0 {
						t.Fatalf("%s was told on %s and again on %s", c.Key, lastTold[c.Key], today)
					}
					if stood[c.Key] < natures[c.Kind].settle {
						t.Fatalf("%s was told after %d days", c.Key, stood[c.Key])
					}
					lastTold[c.Key] = today
				}
			}
			if day := series.DayOf(first) + series.Day(day); !s.Urgent && messages[day] > 1 || messages[day] > 4 {
				t.Fatalf("%d messages on %s", messages[day], day)
			}
		}
	})
}
