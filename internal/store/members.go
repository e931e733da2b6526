package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Member is a person in a workspace.
type Member struct {
	User       User
	Role       string
	Department string // as the team calls it: 営業, 採用; "" not said
	Export     *bool  // may take numbers out as files; nil: what the role says
	Since      time.Time
}

// Standing is what a person is in a workspace.
type Standing struct {
	Role       string
	Department string
	Export     *bool // nil: what the role says
}

// Membership is a workspace a person belongs to.
type Membership struct {
	Workspace WorkspaceID
	Role      string
	Export    *bool // nil: what the role says
}

// lastRole is the role of which a workspace always has one.
const lastRole = "owner"

// Members is the repository of who belongs to a workspace, and as what.
type Members struct{ session }

type memberRow struct {
	bun.BaseModel `bun:"table:members"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	UserID      UserID      `bun:"user_id,pk"`
	Role        string      `bun:"role"`
	Department  string      `bun:"department"`
	Export      *bool       `bun:"export"`
	CreatedAt   millis      `bun:"created_at"`
}

// List is everybody in the workspace, the longest there first.
func (m Members) List(ctx context.Context, ws WorkspaceID) ([]Member, error) {
	var rows []memberRow
	if err := m.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at", "user_id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list members of %q: %w", ws, err)
	}
	var users []userRow
	err := m.read().NewSelect().Model(&users).
		Where("id IN (?)", m.read().NewSelect().Model((*memberRow)(nil)).Column("user_id").Where("workspace_id = ?", ws)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list members of %q: %w", ws, err)
	}
	byID := make(map[UserID]User, len(users))
	for _, u := range users {
		byID[u.ID] = u.user()
	}
	list := make([]Member, 0, len(rows))
	for _, row := range rows {
		if user, there := byID[row.UserID]; there {
			list = append(list, Member{User: user, Role: row.Role, Department: row.Department, Export: row.Export, Since: row.CreatedAt.Time()})
		}
	}
	return list, nil
}

// Role is what a person is in the workspace. ErrNotFound for somebody else.
func (m Members) Role(ctx context.Context, ws WorkspaceID, user UserID) (string, error) {
	standing, err := m.Standing(ctx, ws, user)
	return standing.Role, err
}

// Standing is what a person is in the workspace, and of which department. ErrNotFound for
// somebody else.
func (m Members) Standing(ctx context.Context, ws WorkspaceID, user UserID) (Standing, error) {
	var row memberRow
	err := m.read().NewSelect().Model(&row).Where("workspace_id = ?", ws).Where("user_id = ?", user).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Standing{}, ErrNotFound{"member", string(user)}
	}
	if err != nil {
		return Standing{}, fmt.Errorf("find member %q of %q: %w", user, ws, err)
	}
	return Standing{Role: row.Role, Department: row.Department, Export: row.Export}, nil
}

// Of is every workspace a person belongs to.
func (m Members) Of(ctx context.Context, user UserID) ([]Membership, error) {
	var rows []memberRow
	if err := m.read().NewSelect().Model(&rows).Where("user_id = ?", user).Order("workspace_id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list workspaces of user %q: %w", user, err)
	}
	list := make([]Membership, len(rows))
	for i, row := range rows {
		list[i] = Membership{Workspace: row.WorkspaceID, Role: row.Role, Export: row.Export}
	}
	return list, nil
}

// Put makes a person a member, or gives a member another role. ErrNotFound without
// the workspace or the person; ErrLastOwner.
func (m Members) Put(ctx context.Context, ws WorkspaceID, user UserID, role string) error {
	if err := checkText("role", role, maxNameBytes); err != nil {
		return fmt.Errorf("put member %q of %q: %w", user, ws, err)
	}
	row := memberRow{WorkspaceID: ws, UserID: user, Role: role, CreatedAt: m.db.env.time()}
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		there, err := tx.NewSelect().Model((*userRow)(nil)).Where("id = ?", user).Exists(ctx)
		if err != nil {
			return fmt.Errorf("put member %q of %q: %w", user, ws, err)
		}
		if !there {
			return ErrNotFound{"user", string(user)}
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, user_id) DO UPDATE").Set("role = EXCLUDED.role").Exec(ctx)
		if err != nil {
			return fmt.Errorf("put member %q of %q: %w", user, ws, err)
		}
		return ownerLeft(ctx, tx, ws)
	})
}

// Place says of which department a member is. ErrNotFound for somebody else.
func (m Members) Place(ctx context.Context, ws WorkspaceID, user UserID, department string) error {
	if err := checkText("department", department, maxNameBytes); err != nil {
		return fmt.Errorf("place member %q of %q: %w", user, ws, err)
	}
	return m.set(ctx, ws, user, "department = ?", department)
}

// Allow says whether a member may take numbers out as files; nil: what the role says.
// ErrNotFound for somebody else.
func (m Members) Allow(ctx context.Context, ws WorkspaceID, user UserID, export *bool) error {
	return m.set(ctx, ws, user, "export = ?", export)
}

func (m Members) set(ctx context.Context, ws WorkspaceID, user UserID, column string, value any) error {
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		n, err := affected(tx.NewUpdate().Model((*memberRow)(nil)).Set(column, value).
			Where("workspace_id = ?", ws).Where("user_id = ?", user).Exec(ctx))
		if err != nil {
			return fmt.Errorf("change member %q of %q: %w", user, ws, err)
		}
		if n == 0 {
			return ErrNotFound{"member", string(user)}
		}
		return nil
	})
}

// Remove takes a person out of the workspace. ErrNotFound; ErrLastOwner.
func (m Members) Remove(ctx context.Context, ws WorkspaceID, user UserID) error {
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		n, err := affected(tx.NewDelete().Model((*memberRow)(nil)).Where("workspace_id = ?", ws).Where("user_id = ?", user).Exec(ctx))
		if err != nil {
			return fmt.Errorf("remove member %q of %q: %w", user, ws, err)
		}
		if n == 0 {
			return ErrNotFound{"member", string(user)}
		}
		return ownerLeft(ctx, tx, ws)
	})
}

// ownerLeft refuses to leave members without an owner. The workspace's row is held
// by touch, so two owners cannot leave at once.
func ownerLeft(ctx context.Context, tx bun.Tx, ws WorkspaceID) error {
	n, err := tx.NewSelect().Model((*memberRow)(nil)).Where("workspace_id = ?", ws).Where("role = ?", lastRole).Count(ctx)
	if err != nil {
		return fmt.Errorf("count owners of %q: %w", ws, err)
	}
	if n == 0 {
		return ErrLastOwner{}
	}
	return nil
}
