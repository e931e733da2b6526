package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"
)

// ViewID names a read-only link to those who manage it; it opens nothing.
type ViewID string

// View is a read-only link to a workspace's map.
type View struct {
	ID        ViewID
	Workspace WorkspaceID
	Version   int // the model version it shows; 0 = always the newest
	CreatedAt time.Time
	ExpiresAt time.Time // zero = never
	RevokedAt time.Time // zero = not revoked
}

// NewView is what is said about a link when it is created.
type NewView struct {
	Version   int       // 0 = always the newest
	ExpiresAt time.Time // zero = never
}

// Views is the repository of read-only links. Only the SHA-256 of a token is
// kept: whoever reads the database cannot open the links.
type Views struct{ session }

type viewRow struct {
	bun.BaseModel `bun:"table:views"`

	ID          ViewID      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	TokenSHA256 string      `bun:"token_sha256"`
	Version     *int        `bun:"version"`
	CreatedAt   millis      `bun:"created_at"`
	ExpiresAt   *millis     `bun:"expires_at"`
	RevokedAt   *millis     `bun:"revoked_at"`
}

func (r viewRow) view() View {
	v := View{
		ID: r.ID, Workspace: r.WorkspaceID, CreatedAt: r.CreatedAt.Time(),
		ExpiresAt: r.ExpiresAt.optionalTime(), RevokedAt: r.RevokedAt.optionalTime(),
	}
	if r.Version != nil {
		v.Version = *r.Version
	}
	return v
}

const tokenBytes = 32 // 256 bits cannot be guessed

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Create makes a link and returns its token: 43 letters, digits, "-" and "_",
// told this once and not to be had again. ErrNotFound without the workspace or
// the version.
func (v Views) Create(ctx context.Context, ws WorkspaceID, new NewView) (_ View, token string, err error) {
	secret, err := v.db.env.randomBytes(tokenBytes)
	if err != nil {
		return View{}, "", fmt.Errorf("create view of %q: %w", ws, err)
	}
	id, err := v.db.env.newID()
	if err != nil {
		return View{}, "", fmt.Errorf("create view of %q: %w", ws, err)
	}
	token = base64.RawURLEncoding.EncodeToString(secret)
	row := viewRow{
		ID: ViewID(id), WorkspaceID: ws, TokenSHA256: tokenHash(token),
		CreatedAt: v.db.env.time(), ExpiresAt: optionalMillis(new.ExpiresAt),
	}
	if new.Version != 0 {
		row.Version = &new.Version
	}
	err = v.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := v.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if new.Version != 0 {
			there, err := tx.NewSelect().Model((*modelVersionRow)(nil)).
				Where("workspace_id = ?", ws).Where("version = ?", new.Version).Exists(ctx)
			if err != nil {
				return err
			}
			if !there {
				return ErrNotFound{"model version", strconv.Itoa(new.Version)}
			}
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return View{}, "", fmt.Errorf("create view of %q: %w", ws, err)
	}
	return row.view(), token, nil
}

// Resolve is the link a token opens. ErrNotFound for a token never given out,
// ErrClosed for one that is expired or revoked.
func (v Views) Resolve(ctx context.Context, token string) (View, error) {
	var row viewRow
	err := v.read().NewSelect().Model(&row).Where("token_sha256 = ?", tokenHash(token)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		// The token is a secret, even a wrong one: it stays out of messages.
		return View{}, ErrNotFound{"view", "…"}
	}
	if err != nil {
		return View{}, fmt.Errorf("resolve view: %w", err)
	}
	switch {
	case row.RevokedAt != nil:
		return View{}, ErrClosed{ClosedRevoked}
	case row.ExpiresAt != nil && v.db.env.time() >= *row.ExpiresAt:
		return View{}, ErrClosed{ClosedExpired}
	}
	return row.view(), nil
}

// List is every link of the workspace, newest first, closed ones included.
func (v Views) List(ctx context.Context, ws WorkspaceID) ([]View, error) {
	var rows []viewRow
	err := v.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at DESC", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list views of %q: %w", ws, err)
	}
	list := make([]View, len(rows))
	for i, row := range rows {
		list[i] = row.view()
	}
	return list, nil
}

// Revoke closes a link for good; revoking again keeps the first time. ErrNotFound.
func (v Views) Revoke(ctx context.Context, ws WorkspaceID, id ViewID) error {
	return v.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*viewRow)(nil)).
			Set("revoked_at = COALESCE(revoked_at, ?)", v.db.env.time()).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("revoke view %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"view", string(id)}
		}
		return nil
	})
}
