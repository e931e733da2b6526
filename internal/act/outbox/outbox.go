// Package outbox says what is to be handed over to the world, and how far that has come.
// A row is written in the transaction of what decided it; its key makes it one thing
// however often that is decided again. What was on its way when the program died is
// unknown: it is shown, and never sent again by itself.
package outbox

import "github.com/shirube/shirube/internal/event"

// State is how far an item is.
type State string

// The states of an item: queued → sending → sent, failed or unknown; withheld and
// cancelled never left.
const (
	Queued    State = "queued"
	Sending   State = "sending"   // handed to the other side, no answer yet
	Sent      State = "sent"      // the other side has taken it
	Failed    State = "failed"    // the other side refused it for good, or too often
	Unknown   State = "unknown"   // the program died while it was sending
	Withheld  State = "withheld"  // consent, suppression or a cap forbade it at the last moment
	Cancelled State = "cancelled" // its cause is gone: erased, switched off
)

// Kind is what is handed over.
type Kind string

// The kinds of item.
const (
	Mail    Kind = "mail"
	Notice  Kind = "notice"  // to a person of the team: mail, Slack, Chatwork, LINE WORKS
	Webhook Kind = "webhook" // to another program
)

// Item is one thing to hand over.
type Item struct {
	ID        string
	Workspace event.Workspace
	// Key is unique within the workspace: "automation/<version>/<entry>/<step>",
	// "broadcast/<id>/<contact>", "doi/<form>/<submission>".
	Key       string
	Kind      Kind
	Stream    string // "marketing" or "transactional": kept apart all the way
	Priority  int    // among what is due at once: 0 usual, 1 first … 3 last
	Contact   string // contact.ID; "" for items about nobody
	Cause     string // "automation:<id>", "broadcast:<id>", "form:<id>", "score:<card>"
	Payload   []byte // JSON, its kind knows the shape
	NotBefore event.Millis
	// ExpiresAt is when it must not be sent any more without asking; 0 never.
	ExpiresAt event.Millis
	State     State
	Attempts  int
	Reason    string // why it failed or was withheld
	UpdatedAt event.Millis
}
