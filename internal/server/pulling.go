package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
	"github.com/shirube/shirube/internal/words"
)

// pulling fetches what connections bring, when it is their time. Whatever it was doing
// when the program died is simply done again: days are replaced as a whole.
type pulling struct {
	server *Server
	node   string // this program, among several on one state
	poked  chan struct{}

	mu    sync.Mutex
	tried map[store.ConnectionID]string // how the sources were read at the last try
	busy  map[store.ConnectionID]bool
}

const (
	pullEvery   = 15 * time.Second
	pulledAtOne = 2               // at once: one slow database must not hold up the rest
	pullLease   = 2 * time.Minute // prolonged while a run lasts
	longestPull = 30 * time.Minute
)

func newPulling(s *Server) (*pulling, error) {
	node, err := s.newRequestID()
	if err != nil {
		return nil, err
	}
	return &pulling{server: s, node: node, poked: make(chan struct{}, 1), tried: map[store.ConnectionID]string{}, busy: map[store.ConnectionID]bool{}}, nil
}

// poke has due connections looked for now.
func (p *pulling) poke() {
	select {
	case p.poked <- struct{}{}:
	default:
	}
}

// run fetches until ctx ends.
func (p *pulling) run(ctx context.Context) {
	ticker := time.NewTicker(pullEvery)
	defer ticker.Stop()
	slots := make(chan struct{}, pulledAtOne)
	var group sync.WaitGroup
	defer group.Wait()
	for {
		due, err := p.due(ctx)
		if err != nil && ctx.Err() == nil {
			p.server.deps.Log.Error("looking for connections that are due", "error", err)
		}
		for _, c := range due {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			group.Go(func() {
				defer func() { <-slots }()
				p.pull(ctx, c)
			})
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-p.poked:
		}
	}
}

// PullDue fetches everything that is due, one after the other, and returns when it is
// done. Serve does it by itself.
func (s *Server) PullDue(ctx context.Context) error {
	due, err := s.pulling.due(ctx)
	if err != nil {
		return err
	}
	for _, c := range due {
		s.pulling.pull(ctx, c)
	}
	return nil
}

// due are the connections whose time has come, and those whose sources are read in
// another way than at the last try. One that no source of the model names brings
// nothing, and waits until one does.
func (p *pulling) due(ctx context.Context) ([]store.Connection, error) {
	list, err := p.server.deps.Store.Connections.All(ctx)
	if err != nil {
		return nil, err
	}
	now := p.server.deps.Clock()
	var due []store.Connection
	for _, c := range list {
		if c.Paused || c.Running {
			continue
		}
		saved, err := p.server.modelOrEmptyNewest(ctx, c.Workspace)
		if _, none := errors.AsType[store.ErrNotFound](err); none {
			continue // the workspace was deleted, or has no model yet
		}
		if err != nil {
			return nil, err
		}
		sources := sourcesOf(saved.model, c.Name)
		if len(sources) == 0 {
			continue
		}
		if !c.NextRun.After(now) || p.readAnew(c, readings(saved.model, sources)) {
			due = append(due, c)
		}
	}
	return due, nil
}

// readAnew reports whether the sources of a connection are read in a way that was neither
// fetched nor tried yet.
func (p *pulling) readAnew(c store.Connection, now map[string]string) bool {
	changed := false
	for id, reading := range now {
		changed = changed || c.Progress[id].Reading != reading
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	tried, some := p.tried[c.ID]
	// A reading that failed and was put back is fetched once more, to be told good again.
	return (changed || some && c.Failure.Code != "") && tried != fmt.Sprint(now)
}

// sourcesOf are the sources of a model that a connection brings.
func sourcesOf(m *goal.Model, name string) []*goal.Source {
	var out []*goal.Source
	for _, src := range m.Sources {
		if src.Kind == goal.SourceConnection && src.Connection == name {
			out = append(out, src)
		}
	}
	return out
}

// readings tell how each source is read.
func readings(m *goal.Model, sources []*goal.Source) map[string]string {
	out := map[string]string{}
	for _, src := range sources {
		sum := sha256.Sum256([]byte(readingKey(m, src.ID)))
		out[src.ID] = hex.EncodeToString(sum[:8])
	}
	return out
}

// take keeps one program from fetching a connection twice at once; the lease does it
// among several.
func (p *pulling) take(id store.ConnectionID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[id] {
		return false
	}
	p.busy[id] = true
	return true
}

func (p *pulling) leave(id store.ConnectionID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.busy, id)
}

