package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// leadAgain is how long somebody who was decided on is not shown again.
const leadAgain = event.Millis(30 * 24 * time.Hour / time.Millisecond)

// contactPrefix begins the subject of a contact; a visitor's begins with "v:".
const (
	contactPrefix = "c:"
	visitorPrefix = "v:"
)

// LeadReason is one reason why somebody is hot, as it is kept with the lead.
type LeadReason struct {
	Rule   string       `json:"rule"`
	Kind   string       `json:"kind" enum:"view,event,fit,given" doc:"given: by a step of an automation"`
	JA     string       `json:"ja"`
	EN     string       `json:"en"`
	Points int          `json:"points"`
	Earned int          `json:"earned" doc:"when it happened, before time took some"`
	First  event.Millis `json:"first" doc:"the first time it was done, of those that count"`
	At     event.Millis `json:"at" doc:"the last time it was done; 0 for what somebody is"`
	WhenJA string       `json:"when_ja" doc:"the days, or the moment, in words; empty for what somebody is"`
	WhenEN string       `json:"when_en"`
}

// ScoreSubjects works out the points of subjects by every live card of a workspace, and
// keeps them with who became hot by it, and the chance of a meeting where it can be told.
// It is one step of whoever's transaction it is called in: the reader of events calls it
// with the subjects it has touched, the timer with those whose points are due. Visitors
// nobody has put a name to are scored only where the notice of the workspace says so:
// points for them would be a profile they were never told of. lines are, by card, the points
// somebody waits for beside the card's own bands.
func ScoreSubjects(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, zone *time.Location, subjects []string, lines map[string][]score.Points, now event.Millis) (hot []store.Lead, err error) {
	cards, err := tx.ScoreCards.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	cards = slices.DeleteFunc(cards, func(c store.ScoreCard) bool { return !c.Live })
	if len(cards) == 0 || len(subjects) == 0 {
		return nil, nil
	}
	if subjects, err = scorable(ctx, tx, ws, subjects); err != nil || len(subjects) == 0 {
		return nil, err
	}
	for _, card := range cards {
		scorer, err := scorerOf(ctx, tx, ws, card, zone)
		if err != nil {
			return nil, err
		}
		people, err := scoringFacts(ctx, tx, ws, zone, subjects, fitsOf(scorer.Card()), now)
		if err != nil {
			return nil, err
		}
		scorer = scorer.Also(lines[string(card.ID)])
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
		given, err := tx.Scores.Given(ctx, ws, card.ID, subjects)
		if err != nil {
			return nil, err
		}
		chance := onceChance(tx, ws, card, now)
		list := make([]store.Scored, 0, len(subjects))
		for _, subject := range subjects {
			one := people[subject]
			one.did(done[subject])
			one.given = given[subject]
			facts := asFacts(subject, one)
			points := scorer.Points(facts)
			list = append(list, store.Scored{Card: card.ID, Subject: subject, Version: card.Version, Points: points.Total, Band: points.Band, Hot: points.Hot,
				Next: scorer.NextChange(facts), UpdatedAt: now})
			if !points.Hot {
				continue
			}
			lead, opened, err := openLead(ctx, tx, ws, card, scorer, subject, one.person.Owner, points, now)
			if err != nil {
				return nil, err
			}
			if !opened {
				continue
			}
			if lead, err = foretell(ctx, tx, ws, lead, chance); err != nil {
				return nil, err
			}
			hot = append(hot, lead)
		}
		if err := tx.Scores.Put(ctx, ws, list); err != nil {
			return nil, err
		}
	}
	return hot, nil
}

// scorable are the subjects that may be scored, each once.
func scorable(ctx context.Context, tx store.Repositories, ws store.WorkspaceID, subjects []string) ([]string, error) {
	subjects = slices.Compact(slices.Sorted(slices.Values(subjects)))
	named := func(s string) bool { return strings.HasPrefix(s, contactPrefix) }
	if !slices.ContainsFunc(subjects, func(s string) bool { return !named(s) }) {
		return subjects, nil
	}
	allowed, err := stitchingIn(ctx, tx, ws)
	if err != nil || allowed.Allowed {
		return subjects, err
	}
	return slices.DeleteFunc(subjects, func(s string) bool { return !named(s) }), nil
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
		says, when := scorer.Says(part), scorer.When(part)
		kind := "event"
		switch {
		case part.Given != nil:
			kind = "given"
		case part.Fit:
			kind = "fit"
		case pages[part.Rule]:
			kind = "view"
		}
		out[i] = LeadReason{Rule: part.Rule, Kind: kind, JA: says.JA, EN: says.EN, Points: whole, Earned: part.Earned.Whole(),
			First: part.First, At: part.Last, WhenJA: when.JA, WhenEN: when.EN}
	}
	return out
}
