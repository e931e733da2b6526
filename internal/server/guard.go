package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Whoever reaches the server has to sign in; where nobody does (Deps.Open: the
// made-up company), it is reached from this machine only. Either way a page of
// another site that runs in somebody's browser is kept out:
//   - the Host header must be a loopback name with our port, or the host of the
//     address we are reached at (Deps.URL), or else a name that an attacker points
//     at us (DNS rebinding) would make that page same-origin;
//   - requests that change something must come from our own pages;
//   - nothing is answered that a foreign page could read, frame or run.
//
// What is there for websites of others goes past all of this; see fromAnywhere.

// addressError is a listening address that is refused.
type addressError struct{ what words.Text }

// Error says it in Japanese.
func (e *addressError) Error() string { return e.what.JA }

// In says it in a language.
func (e *addressError) In(lang words.Lang) string { return e.what.In(lang) }

// CheckListenAddress refuses a listening address ("host:port") that is none, and,
// where nobody signs in, one that other machines could reach. The error's text is
// for people, in both languages.
func CheckListenAddress(address string, open bool) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return &addressError{words.T("アドレス「%s」が読めません。127.0.0.1:8080 の形で書いてください。",
			"The address %q cannot be read. Write it like 127.0.0.1:8080.", address)}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return &addressError{words.T("ポート「%s」が正しくありません。0〜65535 の数にしてください。",
			"The port %q is not valid. Use a number from 0 to 65535.", port)}
	}
	if !open || isLoopback(host) {
		return nil
	}
	return &addressError{words.T(
		"アドレス「%s」では、ほかのパソコンからもだれでも入れてしまいます。サインインのない見本は 127.0.0.1 だけで動かせます。",
		"On the address %q anybody on another machine could get in. Without sign-in, only 127.0.0.1 is allowed.", address)}
}

// ParsePublicURL reads the address people and websites reach the server at. Over
// plain http passwords would cross the network in the clear: it has to be https.
// nil for "". The error's text is for people, in both languages.
func ParsePublicURL(text string) (*url.URL, error) {
	if text == "" {
		return nil, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, &addressError{words.T(
			"アドレス「%s」は使えません。https://shirube.example.co.jp の形で、パスを付けずに書いてください。",
			"The address %q cannot be used. Write it like https://shirube.example.com, without a path.", text)}
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host)}, nil
}

