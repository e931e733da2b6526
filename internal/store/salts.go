package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// Salts is the repository of the salt of the day, which visitors without a cookie
// are told apart by. It belongs to no workspace.
type Salts struct{ session }

type saltRow struct {
	bun.BaseModel `bun:"table:day_salts"`

	Day  string `bun:"day,pk"`
	Salt []byte `bun:"salt"`
}

// Salt is the salt kept for a day ("2026-11-22"); where there is none, fresh is kept
// and returned, so that every node has the same. Those of all other days are gone
// for good then.
func (s Salts) Salt(ctx context.Context, day string, fresh []byte) (salt []byte, err error) {
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := saltRow{Day: day, Salt: fresh}
		if _, err := tx.NewInsert().Model(&row).On("CONFLICT (day) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
		// What is deleted stays in the file until something else takes its room, so it is
		// written over first.
		others := func(q bun.QueryBuilder) bun.QueryBuilder { return q.Where("day <> ?", day) }
		zero := make([]byte, len(fresh))
		if _, err := tx.NewUpdate().Model((*saltRow)(nil)).Set("salt = ?", zero).ApplyQueryBuilder(others).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*saltRow)(nil)).ApplyQueryBuilder(others).Exec(ctx); err != nil {
			return err
		}
		if err := tx.NewSelect().Model(&row).WherePK().Scan(ctx); err != nil {
			return err
		}
		salt = row.Salt
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("keep the salt of %s: %w", day, err)
	}
	return salt, nil
}
