package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Document is something small that a team keeps and no query looks into: a saved
// segment, a funnel, rules of channels, how the columns of a file are read.
type Document struct {
	ID        string // unique within its kind
	Name      string
	Body      []byte // JSON; its kind knows the shape
	Author    string
	UpdatedAt time.Time
}

// Documents is the repository of small kept things.
type Documents struct{ session }

// maxDocumentBytes bounds a body: what is larger belongs into a table of its own.
const maxDocumentBytes = 256 << 10

type documentRow struct {
	bun.BaseModel `bun:"table:documents"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Kind        string      `bun:"kind,pk"`
	ID          string      `bun:"id,pk"`
	Name        string      `bun:"name"`
	Body        string      `bun:"body"`
	Author      string      `bun:"author"`
	UpdatedAt   millis      `bun:"updated_at"`
}

func (r documentRow) document() Document {
	return Document{ID: r.ID, Name: r.Name, Body: []byte(r.Body), Author: r.Author, UpdatedAt: r.UpdatedAt.Time()}
}

// Put keeps a document in the place of the one with its id; without an id it is a new
// one. ErrNotFound without the workspace; ErrTooLong.
func (d Documents) Put(ctx context.Context, ws WorkspaceID, kind string, doc Document) (Document, error) {
	if doc.ID == "" {
		id, err := d.db.env.newID()
		if err != nil {
			return Document{}, fmt.Errorf("keep %s %q: %w", kind, doc.Name, err)
		}
		doc.ID = id
	}
	for what, text := range map[string]string{"kind": kind, "id": doc.ID, "name": doc.Name} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return Document{}, err
		}
	}
	if err := checkText("body", string(doc.Body), maxDocumentBytes); err != nil {
		return Document{}, err
	}
	row := documentRow{WorkspaceID: ws, Kind: kind, ID: doc.ID, Name: doc.Name, Body: string(doc.Body), Author: doc.Author, UpdatedAt: d.db.env.time()}
	err := d.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := d.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, kind, id) DO UPDATE").
			Set("name = EXCLUDED.name").Set("body = EXCLUDED.body").
			Set("author = EXCLUDED.author").Set("updated_at = EXCLUDED.updated_at").Exec(ctx)
		return err
	})
	if err != nil {
		return Document{}, fmt.Errorf("keep %s %q: %w", kind, doc.Name, err)
	}
	return row.document(), nil
}

// List is every document of a kind, by name.
func (d Documents) List(ctx context.Context, ws WorkspaceID, kind string) ([]Document, error) {
	var rows []documentRow
	err := d.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("kind = ?", kind).Order("name", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list %s of %q: %w", kind, ws, err)
	}
	list := make([]Document, len(rows))
	for i, row := range rows {
		list[i] = row.document()
	}
	return list, nil
}

// Get is one document. ErrNotFound.
func (d Documents) Get(ctx context.Context, ws WorkspaceID, kind, id string) (Document, error) {
	var rows []documentRow
	err := d.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("kind = ?", kind).Where("id = ?", id).Scan(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("read %s %q: %w", kind, id, err)
	}
	if len(rows) == 0 {
		return Document{}, ErrNotFound{kind, id}
	}
	return rows[0].document(), nil
}

// Delete forgets a document. ErrNotFound.
func (d Documents) Delete(ctx context.Context, ws WorkspaceID, kind, id string) error {
	return d.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*documentRow)(nil)).
			Where("workspace_id = ?", ws).Where("kind = ?", kind).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("delete %s %q: %w", kind, id, err)
		}
		if n == 0 {
			return ErrNotFound{kind, id}
		}
		return nil
	})
}
