package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// Cancelling says what is cancelled: everything queued of a cause, of a contact, or of both.
type Cancelling struct {
	Cause   string
	Contact contact.ID
	Reason  string
}

// Cancel takes back what has not left yet, and tells how many.
func (o Outbox) Cancel(ctx context.Context, ws WorkspaceID, what Cancelling) (n int64, err error) {
	if what.Cause == "" && what.Contact == "" {
		return 0, errors.New("cancel items: neither a cause nor a contact is named")
	}
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		query := tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = 'cancelled'").Set("reason = ?", what.Reason).Set("updated_at = ?", o.db.env.time()).
			Where("workspace_id = ?", ws).Where("state IN ('queued', 'unknown')")
		if what.Cause != "" {
			query = query.Where("cause = ?", what.Cause)
		}
		if what.Contact != "" {
			query = query.Where("contact_id = ?", what.Contact)
		}
		n, err = affected(query.Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("cancel items: %w", err)
	}
	return n, nil
}

// Withdraw takes back the mails of marketing of a cause that wait to be sent to some people: what
// they were to lead to has come. Whoever is told for another reason (another program, the
// team, a mail of procedure) is told all the same.
func (o Outbox) Withdraw(ctx context.Context, ws WorkspaceID, cause string, people []contact.ID, reason string) (n int64, err error) {
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for chunk := range slices.Chunk(people, atOnce) {
			some, err := affected(tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = 'cancelled'").Set("reason = ?", reason).Set("updated_at = ?", o.db.env.time()).
				Where("workspace_id = ?", ws).Where("contact_id IN (?)", bun.List(chunk)).Where("cause = ?", cause).
				Where("state = 'queued'").Where("kind = 'mail'").Where("stream = 'marketing'").Exec(ctx))
			if err != nil {
				return err
			}
			n += some
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("withdraw mails of %q: %w", cause, err)
	}
	return n, nil
}

// Decide is a person's word on an item that is unknown, or that came too late to be sent
// without asking: queue it again, or leave it. ErrNotFound where there is none that asks.
func (o Outbox) Decide(ctx context.Context, ws WorkspaceID, id string, send bool, author string) error {
	n, err := itemID(id)
	if err != nil {
		return err
	}
	now := o.db.env.time()
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		query := tx.NewUpdate().Model((*outboxRow)(nil)).Set("updated_at = ?", now).Set("run = ''").
			Where("workspace_id = ?", ws).Where("id = ?", n).Where("state = 'unknown'")
		if send {
			query = query.Set("state = 'queued'").Set("reason = ?", "decided by "+author).Set("not_before = ?", now).Set("expires_at = 0")
		} else {
			query = query.Set("state = 'cancelled'").Set("reason = ?", "decided by "+author)
		}
		n, err := affected(query.Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"item", id}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("decide about item %q: %w", id, err)
	}
	return nil
}

// ItemQuery narrows a list of items; empty fields do not.
type ItemQuery struct {
	State   outbox.State
	Kind    outbox.Kind
	Cause   string
	Contact contact.ID
	Limit   int // 0: 1,000
}

// List is items, newest first.
func (o Outbox) List(ctx context.Context, ws WorkspaceID, q ItemQuery) ([]outbox.Item, error) {
	if q.Limit <= 0 {
		q.Limit = 1000
	}
	var rows []outboxRow
	query := o.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("id DESC").Limit(int64(q.Limit))
	for _, narrow := range []struct{ column, value string }{
		{"state", string(q.State)}, {"kind", string(q.Kind)}, {"cause", q.Cause}, {"contact_id", string(q.Contact)},
	} {
		if narrow.value != "" {
			query = query.Where("? = ?", bun.Ident(narrow.column), narrow.value)
		}
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list items of %q: %w", ws, err)
	}
	return itemsOf(rows), nil
}

// CountOf is how many items of a cause stand in each state; of all causes for "".
func (o Outbox) CountOf(ctx context.Context, ws WorkspaceID, cause string) (map[outbox.State]int, error) {
	var rows []struct {
		State outbox.State `bun:"state"`
		N     int          `bun:"n"`
	}
	query := o.read().NewSelect().Model((*outboxRow)(nil)).Column("state").ColumnExpr("COUNT(*) AS n").Where("workspace_id = ?", ws).Group("state")
	if cause != "" {
		query = query.Where("cause = ?", cause)
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("count items of %q: %w", cause, err)
	}
	counts := map[outbox.State]int{}
	for _, row := range rows {
		counts[row.State] = row.N
	}
	return counts, nil
}

// Reasons is why items of a cause stand as they do: how many by state and reason.
func (o Outbox) Reasons(ctx context.Context, ws WorkspaceID, cause string) (map[outbox.State]map[string]int, error) {
	var rows []struct {
		State  outbox.State `bun:"state"`
		Reason string       `bun:"reason"`
		N      int          `bun:"n"`
	}
	err := o.read().NewSelect().Model((*outboxRow)(nil)).Column("state", "reason").ColumnExpr("COUNT(*) AS n").Where("workspace_id = ?", ws).
		Where("cause = ?", cause).Group("state", "reason").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count reasons of %q: %w", cause, err)
	}
	all := map[outbox.State]map[string]int{}
	for _, row := range rows {
		if all[row.State] == nil {
			all[row.State] = map[string]int{}
		}
		all[row.State][row.Reason] = row.N
	}
	return all, nil
}

// SentTo is how many mails of marketing each of some people was sent, or may have been, or is
// being sent, since a moment: what caps are held against. besides are the ids of items that
// are being weighed: they do not count against themselves. Nor does what was never begun
// because its time had passed.
func (o Outbox) SentTo(ctx context.Context, ws WorkspaceID, people []contact.ID, since event.Millis, besides ...string) (map[contact.ID]int, error) {
	weighed := make([]int64, 0, len(besides))
	for _, id := range besides {
		n, err := itemID(id)
		if err != nil {
			return nil, err
		}
		weighed = append(weighed, n)
	}
	found := map[contact.ID]int{}
	for chunk := range slices.Chunk(people, atOnce) {
		var rows []struct {
			ContactID contact.ID `bun:"contact_id"`
			N         int        `bun:"n"`
		}
		query := o.read().NewSelect().Model((*outboxRow)(nil)).Column("contact_id").ColumnExpr("COUNT(*) AS n").Where("workspace_id = ?", ws).
			Where("contact_id IN (?)", bun.List(chunk)).Where("updated_at > ?", since).Where("kind = 'mail'").Where("stream = 'marketing'").
			Where("(state IN ('sent', 'sending') OR state = 'unknown' AND reason <> ?)", outbox.Late)
		if len(weighed) > 0 {
			query = query.Where("id NOT IN (?)", bun.List(weighed))
		}
		err := query.Group("contact_id").Scan(ctx, &rows)
		if err != nil {
			return nil, fmt.Errorf("count what %d people were sent: %w", len(people), err)
		}
		for _, row := range rows {
			found[row.ContactID] = row.N
		}
	}
	return found, nil
}
