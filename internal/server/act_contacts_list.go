package server

import (
	"context"
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ContactsQuery says who is asked for; what is absent narrows nothing.
type ContactsQuery struct {
	Search  string `query:"search" maxLength:"200" doc:"part of a name, an address or a company's name"`
	Tag     string `query:"tag" maxLength:"100"`
	Owner   string `query:"owner" maxLength:"80" doc:"id of a user; - is nobody"`
	Company string `query:"company" maxLength:"80"`
	Segment string `query:"segment" maxLength:"80" doc:"id of a segment they are in"`
	Consent string `query:"consent" enum:"granted,refused,none" doc:"to advertising of any topic"`
	Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Offset  int    `query:"offset" minimum:"0" maximum:"10000000"`
}

// mostSifted is how many are looked through one by one where a search and a condition
// narrow the list together.
const mostSifted = 20_000

func (s *Server) listContacts(ctx context.Context, slug string, q ContactsQuery, lang words.Lang) (ContactsReply, error) {
	reply := ContactsReply{Contacts: []ContactLine{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	list, total, err := s.narrowedContacts(ctx, ws.ID, q)
	if err != nil {
		return reply, err
	}
	reply.Total = total
	reply.Contacts, err = s.contactLines(ctx, ws.ID, list, lang)
	return reply, err
}

func (s *Server) narrowedContacts(ctx context.Context, ws store.WorkspaceID, q ContactsQuery) ([]contact.Contact, int, error) {
	ask := store.ContactQuery{Search: q.Search, Tag: q.Tag, Owner: q.Owner, Company: q.Company, Limit: q.Limit, Offset: q.Offset}
	if q.Segment == "" && q.Consent == "" {
		return s.deps.Store.Contacts.List(ctx, ws, ask)
	}
	var what condition.Condition
	if q.Segment != "" {
		if !front.IsName(q.Segment) {
			return nil, 0, store.ErrNotFound{What: kindSegment, Name: "…"}
		}
		what.All = append(what.All, condition.Condition{Segment: q.Segment})
	}
	if q.Consent != "" {
		what.All = append(what.All, condition.Condition{Consent: &condition.Consent{State: q.Consent}})
	}
	if q.Tag != "" {
		what.All = append(what.All, condition.Condition{Tag: q.Tag})
	}
	set, _, err := s.segments.find(ctx, ws, what)
	if err != nil {
		return nil, 0, lostSegment(err)
	}
	if q.Search == "" && q.Owner == "" && q.Company == "" {
		var numbers []int64
		for _, n := range set.Page(q.Offset, q.Limit) {
			numbers = append(numbers, int64(n))
		}
		list, err := s.deps.Store.Contacts.ByNumber(ctx, ws, numbers)
		slices.SortFunc(list, func(a, b contact.Contact) int { return int(b.Number - a.Number) })
		return list, set.Count(), err
	}
	var found []contact.Contact
	ask.Limit = 500
	for ask.Offset = 0; ask.Offset < mostSifted; ask.Offset += ask.Limit {
		part, _, err := s.deps.Store.Contacts.List(ctx, ws, ask)
		if err != nil {
			return nil, 0, err
		}
		for _, one := range part {
			if set.Has(uint32(one.Number)) {
				found = append(found, one)
			}
		}
		if len(part) < ask.Limit {
			break
		}
	}
	from := min(q.Offset, len(found))
	return found[from:min(from+q.Limit, len(found))], len(found), nil
}

// contactLines shows people with what a list tells of them.
func (s *Server) contactLines(ctx context.Context, ws store.WorkspaceID, list []contact.Contact, lang words.Lang) ([]ContactLine, error) {
	views, err := s.contactViews(ctx, ws, list, lang)
	if err != nil {
		return nil, err
	}
	var subjects []string
	for _, c := range list {
		subjects = append(subjects, subjectOf(c.ID))
	}
	wishes, err := wishesOf(ctx, s.deps.Store.Repositories, ws, list)
	if err != nil {
		return nil, err
	}
	points, err := s.pointsOf(ctx, ws, subjects)
	if err != nil {
		return nil, err
	}
	last, err := s.lastDoings(ctx, ws, list, lang)
	if err != nil {
		return nil, err
	}
	lines := make([]ContactLine, len(list))
	for i, c := range list {
		facts := personFacts{now: s.millis(), person: c, wishes: wishes[c.ID]}
		lines[i] = ContactLine{ContactView: views[i], Consent: facts.Consent(""), Points: append([]PointsView{}, points[subjectOf(c.ID)]...), Last: last[c.ID]}
	}
	return lines, nil
}

// pointsOf is the points of subjects by the cards that score people now, the oldest card first.
func (s *Server) pointsOf(ctx context.Context, ws store.WorkspaceID, subjects []string) (map[string][]PointsView, error) {
	cards, err := s.deps.Store.ScoreCards.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	all := map[string][]PointsView{}
	for _, card := range cards {
		if !card.Live {
			continue
		}
		scores, err := s.deps.Store.Scores.Of(ctx, ws, card.ID, subjects)
		if err != nil {
			return nil, err
		}
		for subject, one := range scores {
			all[subject] = append(all[subject], PointsView{Card: string(card.ID), Name: card.Name, Points: front.Number(float64(one.Points) / 1000), Band: one.Band, Hot: one.Hot})
		}
	}
	return all, nil
}

// lastDoings is what happened last with each: what somebody watches of what they did, or
// what the team and the program did.
func (s *Server) lastDoings(ctx context.Context, ws store.WorkspaceID, list []contact.Contact, lang words.Lang) (map[contact.ID]*LastDoing, error) {
	var subjects []string
	for _, c := range list {
		subjects = append(subjects, subjectOf(c.ID))
	}
	did, err := s.deps.Store.Occurrences.Latest(ctx, ws, subjects)
	if err != nil {
		return nil, err
	}
	watched, err := s.deps.Store.Watches.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	matchers := map[condition.Watch]condition.Matcher{}
	for _, w := range watched {
		matchers[w.Watch] = w.Matcher
	}
	last := map[contact.ID]*LastDoing{}
	for _, c := range list {
		moments, err := s.deps.Store.Moments.List(ctx, ws, c.ID, 0, 1)
		if err != nil {
			return nil, err
		}
		var at event.Millis
		if len(moments) > 0 {
			at = moments[0].At
			last[c.ID] = &LastDoing{At: int64(at), Kind: string(moments[0].Kind), Label: momentLabels[moments[0].Kind].In(lang)}
		}
		one, there := did[subjectOf(c.ID)]
		matcher, known := matchers[one.Watch]
		if there && known && one.At >= at {
			last[c.ID] = &LastDoing{At: int64(one.At), Kind: "event",
				Label: condition.Sentence(condition.Condition{Did: &condition.Did{Matcher: matcher}}, condition.Names{}).In(lang)}
		}
	}
	return last, nil
}
