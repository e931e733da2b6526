package condition_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// A replay is asking the naive model every half day, which is when things change here.
func TestReplayIsAskingAllTheTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCondition(2).Draw(t, "condition")
		persons := rapid.SliceOfN(anyPerson(c), 1, 3).Draw(t, "people")
		first := persons[0].DayOf(noon)
		span := series.Span{From: first - series.Day(rapid.IntRange(0, 5).Draw(t, "from")), To: first + series.Day(rapid.IntRange(0, 5).Draw(t, "to"))}
		r := condition.NewReplay(c, span, persons[0].DayOf, func(person uint32, leaf *condition.Condition) condition.Verdict {
			return naive(*leaf, persons[person])
		})
		var want condition.Replayed
		for _, d := range r.Result().Days {
			want.Days = append(want.Days, condition.ReplayedDay{Day: d.Day})
		}
		for day := span.From; day <= span.To; day++ {
			if monday := day - series.Day(int(day.Weekday()+6)%7); !slices.ContainsFunc(want.Weeks, func(w condition.ReplayedDay) bool { return w.Day == monday }) {
				want.Weeks = append(want.Weeks, condition.ReplayedDay{Day: monday})
			}
		}
		for number, p := range persons {
			// Dates are taken as of today by a replay: the model must not let them move.
			for key := range p.properties {
				if key != "industry" {
					delete(p.properties, key)
				}
			}
			var doings []condition.Doing
			for i := range p.events {
				e := &p.events[i]
				d := condition.Doing{Person: uint32(number), Cookieless: p.cookieless, At: e.At}
				for bit, w := range r.Watched() {
					if w.Matcher.Matches(e) {
						d.Which |= 1 << bit
					}
				}
				if d.Which != 0 {
					doings = append(doings, d)
				}
			}
			days, weeks := map[series.Day]bool{}, map[series.Day]bool{}
			p.now = noon - 30*condition.Day
			before := naive(c, p)
			for ; p.now < noon+30*condition.Day; p.now += condition.Day / 2 {
				v := naive(c, p)
				if day := p.DayOf(p.now); v == condition.Yes && before != condition.Yes && span.Contains(day) {
					want.Entries++
					days[day], weeks[day-series.Day(int(day.Weekday()+6)%7)] = true, true
				}
				before = v
			}
			if len(days) > 0 {
				want.People++
			}
			for i := range want.Days {
				if days[want.Days[i].Day] {
					want.Days[i].People++
				}
			}
			for i := range want.Weeks {
				if weeks[want.Weeks[i].Day] {
					want.Weeks[i].People++
				}
			}
			slices.Reverse(doings)
			r.Person(doings)
		}
		if diff := cmp.Diff(want, r.Result()); diff != "" {
			t.Fatalf("%+v (-want +got):\n%s", c, diff)
		}
	})
}

func TestReplayAsksFarEnoughBack(t *testing.T) {
	did := func(days int) condition.Condition {
		return condition.Condition{Did: &condition.Did{Matcher: condition.Matcher{Page: "/price"}, Days: days}}
	}
	for _, c := range []struct {
		condition condition.Condition
		back      int
	}{
		{did(7), 8}, {did(0), 0}, {condition.Condition{All: []condition.Condition{did(7), did(30)}}, 31}, {condition.Condition{Tag: "a"}, 2},
	} {
		r := condition.NewReplay(c.condition, series.Span{From: 1, To: 2}, func(event.Millis) series.Day { return 1 }, nil)
		if r.Back() != c.back {
			t.Errorf("%+v goes %d days back, want %d", c.condition, r.Back(), c.back)
		}
	}
}
