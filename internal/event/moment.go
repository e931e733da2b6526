package event

import (
	"strconv"
	"strings"
	"time"
)

// moment reads a timestamp as the SDKs write it: ISO 8601 with anything from days to
// nanoseconds and any offset; seconds or milliseconds since 1970 as a number or in quotes.
// A moment without an offset is UTC. raw is as written in the JSON.
func moment(raw string) (Millis, bool) {
	s := text(raw)
	if s == "" {
		return 0, false
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return bounded(float64(at.UnixMilli()))
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		// Seconds of today have ten digits, milliseconds thirteen.
		if n < 1e11 {
			n *= 1000
		}
		return bounded(n)
	}
	// A slip of many hands: a space for the T, a lower-case z, an offset without colon.
	s = strings.ToUpper(strings.Replace(s, " ", "T", 1))
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, s); err == nil {
			return bounded(float64(at.UnixMilli()))
		}
	}
	return 0, false
}

func bounded(ms float64) (Millis, bool) {
	if !(ms >= 0 && ms <= float64(latestMoment)) {
		return 0, false
	}
	return Millis(ms), true
}

// What the sender's clock may be wrong by before it is put right, and when a difference is
// too odd to be a clock.
const (
	smallSkew = 60 * 1000           // below, it is the way the request took
	largeSkew = 24 * 60 * 60 * 1000 // beyond, it is an old request, not a slow clock
	resetYear = Millis(1262304000000)
)

// happened puts a sender's moment right by our clock. The textbook says
// received − (sent − stamped); taken literally it is wrong three times:
//
//   - analytics-go sends a failed body again as it was, sent-at included, so the delay of the
//     retry looks like a slow clock and would push its events to the moment of the retry. A
//     difference below a minute is therefore left alone, and after a retry that says so the
//     stamp is trusted.
//   - a queue that comes from a disk days later looks like a clock that is days slow. Clocks
//     are not wrong by days, except those that were reset to the year they were built in.
//   - nothing happens after it was received, whatever the clocks say.
//
// A clock ahead of ours is another matter: nothing can be sent in the future, so that
// difference is always the clock's.
func happened(stamped, sent, received Millis, retried bool) Millis {
	at := stamped
	switch slow := received - sent; {
	case sent == 0:
	case slow < 0:
		at += slow
	case retried, slow < smallSkew:
	case slow <= largeSkew, sent < resetYear:
		at += slow
	}
	return max(min(at, received), 0)
}
