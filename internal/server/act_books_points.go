package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

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

// linesKept are the points somebody waits for, by workspace and card, beside the cards' own
// bands; read anew when a rule has changed.
type linesKept struct {
	mu      sync.Mutex
	changes int64
	of      map[event.Workspace]map[string][]score.Points
}

// scoreLines are the points somebody waits for.
func (l ledger) scoreLines(ctx context.Context) (map[event.Workspace]map[string][]score.Points, error) {
	changes, err := l.store.Automations.Changes(ctx)
	if err != nil {
		return nil, err
	}
	l.lines.mu.Lock()
	defer l.lines.mu.Unlock()
	if l.lines.of != nil && l.lines.changes == changes {
		return l.lines.of, nil
	}
	rules, err := l.Rules(ctx)
	if err != nil {
		return nil, err
	}
	l.lines.of, l.lines.changes = linesOf(rules), changes
	return l.lines.of, nil
}

func linesOf(rules actor.Rules) map[event.Workspace]map[string][]score.Points {
	all := map[event.Workspace]map[string][]score.Points{}
	for _, r := range rules.Automations {
		for _, c := range actor.Asked(r.Definition) {
			condition.Walk(c, func(c condition.Condition) {
				if c.Score == nil {
					return
				}
				if all[r.Workspace] == nil {
					all[r.Workspace] = map[string][]score.Points{}
				}
				if line := thousandths(c.Score.Of); !slices.Contains(all[r.Workspace][c.Score.Card], line) {
					all[r.Workspace][c.Score.Card] = append(all[r.Workspace][c.Score.Card], line)
				}
			})
		}
	}
	return all
}

// scoresAtOnce is of how many the points are worked out in one go.
const scoresAtOnce = 1000

// hotTold is how long the news that somebody is hot is news.
const hotTold = 3 * aDay

// rescore works out the points of contacts anew, keeps who became hot, and has whoever
// looks after them told why.
func (b books) rescore(ctx context.Context, ws event.Workspace, subjects []string, now event.Millis) error {
	if len(subjects) == 0 {
		return nil
	}
	slices.Sort(subjects)
	subjects = slices.Compact(subjects)
	lines, err := b.scoreLines(ctx)
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

// tellHot queues the notice to the owner of each lead, with the reasons. A visitor without a
// name is nobody's yet: who looks after their company, if it can be guessed, is told.
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

// reasonsIn reads the reasons that were kept with a lead.
func reasonsIn(l store.Lead) ([]LeadReason, error) {
	out := []LeadReason{}
	if err := json.Unmarshal(l.Why, &out); err != nil {
		return nil, fmt.Errorf("read why lead %q was hot: %w", l.ID, err)
	}
	return out, nil
}
