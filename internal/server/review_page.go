package server

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func (s *Server) listReviews(ctx context.Context, slug string, lang words.Lang) (ReviewsReply, error) {
	reply := ReviewsReply{Past: []PastReview{}, MayDecide: front.RequestOf(ctx).May(access.Decide)}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	decided, err := s.deps.Store.Reviews.Decisions(ctx, ws.ID, store.DecisionQuery{})
	if err != nil {
		return reply, err
	}
	of := map[string][]DecisionView{}
	for _, d := range slices.Backward(decided) {
		of[d.Review] = append(of[d.Review], decisionView(d, lang))
	}
	for _, r := range list {
		past := PastReview{ID: r.ID, DueOn: r.DueOn, HeldOn: r.HeldOn, State: string(r.State), By: r.By.Name, Decisions: front.Listed(of[r.ID])}
		switch r.State {
		case review.Held:
			reply.Held = front.OrNull(r.ID)
		case review.Skipped:
			whole, err := s.deps.Store.Reviews.Get(ctx, ws.ID, r.ID)
			if err != nil {
				return reply, err
			}
			past.Why = whole.Why
		}
		reply.Past = append(reply.Past, past)
	}
	reply.Today = s.todayOf(saved.model)
	next, err := s.comingReview(ctx, ws, saved.model, list)
	if err != nil || next == nil {
		return reply, err
	}
	reply.Plan = &PlanView{PlanBody: planBody(*next.Plan), Sentence: next.Plan.Sentence().In(lang)}
	reply.Next = &NextReview{Due: next.Due, On: next.On, Moved: next.Due != next.On, Overdue: next.Overdue(), Begins: next.Begins, Lasts: next.Plan.Lasts,
		Invites: next.Plan.InviteFrom(next.On, calendarsOf(saved.model))}
	return reply, nil
}

// nextReviewPage is the agenda as it would be today.
func (s *Server) nextReviewPage(ctx context.Context, slug string, lang words.Lang) (ReviewPage, error) {
	l, err := s.lookForReview(ctx, slug, s.boards.ground.patience)
	if err != nil {
		return ReviewPage{}, err
	}
	items, changed, err := s.agenda(ctx, l)
	if err != nil {
		return ReviewPage{}, err
	}
	m := review.Minutes{Scene: l.scene, Items: items, Changed: changed, Versions: [2]int{l.scene.Version, 0}}
	if l.last != nil {
		m.Since = &review.Since{ID: l.last.ID, On: l.last.HeldOn}
	}
	page := minutesPage(m, lang)
	page.ID, page.State, page.Evidence, page.Today = nextReview, "coming", evidenceState(l.opt), l.today
	page.MayDecide = front.RequestOf(ctx).May(access.Decide)
	next, err := s.comingReview(ctx, l.ws, l.board.model, l.list)
	if err != nil {
		return page, err
	}
	if next != nil {
		page.DueOn, page.HeldOn, page.Begins = &next.Due, &next.On, &next.Begins
	}
	for i := range page.Items {
		for _, w := range l.wishes {
			if id := w.About(); id == page.Items[i].ID || "own:"+w.ID == page.Items[i].ID {
				page.Items[i].Wish = front.OrNull(w.ID)
			}
		}
		if ind := l.board.model.Indicator(items[i].Indicator); ind != nil {
			page.Items[i].IndicatorName = ind.Name
		}
	}
	return page, nil
}

