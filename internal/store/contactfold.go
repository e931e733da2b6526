package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

type contactNumberRow struct {
	bun.BaseModel `bun:"table:contact_numbers"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Last        int64       `bun:"last"`
}

// Upsert folds sightings into what is known: contacts are made, changed and merged, in one
// step of a transaction. What it returns is told by contact.Fold. Any number may be given;
// the same again changes nothing. ErrNotFound without the workspace.
func (c Contacts) Upsert(ctx context.Context, ws WorkspaceID, sightings []contact.Sighting) (contact.Folded, error) {
	all := contact.Folded{Identities: map[contact.Identity]contact.Held{}, Companies: map[string]contact.Company{}}
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		for from := 0; from < len(sightings); from += contactsAtOnce {
			part, err := c.fold(ctx, tx, ws, sightings[from:min(from+contactsAtOnce, len(sightings))])
			if err != nil {
				return err
			}
			join(&all, part)
		}
		return nil
	})
	if err != nil {
		return contact.Folded{}, fmt.Errorf("fold %d sightings into the contacts of %q: %w", len(sightings), ws, err)
	}
	return all, nil
}

// join puts the next part of a long list behind the ones before; what was made there may
// have been merged away here.
func join(all *contact.Folded, part contact.Folded) {
	lead := map[contact.ID]contact.ID{}
	for _, m := range part.Merges {
		lead[m.From] = m.Into
	}
	follow := func(ids []contact.ID) []contact.ID {
		kept := ids[:0]
		for _, id := range ids {
			if lead[id] == "" {
				kept = append(kept, id)
			}
		}
		return kept
	}
	if len(lead) > 0 {
		for i, id := range all.Of {
			if lead[id] != "" {
				all.Of[i] = lead[id]
			}
		}
		for i, m := range all.Merges {
			if lead[m.Into] != "" {
				all.Merges[i].Into = lead[m.Into]
			}
		}
		for i, p := range all.Passings {
			if lead[p.To] != "" {
				all.Passings[i].To = lead[p.To]
			}
		}
		all.Created, all.Changed, all.Repeated = follow(all.Created), follow(all.Changed), follow(all.Repeated)
	}
	all.Of = append(all.Of, part.Of...)
	all.Created = append(all.Created, part.Created...)
	all.Changed = append(all.Changed, part.Changed...)
	all.Repeated = append(all.Repeated, part.Repeated...)
	all.Merges = append(all.Merges, part.Merges...)
	all.Passings = append(all.Passings, part.Passings...)
	for identity, held := range part.Identities {
		all.Identities[identity] = held
	}
	for id, company := range part.Companies {
		all.Companies[id] = company
	}
}

func (c Contacts) fold(ctx context.Context, tx bun.Tx, ws WorkspaceID, sightings []contact.Sighting) (contact.Folded, error) {
	var identities []contact.Identity
	for _, s := range sightings {
		identities = append(identities, s.Identities()...)
	}
	held, err := findIdentities(ctx, tx, ws, identities)
	if err != nil {
		return contact.Folded{}, err
	}
	var ids []contact.ID
	seen := map[contact.ID]bool{}
	for _, h := range held {
		if !seen[h.Contact] {
			seen[h.Contact] = true
			ids = append(ids, h.Contact)
		}
	}
	known := contact.Known{Identities: held}
	if known.Contacts, err = contactsByID(ctx, tx, ws, ids); err != nil {
		return contact.Folded{}, err
	}
	// The most numbers there can be use for are taken, and those left over given back.
	first, err := takeNumbers(ctx, tx, ws, len(sightings))
	if err != nil {
		return contact.Folded{}, err
	}
	var made int64
	var failed error
	folded := contact.Fold(known, sightings, event.Millis(c.db.env.time()), func() (contact.ID, int64) {
		id, err := c.db.env.newID()
		if err != nil {
			failed = err
		}
		made++
		return contact.ID(id), first + made
	})
	if failed != nil {
		return contact.Folded{}, failed
	}
	if err := setLastNumber(ctx, tx, ws, first+made); err != nil {
		return contact.Folded{}, err
	}
	return folded, c.keep(ctx, tx, ws, known, folded, "")
}

// takeNumbers is the number after which fresh ones begin.
func takeNumbers(ctx context.Context, tx bun.Tx, ws WorkspaceID, n int) (first int64, err error) {
	row := contactNumberRow{WorkspaceID: ws, Last: int64(n)}
	_, err = tx.NewInsert().Model(&row).On("CONFLICT (workspace_id) DO UPDATE").
		Set("last = contact_number_row.last + EXCLUDED.last").Returning("last").Exec(ctx)
	return row.Last - int64(n), err
}

func setLastNumber(ctx context.Context, tx bun.Tx, ws WorkspaceID, last int64) error {
	_, err := tx.NewUpdate().Model((*contactNumberRow)(nil)).Set("last = ?", last).Where("workspace_id = ?", ws).Exec(ctx)
	return err
}

// keep writes down what folding has changed. by is who merged by hand.
func (c Contacts) keep(ctx context.Context, tx bun.Tx, ws WorkspaceID, known contact.Known, folded contact.Folded, by string) error {
	now := event.Millis(c.db.env.time())
	for _, m := range folded.Merges {
		if err := c.followMerge(ctx, tx, ws, m, now, by); err != nil {
			return fmt.Errorf("merge contact %q into %q: %w", m.From, m.Into, err)
		}
	}
	var list []*contact.Contact
	for _, ids := range [][]contact.ID{folded.Created, folded.Changed, folded.Repeated} {
		for _, id := range ids {
			list = append(list, known.Contacts[id])
		}
	}
	if err := putContacts(ctx, tx, ws, list); err != nil {
		return err
	}
	if err := putIdentities(ctx, tx, ws, folded.Identities); err != nil {
		return err
	}
	return putCompanies(ctx, tx, ws, folded.Companies, now)
}

// followMerge lets everything that is kept under one id stand under another.
func (c Contacts) followMerge(ctx context.Context, tx bun.Tx, ws WorkspaceID, m contact.Merge, now event.Millis, by string) error {
	for _, table := range []string{"contact_identities", "contact_merges", "moments"} {
		_, err := tx.NewUpdate().Table(table).Set("contact_id = ?", m.Into).
			Where("workspace_id = ?", ws).Where("contact_id = ?", m.From).Exec(ctx)
		if err != nil {
			return err
		}
	}
	_, err := tx.NewDelete().Model((*contactRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", m.From).Exec(ctx)
	if err != nil {
		return err
	}
	row := mergeRow{WorkspaceID: ws, OldID: m.From, ContactID: m.Into, At: now, MergedBy: by}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return err
	}
	return putMoments(ctx, tx, ws, []contact.Moment{{ID: "merge/" + string(m.From), Contact: m.Into, At: now, Kind: contact.MomentMerge, By: by}})
}
