package server

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// How a browser got in, as it is kept with its sign-in.
const (
	wayPassword = "password"
	wayEntry    = "entry" // a one-time link handed over, or sent, when somebody was added
	wayMail     = "mail"  // a link by mail
	wayOIDC     = "oidc"
)

// SignInWays tells the sign-in page what it may offer.
type SignInWays struct {
	Password bool    `json:"password" doc:"e-mail address and password"`
	Mail     bool    `json:"mail" doc:"a link by mail"`
	OIDC     *string `json:"oidc" doc:"name of where one can sign in instead; null for nowhere"`
}

func (s *Server) ways() SignInWays {
	ways := SignInWays{Password: !s.deps.NoPasswords && !s.deps.Open, Mail: s.mailsLinks()}
	if s.oidc != nil {
		name := s.oidc.shown()
		ways.OIDC = &name
	}
	return ways
}

// mayBeEntered refuses settings by which nobody could sign in, or everybody.
func (s *Server) mayBeEntered() error {
	if s.deps.OIDC != nil {
		if err := s.deps.OIDC.Check(); err != nil {
			return err
		}
	}
	if s.deps.NoPasswords && s.deps.OIDC == nil && s.deps.House == nil {
		return &addressError{words.T("--no-passwords には、ほかの入り方が要ります。--oidc-issuer か --mail-url も指定してください。",
			"--no-passwords needs another way in: give --oidc-issuer or --mail-url too.")}
	}
	return nil
}

// noPasswords refuses what has to do with passwords where there are none.
func (s *Server) noPasswords() error {
	if !s.deps.NoPasswords {
		return nil
	}
	return front.BadRequest("body", words.T("ここではパスワードを使いません。サインインの画面にあるほかの入り方を使ってください。",
		"Passwords are not used here. Use the other ways on the sign-in page."))
}

// signedInJustNow reports whether whoever asks has just signed in by other means than a password, so
// that choosing one anew takes no old one: it may have been forgotten, or never chosen. A
// browser left open does not count.
func signedInJustNow(i *front.Identity, now time.Time) bool {
	return i.Way != wayPassword && now.Sub(i.Since) < freshSignIn
}

// endLinks ends every link that would open a person's account without their password.
func endLinks(ctx context.Context, tx *store.Tx, user store.UserID) error {
	if err := tx.SignInLinks.Void(ctx, user); err != nil {
		return err
	}
	return tx.EntryLinks.Void(ctx, user)
}
