package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// identity is who a request comes from.
type identity struct {
	open   bool           // everybody on this machine, where nobody signs in
	user   store.User     // a person; zero for a key
	signIn store.SignInID // of the person's browser
	way    string         // they got in by
	since  time.Time      // when they signed in
	key    *store.APIKey  // a program
	role   access.Role    // in the workspace of the request
	export bool           // whether they may take things out of it as files
}

// authorOf is the name under which a change of this request is kept; "" where
// nobody signs in.
func authorOf(ctx context.Context) string {
	who := requestOf(ctx).who
	switch {
	case who == nil:
		return ""
	case who.key != nil:
		return who.key.Name + " (API)"
	}
	return who.user.Name
}

// signedBy is whose name a change carries: of whoever signed in, else what was told.
func signedBy(ctx context.Context, told string) string {
	if author := authorOf(ctx); author != "" {
		return author
	}
	return clean(told)
}

// speaker is whose word something is: whoever signed in. Where nobody signs in, the made-up
// company is seen through the eyes of its first owner; a zero user where it has none. A key
// has no word of its own: it is refused.
func (s *Server) speaker(ctx context.Context, ws store.WorkspaceID) (store.User, error) {
	who := requestOf(ctx).who
	switch {
	case who == nil || who.key != nil:
		return store.User{}, notAllowed()
	case !who.open:
		return who.user, nil
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

// person is whoever signed in; operations about their own account have nobody else.
func person(ctx context.Context) (*identity, error) {
	who := requestOf(ctx).who
	if who == nil || who.user.ID == "" {
		return nil, notAllowed()
	}
	return who, nil
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
func (s *Server) identify(ctx context.Context, known *request) (*identity, error) {
	if known.from == nil {
		return nil, nil
	}
	if header := known.from.Header.Get(keyHeader); header != "" {
		return s.identifyKey(ctx, access.Bearer(header))
	}
	token := s.cookieOf(known.from)
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
	return &identity{user: user, signIn: signIn.ID, way: signIn.Way, since: signIn.CreatedAt}, nil
}

func (s *Server) identifyKey(ctx context.Context, secret string) (*identity, error) {
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
		s.note(ctx, requestOf(ctx), func(ctx context.Context) error { return s.deps.Store.APIKeys.Used(ctx, key.Workspace, key.ID) })
	}
	return &identity{key: &key}, nil
}

// note writes down that something was used. The request does not fail where that
// fails: a full disk must not keep people from reading.
func (s *Server) note(ctx context.Context, known *request, write func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noticeLimit)
	defer cancel()
	if err := write(ctx); err != nil {
		known.log.Warn("use not noted", "error", err)
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
func (s *Server) setCookie(known *request, token string, lifetime time.Duration) {
	if known.from == nil {
		return
	}
	name, secure := s.cookieName(known.from)
	cookie := http.Cookie{Name: name, Value: token, Path: "/", Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(lifetime.Seconds())}
	if lifetime <= 0 {
		cookie.Value, cookie.MaxAge = "", -1
	}
	putCookie(known.answer, cookie)
}

// putCookie sets a cookie, in the place of one of the same name that was set before.
func putCookie(answer http.Header, cookie http.Cookie) {
	kept := slices.DeleteFunc(answer.Values("Set-Cookie"), func(line string) bool { return strings.HasPrefix(line, cookie.Name+"=") })
	answer["Set-Cookie"] = append(kept, cookie.String())
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
	who := requestOf(ctx).who
	roles, exports := map[store.WorkspaceID]access.Role{}, map[store.WorkspaceID]bool{}
	switch {
	case who == nil:
		return nil, nil
	case who.key != nil:
		roles[who.key.Workspace], exports[who.key.Workspace] = access.Viewer, true
	case !who.open:
		of, err := s.deps.Store.Members.Of(ctx, who.user.ID)
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
		if who.open {
			role = access.Owner
		}
		if role.Known() {
			list = append(list, belonging{ws, role, who.open || exports[ws.ID]})
		}
	}
	return list, nil
}

// roleOf is what whoever asks is in the workspace of the request.
func roleOf(ctx context.Context) access.Role {
	who := requestOf(ctx).who
	switch {
	case who == nil:
		return ""
	case who.open:
		return access.Owner
	case who.key != nil:
		return access.Viewer
	}
	return who.role
}
