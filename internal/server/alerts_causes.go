package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// newsDays is for how long something dated is news: a milestone of last spring is none.
const newsDays = 21

// waitingLeads bounds how many open leads are looked at.
const waitingLeads = 500

// alertMoment is the moment alerts are thought of in a workspace, and by what its numbers
// are known. ErrNotFound for a workspace without a map.
func (s *Server) alertMoment(ctx context.Context, ws store.Workspace) (alert.Moment, string, error) {
	saved, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if err != nil {
		return alert.Moment{}, "", err
	}
	now := s.deps.Clock().In(saved.model.Location)
	at := alert.Moment{Now: now, Open: saved.model.Calendar().IsBusinessDay(series.DayOf(now))}
	return at, fmt.Sprintf("%d/%d", saved.Version, ws.DataRevision), nil
}

// alertCauses is everything worth telling that stands in a workspace, said in both
// languages.
func (s *Server) alertCauses(ctx context.Context, ws store.Workspace, settings alert.Settings, at alert.Moment) ([]alert.Cause, error) {
	out, err := s.numberCauses(ctx, ws)
	if err != nil {
		return nil, err
	}
	open, err := s.deps.Store.Leads.List(ctx, ws.ID, store.LeadQuery{Verdicts: []score.Verdict{score.Open}, To: event.Millis(at.Now.UnixMilli()), Limit: waitingLeads})
	if err != nil {
		return nil, err
	}
	leads := make([]alert.Lead, len(open))
	for i, l := range open {
		leads[i] = alert.Lead{ID: string(l.ID), Hot: time.UnixMilli(int64(l.HotAt))}
	}
	out = append(out, settings.Waiting(leads, at.Now)...)
	questions, err := s.openQuestions(ctx, ws)
	if _, unreadable := words.AsProblems(err); err != nil && !unreadable {
		return nil, err
	}
	var waiting []alert.OpenQuestion
	for _, q := range questions {
		waiting = append(waiting, alert.OpenQuestion{ID: q.ID, About: cmp.Or(q.About, ws.Name), By: q.Asked.Name, Asked: q.AskedAt, Path: "/share/questions?open=" + url.QueryEscape(q.ID)})
	}
	out = append(out, settings.Unanswered(waiting, at.Now)...)
	overdue, err := s.overdueReviews(ctx, ws)
	if err != nil {
		return nil, err
	}
	out = append(out, alert.Reviews(overdue, series.DayOf(at.Now))...)
	asked, err := s.openAgreement(ctx, ws)
	if err != nil {
		return nil, err
	}
	out = append(out, alert.Agreements(asked, series.DayOf(at.Now))...)
	connections, err := s.deps.Store.Connections.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	var failing []alert.Fetching
	for _, c := range connections {
		if c.Failure.Code != "" && !c.Paused {
			failing = append(failing, alert.Fetching{ID: string(c.ID), Name: c.Name, Since: c.LastSuccess, Failures: c.Failures, Why: c.Failure.What})
		}
	}
	return append(out, alert.Failing(failing, at.Now)...), nil
}

// openAgreement is what is waited for on the way to agreeing on the goal; nil for nothing.
func (s *Server) openAgreement(ctx context.Context, ws store.Workspace) (*alert.OpenAgreement, error) {
	a, err := s.agreementOf(ctx, ws)
	if _, unreadable := words.AsProblems(err); unreadable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	since, _, missing, waits := a.waits()
	if !waits {
		return nil, nil
	}
	n := len(a.kept.proposals)
	return &alert.OpenAgreement{Since: since, Missing: missing, Path: agreementPath, Signing: n > 0 && agreement.Same(a.kept.proposals[n-1].Goal, a.goal())}, nil
}

// overdueReviews are reviews whose day has passed: to those that come people are invited.
func (s *Server) overdueReviews(ctx context.Context, ws store.Workspace) ([]alert.DueReview, error) {
	saved, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	next, err := s.comingReview(ctx, ws, saved.model, list)
	if err != nil || next == nil || !next.Overdue() {
		return nil, err
	}
	return []alert.DueReview{{ID: next.Due.String(), Title: saved.model.Name, On: next.On, Path: "/share/reviews/" + nextReview}}, nil
}

