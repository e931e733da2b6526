package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// LeadsReply is whom to talk with today, and what became of those of yesterday.
type LeadsReply struct {
	Leads    []LeadView `json:"leads" doc:"open ones, the likeliest first"`
	Title    string     `json:"title"`
	Expected string     `json:"expected" doc:"how many meetings are to be expected of them; or what is missing to tell"`
	Accuracy string     `json:"accuracy" doc:"how right what was told came out; empty: not known yet"`
	Before   LeadsAfter `json:"before"`
	Counts   LeadCounts `json:"counts"`
	Zone     string     `json:"zone" doc:"where the clocks of the workspace are, such as Asia/Tokyo"`
	Cards    []LeadCard `json:"cards" doc:"the live ones, the oldest first"`
}

// LeadCounts is how many leads there are of each kind, as they are asked for.
type LeadCounts struct {
	Open    int `json:"open"`
	Talking int `json:"talking"`
	Done    int `json:"done" doc:"of the last 90 days"`
}

// LeadCard is a card that shows people to sales.
type LeadCard struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Open int    `json:"open" doc:"leads of it nobody has said anything of"`
}

// LeadsAfter is what became of the leads of the day before.
type LeadsAfter struct {
	Of       int `json:"of"`
	Talked   int `json:"talked" doc:"accepted, no meeting yet"`
	Meetings int `json:"meetings"`
	NotNow   int `json:"not_now"`
	Open     int `json:"open"`
}

// LeadView is one hot lead.
type LeadView struct {
	ID      string       `json:"id"`
	Card    string       `json:"card"`
	Subject string       `json:"subject"`
	Contact string       `json:"contact" doc:"id of the contact; empty for a visitor nobody knows"`
	Name    string       `json:"name"`
	Company string       `json:"company"`
	Address string       `json:"address"`
	Phone   string       `json:"phone" doc:"the contact's property phone"`
	HotAt   event.Millis `json:"hot_at"`
	Points  int          `json:"points" doc:"when they became hot"`
	Line    *int         `json:"line" doc:"from how many points on they are hot"`
	Band    string       `json:"band"`
	Chance  *float64     `json:"chance" doc:"P(meeting within 30 days); null: not enough is known to tell"`
	Why     []LeadReason `json:"why" doc:"the greatest first; they sum up to the points"`
	About   []string     `json:"about" doc:"what the card knows them by: job, trade"`
	Told    string       `json:"told" doc:"the notice of them in one sentence: how many points, and each reason with its days"`
	Owner   string       `json:"owner" doc:"id of the user who talks with them, or a name"`
	OwnedBy string       `json:"owner_name"`
	Mine    bool         `json:"mine" doc:"whoever asks talks with them"`
	Verdict string       `json:"verdict" enum:",rejected,accepted,meeting,won"`
	Reason  string       `json:"reason"`
	At      event.Millis `json:"decided_at" doc:"0: not yet"`
}

// LeadReply is one lead with all that was said of it.
type LeadReply struct {
	Lead LeadView   `json:"lead"`
	Said []LeadSaid `json:"said" doc:"the oldest first"`
}

// LeadSaid is one thing that was said of a lead.
type LeadSaid struct {
	Verdict string       `json:"verdict"`
	Reason  string       `json:"reason"`
	By      string       `json:"by"`
	At      event.Millis `json:"at"`
}

// NewLeadVerdict is what somebody says of a lead.
type NewLeadVerdict struct {
	Verdict string `json:"verdict" enum:",rejected,accepted,meeting,won" doc:"empty takes it back"`
	Reason  string `json:"reason,omitempty" maxLength:"500"`
}

// LeadOwner is who talks with a lead.
type LeadOwner struct {
	Owner  string `json:"owner,omitempty" maxLength:"120" doc:"id of a user, or a name; empty: whoever asks"`
	Nobody bool   `json:"nobody,omitempty" doc:"gives it back: nobody talks with them"`
}

// AskLeads says which leads are asked for.
type AskLeads struct {
	Mine bool   `query:"mine" doc:"only those of whoever asks"`
	Card string `query:"card" maxLength:"40" doc:"only those of a card"`
	Show string `query:"show" enum:"open,talking,done" default:"open" doc:"open: nobody has said anything; talking: accepted, or a meeting made; done: won, or not now"`
}

