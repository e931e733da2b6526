package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// Look is that somebody looked at something on a day.
type Look struct {
	Day    series.Day
	Person UserID
	What   string // map, indicator, findings, …
	Thing  string // id of the one; "" = all of it
}

// Looks is the repository of who looked at what: once a day, however often.
type Looks struct{ session }

type lookRow struct {
	bun.BaseModel `bun:"table:looks"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Day         series.Day  `bun:"day,pk"`
	Person      UserID      `bun:"person,pk"`
	What        string      `bun:"what,pk"`
	Thing       string      `bun:"thing,pk"`
}

// Note keeps looks; those that are known already change nothing. ErrNotFound without the
// workspace.
func (l Looks) Note(ctx context.Context, ws WorkspaceID, looks []Look) error {
	if len(looks) == 0 {
		return nil
	}
	rows := make([]lookRow, len(looks))
	for i, look := range looks {
		if err := checkText("what is looked at", look.What+look.Thing, maxNameBytes); err != nil {
			return err
		}
		rows[i] = lookRow{WorkspaceID: ws, Day: look.Day, Person: look.Person, What: look.What, Thing: look.Thing}
	}
	err := l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		there, err := tx.NewSelect().Model((*workspaceRow)(nil)).Where("id = ?", ws).Exists(ctx)
		if err != nil {
			return err
		}
		if !there {
			return ErrNotFound{"workspace", string(ws)}
		}
		_, err = tx.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("note who looked in %q: %w", ws, err)
	}
	return nil
}

// mostLooks bounds what is read at once: a hundred people at a dozen things for a quarter.
const mostLooks = 100_000

// Since is what was looked at from a day on, by day, person and thing.
func (l Looks) Since(ctx context.Context, ws WorkspaceID, from series.Day) ([]Look, error) {
	var rows []lookRow
	err := l.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("day >= ?", from).
		Order("day", "person", "what", "thing").Limit(mostLooks).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who looked in %q: %w", ws, err)
	}
	list := make([]Look, len(rows))
	for i, r := range rows {
		list[i] = Look{Day: r.Day, Person: r.Person, What: r.What, Thing: r.Thing}
	}
	return list, nil
}

// Prune forgets the days before one.
func (l Looks) Prune(ctx context.Context, ws WorkspaceID, before series.Day) (int64, error) {
	var gone int64
	err := l.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		gone, err = affected(tx.NewDelete().Model((*lookRow)(nil)).Where("workspace_id = ?", ws).Where("day < ?", before).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget who looked in %q: %w", ws, err)
	}
	return gone, nil
}
