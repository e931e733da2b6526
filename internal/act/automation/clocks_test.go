package automation

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// A wait until a weekday ends on that weekday where clocks change too, also where it is
// midnight that is not there.
func TestWaitsUntilADayWhereClocksChange(t *testing.T) {
	t.Parallel()
	at := func(zone *time.Location, month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, zone)
	}
	cairo, err := time.LoadLocation("Africa/Cairo")
	if err != nil {
		t.Fatal(err)
	}
	santiago, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	newYork := newYork(t)
	for _, c := range []struct {
		name        string
		until       Until
		since, want time.Time
	}{
		{"the day clocks go forward", Until{[]string{"sun"}, "09:00"}, at(newYork, 3, 7, 22, 0), at(newYork, 3, 8, 9, 0)},
		{"a time that is not there", Until{[]string{"sun"}, "02:30"}, at(newYork, 3, 7, 22, 0), at(newYork, 3, 8, 3, 30)},
		{"the day clocks go back", Until{[]string{"sun"}, "09:00"}, at(newYork, 10, 31, 22, 0), at(newYork, 11, 1, 9, 0)},
		{"a midnight that is not there, west of Greenwich", Until{[]string{"sun"}, "00:00"}, at(santiago, 9, 3, 12, 0), at(santiago, 9, 6, 1, 0)},
		{"a midnight that is not there", Until{[]string{"fri"}, "00:00"}, at(cairo, 4, 22, 12, 0), at(cairo, 4, 24, 1, 0)},
		{"from that very day", Until{[]string{"fri"}, "00:00"}, at(cairo, 4, 24, 12, 0), at(cairo, 5, 1, 0, 0)},
	} {
		got := time.UnixMilli(int64(c.until.after(event.Millis(c.since.UnixMilli()), c.since.Location()))).In(c.since.Location())
		if !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A birthday on the 29th of February is kept on the 28th where there is none; days before and
// after it are counted from there.
func TestTheTwentyNinthOfFebruary(t *testing.T) {
	t.Parallel()
	born := event.Millis(contact.ReadText("2024-02-29").Number)
	for _, c := range []struct {
		days        int
		after, want string
	}{
		{0, "2025-01-01", "2025-02-28"},
		{0, "2027-06-01", "2028-02-29"},
		{1, "2025-01-01", "2025-03-01"},
		{1, "2027-06-01", "2028-03-01"},
		{-30, "2025-01-01", "2025-01-29"},
		{-366, "2025-06-01", "2026-02-27"}, // of the year after: 2027 has 365 days before it
		{0, "2096-03-01", "2097-02-28"},
		{0, "2099-06-01", "2100-02-28"},
	} {
		d := &Date{Property: "birthday", Days: c.days, Yearly: true, Time: "00:00"}
		got, ok := d.Next(born, event.Millis(contact.ReadText(c.after).Number), time.UTC)
		if day := time.UnixMilli(int64(got)).UTC().Format(time.DateOnly); !ok || day != c.want {
			t.Errorf("%d days, after %s: %s, want %s", c.days, c.after, day, c.want)
		}
	}
}
