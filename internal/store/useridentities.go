package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Identity is a person as an issuer of sign-ins (OpenID Connect) knows them.
type Identity struct {
	Issuer, Subject string
	User            UserID
	Email           string // as the issuer told it when they were tied together
	CreatedAt       time.Time
	LastUsed        time.Time
}

// Identities is the repository of who is who at issuers of sign-ins. A person has at most
// one identity at an issuer, and an identity belongs to one person.
type Identities struct{ session }

type userIdentityRow struct {
	bun.BaseModel `bun:"table:user_identities"`

	Issuer     string `bun:"issuer,pk"`
	Subject    string `bun:"subject,pk"`
	UserID     UserID `bun:"user_id"`
	Email      string `bun:"email"`
	CreatedAt  millis `bun:"created_at"`
	LastUsedAt millis `bun:"last_used_at"`
}

func (r userIdentityRow) identity() Identity {
	return Identity{Issuer: r.Issuer, Subject: r.Subject, User: r.UserID, Email: r.Email, CreatedAt: r.CreatedAt.Time(), LastUsed: r.LastUsedAt.Time()}
}

// Find is the person an issuer means. ErrNotFound.
func (i Identities) Find(ctx context.Context, issuer, subject string) (Identity, error) {
	if checkText("issuer", issuer, maxNameBytes) != nil || checkText("subject", subject, maxNameBytes) != nil {
		return Identity{}, ErrNotFound{"identity", "…"} // no such text can have been stored
	}
	var row userIdentityRow
	err := i.read().NewSelect().Model(&row).Where("issuer = ?", issuer).Where("subject = ?", subject).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Identity{}, ErrNotFound{"identity", "…"}
	}
	if err != nil {
		return Identity{}, fmt.Errorf("find identity: %w", err)
	}
	return row.identity(), nil
}

// Tie makes an identity a person's. ErrExists where it is somebody's already, or where the
// person has another one at the issuer.
func (i Identities) Tie(ctx context.Context, user UserID, issuer, subject, email string) error {
	if err := errors.Join(checkText("issuer", issuer, maxNameBytes), checkText("subject", subject, maxNameBytes), checkText("e-mail", email, maxNameBytes)); err != nil {
		return fmt.Errorf("tie identity: %w", err)
	}
	now := i.db.env.time()
	row := userIdentityRow{Issuer: issuer, Subject: subject, UserID: user, Email: email, CreatedAt: now, LastUsedAt: now}
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx))
		if err == nil && n == 0 {
			return ErrExists{"identity", string(user)}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("tie identity: %w", err)
	}
	return nil
}

// Used notes that an identity was signed in with.
func (i Identities) Used(ctx context.Context, issuer, subject string) error {
	err := i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*userIdentityRow)(nil)).Set("last_used_at = ?", i.db.env.time()).
			Where("issuer = ?", issuer).Where("subject = ?", subject).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("note use of identity: %w", err)
	}
	return nil
}

// Of is every identity of a person, the oldest first.
func (i Identities) Of(ctx context.Context, user UserID) ([]Identity, error) {
	var rows []userIdentityRow
	if err := i.read().NewSelect().Model(&rows).Where("user_id = ?", user).Order("created_at", "issuer").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list identities of %q: %w", user, err)
	}
	list := make([]Identity, len(rows))
	for k, row := range rows {
		list[k] = row.identity()
	}
	return list, nil
}

// Untie takes a person's identity at an issuer away. ErrNotFound.
func (i Identities) Untie(ctx context.Context, user UserID, issuer string) error {
	return i.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*userIdentityRow)(nil)).Where("user_id = ?", user).Where("issuer = ?", issuer).Exec(ctx))
		if err != nil {
			return fmt.Errorf("untie identity of %q: %w", user, err)
		}
		if n == 0 {
			return ErrNotFound{"identity", issuer}
		}
		return nil
	})
}
