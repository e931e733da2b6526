package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"
)

// Forms is the repository of forms and of what was sent in with them.
type Forms struct{ session }

// FormID is a form's id. It stands in the form's public address and is unique over all
// workspaces.
type FormID string

// Form is a form with its newest definition.
type Form struct {
	ID         FormID
	Workspace  WorkspaceID
	Name       string
	Version    int
	Open       bool   // whether it takes anything in
	Secret     []byte // signs the pages that are shown; 32 bytes
	Definition []byte // JSON, checked by whoever wrote it
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

const maxFormDefinition = 64 << 10

type formRow struct {
	bun.BaseModel `bun:"table:forms"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	ID          FormID      `bun:"id,pk"`
	Name        string      `bun:"name"`
	Version     int         `bun:"version"`
	Open        bool        `bun:"open"`
	Secret      []byte      `bun:"secret"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

type formVersionRow struct {
	bun.BaseModel `bun:"table:form_versions"`

	FormID     FormID `bun:"form_id,pk"`
	Version    int    `bun:"version,pk"`
	Definition string `bun:"definition"`
	Author     string `bun:"author"`
	CreatedAt  millis `bun:"created_at"`
}

type formWithDefinition struct {
	formRow    `bun:",extend"`
	Definition string `bun:"definition"`
}

func (r formWithDefinition) form() Form {
	return Form{ID: r.ID, Workspace: r.WorkspaceID, Name: r.Name, Version: r.Version, Open: r.Open, Secret: r.Secret,
		Definition: []byte(r.Definition), CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time()}
}

// NewForm is a form, or its next version.
type NewForm struct {
	Name       string
	Definition []byte
	Author     string
}

func (n NewForm) check() error {
	if err := checkText("name", n.Name, maxNameBytes); err != nil {
		return err
	}
	return checkText("definition", string(n.Definition), maxFormDefinition)
}

// Create keeps a form in its first version; it is closed. ErrNotFound without the
// workspace; ErrTooLong.
func (f Forms) Create(ctx context.Context, ws WorkspaceID, new NewForm) (Form, error) {
	if err := new.check(); err != nil {
		return Form{}, fmt.Errorf("create form %q: %w", new.Name, err)
	}
	id, err := f.db.env.newID()
	if err != nil {
		return Form{}, fmt.Errorf("create form %q: %w", new.Name, err)
	}
	secret, err := f.db.env.randomBytes(32)
	if err != nil {
		return Form{}, fmt.Errorf("create form %q: %w", new.Name, err)
	}
	now := f.db.env.time()
	row := formRow{WorkspaceID: ws, ID: FormID(id), Name: new.Name, Version: 1, Secret: secret, CreatedAt: now, UpdatedAt: now}
	version := formVersionRow{FormID: row.ID, Version: 1, Definition: string(new.Definition), Author: new.Author, CreatedAt: now}
	err = f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := f.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&version).Exec(ctx)
		return err
	})
	if err != nil {
		return Form{}, fmt.Errorf("create form %q: %w", new.Name, err)
	}
	return formWithDefinition{row, version.Definition}.form(), nil
}

// Edit keeps the next version of a form, or only another name where the definition is nil.
// ErrConflict when base is not the newest version; ErrNotFound.
func (f Forms) Edit(ctx context.Context, ws WorkspaceID, id FormID, base int, new NewForm) (Form, error) {
	if err := new.check(); err != nil {
		return Form{}, fmt.Errorf("edit form %q: %w", id, err)
	}
	err := f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := formRow{WorkspaceID: ws, ID: id}
		if err := tx.NewSelect().Model(&row).WherePK().Scan(ctx); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				return ErrNotFound{"form", string(id)}
			}
			return err
		}
		if row.Version != base {
			return ErrConflict{Base: base, Newest: row.Version}
		}
		row.Name, row.UpdatedAt = new.Name, f.db.env.time()
		if new.Definition != nil {
			row.Version++
			version := formVersionRow{FormID: id, Version: row.Version, Definition: string(new.Definition), Author: new.Author, CreatedAt: row.UpdatedAt}
			// Two that edit at once meet here: the second one's version is there already.
			n, err := affected(tx.NewInsert().Model(&version).On("CONFLICT (form_id, version) DO NOTHING").Exec(ctx))
			if err != nil {
				return err
			}
			if n == 0 {
				return ErrConflict{Base: base, Newest: row.Version}
			}
		}
		_, err := tx.NewUpdate().Model(&row).Column("name", "version", "updated_at").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return Form{}, fmt.Errorf("edit form %q: %w", id, err)
	}
	return f.Get(ctx, ws, id)
}

