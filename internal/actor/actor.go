package actor

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Name is the name of the reader.
const Name = "actor"

// Options are what an actor takes from outside.
type Options struct {
	Ledger Ledger
	Now    func() time.Time // nil: the system's clock
	Log    *slog.Logger     // nil: silence
	// Queued is told when items were queued; it may be nil and must not wait.
	Queued func()
}

// Actor acts on events and on time. Do is for one goroutine, Run for another beside it.
type Actor struct {
	ledger Ledger
	clock  clock
	log    *slog.Logger
	queued func()
	wake   chan struct{} // something may be due sooner than was thought

	mu      sync.Mutex
	changes int64 // of the rules in memory; -1 none
	sets    map[event.Workspace]*ruleSet
}

// New makes an actor.
func New(options Options) *Actor {
	a := &Actor{ledger: options.Ledger, clock: clock{now: options.Now}, log: options.Log, queued: options.Queued, wake: make(chan struct{}, 1), changes: -1}
	if a.clock.now == nil {
		a.clock.now = time.Now
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.queued == nil {
		a.queued = func() {}
	}
	return a
}

// Place is how far the actor has come in the inbox.
func (a *Actor) Place(ctx context.Context) (int64, error) { return a.ledger.Place(ctx) }

// rules are those that act now, read anew only when one has changed.
func (a *Actor) rules(ctx context.Context) (map[event.Workspace]*ruleSet, error) {
	changes, err := a.ledger.Changes(ctx)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if changes == a.changes {
		return a.sets, nil
	}
	rules, err := a.ledger.Rules(ctx)
	if err != nil {
		return nil, err
	}
	a.sets, a.changes = compile(rules), changes
	return a.sets, nil
}

// forget has the rules read anew.
func (a *Actor) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changes = -1
}

// Do acts on the events of the rows after from, up to upTo, and moves the place: all of it
// or nothing.
func (a *Actor) Do(ctx context.Context, from, upTo int64, events []event.Event) error {
	sets, err := a.rules(ctx)
	if err != nil {
		return err
	}
	goes := read(events, sets)
	now := a.clock.moment()
	added := 0
	err = a.ledger.Do(ctx, func(ctx context.Context, b Books) error {
		added = 0
		if err := b.Advance(ctx, from, upTo); err != nil {
			return err
		}
		for _, g := range goes {
			n, err := g.act(ctx, b, now)
			if err != nil {
				return fmt.Errorf("act on %d events of %q: %w", len(g.hits), g.workspace, err)
			}
			added += n
		}
		return nil
	})
	if err != nil {
		a.forget() // a rule that fails may have been put right
		return err
	}
	if added > 0 {
		a.queued()
	}
	if len(goes) > 0 {
		a.stir()
	}
	return nil
}

// stir has Run look for what is due.
func (a *Actor) stir() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// going is what the events of one go say of one workspace.
type going struct {
	workspace event.Workspace
	set       *ruleSet // nil: nothing is watched
	sightings []contact.Sighting
	hits      []hit
}

// hit is an event that somebody watches.
type hit struct {
	event   *event.Event
	watches []condition.Watch
}

// read finds in events what matters to somebody. Nothing of the state is needed for it: of
// what nobody watches, nothing is left.
func read(events []event.Event, sets map[event.Workspace]*ruleSet) []*going {
	var goes []*going
	var last *going
	byWorkspace := map[event.Workspace]*going{}
	of := func(ws event.Workspace) *going {
		if last != nil && last.workspace == ws {
			return last
		}
		g := byWorkspace[ws]
		if g == nil {
			g = &going{workspace: ws, set: sets[ws]}
			byWorkspace[ws] = g
			goes = append(goes, g)
		}
		last = g
		return g
	}
	var room []condition.Watch
	var set *ruleSet
	var current event.Workspace
	for k := range events {
		e := &events[k]
		if sighting, ok := contact.OfEvent(e); ok {
			g := of(e.Workspace)
			g.sightings = append(g.sightings, sighting)
		}
		if k == 0 || e.Workspace != current {
			current, set = e.Workspace, sets[e.Workspace]
		}
		if set == nil || set.matchers.Len() == 0 {
			continue
		}
		if room = set.matchers.Hits(e, room[:0]); len(room) > 0 {
			g := of(e.Workspace)
			g.hits = append(g.hits, hit{e, append([]condition.Watch(nil), room...)})
		}
	}
	return goes
}
