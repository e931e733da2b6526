package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// leadAgain is how long somebody who was decided on is not shown again.
const leadAgain = event.Millis(30 * 24 * time.Hour / time.Millisecond)

// contactPrefix begins the subject of a contact; a visitor's begins with "v:".
const contactPrefix = "c:"

// LeadReason is one reason why somebody is hot, as it is kept with the lead.
type LeadReason struct {
	Rule   string       `json:"rule"`
	Kind   string       `json:"kind" enum:"view,event,fit"`
	JA     string       `json:"ja"`
	EN     string       `json:"en"`
	Points int          `json:"points"`
	Earned int          `json:"earned" doc:"when it happened, before time took some"`
	At     event.Millis `json:"at" doc:"the last time it was done; 0 for what somebody is"`
}

// scorerOf makes a kept card ready.
func scorerOf(card store.ScoreCard, zone *time.Location) (*score.Scorer, error) {
	var c score.Card
	if err := json.Unmarshal(card.Body, &c); err != nil {
		return nil, fmt.Errorf("read card of points %q: %w", card.ID, err)
	}
	return score.Compile(c, zone, score.Conditions())
}

// ScoreSubjects works out the points of subjects by every live card of a workspace, and
// keeps them with who became hot by it. It is one step of whoever's transaction it is
// called in: the reader of events calls it with the subjects it has touched, the timer with
// those whose points are due. Only contacts are scored: points for somebody nobody knows
// would be a profile they were never told of.
func ScoreSubjects(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, zone *time.Location, subjects []string, now event.Millis) (hot []store.Lead, err error) {
	cards, err := tx.ScoreCards.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	cards = slices.DeleteFunc(cards, func(c store.ScoreCard) bool { return !c.Live })
	subjects = slices.DeleteFunc(slices.Clone(subjects), func(s string) bool { return !strings.HasPrefix(s, contactPrefix) })
	if len(cards) == 0 || len(subjects) == 0 {
		return nil, nil
	}
	people, err := factsOf(ctx, tx, ws, zone, subjects, now)
	if err != nil {
		return nil, err
	}
	for _, card := range cards {
		scorer, err := scorerOf(card, zone)
		if err != nil {
			return nil, err
		}
		since := map[condition.Watch]event.Millis{}
		for _, w := range scorer.Card().Watched() {
			if w.Days > 0 {
				since[w.Watch] = now - event.Millis(w.Days)*aDay
				continue
			}
			since[w.Watch] = 0
		}
		done, err := tx.Occurrences.Of(ctx, ws, subjects, since)
		if err != nil {
			return nil, err
		}
		list := make([]store.Scored, 0, len(subjects))
		for _, subject := range subjects {
			one := people[subject]
			one.did(done[subject])
			points := scorer.Points(one)
			list = append(list, store.Scored{Card: card.ID, Subject: subject, Version: card.Version, Points: points.Total, Band: points.Band, Hot: points.Hot,
				Next: scorer.NextChange(one), UpdatedAt: now})
			if !points.Hot {
				continue
			}
			lead, opened, err := openLead(ctx, tx, ws, card, scorer, subject, one.person.Owner, points, now)
			if err != nil {
				return nil, err
			}
			if opened {
				hot = append(hot, lead)
			}
		}
		if err := tx.Scores.Put(ctx, ws, list); err != nil {
			return nil, err
		}
	}
	return hot, nil
}

const aDay = event.Millis(24 * time.Hour / time.Millisecond)

func openLead(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, card store.ScoreCard, scorer *score.Scorer, subject, owner string, points score.Score, now event.Millis) (store.Lead, bool, error) {
	why, err := json.Marshal(reasonsOf(scorer, points))
	if err != nil {
		return store.Lead{}, false, fmt.Errorf("tell why %q is hot: %w", subject, err)
	}
	return tx.Leads.Open(ctx, ws, store.Lead{Card: card.ID, Version: card.Version, Subject: subject, Points: points.Total, Band: points.Band,
		Why: why, Owner: owner, HotAt: now}, now-leadAgain)
}

