package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/deliver/preflight"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
	"github.com/shirube/shirube/ui"
)

// Deps are what a server takes from outside.
type Deps struct {
	Store   *store.DB
	Clock   func() time.Time // nil: the system's clock
	Random  io.Reader        // source of request ids; nil: the system's secure randomness
	Log     *slog.Logger     // nil: silence
	Version string
	Commit  string
	Demo    bool   // the made-up company; said in /api/health
	Address string // host:port it is reached at, for requests that do not tell
	// Open: nobody signs in, and everybody who reaches the server may do everything.
	// Only for what listens on this machine alone; Serve refuses anything else.
	Open bool
	// URL is the https address people and websites reach the server at, behind a
	// reverse proxy; "": this machine only.
	URL string
	// Effort of hashing passwords; zero: the usual.
	Effort access.Effort
	// MaxUploadBytes bounds one file that is brought in; 0 is 200 MB.
	MaxUploadBytes int64
	// Screens are the built screens; nil takes the ones inside the program.
	Screens fs.FS
	// Warehouse keeps events; nil: none are taken in. Whoever opened it closes it, after
	// the server has ended.
	Warehouse warehouse.Warehouse
	// Puller fetches what connections name; nil: the usual one, which reaches public
	// addresses alone.
	Puller *connect.Puller
	// Vault keeps the secrets of connections; nil: none can be kept.
	Vault *vault.Vault
	// House is how the house writes to its own people; nil: by senders of workspaces alone.
	House *HouseMail
	// OIDC is whom the house lets people sign in at; nil: nowhere.
	OIDC *OIDC
	// NoPasswords: nobody signs in with a password; links by mail or OIDC have to be there.
	NoPasswords bool
	// Senders hand over what the outbox holds, by kind; what has none waits. Webhooks have
	// one of the server's own.
	Senders map[outbox.Kind]actor.Sender
	// Still: nothing is acted on; events are only taken in. For telling what acting costs.
	Still bool
	// Resolver answers questions to DNS before mail is sent; nil: the system's.
	Resolver preflight.Resolver
	// Node names this installation among several on one state, the same after every start:
	// what it was sending when it died is told by it.
	Node string
}

// defaultMaxUploadBytes is more than any platform's export that people upload.
const defaultMaxUploadBytes = 200_000_000

// Server answers the API and serves the screens. It is safe for concurrent use.
type Server struct {
	deps      Deps
	handler   http.Handler
	routes    *http.ServeMux
	looking   looking
	stakes    *memo[stakeKey, *GoalStake]
	boards    *boards
	measuring *measuring                   // nil: no events are taken in
	acting    *acting                      // nil as well then
	zone      func(event.Workspace) string // of a workspace's days
	lines     linesKept
	mailing   *mailing
	noticing  *noticing
	reporting *reporting
	folding   *folding
	crowd     *formCrowd
	pulling   *pulling
	segments  *segmenting
	leaving   chan struct{} // closed when it is time for long answers to end
	progress  progress
	// cardsChanged wakes whoever works out points anew.
	cardsChanged chan struct{}
	writing      writing
	url          *url.URL // nil without Deps.URL
	attempts     *attempts
	talks        *attempts // how often people write, and from outside
	passwords    *passwords
	oidc         *relying // nil without Deps.OIDC
	letterWaits  []time.Duration
	painting     chan struct{} // a place for the one picture that is painted
	beside       chan struct{} // a place for each of what is done beside requests
	besides      sync.WaitGroup
	ending       context.Context
	end          context.CancelFunc
}

