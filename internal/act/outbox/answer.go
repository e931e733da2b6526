package outbox

import "github.com/shirube/shirube/internal/event"

// Answer is what became of handing an item over.
type Answer struct {
	// State is Sent, Failed, Withheld, Cancelled or Unknown; Queued asks to try again.
	State  State
	Reason string // for people; the other side's words, cut short
	// RetryAfter is how long the other side wants to be left alone, milliseconds; 0 does not say.
	RetryAfter event.Millis
	// Untried, with Queued: it was not tried at all (a pace held it back), so that this does
	// not count and it comes back after RetryAfter.
	Untried bool
}

// Ruling is what is said of an item at the moment of its hand-over. The zero Ruling lets
// it go.
type Ruling struct {
	State  State // Withheld, Cancelled, Unknown (ask a person), or Queued (later)
	Reason string
	Until  event.Millis // with Queued: not before
}

// Reasons the actor itself gives.
const (
	Crash    = "crash"    // the program died while it was sending: nobody can tell
	Late     = "late"     // its time has passed, somebody has to say whether it is still meant
	Capped   = "cap"      // the person was sent enough
	QuietNow = "quiet"    // quiet hours
	Unready  = "unready"  // a check before sending is red; it waits, and goes stale as if it were late
	Tired    = "attempts" // it was tried too often
	Merged   = "merged"   // the person is one with another who was sent the same
	Goal     = "goal"     // the person has reached what it was to lead to
)

// MaxAttempts is how often an item is tried before it has failed.
const MaxAttempts = 12

// Backoff is how long to wait after so many attempts, at least as long as the other side
// asked for: half a minute, doubling, six hours at most. A day of trouble takes eight.
func Backoff(attempts int, asked event.Millis) event.Millis {
	const first, most = 30_000, 6 * 3_600_000
	wait := event.Millis(most)
	if attempts < 12 {
		wait = min(wait, first<<max(attempts-1, 0))
	}
	return max(wait, min(asked, 24*3_600_000))
}

// After is the item as it stands after an answer.
func (i Item) After(a Answer, now event.Millis) Item {
	i.State, i.Reason = a.State, a.Reason
	if a.State != Queued {
		return i
	}
	if a.Untried {
		i.Attempts, i.NotBefore = max(0, i.Attempts-1), now+max(a.RetryAfter, 1)
		if i.ExpiresAt > 0 {
			i.ExpiresAt = max(i.ExpiresAt, i.NotBefore+24*3_600_000)
		}
		return i
	}
	if i.Attempts >= MaxAttempts {
		i.State = Failed
		if i.Reason == "" {
			i.Reason = Tired
		}
		return i
	}
	i.NotBefore = now + Backoff(i.Attempts, a.RetryAfter)
	if i.ExpiresAt > 0 {
		// It is on its way: only what nobody has begun to send goes stale.
		i.ExpiresAt = max(i.ExpiresAt, i.NotBefore+24*3_600_000)
	}
	return i
}

// Ruled is the item as a ruling leaves it, and whether it may go. What may not go now has
// not been tried.
func (i Item) Ruled(r Ruling, now event.Millis) (Item, bool) {
	switch {
	case r.State == "" && i.ExpiresAt > 0 && now > i.ExpiresAt:
		i.State, i.Reason = Unknown, Late
		return i, false
	case r.State == "":
		return i, true
	case r.State == Queued:
		if i.ExpiresAt > 0 && r.Reason != Unready {
			i.ExpiresAt = max(i.ExpiresAt, i.ExpiresAt+r.Until-i.NotBefore)
		}
		i.State, i.Reason, i.NotBefore, i.Attempts = Queued, r.Reason, r.Until, max(0, i.Attempts-1)
		return i, false
	}
	i.State, i.Reason = r.State, r.Reason
	return i, false
}
