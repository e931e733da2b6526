package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// SourceDay is a day on which a source has rows. It is kept beside the points: a
// day whose rows all fall outside of a metric's filter is zero for that metric,
// while a day without rows is missing.
type SourceDay struct {
	Day  series.Day
	Rows int // at least 1
}

// SourceSummary is what a source holds in all.
type SourceSummary struct {
	Source string
	Span   series.Span // first and last day with a row
	Days   int         // days with at least one row
	Rows   int
}

type sourceDayRow struct {
	bun.BaseModel `bun:"table:source_days"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	SourceID    string      `bun:"source_id,pk"`
	Day         series.Day  `bun:"day,pk"`
	Rows        int         `bun:"row_count"`
	UploadID    *UploadID   `bun:"upload_id"` // nil when the rows came from elsewhere
}

// Days is the days on which a source has rows, in order.
func (p Points) Days(ctx context.Context, ws WorkspaceID, source string) ([]SourceDay, error) {
	var rows []sourceDayRow
	err := p.read().NewSelect().Model(&rows).Column("day", "row_count").
		Where("workspace_id = ?", ws).Where("source_id = ?", source).Order("day").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list days of source %q: %w", source, err)
	}
	days := make([]SourceDay, len(rows))
	for i, row := range rows {
		days[i] = SourceDay{Day: row.Day, Rows: row.Rows}
	}
	return days, nil
}

// Sources is what each source with rows holds, by the source's name.
func (p Points) Sources(ctx context.Context, ws WorkspaceID) ([]SourceSummary, error) {
	var rows []struct {
		SourceID    string
		First, Last series.Day
		Days, Rows  int
	}
	err := p.read().NewSelect().Table("source_days").Column("source_id").
		ColumnExpr("MIN(day) AS first, MAX(day) AS last, COUNT(*) AS days, SUM(row_count) AS rows").
		Where("workspace_id = ?", ws).Group("source_id").Order("source_id").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("summarize sources of %q: %w", ws, err)
	}
	list := make([]SourceSummary, len(rows))
	for i, row := range rows {
		list[i] = SourceSummary{
			Source: row.SourceID, Span: series.Span{From: row.First, To: row.Last}, Days: row.Days, Rows: row.Rows,
		}
	}
	return list, nil
}
