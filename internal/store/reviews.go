package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/review"
)

// Review is a review that was begun, or left out.
type Review struct {
	ID      string
	DueOn   series.Day // the day of the rhythm it stands for
	HeldOn  series.Day
	State   review.State
	Version int // counts edits, from 1
	review.Minutes
	By                   Author
	CreatedAt, UpdatedAt time.Time
}

// ReviewWish is what somebody put on the next review.
type ReviewWish struct {
	ID string
	review.Wish
	By        Author
	CreatedAt time.Time
}

// Reviews is the repository of reviews, of what is wished for on the next one, and of what
// was settled.
type Reviews struct{ session }

type reviewRow struct {
	bun.BaseModel `bun:"table:reviews"`

	ID          string       `bun:"id,pk"`
	WorkspaceID WorkspaceID  `bun:"workspace_id"`
	DueOn       series.Day   `bun:"due_on"`
	HeldOn      series.Day   `bun:"held_on"`
	State       review.State `bun:"state"`
	Version     int          `bun:"version"`
	Body        string       `bun:"body"`
	AuthorID    UserID       `bun:"author_id"`
	Author      string       `bun:"author"`
	CreatedAt   millis       `bun:"created_at"`
	UpdatedAt   millis       `bun:"updated_at"`
}

func (r reviewRow) review() (Review, error) {
	one := Review{ID: r.ID, DueOn: r.DueOn, HeldOn: r.HeldOn, State: r.State, Version: r.Version, By: Author{r.AuthorID, r.Author},
		CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time()}
	if r.Body == "" {
		return one, nil // a list
	}
	if err := json.Unmarshal([]byte(r.Body), &one.Minutes); err != nil {
		return one, fmt.Errorf("read review %q: %w", r.ID, err)
	}
	return one, nil
}

// maxMinutesBytes holds the scene of a large map in two languages.
const maxMinutesBytes = 1 << 20

func minutesBody(m review.Minutes) (string, error) {
	text, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("write minutes: %w", err)
	}
	return string(text), checkText("minutes", string(text), maxMinutesBytes)
}

// NewReview is a review that begins, or is left out.
type NewReview struct {
	DueOn, HeldOn series.Day
	State         review.State
	Minutes       review.Minutes
	Wishes        []string // ids of the wishes it takes up
}

// Create keeps a review. ErrNotFound without the workspace; ErrExists while another one is
// being held.
func (r Reviews) Create(ctx context.Context, ws WorkspaceID, new NewReview, by Author) (Review, error) {
	body, err := minutesBody(new.Minutes)
	if err != nil {
		return Review{}, err
	}
	id, err := r.db.env.newID()
	if err != nil {
		return Review{}, fmt.Errorf("create review: %w", err)
	}
	now := r.db.env.time()
	row := reviewRow{ID: id, WorkspaceID: ws, DueOn: new.DueOn, HeldOn: new.HeldOn, State: new.State, Version: 1, Body: body,
		AuthorID: by.ID, Author: by.Name, CreatedAt: now, UpdatedAt: now}
	err = r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := r.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if held, err := r.holds(ctx, tx, ws); err != nil {
			return err
		} else if held && new.State == review.Held {
			return ErrExists{"review", string(review.Held)}
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		if len(new.Wishes) == 0 {
			return nil
		}
		_, err := tx.NewUpdate().Model((*reviewWishRow)(nil)).Set("review_id = ?", id).
			Where("workspace_id = ?", ws).Where("review_id IS NULL").Where("id IN (?)", bun.List(new.Wishes)).Exec(ctx)
		return err
	})
	if err != nil {
		return Review{}, fmt.Errorf("create review: %w", err)
	}
	return row.review()
}

// SaveReview is an edit of a review.
type SaveReview struct {
	Base    int // the version it began with
	State   review.State
	Minutes review.Minutes
	// Release are wishes nobody settled, by their id or by what they are about: they wait for
	// the next review again. Take are those it takes up again when it is opened anew.
	Release, Take []string
}

