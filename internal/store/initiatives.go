package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/initiative"
)

// Initiative is an initiative as it is kept.
type Initiative struct {
	ID      string
	Version int // counts edits, from 1
	initiative.Initiative
	Author               string
	CreatedAt, UpdatedAt time.Time
}

// InitiativeEstimate is what was known of an initiative at a moment.
type InitiativeEstimate struct {
	Number int // 1 for the first
	initiative.Estimate
	Author string
	ToldAt time.Time
}

// Initiatives is the repository of what a team undertakes, with the log of what came of it.
type Initiatives struct{ session }

type initiativeRow struct {
	bun.BaseModel `bun:"table:initiatives"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Version     int         `bun:"version"`
	Body        string      `bun:"body"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

func (r initiativeRow) initiative() (Initiative, error) {
	i := Initiative{ID: r.ID, Version: r.Version, Author: r.Author, CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time()}
	if err := json.Unmarshal([]byte(r.Body), &i.Initiative); err != nil {
		return i, fmt.Errorf("read initiative %q: %w", r.ID, err)
	}
	return i, nil
}

type initiativeEstimateRow struct {
	bun.BaseModel `bun:"table:initiative_estimates"`

	InitiativeID string      `bun:"initiative_id,pk"`
	Number       int         `bun:"number,pk"`
	WorkspaceID  WorkspaceID `bun:"workspace_id"`
	Body         string      `bun:"body"`
	Author       string      `bun:"author"`
	ToldAt       millis      `bun:"told_at"`
}

// MostEstimates is how many estimates of one initiative are read, the newest.
const MostEstimates = 100

func initiativeBody(i initiative.Initiative) (string, error) {
	text, err := json.Marshal(i)
	if err != nil {
		return "", fmt.Errorf("write initiative: %w", err)
	}
	return string(text), checkText("initiative", string(text), maxDocumentBytes)
}

// Create keeps a new initiative. ErrNotFound without the workspace.
func (i Initiatives) Create(ctx context.Context, ws WorkspaceID, new initiative.Initiative, author string) (Initiative, error) {
	body, err := initiativeBody(new)
	if err != nil {
		return Initiative{}, err
	}
	id, err := i.db.env.newID()
	if err != nil {
		return Initiative{}, fmt.Errorf("create initiative: %w", err)
	}
	now := i.db.env.time()
	row := initiativeRow{ID: id, WorkspaceID: ws, Version: 1, Body: body, Author: author, CreatedAt: now, UpdatedAt: now}
	err = i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := i.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return Initiative{}, fmt.Errorf("create initiative: %w", err)
	}
	return row.initiative()
}

// Save writes an edit that began with the version base. ErrNotFound; ErrConflict.
func (i Initiatives) Save(ctx context.Context, ws WorkspaceID, id string, base int, new initiative.Initiative) (Initiative, error) {
	body, err := initiativeBody(new)
	if err != nil {
		return Initiative{}, err
	}
	var row initiativeRow
	err = i.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		if row, err = i.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		if row.Version != base {
			return ErrConflict{Base: base, Newest: row.Version}
		}
		row.Body, row.Version, row.UpdatedAt = body, base+1, i.db.env.time()
		_, err = tx.NewUpdate().Model(&row).Column("body", "version", "updated_at").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return Initiative{}, fmt.Errorf("save initiative %q: %w", id, err)
	}
	return row.initiative()
}

func (i Initiatives) locked(ctx context.Context, tx bun.Tx, ws WorkspaceID, id string) (initiativeRow, error) {
	if err := i.touch(ctx, tx, ws, changesRest); err != nil {
		return initiativeRow{}, err
	}
	var rows []initiativeRow
	if err := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return initiativeRow{}, err
	}
	if len(rows) == 0 {
		return initiativeRow{}, ErrNotFound{"initiative", id}
	}
	return rows[0], nil
}

