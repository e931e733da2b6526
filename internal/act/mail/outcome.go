package mail

import "github.com/shirube/shirube/internal/event"

// Class is how handing a mail over ended.
type Class string

// The classes. Only Temporary may be tried again by a program; what is Unknown may have
// been taken, and sending it again could be the second time.
const (
	Accepted  Class = "accepted"
	Temporary Class = "temporary"
	Permanent Class = "permanent"
	Unknown   Class = "unknown"
	Withheld  Class = "withheld" // not handed over: consent, suppression, a cap
	// Later: nothing was tried; the pace of a domain or of a new sender leaves no room
	// now. It does not count as an attempt.
	Later Class = "later"
)

// Outcome is how handing one mail over ended.
type Outcome struct {
	Class    Class
	Code     int    // of the other side, 0 none came
	Enhanced string // RFC 3463, like "5.1.1"; "" none
	// Said is what the other side said, one line and bounded; or why nothing was handed over.
	Said string
	// Step is where it ended: "connect", "tls", "auth", "mail", "rcpt", "data", "body",
	// "dot", or "render".
	Step string
	// RetryAfter is how long to wait at least, milliseconds; with Temporary.
	RetryAfter event.Millis
	// NoSuchAddress: nobody can be reached there, now or later. Suppress at once.
	NoSuchAddress bool
	// Ours: it is about the sender (password, certificate, a closed door), not about this
	// address. Whatever comes next would fail alike: stop, and tell.
	Ours      bool
	MessageID string
}
