package collect

import (
	"maps"
	"sync"

	"github.com/shirube/shirube/internal/event"
)

// Outcome is a request that was not taken whole: what the debugger shows to whoever asks
// "why does my event not arrive?".
type Outcome struct {
	At       event.Millis
	Key      string // id of the key; "" where none was known
	Path     string
	Origin   string // of a page
	Agent    string // user agent, cut
	Status   int
	Code     string // of a request that was not taken at all
	Received int
	Accepted int
	Refused  []event.Refusal // the first few
}

// Counts are what came in since the start, by what became of it.
type Counts struct {
	Accepted int64
	Refused  map[string]int64 // by code, of events and of whole requests
}

// What is remembered: enough to find a mistake, little enough to forget.
const (
	mostOutcomes   = 200    // of a workspace
	mostRefusals   = 5      // of an outcome
	mostWorkspaces = 10_000 // beyond, no more is remembered
	mostText       = 200
)

// ledger remembers the outcomes of one workspace; that of "" those of unknown keys.
type ledger struct {
	mu       sync.Mutex
	outcomes []Outcome // a ring
	next     int
	accepted int64
	refused  map[string]int64
}

func (h *Handler) ledger(ws event.Workspace) *ledger {
	if found, ok := h.ledgers.Load(ws); ok {
		return found.(*ledger)
	}
	if h.known.Load() >= mostWorkspaces {
		return nil
	}
	made, loaded := h.ledgers.LoadOrStore(ws, &ledger{refused: map[string]int64{}})
	if !loaded {
		h.known.Add(1)
	}
	return made.(*ledger)
}

// record counts a request, and remembers it where something was not taken.
func (h *Handler) record(v *visit, status int, code string, envelope event.Envelope) {
	l := h.ledger(v.key.Workspace)
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accepted += int64(envelope.Accepted())
	for _, one := range envelope.Refused {
		l.refused[string(one.Code)]++
	}
	if code != "" {
		l.refused[code]++
	}
	if code == "" && len(envelope.Refused) == 0 {
		return
	}
	l.add(Outcome{
		At: event.Millis(h.options.Now().UnixMilli()), Key: v.key.ID, Path: v.r.URL.Path,
		Origin: short(v.r.Header.Get("Origin")), Agent: short(v.r.UserAgent()),
		Status: status, Code: code, Received: envelope.Received, Accepted: envelope.Accepted(),
		Refused: envelope.Refused[:min(len(envelope.Refused), mostRefusals):min(len(envelope.Refused), mostRefusals)],
	})
}

func (l *ledger) add(one Outcome) {
	one.Refused = append([]event.Refusal(nil), one.Refused...)
	if len(l.outcomes) < mostOutcomes {
		l.outcomes = append(l.outcomes, one)
		return
	}
	l.outcomes[l.next] = one
	l.next = (l.next + 1) % mostOutcomes
}

func short(s string) string { return s[:min(len(s), mostText)] }

// Recent is what was last not taken whole of a workspace's, newest first; of unknown keys
// with "".
func (h *Handler) Recent(ws event.Workspace) []Outcome {
	found, ok := h.ledgers.Load(ws)
	if !ok {
		return nil
	}
	l := found.(*ledger)
	l.mu.Lock()
	defer l.mu.Unlock()
	recent := make([]Outcome, 0, len(l.outcomes))
	for i := len(l.outcomes) - 1; i >= 0; i-- {
		recent = append(recent, l.outcomes[(l.next+i)%len(l.outcomes)])
	}
	return recent
}

// Counts is what came in for a workspace since the start.
func (h *Handler) Counts(ws event.Workspace) Counts {
	found, ok := h.ledgers.Load(ws)
	if !ok {
		return Counts{Refused: map[string]int64{}}
	}
	l := found.(*ledger)
	l.mu.Lock()
	defer l.mu.Unlock()
	return Counts{Accepted: l.accepted, Refused: maps.Clone(l.refused)}
}
