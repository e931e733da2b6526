package server

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Points that time alone has changed are looked at this often, so many at once.
const (
	scoreEvery   = time.Minute
	scoresAtOnce = 1000
	// hotTold is how long the news that somebody is hot is news.
	hotTold = 3 * aDay
)

// contactsOnly leaves out what visitors did whom nobody knows: points for them would be a
// profile nobody has been told of.
func contactsOnly(rows iter.Seq2[score.Row, error]) iter.Seq2[score.Row, error] {
	return func(yield func(score.Row, error) bool) {
		for row, err := range rows {
			if err == nil && !strings.HasPrefix(row.Subject, contactPrefix) {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// history is what contacts did of some watches.
func (s *Server) history(ctx context.Context, ws store.WorkspaceID, watches []condition.Watch) iter.Seq2[score.Row, error] {
	if len(watches) == 0 {
		return func(func(score.Row, error) bool) {} // of none, not of all
	}
	return contactsOnly(s.deps.Store.Scores.History(ctx, ws, watches))
}

// rescore works out the points of contacts anew, keeps who became hot, and has whoever
// looks after them told why.
func (b books) rescore(ctx context.Context, ws event.Workspace, subjects []string, now event.Millis) error {
	subjects = slices.DeleteFunc(subjects, func(s string) bool { return !strings.HasPrefix(s, contactPrefix) })
	slices.Sort(subjects)
	subjects = slices.Compact(subjects)
	for part := range slices.Chunk(subjects, scoresAtOnce) {
		hot, err := ScoreSubjects(ctx, b.tx.Repositories, store.WorkspaceID(ws), b.location(ws), part, now)
		if err != nil {
			return err
		}
		if err := b.tellHot(ctx, ws, hot, now); err != nil {
			return err
		}
	}
	return nil
}

// tellHot queues the notice to the owner of each lead, with the reasons.
func (b books) tellHot(ctx context.Context, ws event.Workspace, hot []store.Lead, now event.Millis) error {
	if len(hot) == 0 {
		return nil
	}
	var ids []contact.ID
	for _, l := range hot {
		ids = append(ids, contact.ID(strings.TrimPrefix(l.Subject, contactPrefix)))
	}
	people, err := b.tx.Contacts.GetMany(ctx, store.WorkspaceID(ws), ids)
	if err != nil {
		return err
	}
	var items []outbox.Item
	for i, l := range hot {
		why, err := reasonsIn(l)
		if err != nil {
			return err
		}
		name := people[ids[i]].Name
		payload, err := json.Marshal(automation.Handing{Contact: string(ids[i]), Name: name, Notify: &automation.Notify{Channel: "owner", Text: hotText(name, l, why).JA}})
		if err != nil {
			return fmt.Errorf("tell that %q is hot: %w", l.Subject, err)
		}
		items = append(items, outbox.Item{Workspace: ws, Key: "score/" + string(l.Card) + "/" + string(l.ID), Kind: outbox.Notice, Stream: "transactional",
			Contact: string(ids[i]), Cause: "score:" + string(l.Card), Payload: payload, NotBefore: now, ExpiresAt: now + hotTold, State: outbox.Queued})
	}
	_, err = b.tx.Outbox.Queue(ctx, items)
	return err
}

// hotText is the notice: who, how many points, and every reason with its points.
func hotText(name string, l store.Lead, why []LeadReason) words.Text {
	var reasons []words.Text
	for _, r := range why {
		points := words.Signed(float64(r.Points), 0)
		reasons = append(reasons, words.T("%[1]s（%[3]s）", "%[2]s (%[3]s)", r.JA, r.EN, points))
	}
	if name == "" {
		name = "—"
	}
	return words.T("%[1]s様が%[2]d点になりました。%[3]s", "%[1]s has reached %[2]d points: %[3]s", name, l.Points.Whole(), words.Join(reasons, "・", "; "))
}

// touched are the subjects of deeds that were not there yet.
func touched(deeds []actor.Deed, fresh []bool) []string {
	var out []string
	for i, d := range deeds {
		if fresh[i] {
			out = append(out, d.Subject)
		}
	}
	return out
}

// scoring looks again at points that time alone has changed, until ctx ends.
func (s *Server) scoring(ctx context.Context) {
	ticker := time.NewTicker(scoreEvery)
	defer ticker.Stop()
	for {
		if err := s.scoreDue(ctx); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("looking at points again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (s *Server) scoreDue(ctx context.Context) error {
	l := ledger{s, s.deps.Store, Zones(s.deps.Store)}
	for {
		now := s.nowMillis()
		due, err := s.deps.Store.Scores.Due(ctx, now, scoresAtOnce)
		if err != nil || len(due) == 0 {
			return err
		}
		subjects := map[event.Workspace][]string{}
		for _, one := range due {
			subjects[event.Workspace(one.Workspace)] = append(subjects[event.Workspace(one.Workspace)], one.Subject)
		}
		err = l.Do(ctx, func(ctx context.Context, b actor.Books) error {
			// Of a card that was switched off nothing is due any more.
			if err := b.(books).tx.Scores.Rest(ctx, now, due); err != nil {
				return err
			}
			for ws, list := range subjects {
				if err := b.(books).rescore(ctx, ws, list, now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(due) < scoresAtOnce {
			return err
		}
	}
}
