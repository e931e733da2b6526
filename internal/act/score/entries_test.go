package score

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Somebody comes into a stretch of points at the moment they do what lifts them, and by
// time alone when points fade into it.
func TestEntries(t *testing.T) {
	t.Parallel()
	card := Card{Name: "a", Behaviour: []Rule{{ID: "p", Name: "price", Matcher: condition.Matcher{Page: "/price"}, Points: 10, Decay: &Decay{Kind: Linear, Days: 10}}}}
	s := compile(t, card)
	start := on(6, 1, 9, 0)
	for _, c := range []struct {
		name        string
		done        []event.Millis // days after the start
		least, most int            // points; most 0 is without end
		want        []event.Millis
	}{
		{"never", []event.Millis{1}, 11, 0, nil},
		{"the second lifts them", []event.Millis{1, 2}, 19, 0, []event.Millis{2 * day}},
		{"faded in between, and again", []event.Millis{1, 2, 12, 13}, 19, 0, []event.Millis{2 * day, 13 * day}},
		{"before the stretch", []event.Millis{-1}, 5, 0, nil},
		{"fading into it", []event.Millis{1}, 4, 6, []event.Millis{5*day + 1}},
	} {
		var rows []Row
		for _, at := range c.done {
			rows = append(rows, Row{"c:1", "/price", start + at*day})
		}
		var below *Points
		if c.most > 0 {
			most := Points(c.most) * Point
			below = &most
		}
		err := s.Entries(seq(rows), nil, Points(c.least)*Point, below, start, start+30*day, func(who string, at []event.Millis) error {
			for i := range at {
				at[i] -= start
			}
			near := slices.EqualFunc(at, c.want, func(a, b event.Millis) bool { return a-b <= 60_000 && b-a <= 60_000 })
			if who != "c:1" || !near {
				t.Errorf("%s: %s came at %v, not %v", c.name, who, at, c.want)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// At each entry the points are within the stretch, and just before they were not; what time
// alone does is told to the resolution of NextChange.
func TestEntriesAreEntries(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, _ := Compile(drawCard(t, anyPoints), tokyo, plain)
		f := drawFacts(t)
		line := Points(rapid.IntRange(-20, 40).Draw(t, "line")) * Point
		below := line + Points(rapid.IntRange(1, 30).Draw(t, "above"))*Point
		within := func(p Points) bool { return p >= line && p < below }
		var rows []Row
		for _, w := range pages {
			for _, o := range f.done[condition.Watch(w)] {
				rows = append(rows, Row{"c:1", condition.Watch(w), o.At})
			}
		}
		since := f.now - 20*day
		err := s.Entries(seq(rows), func(string) condition.Facts { return facts{is: f.is} }, line, &below, since, f.now, func(_ string, came []event.Millis) error {
			last := since - 1
			for _, at := range came {
				if at <= last || at > f.now || !within(s.Total(f.at(at))) || within(s.Total(f.at(at-1))) && within(s.Total(f.at(max(last, at-resolution)))) {
					t.Errorf("came in at %d with %d points, %d before", at, s.Total(f.at(at)), s.Total(f.at(at-1)))
				}
				last = at
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
