// Package contact thinks about people with a name: who is one and the same, what may be
// sent to them and on what ground, and what stays when they want to be forgotten.
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
	Kind   ValueKind
	Text   string
	Number float64 // Number; Truth: 0 or 1; Date: milliseconds
}
