// Package warehouse is where events are kept and counted: events, visits, people and
// daily roll-ups. The interface has one conformance suite (warehousetest) that every
// engine passes; duckdb is the first, written so that ClickHouse can be the second.
package warehouse

import (
	"context"
	"errors"
	"io"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// ErrClosed is the answer of a warehouse that was closed.
var ErrClosed = errors.New("the warehouse is closed")

// Writer is the side events come in by. One goroutine writes at a time.
type Writer interface {
	// Place is the seq of the last inbox batch whose events are in; 0 at first.
	Place(ctx context.Context) (int64, error)
	// Write keeps events and moves the place to upTo in one transaction: all of it or
	// nothing. An event whose message id the workspace has already seen changes nothing.
	// What lies up to the place is in and changes nothing either; with upTo 0 the events
	// did not come from the inbox, and the place stays.
	Write(ctx context.Context, upTo int64, events []event.Event) (Written, error)
	// Settle does what may wait: roll-ups of days that changed, compaction. It may run
	// beside Write, stops soon when ctx ends, and keeps what it has done until then.
	Settle(ctx context.Context) error
}

// Written says what Write did.
type Written struct {
	Stored     int                              // new events
	Duplicates int                              // seen before
	Refused    int                              // of somebody who was erased meanwhile
	Renamed    int                              // kept under "(other)": the workspace has too many names
	Days       map[event.Workspace][]series.Day // days whose numbers changed, ascending
}

// Zone tells a workspace's time zone; days are days there.
type Zone func(event.Workspace) string

// Who names one person, in one of two ways. They are two fields, because everybody may send
// a user id that looks like what rows call somebody else.
type Who struct {
	ID     string // a user id or an anonymous id, as it was sent
	Person string // or what rows and journeys call a person: "#5"
}

// Keeper forgets.
type Keeper interface {
	// ErasePerson deletes every event of everybody who is one with somebody, and their
	// visits; the days' numbers follow. It returns the number of events deleted. The
	// erased ids are refused if a late batch brings them again before the inbox is drained.
	ErasePerson(ctx context.Context, ws event.Workspace, who Who) (int64, error)
	// ForgetBefore deletes events and visits before a day; roll-ups stay.
	ForgetBefore(ctx context.Context, ws event.Workspace, day series.Day) (int64, error)
	// DropWorkspace deletes everything of a workspace.
	DropWorkspace(ctx context.Context, ws event.Workspace) error
}

// Warehouse is all of it.
type Warehouse interface {
	Writer
	Keeper
	Reader
	io.Closer
}
