package server

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// weeksBack is how far a preview and a line look back.
const weeksBack = 12

const aWeek = 7 * aDay

// watchesOf is what history a card needs, fit rules included.
func watchesOf(scorer *score.Scorer) []condition.Watch {
	var out []condition.Watch
	for _, w := range scorer.Card().Watched() {
		out = append(out, w.Watch)
	}
	return out
}

// replaying is a card made ready and what is known of everybody, for a run over history.
func (s *Server) replaying(ctx context.Context, ws store.WorkspaceID, kept store.ScoreCard) (*score.Scorer, func(string) condition.Facts, error) {
	scorer, people, err := s.readied(ctx, ws, kept)
	return scorer, factsIn(people), err
}

// factsIn finds what is known of a subject besides what it did; nothing of visitors.
func factsIn(people map[string]*personFacts) func(string) condition.Facts {
	if people == nil {
		return nil
	}
	return func(subject string) condition.Facts {
		if person, known := people[subject]; known {
			return person
		}
		return nil
	}
}

// readied is a card made ready and, where it asks what people are, all of them.
func (s *Server) readied(ctx context.Context, ws store.WorkspaceID, kept store.ScoreCard) (*score.Scorer, map[string]*personFacts, error) {
	zone, err := s.zoneOf(ctx, ws)
	if err != nil {
		return nil, nil, err
	}
	scorer, err := scorerOf(ctx, s.deps.Store.Repositories, ws, kept, zone)
	if err != nil {
		return scorer, nil, err
	}
	given := map[string][]score.Given{}
	if kept.ID != "" {
		if given, err = s.deps.Store.Scores.Given(ctx, ws, kept.ID, nil); err != nil {
			return scorer, nil, err
		}
	}
	fits := fitsOf(scorer.Card())
	if len(fits)+len(given) == 0 {
		return scorer, nil, nil
	}
	people, err := everybody(ctx, s.deps.Store.Repositories, ws, zone, fits, s.nowMillis())
	for subject, one := range people {
		if one.given = given[subject]; len(fits) == 0 && len(one.given) == 0 {
			delete(people, subject) // nothing gives them points but what they did
		}
	}
	return scorer, people, err
}

