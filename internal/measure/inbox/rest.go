package inbox

import (
	"context"
	"time"
)

// resting lets the effect do what may wait: when nothing came for a while, and now and then
// when it never gets quiet. It runs beside the reader.
func (r *reader) resting(ctx context.Context) {
	ticker := time.NewTicker(restAfter / 2)
	defer ticker.Stop()
	last, failures := time.Now(), 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		worked := r.worked.Load()
		if worked == 0 {
			continue // nothing was done since
		}
		quiet := time.Since(time.Unix(0, worked)) >= restAfter
		if !quiet && time.Since(last) < restWithin {
			continue
		}
		err := r.effect.Rest(ctx)
		if ctx.Err() != nil {
			return
		}
		last = time.Now()
		if err == nil {
			failures = 0
			r.worked.CompareAndSwap(worked, 0)
			continue
		}
		failures++
		r.tell("tidying up", failures, err)
		pause(ctx, backoff(failures))
	}
}
