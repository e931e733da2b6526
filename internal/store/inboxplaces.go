package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
)

type inboxPlaceRow struct {
	bun.BaseModel `bun:"table:inbox_places"`

	Reader string `bun:"reader,pk"`
	Seq    int64  `bun:"seq"`
}

// Place is the seq of the last batch a reader is done with; 0 at first.
func (i Inbox) Place(ctx context.Context, reader string) (int64, error) {
	var row inboxPlaceRow
	err := i.read().NewSelect().Model(&row).Where("reader = ?", reader).Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find place of reader %q: %w", reader, err)
	}
	return row.Seq, nil
}

// Advance moves a reader from one place to the next. In the transaction of the
// reader's effect it makes the two one: both happen or neither. ErrConflict when
// the reader is not where it is thought to be, as when it runs twice; the second
// one waits for the first and then fails.
func (i Inbox) Advance(ctx context.Context, reader string, from, to int64) error {
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := inboxPlaceRow{Reader: reader, Seq: to}
		if from == 0 {
			// So that two that both start see one row to wait for.
			first := inboxPlaceRow{Reader: reader}
			if _, err := tx.NewInsert().Model(&first).On("CONFLICT (reader) DO NOTHING").Exec(ctx); err != nil {
				return err
			}
		}
		n, err := affected(tx.NewUpdate().Model(&row).Column("seq").WherePK().Where("seq = ?", from).Exec(ctx))
		if err == nil && n == 0 {
			return ErrConflict{}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("advance reader %q from %d to %d: %w", reader, from, to, err)
	}
	return nil
}
