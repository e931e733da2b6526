package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

type identityRow struct {
	bun.BaseModel `bun:"table:contact_identities"`

	WorkspaceID WorkspaceID          `bun:"workspace_id,pk"`
	Kind        contact.IdentityKind `bun:"kind,pk"`
	Value       string               `bun:"value,pk"`
	ContactID   contact.ID           `bun:"contact_id"`
	At          event.Millis         `bun:"at"`
}

type mergeRow struct {
	bun.BaseModel `bun:"table:contact_merges"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	OldID       contact.ID   `bun:"old_id,pk"`
	ContactID   contact.ID   `bun:"contact_id"`
	At          event.Millis `bun:"at"`
	MergedBy    string       `bun:"merged_by"`
}

// Find is whose identities are; one nobody has is left out.
func (c Contacts) Find(ctx context.Context, ws WorkspaceID, identities []contact.Identity) (map[contact.Identity]contact.ID, error) {
	held, err := findIdentities(ctx, c.read(), ws, identities)
	if err != nil {
		return nil, fmt.Errorf("find contacts of %q by %d identities: %w", ws, len(identities), err)
	}
	all := make(map[contact.Identity]contact.ID, len(held))
	for identity, h := range held {
		all[identity] = h.Contact
	}
	return all, nil
}

func findIdentities(ctx context.Context, from bun.IDB, ws WorkspaceID, identities []contact.Identity) (map[contact.Identity]contact.Held, error) {
	byKind := map[contact.IdentityKind][]string{}
	for _, identity := range identities {
		if checkText("identity", identity.Value, maxNameBytes) == nil {
			byKind[identity.Kind] = append(byKind[identity.Kind], identity.Value)
		}
	}
	all := make(map[contact.Identity]contact.Held, len(identities))
	for kind, values := range byKind {
		for start := 0; start < len(values); start += contactsAtOnce {
			var rows []identityRow
			err := from.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("kind = ?", kind).
				Where("value IN (?)", bun.List(values[start:min(start+contactsAtOnce, len(values))])).Scan(ctx)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				all[contact.Identity{Kind: row.Kind, Value: row.Value}] = contact.Held{Contact: row.ContactID, At: row.At}
			}
		}
	}
	return all, nil
}

// Identities is all a contact is known by, in a lasting order.
func (c Contacts) Identities(ctx context.Context, ws WorkspaceID, id contact.ID) ([]contact.Identity, error) {
	list, err := identitiesOf(ctx, c.read(), ws, id)
	if err != nil {
		return nil, fmt.Errorf("list identities of contact %q: %w", id, err)
	}
	return list, nil
}

func identitiesOf(ctx context.Context, from bun.IDB, ws WorkspaceID, id contact.ID) ([]contact.Identity, error) {
	var rows []identityRow
	err := from.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("contact_id = ?", id).Order("kind", "value").Scan(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]contact.Identity, len(rows))
	for i, row := range rows {
		list[i] = contact.Identity{Kind: row.Kind, Value: row.Value}
	}
	return list, nil
}

// Addresses is every address (its key) that some contacts are known by, in a lasting order;
// who has none is left out.
func (c Contacts) Addresses(ctx context.Context, ws WorkspaceID, ids []contact.ID) (map[contact.ID][]string, error) {
	all := map[contact.ID][]string{}
	for start := 0; start < len(ids); start += contactsAtOnce {
		var rows []identityRow
		err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("kind = ?", contact.ByAddress).
			Where("contact_id IN (?)", bun.List(ids[start:min(start+contactsAtOnce, len(ids))])).Order("value").Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("list addresses of %d contacts: %w", len(ids), err)
		}
		for _, row := range rows {
			all[row.ContactID] = append(all[row.ContactID], row.Value)
		}
	}
	return all, nil
}

// NameThemselves lets contacts be known by their own ids, as by the user id of a program: what
// the house does with somebody is told as theirs under that name. Ids of nobody, and those
// that were merged away, are left out.
func (c Contacts) NameThemselves(ctx context.Context, ws WorkspaceID, ids []contact.ID) error {
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for start := 0; start < len(ids); start += contactsAtOnce {
			_, err := tx.NewRaw(`INSERT INTO contact_identities (workspace_id, kind, value, contact_id, at)
				SELECT workspace_id, ?, id, id, ? FROM contacts WHERE workspace_id = ? AND id IN (?)
				ON CONFLICT (workspace_id, kind, value) DO NOTHING`,
				contact.ByUser, c.db.env.time(), ws, bun.List(ids[start:min(start+contactsAtOnce, len(ids))])).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("name %d contacts by themselves: %w", len(ids), err)
	}
	return nil
}

// Leads is where ids that were merged away lead; ids that were not are left out.
func (c Contacts) Leads(ctx context.Context, ws WorkspaceID, ids []contact.ID) (map[contact.ID]contact.ID, error) {
	all := map[contact.ID]contact.ID{}
	for start := 0; start < len(ids); start += contactsAtOnce {
		var rows []mergeRow
		err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).
			Where("old_id IN (?)", bun.List(ids[start:min(start+contactsAtOnce, len(ids))])).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("follow %d contacts: %w", len(ids), err)
		}
		for _, row := range rows {
			all[row.OldID] = row.ContactID
		}
	}
	return all, nil
}

// putIdentities keeps whose identities are.
func putIdentities(ctx context.Context, tx bun.Tx, ws WorkspaceID, held map[contact.Identity]contact.Held) error {
	rows := make([]identityRow, 0, len(held))
	for identity, h := range held {
		if err := checkText("identity", identity.Value, maxNameBytes); err != nil {
			return err
		}
		rows = append(rows, identityRow{WorkspaceID: ws, Kind: identity.Kind, Value: identity.Value, ContactID: h.Contact, At: h.At})
	}
	for start := 0; start < len(rows); start += contactsAtOnce {
		part := rows[start:min(start+contactsAtOnce, len(rows))]
		_, err := tx.NewInsert().Model(&part).On("CONFLICT (workspace_id, kind, value) DO UPDATE").
			Set("contact_id = EXCLUDED.contact_id").Set("at = EXCLUDED.at").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}
