package collect

import (
	"strings"
	"sync"

	"github.com/shirube/shirube/internal/event"
)

// agents remembers what user agents tell: visitors have few different ones, and looking
// through one for the names of all robots and browsers costs as much as reading the event.
type agents struct {
	mu    sync.RWMutex
	known map[string]event.Agent
}

// What is remembered. What comes beyond is forgotten all at once; it is soon there again.
const (
	mostAgents   = 4096
	longestAgent = 512
)

func (a *agents) parse(ua string) event.Agent {
	a.mu.RLock()
	parsed, known := a.known[ua]
	a.mu.RUnlock()
	if known {
		return parsed
	}
	parsed = event.ParseAgent(ua)
	if len(ua) > longestAgent {
		return parsed
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil || len(a.known) >= mostAgents {
		a.known = map[string]event.Agent{}
	}
	a.known[strings.Clone(ua)] = parsed // it may be a piece of a whole body
	return parsed
}
