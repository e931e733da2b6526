package server

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// wakeScoring has cards that wait looked at now.
func (s *Server) wakeScoring() {
	select {
	case s.cardsChanged <- struct{}{}:
	default: // it is awake already
	}
}

// scoreCards works out every card that is new or changed. Behaviour whose past is still
// being read is waited for: points without it would be wrong for everybody.
func (s *Server) scoreCards(ctx context.Context) error {
	waiting, err := s.deps.Store.ScoreCards.Unscored(ctx)
	if err != nil {
		return err
	}
	for _, kept := range waiting {
		ready, err := s.pastIsRead(ctx, kept)
		if err != nil {
			return err
		}
		if !ready {
			continue
		}
		if err := s.scoreEverybody(ctx, kept.Workspace, kept); err != nil && !isNotFound(err) {
			return err
		}
	}
	return nil
}

// pastIsRead reports whether what a card asks about has been read from the past, as far as
// there is one to read.
func (s *Server) pastIsRead(ctx context.Context, kept store.ScoreCard) (bool, error) {
	if s.measuring == nil {
		return true, nil
	}
	inUse, err := s.deps.Store.Watches.List(ctx, kept.Workspace)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(inUse, func(w store.WatchInUse) bool {
		return !w.Filled && slices.Contains(w.Owners, watcherOf(kept.ID))
	}), nil
}

// scoreEverybody works out a live card's points for everybody it may give some. Nobody
// becomes a lead by it: a changed card is no news about a person. Automations that wait for
// its points follow a change somebody made (see reworked).
func (s *Server) scoreEverybody(ctx context.Context, ws store.WorkspaceID, kept store.ScoreCard) error {
	now := s.nowMillis()
	scorer, about, err := s.readied(ctx, ws, kept)
	if err != nil {
		return err
	}
	lines, err := s.ledger().scoreLines(ctx)
	if err != nil {
		return err
	}
	scorer = scorer.Also(lines[event.Workspace(ws)][string(kept.ID)])
	waiting, err := s.waitingFor(ctx, ws, kept.ID)
	if err != nil {
		return err
	}
	var part []store.Scored
	put := func() error {
		err := s.reworked(ctx, ws, kept, part, waiting, now)
		part = part[:0]
		return err
	}
	everybody := func(yield func(string, error) bool) {
		for _, subject := range slices.Sorted(maps.Keys(about)) {
			if !yield(subject, nil) {
				return
			}
		}
	}
	err = scorer.Rescore(s.history(ctx, ws, watchesOf(scorer)), everybody, factsIn(about), now, func(one score.Standing) error {
		part = append(part, store.Scored{Card: kept.ID, Subject: one.Subject, Version: kept.Version, Points: one.Total, Band: one.Band, Hot: one.Hot, Next: one.Next, UpdatedAt: now})
		if len(part) < 5000 {
			return nil
		}
		return put()
	})
	if err != nil {
		return err
	}
	if err := put(); err != nil {
		return err
	}
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		gone, err := tx.Scores.Outdated(ctx, ws, kept.ID, kept.Version)
		if err != nil {
			return err
		}
		if err := faded(ctx, tx, ws, gone, waiting); err != nil {
			return err
		}
		return tx.ScoreCards.NoteScored(ctx, ws, kept.ID, kept.Version)
	})
}

// scoreAnew has cards worked out again whose ground has changed, and what they watch told
// anew.
func scoreAnew(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, which func(score.Card) bool) error {
	cards, err := tx.ScoreCards.List(ctx, ws)
	if err != nil {
		return err
	}
	for _, kept := range cards {
		var card score.Card
		if err := json.Unmarshal(kept.Body, &card); err != nil {
			return fmt.Errorf("read card of points %q: %w", kept.ID, err)
		}
		if !which(card) {
			continue
		}
		if err := watchCard(ctx, tx, ws, kept); err != nil {
			return err
		}
		if err := tx.ScoreCards.NoteScored(ctx, ws, kept.ID, 0); err != nil {
			return err
		}
	}
	return nil
}

// scoreVersions is who made which version of a card when.
func (s *Server) scoreVersions(ctx context.Context, in ScoreCardPath) (ScoreVersionsReply, error) {
	reply := ScoreVersionsReply{Versions: []ScoreVersionView{}}
	ws, kept, err := s.ownScoreCard(ctx, in)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.ScoreCards.Versions(ctx, ws.ID, kept.ID)
	for _, one := range list {
		reply.Versions = append(reply.Versions, ScoreVersionView{one.Version, one.Author, one.CreatedAt})
	}
	return reply, err
}
