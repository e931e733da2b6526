package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// ContactEdit is what a person changes of a contact; nil leaves it.
type ContactEdit struct {
	Address    *string // a Written of contact.ParseAddress
	Name       *string
	Owner      *string                   // "" takes the owner away
	AddTags    []string                  // cleaned by contact.CleanTag
	DropTags   []string                  //
	Properties map[string]*contact.Value // nil takes one away
	By         string
}

// Change writes what a person changes. It is said now, so it stands until something newer is
// said. ErrNotFound; ErrExists where the address is another contact's.
func (c Contacts) Change(ctx context.Context, ws WorkspaceID, id contact.ID, edit ContactEdit) (contact.Contact, error) {
	var after contact.Contact
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		one, err := getContact(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		now := event.Millis(c.db.env.time())
		var notes []contact.Moment
		if edit.Owner != nil && *edit.Owner != one.Owner {
			notes = append(notes, contact.Moment{Contact: one.ID, At: now, Kind: contact.MomentOwner, By: edit.By, Text: *edit.Owner})
		}
		folded := contact.Folded{Changed: []contact.ID{one.ID}, Companies: map[string]contact.Company{}}
		if edit.Address != nil && *edit.Address != "" {
			identity := contact.Sighting{Address: *edit.Address}.Identities()[0]
			held, err := findIdentities(ctx, tx, ws, []contact.Identity{identity})
			if err != nil {
				return err
			}
			if h, there := held[identity]; there && h.Contact != one.ID {
				return ErrExists{"contact", string(h.Contact)}
			}
			folded.Identities = map[contact.Identity]contact.Held{identity: {Contact: one.ID, At: now}}
		}
		edit.apply(&one, now)
		company := contact.CompanyOf(one.Address, one.Properties[contact.PropertyCompany].Text)
		if one.CompanyID = company.ID; company.ID != "" {
			folded.Companies[company.ID] = company
		}
		if len(one.Properties) > contact.MaxProperties || len(one.Tags) > contact.MaxTags {
			return ErrTooLong{What: "contact", Bytes: max(len(one.Properties), len(one.Tags)), Limit: contact.MaxTags}
		}
		known := contact.Known{Contacts: map[contact.ID]*contact.Contact{one.ID: &one}}
		if err := c.keep(ctx, tx, ws, known, folded, edit.By); err != nil {
			return err
		}
		after = one
		if err := touchPeople(ctx, tx, ws, []contact.ID{one.ID}); err != nil {
			return err
		}
		return c.addMoments(ctx, tx, ws, notes)
	})
	if err != nil {
		return contact.Contact{}, fmt.Errorf("change contact %q: %w", id, err)
	}
	return after, nil
}

func (e ContactEdit) apply(c *contact.Contact, now event.Millis) {
	if c.Said == nil {
		c.Said = map[string]event.Millis{}
	}
	for field, line := range map[string]struct{ to, from *string }{
		contact.FieldAddress: {&c.Address, e.Address}, contact.FieldName: {&c.Name, e.Name}, contact.FieldOwner: {&c.Owner, e.Owner},
	} {
		if line.from != nil {
			*line.to, c.Said[field] = *line.from, now
		}
	}
	for key, value := range e.Properties {
		if c.Properties == nil {
			c.Properties = map[string]contact.Value{}
		}
		if c.Said[contact.FieldProperty+key] = now; value == nil {
			delete(c.Properties, key)
			delete(c.Said, contact.FieldProperty+key)
			continue
		}
		c.Properties[key] = *value
	}
	c.Tags = slices.DeleteFunc(c.Tags, func(tag string) bool { return slices.Contains(e.DropTags, tag) })
	for _, tag := range e.AddTags {
		if i, there := slices.BinarySearch(c.Tags, tag); !there {
			c.Tags = slices.Insert(c.Tags, i, tag)
		}
	}
	c.UpdatedAt = now
}

