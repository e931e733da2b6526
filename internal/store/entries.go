package store

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// EntryID names one number somebody typed in.
type EntryID string

// Entry is a number of one metric on one day as somebody typed it in.
type Entry struct {
	ID        EntryID
	Source    string
	Metric    string
	Day       series.Day
	Value     *float64 // nil: taken out
	Author    string
	CreatedAt time.Time
}

// Cell is a metric on a day.
type Cell struct {
	Metric string
	Day    series.Day
}

// Entries is the repository of what people type in. Nothing is overwritten: the newest
// entry of a cell is what counts.
type Entries struct{ session }

type entryRow struct {
	bun.BaseModel `bun:"table:entries"`

	ID          EntryID     `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	SourceID    string      `bun:"source_id"`
	Metric      string      `bun:"metric"`
	Day         series.Day  `bun:"day"`
	Value       *float64    `bun:"value"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
	Place       int64       `bun:"place"`
}

func (r entryRow) entry() Entry {
	return Entry{ID: r.ID, Source: r.SourceID, Metric: r.Metric, Day: r.Day, Value: r.Value, Author: r.Author, CreatedAt: r.CreatedAt.Time()}
}

// Add writes entries; the ids and times given are not looked at. ErrNotFound without the
// workspace.
func (e Entries) Add(ctx context.Context, ws WorkspaceID, list []Entry) ([]Entry, error) {
	rows := make([]entryRow, len(list))
	for i, entry := range list {
		id, err := e.db.env.newID()
		if err != nil {
			return nil, fmt.Errorf("add entry: %w", err)
		}
		if entry.Value != nil && (math.IsNaN(*entry.Value) || math.IsInf(*entry.Value, 0)) {
			return nil, fmt.Errorf("add entry of %q: %v is no number", entry.Metric, *entry.Value)
		}
		for what, text := range map[string]string{"source": entry.Source, "metric": entry.Metric} {
			if err := checkText(what, text, maxNameBytes); err != nil {
				return nil, err
			}
		}
		rows[i] = entryRow{
			ID: EntryID(id), WorkspaceID: ws, SourceID: entry.Source, Metric: entry.Metric, Day: entry.Day,
			Value: entry.Value, Author: entry.Author, CreatedAt: e.db.env.time(),
		}
	}
	err := e.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := e.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		var place int64
		err := tx.NewSelect().Model((*entryRow)(nil)).ColumnExpr("COALESCE(MAX(place), 0)").Where("workspace_id = ?", ws).Scan(ctx, &place)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].Place = place + int64(i) + 1
		}
		_, err = tx.NewInsert().Model(&rows).Exec(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("add entries to %q: %w", ws, err)
	}
	added := make([]Entry, len(rows))
	for i, row := range rows {
		added[i] = row.entry()
	}
	return added, nil
}

// Current is what counts of a source on the days of a span.
func (e Entries) Current(ctx context.Context, ws WorkspaceID, source string, span series.Span) (map[Cell]Entry, error) {
	var rows []entryRow
	err := e.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("source_id = ?", source).
		Where("day BETWEEN ? AND ?", span.From, span.To).Order("place").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read entries of %q: %w", source, err)
	}
	current := map[Cell]Entry{}
	for _, row := range rows {
		cell := Cell{row.Metric, row.Day}
		if row.Value == nil {
			delete(current, cell)
			continue
		}
		current[cell] = row.entry()
	}
	return current, nil
}

// History is the newest entries of a source, newest first; of all sources for "".
func (e Entries) History(ctx context.Context, ws WorkspaceID, source string, limit int) ([]Entry, error) {
	var rows []entryRow
	query := e.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("place DESC").Limit(int64(limit))
	if source != "" {
		query = query.Where("source_id = ?", source)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list entries of %q: %w", ws, err)
	}
	list := make([]Entry, len(rows))
	for i, row := range rows {
		list[i] = row.entry()
	}
	return list, nil
}

// Of is every entry of a cell, newest first.
func (e Entries) Of(ctx context.Context, ws WorkspaceID, source string, cell Cell) ([]Entry, error) {
	var rows []entryRow
	err := e.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("source_id = ?", source).
		Where("metric = ?", cell.Metric).Where("day = ?", cell.Day).Order("place DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read entries of %q: %w", cell.Metric, err)
	}
	list := make([]Entry, len(rows))
	for i, row := range rows {
		list[i] = row.entry()
	}
	return list, nil
}

// Get is one entry. ErrNotFound.
func (e Entries) Get(ctx context.Context, ws WorkspaceID, id EntryID) (Entry, error) {
	var rows []entryRow
	err := e.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx)
	if err != nil {
		return Entry{}, fmt.Errorf("read entry %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Entry{}, ErrNotFound{"entry", string(id)}
	}
	return rows[0].entry(), nil
}
