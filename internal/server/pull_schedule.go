package server

import (
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"time"

	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// dailyAt is the form of a daily schedule; the other one is "hourly".
var dailyAt = regexp.MustCompile(`^daily ([01][0-9]|2[0-3]):([0-5][0-9])$`)

const hourly = "hourly"

func isSchedule(text string) bool { return text == hourly || dailyAt.MatchString(text) }

// nextRun is when a connection runs after now. Hourly ones are spread over the hour by
// their id, so that they do not all knock at once.
func nextRun(c store.Connection, zone *time.Location, now time.Time) time.Time {
	var clock time.Time
	if parts := dailyAt.FindStringSubmatch(c.Schedule); parts != nil {
		clock, _ = time.Parse("15:04", parts[1]+":"+parts[2]) // the form was matched
		here := now.In(zone)
		next := time.Date(here.Year(), here.Month(), here.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
		if !next.After(now) {
			next = time.Date(here.Year(), here.Month(), here.Day()+1, clock.Hour(), clock.Minute(), 0, 0, zone)
		}
		return next
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(c.ID)) // never fails
	next := now.Truncate(time.Hour).Add(time.Duration(sum.Sum32()%3600) * time.Second)
	if !next.After(now) {
		next = next.Add(time.Hour)
	}
	return next
}

// Bounds of the time after which a failed run is tried again.
const (
	firstRetry   = time.Minute
	longestRetry = 6 * time.Hour
)

// retryAt is when a failed connection runs again: soon at first, ever later, a little
// apart from all others that failed with it. What only a person can mend waits for its
// ordinary time, or for that person.
func retryAt(c store.Connection, failure *connect.Failure, zone *time.Location, now time.Time) time.Time {
	usual := nextRun(c, zone, now)
	at := usual
	if !failure.Lasting() {
		wait := min(firstRetry<<min(c.Failures, 20), longestRetry)
		if again := now.Add(wait + rand.N(wait/2)); again.Before(usual) {
			at = again
		}
	}
	if asked := now.Add(failure.After); failure.After > 0 && at.Before(asked) {
		at = asked
	}
	return at
}

// pullDays is how many days are fetched and written at once: a long back-fill is written
// piece by piece, and a program that dies goes on with the piece it was at.
const pullDays = 92

// pieces cuts the days to fetch. They begin window days before the end of what is there,
// because the other side still corrects those.
func pieces(since, through, yesterday series.Day, window int) []series.Span {
	from := max(since, min(through+1, yesterday+1)-series.Day(window))
	var out []series.Span
	for ; from <= yesterday; from += pullDays {
		out = append(out, series.Span{From: from, To: min(from+pullDays-1, yesterday)})
	}
	return out
}
