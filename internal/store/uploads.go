package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// UploadID names an upload within the program.
type UploadID string

// UploadState is how far an uploaded file has come.
type UploadState string

// The states a caller sees.
const (
	UploadStaged   UploadState = "staged"   // looked at, not part of the data
	UploadImported UploadState = "imported" // its rows are part of a source
)

// uploadReceiving is a file whose content is still arriving. No call shows it.
const uploadReceiving UploadState = "receiving"

// StagedFor is how long a staged upload waits to be imported before Prune takes it.
const StagedFor = 24 * time.Hour

// Upload is a file a person sent, without its content.
type Upload struct {
	ID         UploadID
	Source     string // "" while staged
	FileName   string
	Size       int64  // bytes
	SHA256     string // of the content, 64 hexadecimal digits
	State      UploadState
	Rows       int         // data rows imported
	Span       series.Span // first and last day with a row; empty while staged or without rows
	Seq        int         // from 1, in the order of import within its source; 0 while staged
	UploadedAt time.Time
	ImportedAt time.Time // zero while staged
}

// Imported is what an import found in an upload.
type Imported struct {
	Source string
	Rows   int
	Span   series.Span // may be empty
}

// Uploads is the repository of uploaded files.
type Uploads struct{ session }

type uploadRow struct {
	bun.BaseModel `bun:"table:uploads"`

	ID          UploadID    `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	SourceID    string      `bun:"source_id"`
	FileName    string      `bun:"file_name"`
	Size        int64       `bun:"size"`
	SHA256      string      `bun:"sha256"`
	State       UploadState `bun:"state"`
	Rows        int         `bun:"row_count"`
	FirstDay    *series.Day `bun:"first_day"`
	LastDay     *series.Day `bun:"last_day"`
	Seq         int         `bun:"seq"`
	UploadedAt  millis      `bun:"uploaded_at"`
	ImportedAt  *millis     `bun:"imported_at"`
}

func (r uploadRow) upload() Upload {
	u := Upload{
		ID: r.ID, Source: r.SourceID, FileName: r.FileName, Size: r.Size, SHA256: r.SHA256,
		State: r.State, Rows: r.Rows, Span: series.Span{From: 0, To: -1}, Seq: r.Seq,
		UploadedAt: r.UploadedAt.Time(), ImportedAt: r.ImportedAt.optionalTime(),
	}
	if r.FirstDay != nil && r.LastDay != nil {
		u.Span = series.Span{From: *r.FirstDay, To: *r.LastDay}
	}
	return u
}

// Get is one upload. ErrNotFound.
func (u Uploads) Get(ctx context.Context, ws WorkspaceID, id UploadID) (Upload, error) {
	row, err := findUpload(ctx, u.read(), ws, id)
	if err != nil {
		return Upload{}, err
	}
	return row.upload(), nil
}

func findUpload(ctx context.Context, from bun.IDB, ws WorkspaceID, id UploadID) (uploadRow, error) {
	var row uploadRow
	err := from.NewSelect().Model(&row).
		Where("workspace_id = ?", ws).Where("id = ?", id).Where("state <> ?", uploadReceiving).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, ErrNotFound{"upload", string(id)}
	}
	if err != nil {
		return row, fmt.Errorf("get upload %q: %w", id, err)
	}
	return row, nil
}

// Imported is the imported uploads of a source in the order of their import, or
// those of all sources, source by source, for the source "".
func (u Uploads) Imported(ctx context.Context, ws WorkspaceID, source string) ([]Upload, error) {
	var rows []uploadRow
	query := u.read().NewSelect().Model(&rows).
		Where("workspace_id = ?", ws).Where("state = ?", UploadImported).Order("source_id", "seq")
	if source != "" {
		query = query.Where("source_id = ?", source)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list uploads of %q: %w", ws, err)
	}
	list := make([]Upload, len(rows))
	for i, row := range rows {
		list[i] = row.upload()
	}
	return list, nil
}

// MarkImported makes an upload the latest of a source, in the transaction that
// writes its points. Marking it again for the same source keeps its place, so
// that reading it anew does not change the order. ErrNotFound.
func (u Uploads) MarkImported(ctx context.Context, ws WorkspaceID, id UploadID, what Imported) error {
	if what.Source == "" {
		return fmt.Errorf("mark upload %q imported: no source", id)
	}
	if err := checkText("source", what.Source, maxNameBytes); err != nil {
		return fmt.Errorf("mark upload %q imported: %w", id, err)
	}
	return u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := u.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		row, err := findUpload(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if row.State != UploadImported || row.SourceID != what.Source {
			var last int
			err := tx.NewSelect().Model((*uploadRow)(nil)).ColumnExpr("COALESCE(MAX(seq), 0)").
				Where("workspace_id = ?", ws).Where("source_id = ?", what.Source).Scan(ctx, &last)
			if err != nil {
				return fmt.Errorf("mark upload %q imported: %w", id, err)
			}
			row.Seq = last + 1
		}
		now := u.db.env.time()
		row.State, row.SourceID, row.Rows, row.ImportedAt = UploadImported, what.Source, what.Rows, &now
		row.FirstDay, row.LastDay = nil, nil
		if !what.Span.Empty() {
			row.FirstDay, row.LastDay = &what.Span.From, &what.Span.To
		}
		_, err = tx.NewUpdate().Model(&row).WherePK().Where("workspace_id = ?", ws).Exec(ctx)
		if err != nil {
			return fmt.Errorf("mark upload %q imported: %w", id, err)
		}
		return nil
	})
}

// Delete removes an upload with its content. Points that were imported from it
// stay: the caller writes the source anew from what is left. ErrNotFound.
func (u Uploads) Delete(ctx context.Context, ws WorkspaceID, id UploadID) error {
	return u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*uploadRow)(nil)).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("delete upload %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"upload", string(id)}
		}
		return nil
	})
}

// Prune removes, in all workspaces, the files that were not imported within
// StagedFor of their upload, and tells how many.
func (u Uploads) Prune(ctx context.Context, now time.Time) (int, error) {
	var n int64
	err := u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var err error
		n, err = affected(tx.NewDelete().Model((*uploadRow)(nil)).
			Where("state <> ?", UploadImported).
			Where("uploaded_at < ?", now.Add(-StagedFor).UnixMilli()).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("prune uploads: %w", err)
	}
	return int(n), nil
}
