package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/store"
)

// ledger is the state as whoever acts sees it.
func (s *Server) ledger() ledger { return ledger{s.deps.Store, s.zone, &s.lines} }

// usingSegment is the automations that act by a version in which a segment is named, with
// each condition that a live version's trigger waits for as it is with the segments given.
func (s *Server) usingSegment(ctx context.Context, ws store.WorkspaceID, id string, saved map[string]condition.Condition) (names []string, becoming map[string]condition.Condition, err error) {
	acting, err := s.deps.Store.Automations.Acting(ctx)
	if err != nil {
		return nil, nil, err
	}
	becoming = map[string]condition.Condition{}
	for _, one := range acting {
		if one.Workspace != ws {
			continue
		}
		d, err := automation.Read(one.Body)
		if err != nil {
			return nil, nil, fmt.Errorf("version %d of automation %q: %w", one.Version, one.Automation, err)
		}
		named := false
		d.Conditions(func(_ string, c *condition.Condition) { named = named || leadsTo(*c, id, saved, 0) })
		if !named {
			continue
		}
		if !slices.Contains(names, one.Automation) {
			names = append(names, one.Automation)
		}
		expandSegments(d, saved)
		if c, ok := d.Trigger.Becoming(); ok && one.Live {
			becoming[one.Automation] = c
		}
	}
	return names, becoming, nil
}

// mostWithin is how deep segments are followed; Expand follows none deeper.
const mostWithin = 10

// leadsTo reports whether a condition names a segment, by itself or through others.
func leadsTo(c condition.Condition, id string, saved map[string]condition.Condition, depth int) bool {
	return depth < mostWithin && slices.ContainsFunc(condition.Segments(c), func(named string) bool {
		return named == id || leadsTo(saved[named], id, saved, depth+1)
	})
}

// actingSegment readies what acts for a segment that is about to be another: what the new
// condition asks about has its past, and whoever it is true of already does not come in by
// it. A changed segment is no news about a person. It returns the automations whose people
// have to be looked at again once it is kept.
func (s *Server) actingSegment(ctx context.Context, ws store.WorkspaceID, id string, to condition.Condition) ([]string, error) {
	if id == "" {
		return nil, nil
	}
	saved, err := s.savedSegments(ctx, ws)
	if err != nil {
		return nil, err
	}
	was, known := saved[id]
	if !known || same(was, to) {
		return nil, nil
	}
	saved[id] = to
	names, becoming, err := s.usingSegment(ctx, ws, id, saved)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	// Until it is kept, the one before is asked about as well.
	if err := s.deps.Store.Watches.Put(ctx, ws, "segment:"+id, condition.Watches(was, to)); err != nil {
		return nil, err
	}
	if err := s.fillWatches(ctx, ws); err != nil {
		return nil, err
	}
	for _, name := range names {
		if c, waits := becoming[name]; waits {
			if err := s.baseline(ctx, ws, name, c, true); err != nil {
				return nil, err
			}
		}
	}
	return names, nil
}

// same reports whether two conditions are written alike.
func same(a, b condition.Condition) bool {
	one, err := json.Marshal(a)
	other, failed := json.Marshal(b)
	return err == nil && failed == nil && string(one) == string(other)
}
