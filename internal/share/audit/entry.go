// Package audit is the record of what was changed: who did it, what it was, what it became,
// in words that whoever has to answer for it later can read. It compares two states of a
// thing and leaves out what must not be kept: secrets, and what is known of people outside
// of the team. Where it is kept, and how the states are read, is known by others.
package audit

import "time"

// Entry is one thing that somebody did.
type Entry struct {
	ID          string
	At          time.Time
	Actor       Actor
	Area        Area
	Operation   string // of the API: "update-member"
	Subject     string // id of what was changed; "" where a workspace has only one
	SubjectName string // as it was called at that time; "" where it has no name, or one that is not kept
	Request     string // its number in the server's log
	Changes     Changes
}

// Actor is who did it, under the name of that time.
type Actor struct {
	Kind ActorKind
	ID   string
	Name string
	Role string // in the workspace, at that time; "" of a key
}

// ActorKind tells people from programs.
type ActorKind string

// Who acts.
const (
	Person ActorKind = "person"
	Key    ActorKind = "key" // a program, by an API key
)

// Area is a part of the house by which the record is filtered.
type Area string

// The areas, in the order they are offered.
const (
	People   Area = "people"
	Map      Area = "map"
	Measure  Area = "measure"
	Ask      Area = "ask"
	Act      Area = "act"
	Share    Area = "share"
	Settings Area = "settings"
)

// Areas is every area.
var Areas = []Area{People, Map, Measure, Ask, Act, Share, Settings}

// Changes is what became of a thing.
type Changes struct {
	// Read is whether the states before and after could be compared.
	Read   bool     `json:"read"`
	Fields []Change `json:"fields,omitempty"`
	More   int      `json:"more,omitempty"` // fields that changed as well and are not kept
}

// Change is one field of a thing, before and after.
type Change struct {
	Field  string  `json:"field"` // its path: "role", "steps.2.wait"
	Before *string `json:"before,omitempty"`
	After  *string `json:"after,omitempty"`
	// Hidden: that it changed is kept, but not what it was.
	Hidden bool `json:"hidden,omitempty"`
}
