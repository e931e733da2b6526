package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// speaker is whose word something is: whoever signed in. Where nobody signs in, the made-up
// company is seen through the eyes of its first owner; a zero user where it has none. A key
// has no word of its own: it is refused.
func (s *Server) speaker(ctx context.Context, ws store.WorkspaceID) (store.User, error) {
	who := front.RequestOf(ctx).Who
	switch {
	case who == nil || who.Key != nil:
		return store.User{}, front.NotAllowed()
	case !who.Open:
		return who.User, nil
	}
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return store.User{}, err
	}
	for _, m := range members {
		if access.Role(m.Role) == access.Owner {
			return m.User, nil
		}
	}
	return store.User{}, nil
}

// How long a sign-in works: a month after it was last used, half a year at most.
const (
	signInIdle  = 30 * 24 * time.Hour
	signInMost  = 180 * 24 * time.Hour
	seenAtMost  = time.Hour        // how often its use is written down
	usedAtMost  = 10 * time.Minute // the same for API keys
	keyHeader   = "Authorization"
	noticeLimit = 5 * time.Second
)

// identify finds out who a request comes from; nil for nobody. A key or cookie that
// does not work is nobody.
func (s *Server) identify(ctx context.Context, known *front.Request) (*front.Identity, error) {
	if known.From == nil {
		return nil, nil
	}
	if header := known.From.Header.Get(keyHeader); header != "" {
		return s.identifyKey(ctx, access.Bearer(header))
	}
	token := s.cookieOf(known.From)
	if token == "" {
		return nil, nil
	}
	signIn, err := s.deps.Store.SignIns.Find(ctx, access.Fingerprint(token))
	if errors.As(err, new(store.ErrNotFound)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	user, err := s.deps.Store.Users.Get(ctx, signIn.User)
	if err != nil {
		return nil, err
	}
	if now := s.deps.Clock(); now.Sub(signIn.LastSeen) >= seenAtMost {
		until := now.Add(signInIdle)
		if most := signIn.CreatedAt.Add(signInMost); until.After(most) {
			until = most
		}
		s.note(ctx, known, func(ctx context.Context) error { return s.deps.Store.SignIns.Seen(ctx, signIn.ID, until) })
		s.setCookie(known, token, until.Sub(now))
	}
	return &front.Identity{User: user, SignIn: signIn.ID, Way: signIn.Way, Since: signIn.CreatedAt}, nil
}

func (s *Server) identifyKey(ctx context.Context, secret string) (*front.Identity, error) {
	if secret == "" {
		return nil, nil
	}
	key, err := s.deps.Store.APIKeys.Find(ctx, access.Fingerprint(secret))
	if errors.As(err, new(store.ErrNotFound)) || errors.As(err, new(store.ErrClosed)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.deps.Clock().Sub(key.LastUsed) >= usedAtMost {
		s.note(ctx, front.RequestOf(ctx), func(ctx context.Context) error { return s.deps.Store.APIKeys.Used(ctx, key.Workspace, key.ID) })
	}
	return &front.Identity{Key: &key}, nil
}

// note writes down that something was used. The request does not fail where that
// fails: a full disk must not keep people from reading.
func (s *Server) note(ctx context.Context, known *front.Request, write func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noticeLimit)
	defer cancel()
	if err := write(ctx); err != nil {
		known.Log.Warn("use not noted", "error", err)
	}
}

// cookieName is of the sign-in's cookie. Over https the browser itself keeps it from
// every other host ("__Host-"). Over http on this machine Chromium would take that,
// too, but Safari does not; and all ports share their cookies, so that the port in
// the name keeps two programs apart.
func (s *Server) cookieName(r *http.Request) (name string, secure bool) {
	if s.overHTTPS(r) {
		return "__Host-shirube", true
	}
	return "shirube-" + portOf(r.Host), false
}

func (s *Server) cookieOf(r *http.Request) string {
	name, _ := s.cookieName(r)
	cookie, err := r.Cookie(name)
	if err != nil || len(cookie.Value) > 100 {
		return ""
	}
	return cookie.Value
}

// setCookie hands the browser its sign-in; without a lifetime it is taken away.
func (s *Server) setCookie(known *front.Request, token string, lifetime time.Duration) {
	if known.From == nil {
		return
	}
	name, secure := s.cookieName(known.From)
	cookie := http.Cookie{Name: name, Value: token, Path: "/", Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(lifetime.Seconds())}
	if lifetime <= 0 {
		cookie.Value, cookie.MaxAge = "", -1
	}
	front.PutCookie(known.Answer, cookie)
}

// belonging is a workspace and what one is there.
type belonging struct {
	store.Workspace
	role   access.Role
	export bool
}

// belongings is every workspace that is there for whoever asks.
func (s *Server) belongings(ctx context.Context) ([]belonging, error) {
	all, err := s.deps.Store.Workspaces.List(ctx)
	if err != nil {
		return nil, err
	}
	who := front.RequestOf(ctx).Who
	roles, exports := map[store.WorkspaceID]access.Role{}, map[store.WorkspaceID]bool{}
	switch {
	case who == nil:
		return nil, nil
	case who.Key != nil:
		roles[who.Key.Workspace], exports[who.Key.Workspace] = access.Viewer, true
	case !who.Open:
		of, err := s.deps.Store.Members.Of(ctx, who.User.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range of {
			roles[m.Workspace] = access.Role(m.Role)
			exports[m.Workspace] = access.Role(m.Role).MayExport(m.Export)
		}
	}
	var list []belonging
	for _, ws := range all {
		role := roles[ws.ID]
		if who.Open {
			role = access.Owner
		}
		if role.Known() {
			list = append(list, belonging{ws, role, who.Open || exports[ws.ID]})
		}
	}
	return list, nil
}
