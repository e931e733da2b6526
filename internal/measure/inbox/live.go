package inbox

import (
	"errors"
	"strings"
	"sync"

	"github.com/shirube/shirube/internal/event"
)

// Bounds of the live view.
const (
	liveEvents      = 500 // of a workspace
	liveSubscribers = 100 // of a workspace
	liveAhead       = 256 // events a subscriber may be behind
	liveProperties  = 4 << 10
)

// ErrCrowded: a workspace has as many watchers as it may have.
var ErrCrowded = errors.New("too many are watching this workspace")

// Hub tells of events the moment they are acknowledged, to whoever watches in this process.
// It keeps the last 500 of each workspace. It is safe for concurrent use.
type Hub struct {
	mu    sync.Mutex
	rings map[event.Workspace]*ring
}

type ring struct {
	last     []event.Event // at most liveEvents, from next on the oldest
	next     int
	watchers map[*Subscription]struct{}
}

// Subscription is one watcher.
type Subscription struct {
	// C hands out events in the order they came. Who reads too slowly loses the oldest.
	C <-chan event.Event

	hub       *Hub
	workspace event.Workspace
	send      chan event.Event
	lost      int64
}

// NewHub makes a hub in which nothing has happened.
func NewHub() *Hub { return &Hub{rings: map[event.Workspace]*ring{}} }

// Publish tells of events, group after group. It never waits.
func (h *Hub) Publish(groups ...[]event.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	skip := surplus(groups)
	for _, events := range groups {
		for k := range events {
			e := &events[k]
			if skip[e.Workspace] > 0 {
				skip[e.Workspace]--
				continue
			}
			r := h.ring(e.Workspace)
			copied := compact(e)
			r.keep(copied)
			for s := range r.watchers {
				s.push(copied)
			}
		}
	}
}

// surplus is how many events of each workspace come before the last that would stay; they
// are not even copied. nil where all stay.
func surplus(groups [][]event.Event) map[event.Workspace]int {
	total := 0
	for _, events := range groups {
		total += len(events)
	}
	if total <= liveEvents {
		return nil
	}
	surplus := map[event.Workspace]int{}
	for _, events := range groups {
		for k := range events {
			surplus[events[k].Workspace]++
		}
	}
	for ws := range surplus {
		surplus[ws] -= liveEvents
	}
	return surplus
}

func (h *Hub) ring(ws event.Workspace) *ring {
	r := h.rings[ws]
	if r == nil {
		r = &ring{watchers: map[*Subscription]struct{}{}}
		h.rings[event.Workspace(strings.Clone(string(ws)))] = r
	}
	return r
}

func (r *ring) keep(e event.Event) {
	if len(r.last) < liveEvents {
		r.last = append(r.last, e)
		return
	}
	r.last[r.next] = e
	r.next = (r.next + 1) % liveEvents
}

// Recent is the last events of a workspace, newest first.
func (h *Hub) Recent(ws event.Workspace, limit int) []event.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rings[ws]
	if r == nil {
		return nil
	}
	n := len(r.last)
	list := make([]event.Event, 0, min(limit, n))
	for k := 1; k <= n && len(list) < limit; k++ {
		list = append(list, r.last[(r.next+n-k)%n])
	}
	return list
}

// Subscribe watches a workspace from now on. Close ends it. ErrCrowded.
func (h *Hub) Subscribe(ws event.Workspace) (*Subscription, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.ring(ws)
	if len(r.watchers) >= liveSubscribers {
		return nil, ErrCrowded
	}
	s := &Subscription{hub: h, workspace: ws, send: make(chan event.Event, liveAhead)}
	s.C = s.send
	r.watchers[s] = struct{}{}
	return s, nil
}

// push hands over an event; called with the hub's lock, so there is one sender.
func (s *Subscription) push(e event.Event) {
	for {
		select {
		case s.send <- e:
			return
		default:
		}
		select {
		case <-s.send:
			s.lost++
		default:
		}
	}
}

// Lost is how many events the watcher was too slow for.
func (s *Subscription) Lost() int64 {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return s.lost
}

// Close ends the watching; C gets nothing more.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if r := s.hub.rings[s.workspace]; r != nil {
		delete(r.watchers, s)
	}
}

// Forget lets go of the events that somebody asked to delete: those that a test names.
func (h *Hub) Forget(ws event.Workspace, gone func(*event.Event) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rings[ws]
	if r == nil {
		return
	}
	kept := make([]event.Event, 0, len(r.last))
	for k := range r.last {
		if e := &r.last[(r.next+k)%len(r.last)]; !gone(e) {
			kept = append(kept, *e)
		}
	}
	r.last, r.next = kept, 0
}

// compact is an event in memory of its own: the texts of an event that came in are parts of
// the whole body it came in with, which could be a thousand times as large.
func compact(e *event.Event) event.Event {
	c := *e
	texts := []*string{
		&c.Key, &c.MessageID, &c.Name, &c.Category, &c.Visitor, &c.AnonymousID, &c.UserID, &c.PreviousID, &c.GroupID,
		&c.Host, &c.Path, &c.Query, &c.Title, &c.ReferrerHost, &c.ReferrerPath,
		&c.Campaign.Source, &c.Campaign.Medium, &c.Campaign.Name, &c.Campaign.Term, &c.Campaign.Content,
		&c.ClickID, &c.Device, &c.Browser, &c.OS, &c.Language, &c.Bot, &c.Library, &c.Currency,
	}
	size := 0
	for _, text := range texts {
		size += len(*text)
	}
	var all strings.Builder
	all.Grow(size)
	for _, text := range texts {
		from := all.Len()
		all.WriteString(*text)
		*text = all.String()[from:]
	}
	c.Workspace = event.Workspace(strings.Clone(string(e.Workspace)))
	c.Properties = nil
	if len(e.Properties) <= liveProperties {
		c.Properties = append([]byte(nil), e.Properties...)
	}
	return c
}
