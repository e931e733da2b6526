package inbox

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// dropEvery is how often rows that every reader has passed are deleted.
const dropEvery = time.Second

// Run opens the inbox and works until ctx ends; then it writes what still waits, lets the
// readers finish what they are at, and returns. It is called once. An error means that the
// inbox could not be opened.
func (i *Inbox) Run(ctx context.Context) error {
	if err := i.begin(ctx); err != nil {
		return fmt.Errorf("open the inbox: %w", err)
	}
	var readers, writer sync.WaitGroup
	stop := make(chan struct{})
	writer.Go(func() { i.commit(stop) })
	for _, r := range i.readers {
		readers.Go(func() { r.run(ctx) })
		readers.Go(func() { r.resting(ctx) })
	}
	readers.Go(func() { i.dropping(ctx) })
	<-ctx.Done()
	i.mu.Lock()
	i.open = false
	i.mu.Unlock()
	close(stop)
	writer.Wait()
	readers.Wait()
	return nil
}

// begin finds everybody's place and opens the door.
func (i *Inbox) begin(ctx context.Context) error {
	dropped, err := i.store.Dropped(ctx)
	if err != nil {
		return err
	}
	highest := dropped
	for _, r := range i.readers {
		place, err := r.effect.Place(ctx)
		if err != nil {
			return fmt.Errorf("find the place of the reader %q: %w", r.effect.Name(), err)
		}
		r.stand(place)
		if place < dropped {
			// Somebody put an older file in its place. The events are gone from here.
			r.missed(dropped - place)
			i.log.Error("a reader is older than the inbox: what came between is not in it",
				"reader", r.effect.Name(), "place", place, "dropped", dropped)
		}
		highest = max(highest, place)
	}
	// A state that was put back from a copy may stand before a reader that was not; it
	// would hand out numbers that this reader takes for done.
	if err := i.store.SkipTo(ctx, highest); err != nil {
		return err
	}
	backlog, err := i.store.Backlog(ctx)
	if err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.backlog = backlog
	i.dropped = dropped
	if backlog.Batches > 0 {
		i.marks.add(backlog.Newest, backlog.Oldest)
	}
	i.open = true
	close(i.opened)
	return nil
}

// wake tells the readers that there is more.
func (i *Inbox) wake() {
	for _, r := range i.readers {
		select {
		case r.signal <- struct{}{}:
		default:
		}
	}
}

// dropping deletes what everybody has passed, now and then.
func (i *Inbox) dropping(ctx context.Context) {
	ticker := time.NewTicker(dropEvery)
	defer ticker.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := i.drop(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			i.log.Error("rows that are dealt with could not be dropped", "error", err)
		}
		failing = err != nil
	}
}

func (i *Inbox) drop(ctx context.Context) error {
	if len(i.readers) == 0 {
		return nil
	}
	upTo := i.readers[0].place.Load()
	for _, r := range i.readers {
		upTo = min(upTo, r.place.Load())
	}
	i.mu.Lock()
	done := upTo <= i.dropped
	i.mu.Unlock()
	if done {
		return nil
	}
	i.recent.forget(upTo)
	gone, err := i.store.Drop(ctx, upTo)
	if err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.dropped = upTo
	i.marks.forget(upTo)
	// Another node may have written some of them, which were never counted here.
	i.backlog = event.Backlog{
		Batches: max(0, i.backlog.Batches-gone.Batches), Events: max(0, i.backlog.Events-gone.Events),
		Bytes: max(0, i.backlog.Bytes-gone.Bytes), Newest: i.backlog.Newest, Aside: i.backlog.Aside,
	}
	return nil
}