// Merge makes one of two contacts by hand; the older id stays. ErrNotFound.
func (c Contacts) Merge(ctx context.Context, ws WorkspaceID, one, other contact.ID, by string) (contact.Contact, error) {
	var after contact.Contact
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		a, err := getContact(ctx, tx, ws, one)
		if err != nil {
			return err
		}
		b, err := getContact(ctx, tx, ws, other)
		if err != nil {
			return err
		}
		if after = a; a.ID == b.ID {
			return nil
		}
		if b.Number < a.Number {
			a, b = b, a
		}
		a.Absorb(&b)
		a.UpdatedAt = event.Millis(c.db.env.time())
		folded := contact.Folded{Changed: []contact.ID{a.ID}, Merges: []contact.Merge{{From: b.ID, Into: a.ID}}, Companies: map[string]contact.Company{}}
		company := contact.CompanyOf(a.Address, a.Properties[contact.PropertyCompany].Text)
		if a.CompanyID = company.ID; company.ID != "" {
			folded.Companies[company.ID] = company
		}
		after = a
		if err := c.keep(ctx, tx, ws, contact.Known{Contacts: map[contact.ID]*contact.Contact{a.ID: &a}}, folded, by); err != nil {
			return err
		}
		return touchPeople(ctx, tx, ws, []contact.ID{a.ID})
	})
	if err != nil {
		return contact.Contact{}, fmt.Errorf("merge contacts %q and %q: %w", one, other, err)
	}
	return after, nil
}

// ErasedContact is what of somebody has to be erased elsewhere too.
type ErasedContact struct {
	IDs        []contact.ID // theirs and those that led to it
	Identities []contact.Identity
}

// Erase deletes everything of a contact: values, identities, consents, timeline and the ids
// that led to it. Their addresses stay as hashes that nothing is sent to any more.
// ErrNotFound.
func (c Contacts) Erase(ctx context.Context, ws WorkspaceID, id contact.ID, by string) (ErasedContact, error) {
	var gone ErasedContact
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		one, err := getContact(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		gone.IDs = []contact.ID{one.ID}
		var old []mergeRow
		if err := tx.NewSelect().Model(&old).Where("workspace_id = ?", ws).Where("contact_id = ?", one.ID).Order("old_id").Scan(ctx); err != nil {
			return err
		}
		for _, row := range old {
			gone.IDs = append(gone.IDs, row.OldID)
		}
		if gone.Identities, err = identitiesOf(ctx, tx, ws, one.ID); err != nil {
			return err
		}
		var stops []SuppressedAddress
		for _, identity := range gone.Identities {
			if identity.Kind == contact.ByAddress {
				stops = append(stops, SuppressedAddress{identity.Value, contact.Suppression{Reason: contact.Erased, At: event.Millis(c.db.env.time()), By: by}})
				_, err := tx.NewDelete().Table("consents").Where("workspace_id = ?", ws).Where("address = ?", identity.Value).Exec(ctx)
				if err != nil {
					return err
				}
			}
		}
		if err := (Suppressions(c)).put(ctx, tx, ws, stops); err != nil {
			return err
		}
		for table, column := range map[string]string{"moments": "contact_id", "contact_merges": "contact_id", "contact_identities": "contact_id", "contacts": "id"} {
			_, err := tx.NewDelete().Table(table).Where("workspace_id = ?", ws).Where("? = ?", bun.Ident(column), one.ID).Exec(ctx)
			if err != nil {
				return err
			}
		}
		// A company nobody is left of is nobody's business.
		_, err = tx.NewDelete().Table("companies").Where("workspace_id = ?", ws).Where("id = ?", one.CompanyID).
			Where("NOT EXISTS (SELECT 1 FROM contacts WHERE workspace_id = ? AND company_id = ?)", ws, one.CompanyID).Exec(ctx)
		return err
	})
	if err != nil {
		return ErasedContact{}, fmt.Errorf("erase contact %q: %w", id, err)
	}
	return gone, nil
}
