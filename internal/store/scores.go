package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
)

// Scores is the repository of what everybody's points are by every card.
type Scores struct{ session }

// Scored is the points of a subject by a card.
type Scored struct {
	Workspace WorkspaceID
	Card      ScoreCardID
	Subject   string
	Version   int // of the card
	Points    score.Points
	Band      string
	Hot       bool
	Next      event.Millis // when time alone changes the band; 0 never
	UpdatedAt event.Millis
}

type scoredRow struct {
	bun.BaseModel `bun:"table:scores"`

	CardID      ScoreCardID  `bun:"card_id,pk"`
	Subject     string       `bun:"subject,pk"`
	WorkspaceID WorkspaceID  `bun:"workspace_id"`
	Version     int          `bun:"version"`
	Points      score.Points `bun:"points"`
	Band        string       `bun:"band"`
	Hot         bool         `bun:"hot"`
	NextAt      event.Millis `bun:"next_at"`
	UpdatedAt   event.Millis `bun:"updated_at"`
}

func (r scoredRow) scored() Scored {
	return Scored{Workspace: r.WorkspaceID, Card: r.CardID, Subject: r.Subject, Version: r.Version, Points: r.Points, Band: r.Band, Hot: r.Hot, Next: r.NextAt, UpdatedAt: r.UpdatedAt}
}

const scoresAtOnce = 500

// Put keeps scores in the place of those of the same card and subject. All are of one
// workspace and of cards that are its own: ErrNotFound otherwise. No pair may be there twice.
func (s Scores) Put(ctx context.Context, ws WorkspaceID, list []Scored) error {
	return s.put(ctx, ws, list, false)
}

// Refill is Put for points worked out from a history read a while ago: it leaves alone
// those that were worked out by the same version since.
func (s Scores) Refill(ctx context.Context, ws WorkspaceID, list []Scored) error {
	return s.put(ctx, ws, list, true)
}

func (s Scores) put(ctx context.Context, ws WorkspaceID, list []Scored, older bool) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([]scoredRow, len(list))
	cards := map[ScoreCardID]bool{}
	for i, one := range list {
		if err := checkText("subject", one.Subject, maxNameBytes); err != nil {
			return fmt.Errorf("keep score: %w", err)
		}
		cards[one.Card] = true
		rows[i] = scoredRow{CardID: one.Card, Subject: one.Subject, WorkspaceID: ws, Version: one.Version, Points: one.Points, Band: one.Band, Hot: one.Hot, NextAt: one.Next, UpdatedAt: one.UpdatedAt}
	}
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for card := range cards {
			own, err := tx.NewSelect().Model((*scoreCardRow)(nil)).Where("id = ?", card).Where("workspace_id = ?", ws).Exists(ctx)
			if err != nil {
				return err
			}
			if !own {
				return ErrNotFound{"score card", string(card)}
			}
		}
		for part := range slices.Chunk(rows, scoresAtOnce) {
			query := tx.NewInsert().Model(&part).ModelTableExpr("scores AS kept").On("CONFLICT (card_id, subject) DO UPDATE").Set("version = EXCLUDED.version").
				Set("points = EXCLUDED.points").Set("band = EXCLUDED.band").Set("hot = EXCLUDED.hot").
				Set("next_at = EXCLUDED.next_at").Set("updated_at = EXCLUDED.updated_at")
			if older {
				query = query.Where("kept.version <> EXCLUDED.version OR kept.updated_at <= EXCLUDED.updated_at")
			}
			if _, err := query.Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep %d scores of %q: %w", len(list), ws, err)
	}
	return nil
}

// Of is the scores of subjects by a card; those without one are missing.
func (s Scores) Of(ctx context.Context, ws WorkspaceID, card ScoreCardID, subjects []string) (map[string]Scored, error) {
	out := make(map[string]Scored, len(subjects))
	for part := range slices.Chunk(subjects, scoresAtOnce) {
		var rows []scoredRow
		err := s.read().NewSelect().Model(&rows).Where("card_id = ?", card).Where("workspace_id = ?", ws).Where("subject IN (?)", bun.List(part)).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("read scores of %q: %w", ws, err)
		}
		for _, row := range rows {
			out[row.Subject] = row.scored()
		}
	}
	return out, nil
}

// Top is those with the most points by a card.
func (s Scores) Top(ctx context.Context, ws WorkspaceID, card ScoreCardID, limit int) ([]Scored, error) {
	var rows []scoredRow
	err := s.read().NewSelect().Model(&rows).Where("card_id = ?", card).Where("workspace_id = ?", ws).Order("points DESC", "subject").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read scores of %q: %w", ws, err)
	}
	out := make([]Scored, len(rows))
	for i, row := range rows {
		out[i] = row.scored()
	}
	return out, nil
}

