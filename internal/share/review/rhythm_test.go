package review_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/words"
)

func day(s string) series.Day {
	d, err := series.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

var april = review.Calendars{Days: series.NewCalendar([]series.Day{day("2026-12-07"), day("2026-12-28")}), Fiscal: series.Fiscal{StartMonth: 4}}

// Each rhythm, the day after which it is asked, and when it comes round next.
func TestRhythms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rhythm      review.Rhythm
		after, want string
		said, saidE string
	}{
		{review.Rhythm{Every: "week", Weekday: 5, Closed: "later"}, "2026-11-20", "2026-11-27", "毎週金曜日の10:00から60分", "Every Friday at 10:00, for 60 minutes"},
		// 23 November is a holiday: the Monday's review is on Tuesday.
		{review.Rhythm{Every: "week", Weekday: 1, Closed: "later"}, "2026-11-20", "2026-11-24", "毎週月曜日の10:00から60分", "Every Monday at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "week", Weekday: 1, Closed: "earlier"}, "2026-11-19", "2026-11-20", "毎週月曜日の10:00から60分", "Every Monday at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "week", Weekday: 1, Closed: "stay"}, "2026-11-20", "2026-11-23", "毎週月曜日の10:00から60分", "Every Monday at 10:00, for 60 minutes"},
		// The first Monday of December is the team's own closed day.
		{review.Rhythm{Every: "month", By: "weekday", Weekday: 1, Nth: 1, Closed: "later"}, "2026-11-22", "2026-12-08", "毎月第1月曜日の10:00から60分", "Every month on the 1st Monday at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "month", By: "weekday", Weekday: 5, Nth: -1, Closed: "stay"}, "2026-11-01", "2026-11-27", "毎月最後の金曜日の10:00から60分", "Every month on the last Friday at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "month", By: "day", Nth: 31, Closed: "earlier"}, "2026-11-30", "2026-12-25", "毎月末日の10:00から60分", "Every month on the last day at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "month", By: "day", Nth: 31, Closed: "stay"}, "2027-02-01", "2027-02-28", "毎月末日の10:00から60分", "Every month on the last day at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "month", By: "business", Nth: 3, Closed: "later"}, "2026-12-31", "2027-01-06", "毎月3番目の営業日の10:00から60分", "Every month on the 3rd business day at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "month", By: "business", Nth: -1, Closed: "later"}, "2026-12-01", "2026-12-25", "毎月最後の営業日の10:00から60分", "Every month on the last business day at 10:00, for 60 minutes"},
		{review.Rhythm{Every: "quarter", Month: 2, By: "weekday", Weekday: 3, Nth: 2, Closed: "later"}, "2026-11-22", "2027-02-10", "四半期の2か月目の第2水曜日の10:00から60分", "Each quarter, on the 2nd Wednesday of its 2nd month at 10:00, for 60 minutes"},
	} {
		c.rhythm.At, c.rhythm.Lasts = 600, 60
		if fault := c.rhythm.Check(); fault != nil {
			t.Errorf("%+v: %s", c.rhythm, fault.What.EN)
		}
		if got := c.rhythm.Next(day(c.after), april); got != day(c.want) {
			t.Errorf("%s after %s: %s, not %s", c.saidE, c.after, got, c.want)
		}
		if said := c.rhythm.Sentence(); said != (words.Text{JA: c.said, EN: c.saidE}) {
			t.Errorf("%q / %q", said.JA, said.EN)
		}
	}
}

