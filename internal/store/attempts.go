package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"
)

// Attempts is the repository of how often things were tried that must not be tried without
// end, such as passwords: so that starting again is no way to begin anew.
type Attempts struct{ session }

type attemptRow struct {
	bun.BaseModel `bun:"table:attempts"`

	Name   string `bun:"name,pk"`
	FullAt millis `bun:"full_at"`
}

// attemptsAtOnce is how many go into one statement.
const attemptsAtOnce = 500

// Keep notes when none of the tries at something will be spent any more, by the fingerprint
// of its name; a moment that is over forgets it. Whatever is over by now is forgotten, too.
func (a Attempts) Keep(ctx context.Context, now time.Time, full map[string]time.Time) error {
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var put []attemptRow
		var over []string
		for name, at := range full {
			if !at.After(now) {
				over = append(over, name)
			} else {
				put = append(put, attemptRow{Name: name, FullAt: millis(at.UnixMilli())})
			}
		}
		for part := range slices.Chunk(put, attemptsAtOnce) {
			if _, err := tx.NewInsert().Model(&part).On("CONFLICT (name) DO UPDATE").Set("full_at = EXCLUDED.full_at").Exec(ctx); err != nil {
				return err
			}
		}
		for part := range slices.Chunk(over, attemptsAtOnce) {
			if _, err := tx.NewDelete().Model((*attemptRow)(nil)).Where("name IN (?)", bun.List(part)).Exec(ctx); err != nil {
				return err
			}
		}
		_, err := tx.NewDelete().Model((*attemptRow)(nil)).Where("full_at <= ?", now.UnixMilli()).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep how often was tried: %w", err)
	}
	return nil
}

// Spent is what was tried and still counts, so many at most: those that count longest.
func (a Attempts) Spent(ctx context.Context, now time.Time, most int) (map[string]time.Time, error) {
	var rows []attemptRow
	if err := a.read().NewSelect().Model(&rows).Where("full_at > ?", now.UnixMilli()).Order("full_at DESC", "name").Limit(int64(most)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read how often was tried: %w", err)
	}
	full := make(map[string]time.Time, len(rows))
	for _, row := range rows {
		full[row.Name] = row.FullAt.Time()
	}
	return full, nil
}