// SetOpen lets a form take things in, or not any more. ErrNotFound.
func (f Forms) SetOpen(ctx context.Context, ws WorkspaceID, id FormID, open bool) error {
	err := f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := formRow{WorkspaceID: ws, ID: id, Open: open, UpdatedAt: f.db.env.time()}
		n, err := affected(tx.NewUpdate().Model(&row).Column("open", "updated_at").WherePK().Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"form", string(id)}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("open or close form %q: %w", id, err)
	}
	return nil
}

// Delete forgets a form with its versions and everything sent in with it. ErrNotFound.
func (f Forms) Delete(ctx context.Context, ws WorkspaceID, id FormID) error {
	err := f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*formRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"form", string(id)}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("delete form %q: %w", id, err)
	}
	return nil
}

// List is a workspace's forms, the one changed last first.
func (f Forms) List(ctx context.Context, ws WorkspaceID) ([]Form, error) {
	var rows []formWithDefinition
	if err := f.newest(&rows).Where("f.workspace_id = ?", ws).Order("f.updated_at DESC", "f.id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list forms of %q: %w", ws, err)
	}
	list := make([]Form, len(rows))
	for i, row := range rows {
		list[i] = row.form()
	}
	return list, nil
}

// Get is one form. ErrNotFound.
func (f Forms) Get(ctx context.Context, ws WorkspaceID, id FormID) (Form, error) {
	var rows []formWithDefinition
	err := f.newest(&rows).Where("f.workspace_id = ?", ws).Where("f.id = ?", id).Scan(ctx)
	return oneForm(rows, id, err)
}

// Public is the form at a public address, whichever workspace it is of. ErrNotFound.
func (f Forms) Public(ctx context.Context, id FormID) (Form, error) {
	var rows []formWithDefinition
	err := f.newest(&rows).Where("f.id = ?", id).Scan(ctx)
	return oneForm(rows, id, err)
}

func (f Forms) newest(rows *[]formWithDefinition) *bun.SelectQuery {
	return f.read().NewSelect().Model(rows).ModelTableExpr("forms AS f").ColumnExpr("f.*").ColumnExpr("v.definition").
		Join("JOIN form_versions AS v ON v.form_id = f.id AND v.version = f.version")
}

func oneForm(rows []formWithDefinition, id FormID, err error) (Form, error) {
	if err != nil {
		return Form{}, fmt.Errorf("read form %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Form{}, ErrNotFound{"form", string(id)}
	}
	return rows[0].form(), nil
}

// Version is the definition of one version of a form. ErrNotFound.
func (f Forms) Version(ctx context.Context, ws WorkspaceID, id FormID, version int) ([]byte, error) {
	var rows []formVersionRow
	err := f.read().NewSelect().Model(&rows).Where("form_id = ?", id).Where("version = ?", version).
		Where("EXISTS (SELECT 1 FROM forms WHERE forms.id = form_id AND forms.workspace_id = ?)", ws).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read version %d of form %q: %w", version, id, err)
	}
	if len(rows) == 0 {
		return nil, ErrNotFound{"form version", strconv.Itoa(version)}
	}
	return []byte(rows[0].Definition), nil
}

// FormVersion is one version of a form.
type FormVersion struct {
	Version    int
	Author     string
	CreatedAt  time.Time
	Definition []byte
}

// Versions is every version of a form, the newest first; none without the form.
func (f Forms) Versions(ctx context.Context, ws WorkspaceID, id FormID) ([]FormVersion, error) {
	var rows []formVersionRow
	err := f.read().NewSelect().Model(&rows).Where("form_id = ?", id).
		Where("EXISTS (SELECT 1 FROM forms WHERE forms.id = form_id AND forms.workspace_id = ?)", ws).Order("version DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list versions of form %q: %w", id, err)
	}
	list := make([]FormVersion, len(rows))
	for i, row := range rows {
		list[i] = FormVersion{Version: row.Version, Author: row.Author, CreatedAt: row.CreatedAt.Time(), Definition: []byte(row.Definition)}
	}
	return list, nil
}
