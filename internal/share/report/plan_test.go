package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

var tokyo = time.FixedZone("JST", 9*3600)

func TestNext(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, tokyo)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	const half = 8*60 + 30
	closed := series.NewCalendar([]series.Day{series.Date(2026, 11, 24)})
	for _, c := range []struct {
		what  string
		plan  Plan
		after string
		want  string
	}{
		{"later the same day", Plan{Rhythm: Daily, Minute: half, Holidays: SendAnyway}, "2026-11-22 08:29", "2026-11-22 08:30"},
		{"never the same moment again", Plan{Rhythm: Daily, Minute: half, Holidays: SendAnyway}, "2026-11-22 08:30", "2026-11-23 08:30"},
		{"over a long weekend and a closed day", Plan{Rhythm: Daily, Minute: half, Holidays: LeaveOut}, "2026-11-20 12:00", "2026-11-25 08:30"},
		{"put off, once only", Plan{Rhythm: Daily, Minute: half, Holidays: NextWorkday}, "2026-11-20 12:00", "2026-11-25 08:30"},
		{"Monday is a holiday: Wednesday", Plan{Rhythm: Weekly, Weekday: time.Monday, Minute: half, Holidays: NextWorkday}, "2026-11-21 12:00", "2026-11-25 08:30"},
		{"put off and still to come", Plan{Rhythm: Weekly, Weekday: time.Monday, Minute: half, Holidays: NextWorkday}, "2026-11-24 12:00", "2026-11-25 08:30"},
		{"the week is left out", Plan{Rhythm: Weekly, Weekday: time.Monday, Minute: half, Holidays: LeaveOut}, "2026-11-21 12:00", "2026-11-30 08:30"},
		{"the holiday itself", Plan{Rhythm: Weekly, Weekday: time.Monday, Minute: half, Holidays: SendAnyway}, "2026-11-21 12:00", "2026-11-23 08:30"},
		{"the last of a short month", Plan{Rhythm: Monthly, Day: 31, Minute: 0, Holidays: SendAnyway}, "2027-02-01 00:00", "2027-02-28 00:00"},
		{"the 30th of February is its last", Plan{Rhythm: Monthly, Day: 30, Minute: 0, Holidays: SendAnyway}, "2027-01-31 00:00", "2027-02-28 00:00"},
		{"new year's days", Plan{Rhythm: Monthly, Day: 1, Minute: half, Holidays: NextWorkday}, "2026-12-20 00:00", "2027-01-04 08:30"},
		{"after the year", Plan{Rhythm: Monthly, Day: 15, Minute: 23*60 + 59, Holidays: SendAnyway}, "2026-12-15 23:59", "2027-01-15 23:59"},
	} {
		if got := c.plan.Next(at(c.after), tokyo, closed); !got.Equal(at(c.want)) {
			t.Errorf("%s: after %s comes %s, not %s", c.what, c.after, got, c.want)
		}
	}
	for _, wrong := range []Plan{{}, {Rhythm: Once, Holidays: SendAnyway}, {Rhythm: Monthly, Holidays: SendAnyway}, {Rhythm: Daily, Minute: 1440, Holidays: SendAnyway}, {Rhythm: Weekly, Weekday: 7, Holidays: SendAnyway}, {Rhythm: Daily}} {
		if wrong.Known() || !wrong.Next(at("2026-11-22 00:00"), tokyo, closed).IsZero() {
			t.Errorf("%+v is taken for a plan", wrong)
		}
	}
}

// However often one asks: what comes is later, by the clock on the wall, on a day of work
// where that was wished; and no moment between is passed over.
func TestNextIsLawful(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no zones on this machine")
	}
	rapid.Check(t, func(t *rapid.T) {
		plan := Plan{
			Rhythm:  rapid.SampledFrom([]Rhythm{Daily, Weekly, Monthly}).Draw(t, "rhythm"),
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday")), Day: rapid.IntRange(1, 31).Draw(t, "day"),
			Minute: rapid.IntRange(0, 1439).Draw(t, "minute"), Holidays: rapid.SampledFrom([]Holidays{SendAnyway, NextWorkday, LeaveOut}).Draw(t, "holidays"),
		}
		zone := rapid.SampledFrom([]*time.Location{tokyo, newYork, time.UTC}).Draw(t, "zone")
		calendar := series.NewCalendar(nil)
		after := time.Unix(int64(rapid.IntRange(1_700_000_000, 1_900_000_000).Draw(t, "after")), 0)
		next := plan.Next(after, zone, calendar)
		if weekend := plan.Weekday == time.Sunday || plan.Weekday == time.Saturday; plan.Rhythm == Weekly && weekend && plan.Holidays == LeaveOut {
			if !next.IsZero() {
				t.Fatalf("%+v: nobody works on weekends, but it comes on %s", plan, next)
			}
			return
		}
		if !next.After(after) {
			t.Fatalf("%+v after %s: %s", plan, after, next)
		}
		here := next.In(zone)
		if minutes := here.Hour()*60 + here.Minute(); minutes != plan.Minute && zone != newYork {
			t.Fatalf("%+v: at %s", plan, here)
		}
		if day := series.DayOf(here); plan.Holidays != SendAnyway && !calendar.IsBusinessDay(day) {
			t.Fatalf("%+v: on %s, when nobody works", plan, day)
		}
		between := after.Add(time.Duration(rapid.Int64Range(0, int64(next.Sub(after))-1).Draw(t, "between")))
		if again := plan.Next(between, zone, calendar); !again.Equal(next) {
			t.Fatalf("%+v after %s: %s, but after %s: %s", plan, after, next, between, again)
		}
	})
}

func TestPlanInWords(t *testing.T) {
	t.Parallel()
	for want, plan := range map[string]Plan{
		"毎週月曜 8:30 / every Monday at 8:30":               {Rhythm: Weekly, Weekday: time.Monday, Minute: 510, Holidays: NextWorkday},
		"毎月1日 9:00 / on day 1 of each month at 9:00":     {Rhythm: Monthly, Day: 1, Minute: 540, Holidays: NextWorkday},
		"毎月末 18:05 / on the last of each month at 18:05": {Rhythm: Monthly, Day: 31, Minute: 1085, Holidays: SendAnyway},
		"毎日 7:00 / every day at 7:00":                    {Rhythm: Daily, Minute: 420, Holidays: SendAnyway},
		"営業日ごとに 7:00 / every working day at 7:00":        {Rhythm: Daily, Minute: 420, Holidays: LeaveOut},
	} {
		if got := plan.In(words.JA) + " / " + plan.In(words.EN); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}
