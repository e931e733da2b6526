package server

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/effect"
	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// estimateInitiative says what is known today, and writes it into the log.
func (s *Server) estimateInitiative(ctx context.Context, of InitiativePath, lang words.Lang) (InitiativeReply, error) {
	ws, kept, err := s.ownInitiative(ctx, of)
	if err != nil {
		return InitiativeReply{}, err
	}
	b, opt, err := s.lookedWithin(ctx, of.Workspace, front.At{}, lang, groundPatience)
	if err != nil {
		return InitiativeReply{}, err
	}
	if kept.From == nil || *kept.From > opt.Today {
		return InitiativeReply{}, front.BadRequest("body", words.T("まだ始まっていないので、結果はありません。はじめた日を入れてください。", "It has not begun yet, so nothing came of it. Please say on which day it began."))
	}
	// The comparison takes a second or two of one core; what measures links waits its turn as well.
	select {
	case b.ground.turns <- struct{}{}:
	case <-ctx.Done():
		return InitiativeReply{}, context.Cause(ctx)
	}
	e, err := s.estimate(ctx, ws, kept, b, opt)
	<-b.ground.turns
	if err != nil {
		return InitiativeReply{}, err
	}
	if _, err := s.deps.Store.Initiatives.Tell(ctx, ws.ID, kept.ID, e, front.AuthorOf(ctx)); err != nil {
		return InitiativeReply{}, err
	}
	return s.initiativeReply(ctx, ws, kept, lang)
}

// estimate uses the best method the data allow: people held out by lot, else series that
// cannot have been touched.
func (s *Server) estimate(ctx context.Context, ws store.Workspace, kept store.Initiative, b *board, opt insight.Options) (initiative.Estimate, error) {
	ind := b.model.Indicator(kept.KPI)
	from, to := *kept.From, kept.Until(opt.AsOf)
	if ind == nil {
		return initiative.NotYet(initiative.NoIndicator, initiative.Named{ID: kept.KPI, Name: kept.KPI}, from, to), nil
	}
	kpi := initiative.Named{ID: ind.ID, Name: ind.Name, Unit: ind.Unit}
	if to < from {
		return initiative.NotYet(initiative.TooShort, kpi, from, from), nil
	}
	e, err := s.byLot(ctx, ws, kept, b, kpi, series.Span{From: from, To: to}, opt.Lang)
	if err != nil {
		return e, err
	}
	ev := b.fresh()
	history := func(id string) series.Daily { return ev.History(id) }
	if e.Method != initiative.Randomized {
		var others []initiative.Series
		for _, other := range initiative.Untouched(b.model, ind.ID, kept.Lever) {
			others = append(others, initiative.Series{Name: other.Name, Daily: history(other.ID)})
		}
		calendar := b.model.Calendar()
		e = initiative.BeforeAfter(initiative.Series{Name: ind.Name, Daily: history(ind.ID)}, others, from, to,
			func(d series.Day) bool { return !calendar.IsBusinessDay(d) && weekday(d) })
	}
	if e.Method != initiative.Randomized {
		e.KPI = kpi
	}
	if lever := b.model.Indicator(kept.Lever); lever != nil {
		e.Lever = &initiative.Named{ID: lever.ID, Name: lever.Name, Unit: lever.Unit}
		if e.Method != initiative.Randomized {
			e.Moved = initiative.Moved(history(lever.ID), from, to)
		}
	}
	e.Draw(history(ind.ID))
	if e.KPI == kpi { // what people reached of a goal is a number of people, and no number of the map
		if !insight.NewView(ev, opt).AddsUp(ind.ID) {
			e.Mean()
		}
		s.onKGI(&e, b, opt)
	}
	e.Pays(kept.Cost)
	return e, nil
}

