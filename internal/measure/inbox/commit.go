package inbox

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// commit writes what waits, group after group, until stop is closed and nothing waits any
// more. While one group is on its way to the disk the next one gathers by itself: the
// slower the disk, the larger the groups.
func (i *Inbox) commit(stop <-chan struct{}) {
	last := 0 // calls of the group before
	for {
		i.giveWay(stop)
		i.sleep(worthWaitingFor(last+i.waits()), longestGather, stop)
		group := i.take()
		if len(group) == 0 {
			if i.sleep(1, forEver, stop) {
				continue
			}
			if group = i.take(); len(group) == 0 {
				return
			}
		}
		i.write(group)
		last = len(group)
	}
}

const (
	longestGather = 2 * time.Millisecond
	forEver       = time.Duration(math.MaxInt64)
	manyCalls     = 8
)

// worthWaitingFor is how many calls are waited for a little, of so many that were there
// lately: 0 for none. Those who were just answered mostly send again at once; without
// waiting, every other group would be of the first few of them and cost as much as a large
// one. The last quarter arrives while the disk is at work. Senders of whom a few come at a
// time never wait for one another.
func worthWaitingFor(lately int) int {
	if lately < manyCalls {
		return 0
	}
	return lately * 3 / 4
}

func (i *Inbox) waits() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.waiting)
}

// sleep ends when as many calls wait as are wanted or a group is full, after a while, and
// when stop is closed; it reports false for the last.
func (i *Inbox) sleep(wanted int, atMost time.Duration, stop <-chan struct{}) bool {
	i.mu.Lock()
	if wanted <= len(i.waiting) || i.size.events >= i.limits.GroupEvents || i.size.bytes >= i.limits.GroupBytes {
		i.mu.Unlock()
		return true
	}
	i.wanted = wanted
	i.mu.Unlock()
	var late <-chan time.Time
	if atMost != forEver {
		timer := time.NewTimer(atMost)
		defer timer.Stop()
		late = timer.C
	}
	stopped := false
	select {
	case <-i.signal:
		return true
	case <-late:
	case <-stop:
		stopped = true
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.wanted == 0 { // it was sent all the same
		<-i.signal
	}
	i.wanted = 0
	return !stopped
}

// How far readers may be behind before senders wait for them, and for how long at most. A
// reader that keeps up is behind by the time it gathers for, and by that of its work.
const (
	mayLag      = 1500 * time.Millisecond
	lagPerPause = 10 // a second too much makes groups a tenth of it later
	longestWay  = 100 * time.Millisecond
)

// giveWay lets readers that fall behind have the processor. Groups become larger by it and
// cost less each, so that more can be taken in for as long as one likes.
func (i *Inbox) giveWay(stop <-chan struct{}) {
	wait := wayFor(i.lag())
	if wait <= 0 {
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-stop:
	case <-timer.C:
	}
}

func wayFor(lag time.Duration) time.Duration {
	return min((lag-mayLag)/lagPerPause, longestWay)
}

// lag is how old the oldest row is that a reader has still to pass. One that fails is not
// waited for: nobody knows for how long it does.
func (i *Inbox) lag() time.Duration {
	now := event.Millis(i.now().UnixMilli())
	i.mu.Lock()
	defer i.mu.Unlock()
	var most time.Duration
	for _, r := range i.readers {
		if at := i.marks.after(r.place.Load()); at > 0 && !r.failing() {
			most = max(most, time.Duration(now-at)*time.Millisecond)
		}
	}
	return most
}

// take is the next group: the calls that wait longest, up to the bounds of a row.
func (i *Inbox) take() []waiter {
	i.mu.Lock()
	defer i.mu.Unlock()
	var of load
	n := 0
	for ; n < len(i.waiting); n++ {
		w := &i.waiting[n]
		next := of.plus(load{1, len(w.events), w.bytes})
		if n > 0 && (next.events > i.limits.GroupEvents || next.bytes > i.limits.GroupBytes) {
			break
		}
		of = next
	}
	if n == 0 {
		return nil
	}
	group := i.waiting[:n:n]
	if n == len(i.waiting) {
		i.waiting = nil
	} else {
		// Copied, so that what was taken is not held by what still waits.
		i.waiting = append(make([]waiter, 0, 2*(len(i.waiting)-n)), i.waiting[n:]...)
	}
	i.size, i.writing = i.size.minus(of), of
	return group
}

// write makes a group durable and tells its callers.
func (i *Inbox) write(group []waiter) {
	calls := make([][]event.Event, len(group))
	events := 0
	for k, w := range group {
		calls[k] = w.events
		events += len(w.events)
	}
	batch := event.Batch{Payload: i.packer.pack(calls...), Events: events, At: event.Millis(i.now().UnixMilli())}
	ctx, cancel := context.WithTimeout(context.Background(), appendTimeout)
	seq, err := i.store.Append(ctx, batch.Payload, batch.Events)
	cancel()
	batch.Seq = seq
	if err == nil {
		// Before the callers go on: who was told that an event is kept finds it.
		i.recent.add(batch)
		if i.hub != nil {
			i.hub.Publish(calls...)
		}
	}
	answer := i.settle(batch, err)
	for _, w := range group {
		w.done <- answer
	}
	if err == nil {
		i.wake()
	}
}

// settle counts a group and makes the answer to its callers.
func (i *Inbox) settle(batch event.Batch, err error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.writing = load{}
	wasFull := i.counts.diskFull
	i.counts.diskFull = false
	switch {
	case err == nil:
		i.counts.kept += int64(batch.Events)
		i.counts.groups++
		i.backlog.Batches++
		i.backlog.Events += int64(batch.Events)
		i.backlog.Bytes += int64(len(batch.Payload))
		i.backlog.Newest = batch.Seq
		i.marks.add(batch.Seq, batch.At)
		if wasFull {
			i.log.Info("there is room on the disk again; events are taken in")
		}
		return nil
	case i.isFull(err):
		i.counts.noDisk += int64(batch.Events)
		i.counts.diskFull = true
		if !wasFull { // once, not once a request
			i.log.Error("no events are taken in: the disk is full", "error", err)
		}
		return ErrDiskFull
	default:
		i.counts.failed += int64(batch.Events)
		i.log.Error("events could not be kept", "events", batch.Events, "error", err)
		return fmt.Errorf("keep %d events: %w", batch.Events, err)
	}
}
