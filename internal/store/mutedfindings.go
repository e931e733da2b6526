package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// MutedFinding is a finding somebody has put to rest, with the reason.
type MutedFinding struct {
	Finding   string // its key: code and what it is about
	Reason    string
	Author    string
	CreatedAt time.Time
}

// MutedFindings is the repository of findings put to rest.
type MutedFindings struct{ session }

type mutedFindingRow struct {
	bun.BaseModel `bun:"table:muted_findings"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Finding     string      `bun:"finding,pk"`
	Reason      string      `bun:"reason"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

// Mute puts a finding to rest; doing so again replaces the reason. ErrNotFound
// without the workspace.
func (m MutedFindings) Mute(ctx context.Context, ws WorkspaceID, finding, reason, author string) error {
	row := mutedFindingRow{WorkspaceID: ws, Finding: finding, Reason: reason, Author: author, CreatedAt: m.db.env.time()}
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, finding) DO UPDATE").
			Set("reason = EXCLUDED.reason").Set("author = EXCLUDED.author").Set("created_at = EXCLUDED.created_at").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("mute finding %q of %q: %w", finding, ws, err)
	}
	return nil
}

// Unmute brings a finding back; one that is not muted stays as it is.
// ErrNotFound without the workspace.
func (m MutedFindings) Unmute(ctx context.Context, ws WorkspaceID, finding string) error {
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewDelete().Model((*mutedFindingRow)(nil)).
			Where("workspace_id = ?", ws).Where("finding = ?", finding).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("bring back finding %q of %q: %w", finding, ws, err)
	}
	return nil
}

// List is every finding put to rest, by key.
func (m MutedFindings) List(ctx context.Context, ws WorkspaceID) ([]MutedFinding, error) {
	var rows []mutedFindingRow
	if err := m.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("finding").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list muted findings of %q: %w", ws, err)
	}
	list := make([]MutedFinding, len(rows))
	for i, row := range rows {
		list[i] = MutedFinding{Finding: row.Finding, Reason: row.Reason, Author: row.Author, CreatedAt: row.CreatedAt.Time()}
	}
	return list, nil
}
