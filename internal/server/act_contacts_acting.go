package server

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ContactActing is what acting keeps of one person.
type ContactActing struct {
	Points   []PointsView `json:"points" doc:"by the cards that score people now"`
	Leads    []LeadOf     `json:"leads" doc:"when they were worth a call, the newest first"`
	Journeys []JourneyOf  `json:"journeys" doc:"through automations, those entered last first"`
	Mails    []MailOf     `json:"mails" doc:"handed over to them, the newest first"`
}

// LeadOf is one time that somebody was a lead.
type LeadOf struct {
	ID        string          `json:"id"`
	At        int64           `json:"at" doc:"milliseconds since 1970"`
	Points    int             `json:"points"`
	Band      string          `json:"band"`
	Verdict   string          `json:"verdict" enum:",rejected,accepted,meeting,won"`
	Reason    string          `json:"reason"`
	DecidedAt int64           `json:"decided_at" doc:"0: not yet"`
	Why       json.RawMessage `json:"why" doc:"what the points were for, as it was kept"`
}

// JourneyOf is somebody's way through an automation.
type JourneyOf struct {
	Automation string `json:"automation"`
	Name       string `json:"name" doc:"of the automation; empty where it is gone"`
	Version    int    `json:"version"`
	Entry      int    `json:"entry" doc:"1 for the first time"`
	State      string `json:"state" enum:"inside,held,reached,ended,removed,endless"`
	Step       string `json:"step" doc:"where they stand; empty when it is over"`
	EnteredAt  int64  `json:"entered_at" doc:"milliseconds since 1970"`
	EndedAt    int64  `json:"ended_at" doc:"0: not yet"`
	WakeAt     int64  `json:"wake_at" doc:"when it goes on by itself; 0: not by time"`
}

// MailOf is one mail that was handed over to somebody.
type MailOf struct {
	At       int64  `json:"at" doc:"milliseconds since 1970"`
	Cause    string `json:"cause" doc:"what it was sent for"`
	Name     string `json:"name" doc:"of the broadcast or automation; empty where it is gone"`
	Class    string `json:"class" doc:"accepted, permanent or unknown"`
	Said     string `json:"said" doc:"what the mail server answered"`
	Returned string `json:"returned" doc:"hard, soft or complaint; empty: nothing came back"`
}

// How much of one person is shown, and handed out.
const (
	mostActingShown     = 50
	mostActingDisclosed = 10_000
)

func (s *Server) contactActing(ctx context.Context, ws store.WorkspaceID, one contact.Contact, most int) (ContactActing, error) {
	view := ContactActing{Points: []PointsView{}, Leads: []LeadOf{}, Journeys: []JourneyOf{}, Mails: []MailOf{}}
	subject := subjectOf(one.ID)
	points, err := s.pointsOf(ctx, ws, []string{subject})
	if err != nil {
		return view, err
	}
	view.Points = append(view.Points, points[subject]...)
	leads, err := s.deps.Store.Leads.List(ctx, ws, store.LeadQuery{Subject: subject, Limit: most})
	if err != nil {
		return view, err
	}
	for _, lead := range leads {
		why := json.RawMessage(lead.Why)
		if !json.Valid(why) {
			why = json.RawMessage("[]")
		}
		view.Leads = append(view.Leads, LeadOf{ID: string(lead.ID), At: int64(lead.HotAt), Points: lead.Points.Whole(), Band: lead.Band,
			Verdict: string(lead.Verdict), Reason: lead.Reason, DecidedAt: int64(lead.DecidedAt), Why: why})
	}
	journeys, err := s.deps.Store.Journeys.List(ctx, ws, store.JourneyQuery{Contact: one.ID, Limit: most})
	if err != nil {
		return view, err
	}
	names := causeNames{server: s, ws: ws, known: map[string]string{}}
	for _, j := range journeys {
		name, err := names.automation(ctx, j.Automation)
		if err != nil {
			return view, err
		}
		view.Journeys = append(view.Journeys, JourneyOf{Automation: j.Automation, Name: name, Version: j.Version, Entry: j.Entry, State: string(j.State), Step: j.Step,
			EnteredAt: int64(j.EnteredAt), EndedAt: int64(j.EndedAt), WakeAt: int64(j.WakeAt)})
	}
	mails, err := s.deps.Store.Deliveries.Of(ctx, ws, one.ID, most)
	if err != nil {
		return view, err
	}
	for _, m := range mails {
		name, err := names.cause(ctx, m.Cause)
		if err != nil {
			return view, err
		}
		view.Mails = append(view.Mails, MailOf{At: int64(m.At), Cause: m.Cause, Name: name, Class: string(m.Class), Said: m.Said, Returned: string(m.Returned)})
	}
	return view, nil
}

// causeNames call what a mail was sent for by its name, each asked once.
type causeNames struct {
	server *Server
	ws     store.WorkspaceID
	known  map[string]string
}

func (n causeNames) automation(ctx context.Context, id string) (string, error) {
	return n.once("automation:"+id, func() (string, error) {
		one, err := n.server.deps.Store.Automations.Get(ctx, n.ws, id)
		return one.Name, err
	})
}

// cause names "automation:<id>" and the like; "" for what has no name.
func (n causeNames) cause(ctx context.Context, cause string) (string, error) {
	kind, id, _ := strings.Cut(cause, ":")
	id, _, _ = strings.Cut(id, "#") // and a variant
	switch kind {
	case "automation":
		return n.automation(ctx, id)
	case "broadcast":
		return n.once(cause, func() (string, error) {
			piece, err := n.server.deps.Store.Mails.Get(ctx, n.ws, id, 0)
			return piece.Name, err
		})
	}
	return "", nil
}

func (n causeNames) once(key string, ask func() (string, error)) (string, error) {
	if name, there := n.known[key]; there {
		return name, nil
	}
	name, err := ask()
	if isNotFound(err) {
		name, err = "", nil
	}
	if err == nil {
		n.known[key] = name
	}
	return name, err
}

// read is what acting keeps of somebody, for them to read.
func (a ContactActing) read(put func(label words.Text, value string), head func(words.Text)) {
	head(words.T("点数と、営業への知らせ", "Points, and what sales were told"))
	for _, p := range a.Points {
		put(words.T("点数", "Points"), strings.Join([]string{p.Name, words.Group(float64(p.Points), 0), p.Band}, " / "))
	}
	for _, l := range a.Leads {
		put(words.T("営業への知らせ", "Told to sales"), strings.Join([]string{isoMoment(event.Millis(l.At)), words.Group(float64(l.Points), 0), l.Band, l.Verdict, l.Reason}, " / "))
	}
	head(words.T("自動化", "Automations"))
	for _, j := range a.Journeys {
		put(words.T("通った自動化", "Went through"), strings.Join([]string{isoMoment(event.Millis(j.EnteredAt)), j.Name, j.State}, " / "))
	}
	head(words.T("お送りしたメール", "Mail you were sent"))
	for _, m := range a.Mails {
		put(words.T("メール", "Mail"), strings.Join([]string{isoMoment(event.Millis(m.At)), m.Name, m.Class, m.Returned}, " / "))
	}
}
