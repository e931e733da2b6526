package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// UserID names a person; it never changes, unlike the e-mail address.
type UserID string

// User is a person who can sign in.
type User struct {
	ID            UserID
	Email         string
	Name          string
	Locale        string // "ja", "en"
	PasswordHash  string // "" = none chosen yet: cannot sign in
	InstanceOwner bool   // may make workspaces
	CreatedAt     time.Time
	// ProvenAt is when the person showed that the address is theirs; zero: somebody else
	// typed it in, and may know the password.
	ProvenAt time.Time
}

// NewUser is what is said about a person at first.
type NewUser struct {
	Email, Name, Locale, PasswordHash string
	InstanceOwner                     bool
	Proven                            bool // the address is known to be theirs
}

// Users is the repository of people. They stand outside of the workspaces: one
// person may belong to several.
type Users struct{ session }

type userRow struct {
	bun.BaseModel `bun:"table:users"`

	ID            UserID  `bun:"id,pk"`
	Email         string  `bun:"email"`
	EmailFolded   string  `bun:"email_folded"`
	Name          string  `bun:"name"`
	Locale        string  `bun:"locale"`
	PasswordHash  string  `bun:"password_hash"`
	InstanceOwner bool    `bun:"instance_owner"`
	CreatedAt     millis  `bun:"created_at"`
	UpdatedAt     millis  `bun:"updated_at"`
	ProvenAt      *millis `bun:"proven_at"`
}

func (r userRow) user() User {
	return User{
		ID: r.ID, Email: r.Email, Name: r.Name, Locale: r.Locale, PasswordHash: r.PasswordHash,
		InstanceOwner: r.InstanceOwner, CreatedAt: r.CreatedAt.Time(), ProvenAt: r.ProvenAt.optionalTime(),
	}
}

// foldEmail is how addresses are compared: nobody has two that differ in case only.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Create adds a person. ErrExists when the e-mail address, in whatever case, is taken.
func (u Users) Create(ctx context.Context, new NewUser) (User, error) {
	for what, text := range map[string]string{"e-mail": new.Email, "name": new.Name, "locale": new.Locale} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return User{}, fmt.Errorf("create user: %w", err)
		}
	}
	id, err := u.db.env.newID()
	if err != nil {
		return User{}, fmt.Errorf("create user: %w", err)
	}
	now := u.db.env.time()
	row := userRow{
		ID: UserID(id), Email: strings.TrimSpace(new.Email), EmailFolded: foldEmail(new.Email), Name: new.Name, Locale: new.Locale,
		PasswordHash: new.PasswordHash, InstanceOwner: new.InstanceOwner, CreatedAt: now, UpdatedAt: now,
	}
	if new.Proven {
		row.ProvenAt = &now
	}
	err = u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewInsert().Model(&row).On("CONFLICT (email_folded) DO NOTHING").Exec(ctx))
		if err == nil && n == 0 {
			return ErrExists{"user", row.Email}
		}
		return err
	})
	if err != nil {
		return User{}, fmt.Errorf("create user: %w", err)
	}
	return row.user(), nil
}

// Any reports whether there is anybody yet.
func (u Users) Any(ctx context.Context) (bool, error) {
	there, err := u.read().NewSelect().Model((*userRow)(nil)).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("look for users: %w", err)
	}
	return there, nil
}

// Get is a person by id. ErrNotFound.
func (u Users) Get(ctx context.Context, id UserID) (User, error) {
	return u.find(ctx, "id", string(id))
}

// ByEmail is a person by e-mail address, in whatever case. ErrNotFound.
func (u Users) ByEmail(ctx context.Context, email string) (User, error) {
	if checkText("e-mail", email, maxNameBytes) != nil {
		return User{}, ErrNotFound{"user", "…"} // no such text can have been stored
	}
	return u.find(ctx, "email_folded", foldEmail(email))
}

func (u Users) find(ctx context.Context, column, value string) (User, error) {
	var row userRow
	err := u.read().NewSelect().Model(&row).Where("? = ?", bun.Ident(column), value).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, ErrNotFound{"user", value}
	}
	if err != nil {
		return User{}, fmt.Errorf("find user: %w", err)
	}
	return row.user(), nil
}

// Describe changes a person's name and language. ErrNotFound.
func (u Users) Describe(ctx context.Context, id UserID, name, locale string) error {
	if err := errors.Join(checkText("name", name, maxNameBytes), checkText("locale", locale, maxNameBytes)); err != nil {
		return fmt.Errorf("describe user %q: %w", id, err)
	}
	return u.change(ctx, id, func(update *bun.UpdateQuery) *bun.UpdateQuery {
		return update.Set("name = ?", name).Set("locale = ?", locale)
	})
}

// SetPassword changes what the person's password is checked against. ErrNotFound.
func (u Users) SetPassword(ctx context.Context, id UserID, hash string) error {
	return u.change(ctx, id, func(update *bun.UpdateQuery) *bun.UpdateQuery { return update.Set("password_hash = ?", hash) })
}

// Prove notes that the person has shown that the address is theirs. ErrNotFound.
func (u Users) Prove(ctx context.Context, id UserID) error {
	return u.change(ctx, id, func(update *bun.UpdateQuery) *bun.UpdateQuery { return update.Set("proven_at = ?", u.db.env.time()) })
}

func (u Users) change(ctx context.Context, id UserID, set func(*bun.UpdateQuery) *bun.UpdateQuery) error {
	return u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(set(tx.NewUpdate().Model((*userRow)(nil))).
			Set("updated_at = ?", u.db.env.time()).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("change user %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"user", string(id)}
		}
		return nil
	})
}