// weekday reports Monday to Friday: the others are the week's own shape.
func weekday(d series.Day) bool {
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// byLot is the effect of the automations that are part of an initiative, of those who
// entered while it ran. Of several that serve its KPI the one with the most people speaks:
// two automations act on the same people, and their effects must not be added. Where the KPI
// is not known person by person, who reached the goal of the automation is.
func (s *Server) byLot(ctx context.Context, ws store.Workspace, kept store.Initiative, b *board, kpi initiative.Named, span series.Span, lang words.Lang) (initiative.Estimate, error) {
	best := initiative.Estimate{Method: initiative.NoMethod}
	most := 0.0
	for _, id := range kept.Automations {
		a, err := s.deps.Store.Automations.Get(ctx, ws.ID, id)
		if _, gone := errors.AsType[store.ErrNotFound](err); gone {
			continue
		}
		if err != nil {
			return best, err
		}
		if a.KPI != kpi.ID {
			continue
		}
		t, err := s.trialOf(ctx, ws.ID, a)
		if err != nil {
			return best, err
		}
		t.entries = slices.DeleteFunc(t.entries, func(e effect.Entry) bool {
			day := dayIn(e.At, b.model.Location)
			return day < span.From || day > span.To
		})
		moved, err := s.movedByLot(ctx, ws.ID, b.model.Indicator(kept.Lever), b.model, t)
		if err != nil {
			return best, err
		}
		outcome, said, err := s.outcomeOf(ctx, ws.ID, b.model, t, words.JA)
		if err != nil {
			return best, err
		}
		if said.Kind == "none" {
			continue
		}
		e := t.judge(outcome, s.deps.Clock())
		people, counts := e.Sent.People, kpi
		if said.Kind == "goal" {
			people, counts = people*goalBelow, goalNamed(a.Name, lang)
		}
		if e.Absolute == nil || people <= most {
			continue
		}
		most = people
		best = lotEstimate(e, a.Name, span)
		best.KPI = counts
		best.Moved = moved
	}
	return best, nil
}

// goalBelow puts every goal, however many people it speaks of, below any KPI.
const goalBelow = 1e-12

// goalNamed is the goal of an automation where an indicator's name stands.
func goalNamed(automation string, lang words.Lang) initiative.Named {
	return initiative.Named{Name: words.T("「%s」のゴールに届いた人", "people who reached the goal of “%s”", automation).In(lang), Unit: words.T("人", "people").In(lang)}
}

// movedByLot is by how much more of what the team moves those sent to did than those held
// out; nil where it is not known person by person.
func (s *Server) movedByLot(ctx context.Context, ws store.WorkspaceID, lever *goal.Indicator, m *goal.Model, t trial) (*initiative.Amount, error) {
	if lever == nil || s.deps.Warehouse == nil {
		return nil, nil
	}
	matchers, ok := personEvents(m, lever)
	if !ok {
		return nil, nil
	}
	outcome, err := s.eventOutcome(ctx, ws, t, matchers)
	if err != nil {
		return nil, err
	}
	return relativeOf(t.judge(outcome, s.deps.Clock())), nil
}

// relativeOf is the relative difference with the range that holds however often one looks.
func relativeOf(e effect.Effect) *initiative.Amount {
	if e.Relative == nil || e.Relative.Always == nil || math.IsInf(e.Relative.Always[1], 0) {
		return nil
	}
	return &initiative.Amount{Value: e.Relative.Value, Low: e.Relative.Always[0], High: e.Relative.Always[1]}
}

func lotEstimate(e effect.Effect, name string, span series.Span) initiative.Estimate {
	out := initiative.Estimate{
		Method: initiative.Randomized, Verdict: initiative.CannotTell, Reason: initiative.WithinNoise, From: span.From, To: span.To, Total: true,
		Compared: []string{name}, Chart: []initiative.ChartDay{},
		Effect: &initiative.Amount{Value: e.Absolute.Value * e.Sent.People, Low: e.Absolute.Always[0] * e.Sent.People, High: e.Absolute.Always[1] * e.Sent.People},
	}
	out.Relative = relativeOf(e)
	switch e.Verdict {
	case effect.Works:
		out.Verdict, out.Reason = initiative.Works, ""
	case effect.Harms:
		out.Verdict, out.Reason = initiative.Harms, ""
	}
	return out
}

// onKGI carries the effect on the KPI up the map, over the same days.
func (s *Server) onKGI(e *initiative.Estimate, b *board, opt insight.Options) {
	kgi := b.model.KGI()
	if e.Effect == nil || !e.Total || opt.Measuring {
		return
	}
	const month = 365.25 / 12
	scale := month / (float64(e.To-e.From) + 1)
	brought := insight.NewView(b.fresh(), opt).Brings(e.KPI.ID, insight.Extra{Value: e.Effect.Value * scale, Low: e.Effect.Low * scale, High: e.Effect.High * scale})
	if brought.KGI == nil || !brought.KGI.Monthly {
		return
	}
	e.KGI = &initiative.Named{ID: kgi.ID, Name: kgi.Name, Unit: kgi.Unit}
	e.OnKGI = &initiative.Amount{Value: brought.KGI.Value / scale, Low: brought.KGI.Low / scale, High: brought.KGI.High / scale}
}
