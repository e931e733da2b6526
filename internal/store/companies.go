package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Companies is the repository of who contacts work for. They come with the contacts.
type Companies struct{ session }

type companyRow struct {
	bun.BaseModel `bun:"table:companies"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	ID          string       `bun:"id,pk"`
	Domain      string       `bun:"domain"`
	Name        string       `bun:"name"`
	CreatedAt   event.Millis `bun:"created_at"`
	UpdatedAt   event.Millis `bun:"updated_at"`
}

// putCompanies keeps companies; a name that is there stays.
func putCompanies(ctx context.Context, tx bun.Tx, ws WorkspaceID, all map[string]contact.Company, now event.Millis) error {
	rows := make([]companyRow, 0, len(all))
	for _, company := range all {
		rows = append(rows, companyRow{WorkspaceID: ws, ID: company.ID, Domain: company.Domain, Name: contact.Clip(company.Name, contact.MaxName), CreatedAt: now, UpdatedAt: now})
	}
	for start := 0; start < len(rows); start += contactsAtOnce {
		part := rows[start:min(start+contactsAtOnce, len(rows))]
		_, err := tx.NewInsert().Model(&part).On("CONFLICT (workspace_id, id) DO UPDATE").
			Set("name = EXCLUDED.name").Set("updated_at = EXCLUDED.updated_at").
			Where("company_row.name = ''").Where("EXCLUDED.name <> ''").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// GetMany is companies by id; those that are not there are left out.
func (c Companies) GetMany(ctx context.Context, ws WorkspaceID, ids []string) (map[string]contact.Company, error) {
	all := map[string]contact.Company{}
	for start := 0; start < len(ids); start += contactsAtOnce {
		var rows []companyRow
		err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).
			Where("id IN (?)", bun.List(ids[start:min(start+contactsAtOnce, len(ids))])).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("find companies of %q: %w", ws, err)
		}
		for _, row := range rows {
			all[row.ID] = contact.Company{ID: row.ID, Domain: row.Domain, Name: row.Name}
		}
	}
	return all, nil
}

// Rename changes a company's name. ErrNotFound.
func (c Companies) Rename(ctx context.Context, ws WorkspaceID, id, name string) error {
	if err := checkText("name", name, contact.MaxName); err != nil {
		return fmt.Errorf("rename company %q: %w", id, err)
	}
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*companyRow)(nil)).Set("name = ?", name).Set("updated_at = ?", c.db.env.time()).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("rename company %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"company", id}
		}
		return nil
	})
}
