package automation

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

var tokyo = time.FixedZone("Asia/Tokyo", 9*3600)

// anyFacts answer by chance, but the same for the same question at the same moment.
type anyFacts struct {
	now  event.Millis
	draw func() bool
}

func (f anyFacts) Holds(condition.Condition) bool { return f.draw() }

func (f anyFacts) Happened(_ condition.Matcher, after event.Millis) (event.Millis, bool) {
	if f.draw() {
		return after + 1, true // it may lie ahead of the clock
	}
	return 0, false
}

// anyDefinition draws graphs with every kind of step; rounds always lead through a wait.
func anyDefinition(t *rapid.T) *Definition {
	n := rapid.IntRange(1, 12).Draw(t, "steps")
	d := &Definition{Name: "n", KPI: "k", Trigger: Trigger{Event: &condition.Matcher{Event: "e"}}}
	id := func(k int) string {
		if k >= n {
			return ""
		}
		return fmt.Sprintf("s%d", k)
	}
	for k := range n {
		ahead := func(name string) string { return id(rapid.IntRange(k+1, n).Draw(t, name)) }
		s := Step{ID: id(k), Next: id(k + 1)}
		switch rapid.IntRange(0, 8).Draw(t, "kind") {
		case 0:
			s.Mail = &Mail{Template: "t"}
		case 1:
			s.Webhook = &Webhook{URL: "https://example.jp/hook"}
		case 2:
			s.Notify = &Notify{Channel: "owner", Text: "x"}
		case 3:
			s.Tag = &Tag{Add: []string{"a"}}
		case 4:
			s.Score = &Points{Card: "c", Points: 1}
		case 5:
			s.Branch, s.Next = &Branch{Then: id(k + 1), Else: ahead("else")}, ""
		case 6:
			s.Goal = &Goal{}
		case 7:
			s.Wait = &Wait{Event: &condition.Matcher{Event: "e"}, Timeout: &Span{rapid.IntRange(1, 50).Draw(t, "t"), "hours"}, Then: id(rapid.IntRange(0, n).Draw(t, "then"))}
		default:
			s.Wait = &Wait{For: &Span{rapid.IntRange(1, 90).Draw(t, "for"), "minutes"}}
			if rapid.Bool().Draw(t, "back") {
				s.Next = id(rapid.IntRange(0, k).Draw(t, "to"))
			}
		}
		d.Steps = append(d.Steps, s)
	}
	return d
}

// Whatever the graph and the facts: every advance comes to an end, no key is ever there
// twice, the clock never goes back within a journey, and deciding again decides the same.
func TestJourneysHandNothingOverTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t)
		if rapid.Bool().Draw(t, "goal") {
			d.Goal = &condition.Condition{}
		}
		now := event.Millis(1_790_000_000_000)
		latest := now
		j := Enter("a", 1, d, contact.ID(rapid.StringMatching(`c[0-9]{3}`).Draw(t, "who")), 1, now)
		keys := map[string]bool{}
		for range 60 {
			answers := rapid.SliceOfN(rapid.IntRange(0, 9), 40, 40).Draw(t, "answers")
			facts := func() anyFacts {
				k := 0
				return anyFacts{now, func() bool { k++; return answers[k%len(answers)] < 3 }}
			}
			before := j
			next, effects := Advance(d, before, facts(), now, tokyo)
			again, same := Advance(d, before, facts(), now, tokyo)
			if fmt.Sprint(again) != fmt.Sprint(next) || len(same) != len(effects) {
				t.Fatalf("decided again it is another: %+v, it was %+v", again, next)
			}
			if before.State != Inside && (len(effects) > 0 || next.State != before.State) {
				t.Fatalf("%s goes on: %+v", before.State, effects)
			}
			if next.State == Inside && next.WakeAt <= now {
				t.Fatalf("inside at %q, to be looked at at %d, which is past %d", next.Step, next.WakeAt, now)
			}
			if next.Since < before.Since {
				t.Fatalf("since %d, it was %d", next.Since, before.Since)
			}
			for _, e := range effects {
				if e.Item == nil {
					continue
				}
				if keys[e.Item.Key] {
					t.Fatalf("%q is handed over twice", e.Item.Key)
				}
				keys[e.Item.Key] = true
			}
			j = next
			// The clock goes on, stands still, or is set back a little.
			// Never so far that it is taken for one that was wrong before.
			now = max(now+event.Millis(rapid.Int64Range(-60_000, 5_000_000).Draw(t, "later")), latest-setBack)
			latest = max(latest, now)
		}
	})
}

func TestHeldPeopleCauseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t)
		share := 0.5
		d.Holdout = &share
		who := contact.ID(rapid.String().Draw(t, "who"))
		j := Enter("a", 1, d, who, 1, 0)
		held := HeldOut("a", who, share)
		if (j.State == Held) != held {
			t.Fatalf("drawn %v, entered as %s", held, j.State)
		}
		if !held {
			return
		}
		for now := range event.Millis(5) {
			var effects []Effect
			if j, effects = Advance(d, j, anyFacts{now, func() bool { return true }}, now*dayMillis, tokyo); len(effects) > 0 || j.State != Held {
				t.Fatalf("%+v %+v", j, effects)
			}
		}
	})
}

