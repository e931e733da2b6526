package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/review"
)

// ReviewDecision is how one item of a review was settled.
type ReviewDecision struct {
	ID     string
	Review string
	HeldOn series.Day // of the review
	review.Decision
	By        Author
	DecidedAt time.Time
}

type reviewDecisionRow struct {
	bun.BaseModel `bun:"table:review_decisions"`

	ID           string      `bun:"id,pk"`
	WorkspaceID  WorkspaceID `bun:"workspace_id"`
	ReviewID     string      `bun:"review_id"`
	Item         string      `bun:"item"`
	Kind         review.Kind `bun:"kind"`
	ModelVersion int         `bun:"model_version"`
	Body         string      `bun:"body"`
	AuthorID     UserID      `bun:"author_id"`
	Author       string      `bun:"author"`
	DecidedAt    millis      `bun:"decided_at"`

	HeldOn series.Day `bun:"held_on,scanonly"`
}

func (r reviewDecisionRow) decision() (ReviewDecision, error) {
	d := ReviewDecision{ID: r.ID, Review: r.ReviewID, HeldOn: r.HeldOn, By: Author{r.AuthorID, r.Author}, DecidedAt: r.DecidedAt.Time()}
	if err := json.Unmarshal([]byte(r.Body), &d.Decision); err != nil {
		return d, fmt.Errorf("read decision %q: %w", r.ID, err)
	}
	return d, nil
}

// Decide keeps how an item of a review that is being held was settled. ErrNotFound without
// the review; ErrExists where the item is settled already; ErrClosed after its end.
func (r Reviews) Decide(ctx context.Context, ws WorkspaceID, id string, d review.Decision, by Author) (ReviewDecision, error) {
	body, err := json.Marshal(d)
	if err != nil {
		return ReviewDecision{}, fmt.Errorf("write decision: %w", err)
	}
	if err := checkText("decision", string(body), maxDocumentBytes); err != nil {
		return ReviewDecision{}, err
	}
	own, err := r.db.env.newID()
	if err != nil {
		return ReviewDecision{}, fmt.Errorf("decide %q: %w", d.Item, err)
	}
	row := reviewDecisionRow{ID: own, WorkspaceID: ws, ReviewID: id, Item: d.Item, Kind: d.Kind, ModelVersion: d.Version, Body: string(body),
		AuthorID: by.ID, Author: by.Name, DecidedAt: r.db.env.time()}
	err = r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		of, err := r.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if of.State != review.Held {
			return ErrClosed{ClosedUsed}
		}
		settled, err := tx.NewSelect().Model((*reviewDecisionRow)(nil)).Where("review_id = ?", id).Where("item = ?", d.Item).Exists(ctx)
		if err != nil {
			return err
		}
		if settled {
			return ErrExists{"decision", d.Item}
		}
		row.HeldOn = of.HeldOn
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return ReviewDecision{}, fmt.Errorf("decide %q: %w", d.Item, err)
	}
	return row.decision()
}

// Withdraw takes a decision of a review that is being held back. ErrNotFound; ErrClosed.
func (r Reviews) Withdraw(ctx context.Context, ws WorkspaceID, id, item string) error {
	err := r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		of, err := r.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if of.State != review.Held {
			return ErrClosed{ClosedUsed}
		}
		n, err := affected(tx.NewDelete().Model((*reviewDecisionRow)(nil)).Where("review_id = ?", id).Where("item = ?", item).Exec(ctx))
		if err == nil && n == 0 {
			err = ErrNotFound{"decision", item}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("withdraw %q: %w", item, err)
	}
	return nil
}

// DecisionQuery says which decisions are asked for; zero means all of them.
type DecisionQuery struct {
	Review  string
	Changed bool // those that made a version of the model alone
	Limit   int
}

// Decisions are the decisions of reviews, the newest first.
func (r Reviews) Decisions(ctx context.Context, ws WorkspaceID, ask DecisionQuery) ([]ReviewDecision, error) {
	var rows []reviewDecisionRow
	query := r.read().NewSelect().Model(&rows).ColumnExpr("?TableColumns").ColumnExpr("o.held_on AS held_on").
		Join("JOIN reviews AS o ON o.id = ?TableAlias.review_id").Where("?TableAlias.workspace_id = ?", ws).
		OrderExpr("?TableAlias.decided_at DESC, ?TableAlias.id")
	if ask.Review != "" {
		query = query.Where("?TableAlias.review_id = ?", ask.Review)
	}
	if ask.Changed {
		query = query.Where("?TableAlias.model_version > 0")
	}
	if ask.Limit > 0 {
		query = query.Limit(int64(ask.Limit))
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list decisions of %q: %w", ws, err)
	}
	return readRows(rows, reviewDecisionRow.decision)
}
