package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/words"
)

// NowReply is what happens at this moment.
type NowReply struct {
	People  int        `json:"people" doc:"different people in the last 5 minutes"`
	Minutes []int      `json:"minutes" doc:"views in each of the last 30 minutes, the oldest first"`
	Events  []EventRow `json:"events" doc:"the newest first"`
	Partial bool       `json:"partial" doc:"more happened than is kept at hand: people and minutes are at least this"`
	Now     int64      `json:"now" doc:"milliseconds since 1970"`
}

// Windows of the live view.
const (
	presentFor   = 5 * time.Minute
	shownMinutes = 30
	shownEvents  = 50
	keptAtHand   = 500 // of a workspace, in the hub
)

func (s *Server) registerNow(api huma.API) {
	tags := []string{"measure"}
	front.Handle(api, huma.Operation{
		OperationID: "get-now", Metadata: front.Needs(access.SeeVisits), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/now",
		Summary: "What happens at this moment", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (NowReply, error) {
		a, err := s.ask(ctx, in.Workspace, MeasuredSpan{}, in.Words())
		if err != nil {
			return NowReply{}, err
		}
		return a.now(s.measuring.hub, s.deps.Clock()), nil
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "watch-events", Metadata: front.Needs(access.SeeVisits), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/live",
		Summary: "Every event the moment it is acknowledged (server-sent events)", Tags: tags,
		Responses: map[string]*huma.Response{"200": {
			Description: "event: event, data: an EventRow", Content: map[string]*huma.MediaType{"text/event-stream": {}},
		}},
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (*huma.StreamResponse, error) {
		a, err := s.ask(ctx, in.Workspace, MeasuredSpan{}, in.Words())
		if err != nil {
			return nil, err
		}
		watch, err := s.measuring.hub.Subscribe(a.scope.Workspace)
		if errors.Is(err, inbox.ErrCrowded) {
			return nil, front.Refuse(http.StatusTooManyRequests, words.T("いま見ている人が多すぎます。少し待ってから開いてください。",
				"Too many people are watching. Please wait a little and open it again."))
		}
		if err != nil {
			return nil, fmt.Errorf("watch %q: %w", in.Workspace, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer watch.Close()
			// Whoever is taken out of the workspace, or signed out, sees no more.
			a.stream(hc, watch, s.leaving, func() bool { return s.mayDo(hc) == nil })
		}}, nil
	})
}

func (a asked) now(hub *inbox.Hub, at time.Time) NowReply {
	recent := hub.Recent(a.scope.Workspace, keptAtHand)
	reply := NowReply{Minutes: make([]int, shownMinutes), Events: []EventRow{}, Now: at.UnixMilli()}
	people := map[string]bool{}
	for _, e := range recent {
		if e.Bot != "" {
			continue
		}
		ago := at.Sub(time.UnixMilli(int64(e.ReceivedAt)))
		if ago < presentFor {
			people[e.Visitor] = true
		}
		if minute := int(ago / time.Minute); minute >= 0 && minute < shownMinutes && (e.Kind == event.Page || e.Kind == event.Screen) {
			reply.Minutes[shownMinutes-1-minute]++
		}
		if len(reply.Events) < shownEvents && e.Name != event.Engagement {
			reply.Events = append(reply.Events, a.liveRow(e))
		}
	}
	reply.People = len(people)
	if len(recent) == keptAtHand {
		oldest := recent[len(recent)-1]
		reply.Partial = at.Sub(time.UnixMilli(int64(oldest.ReceivedAt))) < shownMinutes*time.Minute
	}
	return reply
}

// liveRow is an event as it is shown; what is not yet in the warehouse has no person there.
func (a asked) liveRow(e event.Event) EventRow {
	row := a.eventRow(warehouse.Row{Event: e})
	row.Person = shortName(e.Visitor)
	return row
}

// heartbeat keeps proxies from closing a quiet stream, and is how often it is asked whether
// somebody may still watch.
const heartbeat = 15 * time.Second

func (a asked) stream(hc huma.Context, watch *inbox.Subscription, leaving <-chan struct{}, stillMay func() bool) {
	hc.SetHeader("Content-Type", "text/event-stream")
	hc.SetHeader("X-Accel-Buffering", "no")
	_, w := humago.Unwrap(hc)
	connection := http.NewResponseController(w)
	// It goes on for as long as somebody watches.
	_ = connection.SetWriteDeadline(time.Time{})
	send := func(text string) bool {
		_, err := io.WriteString(w, text)
		return err == nil && connection.Flush() == nil
	}
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	if !send(": watching\n\n") {
		return
	}
	for {
		select {
		case <-hc.Context().Done():
			return
		case <-leaving:
			return
		case <-ticker.C:
			if !stillMay() || !send(": still here\n\n") {
				return
			}
		case e, open := <-watch.C:
			if !open {
				return
			}
			if e.Bot != "" || e.Name == event.Engagement {
				continue
			}
			row, err := json.Marshal(a.liveRow(e))
			if err != nil || !send("event: event\ndata: "+string(row)+"\n\n") {
				return
			}
		}
	}
}

// shortName tells visitors apart without giving their ids away.
func shortName(visitor string) string {
	sum := sha256.Sum256([]byte(visitor))
	return hex.EncodeToString(sum[:4])
}
