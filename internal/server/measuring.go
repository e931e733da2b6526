package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/collect"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
)

// measuring is everything events go through here: the inbox with its three readers, the
// warehouse, the hub of the live view, and the door.
type measuring struct {
	inbox     *inbox.Inbox
	warehouse warehouse.Warehouse
	hub       *inbox.Hub
	keys      *writeKeys
	collect   *collect.Handler
	salts     *collect.DailySalts // visitors without a cookie are told apart by
	folding   *folding
}

// newMeasuring is nil without a warehouse: a server that takes no events in. Who acts on
// events besides is added to its readers.
func newMeasuring(deps Deps, more ...inbox.Effect) *measuring {
	if deps.Warehouse == nil {
		return nil
	}
	m := &measuring{warehouse: deps.Warehouse, hub: inbox.NewHub()}
	m.inbox = inbox.New(inbox.Options{
		Store: deps.Store.Inbox, IsFull: isFull, Hub: m.hub, Now: deps.Clock, Log: deps.Log,
	}, append([]inbox.Effect{inbox.IntoWarehouse(deps.Warehouse, m.note), inbox.IntoCatalogue(deps.Store.Inbox, deps.Store.Catalogue)}, more...)...)
	m.keys = &writeKeys{store: deps.Store}
	m.salts = collect.NewDailySalts(deps.Store.Salts, deps.Random, Zones(deps.Store))
	m.collect = collect.New(collect.Options{
		Inbox: m.inbox, Keys: m.keys, Salts: m.salts,
		Now: deps.Clock, Log: deps.Log,
		// Behind a proxy every visitor without a cookie would else be one and the same.
		Address: func(r *http.Request) string { return addressOf(r, deps.URL != "") },
	})
	return m
}

// isFull reports whether an error of the state or of the warehouse says that the disk is
// full. The warehouse's engine tells so in words only.
func isFull(err error) bool {
	return store.IsFull(err) || err != nil && strings.Contains(strings.ToLower(err.Error()), "no space left on device")
}

// note remembers that numbers changed. It is called by the writer and must not wait.
func (m *measuring) note(did warehouse.Written) {
	m.folding.note(did.Days)
}

// Measure takes events in until ctx ends: Serve does it by itself, and whoever only uses the
// Handler runs it beside. What was acknowledged is kept whatever happens to it.
func (s *Server) Measure(ctx context.Context) error {
	if s.measuring == nil {
		<-ctx.Done()
		return nil
	}
	return s.measuring.inbox.Run(ctx)
}

// measuringRun is Measure at work.
type measuringRun struct {
	ended <-chan struct{} // by itself, or because it was stopped
	stop  func() error    // waits for its end
}

// startMeasuring returns when events can be taken in, or when it has ended.
func (s *Server) startMeasuring(ctx context.Context) measuringRun {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	var failed error
	go func() {
		defer close(ended)
		if failed = s.Measure(ctx); failed != nil {
			failed = fmt.Errorf("take events in: %w", failed)
		}
	}()
	if s.measuring != nil {
		select {
		case <-s.measuring.inbox.Opened():
		case <-ended:
		}
	}
	return measuringRun{ended, func() error {
		cancel()
		<-ended
		return failed
	}}
}

// MeasuringState tells how the inbox stands; the zero State where no events are taken in.
func (s *Server) MeasuringState() inbox.State {
	if s.measuring == nil {
		return inbox.State{}
	}
	return s.measuring.inbox.State()
}

// Accept takes events in that did not come by HTTP, like those of an import. It answers as
// the inbox does.
func (s *Server) Accept(ctx context.Context, events []event.Event) error {
	if s.measuring == nil {
		return inbox.ErrClosed
	}
	return s.measuring.inbox.Accept(ctx, events)
}

// mountCollect lets events in below /v1/. The guard lets them come from anywhere: a sender
// is known by its write key alone.
func (s *Server) mountCollect(mux *http.ServeMux) error {
	if s.measuring == nil {
		return nil
	}
	mux.Handle("/v1/", s.measuring.collect)
	return s.mountNotice(mux)
}

// zoneLife is how long a workspace's time zone is taken to be what it was.
const zoneLife = 30 * time.Second

// Zones tells the warehouse in which time zone a workspace's days are: that of its newest
// model. A workspace without a model, or one that cannot be read now, is where templates are.
func Zones(state *store.DB) warehouse.Zone {
	type known struct {
		zone    string
		version int
		until   time.Time
	}
	var mu sync.Mutex
	zones := map[event.Workspace]known{}
	return func(ws event.Workspace) string {
		mu.Lock()
		defer mu.Unlock()
		k, there := zones[ws]
		if there && time.Now().Before(k.until) {
			return k.zone
		}
		if !there {
			k.zone = template.Zone.String()
		}
		k.until = time.Now().Add(zoneLife)
		if saved, err := state.ModelVersions.Newest(context.Background(), store.WorkspaceID(ws)); err == nil && saved.Version != k.version {
			if model, err := goal.Parse(modelFile, []byte(saved.YAML)); err == nil {
				k.zone, k.version = model.Timezone, saved.Version
			}
		}
		zones[ws] = k
		return k.zone
	}
}