// reviewPage is a review that was begun.
func (s *Server) reviewPage(ctx context.Context, slug string, kept store.Review, lang words.Lang) (ReviewPage, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ReviewPage{}, err
	}
	decided, err := s.deps.Store.Reviews.Decisions(ctx, ws.ID, store.DecisionQuery{Review: kept.ID})
	if err != nil {
		return ReviewPage{}, err
	}
	page := minutesPage(kept.Minutes, lang)
	page.ID, page.State, page.Version, page.By, page.Evidence = kept.ID, string(kept.State), kept.Version, kept.By.Name, "ready"
	page.DueOn, page.HeldOn, page.MayDecide = &kept.DueOn, &kept.HeldOn, front.RequestOf(ctx).May(access.Decide)
	for i := range page.Items {
		for _, d := range decided {
			if d.Item == page.Items[i].ID {
				view := decisionView(d, lang)
				page.Items[i].Decision = &view
			}
		}
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return page, err
	}
	page.Today = s.todayOf(saved.model)
	for _, one := range kept.Reopened {
		page.Reopened = append(page.Reopened, ReviewAgain(one))
	}
	if kept.State == review.Closed && page.MayDecide && len(kept.Reopened) < review.MostReopened {
		list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
		if err != nil {
			return page, err
		}
		page.MayReopen = lastHeld(list, kept.ID)
	}
	if kept.State != review.Held {
		return page, nil
	}
	choice, err := s.deps.Store.Focuses.On(ctx, ws.ID, page.Today)
	if err != nil {
		return page, err
	}
	for _, kpi := range watchedOn(saved.model, choice).KPIs {
		page.Focus = append(page.Focus, kpi.Name)
	}
	page.FocusSaid = choice.Review == kept.ID
	return page, nil
}

// minutesPage is what was written down, in one language.
func minutesPage(m review.Minutes, lang words.Lang) ReviewPage {
	page := ReviewPage{AsOf: m.Scene.AsOf, Versions: ReviewVersions{Before: m.Versions[0]}, Reopened: []ReviewAgain{}, Lines: []ReviewLine{}, Changed: []ReviewChange{}, Items: []ReviewItem{},
		Present: []ReviewPerson{}, Note: m.Note, Why: m.Why, Left: front.Listed(m.Left), Focus: front.Listed(m.Focus), FocusSaid: m.Focus != nil}
	if m.Versions[1] != 0 {
		page.Versions.After = &m.Versions[1]
	}
	if m.Since != nil {
		page.Since = &ReviewBefore{ID: m.Since.ID, On: m.Since.On}
	}
	for _, line := range m.Scene.Lines {
		page.Lines = append(page.Lines, ReviewLine{Kind: line.Kind, Mark: front.OrNull(line.Mark), Text: line.Text.In(lang)})
	}
	for _, c := range m.Changed {
		page.Changed = append(page.Changed, ReviewChange{Kind: c.Kind, Indicator: front.OrNull(c.Indicator), Mark: front.OrNull(c.Mark), Good: c.Good, Text: c.Text.In(lang)})
	}
	for _, p := range m.Present {
		page.Present = append(page.Present, ReviewPerson{p.ID, p.Name})
	}
	for _, item := range m.Items {
		page.Items = append(page.Items, itemView(item, m.Scene, lang))
	}
	return page
}

func itemView(item review.Item, scene review.Scene, lang words.Lang) ReviewItem {
	view := ReviewItem{ID: item.ID, Kind: string(item.Kind), Severity: front.OrNull(item.Severity), Indicator: front.OrNull(item.Indicator), Link: []string{},
		Title: item.Title.In(lang), Sentence: item.Sentence.In(lang), Body: []string{}, Mend: item.Mend.In(lang), Times: item.Times, By: item.By}
	if r := scene.Reading(item.Indicator); r != nil {
		view.IndicatorName = r.Name
	}
	if item.From != "" {
		view.Link = []string{item.From, item.To}
	}
	for _, line := range item.Body {
		view.Body = append(view.Body, line.In(lang))
	}
	if item.Stake != nil {
		view.Stake = &ReviewStake{item.Stake.Amount, item.Stake.Unit, item.Stake.Label.In(lang)}
	}
	if was := item.Was; was != nil {
		d := decisionView(store.ReviewDecision{ID: was.ID, Review: was.Review, HeldOn: was.On, Decision: was.Decision, By: store.Author{Name: was.By}}, lang)
		view.Was = &d
	}
	if o := item.Outcome; o != nil {
		view.Outcome = &ReviewOutcome{Mark: front.OrNull(o.Mark), Open: o.Open, Text: o.Text.In(lang)}
	}
	return view
}
