package server

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// parseAutomation reads a definition and looks for everything it names; what is wrong with it
// is told with its place, all at once.
func (s *Server) parseAutomation(ctx context.Context, ws store.WorkspaceID, text json.RawMessage) (*automation.Definition, error) {
	d, err := automation.Parse(text)
	if err != nil {
		return nil, err
	}
	faults, err := s.missing(ctx, ws, d)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return d, nil
}

// newAutomation is a definition that may be kept.
func (s *Server) newAutomation(ctx context.Context, ws store.WorkspaceID, text json.RawMessage) (store.NewAutomation, error) {
	d, err := s.parseAutomation(ctx, ws, text)
	if faults, bad := errors.AsType[automation.Faults](err); bad {
		return store.NewAutomation{}, refused("body.definition", faults)
	}
	if err != nil {
		return store.NewAutomation{}, err
	}
	body, err := automation.Write(d)
	return store.NewAutomation{Name: front.Clean(d.Name), KPI: d.KPI, Body: body, Author: front.AuthorOf(ctx)}, err
}

// refused is what is wrong with a definition, as an answer.
func refused(body string, faults automation.Faults) error {
	return front.BadRequest(body+faults[0].Place, words.Text{JA: faults.In(words.JA), EN: faults.In(words.EN)})
}

// missing is what a definition names and nobody knows. It would fail for each person it
// meets, one by one, so it is told before.
func (s *Server) missing(ctx context.Context, ws store.WorkspaceID, d *automation.Definition) (automation.Faults, error) {
	var faults automation.Faults
	gone := func(place string, what, mend words.Text) {
		faults = append(faults, automation.Fault{Place: place, What: what, Mend: mend})
	}
	model, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil && !isNotFound(err) {
		return nil, err
	}
	if model == nil || model.model.Indicator(d.KPI) == nil {
		gone("/kpi", words.T("KPI「%.80s」が地図にありません。", "There is no KPI %.80q on the map.", d.KPI), words.T("地図のKPIから選び直してください。", "Choose one of the map's."))
	}
	card := func(place, id string) error {
		_, err := s.deps.Store.ScoreCards.Get(ctx, ws, store.ScoreCardID(id))
		if isNotFound(err) {
			gone(place, words.T("点のつけ方がありません。", "The score is not there."), words.T("あるものから選び直してください。", "Choose one that is."))
			return nil
		}
		return err
	}
	saved, err := s.savedSegments(ctx, ws)
	if err != nil {
		return nil, err
	}
	d.Conditions(func(place string, c *condition.Condition) {
		if _, ok := condition.Expand(*c, func(id string) (condition.Condition, bool) { one, known := saved[id]; return one, known }); !ok {
			gone(place, words.T("条件の中のセグメントが見つかりません。", "A segment in the condition is not there."), words.T("選び直してください。", "Choose another."))
		}
		for _, id := range condition.Cards(*c) {
			err = errors.Join(err, card(place, id))
		}
	})
	if b := d.Trigger.Band; b != nil {
		err = errors.Join(err, card("/trigger/band/card", b.Card))
	}
	for k := range d.Steps {
		step, place := &d.Steps[k], automation.StepPlace(k)
		switch {
		case step.Mail != nil:
			err = errors.Join(err, s.missingMail(ctx, ws, d, step.Mail, model, func(at string, what, mend words.Text) { gone(place+"/mail"+at, what, mend) }))
		case step.Score != nil:
			err = errors.Join(err, card(place+"/score/card", step.Score.Card))
		case step.Notify != nil && step.Notify.Channel != toOwner:
			places, failed := s.noticePlaces(ctx, ws)
			err = errors.Join(err, failed)
			if _, there := places[step.Notify.Channel]; !there && failed == nil {
				gone(place+"/notify/channel", words.T("知らせる先がありません。", "The place to be told at is not there."), words.T("担当の方か、いまある知らせる先から選び直してください。", "Choose the owner, or one of the places of notices."))
			}
		}
	}
	return faults, err
}

