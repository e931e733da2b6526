package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// SignInID names a sign-in to the person whose it is; it opens nothing.
type SignInID string

// SignIn is one browser in which a person is signed in.
type SignIn struct {
	ID        SignInID
	User      UserID
	UserAgent string // what the browser said of itself, shortened
	Way       string // how they got in: "password", "entry", "mail", "oidc"
	CreatedAt time.Time
	LastSeen  time.Time
	ExpiresAt time.Time
}

// SignIns is the repository of sign-ins. Only fingerprints of their secrets are
// kept: whoever reads the database cannot act as anybody.
type SignIns struct{ session }

type signInRow struct {
	bun.BaseModel `bun:"table:sign_ins"`

	ID          SignInID `bun:"id,pk"`
	TokenSHA256 string   `bun:"token_sha256"`
	UserID      UserID   `bun:"user_id"`
	UserAgent   string   `bun:"user_agent"`
	CreatedAt   millis   `bun:"created_at"`
	LastSeenAt  millis   `bun:"last_seen_at"`
	ExpiresAt   millis   `bun:"expires_at"`
	Way         string   `bun:"way"`
}

func (r signInRow) signIn() SignIn {
	return SignIn{
		ID: r.ID, User: r.UserID, UserAgent: r.UserAgent, Way: r.Way,
		CreatedAt: r.CreatedAt.Time(), LastSeen: r.LastSeenAt.Time(), ExpiresAt: r.ExpiresAt.Time(),
	}
}

// maxUserAgent is enough to tell one browser from another.
const maxUserAgent = 200

// Create notes that a person has signed in, with the fingerprint of the secret the
// browser was given. Sign-ins of the person that are over are forgotten.
func (s SignIns) Create(ctx context.Context, user UserID, fingerprint, userAgent, way string, expires time.Time) (SignIn, error) {
	id, err := s.db.env.newID()
	if err != nil {
		return SignIn{}, fmt.Errorf("create sign-in: %w", err)
	}
	now := s.db.env.time()
	row := signInRow{
		ID: SignInID(id), TokenSHA256: fingerprint, UserID: user, UserAgent: storable(userAgent, maxUserAgent),
		CreatedAt: now, LastSeenAt: now, ExpiresAt: millis(expires.UnixMilli()), Way: way,
	}
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*signInRow)(nil)).Where("user_id = ?", user).Where("expires_at <= ?", now).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return SignIn{}, fmt.Errorf("create sign-in: %w", err)
	}
	return row.signIn(), nil
}

// Find is the sign-in of a secret's fingerprint. ErrNotFound, also when it is over.
func (s SignIns) Find(ctx context.Context, fingerprint string) (SignIn, error) {
	var row signInRow
	err := s.read().NewSelect().Model(&row).Where("token_sha256 = ?", fingerprint).
		Where("expires_at > ?", s.db.env.time()).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return SignIn{}, ErrNotFound{"sign-in", "…"}
	}
	if err != nil {
		return SignIn{}, fmt.Errorf("find sign-in: %w", err)
	}
	return row.signIn(), nil
}

// Seen notes that a sign-in is in use, and until when it works from now on. One
// that is gone stays gone.
func (s SignIns) Seen(ctx context.Context, id SignInID, expires time.Time) error {
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*signInRow)(nil)).Set("last_seen_at = ?", s.db.env.time()).
			Set("expires_at = ?", expires.UnixMilli()).Where("id = ?", id).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("note use of sign-in: %w", err)
	}
	return nil
}

// List is every sign-in of a person that works, the one in use last first.
func (s SignIns) List(ctx context.Context, user UserID) ([]SignIn, error) {
	var rows []signInRow
	err := s.read().NewSelect().Model(&rows).Where("user_id = ?", user).Where("expires_at > ?", s.db.env.time()).
		Order("last_seen_at DESC", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list sign-ins: %w", err)
	}
	list := make([]SignIn, len(rows))
	for i, row := range rows {
		list[i] = row.signIn()
	}
	return list, nil
}

// Revoke ends one sign-in of a person. ErrNotFound.
func (s SignIns) Revoke(ctx context.Context, user UserID, id SignInID) error {
	n, err := s.end(ctx, user, func(q *bun.DeleteQuery) *bun.DeleteQuery { return q.Where("id = ?", id) })
	if err == nil && n == 0 {
		return ErrNotFound{"sign-in", string(id)}
	}
	return err
}

// RevokeAll ends every sign-in of a person but one; "" spares none.
func (s SignIns) RevokeAll(ctx context.Context, user UserID, but SignInID) error {
	_, err := s.end(ctx, user, func(q *bun.DeleteQuery) *bun.DeleteQuery { return q.Where("id <> ?", but) })
	return err
}

// RevokeWay ends every sign-in of a person that came by a way, but one; "" spares none.
func (s SignIns) RevokeWay(ctx context.Context, user UserID, way string, but SignInID) error {
	_, err := s.end(ctx, user, func(q *bun.DeleteQuery) *bun.DeleteQuery { return q.Where("way = ?", way).Where("id <> ?", but) })
	return err
}

func (s SignIns) end(ctx context.Context, user UserID, which func(*bun.DeleteQuery) *bun.DeleteQuery) (ended int64, err error) {
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		ended, err = affected(which(tx.NewDelete().Model((*signInRow)(nil)).Where("user_id = ?", user)).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("end sign-ins: %w", err)
	}
	return ended, nil
}
