package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/audit"
)

// Accounts is the repository of what became of people's accounts themselves: their
// passwords, their sign-ins, where they are known. That belongs to no workspace; yet whoever
// answers for one has to see it of those who belong to it.
type Accounts struct{ session }

// AccountDeed is one thing that somebody did with their account.
type AccountDeed struct {
	ID        string
	At        time.Time
	Operation string
	Changes   audit.Changes
}

// mostAccountDeeds is how much is kept of one account: the newest.
const mostAccountDeeds = 200

type accountDeedRow struct {
	bun.BaseModel `bun:"table:account_deeds"`

	UserID    UserID `bun:"user_id,pk"`
	ID        string `bun:"id,pk"`
	At        millis `bun:"at"`
	Operation string `bun:"operation"`
	Changes   string `bun:"changes"`
}

// Note keeps that somebody did something with their account, for themselves and on the
// record of every workspace they belong to. It is for the transaction of the change: then
// there are both or neither. ErrNotFound without the person.
func (a Accounts) Note(ctx context.Context, user UserID, operation, request string, changes audit.Changes) error {
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var who userRow
		err := tx.NewSelect().Model(&who).Where("id = ?", user).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound{"user", string(user)}
		}
		if err != nil {
			return err
		}
		id, err := a.db.env.newID()
		if err != nil {
			return err
		}
		text, err := json.Marshal(changes)
		if err != nil {
			return fmt.Errorf("write changes: %w", err)
		}
		if err := checkText("changes", string(text), maxDocumentBytes); err != nil {
			return err
		}
		row := accountDeedRow{UserID: user, ID: id, At: a.db.env.time(), Operation: operation, Changes: string(text)}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		if err := forgetAccountDeeds(ctx, tx, user); err != nil {
			return err
		}
		return recordEverywhere(ctx, tx, who, audit.Entry{
			ID: id, At: row.At.Time(), Area: audit.People, Operation: operation, Subject: string(user), SubjectName: who.Name, Request: request, Changes: changes,
			Actor: audit.Actor{Kind: audit.Person, ID: string(user), Name: who.Name},
		})
	})
	if err != nil {
		return fmt.Errorf("record %s of %q: %w", operation, user, err)
	}
	return nil
}

// recordEverywhere puts an entry on the record of every workspace a person belongs to.
func recordEverywhere(ctx context.Context, tx bun.Tx, who userRow, e audit.Entry) error {
	var memberships []memberRow
	if err := tx.NewSelect().Model(&memberships).Where("user_id = ?", who.ID).Order("workspace_id").Scan(ctx); err != nil {
		return err
	}
	for _, m := range memberships {
		e.Actor.Role = m.Role
		row, err := auditRowOf(m.WorkspaceID, e)
		if err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// forgetAccountDeeds forgets the oldest of an account for which there is no room.
func forgetAccountDeeds(ctx context.Context, tx bun.Tx, user UserID) error {
	newest := tx.NewSelect().Model((*accountDeedRow)(nil)).Column("id").Where("user_id = ?", user).Order("at DESC", "id DESC").Limit(mostAccountDeeds)
	_, err := tx.NewDelete().Model((*accountDeedRow)(nil)).Where("user_id = ?", user).Where("id NOT IN (?)", newest).Exec(ctx)
	return err
}

// Record is what somebody did with their account, the newest first.
func (a Accounts) Record(ctx context.Context, user UserID, most int) ([]AccountDeed, error) {
	var rows []accountDeedRow
	if err := a.read().NewSelect().Model(&rows).Where("user_id = ?", user).Order("at DESC", "id DESC").Limit(int64(most)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read the record of %q: %w", user, err)
	}
	list := make([]AccountDeed, len(rows))
	for i, row := range rows {
		list[i] = AccountDeed{ID: row.ID, At: row.At.Time(), Operation: row.Operation}
		if err := json.Unmarshal([]byte(row.Changes), &list[i].Changes); err != nil {
			return nil, fmt.Errorf("read changes of %q: %w", row.ID, err)
		}
	}
	return list, nil
}
