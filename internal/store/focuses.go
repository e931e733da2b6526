package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/focus"
)

// Author is whose word something is: by id and by the name they had then, for people leave
// and what they said stays.
type Author struct {
	ID   UserID
	Name string
}

// FocusChoice is what a team watches, as it was set once. Number counts from 1.
type FocusChoice struct {
	Number int
	focus.Choice
	By        Author
	CreatedAt time.Time
}

// Focuses is the repository of what a team watches. It only ever grows.
type Focuses struct{ session }

type focusRow struct {
	bun.BaseModel `bun:"table:focus_choices"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Number      int         `bun:"number,pk"`
	FromDay     series.Day  `bun:"from_day"`
	UntilDay    series.Day  `bun:"until_day"`
	Body        string      `bun:"body"`
	AuthorID    UserID      `bun:"author_id"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

func (r focusRow) choice() (FocusChoice, error) {
	c := FocusChoice{Number: r.Number, By: Author{r.AuthorID, r.Author}, CreatedAt: r.CreatedAt.Time()}
	if err := json.Unmarshal([]byte(r.Body), &c.Choice); err != nil {
		return c, fmt.Errorf("read focus %d of %q: %w", r.Number, r.WorkspaceID, err)
	}
	return c, nil
}

// Set keeps a choice as the newest; one without indicators ends the focus. ErrNotFound
// without the workspace.
func (f Focuses) Set(ctx context.Context, ws WorkspaceID, c focus.Choice, by Author) (FocusChoice, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return FocusChoice{}, fmt.Errorf("write focus: %w", err)
	}
	if err := checkText("focus", string(body), maxDocumentBytes); err != nil {
		return FocusChoice{}, err
	}
	row := focusRow{WorkspaceID: ws, FromDay: c.From, UntilDay: c.Until, Body: string(body), AuthorID: by.ID, Author: by.Name, CreatedAt: f.db.env.time()}
	err = f.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := f.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		err := tx.NewSelect().Model((*focusRow)(nil)).ColumnExpr("COALESCE(MAX(number), 0) + 1").Where("workspace_id = ?", ws).Scan(ctx, &row.Number)
		if err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return FocusChoice{}, fmt.Errorf("set focus: %w", err)
	}
	return row.choice()
}

// On is what was watched on a day: the newest choice that had begun by then, and has not
// ended. Zero where nothing was.
func (f Focuses) On(ctx context.Context, ws WorkspaceID, day series.Day) (FocusChoice, error) {
	var rows []focusRow
	err := f.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("from_day <= ?", day).Order("number DESC").Limit(1).Scan(ctx)
	if err != nil {
		return FocusChoice{}, fmt.Errorf("read focus of %q: %w", ws, err)
	}
	if len(rows) == 0 {
		return FocusChoice{}, nil
	}
	c, err := rows[0].choice()
	if err != nil || !c.On(day) {
		return FocusChoice{}, err
	}
	return c, nil
}

// List is every choice there was, the newest first.
func (f Focuses) List(ctx context.Context, ws WorkspaceID) ([]FocusChoice, error) {
	var rows []focusRow
	if err := f.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("number DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list focuses of %q: %w", ws, err)
	}
	return readRows(rows, focusRow.choice)
}