// isLoopback reports whether a host is this machine to itself. An address made of
// numbers cannot be pointed elsewhere; of the names only localhost is safe.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// contentSecurityPolicy is what our pages may do: scripts and style sheets are files of ours,
// none stands in a page itself. Only on an element by itself a style may stand: browsers write
// such while somebody types over a selection in the editor of the model. One of those changes
// how its element looks; it asks nothing of others and fetches nothing from elsewhere.
const contentSecurityPolicy = "default-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// ownStyle is the one style that stands in a page the server draws by itself, in the words of
// a policy: named by its fingerprint, so that no other is let in beside it. A page without one
// has none.
func ownStyle(page string) string {
	_, rest, found := strings.Cut(page, "<style>")
	style, _, ended := strings.Cut(rest, "</style>")
	if !found || !ended {
		return "style-src 'none'"
	}
	sum := sha256.Sum256([]byte(style))
	return "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// guard lets in what may come in, and gives every request its id, its language
// and one line in the log.
func (s *Server) guard(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	if s.url != nil {
		if err := sameSite.AddTrustedOrigin(s.url.String()); err != nil {
			s.deps.Log.Error("own address not trusted", "error", err) // a parsed address is an origin
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fromAnywhere(r.URL.Path) {
			s.letIn(next, w, r)
			return
		}
		began := s.deps.Clock()
		id, err := s.newRequestID()
		if err != nil {
			s.deps.Log.Error("request refused", "error", err)
			front.PlainText(w, http.StatusInternalServerError, "internal error\n")
			return
		}
		known := &front.Request{ID: id, Lang: front.LanguageOf(r), Log: s.deps.Log.With("request", id), From: r, Answer: w.Header()}
		r = r.WithContext(store.WithTrail(front.WithRequest(r.Context(), known), &known.Trail))
		answer := &front.Recorder{ResponseWriter: w}
		r.Body = front.MovingDeadline(answer, r.Body)
		securityHeaders(w.Header())
		if s.overHTTPS(r) {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		defer func() {
			front.RecoverPanic(answer, r, recover())
			known.Log.Info("request", "method", r.Method, "route", r.Pattern, "status", answer.Status,
				"bytes", answer.Bytes, "took", s.deps.Clock().Sub(began))
		}()
		switch {
		case !s.ourHost(r):
			front.WriteProblem(answer, r, s.misdirected())
		case !knowsByToken(r.URL.Path) && (sameSite.Check(r) != nil || !s.ownOrigin(r)):
			front.WriteProblem(answer, r, front.Refuse(http.StatusForbidden, words.T(
				"ほかのサイトからの操作は受け付けません。Shirube の画面から操作してください。",
				"Requests from other sites are not accepted. Use the screens of Shirube.")))
		default:
			next.ServeHTTP(answer, r)
		}
	})
}

// TrackerPath is where websites fetch the script that measures them.
const TrackerPath = "/shirube.js"

// fromAnywhere reports whether an address is there for websites and programs of
// others: events come in below /v1/, and the scripts that send them and show forms are
// fetched.
// What answers there knows a sender by its write key and nothing else: it never
// reads a cookie, so that nobody's sign-in can be made use of.
func fromAnywhere(path string) bool {
	return path == TrackerPath || path == FormsScriptPath || strings.HasPrefix(path, "/v1/")
}

// knowsByToken reports whether an address stands in mails: a signed token in it says who
// asks, and no cookie is read. One refuses from within the pages of one's mail, wherever
// they are (RFC 8058).
func knowsByToken(path string) bool {
	return strings.HasPrefix(path, "/u/") || strings.HasPrefix(path, "/p/")
}

// letIn passes a request on that may come from anywhere: no line in the log for
// each event, no number, and none of the headers that keep other sites out.
func (s *Server) letIn(next http.Handler, w http.ResponseWriter, r *http.Request) {
	answer := &front.Recorder{ResponseWriter: w}
	r.Body = front.MovingDeadline(answer, r.Body)
	w.Header()["X-Content-Type-Options"] = noSniff
	if s.measuring != nil && r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/v1/") {
		next = s.measuring.collect // past the search for a route: events come in by the thousand
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			known := &front.Request{Lang: front.LanguageOf(r), Log: s.deps.Log}
			front.RecoverPanic(answer, r.WithContext(front.WithRequest(r.Context(), known)), panicked)
		}
	}()
	next.ServeHTTP(answer, r)
}

// noSniff is shared by all answers; nobody changes it.
var noSniff = []string{"nosniff"}

// ourHost reports whether the Host header is that of our public address, or a
// loopback name with the port the request came in on.
func (s *Server) ourHost(r *http.Request) bool {
	if s.overHTTPS(r) {
		return true
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = strings.Trim(r.Host, "[]")
	}
	if !isLoopback(host) {
		return false
	}
	expected := s.deps.Address
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		expected = local.String()
	}
	_, own, err := net.SplitHostPort(expected)
	return err == nil && portOf(r.Host) == own
}

// portOf is the port of a Host header; a browser leaves the usual one out.
func portOf(host string) string {
	if _, port, err := net.SplitHostPort(host); err == nil {
		return port
	}
	return "80"
}

// overHTTPS reports whether a request came by our public address, which is https:
// the proxy before us passes the name on.
func (s *Server) overHTTPS(r *http.Request) bool {
	return s.url != nil && strings.EqualFold(r.Host, s.url.Host)
}

// misdirected tells where to go instead.
func (s *Server) misdirected() error {
	if s.url != nil {
		return front.Refuse(http.StatusMisdirectedRequest, words.T(
			"このアドレスではお答えできません。%[1]s で開いてください。", "Nothing is answered at this address. Open it at %[1]s.", s.url.String()))
	}
	return front.Refuse(http.StatusMisdirectedRequest, words.T(
		"このアドレスではお答えできません。http://127.0.0.1 か http://localhost で開いてください。ほかのパソコンから使うには、--url に https のアドレスを指定して起動します。",
		"Nothing is answered at this address. Open it at http://127.0.0.1 or http://localhost. To use it from other machines, start it with --url and an https address."))
}

// ownOrigin reports whether a request that names its origin comes from the host
// it is sent to, or from our public address.
func (s *Server) ownOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || s.url != nil && strings.EqualFold(origin, s.url.String()) {
		return true // no browser, or a plain navigation; or ours
	}
	from, err := url.Parse(origin)
	return err == nil && from.Scheme == "http" && from.Host == r.Host && !s.overHTTPS(r)
}

func securityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("Cache-Control", "no-store") // what may be kept says so itself
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer") // the address of a read-only page is a secret
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}
