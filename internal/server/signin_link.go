package server

import (
	"context"
	"errors"
	"net/http"
	netmail "net/mail"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Signing in by a link that comes by mail. Asking for one answers the same, and as fast,
// whoever asks and whether or not anybody has the address: all that differs happens after
// the answer. The link works once, for a quarter of an hour, in any browser; opening it
// shows whose sign-in it is, and only the button there signs in, so that what mail
// gateways fetch uses nothing up, and nobody is signed in to somebody else's account
// without seeing it.

const (
	signInLinkLife = 15 * time.Minute
	signInLinkPath = "/enter#"
	// freshSignIn is how long after signing in by other means than a password one may
	// choose a new password without the old one.
	freshSignIn = 30 * time.Minute
)

// LinkWish asks for a link by mail.
type LinkWish struct {
	Email string `json:"email" maxLength:"300"`
}

// LinkWanted says that the wish was taken; never whether anybody has the address.
type LinkWanted struct {
	Minutes int `json:"minutes" doc:"how long a link works that was sent"`
}

// SignInLinkReply tells whose sign-in a link is.
type SignInLinkReply struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

func (s *Server) registerSignInLinks(api huma.API) {
	tags := []string{"account"}
	front.Handle(api, huma.Operation{
		OperationID: "ask-sign-in-link", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/sign-in/link",
		Summary: "Have a link sent that signs in; the answer does not tell who has an account", Tags: tags, DefaultStatus: http.StatusAccepted,
	}, func(ctx context.Context, in *struct{ Body LinkWish }) (LinkWanted, error) {
		return s.askSignInLink(ctx, in.Body.Email)
	})
	front.Handle(api, huma.Operation{
		OperationID: "look-at-sign-in-link", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/sign-in/link/look",
		Summary: "Tell whose sign-in a link from a mail is; it stays unused", Tags: tags,
	}, func(ctx context.Context, in *struct{ Body EntryRequest }) (SignInLinkReply, error) {
		return s.lookAtSignInLink(ctx, in.Body.Token)
	})
	front.Handle(api, huma.Operation{
		OperationID: "use-sign-in-link", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/sign-in/link/use",
		Summary: "Sign in with a link from a mail", Tags: tags,
	}, func(ctx context.Context, in *struct{ Body EntryRequest }) (MeReply, error) {
		return s.useSignInLink(ctx, in.Body.Token)
	})
}

func (s *Server) askSignInLink(ctx context.Context, email string) (LinkWanted, error) {
	if !s.mailsLinks() {
		return LinkWanted{}, front.Refuse(http.StatusConflict, words.T(
			"この Shirube は、サインインのリンクをメールで送れません。", "This Shirube does not send sign-in links by mail."))
	}
	email, err := emailOf("body.email", email)
	if err != nil {
		return LinkWanted{}, err
	}
	known := front.RequestOf(ctx)
	if err := s.slowLetters(known, accountOf(email)); err != nil {
		return LinkWanted{}, err
	}
	wanted := known.Log.With("what", "sign-in link")
	s.afterwards(func(ctx context.Context) {
		if err := s.sendSignInLink(ctx, email); err != nil {
			wanted.Error("letter not sent", "error", err)
		}
	})
	return LinkWanted{Minutes: int(signInLinkLife.Minutes())}, nil
}

// mailsLinks reports whether sign-in links are sent here: by the house alone. A sender of
// a workspace is its owner's, who could read there what opens the other workspaces of
// its people.
func (s *Server) mailsLinks() bool { return s.deps.House != nil && !s.deps.Open }

// sendSignInLink writes to whoever has the address; to nobody where nobody has.
func (s *Server) sendSignInLink(ctx context.Context, email string) error {
	user, err := s.deps.Store.Users.ByEmail(ctx, email)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	token, err := access.NewToken(s.deps.Random)
	if err != nil {
		return err
	}
	until := s.deps.Clock().Add(signInLinkLife)
	if err := s.deps.Store.SignInLinks.Create(ctx, user.ID, access.Fingerprint(token), until); err != nil {
		return err
	}
	body, err := signInLetter(s.ownAddress() + signInLinkPath + token).in(words.ParseLang(user.Locale))
	if err != nil {
		return err
	}
	return s.postUntil(ctx, letter{Key: "sign-in/" + access.Fingerprint(token), To: netmail.Address{Name: user.Name, Address: user.Email}, Body: body}, until)
}

func signInLetter(url string) letterWords {
	return letterWords{
		Subject: words.T("Shirube へのサインイン", "Signing in to Shirube"),
		Lines: []words.Text{words.T(
			"次のボタンから、パスワードなしでサインインできます。%d分間、一度だけ使えます。", "Sign in without a password by this button. It works once, for %d minutes.", int(signInLinkLife.Minutes()))},
		Button: words.T("サインインする", "Sign in"), URL: url,
		Foot: []words.Text{
			words.T("このリンクを人に渡さないでください。開いた人が、あなたとしてサインインできます。", "Do not pass this link on: whoever opens it can sign in as you."),
			words.T("心当たりがなければ、何もしないでください。だれかがあなたのアドレスを入れただけで、まだだれもサインインしていません。",
				"If you did not ask for it, do nothing: somebody typed your address in, and nobody has signed in."),
		},
	}
}

func (s *Server) lookAtSignInLink(ctx context.Context, token string) (SignInLinkReply, error) {
	if err := s.slowDown(front.RequestOf(ctx), ""); err != nil {
		return SignInLinkReply{}, err
	}
	id, err := s.deps.Store.SignInLinks.Find(ctx, access.Fingerprint(token))
	if err != nil {
		return SignInLinkReply{}, deadSignInLink(err)
	}
	user, err := s.deps.Store.Users.Get(ctx, id)
	return SignInLinkReply{Name: user.Name, Email: user.Email}, err
}

func (s *Server) useSignInLink(ctx context.Context, token string) (MeReply, error) {
	if err := s.slowDown(front.RequestOf(ctx), ""); err != nil {
		return MeReply{}, err
	}
	var user store.User
	err := s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		id, err := tx.SignInLinks.Use(ctx, access.Fingerprint(token))
		if err != nil {
			return deadSignInLink(err)
		}
		user, err = s.proven(ctx, tx, id)
		return err
	})
	if err != nil {
		return MeReply{}, err
	}
	return s.letInPerson(ctx, user, wayMail)
}

