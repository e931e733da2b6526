package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Watches is the repository of what is watched and for whom: only that is kept of what
// people do, and only as long as somebody asks for it.
type Watches struct{ session }

// WatchInUse is a watch with its longest window over all who ask for it.
type WatchInUse struct {
	condition.Watched
	Owners []string
	// Filled is whether its past has been read that far back.
	Filled bool
}

type watchRow struct {
	bun.BaseModel `bun:"table:watches"`

	WorkspaceID WorkspaceID     `bun:"workspace_id,pk"`
	Owner       string          `bun:"owner,pk"`
	Watch       condition.Watch `bun:"watch,pk"`
	Matcher     string          `bun:"matcher"`
	Days        int             `bun:"days"`
}

type watchFillRow struct {
	bun.BaseModel `bun:"table:watch_fills"`

	WorkspaceID WorkspaceID     `bun:"workspace_id,pk"`
	Watch       condition.Watch `bun:"watch,pk"`
	Days        int             `bun:"days"`
}

// Put says what an owner watches from now on, in the place of what it watched before;
// nothing where it is gone or switched off. An owner is "segment:", "automation:" or
// "score:" and its id.
func (w Watches) Put(ctx context.Context, ws WorkspaceID, owner string, list []condition.Watched) error {
	if err := checkText("owner", owner, maxNameBytes); err != nil {
		return err
	}
	rows := make([]watchRow, len(list))
	for i, one := range list {
		matcher, err := json.Marshal(one.Matcher)
		if err != nil {
			return fmt.Errorf("watch for %q: %w", owner, err)
		}
		if err := checkText("matcher", string(matcher), maxDocumentBytes); err != nil {
			return err
		}
		rows[i] = watchRow{WorkspaceID: ws, Owner: owner, Watch: one.Watch, Matcher: string(matcher), Days: one.Days}
	}
	err := w.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := w.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		// Whoever acts keeps in memory what is watched: it has to know before the next event.
		if err := rulesChanged(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*watchRow)(nil)).Where("workspace_id = ?", ws).Where("owner = ?", owner).Exec(ctx); err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		_, err := tx.NewInsert().Model(&rows).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("watch for %q: %w", owner, err)
	}
	return nil
}

// List is everything that is watched in a workspace, by name.
func (w Watches) List(ctx context.Context, ws WorkspaceID) ([]WatchInUse, error) {
	var rows []watchRow
	if err := w.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("watch", "owner").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list watches of %q: %w", ws, err)
	}
	var fills []watchFillRow
	if err := w.read().NewSelect().Model(&fills).Where("workspace_id = ?", ws).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list filled watches of %q: %w", ws, err)
	}
	var out []WatchInUse
	for _, row := range rows {
		if len(out) == 0 || out[len(out)-1].Watch != row.Watch {
			one := WatchInUse{Watched: condition.Watched{Watch: row.Watch, Days: row.Days}}
			if err := json.Unmarshal([]byte(row.Matcher), &one.Matcher); err != nil {
				return nil, fmt.Errorf("read watch %q: %w", row.Watch, err)
			}
			out = append(out, one)
		}
		last := &out[len(out)-1]
		last.Days = longer(last.Days, row.Days)
		last.Owners = append(last.Owners, row.Owner)
	}
	for i := range out {
		out[i].Filled = slices.ContainsFunc(fills, func(f watchFillRow) bool {
			return f.Watch == out[i].Watch && longer(f.Days, out[i].Days) == f.Days
		})
	}
	return out, nil
}

// longer is the longer of two windows, of which 0 is the longest.
func longer(a, b int) int {
	if a == 0 || b == 0 {
		return 0
	}
	return max(a, b)
}

// NoteFilled says that a watch's past has been read so many days back; 0 all of it.
func (w Watches) NoteFilled(ctx context.Context, ws WorkspaceID, watch condition.Watch, days int) error {
	err := w.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&watchFillRow{WorkspaceID: ws, Watch: watch, Days: days}).
			On("CONFLICT (workspace_id, watch) DO UPDATE").Set("days = EXCLUDED.days").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %q is filled: %w", watch, err)
	}
	return nil
}

// Sweep drops what nobody watches any more and what every window has left behind, and
// tells how many occurrences that were.
func (w Watches) Sweep(ctx context.Context, ws WorkspaceID, now event.Millis) (swept int64, err error) {
	err = w.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		inUse, err := Watches{session{db: w.db, tx: &tx}}.List(ctx, ws)
		if err != nil {
			return err
		}
		names := []condition.Watch{""} // a list that is empty is no SQL
		for _, one := range inUse {
			names = append(names, one.Watch)
			if one.Days == 0 {
				continue
			}
			n, err := affected(tx.NewDelete().Model((*occurrenceRow)(nil)).Where("workspace_id = ?", ws).
				Where("watch = ?", one.Watch).Where("at <= ?", now-event.Millis(one.Days)*condition.Day).Exec(ctx))
			if err != nil {
				return err
			}
			swept += n
			// What lies behind the window is gone: a longer one would have to be read anew.
			_, err = tx.NewUpdate().Model((*watchFillRow)(nil)).Set("days = ?", one.Days).Where("workspace_id = ?", ws).
				Where("watch = ?", one.Watch).Where("days = 0 OR days > ?", one.Days).Exec(ctx)
			if err != nil {
				return err
			}
		}
		n, err := affected(tx.NewDelete().Model((*occurrenceRow)(nil)).Where("workspace_id = ?", ws).Where("watch NOT IN (?)", bun.List(names)).Exec(ctx))
		if err != nil {
			return err
		}
		swept += n
		_, err = tx.NewDelete().Model((*watchFillRow)(nil)).Where("workspace_id = ?", ws).Where("watch NOT IN (?)", bun.List(names)).Exec(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("sweep the watches of %q: %w", ws, err)
	}
	return swept, nil
}
