package server

import (
	"context"
	"iter"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// Points that time alone has changed are looked at this often; whether a card waits to be
// worked out, that often.
const (
	scoreEvery = time.Minute
	cardsEvery = 5 * time.Second
)

// contactsOnly leaves out what visitors did whom nobody knows.
func contactsOnly(rows iter.Seq2[score.Row, error]) iter.Seq2[score.Row, error] {
	return func(yield func(score.Row, error) bool) {
		for row, err := range rows {
			if err == nil && !strings.HasPrefix(row.Subject, contactPrefix) {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// history is what those did of some watches who may be scored: of visitors without a name
// only where the notice of the workspace says so (see ScoreSubjects).
func (s *Server) history(ctx context.Context, ws store.WorkspaceID, watches []condition.Watch) iter.Seq2[score.Row, error] {
	if len(watches) == 0 {
		return func(func(score.Row, error) bool) {} // of none, not of all
	}
	allowed, err := s.stitching(ctx, ws)
	if err != nil {
		return func(yield func(score.Row, error) bool) { yield(score.Row{}, err) }
	}
	rows := s.deps.Store.Scores.History(ctx, ws, watches)
	if allowed.Allowed {
		return rows
	}
	return contactsOnly(rows)
}

// scoring works out cards that are new or changed, and looks again at points that time
// alone has changed, until ctx ends.
func (s *Server) scoring(ctx context.Context) {
	ticker := time.NewTicker(cardsEvery)
	defer ticker.Stop()
	var looked time.Time
	for {
		if err := s.scoreCards(ctx); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("working out changed cards of points", "error", err)
		}
		if now := s.deps.Clock(); now.Sub(looked) >= scoreEvery || now.Before(looked) {
			looked = now
			if err := s.scoreDue(ctx); err != nil && ctx.Err() == nil {
				s.deps.Log.Error("looking at points again", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-s.cardsChanged:
		case <-ticker.C:
		}
	}
}

func (s *Server) scoreDue(ctx context.Context) error {
	l := s.ledger()
	for {
		now := s.nowMillis()
		due, err := s.deps.Store.Scores.Due(ctx, now, scoresAtOnce)
		if err != nil || len(due) == 0 {
			return err
		}
		subjects := map[event.Workspace][]string{}
		for _, one := range due {
			subjects[event.Workspace(one.Workspace)] = append(subjects[event.Workspace(one.Workspace)], one.Subject)
		}
		err = l.Do(ctx, func(ctx context.Context, b actor.Books) error {
			// Of a card that was switched off nothing is due any more.
			if err := b.(books).tx.Scores.Rest(ctx, now, due); err != nil {
				return err
			}
			for ws, list := range subjects {
				if err := b.(books).rescore(ctx, ws, list, now); err != nil {
					return err
				}
				// Time alone has brought them across a line somebody may wait for.
				if err := b.(books).tx.TriggerStates.Touch(ctx, store.WorkspaceID(ws), contactsOf(list)...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(due) < scoresAtOnce {
			return err
		}
	}
}
