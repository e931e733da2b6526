package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/event"
)

type inboxAsideRow struct {
	bun.BaseModel `bun:"table:inbox_aside"`

	Seq     int64  `bun:"seq,pk"`
	Payload []byte `bun:"payload"`
	Events  int    `bun:"events"`
	Reason  string `bun:"reason"`
	At      millis `bun:"at"`
}

// AsideBatch is a batch that no reader could deal with.
type AsideBatch struct {
	event.Batch
	Reason  string // for operators
	AsideAt time.Time
}

// maxAsideReason bounds what is kept of an error's text, in bytes.
const maxAsideReason = 2000

// SetAside keeps a batch that cannot be dealt with, for later examination, and
// reports whether it was not there already. The batch stays in the inbox; its
// readers go on without it.
func (i Inbox) SetAside(ctx context.Context, batch event.Batch, reason string) (first bool, err error) {
	row := inboxAsideRow{Seq: batch.Seq, Payload: batch.Payload, Events: batch.Events, Reason: storable(reason, maxAsideReason), At: i.db.env.time()}
	if row.Payload == nil {
		row.Payload = []byte{}
	}
	err = i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewInsert().Model(&row).On("CONFLICT (seq) DO NOTHING").Exec(ctx))
		first = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("set batch %d aside: %w", batch.Seq, err)
	}
	return first, nil
}

// Aside is batches that were set aside, oldest first.
func (i Inbox) Aside(ctx context.Context, limit int) ([]AsideBatch, error) {
	var rows []inboxAsideRow
	if err := i.read().NewSelect().Model(&rows).Order("seq").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list batches set aside: %w", err)
	}
	list := make([]AsideBatch, len(rows))
	for k, r := range rows {
		list[k] = AsideBatch{event.Batch{Seq: r.Seq, Payload: r.Payload, Events: r.Events}, r.Reason, r.At.Time()}
	}
	return list, nil
}

// Restore puts a batch that was set aside back at the inbox's end, for every
// reader to try again. What they already did with it they do not do twice: every
// event has its message id. ErrNotFound where there is none.
func (i Inbox) Restore(ctx context.Context, seq int64) error {
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row inboxAsideRow
		err := tx.NewSelect().Model(&row).Where("seq = ?", seq).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound{"batch", strconv.FormatInt(seq, 10)}
		}
		if err != nil {
			return err
		}
		if _, err := (Inbox{session{i.db, &tx}}).Append(ctx, row.Payload, row.Events); err != nil {
			return err
		}
		_, err = tx.NewDelete().Model(&row).WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("restore batch %d: %w", seq, err)
	}
	return nil
}

// EmptyAside deletes what was set aside: a person's data may be in what nobody
// can read. It returns the number of batches.
func (i Inbox) EmptyAside(ctx context.Context) (n int64, err error) {
	err = i.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		n, err = affected(tx.NewDelete().Model((*inboxAsideRow)(nil)).Where("TRUE").Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("delete batches set aside: %w", err)
	}
	return n, nil
}
