package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// AutomationsReply is the automations of a workspace, the oldest first.
type AutomationsReply struct {
	Automations []AutomationView `json:"automations"`
}

// AutomationView is an automation with how many people stand where.
type AutomationView struct {
	ID         string              `json:"id"`
	Name       string              `json:"name"`
	KPI        string              `json:"kpi"`
	Version    int                 `json:"version" doc:"the newest"`
	Live       int                 `json:"live" doc:"the version people enter by; 0: switched off"`
	LiveSince  *time.Time          `json:"live_since"`
	Definition json.RawMessage     `json:"definition" doc:"of the newest version"`
	KPIName    string              `json:"kpi_name" doc:"what the map calls it; empty where the map has it no more"`
	People     []StepPeople        `json:"people"`
	Ways       []WayPeople         `json:"ways" doc:"how many went which way so far"`
	Sentences  AutomationSentences `json:"sentences" doc:"of the newest version"`
	Items      map[string]int      `json:"items" doc:"what it hands over, by state"`
	By         string              `json:"by"`
	UpdatedAt  time.Time           `json:"updated_at"`
}

// StepPeople is how many people stand at a step, or have left in a way.
type StepPeople struct {
	Version int    `json:"version"`
	State   string `json:"state" enum:"inside,held,reached,ended,removed,endless"`
	Step    string `json:"step" doc:"empty unless inside"`
	People  int    `json:"people"`
}

// WayPeople is how many people were led from a step to the next.
type WayPeople struct {
	Version int    `json:"version"`
	From    string `json:"from"`
	To      string `json:"to" doc:"empty at the end"`
	People  int    `json:"people"`
}

// DraftAutomation is a definition that is being written.
type DraftAutomation struct {
	Definition json.RawMessage `json:"definition"`
}

// NewAutomation is an automation, or its next version.
type NewAutomation struct {
	Definition json.RawMessage `json:"definition"`
	Base       int             `json:"base_version,omitempty" minimum:"0" doc:"of an edit: the version it began with"`
}

// SwitchAutomation lets people in by a version.
type SwitchAutomation struct {
	Version int    `json:"version" minimum:"0" doc:"0 switches it off"`
	Inside  string `json:"inside,omitempty" enum:"leave,finish" default:"leave" doc:"of switching off: leave ends the way of everybody inside and cancels what waits to be handed over; finish lets them go on to the end"`
}

// AutomationPath names one automation.
type AutomationPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// JourneysReply is somebody's ways through automations, the newest first.
type JourneysReply struct {
	Journeys []JourneyView `json:"journeys"`
}

// JourneyView is one way through one automation.
type JourneyView struct {
	Automation string       `json:"automation"`
	Version    int          `json:"version"`
	Contact    string       `json:"contact"`
	State      string       `json:"state"`
	Step       string       `json:"step"`
	EnteredAt  event.Millis `json:"entered_at"`
	EndedAt    event.Millis `json:"ended_at" doc:"0: not yet"`
	WakeAt     event.Millis `json:"wake_at" doc:"0: never"`
}

// UnknownReply is what nobody knows whether it arrived, or what came too late to be sent
// without asking.
type UnknownReply struct {
	Items []UnknownItem `json:"items"`
}

// UnknownItem asks a person: send it, or leave it.
type UnknownItem struct {
	ID      string       `json:"id"`
	Kind    string       `json:"kind"`
	Cause   string       `json:"cause"`
	Contact string       `json:"contact"`
	Reason  string       `json:"reason" doc:"crash: it may have arrived; late: its time has passed"`
	At      event.Millis `json:"at"`
}

// DecideItem is a person's word on an item.
type DecideItem struct {
	Send bool `json:"send"`
}

const mostAutomations = 500

