package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/series"
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
	Owner   string       `json:"owner"`
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
	Owner string `json:"owner,omitempty" maxLength:"120" doc:"empty: whoever asks"`
}

// LeadPath names one lead.
type LeadPath struct {
	InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// leadsShown is how many leads one screen shows, and judgedLeads from how many what was
// said of them is learned.
const (
	leadsShown  = 100
	judgedLeads = 20_000
	sayable     = 10 // leads with a known end, of either kind, until a chance is told
)

func (s *Server) registerLeads(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/leads"
	handle(api, huma.Operation{
		OperationID: "list-leads", Metadata: needs(access.SeeVisits), Method: http.MethodGet, Path: path,
		Summary: "Whom to talk with today, why, and what became of those before", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
		Mine bool `query:"mine" doc:"only those of whoever asks"`
	}) (LeadsReply, error) {
		return s.todaysLeads(ctx, in.Workspace, in.Mine, in.words())
	})
	handle(api, huma.Operation{
		OperationID: "get-lead", Metadata: needs(access.SeeVisits), Method: http.MethodGet, Path: path + "/{id}", Summary: "One lead", Tags: tags,
	}, func(ctx context.Context, in *struct{ LeadPath }) (LeadReply, error) {
		return s.oneLead(ctx, in.LeadPath)
	})
	handle(api, huma.Operation{
		OperationID: "say-of-lead", Metadata: needs(access.SeeVisits), Method: http.MethodPost, Path: path + "/{id}/verdict",
		Summary: "Accept or reject a lead, or say what it became", Tags: tags,
	}, func(ctx context.Context, in *struct {
		LeadPath
		Lang
		Body NewLeadVerdict
	}) (LeadView, error) {
		return s.sayOfLead(ctx, in.LeadPath, in.Body)
	})
	handle(api, huma.Operation{
		OperationID: "take-lead", Metadata: needs(access.SeeVisits), Method: http.MethodPost, Path: path + "/{id}/owner",
		Summary: "Become the one who talks with a lead, or name who does", Tags: tags,
	}, func(ctx context.Context, in *struct {
		LeadPath
		Lang
		Body LeadOwner
	}) (LeadView, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return LeadView{}, err
		}
		lead, err := s.deps.Store.Leads.Give(ctx, ws.ID, store.LeadID(in.ID), signedOwner(ctx, in.Body.Owner))
		if err != nil {
			return LeadView{}, err
		}
		return s.leadView(ctx, ws.ID, lead)
	})
}

// signedOwner is the name somebody gave, else their own.
func signedOwner(ctx context.Context, given string) string {
	if name := clean(given); name != "" {
		return name
	}
	return authorOf(ctx)
}

func (s *Server) sayOfLead(ctx context.Context, in LeadPath, said NewLeadVerdict) (LeadView, error) {
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return LeadView{}, err
	}
	lead, err := s.deps.Store.Leads.Say(ctx, ws.ID, store.LeadID(in.ID), store.LeadVerdict{
		Verdict: score.Verdict(said.Verdict), Reason: strings.TrimSpace(said.Reason), Author: authorOf(ctx), At: s.nowMillis()})
	if err != nil {
		return LeadView{}, err
	}
	return s.leadView(ctx, ws.ID, lead)
}

func (s *Server) oneLead(ctx context.Context, in LeadPath) (LeadReply, error) {
	reply := LeadReply{Said: []LeadSaid{}}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return reply, err
	}
	lead, err := s.deps.Store.Leads.Get(ctx, ws.ID, store.LeadID(in.ID))
	if err != nil {
		return reply, err
	}
	if reply.Lead, err = s.leadView(ctx, ws.ID, lead); err != nil {
		return reply, err
	}
	said, err := s.deps.Store.Leads.Said(ctx, ws.ID, lead.ID)
	for _, one := range said {
		reply.Said = append(reply.Said, LeadSaid{string(one.Verdict), one.Reason, one.Author, one.At})
	}
	return reply, err
}

