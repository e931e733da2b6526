package server

import (
	"cmp"
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

// Points that time alone has changed are looked at this often, so many at once; whether a
// card waits to be worked out, that often.
const (
	scoreEvery   = time.Minute
	cardsEvery   = 5 * time.Second
	scoresAtOnce = 1000
	// hotTold is how long the news that somebody is hot is news.
	hotTold = 3 * aDay
)

// contactsOnly leaves out what visitors did whom nobody knows.
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

// history is what those did of some watches who may be scored: of visitors without a name
// only where the notice of the workspace says so (see ScoreSubjects).
func (s *Server) history(ctx context.Context, ws store.WorkspaceID, watches []condition.Watch) iter.Seq2[score.Row, error] {
	if len(watches) == 0 {
		return func(func(score.Row, error) bool) {} // of none, not of all
	}
	allowed, err := s.stitching(ctx, ws)
	if err != nil {
		return func(yield func(score.Row, error) bool) { yield(score.Row{}, err) }
	}
	rows := s.deps.Store.Scores.History(ctx, ws, watches)
	if allowed.Allowed {
		return rows
	}
	return contactsOnly(rows)
}

// rescore works out the points of contacts anew, keeps who became hot, and has whoever
// looks after them told why.
func (b books) rescore(ctx context.Context, ws event.Workspace, subjects []string, now event.Millis) error {
	if len(subjects) == 0 {
		return nil
	}
	slices.Sort(subjects)
	subjects = slices.Compact(subjects)
	lines, err := b.server.scoreLines(ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(subjects, scoresAtOnce) {
		hot, err := ScoreSubjects(ctx, b.tx.Repositories, store.WorkspaceID(ws), b.location(ws), part, lines[ws], now)
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
		ids = append(ids, contactOf(l))
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
		if ids[i] == "" {
			continue // nobody looks after a visitor yet; they stand on the list of leads
		}
		lines, err := b.lineOf(ctx, store.WorkspaceID(ws), l.Card)
		if err != nil {
			return err
		}
		name := cmp.Or(people[ids[i]].Name, people[ids[i]].Address)
		payload, err := json.Marshal(automation.Handing{Contact: string(ids[i]), Name: name, Notify: &automation.Notify{Channel: "owner", Text: hotText(name, l.Points.Whole(), lines, why).JA}})
		if err != nil {
			return fmt.Errorf("tell that %q is hot: %w", l.Subject, err)
		}
		items = append(items, outbox.Item{Workspace: ws, Key: "score/" + string(l.Card) + "/" + string(l.ID), Kind: outbox.Notice, Stream: "transactional",
			Contact: string(ids[i]), Cause: "score:" + string(l.Card), Payload: payload, NotBefore: now, ExpiresAt: now + hotTold, State: outbox.Queued})
	}
	_, err = b.tx.Outbox.Queue(ctx, items)
	return err
}

// lineOf is from how many points on a card shows somebody to sales.
func (b books) lineOf(ctx context.Context, ws store.WorkspaceID, id store.ScoreCardID) (*int, error) {
	kept, err := b.tx.ScoreCards.Get(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	card, err := expandedCard(ctx, b.tx.Repositories, ws, kept)
	return card.Hot, err
}

// hotText is the notice as it is read: who, how many points and from how many on they are
// hot, and every reason with its days and its points. line is nil where a card has none by
// now.
func hotText(name string, points int, line *int, why []LeadReason) words.Text {
	var reasons []words.Text
	for _, r := range why {
		given := words.Signed(float64(r.Points), 0)
		if r.WhenJA == "" {
			reasons = append(reasons, words.T("%[1]s（%[3]s点）", "%[2]s (%[3]s)", r.JA, r.EN, given))
			continue
		}
		reasons = append(reasons, words.T("%[1]s（%[4]s・%[3]s点）", "%[2]s (%[5]s, %[3]s)", r.JA, r.EN, given, r.WhenJA, r.WhenEN))
	}
	who := words.T("%s様", "%s", name)
	if name == "" {
		who = words.T("匿名のお客さま", "A visitor without a name")
	}
	head := words.T("%[1]sが%[2]d点になりました。", "%[1]s has reached %[2]d points: ", who, points)
	if line != nil {
		head = words.T("%[1]sが%[2]d点になりました（知らせる線は%[3]d点）。", "%[1]s has reached %[2]d points (the line is %[3]d): ", who, points, *line)
	}
	return words.Join([]words.Text{head, words.Join(reasons, "、", "; "), words.T("。", ".")}, "", "")
}

// contactsOf are the contacts among subjects.
func contactsOf(subjects []string) []contact.ID {
	people := make([]contact.ID, 0, len(subjects))
	for _, subject := range subjects {
		if id, is := strings.CutPrefix(subject, contactPrefix); is {
			people = append(people, contact.ID(id))
		}
	}
	return people
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

// scoring works out cards that are new or changed, and looks again at points that time
// alone has changed, until ctx ends.
func (s *Server) scoring(ctx context.Context) {
	ticker := time.NewTicker(cardsEvery)
	defer ticker.Stop()
	var looked time.Time
	for {
		if err := s.scoreCards(ctx); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("working out changed cards of points", "error", err)
		}
		if now := s.deps.Clock(); now.Sub(looked) >= scoreEvery || now.Before(looked) {
			looked = now
			if err := s.scoreDue(ctx); err != nil && ctx.Err() == nil {
				s.deps.Log.Error("looking at points again", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-s.cardsChanged:
		case <-ticker.C:
		}
	}
}

func (s *Server) scoreDue(ctx context.Context) error {
	l := s.ledger()
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
				// Time alone has brought them across a line somebody may wait for.
				if err := b.(books).tx.TriggerStates.Touch(ctx, store.WorkspaceID(ws), contactsOf(list)...); err != nil {
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
