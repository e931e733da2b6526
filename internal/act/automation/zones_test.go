package automation

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

func newYork(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// Quiet hours are quiet where clocks are put forward and back too, and they end.
func TestQuietHoursWhereClocksChange(t *testing.T) {
	t.Parallel()
	zone := newYork(t)
	for _, q := range []Quiet{{"22:00", "08:00"}, {"22:00", "02:30"}, {"22:00", "01:30"}, {"01:15", "02:15"}, {"02:00", "03:00"}} {
		from, _ := clockOf(q.From)
		to, _ := clockOf(q.To)
		for _, start := range []time.Time{time.Date(2026, 3, 7, 12, 0, 0, 0, zone), time.Date(2026, 10, 31, 12, 0, 0, 0, zone)} {
			for minutes := 0; minutes < 30*60; minutes += 5 {
				now := start.Add(time.Duration(minutes) * time.Minute)
				open := time.UnixMilli(int64(q.Open(event.Millis(now.UnixMilli()), zone))).In(zone)
				if quietAt(open, from, to) || open.Before(now) || open.Sub(now) > 12*time.Hour {
					t.Fatalf("%v: at %v it opens at %v", q, now, open)
				}
			}
		}
	}
}

// A day that is kept of somebody is that day wherever the workspace is; a moment is of the
// day it was there.
func TestDaysAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	d := &Date{Property: "renewal", Days: -1, Time: "09:00"}
	for text, want := range map[string]time.Time{
		"2026-12-01":           time.Date(2026, 11, 30, 9, 0, 0, 0, newYork(t)),
		"2026-12-01T03:00:00Z": time.Date(2026, 11, 29, 9, 0, 0, 0, newYork(t)), // still November there
	} {
		at, ok := d.Next(event.Millis(contact.ReadText(text).Number), 0, newYork(t))
		if !ok || !time.UnixMilli(int64(at)).Equal(want) {
			t.Errorf("%s: %v, want %v", text, time.UnixMilli(int64(at)).In(newYork(t)), want)
		}
	}
}
