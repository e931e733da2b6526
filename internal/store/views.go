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
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/viewlink"
)

// ViewID names a read-only link to those who manage it; it opens nothing.
type ViewID string

// View is a read-only link to a workspace.
type View struct {
	ViewSettings
	ID        ViewID
	Workspace WorkspaceID
	Version   int    // the model version it shows; 0 = always the newest
	Author    string // who made it; "" where nobody signs in
	CreatedAt time.Time
	RevokedAt time.Time // zero = not revoked
}

// ViewSettings is what of a link can be changed later.
type ViewSettings struct {
	Name         string // for those who manage it
	ExpiresAt    time.Time
	PasswordHash string // "" = none is asked for
	Shows        []viewlink.Part
	Names        bool     // with the names of people
	Sites        []string // hosts whose pages may show it in a frame
}

// NewView is what is said about a link when it is created.
type NewView struct {
	ViewSettings
	Version int // 0 = always the newest
	Author  string
}

// ViewDay is how often a link was opened on a day. Of who opened it nothing is kept.
type ViewDay struct {
	Day      series.Day
	Opened   int
	Embedded int // of these, inside a page of another site
	LastAt   time.Time
}

// Views is the repository of read-only links. Only the SHA-256 of a token is
// kept: whoever reads the database cannot open the links.
type Views struct{ session }

type viewRow struct {
	bun.BaseModel `bun:"table:views"`

	ID           ViewID      `bun:"id,pk"`
	WorkspaceID  WorkspaceID `bun:"workspace_id"`
	TokenSHA256  string      `bun:"token_sha256"`
	Version      *int        `bun:"version"`
	Author       string      `bun:"author"`
	Name         string      `bun:"name"`
	PasswordHash string      `bun:"password_hash"`
	Shows        string      `bun:"shows"`
	Names        bool        `bun:"names"`
	Sites        string      `bun:"sites"`
	CreatedAt    millis      `bun:"created_at"`
	ExpiresAt    *millis     `bun:"expires_at"`
	RevokedAt    *millis     `bun:"revoked_at"`
}

type viewLookRow struct {
	bun.BaseModel `bun:"table:view_looks"`

	ViewID   ViewID     `bun:"view_id,pk"`
	Day      series.Day `bun:"day,pk"`
	Opened   int        `bun:"opened"`
	Embedded int        `bun:"embedded"`
	LastAt   millis     `bun:"last_at"`
}

func (r viewRow) view() View {
	v := View{
		ID: r.ID, Workspace: r.WorkspaceID, Author: r.Author, CreatedAt: r.CreatedAt.Time(), RevokedAt: r.RevokedAt.optionalTime(),
		ViewSettings: ViewSettings{
			Name: r.Name, ExpiresAt: r.ExpiresAt.optionalTime(), PasswordHash: r.PasswordHash,
			Shows: viewlink.Split(r.Shows), Names: r.Names,
		},
	}
	if r.Version != nil {
		v.Version = *r.Version
	}
	if r.Sites != "" {
		v.Sites = strings.Split(r.Sites, ",")
	}
	return v
}

// keep writes settings into a row.
func (r *viewRow) keep(s ViewSettings) {
	r.Name, r.PasswordHash, r.Names = s.Name, s.PasswordHash, s.Names
	r.Shows, r.Sites, r.ExpiresAt = viewlink.Join(s.Shows), strings.Join(s.Sites, ","), optionalMillis(s.ExpiresAt)
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
	row := viewRow{ID: ViewID(id), WorkspaceID: ws, TokenSHA256: tokenHash(token), Author: new.Author, CreatedAt: v.db.env.time()}
	row.keep(new.ViewSettings)
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

// Get is one link of the workspace, also a closed one. ErrNotFound.
func (v Views) Get(ctx context.Context, ws WorkspaceID, id ViewID) (View, error) {
	var row viewRow
	err := v.read().NewSelect().Model(&row).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return View{}, ErrNotFound{"view", string(id)}
	}
	if err != nil {
		return View{}, fmt.Errorf("get view %q: %w", id, err)
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

// Change replaces a link's settings; its address stays. ErrNotFound, and ErrClosed for one
// that was revoked: what was closed on purpose does not open again.
func (v Views) Change(ctx context.Context, ws WorkspaceID, id ViewID, settings ViewSettings) error {
	err := v.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row viewRow
		err := tx.NewSelect().Model(&row).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound{"view", string(id)}
		}
		if err != nil {
			return err
		}
		if row.RevokedAt != nil {
			return ErrClosed{ClosedRevoked}
		}
		row.keep(settings)
		_, err = tx.NewUpdate().Model(&row).Column("name", "password_hash", "shows", "names", "sites", "expires_at").
			WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("change view %q: %w", id, err)
	}
	return nil
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

// Opened counts that a link was opened once more on a day. ErrNotFound.
func (v Views) Opened(ctx context.Context, ws WorkspaceID, id ViewID, day series.Day, embedded bool) error {
	row := viewLookRow{ViewID: id, Day: day, Opened: 1, LastAt: v.db.env.time()}
	if embedded {
		row.Embedded = 1
	}
	err := v.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		there, err := tx.NewSelect().Model((*viewRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", id).Exists(ctx)
		if err != nil {
			return err
		}
		if !there {
			return ErrNotFound{"view", string(id)}
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (view_id, day) DO UPDATE").
			Set("opened = view_look_row.opened + 1").Set("embedded = view_look_row.embedded + EXCLUDED.embedded").
			Set("last_at = EXCLUDED.last_at").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("count an opening of view %q: %w", id, err)
	}
	return nil
}

// Looks is when each link of the workspace was opened, by link, the earliest day first.
func (v Views) Looks(ctx context.Context, ws WorkspaceID) (map[ViewID][]ViewDay, error) {
	var rows []viewLookRow
	err := v.read().NewSelect().Model(&rows).
		Where("view_id IN (SELECT id FROM views WHERE workspace_id = ?)", ws).Order("view_id", "day").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list openings of the views of %q: %w", ws, err)
	}
	looks := map[ViewID][]ViewDay{}
	for _, row := range rows {
		looks[row.ViewID] = append(looks[row.ViewID],
			ViewDay{Day: row.Day, Opened: row.Opened, Embedded: row.Embedded, LastAt: row.LastAt.Time()})
	}
	return looks, nil
}
