package contact

import "github.com/shirube/shirube/internal/event"

// MomentKind is what a moment in somebody's timeline is about.
type MomentKind string

// The kinds of moment. What somebody did on a site is not among them: that are events.
const (
	MomentConsent  MomentKind = "consent"  // consent, refusal, suppression and its end
	MomentMail     MomentKind = "mail"     // sent, opened, clicked, came back
	MomentForm     MomentKind = "form"     // a form or a survey was filled in
	MomentNote     MomentKind = "note"     // somebody wrote something down
	MomentScore    MomentKind = "score"    // a band was entered or left
	MomentVerdict  MomentKind = "verdict"  // sales took or refused a lead
	MomentMerge    MomentKind = "merge"    // another contact was taken in
	MomentImport   MomentKind = "import"   // came with a list
	MomentOwner    MomentKind = "owner"    // somebody else looks after them
	MomentJourney  MomentKind = "journey"  // entered, left or was held back from an automation
	MomentDisclose MomentKind = "disclose" // what is kept of them was handed out
)

// Moment is one entry of a contact's timeline.
type Moment struct {
	// ID is unique within the workspace: written twice it is one. "" is given a fresh one.
	ID      string
	Contact ID
	At      event.Millis
	Kind    MomentKind
	Cause   string // "automation:<id>", "broadcast:<id>", "form:<id>"; ""
	By      string // who of the team; "" nobody
	Text    string // for people: a note, a subject, a reason
	Body    []byte // JSON, its kind knows the shape; nil is none
}
