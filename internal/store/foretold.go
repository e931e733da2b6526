package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

// Foretold is a probability the program once gave: that an indicator would reach
// a number by a day. It is kept so that the program can be held to it.
type Foretold struct {
	Indicator   string
	Deadline    series.Day
	Amount      float64 // the number to reach, as it was then
	ToldOn      series.Day
	Probability float64
}

// Foretellings is the repository of probabilities given.
type Foretellings struct{ session }

type foretoldRow struct {
	bun.BaseModel `bun:"table:foretold"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Indicator   string      `bun:"indicator,pk"`
	Deadline    series.Day  `bun:"deadline,pk"`
	Amount      float64     `bun:"amount,pk"`
	ToldOn      series.Day  `bun:"told_on,pk"`
	Probability float64     `bun:"probability"`
}

// Keep writes probabilities down. What was told for a day stays as it was first
// told: a prophecy that is mended afterwards is none.
func (f Foretellings) Keep(ctx context.Context, ws WorkspaceID, told []Foretold) error {
	if len(told) == 0 {
		return nil
	}
	rows := make([]foretoldRow, len(told))
	for i, t := range told {
		rows[i] = foretoldRow{WorkspaceID: ws, Indicator: t.Indicator, Deadline: t.Deadline, Amount: t.Amount, ToldOn: t.ToldOn, Probability: t.Probability}
	}
	err := f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep probabilities of %q: %w", ws, err)
	}
	return nil
}

// Due is what was told of deadlines up to a day, by deadline, indicator and day told.
func (f Foretellings) Due(ctx context.Context, ws WorkspaceID, upTo series.Day) ([]Foretold, error) {
	var rows []foretoldRow
	err := f.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("deadline <= ?", upTo).
		Order("deadline", "indicator", "told_on", "amount").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list probabilities of %q: %w", ws, err)
	}
	list := make([]Foretold, len(rows))
	for i, r := range rows {
		list[i] = Foretold{Indicator: r.Indicator, Deadline: r.Deadline, Amount: r.Amount, ToldOn: r.ToldOn, Probability: r.Probability}
	}
	return list, nil
}