// previewScoreCard tells what a card would do, without keeping it.
func (s *Server) previewScoreCard(ctx context.Context, slug string, of store.ScoreCardID, card score.Card) (ScorePreview, error) {
	reply := ScorePreview{Bands: map[string]int{}, Points: []PointsCount{}, Hot: []WouldBeHot{}, Weeks: make([]HotWeek, weeksBack), Unwatched: []string{}, Enter: []WouldEnter{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	made, err := checkedCard(ctx, NewScoreCard{Card: card})
	if err != nil {
		return reply, err
	}
	scorer, about, err := s.replaying(ctx, ws.ID, store.ScoreCard{Body: made.Body})
	if err != nil {
		return reply, err
	}
	if reply.Unwatched, err = s.unwatched(ctx, ws.ID, card); err != nil {
		return reply, err
	}
	now := s.nowMillis()
	for i := range reply.Weeks {
		reply.Weeks[i].From = now - event.Millis(weeksBack-i)*aWeek
	}
	enter, err := s.wouldEnter(ctx, ws.ID, of, &reply)
	if err != nil {
		return reply, err
	}
	points := map[int]int{}
	var hottest []score.Replayed
	err = scorer.Replay(s.history(ctx, ws.ID, watchesOf(scorer)), about, now-weeksBack*aWeek, now, func(one score.Replayed) error {
		reply.People++
		enter(one.Subject, one.Now)
		points[one.Now.Whole()]++
		reply.Bands[scorer.Band(one.Now)]++
		for _, at := range one.Hot {
			if week := weeksBack - 1 - int((now-at)/aWeek); week >= 0 && week < weeksBack {
				reply.Weeks[week].Leads++
			}
		}
		if scorer.Hot(one.Now) {
			one.Did = nil
			hottest = append(hottest, one)
			if len(hottest) > 1000 {
				hottest = theHottest(hottest, mostPreviewed)
			}
		}
		return nil
	})
	if err != nil {
		return reply, err
	}
	for _, p := range slices.Sorted(maps.Keys(points)) {
		reply.Points = append(reply.Points, PointsCount{p, points[p]})
	}
	for _, week := range reply.Weeks {
		reply.AWeek += float64(week.Leads) / weeksBack
	}
	err = s.explainHot(ctx, ws.ID, scorer, theHottest(hottest, mostPreviewed), now, &reply)
	return reply, err
}

const mostPreviewed = 20

func theHottest(list []score.Replayed, most int) []score.Replayed {
	slices.SortStableFunc(list, func(a, b score.Replayed) int {
		return cmp.Or(cmp.Compare(b.Now, a.Now), cmp.Compare(a.Subject, b.Subject))
	})
	return list[:min(most, len(list))]
}

// explainHot says why each of some would be hot.
func (s *Server) explainHot(ctx context.Context, ws store.WorkspaceID, scorer *score.Scorer, list []score.Replayed, now event.Millis, reply *ScorePreview) error {
	if len(list) == 0 {
		return nil
	}
	var subjects []string
	for _, one := range list {
		subjects = append(subjects, one.Subject)
	}
	zone, err := s.zoneOf(ctx, ws)
	if err != nil {
		return err
	}
	people, err := scoringFacts(ctx, s.deps.Store.Repositories, ws, zone, subjects, fitsOf(scorer.Card()), now)
	if err != nil {
		return err
	}
	since := map[condition.Watch]event.Millis{}
	for _, w := range watchesOf(scorer) {
		since[w] = 0
	}
	done, err := s.deps.Store.Occurrences.Of(ctx, ws, subjects, since)
	if err != nil {
		return err
	}
	for _, one := range list {
		person := people[one.Subject]
		person.did(done[one.Subject])
		reply.Hot = append(reply.Hot, WouldBeHot{Subject: one.Subject, Name: person.person.Name, Company: person.company.Name, Points: one.Now.Whole(),
			Why: reasonsOf(scorer, scorer.Points(asFacts(one.Subject, person)))})
	}
	return nil
}

// unwatched names the rules whose behaviour has not been read from the past yet.
func (s *Server) unwatched(ctx context.Context, ws store.WorkspaceID, card score.Card) ([]string, error) {
	inUse, err := s.deps.Store.Watches.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	filled := map[condition.Watch]bool{}
	for _, w := range inUse {
		filled[w.Watch] = w.Filled
	}
	out := []string{}
	for _, r := range card.Behaviour {
		if !filled[condition.WatchOf(r.Matcher)] {
			out = append(out, r.ID)
		}
	}
	return out, nil
}

// peaksOf is the most points everybody had over the last weeks by a card and whether a
// meeting came of it: by the card's outcome, or by what sales said.
func (s *Server) peaksOf(ctx context.Context, ws store.WorkspaceID, kept store.ScoreCard) ([]score.Peak, float64, error) {
	scorer, about, err := s.replaying(ctx, ws, kept)
	if err != nil {
		return nil, 0, err
	}
	met, err := s.meetings(ctx, ws, kept.ID)
	if err != nil {
		return nil, 0, err
	}
	now := s.nowMillis()
	if of := scorer.Card().Outcome; of != nil {
		for row, err := range s.history(ctx, ws, []condition.Watch{condition.WatchOf(*of)}) {
			if err != nil {
				return nil, 0, err
			}
			if was, known := met[row.Subject]; !known || row.At < was {
				met[row.Subject] = row.At
			}
		}
	}
	first := now
	before := func(yield func(score.Row, error) bool) {
		for row, err := range s.history(ctx, ws, watchesOf(scorer)) {
			if err == nil {
				first = min(first, row.At)
			}
			// What came with a meeting or after it would tell the answer.
			if at, known := met[row.Subject]; known && row.At >= at {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
	var peaks []score.Peak
	err = scorer.Replay(before, about, now-weeksBack*aWeek, now, func(one score.Replayed) error {
		if one.Peak <= 0 {
			return nil
		}
		at, meeting := one.At, met[one.Subject]
		came := meeting >= at && meeting-at <= 30*aDay
		peaks = append(peaks, score.Peak{Points: one.Peak.Whole(), Meeting: came, Known: came || now-at > 30*aDay})
		return nil
	})
	weeks := min(float64(now-first)/float64(aWeek), weeksBack)
	return peaks, weeks, err
}

// meetings is when subjects came as far as a meeting, as sales said it.
func (s *Server) meetings(ctx context.Context, ws store.WorkspaceID, card store.ScoreCardID) (map[string]event.Millis, error) {
	leads, err := s.deps.Store.Leads.List(ctx, ws, store.LeadQuery{Card: card, Limit: 100_000})
	if err != nil {
		return nil, err
	}
	met := map[string]event.Millis{}
	for _, l := range leads {
		if l.Verdict.Reached(score.Meeting) {
			met[l.Subject] = l.DecidedAt
		}
	}
	return met, nil
}
