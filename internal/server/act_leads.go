package server

import (
	"cmp"
	"context"
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func (s *Server) leadView(ctx context.Context, ws store.WorkspaceID, lead store.Lead, lang words.Lang) (LeadView, error) {
	views, err := s.leadViews(ctx, ws, []store.Lead{lead}, lang)
	if err != nil {
		return LeadView{}, err
	}
	return views[0], nil
}

// leadViews are leads with who they are and what is to be expected of them.
func (s *Server) leadViews(ctx context.Context, ws store.WorkspaceID, leads []store.Lead, lang words.Lang) ([]LeadView, error) {
	var ids []contact.ID
	for _, l := range leads {
		ids = append(ids, contactOf(l))
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
	cards, err := s.shownBy(ctx, ws, leads)
	if err != nil {
		return nil, err
	}
	mine, owners := asking(ctx, lang), map[string]string{}
	out := make([]LeadView, len(leads))
	for i, l := range leads {
		person, card := people[contactOf(l)], cards[l.Card]
		why, err := reasonsIn(l)
		if err != nil {
			return nil, err
		}
		v := LeadView{ID: string(l.ID), Card: string(l.Card), Subject: l.Subject, Contact: string(person.ID), Name: person.Name, Company: companies[person.CompanyID].Name,
			Address: person.Address, Phone: person.Properties["phone"].String(), HotAt: l.HotAt, Points: l.Points.Whole(), Line: card.line, Band: l.Band,
			Chance: l.Chance, Why: why, About: card.about(person), Owner: l.Owner, Mine: slices.Contains(mine, l.Owner), Verdict: string(l.Verdict), Reason: l.Reason, At: l.DecidedAt}
		v.Company = cmp.Or(v.Company, companies[person.CompanyID].Domain)
		if v.OwnedBy, err = s.ownerName(ctx, owners, l.Owner); err != nil {
			return nil, err
		}
		v.OwnedBy = cmp.Or(v.OwnedBy, l.Owner)
		if card.chance != nil && v.Chance == nil {
			p := card.chance.Of(float64(v.Points))
			v.Chance = &p
		}
		v.Told = hotText(cmp.Or(v.Name, v.Address), l.Points.Whole(), card.line, why).In(lang)
		out[i] = v
	}
	return out, nil
}

// contactOf is whose lead it is; "" of a visitor nobody has put a name to.
func contactOf(l store.Lead) contact.ID {
	if len(l.Subject) > len(contactPrefix) && l.Subject[:len(contactPrefix)] == contactPrefix {
		return contact.ID(l.Subject[len(contactPrefix):])
	}
	return ""
}

// showing is what of a card stands with its leads.
type showing struct {
	line   *int
	keys   []string // of properties its fit rules ask for
	chance *scorecard.Calibration
}

// mostAbout is how many properties stand beside a name.
const mostAbout = 3

// about is what a card knows somebody by, in words: numbers say little without their unit.
func (c showing) about(person contact.Contact) []string {
	out := []string{}
	for _, key := range c.keys {
		if v, known := person.Properties[key]; known && v.Kind == contact.Text && v.Text != "" && len(out) < mostAbout {
			out = append(out, v.Text)
		}
	}
	return out
}

// shownBy is the cards of some leads, with what can be told of points by them now.
func (s *Server) shownBy(ctx context.Context, ws store.WorkspaceID, leads []store.Lead) (map[store.ScoreCardID]showing, error) {
	cards, err := s.deps.Store.ScoreCards.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	out := map[store.ScoreCardID]showing{}
	for _, kept := range cards {
		if !slices.ContainsFunc(leads, func(l store.Lead) bool { return l.Card == kept.ID }) {
			continue
		}
		card, err := expandedCard(ctx, s.deps.Store.Repositories, ws, kept)
		if err != nil {
			return nil, err
		}
		one := showing{line: card.Hot}
		for _, fit := range fitsOf(card) {
			condition.Walk(fit, func(c condition.Condition) {
				if c.Property != nil && !slices.Contains(one.keys, c.Property.Key) {
					one.keys = append(one.keys, c.Property.Key)
				}
			})
		}
		if slices.ContainsFunc(leads, func(l store.Lead) bool { return l.Card == kept.ID && l.Chance == nil }) {
			if one.chance, _, err = chanceOf(ctx, s.deps.Store.Repositories, ws, kept, s.nowMillis()); err != nil {
				return nil, err
			}
		}
		out[kept.ID] = one
	}
	return out, nil
}

// shows is what is asked for under each name.
var shows = map[string][]score.Verdict{
	"open": {score.Open}, "talking": {score.Accepted, score.Meeting}, "done": {score.Won, score.Rejected},
}

// todaysLeads is the screen of sales.
func (s *Server) todaysLeads(ctx context.Context, slug string, ask AskLeads, lang words.Lang) (LeadsReply, error) {
	reply := LeadsReply{Leads: []LeadView{}, Cards: []LeadCard{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	cards, err := s.deps.Store.ScoreCards.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	all, err := s.deps.Store.Leads.List(ctx, ws.ID, store.LeadQuery{Limit: judgedLeads})
	if err != nil {
		return reply, err
	}
	for _, card := range cards {
		open := 0
		for _, l := range all {
			if l.Card == card.ID && l.Verdict == score.Open {
				open++
			}
		}
		if card.Live || open > 0 {
			reply.Cards = append(reply.Cards, LeadCard{string(card.ID), card.Name, open})
		}
	}
	if mine := asking(ctx, lang); ask.Mine {
		all = slices.DeleteFunc(all, func(l store.Lead) bool { return !slices.Contains(mine, l.Owner) })
	}
	if ask.Card != "" {
		all = slices.DeleteFunc(all, func(l store.Lead) bool { return string(l.Card) != ask.Card })
	}
	now := s.nowMillis()
	reply.Zone = zone.String()
	reply.count(all, now, series.DayOf(s.deps.Clock().In(zone)), func(day series.Day) event.Millis { return event.Millis(midnight(day, zone).UnixMilli()) })
	wanted := cmp.Or(ask.Show, "open")
	var shown []store.Lead
	for _, l := range all {
		if slices.Contains(shows[wanted], l.Verdict) && len(shown) < leadsShown && !(wanted == "done" && now-l.DecidedAt > recordDays*aDay) {
			shown = append(shown, l)
		}
	}
	if reply.Leads, err = s.leadViews(ctx, ws.ID, shown, lang); err != nil {
		return reply, err
	}
	if wanted == "open" {
		slices.SortStableFunc(reply.Leads, compareLeads)
	} else {
		slices.SortStableFunc(reply.Leads, func(a, b LeadView) int { return cmp.Compare(b.At, a.At) })
	}
	reply.say(wanted, all, now, lang)
	return reply, nil
}

// count tells how many there are of each kind, and what became of those of the day before.
func (r *LeadsReply) count(all []store.Lead, now event.Millis, today series.Day, midnight func(series.Day) event.Millis) {
	for _, l := range all {
		switch {
		case l.Verdict == score.Open:
			r.Counts.Open++
		case l.Verdict == score.Accepted || l.Verdict == score.Meeting:
			r.Counts.Talking++
		case now-l.DecidedAt <= recordDays*aDay:
			r.Counts.Done++
		}
		if l.HotAt < midnight(today-1) || l.HotAt >= midnight(today) {
			continue
		}
		r.Before.Of++
		switch {
		case l.Verdict.Reached(score.Meeting):
			r.Before.Meetings++
		case l.Verdict == score.Accepted:
			r.Before.Talked++
		case l.Verdict == score.Rejected:
			r.Before.NotNow++
		default:
			r.Before.Open++
		}
	}
}

// compareLeads puts the likeliest first, then the most points, then the newest.
func compareLeads(a, b LeadView) int {
	chance := func(v LeadView) float64 {
		if v.Chance == nil {
			return -1
		}
		return *v.Chance
	}
	return cmp.Or(cmp.Compare(chance(b), chance(a)), cmp.Compare(b.Points, a.Points), cmp.Compare(b.HotAt, a.HotAt))
}

// say writes the sentences of the screen.
func (r *LeadsReply) say(show string, all []store.Lead, now event.Millis, lang words.Lang) {
	r.Accuracy = accuracy(all, now).In(lang)
	n := len(r.Leads)
	switch {
	case show == "talking":
		r.Title = howMany(n, words.T("いま、話している方は%d人です", "%d people you are talking with", n), words.T("いま、話している方は1人です", "1 person you are talking with"),
			words.T("いま、話している方はいません", "You are talking with nobody right now")).In(lang)
		return
	case show == "done":
		r.Title = howMany(n, words.T("この90日で結果の出た方は%d人です", "%d people came to an end in the last 90 days", n), words.T("この90日で結果の出た方は1人です", "1 person came to an end in the last 90 days"),
			words.T("この90日で結果の出た方はまだいません", "Nobody has come to an end in the last 90 days")).In(lang)
		return
	}
	r.Title = howMany(n, words.T("今日、話すとよい方は%d人です", "%d people to talk with today", n), words.T("今日、話すとよい方は1人です", "1 person to talk with today"),
		words.T("いま、話すとよい方はいません", "Nobody to talk with right now")).In(lang)
	if n > 0 {
		r.Expected = r.expected(all, now).In(lang)
	}
}

func howMany(n int, many, one, none words.Text) words.Text {
	switch n {
	case 0:
		return none
	case 1:
		return one
	}
	return many
}

// expected is how many meetings are to be expected of those shown, or what is missing.
func (r *LeadsReply) expected(all []store.Lead, now event.Millis) words.Text {
	expected, told := 0.0, 0
	for _, l := range r.Leads {
		if l.Chance != nil {
			expected += *l.Chance
			told++
		}
	}
	switch {
	case told == 0:
		_, _, missing := ended(all, now)
		return words.T("商談の見込みは、あと%d件の結果で出せます。", "How many become meetings can be told after %d more outcomes.", max(1, missing))
	case len(r.Leads) == 1:
		return words.T("30日以内に商談になる見込みは%sです。", "A meeting within 30 days is %s likely.", words.Chance(expected))
	case expected < .5:
		return words.T("このうち30日以内に商談になるのは、多くて1人ほどの見込みです。", "At most about one of them should become a meeting within 30 days.")
	}
	return words.T("このうち%s人ほどが、30日以内に商談になる見込みです。", "About %s of them should become meetings within 30 days.", words.Group(expected, 0))
}
