package server

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// personFacts are what the state knows of one person at one moment.
type personFacts struct {
	now     event.Millis
	zone    *time.Location
	person  contact.Contact
	company contact.Company
	deeds   map[condition.Watch][]condition.Occurrence
	scores  map[string]float64
	given   []score.Given // by the card that is being worked out
	wishes  contact.Wishes
}

var _ score.Gifted = (*personFacts)(nil)

// Given is what steps of automations gave them.
func (f *personFacts) Given() []score.Given { return f.given }

// Facts reads what conditions ask of people; whoever is gone is left out.
func (b books) Facts(ctx context.Context, ws event.Workspace, people []contact.ID, asked []condition.Condition, now event.Millis) (map[contact.ID]condition.Facts, error) {
	id := store.WorkspaceID(ws)
	contacts, err := b.tx.Contacts.GetMany(ctx, id, people)
	if err != nil {
		return nil, err
	}
	since := map[condition.Watch]event.Millis{}
	for _, w := range condition.Watches(asked...) {
		if since[w.Watch] = 0; w.Days > 0 {
			since[w.Watch] = now - event.Millis(w.Days)*24*3_600_000
		}
	}
	subjects, companies := []string{}, []string{}
	for _, c := range contacts {
		subjects = append(subjects, actor.SubjectOf(c.ID))
		if c.CompanyID != "" {
			companies = append(companies, c.CompanyID)
		}
	}
	slices.Sort(subjects)
	deeds, err := b.tx.Occurrences.Of(ctx, id, subjects, since)
	if err != nil {
		return nil, err
	}
	uses := usesOf(asked)
	var of map[string]contact.Company
	if uses.company {
		if of, err = b.tx.Companies.GetMany(ctx, id, companies); err != nil {
			return nil, err
		}
	}
	var wishes map[contact.ID]contact.Wishes
	if uses.consent {
		if wishes, err = wishesOf(ctx, b.tx.Repositories, id, slices.Collect(maps.Values(contacts))); err != nil {
			return nil, err
		}
	}
	zone := b.location(ws)
	facts := make(map[contact.ID]condition.Facts, len(contacts))
	for who, c := range contacts {
		f := &personFacts{
			now: now, zone: zone, person: c, company: of[c.CompanyID], deeds: map[condition.Watch][]condition.Occurrence{},
			wishes: wishes[who],
		}
		for _, o := range deeds[actor.SubjectOf(c.ID)] {
			f.deeds[o.Watch] = append(f.deeds[o.Watch], o)
		}
		facts[who] = f
	}
	for _, card := range uses.cards {
		scored, err := b.tx.Scores.Of(ctx, id, store.ScoreCardID(card), subjects)
		if err != nil {
			return nil, err
		}
		for who := range facts {
			f := facts[who].(*personFacts)
			if s, there := scored[actor.SubjectOf(who)]; there {
				if f.scores == nil {
					f.scores = map[string]float64{}
				}
				f.scores[card] = float64(s.Points) / float64(score.Point)
			}
		}
	}
	return facts, nil
}

// uses is what conditions ask for beside behaviour.
type uses struct {
	company, consent bool
	cards            []string
}

func usesOf(asked []condition.Condition) uses {
	var u uses
	for _, c := range asked {
		condition.Walk(c, func(c condition.Condition) {
			u.consent = u.consent || c.Consent != nil
			u.company = u.company || c.Property != nil && strings.HasPrefix(c.Property.Key, "company.")
			if c.Score != nil && !slices.Contains(u.cards, c.Score.Card) {
				u.cards = append(u.cards, c.Score.Card)
			}
		})
	}
	return u
}

func (f *personFacts) Now() event.Millis { return f.now }

func (f *personFacts) Property(key string) (contact.Value, bool) {
	text := func(s string) (contact.Value, bool) { return contact.TextValue(s), s != "" }
	switch key {
	case "address":
		return text(f.person.Address)
	case "name":
		return text(f.person.Name)
	case "owner":
		return text(f.person.Owner)
	case "created":
		return contact.DateValue(f.person.CreatedAt), true
	case "company.name":
		return text(f.company.Name)
	case "company.domain":
		return text(f.company.Domain)
	}
	v, ok := f.person.Properties[key]
	return v, ok
}

func (f *personFacts) Occurrences(w condition.Watch, since event.Millis) []condition.Occurrence {
	all := f.deeds[w]
	k, _ := slices.BinarySearchFunc(all, since, func(o condition.Occurrence, at event.Millis) int { return int(min(max(o.At-at, -1), 1)) })
	return all[k:]
}

func (f *personFacts) Score(card string) float64 { return f.scores[card] }

func (f *personFacts) Tagged(tag string) bool { return slices.Contains(f.person.Tags, tag) }

func (f *personFacts) Consent(topic string) string {
	switch verdict := f.wishes.MaySend(topic, contact.Marketing, f.now); {
	case verdict.May:
		return condition.Granted
	case verdict.Refused, f.wishes.Stopped(topic):
		return condition.Refused
	}
	return condition.None
}

func (f *personFacts) InSegment(string) bool { return false }

func (f *personFacts) DayOf(at event.Millis) series.Day { return dayIn(at, f.zone) }

func (f *personFacts) Cookieless() bool { return false }
