package inbox

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// Store is what the inbox needs of the state.
type Store interface {
	// Append makes a batch durable. No batch may become visible after one with a higher seq.
	Append(ctx context.Context, payload []byte, events int) (seq int64, err error)
	// After is batches above a seq, oldest first; at least one where there are any.
	After(ctx context.Context, seq int64, maxBytes int) ([]event.Batch, error)
	// Drop deletes batches up to a seq and tells how many.
	Drop(ctx context.Context, upTo int64) (event.Backlog, error)
	// Dropped is the highest seq that was dropped.
	Dropped(ctx context.Context) (int64, error)
	// SkipTo keeps seqs up to the given one from being handed out.
	SkipTo(ctx context.Context, seq int64) error
	// SetAside keeps a batch that nobody can deal with; false when it was there already.
	SetAside(ctx context.Context, batch event.Batch, reason string) (bool, error)
	Backlog(ctx context.Context) (event.Backlog, error)
}

// Options are what an inbox takes from outside.
type Options struct {
	Store  Store
	IsFull func(error) bool // whether an error of the store or of a reader means a full disk; nil: never
	Hub    *Hub             // told of every acknowledged event; may be nil
	Now    func() time.Time // nil: the system's clock
	Log    *slog.Logger     // nil: silence
	Limits Limits           // zero fields take their defaults
}

// Limits bound what an inbox holds.
type Limits struct {
	WaitingEvents int   // not yet written
	WaitingBytes  int   // not yet written, about
	WaitingCalls  int   // of Accept
	GroupEvents   int   // of one row
	GroupBytes    int   // of one row before packing, about
	BacklogBytes  int64 // written and not yet dealt with by every reader
	RecentBytes   int   // of rows kept in memory for the readers
}

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		field *int
		value int
	}{
		{&l.WaitingEvents, 50_000}, {&l.WaitingBytes, 64 << 20}, {&l.WaitingCalls, 8192},
		{&l.GroupEvents, 5_000}, {&l.GroupBytes, 4 << 20}, {&l.RecentBytes, 16 << 20},
	} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	if l.BacklogBytes == 0 {
		l.BacklogBytes = 4 << 30
	}
	return l
}

// ErrClosed is what Accept answers when the inbox does not run. Nothing was kept.
var ErrClosed = errors.New("the inbox is closed")

// appendTimeout bounds one group commit; a database that does not answer must not hold
// every sender for ever.
const appendTimeout = 30 * time.Second

// Inbox takes events in. It is safe for concurrent use.
type Inbox struct {
	store   Store
	isFull  func(error) bool
	hub     *Hub
	now     func() time.Time
	log     *slog.Logger
	limits  Limits
	recent  recent
	packer  packer // of the one who commits
	readers []*reader

	mu      sync.Mutex
	open    bool // Run is under way
	opened  chan struct{}
	waiting []waiter
	size    load          // of waiting
	writing load          // of the group that is being written
	wanted  int           // calls the one who commits sleeps for; 0: he is awake
	signal  chan struct{} // as many are there
	counts  counts
	backlog event.Backlog
	dropped int64
	marks   marks
}

// waiter is one call of Accept.
type waiter struct {
	events []event.Event
	bytes  int
	done   chan error
}

// answers are channels that were waited at to the end, and are empty again. One that was
// left early is not put back: its answer is still to come.
var answers = sync.Pool{New: func() any { return make(chan error, 1) }}

// load is how much something is.
type load struct{ calls, events, bytes int }

func (l load) plus(o load) load {
	return load{l.calls + o.calls, l.events + o.events, l.bytes + o.bytes}
}

func (l load) minus(o load) load {
	return load{l.calls - o.calls, l.events - o.events, l.bytes - o.bytes}
}

// New makes an inbox with its readers. It takes nothing before Run.
func New(options Options, effects ...Effect) *Inbox {
	i := &Inbox{
		store: options.Store, isFull: options.IsFull, hub: options.Hub, now: options.Now, log: options.Log,
		limits: options.Limits.withDefaults(), signal: make(chan struct{}, 1), opened: make(chan struct{}),
	}
	if i.isFull == nil {
		i.isFull = func(error) bool { return false }
	}
	if i.now == nil {
		i.now = time.Now
	}
	if i.log == nil {
		i.log = slog.New(slog.DiscardHandler)
	}
	i.recent.limit = i.limits.RecentBytes
	for _, effect := range effects {
		i.readers = append(i.readers, newReader(i, effect))
	}
	return i
}

// Opened is closed when Run has opened the inbox.
func (i *Inbox) Opened() <-chan struct{} { return i.opened }

// Accept keeps events. A nil error means that they are on the disk and that every reader
// will have them. ErrFull and ErrDiskFull mean that nothing was kept, so does ErrClosed; any
// other error leaves it open, and sending them again is harmless. When ctx ends early the
// events may be kept still. The events must not be changed afterwards.
func (i *Inbox) Accept(ctx context.Context, events []event.Event) error {
	if len(events) == 0 {
		return nil
	}
	done := answers.Get().(chan error)
	if err := i.enqueue(waiter{events: events, bytes: sizeOf(events), done: done}); err != nil {
		answers.Put(done)
		return err
	}
	select {
	case err := <-done:
		answers.Put(done)
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (i *Inbox) enqueue(w waiter) error {
	of := load{1, len(w.events), w.bytes}
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.open {
		return ErrClosed
	}
	i.counts.offered += int64(of.events)
	held := i.size.plus(i.writing)
	// A call that is larger than the bound itself is let in when nothing else waits.
	crowded := held.events > 0 && (held.events+of.events > i.limits.WaitingEvents ||
		held.bytes+of.bytes > i.limits.WaitingBytes || held.calls >= i.limits.WaitingCalls)
	if crowded || i.backlog.Bytes > i.limits.BacklogBytes {
		i.counts.full += int64(of.events)
		return ErrFull
	}
	i.waiting = append(i.waiting, w)
	i.size = i.size.plus(of)
	if i.wanted > 0 && (len(i.waiting) >= i.wanted || i.size.events >= i.limits.GroupEvents || i.size.bytes >= i.limits.GroupBytes) {
		i.wanted = 0
		i.signal <- struct{}{} // there is room: one is sent for each sleep
	}
	return nil
}
