package actor

import (
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// setBack is how far the clock must have gone back to be taken for one that was wrong
// before: less is waited out.
const setBack = 5 * 60_000

// clock is the system's, made monotone: a clock that steps back a little stands still until
// it has caught up. One that is set back for good is followed, and told.
type clock struct {
	now func() time.Time

	mu     sync.Mutex
	last   event.Millis
	behind bool // it was set back; Run has to put right what was begun ahead of it
}

func (c *clock) moment() event.Millis {
	now := event.Millis(c.now().UnixMilli())
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case now >= c.last:
		c.last = now
	case now < c.last-setBack:
		c.last, c.behind = now, true
	}
	return c.last
}

// wasSetBack reports, once, that the clock was set back.
func (c *clock) wasSetBack() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.behind
	c.behind = false
	return was
}
