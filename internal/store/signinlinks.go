package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// SignInLinks is the repository of links that sign a person in who asked for one by mail.
// Each works once, and with it end the others of the same person. Only fingerprints of
// their secrets are kept.
type SignInLinks struct{ session }

type signInLinkRow struct {
	bun.BaseModel `bun:"table:sign_in_links"`

	TokenSHA256 string  `bun:"token_sha256,pk"`
	UserID      UserID  `bun:"user_id"`
	CreatedAt   millis  `bun:"created_at"`
	ExpiresAt   millis  `bun:"expires_at"`
	UsedAt      *millis `bun:"used_at"`
}

// liveSignInLinks is how many links of one person open at a time. More than one: mails
// overtake one another, and somebody else who asks in one's name must not keep one out.
const liveSignInLinks = 3

// Create makes a link for a person. What is over, and all but the newest, is forgotten.
func (s SignInLinks) Create(ctx context.Context, user UserID, fingerprint string, expires time.Time) error {
	now := s.db.env.time()
	row := signInLinkRow{TokenSHA256: fingerprint, UserID: user, CreatedAt: now, ExpiresAt: millis(expires.UnixMilli())}
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*signInLinkRow)(nil)).Where("user_id = ?", user).
			WhereGroup(" AND ", func(q *bun.DeleteQuery) *bun.DeleteQuery {
				return q.Where("expires_at <= ?", now).WhereOr("used_at IS NOT NULL")
			}).Exec(ctx)
		if err != nil {
			return err
		}
		var live []signInLinkRow
		if err := tx.NewSelect().Model(&live).Where("user_id = ?", user).Order("created_at DESC", "token_sha256").Scan(ctx); err != nil {
			return err
		}
		for i, one := range live {
			if i < liveSignInLinks-1 {
				continue
			}
			if _, err := tx.NewDelete().Model((*signInLinkRow)(nil)).Where("token_sha256 = ?", one.TokenSHA256).Exec(ctx); err != nil {
				return err
			}
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("create sign-in link: %w", err)
	}
	return nil
}

// Find is whom a link signs in. ErrNotFound for one never given out, or ended; ErrClosed
// for one that is expired or used.
func (s SignInLinks) Find(ctx context.Context, fingerprint string) (UserID, error) {
	row, err := s.find(ctx, s.read(), fingerprint)
	return row.UserID, err
}

// Use is Find, and the link opens no more, nor does any other of the person. Of two at once
// one gets ErrClosed.
func (s SignInLinks) Use(ctx context.Context, fingerprint string) (user UserID, err error) {
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := s.find(ctx, tx, fingerprint)
		if err != nil {
			return err
		}
		n, err := affected(tx.NewUpdate().Model((*signInLinkRow)(nil)).Set("used_at = ?", s.db.env.time()).
			Where("token_sha256 = ?", fingerprint).Where("used_at IS NULL").Exec(ctx))
		if err != nil {
			return fmt.Errorf("use sign-in link: %w", err)
		}
		if n == 0 {
			return ErrClosed{ClosedUsed}
		}
		user = row.UserID
		_, err = tx.NewDelete().Model((*signInLinkRow)(nil)).Where("user_id = ?", user).Where("token_sha256 <> ?", fingerprint).Exec(ctx)
		if err != nil {
			return fmt.Errorf("end other sign-in links: %w", err)
		}
		return nil
	})
	return user, err
}

// Void ends every link of a person; it is none where there is none.
func (s SignInLinks) Void(ctx context.Context, user UserID) error {
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*signInLinkRow)(nil)).Where("user_id = ?", user).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("end the sign-in links of %q: %w", user, err)
	}
	return nil
}

func (s SignInLinks) find(ctx context.Context, from bun.IDB, fingerprint string) (signInLinkRow, error) {
	var row signInLinkRow
	err := from.NewSelect().Model(&row).Where("token_sha256 = ?", fingerprint).Scan(ctx)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return row, ErrNotFound{"sign-in link", "…"}
	case err != nil:
		return row, fmt.Errorf("find sign-in link: %w", err)
	}
	return row, worksOnce(row.UsedAt, row.ExpiresAt, s.db.env.time())
}