func (s *Server) leadView(ctx context.Context, ws store.WorkspaceID, lead store.Lead) (LeadView, error) {
	views, err := s.leadViews(ctx, ws, []store.Lead{lead})
	if err != nil {
		return LeadView{}, err
	}
	return views[0], nil
}

// leadViews are leads with who they are and what is to be expected of them.
func (s *Server) leadViews(ctx context.Context, ws store.WorkspaceID, leads []store.Lead) ([]LeadView, error) {
	var ids []contact.ID
	for _, l := range leads {
		if id, known := strings.CutPrefix(l.Subject, contactPrefix); known {
			ids = append(ids, contact.ID(id))
		}
	}
	people, err := s.deps.Store.Contacts.GetMany(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	var firms []string
	for _, p := range people {
		firms = append(firms, p.CompanyID)
	}
	companies, err := s.deps.Store.Companies.GetMany(ctx, ws, firms)
	if err != nil {
		return nil, err
	}
	chances, lines, err := s.chances(ctx, ws)
	if err != nil {
		return nil, err
	}
	out := make([]LeadView, len(leads))
	for i, l := range leads {
		id, _ := strings.CutPrefix(l.Subject, contactPrefix)
		person := people[contact.ID(id)]
		why, err := reasonsIn(l)
		if err != nil {
			return nil, err
		}
		v := LeadView{ID: string(l.ID), Card: string(l.Card), Subject: l.Subject, Contact: string(person.ID), Name: person.Name, Company: companies[person.CompanyID].Name,
			Address: person.Address, Phone: person.Properties["phone"].Text, HotAt: l.HotAt, Points: l.Points.Whole(), Line: lines[l.Card], Band: l.Band,
			Chance: l.Chance, Why: why, Owner: l.Owner, Verdict: string(l.Verdict), Reason: l.Reason, At: l.DecidedAt}
		if v.Company == "" {
			v.Company = companies[person.CompanyID].Domain
		}
		if told, known := chances[l.Card]; known && v.Chance == nil {
			p := told.Of(float64(v.Points))
			v.Chance = &p
		}
		out[i] = v
	}
	return out, nil
}

// chances are, by card, the probabilities of a meeting by points, as sales' verdicts have
// it, where there are enough; and the cards' hot lines.
func (s *Server) chances(ctx context.Context, ws store.WorkspaceID) (map[store.ScoreCardID]scorecard.Calibration, map[store.ScoreCardID]*int, error) {
	cards, err := s.deps.Store.ScoreCards.List(ctx, ws)
	if err != nil {
		return nil, nil, err
	}
	out, lines := map[store.ScoreCardID]scorecard.Calibration{}, map[store.ScoreCardID]*int{}
	for _, card := range cards {
		scorer, err := scorerOf(card, time.UTC)
		if err != nil {
			return nil, nil, err
		}
		lines[card.ID] = scorer.Card().Hot
		leads, err := s.deps.Store.Leads.List(ctx, ws, store.LeadQuery{Card: card.ID, Limit: judgedLeads})
		if err != nil {
			return nil, nil, err
		}
		if points, outcome, _ := ended(leads, s.nowMillis()); outcome != nil {
			out[card.ID] = scorecard.Platt(points, outcome)
		}
	}
	return out, lines, nil
}

// ended are the leads whose end is known; no outcomes, and how many are missing, where they
// are too few to tell a chance by.
func ended(leads []store.Lead, now event.Millis) (points []float64, outcome []bool, missing int) {
	met := 0
	for _, l := range leads {
		meeting := l.Verdict.Reached(score.Meeting)
		if l.Verdict == score.Open || l.Verdict == score.Accepted && now-l.HotAt < 30*aDay {
			continue
		}
		if meeting {
			met++
		}
		points, outcome = append(points, float64(l.Points.Whole())), append(outcome, meeting)
	}
	if missing = sayable - min(met, len(outcome)-met); missing > 0 {
		return nil, nil, missing
	}
	return points, outcome, 0
}

// todaysLeads is the screen of sales.
func (s *Server) todaysLeads(ctx context.Context, slug string, mine bool, lang words.Lang) (LeadsReply, error) {
	reply := LeadsReply{Leads: []LeadView{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	ask := store.LeadQuery{Open: true, Limit: leadsShown}
	if mine {
		ask.Owner = authorOf(ctx)
	}
	leads, err := s.deps.Store.Leads.List(ctx, ws.ID, ask)
	if err != nil {
		return reply, err
	}
	if reply.Leads, err = s.leadViews(ctx, ws.ID, leads); err != nil {
		return reply, err
	}
	slices.SortStableFunc(reply.Leads, func(a, b LeadView) int { return compareLeads(a, b) })
	day := series.DayOf(s.deps.Clock().In(zone))
	today, yesterday := event.Millis(midnight(day, zone).UnixMilli()), event.Millis(midnight(day-1, zone).UnixMilli())
	all, err := s.deps.Store.Leads.List(ctx, ws.ID, store.LeadQuery{Limit: judgedLeads})
	if err != nil {
		return reply, err
	}
	for _, l := range all {
		if l.HotAt < yesterday || l.HotAt >= today || mine && l.Owner != ask.Owner {
			continue
		}
		reply.Before.Of++
		switch {
		case l.Verdict.Reached(score.Meeting):
			reply.Before.Meetings++
		case l.Verdict == score.Accepted:
			reply.Before.Talked++
		case l.Verdict == score.Rejected:
			reply.Before.NotNow++
		default:
			reply.Before.Open++
		}
	}
	reply.say(all, s.nowMillis(), lang)
	return reply, nil
}

// compareLeads puts the likeliest first, then the most points, then the newest.
func compareLeads(a, b LeadView) int {
	chance := func(v LeadView) float64 {
		if v.Chance == nil {
			return -1
		}
		return *v.Chance
	}
	switch {
	case chance(a) != chance(b):
		return sign(chance(b) - chance(a))
	case a.Points != b.Points:
		return b.Points - a.Points
	}
	return int(b.HotAt - a.HotAt)
}

func sign(v float64) int {
	if v < 0 {
		return -1
	}
	return 1
}

// say writes the sentences of the screen.
func (r *LeadsReply) say(all []store.Lead, now event.Millis, lang words.Lang) {
	r.Title = words.T("今日、話すとよい方は%d人です", "%d people to talk with today", len(r.Leads)).In(lang)
	switch len(r.Leads) {
	case 0:
		r.Title = words.T("いま、話すとよい方はいません", "Nobody to talk with right now").In(lang)
		return
	case 1:
		r.Title = words.T("今日、話すとよい方は1人です", "1 person to talk with today").In(lang)
	}
	expected, told := 0.0, 0
	for _, l := range r.Leads {
		if l.Chance != nil {
			expected += *l.Chance
			told++
		}
	}
	_, outcome, missing := ended(all, now)
	if told == 0 {
		r.Expected = words.T("商談の見込みは、あと%d件の結果で出せます。", "How many become meetings can be told after %d more outcomes.", max(1, missing)).In(lang)
		return
	}
	r.Expected = words.T("このうち%s人ほどが、30日以内に商談になる見込みです。", "About %s of them should become meetings within 30 days.", words.Group(expected, 0)).In(lang)
	if expected < .5 {
		r.Expected = words.T("このうち30日以内に商談になるのは、多くて1人ほどの見込みです。", "At most about one of them should become a meeting within 30 days.").In(lang)
	}
	met := 0
	for _, came := range outcome {
		if came {
			met++
		}
	}
	if len(outcome) > 0 {
		r.Accuracy = words.T("この見込みは、結果の分かった%[1]d人のうち%[2]d人が商談になった記録から出しています。",
			"This is told from %[1]d leads whose end is known; %[2]d became meetings.", len(outcome), met).In(lang)
	}
}
