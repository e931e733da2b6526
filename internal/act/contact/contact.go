// Package contact thinks about people with a name: who is one and the same, what may be
// sent to them and on what ground, and what stays when they want to be forgotten.
//
// Whatever is learned of somebody comes in as a Sighting and is folded into what is known.
// Every value carries the moment it was said, and the newest wins; so it does not matter in
// which order things are learned, nor how often.
package contact

import "github.com/shirube/shirube/internal/event"

// ID is a contact's id in the state. After a merge the id of the one that was taken in
// still leads to the one that stayed.
type ID string

// Contact is a person with a name, as the state keeps them.
type Contact struct {
	ID         ID
	Number     int64  // dense within the workspace, never given twice: segments count with it
	Address    string // mail address as it is written to; "" where none is known
	Name       string
	CompanyID  string
	Owner      string // the user who looks after them; "" nobody yet
	Tags       []string
	Properties map[string]Value
	CreatedAt  event.Millis
	UpdatedAt  event.Millis
	// Said is when each value was said: by FieldAddress, FieldName, FieldOwner, and
	// FieldProperty+key.
	Said map[string]event.Millis
}

// Names of what Said tells the moment of.
const (
	FieldAddress  = "address"
	FieldName     = "name"
	FieldOwner    = "owner"
	FieldProperty = "p." // before a property's key
)

// Company is who somebody works for.
type Company struct {
	ID     string
	Domain string // "" where it is known by its name alone
	Name   string // as somebody wrote it first; "" where nobody did
}

// ValueKind is what a property holds.
type ValueKind uint8

// The kinds of value.
const (
	Text   ValueKind = 1
	Number ValueKind = 2
	Truth  ValueKind = 3
	Date   ValueKind = 4 // a moment, milliseconds
)

// Value is one property of a contact or of an event.
type Value struct {
	Kind   ValueKind `json:"k"`
	Text   string    `json:"t,omitempty"`
	Number float64   `json:"n,omitempty"` // Number; Truth: 0 or 1; Date: milliseconds
}

// KnownSince is the first moment of which it is kept that anything was known of them.
func (c *Contact) KnownSince() event.Millis {
	since := c.CreatedAt
	for _, at := range c.Said {
		if at > 0 {
			since = min(since, at)
		}
	}
	return since
}