func (s *Server) registerAutomations(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/automations"
	front.Handle(api, huma.Operation{
		OperationID: "check-automation", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodPost, Path: path + "/check",
		Summary: "What is wrong with a definition while it is being written, and how its steps are said", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body DraftAutomation
	}) (AutomationCheck, error) {
		return s.checkAutomation(ctx, in.Workspace, in.Body.Definition, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "replay-automation", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodPost, Path: path + "/replay",
		Summary: "How many people a trigger would have let in, day by day, over the last months", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ReplayTrigger
	}) (ReplayReply, error) {
		return s.replayAutomation(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-automation-versions", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}/versions",
		Summary: "An automation's versions, with how many are inside of each", Tags: tags,
	}, func(ctx context.Context, in *struct{ AutomationPath }) (AutomationVersionsReply, error) {
		return s.automationVersions(ctx, in.AutomationPath)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-automations", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "Automations with how many people stand where", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (AutomationsReply, error) {
		return s.listAutomations(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-automation", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path, Summary: "Make an automation, switched off", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewAutomation
	}) (AutomationView, error) {
		return s.createAutomation(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-automation", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}", Summary: "One automation", Tags: tags,
	}, func(ctx context.Context, in *struct {
		AutomationPath
		front.Lang
	}) (AutomationView, error) {
		ws, kept, err := s.ownAutomation(ctx, in.AutomationPath)
		if err != nil {
			return AutomationView{}, err
		}
		return s.automationView(ctx, ws.ID, kept, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-automation", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: path + "/{id}",
		Summary: "Make an automation's next version; it acts when it is switched on", Tags: tags,
	}, func(ctx context.Context, in *struct {
		AutomationPath
		front.Lang
		Body NewAutomation
	}) (AutomationView, error) {
		return s.editAutomation(ctx, in.AutomationPath, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "switch-automation", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path + "/{id}/switch",
		Summary: "Let people in by a version, or by none", Tags: tags,
	}, func(ctx context.Context, in *struct {
		AutomationPath
		front.Lang
		Body SwitchAutomation
	}) (AutomationView, error) {
		return s.switchAutomation(ctx, in.AutomationPath, in.Body, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-automation", Metadata: front.Needs(access.EditModel), Method: http.MethodDelete, Path: path + "/{id}",
		Summary: "Delete an automation; what it has not handed over yet is cancelled", Tags: tags,
	}, func(ctx context.Context, in *struct{ AutomationPath }) error {
		return s.deleteAutomation(ctx, in.AutomationPath)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-contact-journeys", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: "/api/workspaces/{ws}/contacts/{id}/journeys",
		Summary: "Somebody's ways through automations", Tags: tags,
	}, func(ctx context.Context, in *struct{ AutomationPath }) (JourneysReply, error) {
		return s.listJourneys(ctx, in.AutomationPath)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-unknown-items", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: "/api/workspaces/{ws}/outbox/unknown",
		Summary: "What nobody knows whether it arrived", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (UnknownReply, error) {
		return s.listUnknown(ctx, in.Workspace)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "decide-unknown-item", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: "/api/workspaces/{ws}/outbox/unknown/{id}",
		Summary: "Send it, or leave it", Tags: tags,
	}, func(ctx context.Context, in *struct {
		AutomationPath
		Body DecideItem
	}) error {
		return s.decideUnknown(ctx, in.AutomationPath, in.Body.Send)
	})
}

func (s *Server) listAutomations(ctx context.Context, slug string, lang words.Lang) (AutomationsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return AutomationsReply{}, err
	}
	list, err := s.deps.Store.Automations.List(ctx, ws.ID)
	reply := AutomationsReply{Automations: []AutomationView{}}
	for _, one := range list {
		view, err := s.automationView(ctx, ws.ID, one, lang)
		if err != nil {
			return AutomationsReply{}, err
		}
		reply.Automations = append(reply.Automations, view)
	}
	return reply, err
}

func (s *Server) ownAutomation(ctx context.Context, of AutomationPath) (store.Workspace, store.Automation, error) {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return ws, store.Automation{}, err
	}
	if !front.IsName(of.ID) {
		return ws, store.Automation{}, store.ErrNotFound{What: "automation", Name: of.ID}
	}
	kept, err := s.deps.Store.Automations.Get(ctx, ws.ID, of.ID)
	return ws, kept, err
}

func (s *Server) automationView(ctx context.Context, ws store.WorkspaceID, a store.Automation, lang words.Lang) (AutomationView, error) {
	version, err := s.deps.Store.Automations.Version(ctx, ws, a.ID, a.Version)
	if err != nil {
		return AutomationView{}, err
	}
	counts, err := s.deps.Store.Journeys.Counts(ctx, ws, a.ID)
	if err != nil {
		return AutomationView{}, err
	}
	items, err := s.deps.Store.Outbox.CountOf(ctx, ws, automation.Cause(a.ID))
	if err != nil {
		return AutomationView{}, err
	}
	ways, err := s.deps.Store.Journeys.Ways(ctx, ws, a.ID)
	if err != nil {
		return AutomationView{}, err
	}
	definition, err := automation.Read(version.Body)
	if err != nil {
		return AutomationView{}, err
	}
	sentences, err := s.automationSentences(ctx, ws, definition, lang)
	if err != nil {
		return AutomationView{}, err
	}
	view := AutomationView{
		ID: a.ID, Name: a.Name, KPI: a.KPI, Version: a.Version, Live: a.Live, LiveSince: optionalTime(a.LiveSince), Definition: version.Body,
		People: []StepPeople{}, Items: map[string]int{}, By: a.Author, UpdatedAt: a.UpdatedAt,
		Ways: []WayPeople{}, Sentences: sentences,
	}
	model, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil && !isNotFound(err) {
		return AutomationView{}, err
	}
	if model != nil {
		if one := model.model.Indicator(a.KPI); one != nil {
			view.KPIName = one.Name
		}
	}
	for _, w := range ways {
		view.Ways = append(view.Ways, WayPeople{Version: w.Version, From: w.From, To: w.To, People: w.People})
	}
	for _, c := range counts {
		view.People = append(view.People, StepPeople{Version: c.Version, State: string(c.State), Step: c.Step, People: c.People})
	}
	for state, n := range items {
		view.Items[string(state)] = n
	}
	return view, nil
}

func (s *Server) createAutomation(ctx context.Context, slug string, in NewAutomation, lang words.Lang) (AutomationView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return AutomationView{}, err
	}
	new, err := s.newAutomation(ctx, ws.ID, in.Definition)
	if err != nil {
		return AutomationView{}, err
	}
	list, err := s.deps.Store.Automations.List(ctx, ws.ID)
	if err != nil {
		return AutomationView{}, err
	}
	if len(list) >= mostAutomations {
		return AutomationView{}, front.BadRequest("body.definition", words.T("自動化は%d個までです。使っていないものを消してください。",
			"There may be %d automations. Delete one that is not used.", mostAutomations))
	}
	made, err := s.deps.Store.Automations.Create(ctx, ws.ID, new)
	if err != nil {
		return AutomationView{}, err
	}
	return s.automationView(ctx, ws.ID, made, lang)
}

func (s *Server) editAutomation(ctx context.Context, of AutomationPath, in NewAutomation, lang words.Lang) (AutomationView, error) {
	ws, kept, err := s.ownAutomation(ctx, of)
	if err != nil {
		return AutomationView{}, err
	}
	new, err := s.newAutomation(ctx, ws.ID, in.Definition)
	if err != nil {
		return AutomationView{}, err
	}
	if kept, err = s.deps.Store.Automations.Save(ctx, ws.ID, kept.ID, in.Base, new); err != nil {
		return AutomationView{}, err
	}
	return s.automationView(ctx, ws.ID, kept, lang)
}

func (s *Server) deleteAutomation(ctx context.Context, of AutomationPath) error {
	ws, kept, err := s.ownAutomation(ctx, of)
	if err != nil {
		return err
	}
	cause := automation.Cause(kept.ID)
	if err := s.deps.Store.Automations.Delete(ctx, ws.ID, kept.ID, cause); err != nil {
		return err
	}
	return s.deps.Store.Watches.Put(ctx, ws.ID, cause, nil)
}

func (s *Server) listJourneys(ctx context.Context, of AutomationPath) (JourneysReply, error) {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return JourneysReply{}, err
	}
	list, err := s.deps.Store.Journeys.List(ctx, ws.ID, store.JourneyQuery{Contact: contact.ID(front.Clean(of.ID))})
	reply := JourneysReply{Journeys: []JourneyView{}}
	for _, j := range list {
		reply.Journeys = append(reply.Journeys, JourneyView{
			Automation: j.Automation, Version: j.Version, Contact: string(j.Contact), State: string(j.State), Step: j.Step,
			EnteredAt: j.EnteredAt, EndedAt: j.EndedAt, WakeAt: j.WakeAt,
		})
	}
	return reply, err
}

func (s *Server) listUnknown(ctx context.Context, slug string) (UnknownReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return UnknownReply{}, err
	}
	items, err := s.deps.Store.Outbox.List(ctx, ws.ID, store.ItemQuery{State: outbox.Unknown})
	reply := UnknownReply{Items: []UnknownItem{}}
	for _, i := range items {
		reply.Items = append(reply.Items, UnknownItem{ID: i.ID, Kind: string(i.Kind), Cause: i.Cause, Contact: i.Contact, Reason: i.Reason, At: i.UpdatedAt})
	}
	return reply, err
}

func (s *Server) decideUnknown(ctx context.Context, of AutomationPath, send bool) error {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return err
	}
	if err := s.deps.Store.Outbox.Decide(ctx, ws.ID, front.Clean(of.ID), send, front.AuthorOf(ctx)); err != nil {
		return err
	}
	if s.acting != nil {
		s.acting.worker.Wake()
	}
	return nil
}
