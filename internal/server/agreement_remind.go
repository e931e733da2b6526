package server

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// remindOfGoal tells those who have not answered what is waited for: a signature where
// there are words to sign, else their own words. Nobody is told twice on one day.
func (s *Server) remindOfGoal(ctx context.Context, slug string) (AgreementTold, error) {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return AgreementTold{}, err
	}
	what, to := a.reminder(s.todayOf(a.saved.model).String())
	if len(to.People) == 0 {
		return AgreementTold{}, nil
	}
	if err := s.tell(ctx, s.deps.Store.Outbox, a.ws.ID, what, to); err != nil {
		return AgreementTold{}, err
	}
	s.wakeOutbox()
	return AgreementTold{Told: len(to.People)}, nil
}

// reminder is what is waited for, and from whom; under one name nobody is told of it twice.
func (a agreementAsked) reminder(name string) (telling, listeners) {
	var missing []agreement.Person
	if n := len(a.kept.proposals); n > 0 && agreement.Same(a.kept.proposals[n-1].Goal, a.goal()) {
		p := a.kept.proposals[n-1]
		for _, who := range p.People {
			if _, signed := a.signature(p.Number, who); !signed {
				missing = append(missing, who)
			}
		}
		return a.signTelling(fmt.Sprintf("sign/%d/%s", p.Number, name), p), a.others(missing)
	}
	if n := len(a.kept.rounds); n > 0 {
		round := a.kept.rounds[n-1]
		for _, p := range a.roundView(round).People {
			if !p.Done {
				missing = append(missing, agreement.Person{ID: p.ID, Name: p.Name})
			}
		}
		return a.askTelling(fmt.Sprintf("ask/%d/%s", round.Number, name), round), a.others(missing)
	}
	return telling{}, listeners{}
}

// waits is since when something is waited for, and until when; ok is false where nothing is.
func (a agreementAsked) waits() (since series.Day, by *series.Day, missing int, ok bool) {
	_, to := a.reminder("")
	if n := len(a.kept.proposals); n > 0 && agreement.Same(a.kept.proposals[n-1].Goal, a.goal()) {
		return a.day(a.kept.proposals[n-1].ProposedAt), nil, len(to.People), len(to.People) > 0
	}
	if n := len(a.kept.rounds); n > 0 {
		return a.day(a.kept.rounds[n-1].AskedAt), a.kept.rounds[n-1].AnswerBy, len(to.People), len(to.People) > 0
	}
	return 0, nil, 0, false
}

// remindByItself reminds those who have not answered, on the mornings agreement.Reminder names, unless
// the team wants to hear nothing of it. Each reminder is given once, whoever looks and however
// often.
func (s *Server) remindByItself(ctx context.Context, ws store.Workspace) error {
	a, err := s.agreementOf(ctx, ws)
	if _, unreadable := words.AsProblems(err); unreadable || isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	since, by, _, waits := a.waits()
	if !waits {
		return nil
	}
	settings, err := s.alertSettings(ctx, ws.ID)
	if err != nil || !settings.Tells(alert.Agreement) {
		return err
	}
	now := s.deps.Clock().In(a.saved.model.Location)
	n := agreement.Reminder(since, by, series.DayOf(now), a.saved.model.Calendar())
	if n == 0 || now.Hour() < settings.Hour {
		return nil
	}
	what, to := a.reminder(fmt.Sprintf("by-itself/%d", n))
	if err := s.tell(ctx, s.deps.Store.Outbox, ws.ID, what, to); err != nil {
		return err
	}
	s.wakeOutbox()
	return nil
}
