package inbox

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/event"
)

const (
	firstBackoff  = 100 * time.Millisecond
	triesTogether = 3  // before rows are taken one by one
	triesAlone    = 3  // of one row, before it is suspected of being the reason
	aloneFor      = 64 // rows taken one by one before they are taken together again
)

// suspect is a row that fails by itself, and how often it did.
type suspect struct {
	seq   int64
	times int
}

// stumble waits after an error, longer each time.
func (r *reader) stumble(ctx context.Context, doing string, err error) {
	if ctx.Err() != nil {
		return
	}
	r.failures++
	r.tell(doing, r.failures, err)
	pause(ctx, backoff(r.failures))
}

// tell says what a reader stands at, and writes it to the log: at first, and then whenever
// the number of failures has doubled.
func (r *reader) tell(doing string, times int, err error) {
	if times&(times-1) == 0 {
		r.inbox.log.Error("a reader of the inbox fails and tries again", "reader", r.effect.Name(),
			"doing", doing, "times", times, "wait", backoff(times), "error", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told.Failing = fmt.Sprintf("%s: %v", doing, err)
}

func backoff(times int) time.Duration { return min(maxBackoff, firstBackoff<<min(times-1, 20)) }

// failed finds out where the effect stands after an error, and whether one row is the reason
// of it. Such a row is set aside, so that it does not keep the others waiting for ever.
func (r *reader) failed(ctx context.Context, rows []event.Batch, err error) {
	r.stumble(ctx, "dealing with events", err)
	working := context.WithoutCancel(ctx)
	place, asked := r.effect.Place(working)
	if asked != nil {
		return
	}
	r.place.Store(place) // it may have happened all the same
	switch {
	case r.inbox.isFull(err) || place >= rows[len(rows)-1].Seq || ctx.Err() != nil:
		return
	case len(rows) > 1:
		if r.failures >= triesTogether {
			r.single = aloneFor + len(rows)
		}
		return
	}
	row := rows[0]
	if r.suspect.seq != row.Seq {
		r.suspect = suspect{seq: row.Seq}
	}
	if r.suspect.times++; r.suspect.times < triesAlone {
		return
	}
	// If nothing at all can be done now, the row is not the reason.
	if r.effect.Do(working, place, place, nil) != nil {
		return
	}
	if err := r.setAside(working, row, err); err != nil {
		r.stumble(ctx, "setting a row aside", err)
		return
	}
	if err := r.effect.Do(working, place, row.Seq, nil); err != nil {
		return // it will come again, and be set aside again
	}
	r.place.Store(row.Seq)
	r.failures, r.suspect = 0, suspect{}
}

// setAside keeps a row for later examination and counts it once.
func (r *reader) setAside(ctx context.Context, row event.Batch, reason error) error {
	first, err := r.inbox.store.SetAside(ctx, row, r.effect.Name()+": "+reason.Error())
	if err != nil || !first {
		return err
	}
	r.inbox.log.Error("a row of the inbox was set aside", "reader", r.effect.Name(), "seq", row.Seq, "events", row.Events, "reason", reason)
	r.mu.Lock()
	r.told.Aside++
	r.mu.Unlock()
	r.inbox.mu.Lock()
	r.inbox.backlog.Aside++
	r.inbox.mu.Unlock()
	return nil
}
