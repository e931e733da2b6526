package server

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/effect"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// toldByPerson reports whether the events of an indicator are known person by person.
func toldByPerson(m *goal.Model, id string) bool {
	one := m.Indicator(id)
	if one == nil {
		return false
	}
	_, ok := personEvents(m, one)
	return ok
}

// wordingsSent is two wordings of a mail with everybody who was sent one of them.
type wordingsSent struct {
	cause    string
	variants [2]string // of A and B, as deliveries carry them
	shareB   float64
	by, kpi  string
	days     int // how long people are watched, by the KPI
}

// wordingReaders are whom both wordings reached, each person once by the first mail, whoever they
// have turned out to be since.
func (s *Server) wordingReaders(ctx context.Context, ws store.WorkspaceID, of wordingsSent) (arms [2][]store.MailTried, since event.Millis, err error) {
	var ids []contact.ID
	for i, variant := range of.variants {
		if arms[i], err = s.deps.Store.Deliveries.Tried(ctx, ws, of.cause, variant); err != nil {
			return arms, 0, err
		}
		for _, one := range arms[i] {
			ids = append(ids, one.Contact)
		}
	}
	leads, err := s.deps.Store.Contacts.Leads(ctx, ws, ids)
	if err != nil {
		return arms, 0, err
	}
	first := map[contact.ID]event.Millis{}
	for i := range arms {
		for k := range arms[i] {
			one := &arms[i][k]
			if to := leads[one.Contact]; to != "" {
				one.Contact = to
			}
			if at, there := first[one.Contact]; !there || one.At < at {
				first[one.Contact] = one.At
			}
			if since == 0 || one.At < since {
				since = one.At
			}
		}
	}
	for i := range arms {
		arms[i] = slices.DeleteFunc(arms[i], func(one store.MailTried) bool {
			at, waits := first[one.Contact]
			if !waits || at != one.At {
				return true
			}
			delete(first, one.Contact)
			return false
		})
	}
	return arms, since, nil
}

// versus judges two wordings by their yardstick.
func (s *Server) versus(ctx context.Context, ws store.WorkspaceID, of wordingsSent, arms [2][]store.MailTried, lang words.Lang) (VersusView, error) {
	c := mail.Contest{ShareB: of.shareB, By: of.by}
	if of.by != mail.ByKPI {
		c.A, c.B = armOf(arms[0], of.by), armOf(arms[1], of.by)
		return versusView(c, lang), nil
	}
	model, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil && !isNotFound(err) {
		return VersusView{}, err
	}
	if model == nil || !toldByPerson(model.model, of.kpi) || s.deps.Warehouse == nil {
		v := versusView(c, lang)
		v.Sentence = words.T("くらべるKPIが、いまの地図では人ごとに分からない数です。", "The KPI is not known person by person on the map of today.").In(lang)
		return v, nil
	}
	one := model.model.Indicator(of.kpi)
	c.KPI = one.Name
	var t trial
	for i := range arms {
		for _, sent := range arms[i] {
			t.entries = append(t.entries, effect.Entry{Contact: sent.Contact, Held: i == 0, At: sent.At})
		}
	}
	matchers, _ := personEvents(model.model, one)
	outcome, err := s.eventOutcome(ctx, ws, t, matchers)
	if err != nil {
		return VersusView{}, err
	}
	counted := effect.Count(t.entries, []int{0}, 1-of.shareB, of.days, s.nowMillis(), outcome.moments)
	c.A, c.B = personArm(counted.Held), personArm(counted.Sent)
	v := versusView(c, lang)
	v.KPI, v.Days, v.Watching = one.Name, of.days, counted.Watching
	return v, nil
}

func personArm(y lift.Yes) mail.Arm { return mail.Arm{People: int(y.People), Did: int(y.Yes)} }

func armOf(list []store.MailTried, by string) mail.Arm {
	a := mail.Arm{People: len(list)}
	for _, one := range list {
		if did := one.Clicked; did && by != mail.ByOpens || one.Opened && by == mail.ByOpens {
			a.Did++
		}
	}
	return a
}

