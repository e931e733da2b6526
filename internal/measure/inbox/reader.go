package inbox

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// Effect is what a reader does with events. Do must move the place in the transaction of
// what it does: after a crash Place tells how far the effect itself has come. Place and Do are
// called from one goroutine.
type Effect interface {
	Name() string
	// Place is the seq of the last row that is done with; 0 at first.
	Place(ctx context.Context) (int64, error)
	// Do deals with the events of the rows after from, up to upTo. There may be none. After
	// an error it may or may not have happened. The events are not there any more when it has
	// returned; their texts stay.
	Do(ctx context.Context, from, upTo int64, events []event.Event) error
	// Rest does what may wait for a quiet moment, and stops when ctx ends. It may be called
	// beside the others.
	Rest(ctx context.Context) error
	Pace() Pace
}

// Pace is how a reader takes its rows: many at a time cost less, few are there sooner.
type Pace struct {
	Gather time.Duration // between two goes while it keeps up
	Events int           // of one go, about
	Bytes  int           // of one go, packed, about
}

// Waits of a reader.
const (
	pollEvery  = 2 * time.Second // other nodes write rows without telling
	restAfter  = time.Second     // of quiet
	restWithin = time.Minute     // even without quiet
	maxBackoff = 30 * time.Second
)

// reader takes one effect through the inbox.
type reader struct {
	inbox  *Inbox
	effect Effect
	pace   Pace
	signal chan struct{}
	place  atomic.Int64
	room   []event.Event // for the events of a go, used again

	failures int // in a row
	single   int // rows still to be taken one by one, to find the one that fails
	suspect  suspect
	worked   atomic.Int64 // when it last did something that a rest is owed for, in nanoseconds; 0: never

	mu   sync.Mutex
	told ReaderState
}

func newReader(i *Inbox, effect Effect) *reader {
	r := &reader{inbox: i, effect: effect, pace: effect.Pace(), signal: make(chan struct{}, 1)}
	r.told.Name = effect.Name()
	return r
}

func (r *reader) stand(place int64) { r.place.Store(place) }

func (r *reader) missed(rows int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told.Missed = rows
}

func (r *reader) state() ReaderState {
	r.mu.Lock()
	defer r.mu.Unlock()
	state := r.told
	state.Place = r.place.Load()
	return state
}

func (r *reader) failing() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.told.Failing != ""
}

func (r *reader) run(ctx context.Context) {
	for ctx.Err() == nil {
		began := time.Now()
		rows, err := r.next(ctx)
		switch {
		case err != nil:
			r.stumble(ctx, "reading the inbox", err)
		case len(rows) == 0:
			r.wait(ctx)
		default:
			full, ok := r.pass(ctx, rows)
			if ok && !full {
				pause(ctx, r.pace.Gather-time.Since(began))
			}
		}
	}
}

// next is the rows to be dealt with now.
func (r *reader) next(ctx context.Context) ([]event.Batch, error) {
	place, bytes := r.place.Load(), r.pace.Bytes
	if r.single > 0 {
		bytes = 1
	}
	rows := r.inbox.recent.after(place, bytes)
	if len(rows) == 0 {
		var err error
		if rows, err = r.inbox.store.After(ctx, place, bytes); err != nil {
			return nil, err
		}
	}
	events := 0
	for n, row := range rows {
		events += row.Events
		if events >= r.pace.Events {
			return rows[:n+1], nil
		}
	}
	return rows, nil
}

// pass hands rows to the effect. It reports whether they filled a whole go, so that there
// may be more at once, and whether it went well.
func (r *reader) pass(ctx context.Context, rows []event.Batch) (full, ok bool) {
	// What has begun is finished: a clean end leaves nothing half done.
	working := context.WithoutCancel(ctx)
	bytes, expected := 0, 0
	for _, row := range rows {
		bytes, expected = bytes+len(row.Payload), expected+row.Events
	}
	events := r.makeRoom(expected)
	defer func() { r.leaveRoom(events) }()
	for _, row := range rows {
		var err error
		if events, err = unpack(events, row.Payload); err != nil {
			if err := r.setAside(working, row, err); err != nil {
				r.stumble(ctx, "setting a row aside", err)
				return false, false
			}
		}
	}
	place, upTo := r.place.Load(), rows[len(rows)-1].Seq
	if err := r.effect.Do(working, place, upTo, events); err != nil {
		r.failed(ctx, rows, err)
		return false, false
	}
	r.place.Store(upTo)
	r.worked.Store(time.Now().UnixNano())
	r.failures, r.suspect = 0, suspect{}
	r.single = max(0, r.single-len(rows))
	r.mu.Lock()
	r.told.Done += int64(len(events))
	r.told.Failing = ""
	r.mu.Unlock()
	return len(events) >= r.pace.Events || bytes >= r.pace.Bytes || r.single > 0, true
}

// mostExpected bounds the room made ahead: how many events a row has is only said.
const mostExpected = 100_000

// makeRoom is an empty slice with room for the events of a go. Making it anew each time is
// most of what a reader leaves to the collector.
func (r *reader) makeRoom(events int) []event.Event {
	events = min(events, mostExpected)
	if cap(r.room) < events || cap(r.room) > 4*events+1000 {
		r.room = make([]event.Event, 0, events+events/4)
	}
	return r.room
}

// leaveRoom keeps the room without what was in it.
func (r *reader) leaveRoom(events []event.Event) {
	clear(events)
	r.room = events[:0]
}

// wait ends when there may be more to do.
func (r *reader) wait(ctx context.Context) {
	timer := time.NewTimer(pollEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-r.signal:
	case <-timer.C:
	}
}

// pause waits, or less when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
