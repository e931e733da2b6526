package actor

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
)

// Line is one kind of item with who hands it over.
type Line struct {
	Kind        outbox.Kind
	Sender      Sender
	Connections int // handed over at once; 0: 4
}

// WorkerOptions are what a worker takes from outside.
type WorkerOptions struct {
	Box   Box
	Gate  Gate // nil: everything may go
	Lines []Line
	Now   func() time.Time // nil: the system's clock
	Log   *slog.Logger     // nil: silence
}

// Worker hands over what the outbox holds. Each connection has at most one item at a time,
// and what became of it is on the disk before it is given another: so whenever the program
// dies, no more than one item for each connection is left of which nobody knows.
type Worker struct {
	box   Box
	gate  Gate
	lines []*line
	clock clock
	log   *slog.Logger
	held  atomic.Bool
}

// line is one Line at work.
type line struct {
	Line
	wake chan struct{}
	sent atomic.Int64
}

// NewWorker makes a worker.
func NewWorker(options WorkerOptions) *Worker {
	w := &Worker{box: options.Box, gate: options.Gate, clock: clock{now: options.Now}, log: options.Log}
	if w.clock.now == nil {
		w.clock.now = time.Now
	}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	for _, l := range options.Lines {
		if l.Connections <= 0 {
			l.Connections = 4
		}
		w.lines = append(w.lines, &line{Line: l, wake: make(chan struct{}, 1)})
	}
	return w
}

// Wake has the worker look for items at once.
func (w *Worker) Wake() {
	for _, l := range w.lines {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

// Run hands items over until ctx ends; then it takes no more, and returns when every answer
// that is under way has been written down.
func (w *Worker) Run(ctx context.Context) error {
	orphans, err := w.orphan(ctx)
	if err != nil {
		return err
	}
	if orphans > 0 {
		w.log.Warn("items were being sent when the program ended; whether they arrived nobody knows, a person decides", "items", orphans)
	}
	done := make(chan struct{}, len(w.lines))
	for _, l := range w.lines {
		go func() {
			defer func() { done <- struct{}{} }()
			w.run(ctx, l)
		}()
	}
	for range w.lines {
		<-done
	}
	return nil
}

// orphan is tried until it is done: before it is, what this run sends could not be told
// from what an earlier one did.
func (w *Worker) orphan(ctx context.Context) (int64, error) {
	for failures := 1; ; failures++ {
		n, err := w.box.Orphan(ctx)
		if err == nil {
			return n, nil
		}
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if failures&(failures-1) == 0 {
			w.log.Error("the outbox cannot be opened and is tried again", "times", failures, "error", err)
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(min(maxBackoff, tickEvery<<min(failures, 10))):
		}
	}
}

// gatherFor is how long answers are gathered before they are written together: a commit
// costs about as much for one as for fifty.
const gatherFor = 2 * time.Millisecond

// run is the one who gives out the items of a line and writes down what became of them.
func (w *Worker) run(ctx context.Context, l *line) {
	give := make(chan outbox.Item, l.Connections)
	answered := make(chan outbox.Item, l.Connections)
	working := context.WithoutCancel(ctx)
	for range l.Connections {
		go func() {
			for item := range give {
				answered <- item.After(l.Sender.Hand(working, item), w.clock.moment())
			}
		}()
	}
	defer close(give)
	var done []outbox.Item
	under, failures := 0, 0
	for {
		free := l.Connections - under
		if ctx.Err() != nil {
			free = 0
			if under == 0 && len(done) == 0 {
				return
			}
		}
		if len(done) > 0 || free > 0 {
			items, err := w.box.Exchange(working, done, l.Kind, w.clock.moment(), free)
			if err != nil {
				failures++
				if failures&(failures-1) == 0 {
					w.log.Error("the outbox cannot be written and is tried again", "kind", l.Kind, "times", failures, "error", err)
				}
				time.Sleep(min(maxBackoff, 50*time.Millisecond<<min(failures, 10)))
				if failures > 20 && ctx.Err() != nil {
					return // it will be unknown
				}
				continue
			}
			failures, done = 0, done[:0]
			may, ruled := w.rule(working, items)
			done = append(done, ruled...)
			for _, item := range may {
				give <- item
			}
			under += len(may)
			l.sent.Add(int64(len(may)))
			if len(ruled) > 0 {
				continue // write that down, and take others in their place
			}
		}
		done, under = w.await(ctx, l, answered, done, under)
	}
}

// await waits for answers, or for something to do.
func (w *Worker) await(ctx context.Context, l *line, answered chan outbox.Item, done []outbox.Item, under int) ([]outbox.Item, int) {
	var idle <-chan time.Time
	ended := ctx.Done()
	wake := l.wake
	if under == l.Connections {
		wake = nil // there is nobody free
	} else {
		idle = time.After(tickEvery)
	}
	if under > 0 && ctx.Err() != nil {
		ended, wake, idle = nil, nil, nil
	}
	select {
	case item := <-answered:
		done, under = append(done, item), under-1
	case <-wake:
		return done, under
	case <-idle:
		return done, under
	case <-ended:
		return done, under
	}
	if under == 0 {
		return done, under
	}
	gather := time.NewTimer(gatherFor)
	defer gather.Stop()
	for under > 0 {
		select {
		case item := <-answered:
			done, under = append(done, item), under-1
		case <-gather.C:
			return done, under
		}
	}
	return done, under
}

// rule asks the gate, and parts items that may go from those that may not.
func (w *Worker) rule(ctx context.Context, items []outbox.Item) (may, ruled []outbox.Item) {
	if len(items) == 0 {
		return nil, nil
	}
	now := w.clock.moment()
	rulings := make([]outbox.Ruling, len(items))
	if w.gate != nil {
		var err error
		if rulings, err = w.gate.Rule(ctx, items, now); err != nil {
			// What must not be sent cannot be told now: nothing goes.
			if !w.held.Swap(true) {
				w.log.Error("whether items may be sent cannot be told; they wait", "error", err)
			}
			rulings = make([]outbox.Ruling, len(items))
			for k := range rulings {
				rulings[k] = outbox.Ruling{State: outbox.Queued, Until: now + 5_000, Reason: "check"}
			}
		} else {
			w.held.Store(false)
		}
	}
	for k, item := range items {
		if after, ok := item.Ruled(rulings[k], now); ok {
			may = append(may, item)
		} else {
			ruled = append(ruled, after)
		}
	}
	return may, ruled
}

// Handed is how many items of a kind were given to a sender since the worker began.
func (w *Worker) Handed(kind outbox.Kind) (n int64) {
	for _, l := range w.lines {
		if l.Kind == kind {
			n += l.sent.Load()
		}
	}
	return n
}
