package actor

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// Ledger is the state as the actor needs it.
type Ledger interface {
	// Place is how far the reader is; see inbox.Effect.
	Place(ctx context.Context) (int64, error)
	// Changes counts up whenever Rules may be others.
	Changes(ctx context.Context) (int64, error)
	Rules(ctx context.Context) (Rules, error)
	// Do runs fn in one transaction: all of what it writes happens, or nothing.
	Do(ctx context.Context, fn func(ctx context.Context, b Books) error) error
	// NextDue is when time alone has something to do; 0 for never.
	NextDue(ctx context.Context) (event.Millis, error)
	// Touched reports whether somebody is waiting to be looked at again.
	Touched(ctx context.Context) (bool, error)
	// Rewind makes due what was begun later than a moment: the clock was ahead then.
	Rewind(ctx context.Context, later, now event.Millis) error
}

// Rules are everything that makes the actor act.
type Rules struct {
	Automations []Rule
	// Watched are the events other rooms want kept: of segments, scores, and those of
	// automations that are not live.
	Watched map[event.Workspace][]condition.Matcher
	// Zones are the zones of workspaces' days; UTC where there is none.
	Zones map[event.Workspace]*time.Location
}

// Rule is one version of an automation that acts.
type Rule struct {
	Workspace  event.Workspace
	Automation string
	Version    int
	Live       bool // people enter by it
	Definition *automation.Definition
}

// Deed is one time somebody did what a watch is about.
type Deed struct {
	Subject string // "c:<contact id>", or "v:<visitor>"
	condition.Occurrence
	Cookieless bool
}

// Learned is what came of what events tell of people.
type Learned struct {
	Changed []contact.ID // whom it has changed, those who are new included
	// Apart are the browsers whose past is not tied to whom they turned out to be: because
	// it may not be, or because it was somebody else's.
	Apart map[string]bool
}

// Standing is whether a trigger's condition was true of somebody, and when to look again.
type Standing struct {
	Automation string
	Contact    contact.ID
	Holds      bool
	LookAt     event.Millis // 0: never
}

// Entered is how often somebody came into an automation.
type Entered struct {
	Times  int
	Inside bool
	Last   event.Millis
	Lately int // since the moment asked for
}

// Change is what a step does to a contact beside handing things over.
type Change struct {
	Contact contact.ID
	Cause   string
	Name    string // of the automation
	Version int
	automation.Effect
}

// Leaving is somebody who leaves an automation because they reached its goal.
type Leaving struct {
	Automation string
	Contact    contact.ID
}

// Due is what time alone has something to do with.
type Due struct {
	Workspace event.Workspace
	Contact   contact.ID
}

// Books are the state inside one transaction.
type Books interface {
	// Advance moves the reader; Hold keeps it where it is.
	Advance(ctx context.Context, from, upTo int64) error
	Hold(ctx context.Context) error

	// Learn takes in what events tell of people.
	Learn(ctx context.Context, ws event.Workspace, sightings []contact.Sighting, now event.Millis) (Learned, error)
	// Known is the contacts that visitors and user ids are; who is none is left out.
	Known(ctx context.Context, ws event.Workspace, who []contact.Identity) (map[contact.Identity]contact.ID, error)
	// Note keeps deeds and tells which were not there yet. Whom they are of may have scores
	// that change with them: that is done here too.
	Note(ctx context.Context, ws event.Workspace, deeds []Deed, now event.Millis) (fresh []bool, err error)
	// Facts are what is known of people now, as far as the conditions ask.
	Facts(ctx context.Context, ws event.Workspace, people []contact.ID, asked []condition.Condition, now event.Millis) (map[contact.ID]condition.Facts, error)

	Inside(ctx context.Context, ws event.Workspace, people []contact.ID) ([]automation.Journey, error)
	Entered(ctx context.Context, ws event.Workspace, automation string, people []contact.ID, since event.Millis) (map[contact.ID]Entered, error)
	PutJourneys(ctx context.Context, ws event.Workspace, journeys []automation.Journey) error
	Standings(ctx context.Context, ws event.Workspace, people []contact.ID) ([]Standing, error)
	PutStandings(ctx context.Context, ws event.Workspace, standings []Standing) error
	// Change writes tags, properties and points, and asks for those people to be looked at
	// again. Done twice it is done once.
	Change(ctx context.Context, ws event.Workspace, changes []Change, now event.Millis) error
	Queue(ctx context.Context, items []outbox.Item) (added int, err error)
	// Withdraw takes back the mails of marketing that wait to be sent to those who leave.
	Withdraw(ctx context.Context, ws event.Workspace, left []Leaving) error

	// Due is whom to look at because of the time or because somebody touched them. They
	// count as looked at with that.
	Due(ctx context.Context, now event.Millis, limit int) ([]Due, error)
}

// Box is the outbox as the worker needs it, for one node and one run of the program.
type Box interface {
	// Orphan marks what an earlier run of this node was sending as unknown.
	Orphan(ctx context.Context) (int64, error)
	// Exchange writes what became of items and claims others that are due, in one
	// transaction that has reached the disk when it returns.
	Exchange(ctx context.Context, done []outbox.Item, kind outbox.Kind, now event.Millis, limit int) ([]outbox.Item, error)
	// NextDue is when the next item of a kind is due; 0 for never.
	NextDue(ctx context.Context, kind outbox.Kind) (event.Millis, error)
}

// Sender hands items of a kind over.
type Sender interface {
	// Hand hands one item over and returns when the other side has answered, or cannot. It
	// ends by itself within a bounded time, and may be called by many at once.
	Hand(ctx context.Context, item outbox.Item) outbox.Answer
}

// Gate is what is asked of items at the moment of their hand-over: consent, suppression,
// caps, quiet hours. It answers for each in order.
type Gate interface {
	Rule(ctx context.Context, items []outbox.Item, now event.Millis) ([]outbox.Ruling, error)
}