// deadSignInLink says why a link does not open. All reasons read alike for one who guesses.
func deadSignInLink(err error) error {
	if !errors.As(err, new(store.ErrNotFound)) && !errors.As(err, new(store.ErrClosed)) {
		return err
	}
	return front.Refuse(http.StatusGone, words.T(
		"このリンクはもう使えません。一度きりのリンクで、15分で切れます。サインインの画面で、新しいリンクを送ってもらえます。",
		"This link no longer works: it works once, for 15 minutes. The sign-in page sends you a new one."))
}

// proven notes that a person has shown that their address is theirs, and is that person.
// Until then the account was as good as the word of whoever typed the address in, who may
// know its password and be signed in with it: both end here.
func (s *Server) proven(ctx context.Context, tx *store.Tx, id store.UserID) (store.User, error) {
	user, err := tx.Users.Get(ctx, id)
	if err != nil || !user.ProvenAt.IsZero() {
		return user, err
	}
	if err := tx.Users.Prove(ctx, id); err != nil {
		return user, err
	}
	if user.PasswordHash != "" {
		if err := tx.Users.SetPassword(ctx, id, ""); err != nil {
			return user, err
		}
	}
	if err := tx.SignIns.RevokeAll(ctx, id, ""); err != nil {
		return user, err
	}
	if err := tx.EntryLinks.Void(ctx, id); err != nil {
		return user, err
	}
	if err := noteAccount(ctx, tx, id, "prove-address", audit.Changes{}); err != nil {
		return user, err
	}
	return tx.Users.Get(ctx, id)
}

// How often links are sent to one address, and how often letters may be asked for at all.
const (
	letterTries = 3
	letterEvery = 5 * time.Minute
)

// slowLetters counts a letter asked for: by where the request comes from, and by the
// account that was typed in, whether there is one or not. It is counted apart from tries of
// passwords, so that nobody is kept out by letters.
func (s *Server) slowLetters(known *front.Request, account string) error {
	address := ""
	if known.From != nil {
		address = s.clientAddress(known.From)
	}
	if wait := s.attempts.letter(s.deps.Clock(), address, account); wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// letterWaits are after which a letter is tried again that a mail server puts off (greylisting,
// a full queue).
var letterWaits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 4 * time.Minute}

// postUntil hands a letter to the house's mail server, again and again while that puts it
// off and there is time.
func (s *Server) postUntil(ctx context.Context, l letter, until time.Time) error {
	for try := 0; ; try++ {
		outcome, err := s.handLetter(ctx, "", l)
		if err != nil {
			return err
		}
		again := outcome.Class == mail.Temporary || outcome.Class == mail.Later
		if !again || try >= len(s.letterWaits) || s.deps.Clock().Add(s.letterWaits[try]).After(until) {
			if outcome.Class != mail.Accepted {
				s.deps.Log.Warn("letter not taken", "class", string(outcome.Class), "step", outcome.Step, "code", outcome.Code)
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(s.letterWaits[try]):
		}
	}
}
