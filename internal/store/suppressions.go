package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Suppressions is the repository of addresses nothing more is sent to. Only keyed hashes of
// them are kept, with a key that is the workspace's own: so they outlive erasing somebody,
// and a list that is imported again brings nobody back.
type Suppressions struct{ session }

// SuppressedAddress is an address and why nothing is sent to it.
type SuppressedAddress struct {
	Address string // the key of an address
	contact.Suppression
}

type suppressionRow struct {
	bun.BaseModel `bun:"table:suppressions"`

	WorkspaceID  WorkspaceID    `bun:"workspace_id,pk"`
	AddressHash  string         `bun:"address_hash,pk"`
	Topic        string         `bun:"topic,pk"`
	Reason       contact.Reason `bun:"reason"`
	At           event.Millis   `bun:"at"`
	SuppressedBy string         `bun:"suppressed_by"`
	Note         string         `bun:"note"`
	LiftedAt     event.Millis   `bun:"lifted_at"`
	LiftedBy     string         `bun:"lifted_by"`
	LiftedWhy    string         `bun:"lifted_why"`
}

type suppressionKeyRow struct {
	bun.BaseModel `bun:"table:suppression_keys"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Secret      []byte      `bun:"secret"`
}

const suppressionKeyBytes = 32

// key is the workspace's own; nil where nothing was ever suppressed.
func (s Suppressions) key(ctx context.Context, from bun.IDB, ws WorkspaceID) ([]byte, error) {
	var row suppressionKeyRow
	err := from.NewSelect().Model(&row).Where("workspace_id = ?", ws).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return row.Secret, err
}

// Put stops mail to addresses; one that is stopped already stays as it is, one whose stop
// was lifted is stopped again. ErrNotFound without the workspace.
func (s Suppressions) Put(ctx context.Context, ws WorkspaceID, list []SuppressedAddress) error {
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if err := s.put(ctx, tx, ws, list); err != nil {
			return err
		}
		addresses := make([]string, len(list))
		for i, one := range list {
			addresses[i] = one.Address
		}
		return touchAddresses(ctx, tx, ws, addresses)
	})
	if err != nil {
		return fmt.Errorf("stop mail to %d addresses of %q: %w", len(list), ws, err)
	}
	return nil
}

func (s Suppressions) put(ctx context.Context, tx bun.Tx, ws WorkspaceID, list []SuppressedAddress) error {
	if len(list) == 0 {
		return nil
	}
	key, err := s.key(ctx, tx, ws)
	if err != nil {
		return err
	}
	if key == nil {
		if key, err = s.db.env.randomBytes(suppressionKeyBytes); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&suppressionKeyRow{WorkspaceID: ws, Secret: key}).Exec(ctx); err != nil {
			return err
		}
	}
	for _, one := range list {
		if !one.Reason.Known() {
			return fmt.Errorf("no reason %q", one.Reason)
		}
		if err := errors.Join(checkText("topic", one.Topic, contact.MaxTag), checkText("note", one.Note, contact.MaxText), checkText("author", one.By, maxNameBytes)); err != nil {
			return err
		}
		row := suppressionRow{WorkspaceID: ws, AddressHash: contact.HashAddress(key, one.Address), Topic: one.Topic, Reason: one.Reason, At: one.At, SuppressedBy: one.By, Note: one.Note}
		// Who asked to be erased is not merely somebody who unsubscribed.
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, address_hash, topic) DO UPDATE").
			Set("reason = EXCLUDED.reason").Set("at = EXCLUDED.at").Set("suppressed_by = EXCLUDED.suppressed_by").Set("note = EXCLUDED.note").
			Set("lifted_at = 0").Set("lifted_by = ''").Set("lifted_why = ''").
			Where("suppression_row.lifted_at <> 0 OR EXCLUDED.reason = ?", contact.Erased).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// Of is what is stopped for addresses (their keys), also what was lifted since.
func (s Suppressions) Of(ctx context.Context, ws WorkspaceID, addresses []string) (map[string][]contact.Suppression, error) {
	all := map[string][]contact.Suppression{}
	key, err := s.key(ctx, s.read(), ws)
	if err != nil || key == nil {
		return all, wrapStopped(err, ws)
	}
	of := make(map[string]string, len(addresses))
	hashes := make([]string, len(addresses))
	for i, address := range addresses {
		hashes[i] = contact.HashAddress(key, address)
		of[hashes[i]] = address
	}
	for start := 0; start < len(hashes); start += contactsAtOnce {
		var rows []suppressionRow
		err := s.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).
			Where("address_hash IN (?)", bun.List(hashes[start:min(start+contactsAtOnce, len(hashes))])).Order("topic").Scan(ctx)
		if err != nil {
			return nil, wrapStopped(err, ws)
		}
		for _, row := range rows {
			all[of[row.AddressHash]] = append(all[of[row.AddressHash]], contact.Suppression{
				Topic: row.Topic, Reason: row.Reason, At: row.At, By: row.SuppressedBy, Note: row.Note, Lifted: row.LiftedAt})
		}
	}
	return all, nil
}

func wrapStopped(err error, ws WorkspaceID) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("look up stopped addresses of %q: %w", ws, err)
}

// Lift lets mail to an address go out again; who says so and why is kept. ErrNotFound where
// nothing is stopped.
func (s Suppressions) Lift(ctx context.Context, ws WorkspaceID, address, topic, by, why string) error {
	if err := errors.Join(checkText("author", by, maxNameBytes), checkText("reason", why, contact.MaxText)); err != nil {
		return fmt.Errorf("lift a stop: %w", err)
	}
	if why = strings.TrimSpace(why); why == "" {
		return errors.New("lift a stop: no reason is given")
	}
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		key, err := s.key(ctx, tx, ws)
		if err != nil {
			return wrapStopped(err, ws)
		}
		n, err := affected(tx.NewUpdate().Model((*suppressionRow)(nil)).
			Set("lifted_at = ?", s.db.env.time()).Set("lifted_by = ?", by).Set("lifted_why = ?", why).
			Where("workspace_id = ?", ws).Where("address_hash = ?", contact.HashAddress(key, address)).Where("topic = ?", topic).Where("lifted_at = 0").Exec(ctx))
		if err != nil {
			return fmt.Errorf("lift a stop: %w", err)
		}
		if n == 0 {
			return ErrNotFound{"suppression", topic}
		}
		return touchAddresses(ctx, tx, ws, []string{address})
	})
}

// Count is how many addresses are stopped, by reason.
func (s Suppressions) Count(ctx context.Context, ws WorkspaceID) (map[contact.Reason]int, error) {
	var rows []struct {
		Reason contact.Reason `bun:"reason"`
		N      int            `bun:"n"`
	}
	err := s.read().NewSelect().Model((*suppressionRow)(nil)).Column("reason").ColumnExpr("COUNT(*) AS n").
		Where("workspace_id = ?", ws).Where("lifted_at = 0").Group("reason").Scan(ctx, &rows)
	if err != nil {
		return nil, wrapStopped(err, ws)
	}
	all := map[contact.Reason]int{}
	for _, row := range rows {
		all[row.Reason] = row.N
	}
	return all, nil
}

// RefusedBy is how many addresses refused by what stands in the note of their stop: the
// cause of the mail in which they did. Notes that do not begin so are left out.
func (s Suppressions) RefusedBy(ctx context.Context, ws WorkspaceID, begins string) (map[string]int, error) {
	var rows []struct {
		Note string `bun:"note"`
		N    int    `bun:"n"`
	}
	err := s.read().NewSelect().Model((*suppressionRow)(nil)).Column("note").ColumnExpr("COUNT(DISTINCT address_hash) AS n").
		Where("workspace_id = ?", ws).Where("reason = ?", contact.Unsubscribed).Where(`note LIKE ? ESCAPE '\'`, likeText(begins)+"%").Group("note").Scan(ctx, &rows)
	if err != nil {
		return nil, wrapStopped(err, ws)
	}
	all := map[string]int{}
	for _, row := range rows {
		all[row.Note] = row.N
	}
	return all, nil
}
