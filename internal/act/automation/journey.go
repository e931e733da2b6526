package automation

import (
	"strconv"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// State is how a journey stands.
type State string

// The states of a journey. Only Inside goes on.
const (
	Inside  State = "inside"
	Held    State = "held"    // held out: nothing is done to them, their outcome counts
	Reached State = "reached" // left because the goal was reached
	Ended   State = "ended"   // went through to the end
	Removed State = "removed" // erased, or taken out by a person
	Endless State = "endless" // went round too often
)

// maxVisits is how often one step may come in one journey.
const maxVisits = 1000

// Journey is one person's way through one automation, once.
type Journey struct {
	Automation string // its id
	Version    int    // the one they entered by; they finish on it
	Contact    contact.ID
	Entry      int // 1 for the first time they came in
	State      State
	Step       string       // where they stand; "" when it is over
	Since      event.Millis // when they came to the step
	EnteredAt  event.Millis
	EndedAt    event.Millis // 0: not yet
	WakeAt     event.Millis // when to look again; 0: never
	Visits     map[string]int
	// Passed is what the last Advance led them past for the first time in this journey. It
	// is counted when the journey is kept, and not kept itself.
	Passed []Passage
}

// Passage is one step somebody is done with, and where they went; To is "" at the end.
type Passage struct{ From, To string }

// VersionName names a version of an automation wherever one name is needed.
func VersionName(automation string, version int) string {
	return automation + "." + strconv.Itoa(version)
}

// pass notes the first time that somebody is done with a step: counts are of people, and a
// round that leads through a wait would count somebody again and again.
func (j *Journey) pass(from, to string) {
	if j.Visits[from] == 1 {
		j.Passed = append(j.Passed, Passage{from, to})
	}
}

// EntryName names one entry of one person.
func (j *Journey) EntryName() string { return string(j.Contact) + "." + strconv.Itoa(j.Entry) }

// key is the name of what a step hands over: one for each time the step comes.
func (j *Journey) key(step string) string {
	key := "automation/" + VersionName(j.Automation, j.Version) + "/" + j.EntryName() + "/" + step
	if n := j.Visits[step]; n > 1 {
		key += "/" + strconv.Itoa(n)
	}
	return key
}

// Enter begins a journey. Somebody who is held out goes no further than this.
func Enter(automation string, version int, d *Definition, who contact.ID, entry int, at event.Millis) Journey {
	j := Journey{Automation: automation, Version: version, Contact: who, Entry: entry, EnteredAt: at, Since: at}
	if HeldOut(automation, who, d.HeldShare()) {
		j.State = Held
		return j
	}
	j.State, j.Step, j.WakeAt = Inside, d.Steps[0].ID, at
	return j
}
