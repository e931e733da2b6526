package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// ScoreCardID names a card of points.
type ScoreCardID string

// ScoreCard is a card with its newest body.
type ScoreCard struct {
	ID        ScoreCardID
	Workspace WorkspaceID
	Name      string
	Version   int
	Live      bool   // whether it scores people now
	Body      []byte // JSON, checked by whoever wrote it
	Author    string // of the newest version
	Scored    int    // the version by which everybody's points were worked out; 0 none yet
	CreatedAt time.Time
	UpdatedAt time.Time
}

// NewScoreCard is a card, or its next version.
type NewScoreCard struct {
	Name   string
	Live   bool
	Body   []byte
	Author string
}

// maxScoreCard is the largest body of a card, in bytes.
const maxScoreCard = 256 << 10

// ScoreCards is the repository of cards of points. A version is never changed: what a lead
// was shown by stays.
type ScoreCards struct{ session }

type scoreCardRow struct {
	bun.BaseModel `bun:"table:score_cards"`

	ID          ScoreCardID `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Name        string      `bun:"name"`
	Version     int         `bun:"version"`
	Live        bool        `bun:"live"`
	Author      string      `bun:"author"`
	Scored      int         `bun:"scored_version"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

type scoreCardVersionRow struct {
	bun.BaseModel `bun:"table:score_card_versions"`

	CardID    ScoreCardID `bun:"card_id,pk"`
	Version   int         `bun:"version,pk"`
	Body      string      `bun:"body"`
	Author    string      `bun:"author"`
	CreatedAt millis      `bun:"created_at"`
}

type scoreCardWithBody struct {
	scoreCardRow `bun:",extend"`
	Body         string `bun:"body"`
}

func (r scoreCardWithBody) card() ScoreCard {
	return ScoreCard{ID: r.ID, Workspace: r.WorkspaceID, Name: r.Name, Version: r.Version, Live: r.Live, Body: []byte(r.Body),
		Author: r.Author, Scored: r.Scored, CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time()}
}

func (n NewScoreCard) check() error {
	if err := checkText("name", n.Name, maxNameBytes); err != nil {
		return err
	}
	return checkText("body", string(n.Body), maxScoreCard)
}

// Create keeps a new card as version 1. ErrNotFound without the workspace; ErrTooLong.
func (c ScoreCards) Create(ctx context.Context, ws WorkspaceID, made NewScoreCard) (ScoreCard, error) {
	if err := made.check(); err != nil {
		return ScoreCard{}, fmt.Errorf("create card of points: %w", err)
	}
	id, err := c.db.env.newID()
	if err != nil {
		return ScoreCard{}, fmt.Errorf("create card of points: %w", err)
	}
	now := c.db.env.time()
	row := scoreCardWithBody{scoreCardRow: scoreCardRow{ID: ScoreCardID(id), WorkspaceID: ws, Name: made.Name, Version: 1, Live: made.Live,
		Author: made.Author, CreatedAt: now, UpdatedAt: now}, Body: string(made.Body)}
	err = c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row.scoreCardRow).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&scoreCardVersionRow{CardID: row.ID, Version: 1, Body: row.Body, Author: made.Author, CreatedAt: now}).Exec(ctx)
		return err
	})
	if err != nil {
		return ScoreCard{}, fmt.Errorf("create card of points in %q: %w", ws, err)
	}
	return row.card(), nil
}

// Update keeps the next version of a card. base is the version the edit began with:
// ErrConflict where somebody else was quicker. ErrNotFound; ErrTooLong.
func (c ScoreCards) Update(ctx context.Context, ws WorkspaceID, id ScoreCardID, base int, made NewScoreCard) (ScoreCard, error) {
	if err := made.check(); err != nil {
		return ScoreCard{}, fmt.Errorf("update card of points %q: %w", id, err)
	}
	var out ScoreCard
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		now := c.db.env.time()
		n, err := affected(tx.NewUpdate().Model((*scoreCardRow)(nil)).Set("name = ?", made.Name).Set("version = version + 1").Set("live = ?", made.Live).
			Set("author = ?", made.Author).Set("updated_at = ?", now).Where("id = ?", id).Where("workspace_id = ?", ws).Where("version = ?", base).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			var rows []scoreCardRow
			if err := tx.NewSelect().Model(&rows).Where("id = ?", id).Where("workspace_id = ?", ws).Scan(ctx); err != nil {
				return err
			}
			if len(rows) == 0 {
				return ErrNotFound{"score card", string(id)}
			}
			return ErrConflict{Base: base, Newest: rows[0].Version}
		}
		_, err = tx.NewInsert().Model(&scoreCardVersionRow{CardID: id, Version: base + 1, Body: string(made.Body), Author: made.Author, CreatedAt: now}).Exec(ctx)
		if err != nil {
			return err
		}
		out, err = cardOf(ctx, tx, ws, id)
		return err
	})
	if err != nil {
		return ScoreCard{}, fmt.Errorf("update card of points %q: %w", id, err)
	}
	return out, nil
}

