package inbox

import (
	"context"
	"errors"
	"time"
)

// rest is when a reader may do what can wait.
type rest struct {
	owed     bool // something was done since the last one
	last     time.Time
	patience time.Duration
}

// quiet waits for more rows. When none come for a while, or when the last rest is long ago,
// the effect has its rest.
func (r *reader) quiet(ctx context.Context) {
	wait := pollEvery
	due := r.rest.owed && time.Since(r.rest.last) > restWithin
	if r.rest.owed {
		wait = restAfter
	}
	if !due {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return
		case <-r.signal:
			return
		case <-timer.C:
			due = r.rest.owed
		}
	}
	if due {
		r.haveRest(ctx)
	}
}

// haveRest lets the effect rest until it is done or events have waited long enough. A rest
// that was cut short gets more time the next time, so that it ends some day.
func (r *reader) haveRest(ctx context.Context) {
	resting, stop := context.WithCancel(ctx)
	defer stop()
	over := make(chan struct{})
	watched := make(chan bool, 1)
	go func() {
		select {
		case <-over:
			watched <- false
			return
		case <-r.signal:
		}
		timer := time.NewTimer(r.rest.patience)
		defer timer.Stop()
		select {
		case <-over:
		case <-timer.C:
			stop()
		}
		watched <- true
	}()
	err := r.effect.Rest(resting)
	cut := resting.Err() != nil
	close(over)
	if <-watched {
		select {
		case r.signal <- struct{}{}: // taken by the watch, meant for the reader
		default:
		}
	}
	r.rest.last = time.Now()
	switch {
	case cut:
		r.rest.patience = min(2*r.rest.patience, 32*patience)
	case err != nil && !errors.Is(err, context.Canceled):
		r.stumble(ctx, "tidying up", err)
		r.rest.owed = false // with the next events again
	default:
		r.rest.owed, r.rest.patience = false, patience
		r.failures = 0
		r.mu.Lock()
		r.told.Failing = ""
		r.mu.Unlock()
	}
}