// The draw is even, independent between automations, and grows without letting go.
func TestTheHoldoutIsDrawnOnce(t *testing.T) {
	const people = 20_000
	held, both := 0, 0
	for k := range people {
		who := contact.ID(fmt.Sprintf("contact%d", k))
		a, b := HeldOut("a", who, 0.1), HeldOut("b", who, 0.1)
		if a {
			held++
			if !HeldOut("a", who, 0.2) {
				t.Fatalf("%s is let go by a larger share", who)
			}
			if b {
				both++
			}
		}
		if HeldOut("a", who, 0) || !HeldOut("a", who, 1) {
			t.Fatal("nobody is held by 0 and everybody by 1")
		}
	}
	if held < 1850 || held > 2150 || both < 150 || both > 250 {
		t.Errorf("%d of %d held, %d in both", held, people, both)
	}
}

func TestAClockThatWasWrongHoldsNobodyForEver(t *testing.T) {
	d := &Definition{Steps: []Step{{ID: "w", Wait: &Wait{For: &Span{1, "hours"}}, Next: "m"}, {ID: "m", Mail: &Mail{Template: "t"}}}}
	var zero float64
	d.Holdout = &zero
	year := event.Millis(366 * dayMillis)
	j, _ := Advance(d, Enter("a", 1, d, "c", 1, year), anyFacts{}, year, tokyo)
	j, effects := Advance(d, j, anyFacts{}, 1000, tokyo) // the clock is put right
	if len(effects) != 0 || j.WakeAt != 1000+3_600_000 {
		t.Fatalf("%+v, %d effects", j, len(effects))
	}
	if j, effects = Advance(d, j, anyFacts{}, j.WakeAt, tokyo); len(effects) != 1 || j.State != Ended {
		t.Errorf("%+v, %d effects", j, len(effects))
	}
}

func TestHandingOverAtTheRightTime(t *testing.T) {
	at := func(text string) event.Millis {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, tokyo)
		if err != nil {
			t.Fatal(err)
		}
		return event.Millis(moment.UnixMilli())
	}
	night := &Quiet{From: "21:00", To: "08:00"}
	noon := &Quiet{From: "12:00", To: "13:00"}
	for _, c := range []struct {
		q         *Quiet
		now, open string
	}{
		{night, "2026-11-22 20:59", "2026-11-22 20:59"}, {night, "2026-11-22 21:00", "2026-11-23 08:00"},
		{night, "2026-11-23 07:59", "2026-11-23 08:00"}, {night, "2026-12-31 23:00", "2027-01-01 08:00"},
		{noon, "2026-11-22 12:30", "2026-11-22 13:00"}, {noon, "2026-11-22 13:00", "2026-11-22 13:00"},
		{nil, "2026-11-22 03:00", "2026-11-22 03:00"},
	} {
		if got := c.q.Open(at(c.now), tokyo); got != at(c.open) {
			t.Errorf("%+v at %s: %s", c.q, c.now, time.UnixMilli(int64(got)).In(tokyo))
		}
	}
	for _, c := range []struct{ since, want string }{
		{"2026-11-22 09:00", "2026-11-23 09:00"}, // a Sunday: Monday is next
		{"2026-11-23 08:59", "2026-11-23 09:00"}, {"2026-11-23 09:00", "2026-11-26 09:00"}, {"2026-11-26 10:00", "2026-11-30 09:00"},
	} {
		if got := (&Until{Weekdays: []string{"mon", "thu"}, Time: "09:00"}).after(at(c.since), tokyo); got != at(c.want) {
			t.Errorf("after %s: %s", c.since, time.UnixMilli(int64(got)).In(tokyo))
		}
	}
	for _, c := range []struct {
		d           Date
		date, after string
		want        string
	}{
		{Date{Days: -3}, "2026-12-01 00:00", "2026-11-22 00:00", "2026-11-28 09:00"},
		{Date{Days: -3}, "2026-11-20 00:00", "2026-11-22 00:00", ""},
		{Date{Yearly: true, Time: "07:30"}, "1990-11-20 00:00", "2026-11-22 00:00", "2027-11-20 07:30"},
		{Date{Yearly: true, Days: 5}, "1990-12-30 00:00", "2027-01-01 00:00", "2027-01-04 09:00"},
		{Date{Yearly: true}, "2024-02-29 00:00", "2026-01-01 00:00", "2026-02-28 09:00"},
	} {
		got, ok := c.d.Next(at(c.date), at(c.after), tokyo)
		if ok != (c.want != "") || ok && got != at(c.want) {
			t.Errorf("%+v of %s after %s: %v %s", c.d, c.date, c.after, ok, time.UnixMilli(int64(got)).In(tokyo))
		}
	}
	if (&Cap{Mails: 2, Days: 7}).Full(1) || !(&Cap{Mails: 2, Days: 7}).Full(2) || (*Cap)(nil).Full(100) {
		t.Error("the cap is another")
	}
	for _, c := range []struct {
		r       Reentry
		entries int
		inside  bool
		days    int
		may     bool
	}{
		{Reentry{}, 0, false, 0, true}, {Reentry{}, 1, false, 500, false}, {Reentry{Mode: "always"}, 3, false, 0, true},
		{Reentry{Mode: "always"}, 1, true, 9, false}, {Reentry{Mode: "after", Days: 7}, 1, false, 6, false}, {Reentry{Mode: "after", Days: 7}, 1, false, 7, true},
	} {
		if got := c.r.MayEnter(c.entries, c.inside, 0, event.Millis(c.days)*dayMillis); got != c.may {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