// Bands counts people by band.
func (s Scores) Bands(ctx context.Context, ws WorkspaceID, card ScoreCardID) (map[string]int, error) {
	var rows []struct {
		Band string
		N    int
	}
	err := s.read().NewSelect().Model((*scoredRow)(nil)).Column("band").ColumnExpr("COUNT(*) AS n").
		Where("card_id = ?", card).Where("workspace_id = ?", ws).Group("band").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count scores of %q: %w", ws, err)
	}
	out := make(map[string]int, len(rows))
	for _, row := range rows {
		out[row.Band] = row.N
	}
	return out, nil
}

// Due is the scores, of all workspaces, whose band time alone has changed by a moment, the
// longest overdue first.
func (s Scores) Due(ctx context.Context, now event.Millis, limit int) ([]Scored, error) {
	var rows []scoredRow
	err := s.read().NewSelect().Model(&rows).Where("next_at > 0").Where("next_at <= ?", now).Order("next_at", "card_id", "subject").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read scores that are due: %w", err)
	}
	out := make([]Scored, len(rows))
	for i, row := range rows {
		out[i] = row.scored()
	}
	return out, nil
}

// Rest takes scores off what is due: whoever looks at them again says anew when.
func (s Scores) Rest(ctx context.Context, now event.Millis, list []Scored) error {
	if len(list) == 0 {
		return nil
	}
	var cards []ScoreCardID
	var subjects []string
	for _, one := range list {
		cards, subjects = append(cards, one.Card), append(subjects, one.Subject)
	}
	slices.Sort(cards)
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for part := range slices.Chunk(subjects, scoresAtOnce) {
			_, err := tx.NewUpdate().Model((*scoredRow)(nil)).Set("next_at = 0").Where("card_id IN (?)", bun.List(slices.Compact(slices.Clone(cards)))).
				Where("subject IN (?)", bun.List(part)).Where("next_at <= ?", now).Exec(ctx)
			if err != nil {
				return fmt.Errorf("take %d scores off what is due: %w", len(list), err)
			}
		}
		return nil
	})
}

// Outdated forgets the scores of a card that are of another version than the one everybody
// was scored by, and gives them back: whoever got points then, and none now.
func (s Scores) Outdated(ctx context.Context, ws WorkspaceID, card ScoreCardID, version int) ([]Scored, error) {
	var rows []scoredRow
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		rows = rows[:0]
		_, err := tx.NewDelete().Model(&rows).Where("workspace_id = ?", ws).Where("card_id = ?", card).Where("version <> ?", version).Returning("*").Exec(ctx)
		if err != nil {
			return fmt.Errorf("forget older scores of %q: %w", ws, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	gone := make([]Scored, len(rows))
	for i, row := range rows {
		gone[i] = row.scored()
	}
	return gone, nil
}

// Erase forgets the scores of a subject, by all cards, and what was given to them.
func (s Scores) Erase(ctx context.Context, ws WorkspaceID, subject string) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for _, model := range []any{(*scoredRow)(nil), (*givenRow)(nil)} {
			_, err := tx.NewDelete().Model(model).Where("workspace_id = ?", ws).Where("subject = ?", subject).Exec(ctx)
			if err != nil {
				return fmt.Errorf("erase scores of %q: %w", ws, err)
			}
		}
		return nil
	})
}

// History is what everybody did of some watches, sorted by subject, watch and moment, as
// score.Rescore takes it; of all watches where none is named.
func (s Scores) History(ctx context.Context, ws WorkspaceID, watches []condition.Watch) iter.Seq2[score.Row, error] {
	return func(yield func(score.Row, error) bool) {
		// By hand: this is read by the million, in the order of the index.
		// Naming the watches in the statement would have the database take them one by one and
		// sort millions; passing over those of others is far quicker.
		query := s.read().NewSelect().Table("occurrences").Column("subject", "watch", "at").Where("workspace_id = ?", ws)
		rows, err := query.Order("subject", "watch", "at").Rows(ctx)
		if err != nil {
			yield(score.Row{}, fmt.Errorf("read the history of %q: %w", ws, err))
			return
		}
		defer rows.Close() // what it could tell is told by Err below
		wanted := make(map[condition.Watch]bool, len(watches))
		for _, w := range watches {
			wanted[w] = true
		}
		for rows.Next() {
			var one score.Row
			if err := rows.Scan(&one.Subject, &one.Watch, &one.At); err != nil {
				yield(score.Row{}, fmt.Errorf("read the history of %q: %w", ws, err))
				return
			}
			if len(wanted) > 0 && !wanted[one.Watch] {
				continue
			}
			if !yield(one, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(score.Row{}, fmt.Errorf("read the history of %q: %w", ws, err))
		}
	}
}
