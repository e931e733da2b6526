package automation

import (
	"time"

	"github.com/shirube/shirube/internal/event"
)

const dayMillis = 24 * 60 * 60 * 1000

// Open is the first moment, now or later, at which quiet hours let something be handed
// over. nil is never quiet.
func (q *Quiet) Open(now event.Millis, zone *time.Location) event.Millis {
	if q == nil {
		return now
	}
	from, okFrom := clockOf(q.From)
	to, okTo := clockOf(q.To)
	if !okFrom || !okTo || from == to {
		return now
	}
	at := time.UnixMilli(int64(now)).In(zone)
	if !quietAt(at, from, to) {
		return now
	}
	day := at.Day()
	if from > to && minuteOf(at) >= from {
		day++
	}
	open := time.Date(at.Year(), at.Month(), day, to/60, to%60, 0, 0, zone)
	// Where clocks are put forward that time of day may not be, and where they are put back it
	// comes twice, and the first may be over: then the next minute that is not quiet.
	if open.Before(at) {
		open = at.Truncate(time.Minute).Add(time.Minute)
	}
	for quietAt(open, from, to) {
		open = open.Add(time.Minute)
	}
	return event.Millis(open.UnixMilli())
}

func minuteOf(at time.Time) int { return at.Hour()*60 + at.Minute() }

// quietAt reports whether a moment lies between two minutes of the day, over midnight where
// the second is the earlier.
func quietAt(at time.Time, from, to int) bool {
	clock := minuteOf(at)
	if from > to {
		return clock >= from || clock < to
	}
	return clock >= from && clock < to
}

// Since is the moment after which what was sent counts for the cap.
func (c *Cap) Since(now event.Millis) event.Millis { return now - event.Millis(c.Days)*dayMillis }

// Full reports whether somebody who was sent so much within the days may not be sent more.
// nil never is.
func (c *Cap) Full(sent int) bool { return c != nil && sent >= c.Mails }

// MostEntriesADay is how often one person may come into one automation within 24 hours:
// two automations that undo each other would else go round for ever.
const MostEntriesADay = 50

// MayEnter reports whether somebody may come in: entries is how often they have, inside
// whether they still are, last when they entered.
func (r Reentry) MayEnter(entries int, inside bool, last, now event.Millis) bool {
	switch {
	case entries == 0:
		return true
	case inside:
		return false
	case r.Mode == "always":
		return true
	case r.Mode == "after":
		return now-last >= event.Millis(r.Days)*dayMillis
	}
	return false
}
