package series_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

func TestDayKinds(t *testing.T) {
	t.Parallel()
	c := series.NewCalendar([]series.Day{day(t, "2026-12-28"), day(t, "2026-08-14"), day(t, "2026-12-28")})
	for s, want := range map[string]struct {
		kind     series.DayKind
		business bool
	}{
		"2026-08-19": {series.Workday, true},
		"2026-08-22": {series.Saturday, false},
		"2026-08-23": {series.Sunday, false},
		"2026-08-11": {series.Holiday, false},
		"2026-09-22": {series.Holiday, false},
		"2026-08-12": {series.Workday, true},
		"2026-08-13": {series.Obon, true},
		"2026-08-14": {series.Closed, false}, // the team's word over Obon
		"2026-08-15": {series.Obon, false},   // a Saturday
		"2026-08-17": {series.Workday, true},
		"2026-04-28": {series.Workday, true},
		"2026-04-29": {series.GoldenWeek, false},
		"2026-04-30": {series.GoldenWeek, true}, // between the holidays, offices work
		"2026-05-02": {series.GoldenWeek, false},
		"2026-05-05": {series.GoldenWeek, false},
		"2026-05-06": {series.GoldenWeek, false}, // the substitute for Sunday, May 3
		"2026-05-07": {series.Workday, true},
		"2027-05-06": {series.Workday, true}, // no substitute that year
		"2023-05-06": {series.Saturday, false},
		"2026-12-28": {series.Closed, false},
		"2026-12-29": {series.NewYear, false},
		"2027-01-01": {series.NewYear, false},
		"2027-01-03": {series.NewYear, false},
		"2027-01-04": {series.Workday, true},
	} {
		d := day(t, s)
		if got := c.Kind(d); got != want.kind {
			t.Errorf("%s is %v, want %v", s, got, want.kind)
		}
		if got := c.IsBusinessDay(d); got != want.business {
			t.Errorf("%s is a business day: %v, want %v", s, got, want.business)
		}
	}
}

func TestNilCalendarHasNoClosedDays(t *testing.T) {
	t.Parallel()
	var c *series.Calendar
	if got := c.Kind(day(t, "2026-12-28")); got != series.Workday {
		t.Errorf("kind %v", got)
	}
}

func TestBusinessDaysOfMonths(t *testing.T) {
	t.Parallel()
	c := series.NewCalendar([]series.Day{day(t, "2026-12-28")})
	for s, want := range map[string]int{
		"2026-04-01..2026-04-30": 21,
		"2026-05-01..2026-05-31": 18,
		"2026-09-01..2026-09-30": 19,
		"2026-12-01..2026-12-31": 19, // without the closed 28th and the break from the 29th
		"2027-01-01..2027-01-31": 19,
	} {
		if got := c.BusinessDays(span(t, s)); got != want {
			t.Errorf("%s has %d business days, want %d", s, got, want)
		}
	}
	if got := c.BusinessDays(series.Span{From: 5, To: 4}); got != 0 {
		t.Errorf("an empty span has %d business days", got)
	}
}

func TestCalendarLaws(t *testing.T) {
	t.Parallel()
	c := series.NewCalendar(nil)
	rapid.Check(t, func(t *rapid.T) {
		first := series.Date(series.FirstHolidayYear, time.January, 1)
		last := series.Date(series.LastHolidayYear, time.December, 31)
		d := series.Day(rapid.IntRange(int(first), int(last)).Draw(t, "day"))
		_, holiday := c.HolidayName(d)
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch kind := c.Kind(d); {
		case holiday && c.IsBusinessDay(d), weekend && c.IsBusinessDay(d):
			t.Fatalf("%v (%v) is no day to work", d, kind)
		case kind == series.Workday && !c.IsBusinessDay(d):
			t.Fatalf("%v is a workday on which nobody works", d)
		case holiday && (kind == series.Workday || kind == series.Saturday || kind == series.Sunday):
			t.Fatalf("the holiday %v is %v", d, kind)
		}
		n := rapid.IntRange(0, 60).Draw(t, "cut")
		whole := series.Span{From: d, To: d + 60}
		head, tail := series.Span{From: d, To: d + series.Day(n) - 1}, series.Span{From: d + series.Day(n), To: d + 60}
		if c.BusinessDays(whole) != c.BusinessDays(head)+c.BusinessDays(tail) {
			t.Fatalf("business days of %v do not add up at %d", whole, n)
		}
	})
}

func TestDayKindsHaveNames(t *testing.T) {
	t.Parallel()
	for how, name := range map[string]func(series.DayKind) string{
		"id": series.DayKind.String,
		"ja": func(k series.DayKind) string { return k.In(words.JA) },
		"en": func(k series.DayKind) string { return k.In(words.EN) },
	} {
		seen := map[string]bool{"": true, "unknown": true, "—": true}
		for k := series.Workday; k <= series.Closed; k++ {
			if seen[name(k)] {
				t.Errorf("%s: kind %d has the name %q", how, k, name(k))
			}
			seen[name(k)] = true
		}
	}
}

func BenchmarkKind(b *testing.B) {
	c := series.NewCalendar(nil)
	from := series.Date(2024, time.January, 1)
	for i := 0; b.Loop(); i++ {
		c.Kind(from + series.Day(i%1096))
	}
}

func BenchmarkBusinessDaysOfAYear(b *testing.B) {
	c := series.NewCalendar(nil)
	year := series.Span{From: series.Date(2026, time.April, 1), To: series.Date(2027, time.March, 31)}
	for b.Loop() {
		c.BusinessDays(year)
	}
}
