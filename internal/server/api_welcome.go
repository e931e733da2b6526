package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// How long a link that lets somebody choose a password works.
const (
	ownerLinkLife  = 15 * time.Minute
	memberLinkLife = 24 * time.Hour
)

// EntryRequest shows a one-time link. It comes in the body: an address would stand
// in logs.
type EntryRequest struct {
	Token string `json:"token" maxLength:"100"`
}

// EntryReply tells what a one-time link is for.
type EntryReply struct {
	Kind  string `json:"kind" enum:"owner,member" doc:"owner: makes the first person; member: a password for somebody who was added"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

// EntryUse is what somebody chooses who comes by a one-time link.
type EntryUse struct {
	Token    string `json:"token" maxLength:"100"`
	Name     string `json:"name" maxLength:"100"`
	Email    string `json:"email,omitempty" maxLength:"300" doc:"for the first owner; others keep the one they were added with"`
	Password string `json:"password,omitempty" maxLength:"1024" doc:"nothing where nobody signs in with one"`
	Locale   string `json:"locale,omitempty" enum:"ja,en" default:"ja"`
}

func (s *Server) registerWelcome(api huma.API) {
	tags := []string{"account"}
	front.Handle(api, huma.Operation{
		OperationID: "look-at-link", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/welcome/look",
		Summary: "Tell what a one-time link is for; it stays unused", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.Lang
		Body EntryRequest
	}) (EntryReply, error) {
		return s.lookAtLink(ctx, in.Body.Token)
	})
	front.Handle(api, huma.Operation{
		OperationID: "use-link", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/welcome",
		Summary: "Choose a password with a one-time link, and be signed in", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.Lang
		Body EntryUse
	}) (MeReply, error) {
		return s.useLink(ctx, in.Body)
	})
}

// OwnerLink makes the one-time link by which the first owner comes in: the part of
// the address behind the host. It is "" when somebody is there already. A link made
// before no longer opens. It is a secret: it belongs on the terminal of whoever
// started the program, and in no log.
func (s *Server) OwnerLink(ctx context.Context) (path string, life time.Duration, err error) {
	if s.deps.Open {
		return "", 0, nil
	}
	anybody, err := s.deps.Store.Users.Any(ctx)
	if err != nil || anybody {
		return "", 0, err
	}
	path, _, err = s.entryLink(ctx, s.deps.Store.EntryLinks, "", ownerLinkLife, false)
	return path, ownerLinkLife, err
}

// WayIn makes a one-time link for somebody who is there and cannot come in any more, like
// an owner who lost the password. It is for whoever has the machine, who could change
// anything anyway. store.ErrNotFound where nobody has the address.
func WayIn(ctx context.Context, state *store.DB, random io.Reader, now time.Time, email string) (path string, life time.Duration, err error) {
	user, err := state.Users.ByEmail(ctx, email)
	if err != nil {
		return "", 0, err
	}
	token, err := access.NewToken(random)
	if err != nil {
		return "", 0, err
	}
	return welcomePath + token, ownerLinkLife, state.EntryLinks.Create(ctx, user.ID, access.Fingerprint(token), now.Add(ownerLinkLife), true)
}

// welcomePath is where one-time links lead; the token follows.
const welcomePath = "/welcome#"

// entryLink makes a link for somebody; proves where it reaches its person by mail alone. The secret stands behind "#": browsers do
// not send that part, so that it is in no log on the way.
func (s *Server) entryLink(ctx context.Context, links store.EntryLinks, user store.UserID, life time.Duration, proves bool) (path string, until time.Time, err error) {
	token, err := access.NewToken(s.deps.Random)
	if err != nil {
		return "", time.Time{}, err
	}
	until = s.deps.Clock().Add(life)
	return welcomePath + token, until, links.Create(ctx, user, access.Fingerprint(token), until, proves)
}

func (s *Server) lookAtLink(ctx context.Context, token string) (EntryReply, error) {
	if err := s.slowDown(front.RequestOf(ctx), ""); err != nil {
		return EntryReply{}, err
	}
	id, err := s.deps.Store.EntryLinks.Find(ctx, access.Fingerprint(token))
	if err != nil {
		return EntryReply{}, deadLink(err)
	}
	if id == "" {
		return EntryReply{Kind: "owner"}, nil
	}
	user, err := s.deps.Store.Users.Get(ctx, id)
	return EntryReply{Kind: "member", Name: user.Name, Email: user.Email}, err
}

// deadLink says why a link does not open. All reasons read alike for one who guesses.
func deadLink(err error) error {
	if !errors.As(err, new(store.ErrNotFound)) && !errors.As(err, new(store.ErrClosed)) {
		return err
	}
	return front.Refuse(http.StatusGone, words.T(
		"このリンクはもう使えません。一度きりのリンクで、期限もあります。はじめて使うときは Shirube を起動しなおすと、新しいリンクが出ます。招かれた方は、招いた人に新しいリンクをもらってください。",
		"This link no longer works: it works once, and for a while. If you are setting Shirube up, start it again for a new link; if somebody added you, ask them for a new one."))
}

func (s *Server) useLink(ctx context.Context, in EntryUse) (MeReply, error) {
	if err := s.slowDown(front.RequestOf(ctx), ""); err != nil {
		return MeReply{}, err
	}
	fingerprint := access.Fingerprint(in.Token)
	id, err := s.deps.Store.EntryLinks.Find(ctx, fingerprint)
	if err != nil {
		return MeReply{}, deadLink(err)
	}
	if in.Name = front.Clean(in.Name); in.Name == "" {
		return MeReply{}, noName()
	}
	var user store.User
	if id != "" {
		if user, err = s.deps.Store.Users.Get(ctx, id); err != nil {
			return MeReply{}, err
		}
	} else if user.Email, err = emailOf("body.email", in.Email); err != nil {
		return MeReply{}, err
	}
	hash := ""
	if !s.deps.NoPasswords {
		if hash, err = s.passwords.chosen(ctx, "body.password", in.Password, in.Name, user.Email); err != nil {
			return MeReply{}, err
		}
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, proves, err := tx.EntryLinks.Use(ctx, fingerprint)
		if err != nil {
			return deadLink(err)
		}
		if id == "" {
			user, err = foundHouse(ctx, tx, store.NewUser{Email: user.Email, Name: in.Name, Locale: in.Locale, PasswordHash: hash, Proven: true})
			return err
		}
		if err := tx.Users.SetPassword(ctx, id, hash); err != nil {
			return err
		}
		if err := tx.SignIns.RevokeAll(ctx, id, ""); err != nil { // whoever had the old password is out
			return err
		}
		if err := tx.SignInLinks.Void(ctx, id); err != nil {
			return err
		}
		if proves {
			if err := tx.Users.Prove(ctx, id); err != nil {
				return err
			}
		}
		changed := accountChanges("name", user.Name, in.Name, "locale", user.Locale, in.Locale)
		user.Name, user.Locale, user.PasswordHash = in.Name, in.Locale, hash
		if err := tx.Users.Describe(ctx, id, in.Name, in.Locale); err != nil {
			return err
		}
		return noteAccount(ctx, tx, id, "use-link", changed)
	})
	if err != nil {
		return MeReply{}, err
	}
	front.RequestOf(ctx).Log.Info("password chosen by link", "user", user.ID, "first", id == "")
	return s.letInPerson(ctx, user, wayEntry)
}

// foundHouse makes the first person, to whom everything belongs that is there
// already: workspaces of a time before there were people.
func foundHouse(ctx context.Context, tx *store.Tx, first store.NewUser) (store.User, error) {
	anybody, err := tx.Users.Any(ctx)
	if err != nil {
		return store.User{}, err
	}
	if anybody {
		return store.User{}, deadLink(store.ErrClosed{Reason: store.ClosedUsed})
	}
	first.InstanceOwner = true
	user, err := tx.Users.Create(ctx, first)
	if err != nil {
		return store.User{}, err
	}
	workspaces, err := tx.Workspaces.List(ctx)
	if err != nil {
		return store.User{}, err
	}
	for _, ws := range workspaces {
		if err := tx.Members.Put(ctx, ws.ID, user.ID, string(access.Owner)); err != nil {
			return store.User{}, err
		}
	}
	return user, nil
}
