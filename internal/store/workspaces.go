package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// WorkspaceID names a workspace in every other call; it never changes, unlike
// the slug people see. It is its own type so that a slug is not passed for it.
type WorkspaceID string

// Workspace is one team's place: a model with its history, and its data.
type Workspace struct {
	ID   WorkspaceID
	Slug string // unique; part of addresses
	Name string
	Demo bool
	// DataRevision counts the changes to the workspace's points; together with
	// the model's version it tells whether something computed is still true.
	DataRevision int64
	CreatedAt    time.Time
	UpdatedAt    time.Time // last change of the name, the model or the data
}

// NewWorkspace is what is said about a workspace when it is created.
type NewWorkspace struct {
	Slug string
	Name string
	Demo bool
}

// Workspaces is the repository of workspaces.
type Workspaces struct{ session }

type workspaceRow struct {
	bun.BaseModel `bun:"table:workspaces"`

	ID           WorkspaceID `bun:"id,pk"`
	Slug         string      `bun:"slug"`
	Name         string      `bun:"name"`
	Demo         bool        `bun:"demo"`
	DataRevision int64       `bun:"data_revision"`
	CreatedAt    millis      `bun:"created_at"`
	UpdatedAt    millis      `bun:"updated_at"`
}

func (r workspaceRow) workspace() Workspace {
	return Workspace{
		ID: r.ID, Slug: r.Slug, Name: r.Name, Demo: r.Demo, DataRevision: r.DataRevision,
		CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time(),
	}
}

// Create makes an empty workspace. ErrExists when the slug is taken.
func (w Workspaces) Create(ctx context.Context, new NewWorkspace) (Workspace, error) {
	if err := errors.Join(checkText("slug", new.Slug, 200), checkText("name", new.Name, 0)); err != nil {
		return Workspace{}, fmt.Errorf("create workspace %q: %w", new.Slug, err)
	}
	id, err := w.db.env.newID()
	if err != nil {
		return Workspace{}, fmt.Errorf("create workspace %q: %w", new.Slug, err)
	}
	now := w.db.env.time()
	row := workspaceRow{ID: WorkspaceID(id), Slug: new.Slug, Name: new.Name, Demo: new.Demo, CreatedAt: now, UpdatedAt: now}
	err = w.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewInsert().Model(&row).On("CONFLICT (slug) DO NOTHING").Exec(ctx))
		if err == nil && n == 0 {
			return ErrExists{"workspace", new.Slug}
		}
		return err
	})
	if err != nil {
		return Workspace{}, fmt.Errorf("create workspace %q: %w", new.Slug, err)
	}
	return row.workspace(), nil
}

// List is every workspace, oldest first.
func (w Workspaces) List(ctx context.Context) ([]Workspace, error) {
	var rows []workspaceRow
	if err := w.read().NewSelect().Model(&rows).Order("created_at", "slug").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list workspaces: %w", err)
	}
	list := make([]Workspace, len(rows))
	for i, row := range rows {
		list[i] = row.workspace()
	}
	return list, nil
}

// BySlug finds a workspace by the name in its address. ErrNotFound when there is none.
func (w Workspaces) BySlug(ctx context.Context, slug string) (Workspace, error) {
	return w.find(ctx, "slug", slug)
}

// Get finds a workspace by its id. ErrNotFound when there is none.
func (w Workspaces) Get(ctx context.Context, id WorkspaceID) (Workspace, error) {
	return w.find(ctx, "id", string(id))
}

func (w Workspaces) find(ctx context.Context, column, value string) (Workspace, error) {
	var row workspaceRow
	err := w.read().NewSelect().Model(&row).Where("? = ?", bun.Ident(column), value).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Workspace{}, ErrNotFound{"workspace", value}
	}
	if err != nil {
		return Workspace{}, fmt.Errorf("find workspace %q: %w", value, err)
	}
	return row.workspace(), nil
}

// Rename changes the name people see; the slug stays. ErrNotFound.
func (w Workspaces) Rename(ctx context.Context, id WorkspaceID, name string) error {
	if err := checkText("name", name, 0); err != nil {
		return fmt.Errorf("rename workspace %q: %w", id, err)
	}
	return w.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*workspaceRow)(nil)).
			Set("name = ?", name).Set("updated_at = ?", w.db.env.time()).Where("id = ?", id).Exec(ctx))
		return mustChange(n, err, id)
	})
}

// Delete removes a workspace with everything in it. ErrNotFound.
func (w Workspaces) Delete(ctx context.Context, id WorkspaceID) error {
	return w.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*workspaceRow)(nil)).Where("id = ?", id).Exec(ctx))
		return mustChange(n, err, id)
	})
}

// change is what a write does to the row of its workspace.
type change int64

const (
	changesRest change = 0 // the model, an upload, a link
	changesData change = 1 // the points; the amount DataRevision goes up by
)

// touch notes a change on the workspace's row. It is the first step of every
// write below a workspace: it tells that the workspace exists, and on
// PostgreSQL it makes writers to the same workspace wait for each other.
func (s session) touch(ctx context.Context, tx bun.Tx, id WorkspaceID, what change) error {
	n, err := affected(tx.NewUpdate().Model((*workspaceRow)(nil)).
		Set("updated_at = ?", s.db.env.time()).Set("data_revision = data_revision + ?", int64(what)).
		Where("id = ?", id).Exec(ctx))
	return mustChange(n, err, id)
}

func mustChange(n int64, err error, id WorkspaceID) error {
	if err != nil {
		return fmt.Errorf("change workspace %q: %w", id, err)
	}
	if n == 0 {
		return ErrNotFound{"workspace", string(id)}
	}
	return nil
}
