package server

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// waiter is an automation that lets people in by the points of a card.
type waiter struct {
	id, name string
	becoming condition.Condition
	lines    []score.Points // those it asks about
}

// waitingFor are the automations that let people in by the points of a card, the oldest
// first.
func (s *Server) waitingFor(ctx context.Context, ws store.WorkspaceID, card store.ScoreCardID) ([]waiter, error) {
	acting, err := s.deps.Store.Automations.Acting(ctx)
	if err != nil {
		return nil, err
	}
	var list []waiter
	var saved map[string]condition.Condition
	for _, one := range acting {
		if one.Workspace != ws || !one.Live {
			continue
		}
		if saved == nil {
			if saved, err = s.savedSegments(ctx, ws); err != nil {
				return nil, err
			}
		}
		d, err := automation.Read(one.Body)
		if err != nil {
			return nil, fmt.Errorf("version %d of automation %q: %w", one.Version, one.Automation, err)
		}
		expandSegments(d, saved)
		becoming, waits := d.Trigger.Becoming()
		if !waits {
			continue
		}
		w := waiter{id: one.Automation, name: d.Name, becoming: becoming}
		condition.Walk(becoming, func(c condition.Condition) {
			if c.Score != nil && c.Score.Card == string(card) {
				w.lines = append(w.lines, thousandths(c.Score.Of))
			}
		})
		if len(w.lines) > 0 {
			list = append(list, w)
		}
	}
	return list, nil
}

// crosses reports whether points that became others came to lie on the other side of a line.
func crosses(lines []score.Points, before, after score.Points) bool {
	return slices.ContainsFunc(lines, func(line score.Points) bool { return (before >= line) != (after >= line) })
}

// reworked keeps points that were worked out anew by a card, and lets automations follow, in
// one transaction. Whoever changed the card meant it: those it brings across a line somebody
// waits for are looked at, and come in. Where the card itself is the same (it is new, or what
// it rests on has become readable) their points are no news: they are noted as being there.
func (s *Server) reworked(ctx context.Context, ws store.WorkspaceID, kept store.ScoreCard, list []store.Scored, waiting []waiter, now event.Millis) error {
	if len(waiting) == 0 {
		return s.deps.Store.Scores.Refill(ctx, ws, list)
	}
	subjects := make([]string, len(list))
	for i, one := range list {
		subjects[i] = one.Subject
	}
	return s.ledger().Do(ctx, func(ctx context.Context, b actor.Books) error {
		tx := b.(books).tx
		before, err := tx.Scores.Of(ctx, ws, kept.ID, subjects)
		if err != nil {
			return err
		}
		if err := tx.Scores.Refill(ctx, ws, list); err != nil {
			return err
		}
		for _, w := range waiting {
			var crossed []contact.ID
			for _, one := range list {
				if id, known := strings.CutPrefix(one.Subject, contactPrefix); known && crosses(w.lines, before[one.Subject].Points, one.Points) {
					crossed = append(crossed, contact.ID(id))
				}
			}
			if kept.Scored > 0 {
				err = tx.TriggerStates.Touch(ctx, ws, crossed...)
			} else {
				err = noteStanding(ctx, b, ws, w.id, w.becoming, crossed, true, now)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// faded has automations look at those who have no points by a card any more and had some.
func faded(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, gone []store.Scored, waiting []waiter) error {
	var crossed []contact.ID
	for _, one := range gone {
		id, known := strings.CutPrefix(one.Subject, contactPrefix)
		if known && slices.ContainsFunc(waiting, func(w waiter) bool { return crosses(w.lines, one.Points, 0) }) {
			crossed = append(crossed, contact.ID(id))
		}
	}
	return tx.TriggerStates.Touch(ctx, ws, crossed...)
}

// mostCompared bounds of how many people points as they are now are read to compare.
const mostCompared = 500_000

// wouldEnter names in a preview the automations that wait for a card's points, and counts,
// person by person, whom its next version would bring across a line from below.
func (s *Server) wouldEnter(ctx context.Context, ws store.WorkspaceID, card store.ScoreCardID, reply *ScorePreview) (func(subject string, after score.Points), error) {
	if card == "" {
		return func(string, score.Points) {}, nil
	}
	waiting, err := s.waitingFor(ctx, ws, card)
	if err != nil {
		return nil, err
	}
	before := map[string]score.Points{}
	if len(waiting) > 0 {
		scored, err := s.deps.Store.Scores.Top(ctx, ws, card, mostCompared)
		if err != nil {
			return nil, err
		}
		for _, one := range scored {
			before[one.Subject] = one.Points
		}
	}
	for _, w := range waiting {
		reply.Enter = append(reply.Enter, WouldEnter{Automation: w.id, Name: w.name})
	}
	return func(subject string, after score.Points) {
		if !strings.HasPrefix(subject, contactPrefix) || after <= before[subject] {
			return
		}
		for i, w := range waiting {
			if crosses(w.lines, before[subject], after) {
				reply.Enter[i].People++
			}
		}
	}, nil
}
