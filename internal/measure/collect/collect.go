// Package collect is the door events come in by: the Segment HTTP tracking API, so that
// existing SDKs only change their host. It reads a request within bounds, asks whose write
// key it carries, has the events decoded, and answers only when the inbox has made them
// durable.
//
// What it answers is decided by what senders do with an answer. The SDKs throw a batch away
// at 400, 401 and 413, wait at 429 with Retry-After, try again later at 5xx, and take 3xx
// for delivered. So one bad event never spoils its batch (200 with a refusal), and nothing
// is ever answered 200 that is not on the disk.
package collect

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// Inbox makes events durable. Accept returns nil only when they are; inbox.ErrFull asks the
// sender to wait, every other error to come again later. Nothing was kept then.
type Inbox interface {
	Accept(ctx context.Context, events []event.Event) error
}

// Keys knows write keys. It is asked for every request and should answer from memory. An
// error means that it cannot tell now; the sender is then asked to come again.
type Keys interface {
	Lookup(ctx context.Context, key string) (Key, bool, error)
}

// Key is a write key and what goes with it.
type Key struct {
	Workspace event.Workspace
	ID        string // how it is named in events and on screens; not the secret itself
	Browser   bool   // stands in pages: the request itself is the visitor's
	// Origins are the only hosts whose pages may use it: "example.jp", "*.example.jp".
	// Empty: any. A sender outside of browsers has no origin and is not held to it.
	Origins []string
	// OwnHosts are hosts that are no referrers, beside the page's own: other sites of the
	// company, its payment pages.
	OwnHosts  []string
	PerSecond float64 // events a second it may send; 0: as many as there is room for
}

// Salts gives the salt of a workspace's day, by which visitors without an id are told apart on
// that day.
type Salts interface {
	Salt(ctx context.Context, ws event.Workspace, at time.Time) ([]byte, error)
}

// Options are what a Handler takes from outside.
type Options struct {
	Inbox Inbox
	Keys  Keys
	Salts Salts            // nil: events without any id are refused
	Now   func() time.Time // nil: the system's clock
	Log   *slog.Logger     // nil: silence
	// Address tells the visitor's address of a request; nil: the connection's. Behind a
	// proxy that can be trusted it is in a header.
	Address func(*http.Request) string
	// MostHeld bounds the bytes of all bodies being read or decoded; 0: 192 MB. Beyond it
	// senders are asked to come again.
	MostHeld int64
}

// What a Handler holds at once.
const (
	mostHeld    = 192 << 20
	longestRead = 60 * time.Second // for one body; a sender may be slow, but not for ever
	waitFull    = 2                // Retry-After in seconds, when the inbox is full
	waitBroken  = 15               // the same when the disk is full or the state away
)

// Handler serves everything below /v1/. It is safe for concurrent use.
type Handler struct {
	options  Options
	held     atomic.Int64
	agents   agents
	mu       sync.Mutex
	limiters map[string]*limiter
	ledgers  sync.Map // event.Workspace → *ledger
	known    atomic.Int64
}

// New makes a handler.
func New(options Options) *Handler {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	if options.Address == nil {
		options.Address = func(r *http.Request) string {
			host, _, err := net.SplitHostPort(r.RemoteAddr)
			if err != nil {
				return r.RemoteAddr
			}
			return host
		}
	}
	if options.MostHeld == 0 {
		options.MostHeld = mostHeld
	}
	return &Handler{options: options, limiters: map[string]*limiter{}}
}

// routes are the paths events come in by, and the kind each implies. The browser's SDK uses
// the short ones.
var routes = map[string]event.Kind{
	"/v1/track": event.Track, "/v1/t": event.Track,
	"/v1/page": event.Page, "/v1/p": event.Page,
	"/v1/screen": event.Screen, "/v1/s": event.Screen,
	"/v1/identify": event.Identify, "/v1/i": event.Identify,
	"/v1/group": event.Group, "/v1/g": event.Group,
	"/v1/alias": event.Alias, "/v1/a": event.Alias,
	"/v1/batch": 0, "/v1/b": 0,
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	allowOrigin(w, r)
	kind, collects := routes[r.URL.Path]
	key, settings := settingsKey(r.URL.Path)
	switch {
	case !collects && !settings:
		answerError(w, r, http.StatusNotFound, noSuchPath)
	case r.Method == http.MethodOptions:
		allowRequest(w)
	case settings && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		h.settings(w, r, key)
	case collects && r.Method == http.MethodPost:
		h.receive(w, r, kind)
	default:
		w.Header().Set("Allow", map[bool]string{true: "GET, HEAD, OPTIONS", false: "POST, OPTIONS"}[settings])
		answerError(w, r, http.StatusMethodNotAllowed, notThisWay)
	}
}