// numberCauses are the causes that numbers tell: findings and milestones. A workspace whose
// model cannot be read has none.
func (s *Server) numberCauses(ctx context.Context, ws store.Workspace) ([]alert.Cause, error) {
	b, _, err := s.boards.board(ctx, ws, 0)
	if _, unreadable := words.AsProblems(err); unreadable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	opt, err := b.grounded(ctx, b.options(s.deps.Clock(), nil, words.JA), untilThere)
	if err != nil {
		return nil, err
	}
	muted, err := s.deps.Store.MutedFindings.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	rests := map[string]bool{}
	for _, m := range muted {
		rests[m.Finding] = true
	}
	watched, err := s.focusOf(ctx, ws)
	if err != nil {
		return nil, err
	}
	return waitedFor(ctx, opt, func(opt insight.Options) ([]alert.Cause, error) {
		v := insight.NewView(b.fresh(), opt)
		ja := v.Review()
		in := opt
		in.Lang = words.EN
		en := insight.NewView(b.fresh(), in).Review()
		name := func(id string) string { return b.model.Indicator(id).Name }
		out := alert.Findings(ja, en, rests, name)
		behind := map[string]bool{}
		for _, c := range out {
			behind[c.Key] = true
		}
		for _, m := range b.marks(v.Status(), opt) {
			c := m.Cause()
			// Behind its pace at the end of a month is behind its pace: that is told already.
			if !c.Good && !m.Target && (behind["pace:"+m.Indicator] || behind["pace:"+m.Indicator+":far"]) {
				continue
			}
			out = append(out, c)
		}
		alert.Watching(out, watched.Indicators, watched.Until)
		return out, nil
	})
}

// marks are the numbers that were to be reached lately, and what came: the milestones
// people set, those of the way to the goal, and targets.
func (b *board) marks(standing *insight.Standing, opt insight.Options) []alert.Mark {
	ends := map[series.Day]*insight.View{}
	valueOn := func(id string, day series.Day) *float64 {
		v := ends[day]
		if v == nil {
			v = insight.NewView(b.fresh(), insight.Options{AsOf: day, Evidence: &insight.Evidence{}, Abandoned: opt.Abandoned})
			ends[day] = v
		}
		return v.ReadValue(id)
	}
	var out []alert.Mark
	for _, r := range standing.Indicators {
		if r.Goal == nil || r.Goal.Amount == nil || r.Freshness.LastDay == nil {
			continue
		}
		mark := alert.Mark{Indicator: r.ID, Name: r.Name, Unit: r.Unit, Direction: goal.Direction(r.Goal.Direction)}
		if r.Goal.By != nil {
			end := mark
			end.By, end.Value, end.Target = *r.Goal.By, *r.Goal.Amount, true
			switch {
			case r.Value != nil && end.By > opt.AsOf && r.Status == insight.StatusMet && r.Goal.Kind != string(goal.TargetHold):
				end.Got, end.Early = *r.Value, true
				out = append(out, end)
			case b.news(end.By, opt.AsOf, r):
				if got := valueOn(r.ID, end.By); got != nil {
					end.Got = *got
					out = append(out, end)
				}
			}
		}
		for _, m := range r.Goal.Milestones {
			// Milestones nobody has set are those of the goal alone: ten numbers a month are noise.
			if m.Derived && !r.IsKGI || r.Goal.By != nil && m.By >= *r.Goal.By || !b.news(m.By, opt.AsOf, r) {
				continue
			}
			if got := valueOn(r.ID, m.By); got != nil {
				one := mark
				one.By, one.Value, one.Got = m.By, m.Value, *got
				out = append(out, one)
			}
		}
		if span := r.LastPeriodSpan; r.IsKGI && span != nil && r.LastPeriod != nil && b.news(span.To, opt.AsOf, r) {
			one := mark
			one.By, one.Value, one.Got, one.Target, one.Period = span.To, *r.Goal.Amount, *r.LastPeriod, true, span
			out = append(out, one)
		}
	}
	return out
}

// news reports whether what was to be by a day can be told now: the day is over, not long
// ago, and its numbers are in.
func (b *board) news(by, asOf series.Day, r *insight.Reading) bool {
	return by <= asOf && by > asOf-newsDays && *r.Freshness.LastDay >= by
}

// isConflict reports whether somebody else was faster.
func isConflict(err error) bool {
	_, is := errors.AsType[store.ErrConflict](err)
	return is
}