// pull runs one connection and writes down how it went.
func (p *pulling) pull(ctx context.Context, c store.Connection) {
	if !p.take(c.ID) {
		return
	}
	defer p.leave(c.ID)
	connections, log := p.server.deps.Store.Connections, p.server.deps.Log.With("connection", c.ID)
	held, err := connections.Lease(ctx, c.Workspace, c.ID, p.node, pullLease)
	if err != nil || !held {
		if err != nil && ctx.Err() == nil {
			log.Error("taking a connection", "error", err)
		}
		return
	}
	limited, stop := context.WithTimeout(ctx, longestPull)
	defer stop()
	go p.prolong(limited, stop, c)
	run := store.ConnectionRun{Started: p.server.deps.Clock().UTC(), Days: noDays}
	zone, err := p.fetch(limited, c, &run)
	run.Ended = p.server.deps.Clock().UTC()
	if ctx.Err() != nil {
		// The program ends: this was no failure. Another one need not wait for the lease.
		_, _ = connections.Lease(context.WithoutCancel(ctx), c.Workspace, c.ID, p.node, 0)
		return
	}
	next := nextRun(c, zone, run.Ended)
	if err != nil {
		if errors.Is(err, errChangedMeanwhile) {
			next = run.Ended
		}
		failure := failureToTell(limited, err)
		if failure.Code == connect.Internal {
			log.Error("fetching a connection", "error", err)
		}
		run.Failure = store.RunFailure{Code: string(failure.Code), What: failure.What}
		if next.After(run.Ended) {
			next = retryAt(c, failure, zone, run.Ended)
		}
	}
	stop()
	err = connections.Finish(ctx, c.Workspace, c.ID, p.node, run, next)
	if _, gone := errors.AsType[store.ErrNotFound](err); err != nil && !gone { // deleted, or taken over
		log.Error("writing down a run", "error", err)
	}
}

// prolong keeps the lease while a run lasts, and ends the run where it is lost.
func (p *pulling) prolong(ctx context.Context, lost context.CancelFunc, c store.Connection) {
	ticker := time.NewTicker(pullLease / 4)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if held, err := p.server.deps.Store.Connections.Lease(ctx, c.Workspace, c.ID, p.node, pullLease); err == nil && !held {
			lost()
			return
		}
	}
}

// errChangedMeanwhile says that the model was saved while rows were fetched for the old
// one.
var errChangedMeanwhile = errors.New("the model was changed meanwhile")

// failureToTell puts any error into words. What nobody outside can do anything about says
// no more than that it happened; the log has the rest.
func failureToTell(ctx context.Context, err error) *connect.Failure {
	if failure, ok := errors.AsType[*connect.Failure](err); ok {
		return failure
	}
	if key, ok := errors.AsType[*vault.KeyError](err); ok {
		return &connect.Failure{Code: connect.BadKey, What: key.Text()}
	}
	if problems, ok := words.AsProblems(err); ok && len(problems) > 0 {
		what := problems[0].What
		if mend := problems[0].Mend; !mend.Zero() {
			what = words.Text{JA: what.JA + mend.JA, EN: what.EN + " " + mend.EN}
		}
		return &connect.Failure{Code: connect.BadData, What: what}
	}
	if ctx.Err() != nil {
		return &connect.Failure{Code: connect.TooSlow, What: words.T("時間がかかりすぎたので、途中で止めました。続きは次の回に取り込みます。", "It took too long and was stopped; the next run goes on from there.")}
	}
	if errors.Is(err, errChangedMeanwhile) || errors.As(err, new(store.ErrConflict)) {
		return &connect.Failure{Code: connect.Busy, What: words.T("取り込みの途中でモデルが変わったので、もう一度取り込みます。", "The model changed meanwhile; it is fetched again.")}
	}
	return &connect.Failure{Code: connect.Internal, What: words.T("サーバーの内部で問題が起きました。しばらくして、もう一度取りに行きます。", "An internal problem came up. It is tried again later.")}
}

// yesterdayIn is the last day that is over.
func (s *Server) yesterdayIn(zone *time.Location) series.Day {
	return series.DayOf(s.deps.Clock().In(zone)) - 1
}

// secretOwner is what a connection's secret is bound to.
func secretOwner(ws store.WorkspaceID, id store.ConnectionID) string {
	return "connection\x00" + string(ws) + "\x00" + string(id)
}

// seal encrypts a connection's secret; nil for none.
func (s *Server) seal(ws store.WorkspaceID, id store.ConnectionID, secret string) ([]byte, error) {
	if secret == "" {
		return nil, nil
	}
	if s.deps.Vault == nil {
		return nil, errors.New("keep a secret: no key file is named")
	}
	return s.deps.Vault.Seal(secretOwner(ws, id), []byte(secret))
}

// secretOf opens a connection's secret; "" for none.
func (s *Server) secretOf(ctx context.Context, ws store.WorkspaceID, id store.ConnectionID) (string, error) {
	sealed, err := s.deps.Store.Connections.Secret(ctx, ws, id)
	if err != nil || len(sealed) == 0 {
		return "", err
	}
	if s.deps.Vault == nil {
		return "", errors.New("open a secret: no key file is named")
	}
	secret, err := s.deps.Vault.Open(secretOwner(ws, id), sealed)
	return string(secret), err
}
