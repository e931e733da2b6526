package server

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// LeadTimelineReply is what happened with whoever a lead is of, the newest first.
type LeadTimelineReply struct {
	TimelineReply
	Company  *CompanyGuess `json:"company" doc:"of a visitor without a name: where they may be from; null: nothing speaks for any, or they are known"`
	Withheld string        `json:"withheld" doc:"why nothing of a visitor is shown: the privacy notice does not say so; empty where it is"`
}

// CompanyGuess is a company somebody may be from.
type CompanyGuess struct {
	ID    string `json:"id" doc:"of the company where it is known, else empty"`
	Name  string `json:"name"`
	Why   string `json:"why" doc:"what speaks for it"`
	Owner string `json:"owner" doc:"name of who looks after its people; empty: nobody, or it is not known"`
}

func (s *Server) registerLeadTimeline(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-lead-timeline", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: "/api/workspaces/{ws}/leads/{id}/timeline",
		Summary: "What happened with whoever a lead is of; of a visitor without a name, where they may be from", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		LeadPath
		front.Lang
		Before int64 `query:"before" minimum:"0" doc:"milliseconds since 1970; from the newest where absent"`
		Limit  int   `query:"limit" minimum:"1" maximum:"500" default:"50"`
	}) (LeadTimelineReply, error) {
		return s.leadTimeline(ctx, in.LeadPath, event.Millis(in.Before), in.Limit, in.Words())
	})
}

// namelessWithheld says why nothing of a visitor is shown.
var namelessWithheld = words.T("匿名のときの行動は、プライバシーポリシーにそのことを書いて、版を「名簿」の設定に入れると表示します（個人情報保護法17条・21条）。",
	"What visitors without a name did is shown once the privacy notice says so and its version stands in the settings of People (Act on the Protection of Personal Information, articles 17 and 21).")

func (s *Server) leadTimeline(ctx context.Context, in LeadPath, before event.Millis, limit int, lang words.Lang) (LeadTimelineReply, error) {
	reply := LeadTimelineReply{TimelineReply: TimelineReply{Moments: []MomentView{}}}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return reply, err
	}
	lead, err := s.deps.Store.Leads.Get(ctx, ws.ID, store.LeadID(in.ID))
	if err != nil {
		return reply, err
	}
	if who := contactOf(lead); who != "" {
		reply.TimelineReply, err = s.timeline(ctx, in.Workspace, string(who), before, limit, lang)
		return reply, err
	}
	rows, may, err := s.eventsOfVisitor(ctx, ws.ID, lead)
	if err != nil {
		return reply, err
	}
	if !may {
		reply.Withheld = namelessWithheld.In(lang)
		return reply, nil
	}
	if len(rows) == 0 {
		return reply, nil
	}
	a, err := s.ask(ctx, in.Workspace, MeasuredSpan{}, lang)
	if err != nil {
		return reply, err
	}
	reply.did(a, rows, before)
	reply.page(limit)
	if reply.Company, err = s.guessedCompany(ctx, ws.ID, rows, lang); err != nil || reply.Company == nil {
		return reply, err
	}
	reply.Company.Owner, err = s.ownerName(ctx, map[string]string{}, reply.Company.Owner)
	return reply, err
}

// eventsOfVisitor is what the visitor of a lead did; false where the workspace's notice does
// not say that this is looked at.
func (s *Server) eventsOfVisitor(ctx context.Context, ws store.WorkspaceID, lead store.Lead) ([]warehouse.Row, bool, error) {
	allowed, err := s.stitching(ctx, ws)
	if err != nil || !allowed.may() {
		return nil, false, err
	}
	visitor, nameless := strings.CutPrefix(lead.Subject, visitorPrefix)
	if !nameless || s.measuring == nil {
		return nil, true, nil
	}
	rows, err := s.measuring.warehouse.Person(ctx, event.Workspace(ws), warehouse.Who{ID: visitor})
	return rows, true, err
}

// guessedCompany is where somebody who did all this may be from; nil where nothing tells.
func (s *Server) guessedCompany(ctx context.Context, ws store.WorkspaceID, rows []warehouse.Row, lang words.Lang) (*CompanyGuess, error) {
	events := make([]event.Event, len(rows))
	for i, row := range rows {
		events[i] = row.Event
	}
	guesses := contact.GuessCompany(events)
	ids := make([]string, len(guesses))
	for i, g := range guesses {
		ids[i] = g.Company.ID
	}
	known, err := s.deps.Store.Companies.GetMany(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	for _, g := range guesses {
		company, is := known[g.Company.ID]
		if !is && !g.Alone {
			continue
		}
		view := &CompanyGuess{ID: company.ID, Name: cmp.Or(company.Name, g.Company.Name, company.Domain, g.Company.Domain), Why: g.Why.In(lang)}
		if is {
			view.Owner, err = s.ownerOfCompany(ctx, ws, company.ID)
		}
		return view, err
	}
	return nil, nil
}

// colleagues is of how many people of a company it is looked who looks after them.
const colleagues = 50

// ownerOfCompany is who looks after most of a company's people; "" where nobody does.
func (s *Server) ownerOfCompany(ctx context.Context, ws store.WorkspaceID, company string) (string, error) {
	people, _, err := s.deps.Store.Contacts.List(ctx, ws, store.ContactQuery{Company: company, Limit: colleagues})
	if err != nil {
		return "", err
	}
	times, owner := map[string]int{}, ""
	for _, p := range people {
		if p.Owner == "" {
			continue
		}
		if times[p.Owner]++; owner == "" || times[p.Owner] > times[owner] {
			owner = p.Owner
		}
	}
	return owner, nil
}
