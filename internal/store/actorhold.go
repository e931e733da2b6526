package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// Hold keeps a reader where it is until the end of the transaction: whoever acts beside the
// reader, on what time alone has changed, does it so that the two never act on the same
// person at once. On SQLite a transaction that writes is alone as it is.
func (i Inbox) Hold(ctx context.Context, reader string) error {
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		first := inboxPlaceRow{Reader: reader}
		if _, err := tx.NewInsert().Model(&first).On("CONFLICT (reader) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
		if tx.Dialect().Name() != dialect.PG {
			return nil
		}
		return tx.NewSelect().Model(&first).WherePK().For("UPDATE").Scan(ctx)
	})
	if err != nil {
		return fmt.Errorf("hold reader %q: %w", reader, err)
	}
	return nil
}
