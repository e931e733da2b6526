package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// APIKeyID names an API key to those who manage it; it opens nothing.
type APIKeyID string

// APIKey is what a program uses the API of one workspace with.
type APIKey struct {
	ID        APIKeyID
	Workspace WorkspaceID
	Hint      string // the last letters of the secret
	Name      string
	Scopes    []string
	Author    string
	CreatedAt time.Time
	LastUsed  time.Time // zero = never
	ExpiresAt time.Time // zero = never
	RevokedAt time.Time // zero = works
}

// NewAPIKey is what is said about an API key when it is made.
type NewAPIKey struct {
	Fingerprint, Hint, Name, Author string
	Scopes                          []string
	ExpiresAt                       time.Time // zero = never
}

// APIKeys is the repository of API keys; only fingerprints of the secrets are kept.
type APIKeys struct{ session }

type apiKeyRow struct {
	bun.BaseModel `bun:"table:api_keys"`

	ID          APIKeyID    `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	TokenSHA256 string      `bun:"token_sha256"`
	Hint        string      `bun:"hint"`
	Name        string      `bun:"name"`
	Scopes      string      `bun:"scopes"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
	LastUsedAt  *millis     `bun:"last_used_at"`
	ExpiresAt   *millis     `bun:"expires_at"`
	RevokedAt   *millis     `bun:"revoked_at"`
}

func (r apiKeyRow) apiKey() (APIKey, error) {
	k := APIKey{
		ID: r.ID, Workspace: r.WorkspaceID, Hint: r.Hint, Name: r.Name, Author: r.Author, CreatedAt: r.CreatedAt.Time(),
		LastUsed: r.LastUsedAt.optionalTime(), ExpiresAt: r.ExpiresAt.optionalTime(), RevokedAt: r.RevokedAt.optionalTime(),
	}
	if err := json.Unmarshal([]byte(r.Scopes), &k.Scopes); err != nil {
		return APIKey{}, fmt.Errorf("read API key %q: %w", r.ID, err)
	}
	return k, nil
}

// Create adds a key. ErrNotFound without the workspace; ErrTooLong.
func (k APIKeys) Create(ctx context.Context, ws WorkspaceID, new NewAPIKey) (APIKey, error) {
	for what, text := range map[string]string{"name": new.Name, "hint": new.Hint, "author": new.Author} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return APIKey{}, fmt.Errorf("create API key of %q: %w", ws, err)
		}
	}
	row := apiKeyRow{
		WorkspaceID: ws, TokenSHA256: new.Fingerprint, Hint: new.Hint, Name: new.Name, Author: new.Author,
		CreatedAt: k.db.env.time(), ExpiresAt: optionalMillis(new.ExpiresAt),
	}
	id, err := k.db.env.newID()
	if err != nil {
		return APIKey{}, fmt.Errorf("create API key of %q: %w", ws, err)
	}
	row.ID = APIKeyID(id)
	if row.Scopes, err = jsonList(new.Scopes); err != nil {
		return APIKey{}, fmt.Errorf("create API key of %q: %w", ws, err)
	}
	err = k.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := k.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return APIKey{}, fmt.Errorf("create API key of %q: %w", ws, err)
	}
	return row.apiKey()
}

// Find is the key of a secret's fingerprint. ErrNotFound for one never given out,
// ErrClosed for one that is expired or revoked.
func (k APIKeys) Find(ctx context.Context, fingerprint string) (APIKey, error) {
	var row apiKeyRow
	err := k.read().NewSelect().Model(&row).Where("token_sha256 = ?", fingerprint).Scan(ctx)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return APIKey{}, ErrNotFound{"API key", "…"}
	case err != nil:
		return APIKey{}, fmt.Errorf("find API key: %w", err)
	case row.RevokedAt != nil:
		return APIKey{}, ErrClosed{ClosedRevoked}
	case row.ExpiresAt != nil && k.db.env.time() >= *row.ExpiresAt:
		return APIKey{}, ErrClosed{ClosedExpired}
	}
	return row.apiKey()
}

// Used notes that a key of the workspace was used just now. One that is gone is no error.
func (k APIKeys) Used(ctx context.Context, ws WorkspaceID, id APIKeyID) error {
	err := k.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*apiKeyRow)(nil)).Set("last_used_at = ?", k.db.env.time()).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("note use of API key %q: %w", id, err)
	}
	return nil
}

// List is every key of the workspace, oldest first, closed ones included.
func (k APIKeys) List(ctx context.Context, ws WorkspaceID) ([]APIKey, error) {
	var rows []apiKeyRow
	if err := k.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list API keys of %q: %w", ws, err)
	}
	list := make([]APIKey, len(rows))
	for i, row := range rows {
		key, err := row.apiKey()
		if err != nil {
			return nil, err
		}
		list[i] = key
	}
	return list, nil
}

// Revoke ends a key for good; revoking again keeps the first time. ErrNotFound.
func (k APIKeys) Revoke(ctx context.Context, ws WorkspaceID, id APIKeyID) error {
	return k.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*apiKeyRow)(nil)).Set("revoked_at = COALESCE(revoked_at, ?)", k.db.env.time()).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("revoke API key %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"API key", string(id)}
		}
		return nil
	})
}
