package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// Outbox is the repository of what is to be handed over to the world. Its key makes an item
// one thing however often it is decided; what was being handed over when the program died
// becomes unknown and is never sent again by itself.
type Outbox struct{ session }

// Limits of an item.
const (
	maxOutboxKey     = 300
	maxOutboxPayload = 256 << 10
	maxReason        = 500 // bytes
)

type outboxRow struct {
	bun.BaseModel `bun:"table:outbox"`

	ID          int64        `bun:"id,pk,autoincrement"`
	WorkspaceID WorkspaceID  `bun:"workspace_id"`
	Key         string       `bun:"key"`
	Kind        outbox.Kind  `bun:"kind"`
	Stream      string       `bun:"stream"`
	Lane        int          `bun:"lane"`
	Priority    int          `bun:"priority"`
	ContactID   contact.ID   `bun:"contact_id"`
	Cause       string       `bun:"cause"`
	Payload     []byte       `bun:"payload"`
	NotBefore   event.Millis `bun:"not_before"`
	ExpiresAt   event.Millis `bun:"expires_at"`
	State       outbox.State `bun:"state"`
	Attempts    int          `bun:"attempts"`
	Reason      string       `bun:"reason"`
	Node        string       `bun:"node"`
	Run         string       `bun:"run"`
	UpdatedAt   millis       `bun:"updated_at"`
}

func (r outboxRow) item() outbox.Item {
	return outbox.Item{
		ID: strconv.FormatInt(r.ID, 10), Workspace: event.Workspace(r.WorkspaceID), Key: r.Key, Kind: r.Kind, Stream: r.Stream, Priority: r.Priority,
		Contact: string(r.ContactID), Cause: r.Cause, Payload: r.Payload, NotBefore: r.NotBefore, ExpiresAt: r.ExpiresAt, State: r.State,
		Attempts: r.Attempts, Reason: r.Reason, UpdatedAt: event.Millis(r.UpdatedAt),
	}
}

func itemsOf(rows []outboxRow) []outbox.Item {
	list := make([]outbox.Item, len(rows))
	for k, row := range rows {
		list[k] = row.item()
	}
	return list
}

// lanes is how many lanes there are: 0 transactional, then marketing by priority.
const lanes = 5

func laneOf(item outbox.Item) int {
	switch {
	case item.Stream == "transactional":
		return 0
	case item.Priority <= 0: // usual stands between first and last
		return 2
	case item.Priority == 1:
		return 1
	}
	return min(item.Priority+1, lanes-1)
}

// Queue puts items into the outbox, in the transaction of what decided them. An item whose
// key is there already changes nothing; it tells how many were new. Items of a workspace
// that is gone are an error.
func (o Outbox) Queue(ctx context.Context, items []outbox.Item) (added int, err error) {
	rows := make([]outboxRow, len(items))
	now := o.db.env.time()
	for k, item := range items {
		if err := checkText("key", item.Key, maxOutboxKey); err != nil {
			return 0, err
		}
		if len(item.Payload) > maxOutboxPayload {
			return 0, ErrTooLong{What: "payload", Bytes: len(item.Payload), Limit: maxOutboxPayload}
		}
		rows[k] = outboxRow{
			WorkspaceID: WorkspaceID(item.Workspace), Key: item.Key, Kind: item.Kind, Stream: item.Stream, Lane: laneOf(item), Priority: item.Priority,
			ContactID: contact.ID(item.Contact), Cause: item.Cause, Payload: item.Payload, NotBefore: item.NotBefore, ExpiresAt: item.ExpiresAt,
			State: outbox.Queued, UpdatedAt: now,
		}
		if rows[k].Payload == nil {
			rows[k].Payload = []byte{}
		}
	}
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for chunk := range slices.Chunk(rows, atOnce) {
			n, err := affected(tx.NewInsert().Model(&chunk).On("CONFLICT (workspace_id, key) DO NOTHING").Returning("NULL").Exec(ctx))
			if err != nil {
				return err
			}
			added += int(n)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("queue %d items: %w", len(items), err)
	}
	return added, nil
}

// Sender says who hands over: a node of the program, and which run of it.
type Sender struct{ Node, Run string }