// Save writes an edit. ErrNotFound; ErrConflict; ErrExists where a review that was closed is
// opened again while another one is being held.
func (r Reviews) Save(ctx context.Context, ws WorkspaceID, id string, edit SaveReview) (Review, error) {
	body, err := minutesBody(edit.Minutes)
	if err != nil {
		return Review{}, err
	}
	var row reviewRow
	err = r.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		if row, err = r.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		if row.Version != edit.Base {
			return ErrConflict{Base: edit.Base, Newest: row.Version}
		}
		if edit.State == review.Held && row.State != review.Held {
			if held, err := r.holds(ctx, tx, ws); err != nil {
				return err
			} else if held {
				return ErrExists{"review", string(review.Held)}
			}
		}
		row.Body, row.State, row.Version, row.UpdatedAt = body, edit.State, edit.Base+1, r.db.env.time()
		if _, err = tx.NewUpdate().Model(&row).Column("body", "state", "version", "updated_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		if err := r.release(ctx, tx, ws, id, edit.Release); err != nil || len(edit.Take) == 0 {
			return err
		}
		_, err = tx.NewUpdate().Model((*reviewWishRow)(nil)).Set("review_id = ?", id).Where("workspace_id = ?", ws).Where("review_id IS NULL").
			Where("(id IN (?) OR about IN (?))", bun.List(edit.Take), bun.List(edit.Take)).Exec(ctx)
		return err
	})
	if err != nil {
		return Review{}, fmt.Errorf("save review %q: %w", id, err)
	}
	return row.review()
}

// holds reports whether a review is being held.
func (r Reviews) holds(ctx context.Context, tx bun.Tx, ws WorkspaceID) (bool, error) {
	return tx.NewSelect().Model((*reviewRow)(nil)).Where("workspace_id = ?", ws).Where("state = ?", review.Held).Exists(ctx)
}

// release lets wishes wait again; one about what somebody wished for meanwhile is dropped.
func (r Reviews) release(ctx context.Context, tx bun.Tx, ws WorkspaceID, id string, wishes []string) error {
	if len(wishes) == 0 {
		return nil
	}
	var waiting, back []reviewWishRow
	if err := tx.NewSelect().Model(&waiting).Where("workspace_id = ?", ws).Where("review_id IS NULL").Scan(ctx); err != nil {
		return err
	}
	if err := tx.NewSelect().Model(&back).Where("workspace_id = ?", ws).Where("review_id = ?", id).Where("(id IN (?) OR about IN (?))", bun.List(wishes), bun.List(wishes)).Scan(ctx); err != nil {
		return err
	}
	for _, wish := range back {
		if slices.ContainsFunc(waiting, func(w reviewWishRow) bool { return w.About != "" && w.About == wish.About }) {
			continue
		}
		if _, err := tx.NewUpdate().Model(&wish).Set("review_id = NULL").WherePK().Exec(ctx); err != nil {
			return err
		}
		waiting = append(waiting, wish) // a review that was opened again may hold two about one thing
	}
	return nil
}

func (r Reviews) locked(ctx context.Context, tx bun.Tx, ws WorkspaceID, id string) (reviewRow, error) {
	if err := r.touch(ctx, tx, ws, changesRest); err != nil {
		return reviewRow{}, err
	}
	var rows []reviewRow
	if err := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return reviewRow{}, err
	}
	if len(rows) == 0 {
		return reviewRow{}, ErrNotFound{"review", id}
	}
	return rows[0], nil
}

// MostReviews is how many reviews are listed: four years of weekly ones.
const MostReviews = 208

// List is every review without its minutes, the newest first.
func (r Reviews) List(ctx context.Context, ws WorkspaceID) ([]Review, error) {
	var rows []reviewRow
	err := r.read().NewSelect().Model(&rows).ExcludeColumn("body").Where("workspace_id = ?", ws).
		Order("held_on DESC", "created_at DESC", "id").Limit(MostReviews).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list reviews of %q: %w", ws, err)
	}
	return readRows(rows, reviewRow.review)
}

// Get is one review with its minutes. ErrNotFound.
func (r Reviews) Get(ctx context.Context, ws WorkspaceID, id string) (Review, error) {
	var rows []reviewRow
	if err := r.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return Review{}, fmt.Errorf("read review %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Review{}, ErrNotFound{"review", id}
	}
	return rows[0].review()
}
