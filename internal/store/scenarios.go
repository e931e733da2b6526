package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// ScenarioID names a saved what-if.
type ScenarioID string

// Scenario is a what-if somebody wants to come back to.
type Scenario struct {
	ID        ScenarioID
	Name      string
	Sets      []string // suppositions as they are written: "ctr=*2"
	Author    string
	CreatedAt time.Time
}

// Scenarios is the repository of saved what-ifs.
type Scenarios struct{ session }

type scenarioRow struct {
	bun.BaseModel `bun:"table:scenarios"`

	ID          ScenarioID  `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Name        string      `bun:"name"`
	Sets        string      `bun:"sets"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

func (r scenarioRow) scenario() (Scenario, error) {
	s := Scenario{ID: r.ID, Name: r.Name, Author: r.Author, CreatedAt: r.CreatedAt.Time()}
	if err := json.Unmarshal([]byte(r.Sets), &s.Sets); err != nil {
		return Scenario{}, fmt.Errorf("read scenario %q: %w", r.ID, err)
	}
	return s, nil
}

// Create saves a what-if. ErrNotFound without the workspace.
func (s Scenarios) Create(ctx context.Context, ws WorkspaceID, name string, sets []string, author string) (Scenario, error) {
	id, err := s.db.env.newID()
	if err != nil {
		return Scenario{}, fmt.Errorf("create scenario %q: %w", name, err)
	}
	text, err := json.Marshal(sets)
	if err != nil {
		return Scenario{}, fmt.Errorf("create scenario %q: %w", name, err)
	}
	row := scenarioRow{ID: ScenarioID(id), WorkspaceID: ws, Name: name, Sets: string(text), Author: author, CreatedAt: s.db.env.time()}
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return Scenario{}, fmt.Errorf("create scenario %q: %w", name, err)
	}
	return row.scenario()
}

// List is every saved what-if, the newest first.
func (s Scenarios) List(ctx context.Context, ws WorkspaceID) ([]Scenario, error) {
	var rows []scenarioRow
	err := s.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at DESC", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list scenarios of %q: %w", ws, err)
	}
	list := make([]Scenario, len(rows))
	for i, row := range rows {
		if list[i], err = row.scenario(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Delete forgets a what-if. ErrNotFound.
func (s Scenarios) Delete(ctx context.Context, ws WorkspaceID, id ScenarioID) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*scenarioRow)(nil)).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("delete scenario %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"scenario", string(id)}
		}
		return nil
	})
}
