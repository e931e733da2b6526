package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/event"
)

// Inbox is the repository of events that were acknowledged and not yet dealt
// with by every reader: one row per batch, numbered in the order they became
// visible. It belongs to no workspace; a batch holds events of many.
type Inbox struct{ session }

// droppedPlace is the name under which inbox_places tells what was dropped.
const droppedPlace = ""

type inboxRow struct {
	bun.BaseModel `bun:"table:inbox"`

	Seq       int64  `bun:"seq,pk"`
	Payload   []byte `bun:"payload"`
	Events    int    `bun:"events"`
	CreatedAt millis `bun:"created_at"`
}

func (r inboxRow) batch() event.Batch {
	return event.Batch{Seq: r.Seq, Payload: r.Payload, Events: r.Events, At: event.Millis(r.CreatedAt)}
}

// Append makes a batch durable and returns its seq. Once it has returned, the
// batch survives the end of the process and of the machine. No batch becomes
// visible after one with a higher seq, so a reader that goes on from the last
// seq it saw misses none.
func (i Inbox) Append(ctx context.Context, payload []byte, events int) (int64, error) {
	row := inboxRow{Payload: payload, Events: events, CreatedAt: i.db.env.time()}
	seq, err := i.db.engine.appendBatch(ctx, i.session, row)
	if err != nil {
		return 0, fmt.Errorf("append batch of %d events: %w", events, err)
	}
	return seq, nil
}

// inboxRowsAtOnce bounds what After fetches from a server in one answer.
const inboxRowsAtOnce = 256

// After is the batches with a seq above the given one, oldest first: at least
// one where there are any, at most about maxBytes of payloads.
func (i Inbox) After(ctx context.Context, seq int64, maxBytes int) (list []event.Batch, err error) {
	// By hand: the query builder's scanning is most of the work otherwise.
	rows, err := i.read().QueryContext(ctx,
		"SELECT seq, payload, events, created_at FROM inbox WHERE seq > ? ORDER BY seq LIMIT ?", seq, inboxRowsAtOnce)
	if err != nil {
		return nil, fmt.Errorf("read inbox after %d: %w", seq, err)
	}
	defer func() {
		if closing := rows.Close(); err == nil && closing != nil {
			list, err = nil, fmt.Errorf("read inbox after %d: %w", seq, closing)
		}
	}()
	for bytes := 0; bytes < maxBytes && rows.Next(); {
		var row inboxRow
		if err := rows.Scan(&row.Seq, &row.Payload, &row.Events, &row.CreatedAt); err != nil {
			return nil, fmt.Errorf("read inbox after %d: %w", seq, err)
		}
		bytes += len(row.Payload)
		list = append(list, row.batch())
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read inbox after %d: %w", seq, err)
	}
	return list, nil
}

// Drop deletes the batches up to a seq, that one included, and tells how many
// they were.
func (i Inbox) Drop(ctx context.Context, upTo int64) (dropped event.Backlog, err error) {
	err = i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewSelect().Model((*inboxRow)(nil)).Where("seq <= ?", upTo).
			ColumnExpr("COUNT(*)").ColumnExpr("COALESCE(SUM(events), 0)").ColumnExpr("COALESCE(SUM(LENGTH(payload)), 0)").
			Scan(ctx, &dropped.Batches, &dropped.Events, &dropped.Bytes)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*inboxRow)(nil)).Where("seq <= ?", upTo).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&inboxPlaceRow{Reader: droppedPlace, Seq: upTo}).
			On("CONFLICT (reader) DO UPDATE").Set("seq = EXCLUDED.seq").Where("?TableAlias.seq < EXCLUDED.seq").Exec(ctx)
		return err
	})
	if err != nil {
		return event.Backlog{}, fmt.Errorf("drop inbox up to %d: %w", upTo, err)
	}
	return dropped, nil
}

// Dropped is the highest seq that Drop was told; 0 before the first time.
func (i Inbox) Dropped(ctx context.Context) (int64, error) { return i.Place(ctx, droppedPlace) }

// Backlog measures what lies in the inbox. It reads every row's head, which is
// for now and then.
func (i Inbox) Backlog(ctx context.Context) (event.Backlog, error) {
	var b event.Backlog
	err := i.read().NewSelect().Model((*inboxRow)(nil)).
		ColumnExpr("COUNT(*)").ColumnExpr("COALESCE(SUM(events), 0)").ColumnExpr("COALESCE(SUM(LENGTH(payload)), 0)").
		ColumnExpr("COALESCE(MIN(created_at), 0)").ColumnExpr("COALESCE(MAX(seq), 0)").
		Scan(ctx, &b.Batches, &b.Events, &b.Bytes, &b.Oldest, &b.Newest)
	if err != nil {
		return event.Backlog{}, fmt.Errorf("measure inbox: %w", err)
	}
	if b.Aside, err = i.read().NewSelect().Model((*inboxAsideRow)(nil)).Count(ctx); err != nil {
		return event.Backlog{}, fmt.Errorf("count batches set aside: %w", err)
	}
	return b, nil
}

// SkipTo makes sure that no seq up to the given one will be handed out. It is for
// a state that is older than a reader whose place lies outside of it: numbers
// that reader has passed would be ignored by it.
func (i Inbox) SkipTo(ctx context.Context, seq int64) error {
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error { return i.db.engine.skipBatches(ctx, tx, seq) })
	if err != nil {
		return fmt.Errorf("skip inbox to %d: %w", seq, err)
	}
	return nil
}