// Who missed one is called to the next, from the day on that its invitation leaves; not to each
// that was missed.
func TestMissedReviews(t *testing.T) {
	t.Parallel()
	weekly := review.Plan{Rhythm: review.Rhythm{Every: "week", Weekday: 3, Closed: "stay", At: 600, Lasts: 60}, From: day("2026-10-01"), Before: 2}
	for today, want := range map[string]string{
		"2026-10-05": "2026-10-07", "2026-10-07": "2026-10-07", // it comes
		"2026-10-08": "2026-10-07",                             // missed
		"2026-10-09": "2026-10-14", "2026-10-14": "2026-10-14", // people are invited to the next: the 12th is a holiday
		"2026-11-05": "2026-11-04", "2026-11-09": "2026-11-11", // five weeks away
	} {
		if due, held := weekly.Coming(0, day(today), april); due != day(want) || held != due {
			t.Errorf("on %s: %s, not %s", today, due, want)
		}
	}
	weekly.Moved = &review.Moved{Due: day("2026-10-07"), To: day("2026-10-09")}
	if due, held := weekly.Coming(0, day("2026-10-08"), april); due != day("2026-10-07") || held != day("2026-10-09") {
		t.Errorf("moved: %s on %s", due, held)
	}
}

func anyRhythm(t *rapid.T) review.Rhythm {
	r := review.Rhythm{
		Every: rapid.SampledFrom([]review.Every{"week", "month", "quarter"}).Draw(t, "every"), By: rapid.SampledFrom([]string{"weekday", "day", "business"}).Draw(t, "by"),
		Weekday: rapid.IntRange(0, 6).Draw(t, "weekday"), Month: rapid.IntRange(1, 3).Draw(t, "month"),
		Closed: rapid.SampledFrom([]string{"later", "earlier", "stay"}).Draw(t, "closed"), At: rapid.IntRange(0, 1439).Draw(t, "at"), Lasts: 30,
	}
	most := map[string]int{"weekday": 4, "day": 31, "business": 15}[r.By]
	r.Nth = rapid.IntRange(1, most).Draw(t, "nth")
	if rapid.Bool().Draw(t, "from the end") {
		r.Nth = -r.Nth
	}
	return r
}

// The next review always lies ahead, is the first that does, and is held on a day on which
// the office works unless somebody wants it so.
func TestRhythmLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyRhythm(t)
		if fault := r.Check(); fault != nil {
			t.Fatalf("%s", fault.What.EN)
		}
		after := day("2024-01-01") + series.Day(rapid.IntRange(0, 2000).Draw(t, "after"))
		next := r.Next(after, april)
		if next <= after {
			t.Fatalf("%s is not after %s", next, after)
		}
		longest := map[review.Every]series.Day{"week": 7 + 31, "month": 62 + 31, "quarter": 184 + 31}[r.Every]
		if next-after > longest {
			t.Fatalf("%s comes %d days after %s", next, next-after, after)
		}
		if again := r.Next(next-1, april); again != next {
			t.Fatalf("asked the day before %s it is %s", next, again)
		}
		if (r.Closed != "stay" || r.By == "business" && r.Every != "week") && !april.Days.IsBusinessDay(next) {
			t.Fatalf("%s is a day off", next)
		}
		if later := r.Next(after+series.Day(rapid.IntRange(0, 90).Draw(t, "later")), april); later < next {
			t.Fatalf("asked later it comes sooner: %s before %s", later, next)
		}
	})
}

func TestRhythmsThatNeverCome(t *testing.T) {
	t.Parallel()
	whole := review.Rhythm{Every: "month", By: "day", Nth: 1, Closed: "later", Lasts: 60}
	for field, change := range map[string]func(*review.Rhythm){
		"every": func(r *review.Rhythm) { r.Every = "year" }, "nth": func(r *review.Rhythm) { r.Nth = 32 }, "closed": func(r *review.Rhythm) { r.Closed = "" },
		"at": func(r *review.Rhythm) { r.At = 1440 }, "lasts": func(r *review.Rhythm) { r.Lasts = 0 }, "month": func(r *review.Rhythm) { r.Every = "quarter" },
		"weekday": func(r *review.Rhythm) { r.By, r.Weekday = "weekday", 7 },
	} {
		r := whole
		change(&r)
		if fault := r.Check(); fault == nil || fault.Field != field || fault.What.JA == "" || fault.What.EN == "" {
			t.Errorf("%s: %+v", field, fault)
		}
	}
}