// reasonsOf is the parts of a score as they are read.
func reasonsOf(scorer *score.Scorer, points score.Score) []LeadReason {
	out := make([]LeadReason, len(points.Parts))
	pages := map[string]bool{}
	for _, r := range scorer.Card().Behaviour {
		pages[r.ID] = r.Event == ""
	}
	for i, whole := range points.Wholes() {
		part := points.Parts[i]
		says := scorer.Says(part)
		kind := "event"
		switch {
		case part.Fit:
			kind = "fit"
		case pages[part.Rule]:
			kind = "view"
		}
		out[i] = LeadReason{Rule: part.Rule, Kind: kind, JA: says.JA, EN: says.EN, Points: whole, Earned: part.Earned.Whole(), At: part.Last}
	}
	return out
}

// scoredPerson is what is known of a subject, as conditions ask it.
type scoredPerson struct {
	now     event.Millis
	zone    *time.Location
	person  contact.Contact
	company contact.Company
	visitor bool
	done    map[condition.Watch][]condition.Occurrence
}

func factsOf(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, zone *time.Location, subjects []string, now event.Millis) (map[string]*scoredPerson, error) {
	out := make(map[string]*scoredPerson, len(subjects))
	var ids []contact.ID
	for _, subject := range subjects {
		id, known := strings.CutPrefix(subject, contactPrefix)
		if known {
			ids = append(ids, contact.ID(id))
		}
		out[subject] = &scoredPerson{now: now, zone: zone, visitor: !known}
	}
	people, err := tx.Contacts.GetMany(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	var companies []string
	for id, person := range people {
		out[contactPrefix+string(id)].person = person
		if person.CompanyID != "" {
			companies = append(companies, person.CompanyID)
		}
	}
	firms, err := tx.Companies.GetMany(ctx, ws, companies)
	if err != nil {
		return nil, err
	}
	for _, one := range out {
		one.company = firms[one.person.CompanyID]
	}
	return out, nil
}

// did takes what somebody did, oldest first.
func (p *scoredPerson) did(done []condition.Occurrence) {
	p.done = map[condition.Watch][]condition.Occurrence{}
	for _, o := range done {
		p.done[o.Watch] = append(p.done[o.Watch], o)
	}
}

// Now is the moment they are looked at.
func (p *scoredPerson) Now() event.Millis { return p.now }

// Property is one of theirs, or of who they work for.
func (p *scoredPerson) Property(key string) (contact.Value, bool) {
	text := ""
	switch key {
	case "address":
		text = p.person.Address
	case "name":
		text = p.person.Name
	case "owner":
		text = p.person.Owner
	case "company.name":
		text = p.company.Name
	case "company.domain":
		text = p.company.Domain
	case "created":
		return contact.Value{Kind: contact.Date, Number: float64(p.person.CreatedAt)}, p.person.CreatedAt > 0
	default:
		v, known := p.person.Properties[key]
		return v, known
	}
	return contact.Value{Kind: contact.Text, Text: text}, text != ""
}

// Occurrences are those of a watch since a moment.
func (p *scoredPerson) Occurrences(w condition.Watch, since event.Millis) []condition.Occurrence {
	all := p.done[w]
	i, _ := slices.BinarySearchFunc(all, since, func(o condition.Occurrence, at event.Millis) int { return int(o.At - at) })
	return all[i:]
}

// Score is none: points do not rest on points.
func (p *scoredPerson) Score(string) float64 { return 0 }

// Tagged reports whether they carry a tag.
func (p *scoredPerson) Tagged(tag string) bool { return slices.Contains(p.person.Tags, tag) }

// Consent is not asked for points: they mail nobody.
func (p *scoredPerson) Consent(string) string { return condition.None }

// InSegment is never so: a segment may rest on points.
func (p *scoredPerson) InSegment(string) bool { return false }

// DayOf is the day a moment falls on.
func (p *scoredPerson) DayOf(at event.Millis) series.Day {
	return series.DayOf(time.UnixMilli(int64(at)).In(p.zone))
}

// Cookieless is not known of a visitor whose deeds were kept.
func (p *scoredPerson) Cookieless() bool { return false }