// automationNames call what a definition names by its name.
func (s *Server) automationNames(ctx context.Context, ws store.WorkspaceID, d *automation.Definition, lang words.Lang) (automation.Names, error) {
	var asked []condition.Condition
	d.Conditions(func(_ string, c *condition.Condition) { asked = append(asked, *c) })
	card := func(id string) {
		asked = append(asked, condition.Condition{Score: &condition.Score{Card: id, Op: condition.AtLeast}})
	}
	if d.Trigger.Band != nil {
		card(d.Trigger.Band.Card)
	}
	templates := map[string]string{}
	for _, step := range d.Steps {
		switch {
		case step.Score != nil:
			card(step.Score.Card)
		case step.Mail != nil:
			for _, id := range step.Mail.Templates() {
				piece, err := s.deps.Store.Mails.Get(ctx, ws, id, 0)
				if err != nil && !isNotFound(err) {
					return automation.Names{}, err
				}
				templates[id] = piece.Name
			}
		}
	}
	names, err := s.conditionNames(ctx, ws, condition.Condition{All: asked})
	return automation.Names{Names: names, Template: func(id string) string { return templates[id] }}, err
}

// AutomationSentences say a definition as a marketer would.
type AutomationSentences struct {
	Trigger string            `json:"trigger" doc:"what lets somebody in"`
	Goal    string            `json:"goal" doc:"with what they leave; empty without one"`
	Steps   map[string]string `json:"steps" doc:"what each step does, by its id"`
}

func (s *Server) automationSentences(ctx context.Context, ws store.WorkspaceID, d *automation.Definition, lang words.Lang) (AutomationSentences, error) {
	said := AutomationSentences{Steps: map[string]string{}}
	names, err := s.automationNames(ctx, ws, d, lang)
	if err != nil {
		return said, err
	}
	said.Trigger = d.Trigger.Sentence(names).In(lang)
	if d.Goal != nil {
		said.Goal = condition.Sentence(*d.Goal, names.Names).In(lang)
	}
	for k := range d.Steps {
		said.Steps[d.Steps[k].ID] = d.Steps[k].Sentence(names).In(lang)
	}
	return said, nil
}

// AutomationCheck is a definition that is being written, as it would be taken.
type AutomationCheck struct {
	Problems  []AutomationProblem `json:"problems" doc:"nothing where it can be saved"`
	Sentences AutomationSentences `json:"sentences"`
}

// AutomationProblem is one thing that is wrong.
type AutomationProblem struct {
	Place string `json:"place" doc:"a JSON pointer into the definition"`
	What  string `json:"what"`
	Mend  string `json:"mend"`
}

func (s *Server) checkAutomation(ctx context.Context, slug string, text json.RawMessage, lang words.Lang) (AutomationCheck, error) {
	reply := AutomationCheck{Problems: []AutomationProblem{}, Sentences: AutomationSentences{Steps: map[string]string{}}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	_, err = s.parseAutomation(ctx, ws.ID, text)
	faults, bad := errors.AsType[automation.Faults](err)
	if err != nil && !bad {
		return reply, err
	}
	for _, f := range faults {
		reply.Problems = append(reply.Problems, AutomationProblem{Place: f.Place, What: f.What.In(lang), Mend: f.Mend.In(lang)})
	}
	// A draft that is not whole yet is said as far as it goes.
	var draft automation.Definition
	if len(text) <= automation.MaxBytes && json.Unmarshal(text, &draft) == nil {
		reply.Sentences, err = s.automationSentences(ctx, ws.ID, &draft, lang)
		if err != nil {
			return reply, err
		}
	}
	return reply, nil
}

// AutomationVersionsReply is the versions of an automation, the newest first.
type AutomationVersionsReply struct {
	Versions []AutomationVersionView `json:"versions"`
}

// AutomationVersionView is one version.
type AutomationVersionView struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Inside  int       `json:"inside" doc:"people who entered by it and are still on their way"`
	Entered int       `json:"entered" doc:"times that somebody entered by it, those held out included"`

	Definition json.RawMessage `json:"definition"`
}

func (s *Server) automationVersions(ctx context.Context, of AutomationPath) (AutomationVersionsReply, error) {
	reply := AutomationVersionsReply{Versions: []AutomationVersionView{}}
	ws, kept, err := s.ownAutomation(ctx, of)
	if err != nil {
		return reply, err
	}
	versions, err := s.deps.Store.Automations.Versions(ctx, ws.ID, kept.ID)
	if err != nil {
		return reply, err
	}
	counts, err := s.deps.Store.Journeys.Counts(ctx, ws.ID, kept.ID)
	if err != nil {
		return reply, err
	}
	for _, v := range versions {
		view := AutomationVersionView{Version: v.Version, At: v.CreatedAt, By: v.Author, Definition: v.Body}
		for _, c := range counts {
			if c.Version != v.Version {
				continue
			}
			view.Entered += c.People
			if c.State == automation.Inside {
				view.Inside += c.People
			}
		}
		reply.Versions = append(reply.Versions, view)
	}
	return reply, nil
}
