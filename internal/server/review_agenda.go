package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// planKind and planID are where the calendar of reviews is kept.
const planKind, planID = "review-plan", "plan"

// reviewPlan is a workspace's calendar of reviews; nil where it has none.
func (s *Server) reviewPlan(ctx context.Context, ws store.WorkspaceID) (*review.Plan, error) {
	doc, err := s.deps.Store.Documents.Get(ctx, ws, planKind, planID)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var plan review.Plan
	if err := json.Unmarshal(doc.Body, &plan); err != nil {
		return nil, fmt.Errorf("read the plan of reviews of %q: %w", ws, err)
	}
	return &plan, nil
}

func (s *Server) keepPlan(ctx context.Context, ws store.WorkspaceID, plan review.Plan, by string) error {
	body, err := json.Marshal(plan)
	if err != nil {
		return fmt.Errorf("write the plan of reviews of %q: %w", ws, err)
	}
	_, err = s.deps.Store.Documents.Put(ctx, ws, planKind, store.Document{ID: planID, Name: planID, Body: body, Author: by})
	return err
}

// calendarsOf are what a model's rhythms are laid over.
func calendarsOf(m *goal.Model) review.Calendars {
	return review.Calendars{Days: m.Calendar(), Fiscal: m.Fiscal}
}

// coming is the review that comes next.
type coming struct {
	Plan   *review.Plan
	Due    series.Day // of the rhythm
	On     series.Day // it is held on
	Begins time.Time
	Today  series.Day
}

// Overdue reports whether its day has passed.
func (c coming) Overdue() bool { return c.On < c.Today }

// comingReview is the review that comes next by the calendar; nil without one. last is the
// newest of the reviews there were.
func (s *Server) comingReview(ctx context.Context, ws store.Workspace, m *goal.Model, list []store.Review) (*coming, error) {
	plan, err := s.reviewPlan(ctx, ws.ID)
	if err != nil || plan == nil {
		return nil, err
	}
	last := series.Day(0)
	for _, r := range list {
		last = max(last, r.DueOn)
	}
	c := coming{Plan: plan, Today: s.todayOf(m)}
	c.Due, c.On = plan.Coming(last, c.Today, calendarsOf(m))
	c.Begins = plan.Begins(c.On, m.Location)
	return &c, nil
}

// nextReviewDay is the day of the review that comes; nil without one, and where its day has
// passed: that is told where people act on it.
func (s *Server) nextReviewDay(ctx context.Context, ws store.Workspace, m *goal.Model) (*series.Day, error) {
	list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	next, err := s.comingReview(ctx, ws, m, list)
	if err != nil || next == nil || next.Overdue() {
		return nil, err
	}
	return &next.On, nil
}

// looked is a workspace as a review sees it.
type looked struct {
	ws      store.Workspace
	board   *board
	opt     insight.Options
	scene   review.Scene
	today   series.Day
	list    []store.Review
	decided []store.ReviewDecision
	wishes  []store.ReviewWish
	last    *store.Review // the one before, with its minutes
}

// lookForReview gathers what an agenda is written from; wait is how long evidence is waited for.
func (s *Server) lookForReview(ctx context.Context, slug string, wait time.Duration) (*looked, error) {
	b, opt, err := s.lookedWithin(ctx, slug, front.At{}, words.JA, wait)
	if err != nil {
		return nil, err
	}
	l := &looked{board: b, opt: opt, today: s.todayOf(b.model)}
	if l.ws, err = s.workspace(ctx, slug); err != nil {
		return nil, err
	}
	versions, err := s.versions(ctx, l.ws.ID)
	if err != nil {
		return nil, err
	}
	if l.scene, err = b.scene(ctx, opt, versions[0].Version); err != nil {
		return nil, err
	}
	db := s.deps.Store
	if l.list, err = db.Reviews.List(ctx, l.ws.ID); err != nil {
		return nil, err
	}
	if l.decided, err = db.Reviews.Decisions(ctx, l.ws.ID, store.DecisionQuery{Limit: mostLookedBack}); err != nil {
		return nil, err
	}
	if l.wishes, err = db.Reviews.Wishes(ctx, l.ws.ID); err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(l.list, func(r store.Review) bool { return r.State == review.Closed }); at >= 0 {
		last, err := db.Reviews.Get(ctx, l.ws.ID, l.list[at].ID)
		if err != nil {
			return nil, err
		}
		l.last = &last
	}
	return l, nil
}

// mostLookedBack is how many decisions an agenda looks back at: more than a year of monthly
// reviews.
const mostLookedBack = 200

// agenda is what is on the next review, and what has changed since the one before.
func (s *Server) agenda(ctx context.Context, l *looked) ([]review.Item, []review.Change, error) {
	muted, err := s.deps.Store.MutedFindings.List(ctx, l.ws.ID)
	if err != nil {
		return nil, nil, err
	}
	material := review.Material{Today: l.today, Scene: l.scene}
	for _, m := range muted {
		material.Resting = append(material.Resting, m.Finding)
	}
	for _, d := range l.decided {
		if d.HeldOn >= l.today.AddMonths(-13) {
			material.Decided = append(material.Decided, review.Settled{ID: d.ID, Review: d.Review, On: d.HeldOn, By: d.By.Name, Decision: d.Decision})
		}
	}
	for _, w := range l.wishes {
		material.Wishes = append(material.Wishes, review.Wished{ID: w.ID, By: w.By.Name, Wish: w.Wish})
	}
	if material.Work, err = s.undertakings(ctx, l.ws.ID); err != nil {
		return nil, nil, err
	}
	if material.Agreement, err = s.agreementNews(ctx, l); err != nil {
		return nil, nil, err
	}
	if l.last == nil {
		return review.Agenda(material), nil, nil
	}
	material.Last, material.LastID = &l.last.Minutes, l.last.ID
	changed := review.Changes(l.last.Scene, l.scene)
	edits, err := s.mapEdits(ctx, l, l.last.Versions[1])
	return review.Agenda(material), append(changed, edits...), err
}

