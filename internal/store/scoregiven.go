package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
)

// GivenPoints are points that a step of an automation gave somebody.
type GivenPoints struct {
	Card    ScoreCardID
	Subject string
	Key     string // of the step's turn; the same is given once
	Cause   string // "automation:<id>"
	score.Given
}

type givenRow struct {
	bun.BaseModel `bun:"table:score_given"`

	CardID      ScoreCardID  `bun:"card_id,pk"`
	Key         string       `bun:"key,pk"`
	WorkspaceID WorkspaceID  `bun:"workspace_id"`
	Subject     string       `bun:"subject"`
	Points      score.Points `bun:"points"`
	Cause       string       `bun:"cause"`
	Name        string       `bun:"name"`
	Version     int          `bun:"version"`
	Reason      string       `bun:"reason"`
	At          event.Millis `bun:"at"`
}

// Give keeps points that were given; what was given before by the same key stays as it was.
// Points of a card that is gone, or another workspace's, are nobody's: they are left out.
func (s Scores) Give(ctx context.Context, ws WorkspaceID, list []GivenPoints) error {
	if len(list) == 0 {
		return nil
	}
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var cards []ScoreCardID
		if err := tx.NewSelect().Model((*scoreCardRow)(nil)).Column("id").Where("workspace_id = ?", ws).Scan(ctx, &cards); err != nil {
			return err
		}
		var rows []givenRow
		for _, one := range list {
			for what, text := range map[string]string{"subject": one.Subject, "key": one.Key, "name": one.Name, "cause": one.Cause} {
				if err := checkText(what, text, maxNameBytes); err != nil {
					return err
				}
			}
			if slices.Contains(cards, one.Card) {
				rows = append(rows, givenRow{CardID: one.Card, Key: one.Key, WorkspaceID: ws, Subject: one.Subject, Points: one.Points, Cause: one.Cause,
					Name: one.Name, Version: one.Version, Reason: storable(one.Reason, maxReason), At: one.At})
			}
		}
		for part := range slices.Chunk(rows, scoresAtOnce) {
			if _, err := tx.NewInsert().Model(&part).On("CONFLICT (card_id, key) DO NOTHING").Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("give points to %d people of %q: %w", len(list), ws, err)
	}
	return nil
}

// Given is what was given to subjects by a card, by subject, the newest first; to everybody
// where subjects is nil.
func (s Scores) Given(ctx context.Context, ws WorkspaceID, card ScoreCardID, subjects []string) (map[string][]score.Given, error) {
	out := map[string][]score.Given{}
	read := func(part []string) error {
		var rows []givenRow
		query := s.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("card_id = ?", card).Order("subject", "at DESC", "key")
		if part != nil {
			query = query.Where("subject IN (?)", bun.List(part))
		}
		if err := query.Scan(ctx); err != nil {
			return fmt.Errorf("read points given by hand of %q: %w", ws, err)
		}
		for _, row := range rows {
			out[row.Subject] = append(out[row.Subject], score.Given{Points: row.Points, Name: row.Name, Version: row.Version, Reason: row.Reason, At: row.At})
		}
		return nil
	}
	if subjects == nil {
		return out, read(nil)
	}
	for part := range slices.Chunk(subjects, scoresAtOnce) {
		if err := read(part); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Merge gives what was given to one subject to another, whom they turned out to be, and
// forgets the points of the first: whoever merges works out the other's anew.
func (s Scores) Merge(ctx context.Context, ws WorkspaceID, from, into string) error {
	if err := checkText("subject", into, maxNameBytes); err != nil || from == into {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*givenRow)(nil)).Set("subject = ?", into).Where("workspace_id = ?", ws).Where("subject = ?", from).Exec(ctx)
		if err != nil {
			return fmt.Errorf("merge scores of %q: %w", ws, err)
		}
		_, err = tx.NewDelete().Model((*scoredRow)(nil)).Where("workspace_id = ?", ws).Where("subject = ?", from).Exec(ctx)
		if err != nil {
			return fmt.Errorf("merge scores of %q: %w", ws, err)
		}
		return nil
	})
}

// LookAgain has the points of everybody by some cards worked out anew: somebody asks for
// another line than before.
func (s Scores) LookAgain(ctx context.Context, ws WorkspaceID, cards []string, now event.Millis) error {
	if len(cards) == 0 {
		return nil
	}
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*scoredRow)(nil)).Set("next_at = ?", now).Where("workspace_id = ?", ws).Where("card_id IN (?)", bun.List(cards)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("have scores of %q worked out anew: %w", ws, err)
		}
		return nil
	})
}
