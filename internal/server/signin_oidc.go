package server

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Signing in at an issuer: the browser is sent there and comes back with a code. What was
// drawn for this one sign-in waits in a cookie of the browser that began it: a code that
// somebody else brings along is refused (state), a code that was caught is of no use (PKCE),
// and an answer of another time or another sign-in is not believed (nonce).

const (
	oidcStartPath = "/oidc/start"
	oidcBackPath  = "/oidc/callback"
	oidcLife      = 10 * time.Minute
)

// mountOIDC serves the two addresses; they are pages of the browser, not of the API.
func (s *Server) mountOIDC(mux *http.ServeMux) {
	if s.oidc == nil {
		return
	}
	mux.HandleFunc("GET "+oidcStartPath, s.startOIDC)
	mux.HandleFunc("GET "+oidcBackPath, s.backFromOIDC)
}

// signingIn is what a browser keeps of a sign-in that is under way.
type signingIn struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"`
	Next     string    `json:"to"`
	At       time.Time `json:"at"`
}

// Why a sign-in at the issuer came to nothing; the sign-in page has a sentence for each.
const (
	oidcBusy        = "busy"        // too many tries
	oidcUnreachable = "unreachable" // the issuer does not answer
	oidcExpired     = "expired"     // another browser, or too late
	oidcCancelled   = "cancelled"   // by the person
	oidcRefused     = "refused"     // by the issuer, or its answer does not hold
	oidcUnverified  = "unverified"  // the address is not proven there
	oidcNotAllowed  = "not-allowed" // addresses like this one do not come in
	oidcUnknown     = "unknown"     // nobody has added the person
	oidcTaken       = "taken"       // the address is tied to another identity
)

func (s *Server) startOIDC(w http.ResponseWriter, r *http.Request) {
	known := front.RequestOf(r.Context())
	// The issuer sends browsers back to one address: the cookie has to wait there, whatever
	// name the house was opened by. Once: behind a proxy the names may differ for good.
	if query := r.URL.Query(); query.Get("here") == "" && !strings.EqualFold("http://"+r.Host, s.ownAddress()) && !strings.EqualFold("https://"+r.Host, s.ownAddress()) {
		query = url.Values{"here": {"1"}, "next": {ownPath(query.Get("next"))}}
		http.Redirect(w, r, s.ownAddress()+oidcStartPath+"?"+query.Encode(), http.StatusSeeOther)
		return
	}
	provider, err := s.oidc.found(r.Context())
	if err != nil {
		known.Log.Error("issuer of sign-ins not found", "error", err)
		signInProblem(w, r, oidcUnreachable)
		return
	}
	draft := signingIn{Next: ownPath(r.URL.Query().Get("next")), At: s.deps.Clock()}
	for _, one := range []*string{&draft.State, &draft.Nonce, &draft.Verifier} {
		if *one, err = access.NewToken(s.deps.Random); err != nil {
			known.Log.Error("sign-in not begun", "error", err)
			signInProblem(w, r, oidcUnreachable)
			return
		}
	}
	s.keepBegun(known, draft)
	config := s.oidc.config(provider, s.oidcBack())
	http.Redirect(w, r, config.AuthCodeURL(draft.State, oidc.Nonce(draft.Nonce), oauth2.S256ChallengeOption(draft.Verifier)), http.StatusSeeOther)
}

// oidcBack is where the issuer sends browsers back to; it knows this address beforehand.
func (s *Server) oidcBack() string { return s.ownAddress() + oidcBackPath }

func (s *Server) backFromOIDC(w http.ResponseWriter, r *http.Request) {
	known := front.RequestOf(r.Context())
	// Counted here alone: each try asks the issuer, and a sign-in is one try.
	if err := s.slowDown(known, ""); err != nil {
		signInProblem(w, r, oidcBusy)
		return
	}
	draft, there := s.takeBegun(known)
	query := r.URL.Query()
	switch {
	case !there || !sameSecret(query.Get("state"), draft.State) || s.deps.Clock().Sub(draft.At) > oidcLife:
		signInProblem(w, r, oidcExpired)
		return
	case query.Get("error") == "access_denied":
		signInProblem(w, r, oidcCancelled)
		return
	case query.Get("error") != "" || query.Get("code") == "" || len(query.Get("code")) > 4<<10:
		known.Log.Warn("the issuer refuses", "code", shortText(query.Get("error"), 60))
		signInProblem(w, r, oidcRefused)
		return
	case query.Get("iss") != "" && query.Get("iss") != s.oidc.Issuer: // RFC 9207: the answer of another issuer
		signInProblem(w, r, oidcRefused)
		return
	}
	provider, err := s.oidc.found(r.Context())
	var told toldPerson
	if err == nil {
		told, err = s.oidc.redeem(r.Context(), provider, s.oidcBack(), query.Get("code"), draft.Verifier, draft.Nonce)
	}
	if err != nil {
		known.Log.Warn("sign-in at the issuer failed", "error", err)
		problem := oidcUnreachable
		if errors.Is(err, errNotBelieved) {
			problem = oidcRefused
		}
		signInProblem(w, r, problem)
		return
	}
	if known.Who, err = s.identify(r.Context(), known); err != nil {
		known.Log.Error("who is here is not known", "error", err)
	}
	user, problem, err := s.personOf(r.Context(), told, known.Lang)
	if err == nil && problem == "" {
		_, err = s.letInPerson(r.Context(), user, wayOIDC)
	}
	if err != nil {
		known.Log.Error("sign-in at the issuer not kept", "error", err)
		problem = oidcUnreachable
	}
	if problem != "" {
		signInProblem(w, r, problem)
		return
	}
	http.Redirect(w, r, draft.Next, http.StatusSeeOther)
}