// New makes a server on an open store; it does not listen yet.
func New(deps Deps) (*Server, error) {
	if deps.Store == nil {
		return nil, errors.New("make server: no store")
	}
	if deps.Clock == nil {
		deps.Clock = time.Now
	}
	if deps.Random == nil {
		deps.Random = rand.Reader
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	if deps.MaxUploadBytes == 0 {
		deps.MaxUploadBytes = defaultMaxUploadBytes
	}
	if deps.Screens == nil && ui.Built() {
		built, err := fs.Sub(ui.Dist, "dist")
		if err != nil {
			return nil, fmt.Errorf("find the screens: %w", err)
		}
		deps.Screens = built
	}
	deps.Random = &sharedRandom{from: deps.Random}
	public, err := ParsePublicURL(deps.URL)
	if err != nil {
		return nil, err
	}
	s := &Server{
		deps: deps, leaving: make(chan struct{}), cardsChanged: make(chan struct{}, 1),
		url: public, attempts: newAttempts(), talks: newAttempts(), passwords: newPasswords(deps.Effort, deps.Random),
	}
	s.beside, s.letterWaits = make(chan struct{}, afterwardsAtOnce), letterWaits
	s.painting = make(chan struct{}, 1)
	s.ending, s.end = context.WithCancel(context.Background())
	if err := s.attempts.recall(s.ending, deps.Store, deps.Clock()); err != nil {
		return nil, err
	}
	if err := s.mayBeEntered(); err != nil {
		return nil, err
	}
	if deps.OIDC != nil && !deps.Open {
		s.oidc = newRelying(*deps.OIDC, s.puller().Guard.Client(oidcWithin), deps.Clock)
	}
	s.zone = Zones(deps.Store)
	s.mailing = newMailing(s)
	s.noticing = newNoticing(s)
	s.reporting = newReporting(s)
	if deps.Warehouse != nil {
		if s.acting, err = newActing(s); err != nil {
			return nil, err
		}
		readers := []inbox.Effect{intoActor{s.acting.actor}}
		if deps.Still {
			readers, s.acting = nil, nil
		}
		s.measuring = newMeasuring(deps, readers...)
	}
	s.boards = newBoards(s)
	s.stakes = newMemo[stakeKey, *GoalStake](keptStakes, nil)
	s.folding = newFolding(s)
	s.crowd = newFormCrowd()
	s.segments = newSegmenting(s)
	if s.pulling, err = newPulling(s); err != nil {
		return nil, err
	}
	if s.measuring != nil {
		s.measuring.folding = s.folding
	}
	mux := http.NewServeMux()
	s.describe(mux)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	if err := s.mountCollect(mux); err != nil {
		return nil, err
	}
	s.mountMail(mux)
	s.mountOIDC(mux)
	s.mountReports(mux)
	if err := s.mountForms(mux); err != nil {
		return nil, err
	}
	screens, err := newScreens(deps.Screens)
	if err != nil {
		return nil, fmt.Errorf("load the screens: %w", err)
	}
	mux.HandleFunc("/api/", front.UnknownResource)
	mux.Handle("GET "+viewPath+"{token}", unlisted(screens))
	mux.Handle("GET "+embedPath+"{token}", s.framed(screens))
	mux.Handle("/", readOnly(screens))
	s.handler, s.routes = s.guard(mux), mux
	return s, nil
}

// Handler answers every request: API, screens and health.
func (s *Server) Handler() http.Handler { return s.handler }

// Timeouts of a connection. Reading a body and writing an answer may take long
// for a large file; whether a body moves on is watched by front/stall.go.
const (
	headerTimeout   = 10 * time.Second
	idleTimeout     = 2 * time.Minute
	answerTimeout   = 15 * time.Minute
	shutdownTimeout = 10 * time.Second
	maxHeaderBytes  = 32 << 10
)

// Serve answers requests on a listener until the context ends, then lets the
// requests in progress finish for up to 10 seconds. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	if err := CheckListenAddress(listener.Addr().String(), s.deps.Open); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		WriteTimeout:      answerTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.deps.Log.Handler(), slog.LevelWarn),
	}
	defer s.endBesides()
	// The inbox is there before the first request and outlives the last.
	events := s.startMeasuring(ctx)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	tidying, stop := context.WithCancel(ctx)
	defer stop()
	go s.tidy(tidying)
	keeping, keepNoMore := context.WithCancel(context.WithoutCancel(ctx)) // until the last request is over
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		s.keepingAttempts(keeping)
	}()
	defer func() { keepNoMore(); <-kept }()
	pulled := make(chan struct{})
	go func() {
		defer close(pulled)
		s.pulling.run(tidying)
	}()
	defer func() { stop(); <-pulled }() // it writes; whoever called may close the state
	acted := s.startActing(ctx)
	defer acted()
	server.RegisterOnShutdown(sync.OnceFunc(func() { close(s.leaving) }))
	if s.measuring != nil {
		go s.folding.run(tidying)
		go s.forget(tidying)
		go s.watching(tidying)
	}
	go s.finishForms(tidying)
	mailed := make(chan struct{})
	go func() {
		defer close(mailed)
		s.mailing.run(tidying)
	}()
	defer func() { stop(); <-mailed }()
	reported := make(chan struct{})
	go func() {
		defer close(reported)
		s.reporting.run(tidying)
	}()
	defer func() { stop(); <-reported }()
	go s.scoring(tidying)
	invited := make(chan struct{})
	go func() {
		defer close(invited)
		if s.acting != nil { // else nobody would send what is written
			s.inviting(tidying)
		}
	}()
	defer func() { stop(); <-invited }() // it writes, too
	told := make(chan struct{})
	go func() {
		defer close(told)
		s.alerting(tidying)
	}()
	defer func() { stop(); <-told }()
	select {
	case err := <-ended:
		return errors.Join(fmt.Errorf("serve on %s: %w", listener.Addr(), err), events.stop())
	case <-events.ended:
	case <-ctx.Done():
	}
	return errors.Join(finish(ctx, server, listener, ended), events.stop())
}

