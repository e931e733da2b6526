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

// ModelVersion is a model as it was saved once. Versions are counted from 1 in
// each workspace and never change.
type ModelVersion struct {
	Version   int
	YAML      string // the model file; empty in lists
	Note      string // what the author says changed
	Author    string
	CreatedAt time.Time
}

// NewModelVersion is what is said when a model is saved.
type NewModelVersion struct {
	YAML   string
	Note   string
	Author string
}

// ModelVersions is the repository of saved models. It only ever grows.
type ModelVersions struct{ session }

type modelVersionRow struct {
	bun.BaseModel `bun:"table:model_versions"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Version     int         `bun:"version,pk"`
	YAML        string      `bun:"yaml"`
	Note        string      `bun:"note"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

func (r modelVersionRow) modelVersion() ModelVersion {
	return ModelVersion{Version: r.Version, YAML: r.YAML, Note: r.Note, Author: r.Author, CreatedAt: r.CreatedAt.Time()}
}

// Append saves a model that was made by editing version base (0 for the first).
// ErrConflict when base is not the newest version: two people edited at once,
// and the second must see what the first did. ErrNotFound without the workspace.
func (m ModelVersions) Append(ctx context.Context, ws WorkspaceID, base int, new NewModelVersion) (ModelVersion, error) {
	if err := errors.Join(checkText("model", new.YAML, 0), checkText("note", new.Note, 0), checkText("author", new.Author, 0)); err != nil {
		return ModelVersion{}, fmt.Errorf("append model version to %q: %w", ws, err)
	}
	var row modelVersionRow
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		var newest int
		err := tx.NewSelect().Model((*modelVersionRow)(nil)).
			ColumnExpr("COALESCE(MAX(version), 0)").Where("workspace_id = ?", ws).Scan(ctx, &newest)
		if err != nil {
			return err
		}
		if newest != base {
			return ErrConflict{Base: base, Newest: newest}
		}
		row = modelVersionRow{
			WorkspaceID: ws, Version: base + 1, YAML: new.YAML, Note: new.Note, Author: new.Author, CreatedAt: m.db.env.time(),
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return ModelVersion{}, fmt.Errorf("append model version to %q: %w", ws, err)
	}
	return row.modelVersion(), nil
}

// List is every version of the workspace's model, newest first, without the text.
func (m ModelVersions) List(ctx context.Context, ws WorkspaceID) ([]ModelVersion, error) {
	var rows []modelVersionRow
	err := m.read().NewSelect().Model(&rows).ExcludeColumn("yaml").
		Where("workspace_id = ?", ws).Order("version DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list model versions of %q: %w", ws, err)
	}
	list := make([]ModelVersion, len(rows))
	for i, row := range rows {
		list[i] = row.modelVersion()
	}
	return list, nil
}

// Get is one version. ErrNotFound when there is none of that number.
func (m ModelVersions) Get(ctx context.Context, ws WorkspaceID, version int) (ModelVersion, error) {
	return m.one(ctx, ws, strconv.Itoa(version), func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("version = ?", version)
	})
}

// Newest is the version with the highest number. ErrNotFound while none is saved.
func (m ModelVersions) Newest(ctx context.Context, ws WorkspaceID) (ModelVersion, error) {
	return m.one(ctx, ws, "newest", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Order("version DESC").Limit(1)
	})
}

func (m ModelVersions) one(ctx context.Context, ws WorkspaceID, name string, which func(*bun.SelectQuery) *bun.SelectQuery) (ModelVersion, error) {
	var row modelVersionRow
	err := m.read().NewSelect().Model(&row).Where("workspace_id = ?", ws).Apply(which).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return ModelVersion{}, ErrNotFound{"model version", name}
	}
	if err != nil {
		return ModelVersion{}, fmt.Errorf("get model version %s of %q: %w", name, ws, err)
	}
	return row.modelVersion(), nil
}