// personOf is whom the issuer means; problem says why nobody. A person is known by the
// issuer's name for them, which never changes hands; the first time by their address, and
// only by one the issuer says is theirs.
func (s *Server) personOf(ctx context.Context, told toldPerson, lang words.Lang) (user store.User, problem string, err error) {
	settings := s.oidc.OIDC
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		known, err := tx.Identities.Find(ctx, settings.Issuer, told.Subject)
		if err == nil {
			if user, err = tx.Users.Get(ctx, known.User); err != nil {
				return err
			}
			if !settings.allows(user.Email) {
				problem = oidcNotAllowed
				return nil
			}
			return tx.Identities.Used(ctx, settings.Issuer, told.Subject)
		}
		if !isNotFound(err) {
			return err
		}
		email, bad := emailOf("", told.Email)
		switch {
		case bad != nil || !told.Verified && !settings.TrustEmail:
			problem = oidcUnverified
			return nil
		case !settings.allows(email):
			problem = oidcNotAllowed
			return nil
		}
		user, err = tx.Users.ByEmail(ctx, email)
		if isNotFound(err) {
			if user, problem, err = s.joinByOIDC(ctx, tx, told, email, lang); err != nil || problem != "" {
				return err
			}
		} else if err != nil {
			return err
		}
		if err := tx.Identities.Tie(ctx, user.ID, settings.Issuer, told.Subject, email); err != nil {
			if errors.As(err, new(store.ErrExists)) {
				problem = oidcTaken
				return nil
			}
			return err
		}
		if err := noteAccount(ctx, tx, user.ID, "tie-identity", accountChanges("account", "", s.issuerName(settings.Issuer))); err != nil {
			return err
		}
		user, err = s.proven(ctx, tx, user.ID)
		return err
	})
	return user, problem, err
}

// joinByOIDC makes somebody a member whom nobody has added, where the operator wants that.
func (s *Server) joinByOIDC(ctx context.Context, tx *store.Tx, told toldPerson, email string, lang words.Lang) (store.User, string, error) {
	if s.oidc.Join == "" {
		return store.User{}, oidcUnknown, nil
	}
	ws, err := tx.Workspaces.BySlug(ctx, s.oidc.Join)
	if isNotFound(err) {
		s.deps.Log.Warn("nobody can join: no such workspace", "workspace", s.oidc.Join)
		return store.User{}, oidcUnknown, nil
	}
	if err != nil {
		return store.User{}, "", err
	}
	name := shortText(front.Clean(told.Name), 100)
	if name == "" {
		name, _, _ = strings.Cut(email, "@")
	}
	if told.Locale != "" {
		lang = words.ParseLang(told.Locale)
	}
	user, err := tx.Users.Create(ctx, store.NewUser{Email: email, Name: name, Locale: string(lang)})
	if err != nil {
		return store.User{}, "", err
	}
	return user, "", tx.Members.Put(ctx, ws.ID, user.ID, string(s.oidc.JoinRole))
}

// signInProblem leads back to the sign-in page, which says what happened.
func signInProblem(w http.ResponseWriter, r *http.Request, problem string) {
	http.Redirect(w, r, "/signin?problem="+url.QueryEscape(problem), http.StatusSeeOther)
}

// ownPath is an address of ours to go on to; "/" for any other.
func ownPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || len(next) > 2000 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") ||
		u.Scheme != "" || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "/oidc/") {
		return "/"
	}
	return next
}

func sameSecret(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// oidcCookieName is of the cookie in which a sign-in waits that is under way.
func (s *Server) oidcCookieName(r *http.Request) (name string, secure bool) {
	name, secure = s.cookieName(r)
	return name + "-oidc", secure
}

func (s *Server) keepBegun(known *front.Request, draft signingIn) {
	text, err := json.Marshal(draft)
	if err != nil {
		known.Log.Error("sign-in not begun", "error", err)
		return
	}
	s.oidcCookie(known, base64.RawURLEncoding.EncodeToString(text), int(oidcLife.Seconds()))
}

// takeBegun reads the cookie and takes it away: it is for one answer.
func (s *Server) takeBegun(known *front.Request) (draft signingIn, there bool) {
	name, _ := s.oidcCookieName(known.From)
	cookie, err := known.From.Cookie(name)
	if err != nil || len(cookie.Value) > 4<<10 {
		return signingIn{}, false
	}
	s.oidcCookie(known, "", -1)
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(text, &draft) != nil {
		return signingIn{}, false
	}
	draft.Next = ownPath(draft.Next)
	return draft, draft.State != "" && draft.Nonce != "" && draft.Verifier != ""
}

// oidcCookie is SameSite=Lax: the issuer sends the browser back from another site.
func (s *Server) oidcCookie(known *front.Request, value string, age int) {
	name, secure := s.oidcCookieName(known.From)
	cookie := http.Cookie{Name: name, Value: value, Path: "/", Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: age}
	front.PutCookie(known.Answer, cookie)
}
