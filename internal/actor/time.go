package actor

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// Waits of who looks at the time.
const (
	dueAtOnce  = 200 // people of one transaction: it must not hold the writer for long
	tickEvery  = 500 * time.Millisecond
	maxBackoff = 30 * time.Second
)

// Run looks at whom time alone has changed something for, until ctx ends.
func (a *Actor) Run(ctx context.Context) {
	if err := a.rewind(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("putting right what was begun ahead of the clock", "error", err)
	}
	failures := 0
	for ctx.Err() == nil {
		more, err := a.Tick(ctx)
		wait := tickEvery
		switch {
		case err != nil && ctx.Err() == nil:
			if failures++; failures&(failures-1) == 0 {
				a.log.Error("what is due cannot be done and is tried again", "times", failures, "error", err)
			}
			wait = min(maxBackoff, tickEvery<<min(failures, 10))
		case more:
			failures, wait = 0, 0
		default:
			failures = 0
		}
		if wait == 0 {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (a *Actor) rewind(ctx context.Context) error {
	now := a.clock.moment()
	a.clock.wasSetBack()
	return a.ledger.Rewind(ctx, now+setBack, now)
}

// Tick does what is due now, at most so much as one transaction should hold; it reports
// whether there may be more.
func (a *Actor) Tick(ctx context.Context) (more bool, err error) {
	now := a.clock.moment()
	if a.clock.wasSetBack() {
		if err := a.rewind(ctx); err != nil {
			return false, err
		}
	}
	next, err := a.ledger.NextDue(ctx)
	if err != nil {
		return false, err
	}
	if next == 0 || next > now {
		touched, err := a.ledger.Touched(ctx)
		if err != nil || !touched {
			return false, err
		}
	}
	sets, err := a.rules(ctx)
	if err != nil {
		return false, err
	}
	added, stale, wrote := 0, false, false
	err = a.ledger.Do(context.WithoutCancel(ctx), func(ctx context.Context, b Books) error {
		added, stale, wrote = 0, false, false
		if err := b.Hold(ctx); err != nil {
			return err
		}
		due, err := b.Due(ctx, now, dueAtOnce)
		if err != nil {
			return err
		}
		looks := map[event.Workspace]*look{}
		var order []*look
		for _, d := range due {
			l := looks[d.Workspace]
			if l == nil {
				l = newLook(d.Workspace, sets[d.Workspace], now)
				looks[d.Workspace] = l
				order = append(order, l)
			}
			l.touch(d.Contact)
		}
		for _, l := range order {
			n, err := l.run(ctx, b)
			if err != nil {
				return err
			}
			added += n
			stale = stale || l.stale
			wrote = wrote || l.wrote()
		}
		more = len(due) > 0 && wrote && !stale
		return nil
	})
	if err != nil {
		a.forget()
		return false, err
	}
	if stale {
		a.forget()
	}
	if added > 0 {
		a.queued()
	}
	return more, nil
}
