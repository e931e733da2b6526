package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Salts is the repository of the salts of the day, which visitors without a cookie
// are told apart by. They belong to no workspace but to time zones, whose days end
// at different moments.
type Salts struct{ session }

type saltRow struct {
	bun.BaseModel `bun:"table:zone_salts"`

	Zone string `bun:"zone,pk"`
	Day  string `bun:"day,pk"`
	Salt []byte `bun:"salt"`
}

// saltsKept is after how many days a salt goes that its own zone asks for no more:
// two zones are at most 26 hours apart, so that no zone's today is older.
const saltsKept = 2

// Salt is the salt kept for a day ("2026-11-22") of a zone ("Asia/Tokyo"); where
// there is none, fresh is kept and returned, so that every node has the same. Those
// of all other days of the zone are gone for good then, and so are those of zones
// nobody counts by any more.
func (s Salts) Salt(ctx context.Context, zone, day string, fresh []byte) (salt []byte, err error) {
	today, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, fmt.Errorf("keep the salt of %s: %w", day, err)
	}
	oldest, newest := today.AddDate(0, 0, -saltsKept).Format(time.DateOnly), today.AddDate(0, 0, saltsKept).Format(time.DateOnly)
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := saltRow{Zone: zone, Day: day, Salt: fresh}
		if _, err := tx.NewInsert().Model(&row).On("CONFLICT (zone, day) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
		// What is deleted stays in the file until something else takes its room, so it is
		// written over first.
		others := func(q bun.QueryBuilder) bun.QueryBuilder {
			return q.Where("(zone = ? AND day <> ?) OR day < ? OR day > ?", zone, day, oldest, newest)
		}
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
