package server

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/focus"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// watched is what a team watches now, with the KPIs that are still on the map. It has none
// where nothing is watched.
type watched struct {
	store.FocusChoice
	KPIs []watchedKPI
}

// watchedKPI is one of them.
type watchedKPI struct{ ID, Name string }

// focusOf is what a team watches today.
func (s *Server) focusOf(ctx context.Context, ws store.Workspace) (watched, error) {
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return watched{}, err
	}
	choice, err := s.deps.Store.Focuses.On(ctx, ws.ID, s.todayOf(saved.model))
	return watchedOn(saved.model, choice), err
}

// watchedOn keeps of a choice what is on the map.
func watchedOn(m *goal.Model, choice store.FocusChoice) watched {
	w := watched{FocusChoice: choice}
	for _, id := range choice.Indicators {
		if ind := m.Indicator(id); ind != nil {
			w.KPIs = append(w.KPIs, watchedKPI{id, ind.Name})
		}
	}
	return w
}

// todayOf is today where the team is.
func (s *Server) todayOf(m *goal.Model) series.Day {
	return series.DayOf(s.deps.Clock().In(m.Location))
}

// setFocus keeps what a team watches from today on.
func (s *Server) setFocus(ctx context.Context, slug string, in SetFocus) (store.FocusChoice, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return store.FocusChoice{}, err
	}
	by, err := s.author(ctx, ws.ID)
	if err != nil {
		return store.FocusChoice{}, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return store.FocusChoice{}, err
	}
	today := s.todayOf(saved.model)
	choice := focus.Choice{Indicators: front.Listed(in.Indicators), From: today, Until: focus.Until(saved.model.Fiscal, today), Why: cleanParagraphs(in.Why)}
	if in.Until != nil {
		choice.Until = *in.Until
	}
	kpi := func(id string) bool { ind := saved.model.Indicator(id); return ind != nil && !ind.IsKGI }
	if fault := choice.Check(today, kpi); fault != nil {
		return store.FocusChoice{}, front.BadRequest("body."+fault.Field, fault.What)
	}
	held, err := s.heldReview(ctx, ws.ID)
	if err != nil {
		return store.FocusChoice{}, err
	}
	if held != nil && held.HeldOn == today {
		choice.Review = held.ID // it was set while everybody sat together
	}
	return s.deps.Store.Focuses.Set(ctx, ws.ID, choice, by)
}

// author is whose word something is, as it is kept.
func (s *Server) author(ctx context.Context, ws store.WorkspaceID) (store.Author, error) {
	user, err := s.speaker(ctx, ws)
	return store.Author{ID: user.ID, Name: user.Name}, err
}

// heldReview is the review that is going on; nil where none is.
func (s *Server) heldReview(ctx context.Context, ws store.WorkspaceID) (*store.Review, error) {
	list, err := s.deps.Store.Reviews.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(list, isHeld); at >= 0 {
		return &list[at], nil
	}
	return nil, nil
}

// adviseFocus is what the state of a team suggests to watch.
func (b *board) adviseFocus(ctx context.Context, opt insight.Options) (focus.Advice, error) {
	return waitedFor(ctx, opt, func(opt insight.Options) (focus.Advice, error) {
		ev := b.fresh()
		v := insight.NewView(ev, opt)
		kgi, standing := b.model.KGI(), v.Status()
		var candidates []focus.Candidate
		for _, w := range v.WorthWatching() {
			ind, r := b.model.Indicator(w.ID), standing.Reading(w.ID)
			candidates = append(candidates, focus.Candidate{ID: w.ID, Name: ind.Name, Unit: ind.Unit, Role: ind.Role, Status: r.Status, Pace: r.Pace,
				Leads: w.Leads, Gain: w.Gain, Tenth: w.Tenth, Below: w.Below})
		}
		return focus.Advise(focus.KGI{Name: kgi.Name, Unit: kgi.Unit, Flow: ev.Kind(kgi.ID) == formula.Flow}, candidates), nil
	})
}

// focusReply is what a team watches, what it watched before, and what its state suggests.
func (s *Server) focusReply(ctx context.Context, slug string, lang words.Lang) (FocusReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return FocusReply{}, err
	}
	b, opt, err := s.lookedWithin(ctx, slug, front.At{}, lang, s.boards.ground.patience)
	if err != nil {
		return FocusReply{}, err
	}
	today := s.todayOf(b.model)
	now, err := s.deps.Store.Focuses.On(ctx, ws.ID, today)
	if err != nil {
		return FocusReply{}, err
	}
	all, err := s.deps.Store.Focuses.List(ctx, ws.ID)
	if err != nil {
		return FocusReply{}, err
	}
	advice, err := b.adviseFocus(ctx, opt)
	if err != nil {
		return FocusReply{}, err
	}
	reply := FocusReply{
		Until: focus.Until(b.model.Fiscal, today), Most: focus.Most, History: []FocusView{}, Choices: []FocusKPI{},
		Advice: FocusAdvice{Stage: string(advice.Stage), Sentence: advice.Sentence.In(lang), Suggestions: []FocusSuggestion{}},
	}
	if now.Number > 0 {
		view := focusView(b.model, now)
		reply.Current = &view
	}
	for _, one := range all[:min(len(all), mostFocuses)] {
		if one.Number != now.Number && len(one.Indicators) > 0 {
			reply.History = append(reply.History, focusView(b.model, one))
		}
	}
	for _, one := range advice.Suggestions {
		reply.Advice.Suggestions = append(reply.Advice.Suggestions, FocusSuggestion{ID: one.ID, Name: one.Name, Why: one.Why.In(lang)})
	}
	for _, ind := range b.model.Indicators {
		if !ind.IsKGI {
			reply.Choices = append(reply.Choices, FocusKPI{ID: ind.ID, Name: ind.Name})
		}
	}
	return reply, nil
}

// mostFocuses is how many former choices are shown.
const mostFocuses = 24

func focusView(m *goal.Model, c store.FocusChoice) FocusView {
	view := FocusView{KPIs: []FocusKPI{}, From: c.From, Until: c.Until, Why: c.Why, By: c.By.Name, SetAt: c.CreatedAt, Review: front.OrNull(c.Review)}
	for _, id := range c.Indicators {
		kpi := FocusKPI{ID: id, Name: id}
		if ind := m.Indicator(id); ind != nil {
			kpi.Name, kpi.OnMap = ind.Name, true
		}
		view.KPIs = append(view.KPIs, kpi)
	}
	return view
}