// finish lets the requests in progress come to their end.
func finish(ctx context.Context, server *http.Server, listener net.Listener, ended <-chan error) error {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("finish the requests in progress: %w", err), server.Close())
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	}
	return nil
}

// tidyEvery is how often files that nobody imported are thrown away.
const tidyEvery = time.Hour

// tidy throws away staged files that were left behind, now and every hour.
func (s *Server) tidy(ctx context.Context) {
	ticker := time.NewTicker(tidyEvery)
	defer ticker.Stop()
	for {
		if n, err := s.deps.Store.Uploads.Prune(ctx, s.deps.Clock()); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("throwing away staged files", "error", err)
		} else if n > 0 {
			s.deps.Log.Info("threw away staged files", "count", n)
		}
		s.tidyRecords(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// ready reports whether the state can be read.
func (s *Server) ready(ctx context.Context) error {
	if _, err := s.deps.Store.Workspaces.List(ctx); err != nil {
		return fmt.Errorf("reach the state: %w", err)
	}
	return nil
}

func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	front.PlainText(w, http.StatusOK, "ok\n")
}

func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if err := s.ready(r.Context()); err != nil {
		front.RequestOf(r.Context()).Log.Error("not ready", "error", err)
		front.PlainText(w, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	front.PlainText(w, http.StatusOK, "ready\n")
}

// readOnly refuses everything but reading.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			front.PlainText(w, http.StatusMethodNotAllowed, "method not allowed\n")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sharedRandom is randomness for several at once: what a test gives need not bear
// concurrent reads.
type sharedRandom struct {
	mu   sync.Mutex
	from io.Reader
}

// Read draws.
func (r *sharedRandom) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.from.Read(p)
}

// newRequestID is 64 random bits: enough to find one request in a log.
func (s *Server) newRequestID() (string, error) {
	var id [8]byte
	if _, err := io.ReadFull(s.deps.Random, id[:]); err != nil {
		return "", fmt.Errorf("draw a request id: %w", err)
	}
	return hex.EncodeToString(id[:]), nil
}
