package server

import (
	"context"
	"maps"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// Tries are counted in memory, where counting costs nothing, and kept in the state beside
// requests: whoever floods us must not make us write for each try. So a start forgets at most
// what was tried in the last second before a crash, and nothing of an orderly end.

// attemptsKept is how often what was tried is kept.
const attemptsKept = time.Second

// recall takes up what an earlier run has kept, and has what changes kept from now on.
func (a *attempts) recall(ctx context.Context, state *store.DB, now time.Time) error {
	spent, err := state.Attempts.Spent(ctx, now, rememberedAttempts)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.spent, a.changed = spent, map[string]bool{}
	return nil
}

// keep writes down what changed since the last time. What could not be written is tried again.
func (a *attempts) keep(ctx context.Context, state *store.DB, now time.Time) error {
	a.mu.Lock()
	changed := a.changed
	full := make(map[string]time.Time, len(changed))
	for name := range changed {
		at := time.Time{} // forgotten
		if element := a.limit[name]; element != nil {
			at = element.Value.(*attempt).full(now)
		}
		full[access.Fingerprint(name)] = at
	}
	if len(changed) > 0 {
		a.changed = map[string]bool{}
	}
	a.mu.Unlock()
	if len(full) == 0 {
		return nil
	}
	err := state.Attempts.Keep(ctx, now, full)
	if err != nil {
		a.mu.Lock()
		maps.Copy(a.changed, changed)
		a.mu.Unlock()
	}
	return err
}

// keepingAttempts keeps what is tried until the context ends, and once more then.
func (s *Server) keepingAttempts(ctx context.Context) {
	ticker := time.NewTicker(attemptsKept)
	defer ticker.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), noticeLimit)
		if err := s.attempts.keep(within, s.deps.Store, s.deps.Clock()); err != nil {
			s.deps.Log.Warn("tries not kept", "error", err)
		}
		cancel()
	}
}
