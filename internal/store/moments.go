package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Moments is the repository of people's timelines, but for what they did on a site.
type Moments struct{ session }

const maxMomentBytes = 64 << 10

type momentRow struct {
	bun.BaseModel `bun:"table:moments"`

	WorkspaceID WorkspaceID        `bun:"workspace_id,pk"`
	ID          string             `bun:"id,pk"`
	ContactID   contact.ID         `bun:"contact_id"`
	At          event.Millis       `bun:"at"`
	Kind        contact.MomentKind `bun:"kind"`
	Cause       string             `bun:"cause"`
	SaidBy      string             `bun:"said_by"`
	Text        string             `bun:"text"`
	Body        string             `bun:"body"`
}

func (r momentRow) moment() contact.Moment {
	m := contact.Moment{ID: r.ID, Contact: r.ContactID, At: r.At, Kind: r.Kind, Cause: r.Cause, By: r.SaidBy, Text: r.Text}
	if r.Body != "" {
		m.Body = []byte(r.Body)
	}
	return m
}

// Add writes moments; one whose id is there already changes nothing. Contact ids that were
// merged away are followed. ErrNotFound without the workspace.
func (m Moments) Add(ctx context.Context, ws WorkspaceID, list []contact.Moment) error {
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		return m.addMoments(ctx, tx, ws, list)
	})
	if err != nil {
		return fmt.Errorf("write %d moments of %q: %w", len(list), ws, err)
	}
	return nil
}

// addMoments gives ids to those that have none and follows merges.
func (s session) addMoments(ctx context.Context, tx bun.Tx, ws WorkspaceID, list []contact.Moment) error {
	if len(list) == 0 {
		return nil
	}
	ids := make([]contact.ID, len(list))
	for i, one := range list {
		ids[i] = one.Contact
	}
	leads, err := (Contacts{session{db: s.db, tx: &tx}}).Leads(ctx, ws, ids)
	if err != nil {
		return err
	}
	ready := make([]contact.Moment, len(list))
	for i, one := range list {
		if one.ID == "" {
			if one.ID, err = s.db.env.newID(); err != nil {
				return err
			}
		}
		if to := leads[one.Contact]; to != "" {
			one.Contact = to
		}
		ready[i] = one
	}
	return putMoments(ctx, tx, ws, ready)
}

func putMoments(ctx context.Context, tx bun.Tx, ws WorkspaceID, list []contact.Moment) error {
	rows := make([]momentRow, len(list))
	for i, one := range list {
		err := errors.Join(checkText("moment", one.ID, maxNameBytes), checkText("cause", one.Cause, maxNameBytes), checkText("author", one.By, maxNameBytes),
			checkText("text", one.Text, maxMomentBytes), checkText("body", string(one.Body), maxMomentBytes))
		if err != nil {
			return err
		}
		if one.Body != nil && !json.Valid(one.Body) {
			return fmt.Errorf("the body of moment %q is no JSON", one.ID)
		}
		rows[i] = momentRow{WorkspaceID: ws, ID: one.ID, ContactID: one.Contact, At: one.At, Kind: one.Kind, Cause: one.Cause, SaidBy: one.By, Text: one.Text, Body: string(one.Body)}
	}
	for start := 0; start < len(rows); start += contactsAtOnce {
		part := rows[start:min(start+contactsAtOnce, len(rows))]
		if _, err := tx.NewInsert().Model(&part).On("CONFLICT (workspace_id, id) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// List is a contact's moments before a moment, the newest first; before 0 is from the end.
// limit 0 is 100.
func (m Moments) List(ctx context.Context, ws WorkspaceID, id contact.ID, before event.Millis, limit int) ([]contact.Moment, error) {
	if limit <= 0 {
		limit = 100
	}
	var rows []momentRow
	query := m.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("contact_id = ?", id)
	if before > 0 {
		query = query.Where("at < ?", before)
	}
	if err := query.Order("at DESC", "id").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list moments of contact %q: %w", id, err)
	}
	list := make([]contact.Moment, len(rows))
	for i, row := range rows {
		list[i] = row.moment()
	}
	return list, nil
}

// Touched is the ids of contacts something happened to in [since, until): made, changed, or
// with a moment in it. It is who has to be told of when data got out.
func (m Moments) Touched(ctx context.Context, ws WorkspaceID, since, until event.Millis) ([]contact.ID, error) {
	var ids []contact.ID
	err := m.read().NewSelect().Table("contacts").Column("id").Where("workspace_id = ?", ws).
		Where("(created_at >= ? AND created_at < ?) OR (updated_at >= ? AND updated_at < ?) OR id IN (SELECT contact_id FROM moments WHERE workspace_id = ? AND at >= ? AND at < ?)",
			since, until, since, until, ws, since, until).Order("number").Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("list contacts of %q touched in a span: %w", ws, err)
	}
	return ids, nil
}