// LeadPath names one lead.
type LeadPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// leadsShown is how many leads one screen shows, and judgedLeads from how many what was
// said of them is learned.
const (
	leadsShown  = 100
	judgedLeads = 20_000
)

func (s *Server) registerLeads(api huma.API) {
	s.registerLeadTimeline(api)
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/leads"
	front.Handle(api, huma.Operation{
		OperationID: "list-leads", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: path,
		Summary: "Whom to talk with today, why, and what became of those before", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		AskLeads
	}) (LeadsReply, error) {
		return s.todaysLeads(ctx, in.Workspace, in.AskLeads, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-lead", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: path + "/{id}", Summary: "One lead", Tags: tags,
	}, func(ctx context.Context, in *struct {
		LeadPath
		front.Lang
	}) (LeadReply, error) {
		return s.oneLead(ctx, in.LeadPath, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "say-of-lead", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: path + "/{id}/verdict",
		Summary: "Accept or reject a lead, or say what it became", Tags: tags,
	}, func(ctx context.Context, in *struct {
		LeadPath
		front.Lang
		Body NewLeadVerdict
	}) (LeadView, error) {
		return s.sayOfLead(ctx, in.LeadPath, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "take-lead", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: path + "/{id}/owner",
		Summary: "Become the one who talks with a lead, or name who does", Tags: tags,
	}, func(ctx context.Context, in *struct {
		LeadPath
		front.Lang
		Body LeadOwner
	}) (LeadView, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return LeadView{}, err
		}
		owner := signedOwner(ctx, in.Body.Owner, in.Words())
		if in.Body.Nobody {
			owner = ""
		}
		lead, err := s.deps.Store.Leads.Give(ctx, ws.ID, store.LeadID(in.ID), owner)
		if err != nil {
			return LeadView{}, err
		}
		return s.leadView(ctx, ws.ID, lead, in.Words())
	})
}

// signedOwner is who was named, else whoever asks: a user by id, as contacts have it.
func signedOwner(ctx context.Context, given string, lang words.Lang) string {
	if name := front.Clean(given); name != "" {
		return name
	}
	if who, err := front.Person(ctx); err == nil {
		return string(who.User.ID)
	}
	if name := front.AuthorOf(ctx); name != "" {
		return name
	}
	// Where nobody signs in, as in the sample company, somebody took it all the same.
	return words.T("この画面の方", "Whoever is here").In(lang)
}

// asking are the names under which whoever asks may own a lead.
func asking(ctx context.Context, lang words.Lang) []string {
	return []string{signedOwner(ctx, "", lang), signedOwner(ctx, front.AuthorOf(ctx), lang)}
}

func (s *Server) sayOfLead(ctx context.Context, in LeadPath, said NewLeadVerdict, lang words.Lang) (LeadView, error) {
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return LeadView{}, err
	}
	lead, err := s.deps.Store.Leads.Say(ctx, ws.ID, store.LeadID(in.ID), store.LeadVerdict{
		Verdict: score.Verdict(said.Verdict), Reason: strings.TrimSpace(said.Reason), Author: front.AuthorOf(ctx), At: s.nowMillis()})
	if err != nil {
		return LeadView{}, err
	}
	return s.leadView(ctx, ws.ID, lead, lang)
}

func (s *Server) oneLead(ctx context.Context, in LeadPath, lang words.Lang) (LeadReply, error) {
	reply := LeadReply{Said: []LeadSaid{}}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return reply, err
	}
	lead, err := s.deps.Store.Leads.Get(ctx, ws.ID, store.LeadID(in.ID))
	if err != nil {
		return reply, err
	}
	if reply.Lead, err = s.leadView(ctx, ws.ID, lead, lang); err != nil {
		return reply, err
	}
	said, err := s.deps.Store.Leads.Said(ctx, ws.ID, lead.ID)
	for _, one := range said {
		reply.Said = append(reply.Said, LeadSaid{string(one.Verdict), one.Reason, one.Author, one.At})
	}
	return reply, err
}
