package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// EntryLinks is the repository of links that let a person choose a password: the
// first owner of all, or somebody who was added. Each works once. Only
// fingerprints of their secrets are kept.
type EntryLinks struct{ session }

type entryLinkRow struct {
	bun.BaseModel `bun:"table:entry_links"`

	TokenSHA256 string  `bun:"token_sha256,pk"`
	UserID      *UserID `bun:"user_id"`
	CreatedAt   millis  `bun:"created_at"`
	ExpiresAt   millis  `bun:"expires_at"`
	UsedAt      *millis `bun:"used_at"`
	Proves      bool    `bun:"proves"`
}

func (r entryLinkRow) user() UserID {
	if r.UserID == nil {
		return ""
	}
	return *r.UserID
}

// Create makes a link for a person, "" for the first owner; links made before for
// the same one no longer open. proves: whoever uses it has shown by that whose the address
// is, since it reaches its person by mail alone.
func (e EntryLinks) Create(ctx context.Context, user UserID, fingerprint string, expires time.Time, proves bool) error {
	row := entryLinkRow{TokenSHA256: fingerprint, CreatedAt: e.db.env.time(), ExpiresAt: millis(expires.UnixMilli()), Proves: proves}
	if user != "" {
		row.UserID = &user
	}
	err := e.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		earlier := tx.NewDelete().Model((*entryLinkRow)(nil))
		if user == "" {
			earlier = earlier.Where("user_id IS NULL")
		} else {
			earlier = earlier.Where("user_id = ?", user)
		}
		if _, err := earlier.Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("create entry link: %w", err)
	}
	return nil
}

// Void ends every link of a person; it is none where there is none.
func (e EntryLinks) Void(ctx context.Context, user UserID) error {
	err := e.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*entryLinkRow)(nil)).Where("user_id = ?", user).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("end the entry links of %q: %w", user, err)
	}
	return nil
}

// Find is whom a link is for, "" for the first owner. ErrNotFound for one never
// given out or replaced by a newer, ErrClosed for one that is expired or used.
func (e EntryLinks) Find(ctx context.Context, fingerprint string) (UserID, error) {
	row, err := e.find(ctx, e.read(), fingerprint)
	return row.user(), err
}

// Use is Find, and the link opens no more; proves is as it was created. Of two at once one
// gets ErrClosed.
func (e EntryLinks) Use(ctx context.Context, fingerprint string) (user UserID, proves bool, err error) {
	err = e.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := e.find(ctx, tx, fingerprint)
		if err != nil {
			return err
		}
		n, err := affected(tx.NewUpdate().Model((*entryLinkRow)(nil)).Set("used_at = ?", e.db.env.time()).
			Where("token_sha256 = ?", fingerprint).Where("used_at IS NULL").Exec(ctx))
		if err != nil {
			return fmt.Errorf("use entry link: %w", err)
		}
		if n == 0 {
			return ErrClosed{ClosedUsed}
		}
		user, proves = row.user(), row.Proves
		return nil
	})
	return user, proves, err
}

func (e EntryLinks) find(ctx context.Context, from bun.IDB, fingerprint string) (entryLinkRow, error) {
	var row entryLinkRow
	err := from.NewSelect().Model(&row).Where("token_sha256 = ?", fingerprint).Scan(ctx)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return row, ErrNotFound{"entry link", "…"}
	case err != nil:
		return row, fmt.Errorf("find entry link: %w", err)
	}
	return row, worksOnce(row.UsedAt, row.ExpiresAt, e.db.env.time())
}

// worksOnce says whether a link that works once still does. ErrClosed.
func worksOnce(used *millis, expires, now millis) error {
	switch {
	case used != nil:
		return ErrClosed{ClosedUsed}
	case now >= expires:
		return ErrClosed{ClosedExpired}
	}
	return nil
}
