package server

import (
	"context"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
)

// lookedAt is what the operations show that a goal is shared by. Only people who signed in
// are noted, once a day for each thing; how often and how long is nobody's business.
var lookedAt = map[string]string{
	"get-map": "map", "get-indicator": "indicator", "get-review": "findings",
	"get-standing": "now", "get-glossary": "glossary", "get-agreement": "agreement",
	"list-reviews": "reviews", "get-review-page": "reviews", "list-reports": "reports", "get-report-issue": "reports", "list-questions": "questions", "get-question": "questions",
}

// looking keeps in memory what was noted today, so that a page that is opened again costs
// nothing.
type looking struct {
	mu    sync.Mutex
	day   series.Day
	noted map[lookKey]bool
}

type lookKey struct {
	workspace store.WorkspaceID
	look      store.Look
}

// mostNoted bounds the memory; beyond it the state is asked again, which knows it anyway.
const mostNoted = 50_000

// first reports whether something was not noted yet.
func (l *looking) first(key lookKey) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.day != key.look.Day || len(l.noted) >= mostNoted {
		l.day, l.noted = key.look.Day, map[lookKey]bool{}
	}
	if l.noted[key] {
		return false
	}
	l.noted[key] = true
	return true
}

// forget lets something be noted again: it could not be kept.
func (l *looking) forget(key lookKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.noted, key)
}

// looked notes that whoever asked has seen something.
func (s *Server) looked(ctx huma.Context) {
	known := front.RequestOf(ctx.Context())
	what := lookedAt[ctx.Operation().OperationID]
	if what == "" || known.Inside || known.Who == nil || known.Who.User.ID == "" {
		return
	}
	ws, err := s.workspace(ctx.Context(), ctx.Param("ws"))
	if err != nil {
		return // gone in this moment
	}
	look := store.Look{Day: s.dayOf(ws.ID, s.deps.Clock()), Person: known.Who.User.ID, What: what}
	if what == "indicator" {
		look.Thing = ctx.Param("id")
	}
	key := lookKey{ws.ID, look}
	if !s.looking.first(key) {
		return
	}
	s.note(ctx.Context(), known, func(ctx context.Context) error {
		err := s.deps.Store.Looks.Note(ctx, ws.ID, []store.Look{look})
		if err != nil {
			s.looking.forget(key)
		}
		return err
	})
}

// dayOf is the day a moment belongs to, in the workspace's own zone.
func (s *Server) dayOf(ws store.WorkspaceID, at time.Time) series.Day {
	return series.DayOf(at.In(s.place(ws)))
}

// How long the record and the looks are kept.
const (
	auditDays = 3 * 366
	mostAudit = 200_000
	lookDays  = 400
)

// tidyRecords forgets what is too old of the record and of the looks, and the addresses of
// people outside who were answered.
func (s *Server) tidyRecords(ctx context.Context) {
	list, err := s.deps.Store.Workspaces.List(ctx)
	if err != nil {
		s.deps.Log.Error("forgetting old records", "error", err)
		return
	}
	now := s.deps.Clock()
	for _, ws := range list {
		if _, err := s.deps.Store.Audit.Prune(ctx, ws.ID, now.AddDate(0, 0, -auditDays), mostAudit); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("forgetting old records", "workspace", ws.Slug, "error", err)
		}
		if _, err := s.deps.Store.Questions.ForgetAddresses(ctx, ws.ID, now.AddDate(0, 0, -addressAnswered), now.AddDate(0, 0, -addressWaiting)); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("forgetting addresses of askers", "workspace", ws.Slug, "error", err)
		}
		if _, err := s.deps.Store.Looks.Prune(ctx, ws.ID, s.dayOf(ws.ID, now)-lookDays); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("forgetting who looked", "workspace", ws.Slug, "error", err)
		}
	}
}
