package automation

import (
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// clockOf reads "09:00" as minutes since midnight.
func clockOf(text string) (int, bool) {
	if len(text) != 5 || text[2] != ':' {
		return 0, false
	}
	for _, k := range []int{0, 1, 3, 4} {
		if text[k] < '0' || text[k] > '9' {
			return 0, false
		}
	}
	hours, minutes := int(text[0]-'0')*10+int(text[1]-'0'), int(text[3]-'0')*10+int(text[4]-'0')
	return hours*60 + minutes, hours < 24 && minutes < 60
}

var units = map[string]event.Millis{"minutes": 60_000, "hours": 3_600_000, "days": dayMillis, "weeks": 7 * dayMillis}

// Millis is how long it is; 0 for what is none.
func (s *Span) Millis() event.Millis {
	if s == nil {
		return 0
	}
	return event.Millis(s.Amount) * units[s.Unit]
}

// timeOn is a time of day, in minutes since midnight, on a day. Where clocks are put forward
// over it, it is as much later, and never on the day before: a midnight that is not there
// belongs to the day it begins.
func timeOn(year int, month time.Month, day, clock int, zone *time.Location) time.Time {
	at := time.Date(year, month, day, clock/60, clock%60, 0, 0, zone)
	const wholeDay = 24 * 60
	if short := (clock - minuteOf(at) + wholeDay) % wholeDay; short > 0 && short <= wholeDay/2 {
		at = at.Add(time.Duration(short) * time.Minute)
	}
	return at
}

// after is the first such moment later than one.
func (u *Until) after(since event.Millis, zone *time.Location) event.Millis {
	clock, _ := clockOf(u.Time)
	from := time.UnixMilli(int64(since)).In(zone)
	for ahead := range 9 { // a week, the day it is, and one that a change of clocks may cost
		at := timeOn(from.Year(), from.Month(), from.Day()+ahead, clock, zone)
		if len(u.Weekdays) > 0 && !slices.Contains(u.Weekdays, weekdays[at.Weekday()]) {
			continue
		}
		if at.After(from) {
			return event.Millis(at.UnixMilli())
		}
	}
	return since + 7*dayMillis
}

// Next is the first moment later than one at which a date lets somebody in; false where
// there is none any more.
func (d *Date) Next(date, after event.Millis, zone *time.Location) (event.Millis, bool) {
	clock, ok := clockOf(d.Time)
	if d.Time == "" {
		clock, ok = 9*60, true
	}
	if !ok {
		return 0, false
	}
	// A day is the same day everywhere; a moment lies in the day it was where the workspace is.
	on, whole := contact.DateValue(date).Day()
	if !whole {
		on = on.In(zone)
	}
	moment := func(year int) event.Millis {
		day := on.Day()
		if last := time.Date(year, on.Month()+1, 0, 0, 0, 0, 0, zone).Day(); day > last {
			day = last // the 29th of February in other years
		}
		return event.Millis(timeOn(year, on.Month(), day+d.Days, clock, zone).UnixMilli())
	}
	if !d.Yearly {
		at := moment(on.Year())
		return at, at > after
	}
	// Days before or after may lead into the year beside.
	year := max(on.Year(), time.UnixMilli(int64(after)).In(zone).Year()-2)
	for range 6 {
		if at := moment(year); at > after {
			return at, true
		}
		year++
	}
	return 0, false
}
