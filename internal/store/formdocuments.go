package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// FormDocument is a file a form hands out, without its content.
type FormDocument struct {
	ID        string
	Form      FormID
	Name      string
	Kind      string // media type
	Size      int    // bytes
	Author    string
	CreatedAt time.Time
}

// MaxFormDocument is the largest file a form hands out, bytes: what a visitor waits for on
// a phone.
const MaxFormDocument = 10 << 20

type formDocumentRow struct {
	bun.BaseModel `bun:"table:form_documents"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	ID          string      `bun:"id,pk"`
	FormID      FormID      `bun:"form_id"`
	Name        string      `bun:"name"`
	Kind        string      `bun:"kind"`
	Size        int         `bun:"size"`
	Content     []byte      `bun:"content"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

func (r formDocumentRow) document() FormDocument {
	return FormDocument{ID: r.ID, Form: r.FormID, Name: r.Name, Kind: r.Kind, Size: r.Size, Author: r.Author, CreatedAt: r.CreatedAt.Time()}
}

// PutDocument keeps a file of a form; of doc only the form, name, kind and author are read.
// ErrNotFound without the form; ErrTooLong.
func (f Forms) PutDocument(ctx context.Context, ws WorkspaceID, doc FormDocument, content []byte) (FormDocument, error) {
	if len(content) > MaxFormDocument {
		return FormDocument{}, ErrTooLong{What: "document", Bytes: len(content), Limit: MaxFormDocument}
	}
	for what, text := range map[string]string{"name": doc.Name, "kind": doc.Kind, "author": doc.Author} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return FormDocument{}, fmt.Errorf("keep document of form %q: %w", doc.Form, err)
		}
	}
	id, err := f.db.env.newID()
	if err != nil {
		return FormDocument{}, fmt.Errorf("keep document of form %q: %w", doc.Form, err)
	}
	row := formDocumentRow{WorkspaceID: ws, ID: id, FormID: doc.Form, Name: doc.Name, Kind: doc.Kind, Size: len(content), Content: content, Author: doc.Author, CreatedAt: f.db.env.time()}
	err = f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := tx.NewSelect().Model((*formRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", doc.Form).Count(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound{"form", string(doc.Form)}
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return FormDocument{}, fmt.Errorf("keep document of form %q: %w", doc.Form, err)
	}
	return row.document(), nil
}

// Documents are the files of a form without their content, the newest first.
func (f Forms) Documents(ctx context.Context, ws WorkspaceID, id FormID) ([]FormDocument, error) {
	var rows []formDocumentRow
	err := f.read().NewSelect().Model(&rows).ExcludeColumn("content").Where("workspace_id = ?", ws).Where("form_id = ?", id).Order("created_at DESC", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list documents of form %q: %w", id, err)
	}
	list := make([]FormDocument, len(rows))
	for i, row := range rows {
		list[i] = row.document()
	}
	return list, nil
}

// Document is one file of a form with its content. ErrNotFound.
func (f Forms) Document(ctx context.Context, ws WorkspaceID, of FormID, id string) (FormDocument, []byte, error) {
	var rows []formDocumentRow
	err := f.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("form_id = ?", of).Where("id = ?", id).Scan(ctx)
	if err != nil {
		return FormDocument{}, nil, fmt.Errorf("read document %q: %w", id, err)
	}
	if len(rows) == 0 {
		return FormDocument{}, nil, ErrNotFound{"document", id}
	}
	return rows[0].document(), rows[0].Content, nil
}

// DropDocument forgets a file of a form. ErrNotFound.
func (f Forms) DropDocument(ctx context.Context, ws WorkspaceID, of FormID, id string) error {
	err := f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*formDocumentRow)(nil)).Where("workspace_id = ?", ws).Where("form_id = ?", of).Where("id = ?", id).Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"document", id}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("drop document %q: %w", id, err)
	}
	return nil
}
