package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/event"
)

type wayRow struct {
	bun.BaseModel `bun:"table:automation_ways"`

	AutomationID string      `bun:"automation_id,pk"`
	Version      int         `bun:"version,pk"`
	FromStep     string      `bun:"from_step,pk"`
	ToStep       string      `bun:"to_step,pk"`
	WorkspaceID  WorkspaceID `bun:"workspace_id"`
	People       int         `bun:"people"`
}

// countPassages adds what journeys passed to the counts, in the transaction that keeps them:
// so each is counted as often as it happened. Rows are taken in one order, lest two that
// count at once wait for one another.
func countPassages(ctx context.Context, tx bun.Tx, ws WorkspaceID, journeys []automation.Journey) error {
	counts := map[wayRow]int{}
	for _, j := range journeys {
		for _, p := range j.Passed {
			counts[wayRow{AutomationID: j.Automation, Version: j.Version, FromStep: p.From, ToStep: p.To, WorkspaceID: ws}]++
		}
	}
	if len(counts) == 0 {
		return nil
	}
	rows := make([]wayRow, 0, len(counts))
	for row, n := range counts {
		row.People = n
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b wayRow) int {
		return cmp.Or(cmp.Compare(a.AutomationID, b.AutomationID), cmp.Compare(a.Version, b.Version), cmp.Compare(a.FromStep, b.FromStep), cmp.Compare(a.ToStep, b.ToStep))
	})
	for chunk := range slices.Chunk(rows, atOnce) {
		_, err := tx.NewInsert().Model(&chunk).On("CONFLICT (automation_id, version, from_step, to_step) DO UPDATE").
			Set("people = ?TableAlias.people + EXCLUDED.people").Where("?TableAlias.workspace_id = EXCLUDED.workspace_id").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// WayCount is how many people were led from a step to the next; To is "" at the end.
type WayCount struct {
	Version int    `bun:"version"`
	From    string `bun:"from_step"`
	To      string `bun:"to_step"`
	People  int    `bun:"people"`
}

// Ways is how many people went which way through an automation so far.
func (j Journeys) Ways(ctx context.Context, ws WorkspaceID, id string) ([]WayCount, error) {
	var list []WayCount
	err := j.read().NewSelect().Model((*wayRow)(nil)).Column("version", "from_step", "to_step", "people").
		Where("automation_id = ?", id).Where("workspace_id = ?", ws).Order("version", "from_step", "to_step").Scan(ctx, &list)
	if err != nil {
		return nil, fmt.Errorf("count ways through %q: %w", id, err)
	}
	return list, nil
}

// Empty takes everybody out of an automation and cancels what waits to be handed over; it
// tells how many people and how many things. Of what nobody knows whether it arrived a
// person still decides.
func (j Journeys) Empty(ctx context.Context, ws WorkspaceID, id string, now event.Millis) (people, items int64, err error) {
	err = j.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		people, err = affected(tx.NewUpdate().Model((*journeyRow)(nil)).Set("state = ?", automation.Removed).Set("step = ''").Set("wake_at = 0").
			Set("visits = ''").Set("ended_at = ?", now).Where("workspace_id = ?", ws).Where("automation_id = ?", id).Where("state = 'inside'").Exec(ctx))
		if err != nil {
			return err
		}
		items, err = affected(tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = 'cancelled'").Set("reason = 'switched off'").Set("updated_at = ?", now).
			Where("workspace_id = ?", ws).Where("cause = ?", automation.Cause(id)).Where("state = 'queued'").Exec(ctx))
		if err != nil {
			return err
		}
		return rulesChanged(ctx, tx)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("empty automation %q: %w", id, err)
	}
	return people, items, nil
}
