package collect

import (
	"time"

	"golang.org/x/time/rate"

	"github.com/shirube/shirube/internal/event"
)

// limiter holds one key to its events a second.
type limiter struct {
	*rate.Limiter
	perSecond float64
}

// mostLimiters bounds the memory: keys are few, and one that is forgotten starts anew.
const mostLimiters = 10_000

// within reports whether a key may send so many more events now. A full batch always fits
// into a moment's allowance, else it could never be sent.
func (h *Handler) within(key Key, events int, now time.Time) bool {
	if key.PerSecond <= 0 {
		return true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.limiters[key.ID]
	if one == nil || one.perSecond != key.PerSecond {
		if len(h.limiters) >= mostLimiters {
			clear(h.limiters)
		}
		one = &limiter{rate.NewLimiter(rate.Limit(key.PerSecond), max(int(2*key.PerSecond), event.MaxBatch)), key.PerSecond}
		h.limiters[key.ID] = one
	}
	return one.AllowN(now, events)
}