func cardQuery(db bun.IDB, rows *[]scoreCardWithBody) *bun.SelectQuery {
	return db.NewSelect().Model(rows).ModelTableExpr("score_cards AS c").ColumnExpr("c.*").ColumnExpr("v.body").
		Join("JOIN score_card_versions AS v ON v.card_id = c.id AND v.version = c.version")
}

func cardOf(ctx context.Context, db bun.IDB, ws WorkspaceID, id ScoreCardID) (ScoreCard, error) {
	var rows []scoreCardWithBody
	if err := cardQuery(db, &rows).Where("c.id = ?", id).Where("c.workspace_id = ?", ws).Scan(ctx); err != nil {
		return ScoreCard{}, fmt.Errorf("read card of points %q: %w", id, err)
	}
	if len(rows) == 0 {
		return ScoreCard{}, ErrNotFound{"score card", string(id)}
	}
	return rows[0].card(), nil
}

// Get is one card. ErrNotFound.
func (c ScoreCards) Get(ctx context.Context, ws WorkspaceID, id ScoreCardID) (ScoreCard, error) {
	return cardOf(ctx, c.read(), ws, id)
}

// List is the cards of a workspace, the oldest first.
func (c ScoreCards) List(ctx context.Context, ws WorkspaceID) ([]ScoreCard, error) {
	var rows []scoreCardWithBody
	if err := cardQuery(c.read(), &rows).Where("c.workspace_id = ?", ws).Order("c.created_at", "c.id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list cards of points of %q: %w", ws, err)
	}
	list := make([]ScoreCard, len(rows))
	for i, row := range rows {
		list[i] = row.card()
	}
	return list, nil
}

// Unscored is the live cards, of all workspaces, whose newest version has not been worked
// out for everybody, the longest waiting first.
func (c ScoreCards) Unscored(ctx context.Context) ([]ScoreCard, error) {
	var rows []scoreCardWithBody
	if err := cardQuery(c.read(), &rows).Where("c.live").Where("c.scored_version <> c.version").Order("c.updated_at", "c.id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list cards of points that wait to be worked out: %w", err)
	}
	list := make([]ScoreCard, len(rows))
	for i, row := range rows {
		list[i] = row.card()
	}
	return list, nil
}

// NoteScored notes by which version everybody's points were worked out; 0 has it done anew,
// because what the card rests on has changed. ErrNotFound.
func (c ScoreCards) NoteScored(ctx context.Context, ws WorkspaceID, id ScoreCardID, version int) error {
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*scoreCardRow)(nil)).Set("scored_version = ?", version).Where("id = ?", id).Where("workspace_id = ?", ws).Exec(ctx))
		if err != nil {
			return fmt.Errorf("note that card of points %q is worked out: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"score card", string(id)}
		}
		return nil
	})
}

// Versions is who made which version of a card when, the newest first, without their bodies.
func (c ScoreCards) Versions(ctx context.Context, ws WorkspaceID, id ScoreCardID) ([]ScoreCardVersion, error) {
	if _, err := c.Get(ctx, ws, id); err != nil {
		return nil, err
	}
	var rows []scoreCardVersionRow
	if err := c.read().NewSelect().Model(&rows).Column("version", "author", "created_at").Where("card_id = ?", id).Order("version DESC").Limit(mostCardVersions).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list versions of card of points %q: %w", id, err)
	}
	list := make([]ScoreCardVersion, len(rows))
	for i, row := range rows {
		list[i] = ScoreCardVersion{row.Version, row.Author, row.CreatedAt.Time()}
	}
	return list, nil
}

// ScoreCardVersion is one version of a card.
type ScoreCardVersion struct {
	Version   int
	Author    string
	CreatedAt time.Time
}

// mostCardVersions is how many versions of a card are listed.
const mostCardVersions = 200

// Version is the body of one version of a card. ErrNotFound.
func (c ScoreCards) Version(ctx context.Context, ws WorkspaceID, id ScoreCardID, version int) ([]byte, error) {
	if _, err := c.Get(ctx, ws, id); err != nil {
		return nil, err
	}
	var rows []scoreCardVersionRow
	if err := c.read().NewSelect().Model(&rows).Where("card_id = ?", id).Where("version = ?", version).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read version %d of card of points %q: %w", version, id, err)
	}
	if len(rows) == 0 {
		return nil, ErrNotFound{"score card version", fmt.Sprint(version)}
	}
	return []byte(rows[0].Body), nil
}

// Delete forgets a card with its scores and leads. ErrNotFound.
func (c ScoreCards) Delete(ctx context.Context, ws WorkspaceID, id ScoreCardID) error {
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*scoreCardRow)(nil)).Where("id = ?", id).Where("workspace_id = ?", ws).Exec(ctx))
		if err != nil {
			return fmt.Errorf("delete card of points %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"score card", string(id)}
		}
		return nil
	})
}