// undertakings finds initiatives with what came of them.
func (s *Server) undertakings(ctx context.Context, ws store.WorkspaceID) (func(id string) *review.Undertaking, error) {
	list, err := s.deps.Store.Initiatives.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	newest, err := s.deps.Store.Initiatives.Newest(ctx, ws)
	if err != nil {
		return nil, err
	}
	return func(id string) *review.Undertaking {
		at := slices.IndexFunc(list, func(i store.Initiative) bool { return i.ID == id })
		if at < 0 {
			return nil
		}
		work := review.Undertaking{Name: list[at].Name, State: string(list[at].State)}
		if told, some := newest[id]; some {
			work.Told = told.Sentence()
		}
		return &work
	}, nil
}

// mostEdits is how many changes of the map are read out.
const mostEdits = 8

// mapEdits is what was edited on the map since a version, beyond what a review decided
// itself: that is looked back at one by one.
func (s *Server) mapEdits(ctx context.Context, l *looked, since int) ([]review.Change, error) {
	if since == 0 || since >= l.scene.Version {
		return nil, nil
	}
	before, err := s.model(ctx, l.ws.ID, since)
	if _, unreadable := words.AsProblems(err); unreadable {
		return nil, nil // nothing can be told of it
	}
	if err != nil {
		return nil, err
	}
	var out []review.Change
	for _, c := range goal.Diff(before.model, l.board.model) {
		if len(out) == mostEdits {
			out = append(out, review.Change{Kind: "model", Text: words.T("地図には、ほかにも変更があります。", "There are more changes on the map.")})
			break
		}
		one := review.Change{Kind: "model", Text: c.Sentence}
		if c.What == "indicator" && l.board.model.Indicator(c.Indicator) != nil {
			one.Indicator = c.Indicator
		}
		out = append(out, one)
	}
	return out, nil
}

// agreementNews is what has to be said of who stands behind the goal; nil where everybody
// does. The state of the agreement knows it: nobody agreed, or not to this goal, or not
// everybody, or they mean different things by it.
func (s *Server) agreementNews(ctx context.Context, l *looked) (*review.AgreementNews, error) {
	state, err := s.agreementState(ctx, l.ws.ID)
	if err != nil {
		return nil, err
	}
	differ := state.DifferSentence()
	switch {
	case state.Standing != agreement.Agreed:
		news := &review.AgreementNews{Title: state.Short(), Sentence: state.Sentence(), Mend: state.Mend()}
		if !differ.Zero() {
			news.Sentence = words.T("%[1]s%[2]s", "%[1]s %[2]s", news.Sentence, differ)
		}
		return news, nil
	case !differ.Zero():
		return &review.AgreementNews{Title: words.T("目標の受け取り方に違いがあります", "The goal is understood differently"), Sentence: differ, Mend: agreedOf(state).Differ.Mend}, nil
	}
	return nil, nil
}

// beginReview writes the agenda down: from now on it stays as it is, and its items are settled
// one by one.
func (s *Server) beginReview(ctx context.Context, slug string) (store.Review, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return store.Review{}, err
	}
	by, err := s.author(ctx, ws.ID)
	if err != nil {
		return store.Review{}, err
	}
	l, err := s.lookForReview(ctx, slug, untilThere)
	if err != nil {
		return store.Review{}, err
	}
	items, changed, err := s.agenda(ctx, l)
	if err != nil {
		return store.Review{}, err
	}
	next, err := s.comingReview(ctx, l.ws, l.board.model, l.list)
	if err != nil {
		return store.Review{}, err
	}
	new := store.NewReview{DueOn: l.today, HeldOn: l.today, State: review.Held, Minutes: review.Minutes{
		Scene: l.scene, Items: front.Listed(items), Changed: front.Listed(changed), Present: []review.Person{}, Versions: [2]int{l.scene.Version, 0},
	}}
	if next != nil && early(*next) {
		new.DueOn = next.Due
	}
	if by.Name != "" {
		new.Minutes.Present = append(new.Minutes.Present, review.Person{ID: string(by.ID), Name: by.Name})
	}
	if l.last != nil {
		new.Minutes.Since = &review.Since{ID: l.last.ID, On: l.last.HeldOn}
	}
	wished := make([]review.Wished, len(l.wishes))
	for i, w := range l.wishes {
		wished[i] = review.Wished{ID: w.ID, Wish: w.Wish}
	}
	new.Wishes = review.TakenUp(items, wished)
	held, err := s.deps.Store.Reviews.Create(ctx, l.ws.ID, new, by)
	if _, going := errors.AsType[store.ErrExists](err); going {
		return held, front.Refuse(409, words.T("点検はもう始まっています。そちらを開いてください。", "A review is going on already. Please open that one."))
	}
	return held, err
}

// early reports whether a review that is held today stands for the coming one: its day has
// come, or is less than a week away.
func early(c coming) bool { return c.On-c.Today < 7 }
