package server

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// expandedCard reads a kept card and puts the conditions of segments in the place of their
// names, so that what it watches and what holds of somebody need not know segments.
func expandedCard(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, kept store.ScoreCard) (score.Card, error) {
	var card score.Card
	if err := json.Unmarshal(kept.Body, &card); err != nil {
		return card, fmt.Errorf("read card of points %q: %w", kept.ID, err)
	}
	if !restsOnSegments(card) {
		return card, nil
	}
	docs, err := tx.Documents.List(ctx, ws, kindPeople)
	if err != nil {
		return card, err
	}
	saved := make(map[string]condition.Condition, len(docs))
	for _, doc := range docs {
		var c condition.Condition
		if err := json.Unmarshal(doc.Body, &c); err != nil {
			return card, fmt.Errorf("read segment %q: %w", doc.ID, err)
		}
		saved[doc.ID] = c
	}
	card.Fit = slices.Clone(card.Fit)
	for i := range card.Fit {
		// A segment that is gone holds of nobody.
		card.Fit[i].If, _ = condition.Expand(card.Fit[i].If, func(id string) (condition.Condition, bool) { c, known := saved[id]; return c, known })
	}
	return card, nil
}

// scorerOf makes a kept card ready.
func scorerOf(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, kept store.ScoreCard, zone *time.Location) (*score.Scorer, error) {
	card, err := expandedCard(ctx, tx, ws, kept)
	if err != nil {
		return nil, err
	}
	return score.Compile(card, zone, score.Conditions())
}

// fitsOf are the conditions of a card's fit rules.
func fitsOf(card score.Card) []condition.Condition {
	asked := make([]condition.Condition, len(card.Fit))
	for i, f := range card.Fit {
		asked[i] = f.If
	}
	return asked
}

// visitorFacts are what is known of a browser nobody has put a name to: what it did.
type visitorFacts struct{ *personFacts }

// Property is none: a visitor has not told us any.
func (visitorFacts) Property(string) (contact.Value, bool) { return contact.Value{}, false }

// scoringFacts reads what conditions ask of subjects, without what they did.
func scoringFacts(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, zone *time.Location, subjects []string, asked []condition.Condition, now event.Millis) (map[string]*personFacts, error) {
	var ids []contact.ID
	for _, subject := range subjects {
		if id, known := strings.CutPrefix(subject, contactPrefix); known {
			ids = append(ids, contact.ID(id))
		}
	}
	people, err := tx.Contacts.GetMany(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*personFacts, len(subjects))
	for _, subject := range subjects {
		person := people[contact.ID(strings.TrimPrefix(subject, contactPrefix))]
		out[subject] = &personFacts{now: now, zone: zone, person: person}
	}
	return out, addToFacts(ctx, tx, ws, out, usesOf(asked))
}

// addToFacts reads of people what only some conditions ask.
func addToFacts(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, of map[string]*personFacts, asked uses) error {
	companies := map[string]bool{}
	people := make([]contact.Contact, 0, len(of))
	for _, f := range of {
		people = append(people, f.person)
		if f.person.CompanyID != "" {
			companies[f.person.CompanyID] = true
		}
	}
	firms, err := tx.Companies.GetMany(ctx, ws, slices.Sorted(maps.Keys(companies)))
	if err != nil {
		return err
	}
	var wishes map[contact.ID]contact.Wishes
	if asked.consent {
		if wishes, err = wishesOf(ctx, tx, ws, people); err != nil {
			return err
		}
	}
	for _, f := range of {
		f.company, f.wishes = firms[f.person.CompanyID], wishes[f.person.ID]
	}
	subjects := slices.Sorted(maps.Keys(of))
	for _, card := range asked.cards {
		scored, err := tx.Scores.Of(ctx, ws, store.ScoreCardID(card), subjects)
		if err != nil {
			return err
		}
		for subject, one := range scored {
			if of[subject].scores == nil {
				of[subject].scores = map[string]float64{}
			}
			of[subject].scores[card] = float64(one.Points) / float64(score.Point)
		}
	}
	return nil
}

// asFacts is what is known of a subject, as conditions ask it.
func asFacts(subject string, f *personFacts) condition.Facts {
	if strings.HasPrefix(subject, contactPrefix) {
		return f
	}
	return visitorFacts{f}
}

// did takes what somebody did, the oldest first.
func (f *personFacts) did(done []condition.Occurrence) {
	f.deeds = map[condition.Watch][]condition.Occurrence{}
	for _, o := range done {
		f.deeds[o.Watch] = append(f.deeds[o.Watch], o)
	}
}

// everybody is all contacts by subject, with what conditions ask of them.
func everybody(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, zone *time.Location, asked []condition.Condition, now event.Millis) (map[string]*personFacts, error) {
	uses := usesOf(asked)
	out := map[string]*personFacts{}
	var after int64
	for {
		part, err := tx.Contacts.After(ctx, ws, after, 1000)
		if err != nil {
			return nil, err
		}
		if len(part) == 0 {
			return out, nil
		}
		these := make(map[string]*personFacts, len(part))
		for _, one := range part {
			these[contactPrefix+string(one.ID)] = &personFacts{now: now, zone: zone, person: one}
			after = one.Number
		}
		if err := addToFacts(ctx, tx, ws, these, uses); err != nil {
			return nil, err
		}
		maps.Copy(out, these)
	}
}
