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
	clock := at.Hour()*60 + at.Minute()
	quiet := clock >= from && clock < to
	if from > to { // over midnight
		quiet = clock >= from || clock < to
	}
	if !quiet {
		return now
	}
	day := at.Day()
	if from > to && clock >= from {
		day++
	}
	return event.Millis(time.Date(at.Year(), at.Month(), day, to/60, to%60, 0, 0, zone).UnixMilli())
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