// Claim takes items of a kind that are due, marks them as being sent, and returns when that
// is on the disk: only then may they be handed over. What goes first is transactional, then
// by priority, then what is due longest. Several may claim at once; no item is claimed twice.
func (o Outbox) Claim(ctx context.Context, by Sender, kind outbox.Kind, now event.Millis, limit int) ([]outbox.Item, error) {
	var claimed []outboxRow
	skip := ""
	if o.db.engine.name() != sqliteName {
		skip = "FOR UPDATE SKIP LOCKED"
	}
	any, err := o.anyDue(ctx, kind, now)
	if err != nil || !any {
		return nil, err // without taking the writer for nothing
	}
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for lane := range lanes {
			if len(claimed) >= limit {
				break
			}
			var rows []outboxRow
			err := tx.NewRaw(`UPDATE outbox SET state = 'sending', node = ?, run = ?, attempts = attempts + 1, updated_at = ?
				WHERE id IN (SELECT id FROM outbox WHERE state = 'queued' AND kind = ? AND lane = ? AND not_before <= ?
					ORDER BY not_before LIMIT ? ?) RETURNING *`,
				by.Node, by.Run, o.db.env.time(), kind, lane, now, limit-len(claimed), bun.Safe(skip)).Scan(ctx, &rows)
			if err != nil {
				return err
			}
			claimed = append(claimed, rows...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claim %s: %w", kind, err)
	}
	slices.SortStableFunc(claimed, func(a, b outboxRow) int {
		if a.Lane != b.Lane {
			return a.Lane - b.Lane
		}
		return int(min(max(a.ID-b.ID, -1), 1))
	})
	return itemsOf(claimed), nil
}

func (o Outbox) anyDue(ctx context.Context, kind outbox.Kind, now event.Millis) (any bool, err error) {
	err = o.read().NewRaw(`SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued' AND kind = ? AND lane IN (0, 1, 2, 3, 4) AND not_before <= ?)`, kind, now).
		Scan(ctx, &any)
	if err != nil {
		return false, fmt.Errorf("look for due %s: %w", kind, err)
	}
	return any, nil
}

// NextDue is when the next queued item is due; 0 for none.
func (o Outbox) NextDue(ctx context.Context) (at event.Millis, err error) {
	if err := o.read().NewRaw("SELECT COALESCE(MIN(not_before), 0) FROM outbox WHERE state = 'queued'").Scan(ctx, &at); err != nil {
		return 0, fmt.Errorf("find the next item: %w", err)
	}
	return at, nil
}

// Finish writes what became of items that were claimed by a sender: their state and reason.
// Queued puts an item back, to be sent not before its NotBefore; such an attempt that never
// left counts no more. An item that was taken for unknown meanwhile is known again; one that
// a person has decided about stays as decided.
func (o Outbox) Finish(ctx context.Context, by Sender, items []outbox.Item) error {
	type outcome struct {
		state  outbox.State
		reason string
	}
	alike := map[outcome][]int64{}
	var order []outcome
	var back []outbox.Item
	for _, item := range items {
		if item.State == outbox.Queued {
			back = append(back, item)
			continue
		}
		id, err := itemID(item.ID)
		if err != nil {
			return err
		}
		of := outcome{item.State, storable(item.Reason, maxReason)}
		if alike[of] == nil {
			order = append(order, of)
		}
		alike[of] = append(alike[of], id)
	}
	now := o.db.env.time()
	err := o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for _, of := range order {
			for ids := range slices.Chunk(alike[of], atOnce) {
				_, err := tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = ?", of.state).Set("reason = ?", of.reason).Set("updated_at = ?", now).
					Where("id IN (?)", bun.List(ids)).Where("run = ?", by.Run).Where("state IN ('sending', 'unknown')").Exec(ctx)
				if err != nil {
					return err
				}
			}
		}
		for _, item := range back {
			id, err := itemID(item.ID)
			if err != nil {
				return err
			}
			_, err = tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = 'queued'").Set("reason = ?", storable(item.Reason, maxReason)).
				Set("attempts = ?", item.Attempts).Set("not_before = ?", item.NotBefore).Set("expires_at = ?", item.ExpiresAt).Set("updated_at = ?", now).
				Where("id = ?", id).Where("run = ?", by.Run).Where("state IN ('sending', 'unknown')").Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("finish %d items: %w", len(items), err)
	}
	return nil
}

// Orphan marks what a node was sending in an earlier run as unknown: whether the other side
// has it, nobody can tell. It tells how many.
func (o Outbox) Orphan(ctx context.Context, by Sender) (n int64, err error) {
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err = affected(tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = 'unknown'").Set("reason = 'crash'").Set("updated_at = ?", o.db.env.time()).
			Where("state = 'sending'").Where("node = ?", by.Node).Where("run <> ?", by.Run).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("mark what was on its way: %w", err)
	}
	return n, nil
}

func itemID(id string) (int64, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, ErrNotFound{"item", id}
	}
	return n, nil
}
