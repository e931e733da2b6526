package server

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/store"
)

// How often it is looked whether something new is watched, and swept what nobody needs.
const (
	fillEvery  = 5 * time.Second
	sweepEvery = 6 * time.Hour
)

// watching gives new watches their past and takes away what nobody watches any more.
func (s *Server) watching(ctx context.Context) {
	ticker := time.NewTicker(fillEvery)
	defer ticker.Stop()
	var swept time.Time
	for {
		sweep := s.deps.Clock().Sub(swept) > sweepEvery
		if err := s.watchOnce(ctx, sweep); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("reading the past of what is watched", "error", err)
		} else if sweep {
			swept = s.deps.Clock()
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (s *Server) watchOnce(ctx context.Context, sweep bool) error {
	workspaces, err := s.deps.Store.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	for _, ws := range workspaces {
		if err := s.fillWatches(ctx, ws.ID); err != nil {
			return err
		}
		if sweep {
			if _, err := s.deps.Store.Watches.Sweep(ctx, ws.ID, s.nowMillis()); err != nil {
				return err
			}
			if _, err := s.deps.Store.Consents.Sweep(ctx, ws.ID, s.nowMillis()); err != nil {
				return err
			}
			if err := s.segments.warm(ctx, ws.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// shortened is how message ids begin of which the warehouse kept only the end.
const shortened = "00000000-0000-0000-"

// fillWatches reads the past of what is watched and has none yet from the events. The events
// that came in meanwhile were kept by whoever reads the inbox, under the same message ids.
func (s *Server) fillWatches(ctx context.Context, ws store.WorkspaceID) error {
	inUse, err := s.deps.Store.Watches.List(ctx, ws)
	if err != nil {
		return err
	}
	complete, asked := false, false
	for _, w := range inUse {
		if w.Filled {
			continue
		}
		if !asked {
			complete, asked = s.eventsAreIn(ctx), true
		}
		err := s.occurred(ctx, ws, w.Watched, func(list []lookedUp) error {
			rows := make([]store.Occurrence, 0, len(list))
			for _, one := range list {
				if one.Cookieless {
					continue // they are nobody by now
				}
				row := store.Occurrence{Watch: w.Watch, Subject: "v:" + one.Visitor, At: one.At, MessageID: one.MessageID}
				if one.known {
					row.Subject = subjectOf(one.person.ID)
				}
				if strings.HasPrefix(row.MessageID, shortened) {
					row.MessageID += "@" + strconv.FormatInt(int64(one.At), 10) // its end alone may be another's
				}
				rows = append(rows, row)
			}
			_, err := s.deps.Store.Occurrences.Add(ctx, ws, rows)
			return err
		})
		if err != nil {
			return err
		}
		if !complete {
			continue // and again in a moment: what is read twice is kept once
		}
		if err := s.deps.Store.Watches.NoteFilled(ctx, ws, w.Watch, w.Days); err != nil {
			return err
		}
	}
	return nil
}

// How long the events are waited for that whoever acts has passed before a watch was asked
// for, and how often it is looked.
const (
	waitForEvents = 3 * time.Second
	lookForEvents = 20 * time.Millisecond
)

// eventsAreIn waits until the warehouse has what the actor has passed by now: of that, a
// watch that is new was kept nothing. It reports whether it has.
func (s *Server) eventsAreIn(ctx context.Context) bool {
	if s.measuring == nil {
		return true
	}
	places := func() (acted, written int64) {
		for _, r := range s.measuring.inbox.State().Readers {
			switch r.Name {
			case actor.Name:
				acted = r.Place
			case "warehouse":
				written = r.Place
			}
		}
		return acted, written
	}
	passed, _ := places()
	for waited := time.Duration(0); ; waited += lookForEvents {
		if _, written := places(); written >= passed {
			return true
		}
		if waited >= waitForEvents {
			return false
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(lookForEvents):
		}
	}
}

func subjectOf(id contact.ID) string { return "c:" + string(id) }