// List is every initiative, the newest first.
func (i Initiatives) List(ctx context.Context, ws WorkspaceID) ([]Initiative, error) {
	var rows []initiativeRow
	if err := i.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at DESC", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list initiatives of %q: %w", ws, err)
	}
	list := make([]Initiative, len(rows))
	for k, row := range rows {
		var err error
		if list[k], err = row.initiative(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Get is one initiative. ErrNotFound.
func (i Initiatives) Get(ctx context.Context, ws WorkspaceID, id string) (Initiative, error) {
	var rows []initiativeRow
	if err := i.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return Initiative{}, fmt.Errorf("read initiative %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Initiative{}, ErrNotFound{"initiative", id}
	}
	return rows[0].initiative()
}

// Delete forgets an initiative with its log. ErrNotFound.
func (i Initiatives) Delete(ctx context.Context, ws WorkspaceID, id string) error {
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := i.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		_, err = tx.NewDelete().Model(&row).WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete initiative %q: %w", id, err)
	}
	return nil
}

// Tell adds an estimate to an initiative's log. ErrNotFound.
func (i Initiatives) Tell(ctx context.Context, ws WorkspaceID, id string, e initiative.Estimate, author string) (InitiativeEstimate, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return InitiativeEstimate{}, fmt.Errorf("write estimate of %q: %w", id, err)
	}
	if err := checkText("estimate", string(body), maxEstimateBytes); err != nil {
		return InitiativeEstimate{}, err
	}
	row := initiativeEstimateRow{InitiativeID: id, WorkspaceID: ws, Body: string(body), Author: author, ToldAt: i.db.env.time()}
	err = i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := i.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		err := tx.NewSelect().Model((*initiativeEstimateRow)(nil)).ColumnExpr("COALESCE(MAX(number), 0) + 1").Where("initiative_id = ?", id).Scan(ctx, &row.Number)
		if err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return InitiativeEstimate{}, fmt.Errorf("keep estimate of %q: %w", id, err)
	}
	return InitiativeEstimate{Number: row.Number, Estimate: e, Author: author, ToldAt: row.ToldAt.Time()}, nil
}

// maxEstimateBytes holds the chart of three years.
const maxEstimateBytes = 1 << 20

// Estimates is the log of an initiative, the newest first. ErrNotFound.
func (i Initiatives) Estimates(ctx context.Context, ws WorkspaceID, id string) ([]InitiativeEstimate, error) {
	if _, err := i.Get(ctx, ws, id); err != nil {
		return nil, err
	}
	var rows []initiativeEstimateRow
	err := i.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("initiative_id = ?", id).Order("number DESC").Limit(MostEstimates).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list estimates of %q: %w", id, err)
	}
	list := make([]InitiativeEstimate, len(rows))
	for k, row := range rows {
		if list[k], err = row.estimate(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Newest is the newest estimate of each initiative that has one.
func (i Initiatives) Newest(ctx context.Context, ws WorkspaceID) (map[string]InitiativeEstimate, error) {
	var rows []initiativeEstimateRow
	err := i.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).
		Where("number = (SELECT MAX(o.number) FROM initiative_estimates o WHERE o.initiative_id = ?TableAlias.initiative_id)").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list newest estimates of %q: %w", ws, err)
	}
	out := make(map[string]InitiativeEstimate, len(rows))
	for _, row := range rows {
		if out[row.InitiativeID], err = row.estimate(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// InitiativeMark tells one state of an initiative from another.
type InitiativeMark struct {
	ID        string
	Version   int
	Estimates int // how many are in its log
}

// Marks are the states of all initiatives, in the order of their ids: as long as they are
// the same, so is everything else that List and Newest tell.
func (i Initiatives) Marks(ctx context.Context, ws WorkspaceID) ([]InitiativeMark, error) {
	var marks []InitiativeMark
	err := i.read().NewSelect().TableExpr("initiatives AS i").ColumnExpr("i.id, i.version").
		ColumnExpr("(SELECT COUNT(*) FROM initiative_estimates AS e WHERE e.initiative_id = i.id) AS estimates").
		Where("i.workspace_id = ?", ws).Order("i.id").Scan(ctx, &marks)
	if err != nil {
		return nil, fmt.Errorf("list marks of initiatives of %q: %w", ws, err)
	}
	return marks, nil
}

func (r initiativeEstimateRow) estimate() (InitiativeEstimate, error) {
	e := InitiativeEstimate{Number: r.Number, Author: r.Author, ToldAt: r.ToldAt.Time()}
	if err := json.Unmarshal([]byte(r.Body), &e.Estimate); err != nil {
		return e, fmt.Errorf("read estimate %d of %q: %w", r.Number, r.InitiativeID, err)
	}
	return e, nil
}