func versusView(c mail.Contest, lang words.Lang) VersusView {
	found := c.Judge()
	v := VersusView{Verdict: string(found.Verdict), Difference: found.Difference, Interval: []float64{}, Sentence: found.Sentence.In(lang), By: c.By,
		Arms: []VersusArm{{mail.WordingA, c.A.People, c.A.Did}, {mail.WordingB, c.B.People, c.B.Did}}}
	if v.By == "" {
		v.By = mail.ByClicks
	}
	if found.Interval != nil {
		v.Interval = found.Interval[:]
	}
	return v
}

// trialStep is a step that tries two wordings, as one version or several alike have it.
type trialStep struct {
	step    automation.Step
	name    string // of the trial
	version int    // the newest that has it
	days    int    // how long people are watched after the mail
}

// trialsOf is every comparison an automation ever made, the newest version's first; one that
// several versions have is one.
func (s *Server) trialsOf(ctx context.Context, ws store.WorkspaceID, id string) ([]trialStep, error) {
	versions, err := s.deps.Store.Automations.Versions(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(versions, func(a, b store.AutomationVersion) int { return b.Version - a.Version })
	var trials []trialStep
	for _, v := range versions {
		d, err := automation.Read(v.Body)
		if err != nil {
			return nil, err
		}
		days := effect.WatchDays([]*automation.Definition{d})
		for _, step := range d.Steps {
			if step.Mail == nil || step.Mail.Trying == nil {
				continue
			}
			name := step.Trial()
			k := slices.IndexFunc(trials, func(t trialStep) bool { return t.name == name })
			if k < 0 {
				trials = append(trials, trialStep{step, name, v.Version, days})
				continue
			}
			trials[k].days = max(trials[k].days, days)
		}
	}
	return trials, nil
}

func (s *Server) automationWordings(ctx context.Context, of AutomationPath, lang words.Lang) (WordingsReply, error) {
	reply := WordingsReply{Wordings: []WordingTrial{}}
	ws, kept, err := s.ownAutomation(ctx, of)
	if err != nil {
		return reply, err
	}
	trials, err := s.trialsOf(ctx, ws.ID, kept.ID)
	if err != nil {
		return reply, err
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	for _, t := range trials {
		sent := wordingsSent{cause: automation.Cause(kept.ID), shareB: t.step.Mail.Trying.ShareB(), by: t.step.Mail.Trying.Yardstick(), kpi: kept.KPI, days: t.days,
			variants: [2]string{automation.Variant(t.name, mail.WordingA), automation.Variant(t.name, mail.WordingB)}}
		arms, since, err := s.wordingReaders(ctx, ws.ID, sent)
		if err != nil {
			return reply, err
		}
		latest := t.version == kept.Version
		if since == 0 && !latest {
			continue // thought of, and never sent
		}
		view := WordingTrial{Trial: t.name, Step: t.step.ID, Latest: latest, ShareB: sent.shareB, Wordings: []Wording{}, Notes: []string{}}
		if view.Versus, err = s.versus(ctx, ws.ID, sent, arms, lang); err != nil {
			return reply, err
		}
		if since > 0 {
			day := dayIn(since, zone)
			view.Since = &day
		}
		if err := s.nameWordings(ctx, ws.ID, &view, t.step.Mail, since, lang); err != nil {
			return reply, err
		}
		reply.Wordings = append(reply.Wordings, view)
	}
	return reply, nil
}

// nameWordings calls both wordings by name, and says what to know when reading the result.
func (s *Server) nameWordings(ctx context.Context, ws store.WorkspaceID, view *WordingTrial, m *automation.Mail, since event.Millis, lang words.Lang) error {
	for i, id := range m.Templates() {
		piece, err := s.deps.Store.Mails.Get(ctx, ws, id, 0)
		if err != nil && !isNotFound(err) {
			return err
		}
		letter := []string{mail.WordingA, mail.WordingB}[i]
		view.Wordings = append(view.Wordings, Wording{letter, id, piece.Name})
		if since > 0 && millisOf(piece.UpdatedAt) > since {
			view.Notes = append(view.Notes, words.T("くらべている途中で %s の文面が直されました。直す前と後がまざっています。", "The text of %s was changed on the way: what was sent before and after is counted together.", letter).In(lang))
		}
	}
	if view.Versus.Watching > 0 {
		view.Notes = append(view.Notes, words.T("メールから%[1]d日がまだ過ぎていない%[2]d人は、これから数えます。", "%[2]d people are not counted yet: their mail is less than %[1]d days old.", view.Versus.Days, view.Versus.Watching).In(lang))
	}
	return nil
}
