package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/review"
)

type reviewWishRow struct {
	bun.BaseModel `bun:"table:review_wishes"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	ReviewID    *string     `bun:"review_id"`
	About       string      `bun:"about"`
	Body        string      `bun:"body"`
	AuthorID    UserID      `bun:"author_id"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

func (r reviewWishRow) wish() (ReviewWish, error) {
	w := ReviewWish{ID: r.ID, By: Author{r.AuthorID, r.Author}, CreatedAt: r.CreatedAt.Time()}
	if err := json.Unmarshal([]byte(r.Body), &w.Wish); err != nil {
		return w, fmt.Errorf("read wish %q: %w", r.ID, err)
	}
	return w, nil
}

// Wish puts something on the next review; what is on it already stays as it is and is
// returned. ErrNotFound without the workspace.
func (r Reviews) Wish(ctx context.Context, ws WorkspaceID, w review.Wish, by Author) (ReviewWish, error) {
	body, err := json.Marshal(w)
	if err != nil {
		return ReviewWish{}, fmt.Errorf("write wish: %w", err)
	}
	if err := checkText("wish", string(body), maxDocumentBytes); err != nil {
		return ReviewWish{}, err
	}
	id, err := r.db.env.newID()
	if err != nil {
		return ReviewWish{}, fmt.Errorf("wish for a review: %w", err)
	}
	about := w.About()
	if about == "" {
		about = id
	}
	if err := checkText("about", about, maxNameBytes); err != nil {
		return ReviewWish{}, err
	}
	row := reviewWishRow{ID: id, WorkspaceID: ws, About: about, Body: string(body), AuthorID: by.ID, Author: by.Name, CreatedAt: r.db.env.time()}
	err = r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := r.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		var there []reviewWishRow
		if err := tx.NewSelect().Model(&there).Where("workspace_id = ?", ws).Where("review_id IS NULL").Where("about = ?", about).Scan(ctx); err != nil {
			return err
		}
		if len(there) > 0 {
			row = there[0]
			return nil
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return ReviewWish{}, fmt.Errorf("wish for a review: %w", err)
	}
	return row.wish()
}

// Wishes are those that wait for the next review, the oldest first.
func (r Reviews) Wishes(ctx context.Context, ws WorkspaceID) ([]ReviewWish, error) {
	var rows []reviewWishRow
	err := r.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("review_id IS NULL").Order("created_at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list wishes of %q: %w", ws, err)
	}
	list := make([]ReviewWish, len(rows))
	for k, row := range rows {
		if list[k], err = row.wish(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Unwish takes something off the next review. ErrNotFound where it does not wait for one.
func (r Reviews) Unwish(ctx context.Context, ws WorkspaceID, id string) error {
	return r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*reviewWishRow)(nil)).
			Where("workspace_id = ?", ws).Where("id = ?", id).Where("review_id IS NULL").Exec(ctx))
		if err != nil {
			return fmt.Errorf("take %q off the review: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"wish", id}
		}
		return nil
	})
}
