package server

import (
	"cmp"
	"context"
	"slices"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mostInitiatives bounds what a workspace keeps: they are listed all at once.
const mostInitiatives = 1000

func (s *Server) listInitiatives(ctx context.Context, slug string, lang words.Lang) (InitiativesReply, error) {
	reply := InitiativesReply{Initiatives: []InitiativeView{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Initiatives.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	newest, err := s.deps.Store.Initiatives.Newest(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return reply, err
	}
	rank := map[initiative.State]int{initiative.Running: 0, initiative.Idea: 1, initiative.Finished: 2}
	slices.SortStableFunc(list, func(a, b store.Initiative) int { return cmp.Compare(rank[a.State], rank[b.State]) })
	for _, one := range list {
		view := initiativeView(b.model, one)
		if e, ok := newest[one.ID]; ok {
			told := initiativeEstimate(e.Estimate, e.Number, e.ToldAt, e.Author, lang)
			view.Estimate = &told
		}
		reply.Initiatives = append(reply.Initiatives, view)
	}
	return reply, nil
}

func initiativeView(m *goal.Model, kept store.Initiative) InitiativeView {
	view := InitiativeView{
		ID: kept.ID, Version: kept.Version, InitiativeBody: initiativeBodyOf(kept.Initiative), KPIName: kept.KPI,
		By: kept.Author, CreatedAt: kept.CreatedAt, UpdatedAt: kept.UpdatedAt,
	}
	if ind := m.Indicator(kept.KPI); ind != nil {
		view.KPIName, view.KPIUnit = ind.Name, ind.Unit
	}
	view.LeverName = kept.Lever
	if ind := m.Indicator(kept.Lever); ind != nil {
		view.LeverName = ind.Name
	}
	return view
}

func (s *Server) ownInitiative(ctx context.Context, of InitiativePath) (store.Workspace, store.Initiative, error) {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return ws, store.Initiative{}, err
	}
	if !front.IsName(of.ID) {
		return ws, store.Initiative{}, store.ErrNotFound{What: "initiative", Name: of.ID}
	}
	kept, err := s.deps.Store.Initiatives.Get(ctx, ws.ID, of.ID)
	return ws, kept, err
}

func (s *Server) getInitiative(ctx context.Context, of InitiativePath, lang words.Lang) (InitiativeReply, error) {
	ws, kept, err := s.ownInitiative(ctx, of)
	if err != nil {
		return InitiativeReply{}, err
	}
	return s.initiativeReply(ctx, ws, kept, lang)
}

func (s *Server) initiativeReply(ctx context.Context, ws store.Workspace, kept store.Initiative, lang words.Lang) (InitiativeReply, error) {
	reply := InitiativeReply{Log: []InitiativeEstimate{}, Chart: []InitiativeDay{}, Linked: []InitiativeAutomation{}}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return reply, err
	}
	reply.InitiativeView = initiativeView(b.model, kept)
	today := b.options(s.deps.Clock(), nil, lang).Today
	reply.CanEstimate = kept.From != nil && *kept.From <= today && b.model.Indicator(kept.KPI) != nil
	log, err := s.deps.Store.Initiatives.Estimates(ctx, ws.ID, kept.ID)
	if err != nil {
		return reply, err
	}
	for k, e := range log {
		told := initiativeEstimate(e.Estimate, e.Number, e.ToldAt, e.Author, lang)
		reply.Log = append(reply.Log, told)
		if k > 0 {
			continue
		}
		reply.Estimate = &told
		for _, d := range e.Chart {
			reply.Chart = append(reply.Chart, InitiativeDay{Day: d.Day, Actual: d.Actual, Expected: rangeOf(d.Expected)})
		}
	}
	if len(kept.Automations) > 0 {
		list, err := s.deps.Store.Automations.List(ctx, ws.ID)
		if err != nil {
			return reply, err
		}
		for _, a := range list {
			if slices.Contains(kept.Automations, a.ID) {
				reply.Linked = append(reply.Linked, InitiativeAutomation{a.ID, a.Name})
			}
		}
	}
	return reply, nil
}

// checkedInitiative reads a body; what is wrong is told at its field.
func (s *Server) checkedInitiative(ctx context.Context, ws store.Workspace, body InitiativeBody, was initiative.Initiative) (initiative.Initiative, error) {
	i := body.initiative()
	if faults := i.Check(); len(faults) > 0 {
		return i, front.BadRequest("body."+faults[0].Field, faults[0].What)
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return i, err
	}
	// One whose KPI has left the map may be edited as it is.
	if b.model.Indicator(i.KPI) == nil && i.KPI != was.KPI {
		return i, front.BadRequest("body.kpi", words.T("この指標は地図にありません。ほかのKPIを選んでください。", "This indicator is not on the map. Please choose another."))
	}
	if i.Lever != "" && b.model.Indicator(i.Lever) == nil && i.Lever != was.Lever {
		return i, front.BadRequest("body.lever", words.T("この指標は地図にありません。ほかの数を選んでください。", "This indicator is not on the map. Please choose another."))
	}
	return i, nil
}

func (s *Server) createInitiative(ctx context.Context, slug string, body InitiativeBody, lang words.Lang) (InitiativeReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return InitiativeReply{}, err
	}
	i, err := s.checkedInitiative(ctx, ws, body, initiative.Initiative{})
	if err != nil {
		return InitiativeReply{}, err
	}
	list, err := s.deps.Store.Initiatives.List(ctx, ws.ID)
	if err != nil {
		return InitiativeReply{}, err
	}
	if len(list) >= mostInitiatives {
		return InitiativeReply{}, front.BadRequest("body", words.T("施策は%d個までです。使っていないものを消してください。", "There may be %d initiatives. Delete one that is not used.", mostInitiatives))
	}
	kept, err := s.deps.Store.Initiatives.Create(ctx, ws.ID, i, front.AuthorOf(ctx))
	if err != nil {
		return InitiativeReply{}, err
	}
	return s.initiativeReply(ctx, ws, kept, lang)
}

func (s *Server) editInitiative(ctx context.Context, of InitiativePath, body EditInitiative, lang words.Lang) (InitiativeReply, error) {
	ws, kept, err := s.ownInitiative(ctx, of)
	if err != nil {
		return InitiativeReply{}, err
	}
	i, err := s.checkedInitiative(ctx, ws, body.InitiativeBody, kept.Initiative)
	if err != nil {
		return InitiativeReply{}, err
	}
	if kept, err = s.deps.Store.Initiatives.Save(ctx, ws.ID, kept.ID, body.Base, i); err != nil {
		return InitiativeReply{}, err
	}
	return s.initiativeReply(ctx, ws, kept, lang)
}

func (s *Server) deleteInitiative(ctx context.Context, of InitiativePath) error {
	ws, kept, err := s.ownInitiative(ctx, of)
	if err != nil {
		return err
	}
	return s.deps.Store.Initiatives.Delete(ctx, ws.ID, kept.ID)
}
