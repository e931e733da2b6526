package server

import (
	"context"
	"errors"
	"net/http"
	"net/mail"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// MeReply tells who is asking.
type MeReply struct {
	Open       bool        `json:"open" doc:"nobody signs in here: everybody on this machine may do everything"`
	FirstStart bool        `json:"first_start" doc:"nobody is there yet: the link in the terminal makes the owner"`
	Person     *PersonView `json:"person" doc:"whoever signed in; null for nobody"`
	Ways       SignInWays  `json:"ways" doc:"how one can sign in here"`
}

// PersonView is a person as they see themselves.
type PersonView struct {
	Name          string `json:"name"`
	Email         string `json:"email"`
	Locale        string `json:"locale" enum:"ja,en"`
	InstanceOwner bool   `json:"instance_owner" doc:"may make workspaces"`
	HasPassword   bool   `json:"has_password"`
	MayChoose     bool   `json:"may_choose" doc:"has just signed in without a password: may choose one without the current one"`
}

// SignInRequest is what somebody signs in with.
type SignInRequest struct {
	Email    string `json:"email" maxLength:"300"`
	Password string `json:"password" maxLength:"1024"`
}

// PersonChange changes how a person is called and spoken to.
type PersonChange struct {
	Name   string `json:"name" minLength:"1" maxLength:"100"`
	Locale string `json:"locale" enum:"ja,en"`
}

// PasswordChange takes the old password as proof, or a sign-in of a moment ago without one.
type PasswordChange struct {
	Current string `json:"current,omitempty" maxLength:"1024"`
	New     string `json:"new" maxLength:"1024"`
}

// SignInsReply lists where a person is signed in, the one in use last first.
type SignInsReply struct {
	SignIns []SignInView `json:"sign_ins"`
}

// SignInView is one browser in which a person is signed in.
type SignInView struct {
	ID        string    `json:"id"`
	UserAgent string    `json:"user_agent"`
	Way       string    `json:"way" enum:"password,entry,mail,oidc" doc:"how one got in there"`
	CreatedAt time.Time `json:"created_at"`
	LastSeen  time.Time `json:"last_seen"`
	Current   bool      `json:"current" doc:"the one that asks"`
}

func (s *Server) registerAccount(api huma.API) {
	tags := []string{"account"}
	front.Handle(api, huma.Operation{
		OperationID: "get-me", Metadata: front.Needs(access.Anybody), Method: http.MethodGet, Path: "/api/me",
		Summary: "Tell who is asking", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (MeReply, error) { return s.me(ctx) })
	front.Handle(api, huma.Operation{
		OperationID: "sign-in", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/sign-in",
		Summary: "Sign in with e-mail address and password", Tags: tags,
	}, func(ctx context.Context, in *struct{ Body SignInRequest }) (MeReply, error) {
		return s.signIn(ctx, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "sign-out", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/sign-out",
		Summary: "Sign out of this browser", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) error { return s.signOut(ctx) })
	front.Handle(api, huma.Operation{
		OperationID: "update-me", Metadata: front.Needs(access.SignIn), Method: http.MethodPatch, Path: "/api/me",
		Summary: "Change the own name and language", Tags: tags,
	}, func(ctx context.Context, in *struct{ Body PersonChange }) (MeReply, error) {
		return s.describeMe(ctx, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "change-password", Metadata: front.Needs(access.SignIn), Method: http.MethodPut, Path: "/api/me/password",
		Summary: "Change the own password; ends every other sign-in", Tags: tags,
	}, func(ctx context.Context, in *struct{ Body PasswordChange }) error {
		return s.changePassword(ctx, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-sign-ins", Metadata: front.Needs(access.SignIn), Method: http.MethodGet, Path: "/api/me/sign-ins",
		Summary: "List where one is signed in", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (SignInsReply, error) { return s.listSignIns(ctx) })
	front.HandleNothing(api, huma.Operation{
		OperationID: "end-sign-in", Metadata: front.Needs(access.SignIn), Method: http.MethodDelete, Path: "/api/me/sign-ins/{id}",
		Summary: "Sign out of one browser", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ID string `path:"id" maxLength:"80"`
	}) error {
		return s.endSignIn(ctx, in.ID)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "end-all-sign-ins", Metadata: front.Needs(access.SignIn), Method: http.MethodDelete, Path: "/api/me/sign-ins",
		Summary: "Sign out everywhere", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) error { return s.endAllSignIns(ctx) })
	s.registerAccountTies(api)
}

func (s *Server) me(ctx context.Context) (MeReply, error) {
	reply := MeReply{Open: s.deps.Open, Ways: s.ways()}
	who := front.RequestOf(ctx).Who
	if who != nil && who.User.ID != "" {
		reply.Person = personView(who.User)
		reply.Person.MayChoose = !s.deps.NoPasswords && signedInJustNow(who, s.deps.Clock())
		return reply, nil
	}
	if !s.deps.Open {
		anybody, err := s.deps.Store.Users.Any(ctx)
		if err != nil {
			return MeReply{}, err
		}
		reply.FirstStart = !anybody
	}
	return reply, nil
}

func personView(u store.User) *PersonView {
	return &PersonView{Name: u.Name, Email: u.Email, Locale: string(words.ParseLang(u.Locale)), InstanceOwner: u.InstanceOwner, HasPassword: u.PasswordHash != ""}
}

// accountOf is an e-mail address as attempts are counted by.
func accountOf(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func (s *Server) signIn(ctx context.Context, in SignInRequest) (MeReply, error) {
	if err := s.noPasswords(); err != nil {
		return MeReply{}, err
	}
	known := front.RequestOf(ctx)
	if err := s.slowDown(known, accountOf(in.Email)); err != nil {
		return MeReply{}, err
	}
	user, err := s.deps.Store.Users.ByEmail(ctx, in.Email)
	if err != nil && !errors.As(err, new(store.ErrNotFound)) {
		return MeReply{}, err
	}
	right, stale, err := s.passwords.check(ctx, user.PasswordHash, in.Password)
	if err != nil {
		return MeReply{}, err
	}
	if !right {
		return MeReply{}, wrongSignIn()
	}
	s.attempts.succeeded(accountOf(in.Email))
	if stale { // the effort was raised since: now is the only moment the password is here
		hash, err := s.passwords.hash(ctx, in.Password)
		if err != nil {
			return MeReply{}, err
		}
		if err := s.deps.Store.Users.SetPassword(ctx, user.ID, hash); err != nil {
			return MeReply{}, err
		}
	}
	return s.letInPerson(ctx, user, wayPassword)
}

// letInPerson signs a person in with this browser. Whatever sign-in the browser had
// is over.
func (s *Server) letInPerson(ctx context.Context, user store.User, way string) (MeReply, error) {
	known := front.RequestOf(ctx)
	if who := known.Who; who != nil && who.SignIn != "" {
		if err := s.deps.Store.SignIns.Revoke(ctx, who.User.ID, who.SignIn); err != nil && !errors.As(err, new(store.ErrNotFound)) {
			return MeReply{}, err
		}
	}
	token, err := access.NewToken(s.deps.Random)
	if err != nil {
		return MeReply{}, err
	}
	agent := ""
	if known.From != nil {
		agent = known.From.UserAgent()
	}
	signIn, err := s.deps.Store.SignIns.Create(ctx, user.ID, access.Fingerprint(token), agent, way, s.deps.Clock().Add(signInIdle))
	if err != nil {
		return MeReply{}, err
	}
	s.setCookie(known, token, signInIdle)
	known.Who = &front.Identity{User: user, SignIn: signIn.ID, Way: way, Since: signIn.CreatedAt}
	known.Log.Info("signed in", "user", user.ID, "way", way)
	return s.me(ctx)
}

func (s *Server) signOut(ctx context.Context) error {
	known := front.RequestOf(ctx)
	s.setCookie(known, "", 0)
	if known.Who == nil || known.Who.SignIn == "" {
		return nil
	}
	err := s.deps.Store.SignIns.Revoke(ctx, known.Who.User.ID, known.Who.SignIn)
	if errors.As(err, new(store.ErrNotFound)) {
		return nil // over already
	}
	return err
}

func (s *Server) describeMe(ctx context.Context, in PersonChange) (MeReply, error) {
	who, err := front.Person(ctx)
	if err != nil {
		return MeReply{}, err
	}
	if in.Name = front.Clean(in.Name); in.Name == "" {
		return MeReply{}, noName()
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Users.Describe(ctx, who.User.ID, in.Name, in.Locale); err != nil {
			return err
		}
		changed := accountChanges("name", who.User.Name, in.Name, "locale", who.User.Locale, in.Locale)
		if len(changed.Fields) == 0 {
			return nil
		}
		return noteAccount(ctx, tx, who.User.ID, "update-me", changed)
	})
	if err != nil {
		return MeReply{}, err
	}
	who.User.Name, who.User.Locale = in.Name, in.Locale
	return s.me(ctx)
}

func noName() error {
	return front.BadRequest("body.name", words.T("お名前を入れてください。", "Give your name."))
}

func (s *Server) changePassword(ctx context.Context, in PasswordChange) error {
	who, err := front.Person(ctx)
	if err != nil {
		return err
	}
	if err := s.noPasswords(); err != nil {
		return err
	}
	if !signedInJustNow(who, s.deps.Clock()) {
		if err := s.checkCurrent(ctx, who.User, in.Current); err != nil {
			return err
		}
	}
	hash, err := s.passwords.chosen(ctx, "body.new", in.New, who.User.Name, who.User.Email)
	if err != nil {
		return err
	}
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Users.SetPassword(ctx, who.User.ID, hash); err != nil {
			return err
		}
		if err := endLinks(ctx, tx, who.User.ID); err != nil {
			return err
		}
		if err := tx.SignIns.RevokeAll(ctx, who.User.ID, who.SignIn); err != nil {
			return err
		}
		return noteAccount(ctx, tx, who.User.ID, "change-password", audit.Changes{})
	})
}

// checkCurrent takes the password as proof that it is the person, not only their browser.
func (s *Server) checkCurrent(ctx context.Context, user store.User, password string) error {
	if user.PasswordHash == "" {
		return front.BadRequest("body.current", words.T("パスワードを決めるには、いちどサインアウトして、サインインしなおしてください。30分のあいだ、ここで決められます。",
			"To choose a password, sign out and in again. You can choose it here for 30 minutes then."))
	}
	if err := s.slowDown(front.RequestOf(ctx), accountOf(user.Email)); err != nil {
		return err
	}
	right, _, err := s.passwords.check(ctx, user.PasswordHash, password)
	if err != nil {
		return err
	}
	if !right {
		return front.BadRequest("body.current", words.T("いまのパスワードが違います。", "The current password is wrong."))
	}
	s.attempts.succeeded(accountOf(user.Email))
	return nil
}

func (s *Server) listSignIns(ctx context.Context) (SignInsReply, error) {
	who, err := front.Person(ctx)
	if err != nil {
		return SignInsReply{}, err
	}
	list, err := s.deps.Store.SignIns.List(ctx, who.User.ID)
	if err != nil {
		return SignInsReply{}, err
	}
	reply := SignInsReply{SignIns: make([]SignInView, len(list))}
	for i, in := range list {
		reply.SignIns[i] = SignInView{
			ID: string(in.ID), UserAgent: in.UserAgent, Way: in.Way, CreatedAt: in.CreatedAt, LastSeen: in.LastSeen, Current: in.ID == who.SignIn,
		}
	}
	return reply, nil
}

func (s *Server) endSignIn(ctx context.Context, id string) error {
	who, err := front.Person(ctx)
	if err != nil {
		return err
	}
	if !front.IsName(id) {
		return store.ErrNotFound{What: "sign-in", Name: id}
	}
	if store.SignInID(id) == who.SignIn {
		return s.signOut(ctx)
	}
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SignIns.Revoke(ctx, who.User.ID, store.SignInID(id)); err != nil {
			return err
		}
		return noteAccount(ctx, tx, who.User.ID, "end-sign-in", audit.Changes{})
	})
}

func (s *Server) endAllSignIns(ctx context.Context) error {
	who, err := front.Person(ctx)
	if err != nil {
		return err
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SignIns.RevokeAll(ctx, who.User.ID, ""); err != nil {
			return err
		}
		return noteAccount(ctx, tx, who.User.ID, "end-all-sign-ins", audit.Changes{})
	})
	if err == nil {
		s.setCookie(front.RequestOf(ctx), "", 0)
	}
	return err
}

// emailOf reads an e-mail address somebody typed in.
func emailOf(location, text string) (string, error) {
	text = strings.TrimSpace(text)
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || strings.ContainsAny(text, "<>\"") || len(text) > 254 {
		return "", front.BadRequest(location, words.T("メールアドレスの形ではありません。name@example.co.jp のように入れてください。",
			"This is not an e-mail address. Write it like name@example.com."))
	}
	return text, nil
}
