package server

import (
	"context"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// baselineAtOnce is how many people are looked at in one transaction.
const baselineAtOnce = 500

// switchAutomation lets people in by a version. Of whom the trigger's condition is true
// already does not come in: the moment it becomes true lets people in, and theirs is past.
//
// Switched off, it lets nobody in any more. Those inside leave and what waits is cancelled,
// unless they are to finish: a mail that comes after somebody pressed stop is one they did
// not mean.
func (s *Server) switchAutomation(ctx context.Context, of AutomationPath, to SwitchAutomation, lang words.Lang) (AutomationView, error) {
	version := to.Version
	ws, kept, err := s.ownAutomation(ctx, of)
	if err != nil {
		return AutomationView{}, err
	}
	var cards []string
	if version > 0 {
		if cards, err = s.prepare(ctx, ws.ID, kept, version); err != nil {
			return AutomationView{}, err
		}
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if kept, err = tx.Automations.Switch(ctx, ws.ID, kept.ID, version); err != nil {
			return err
		}
		if version > 0 {
			return tx.Scores.LookAgain(ctx, ws.ID, cards, s.nowMillis()) // somebody asks for other lines than before
		}
		if to.Inside == "finish" {
			return nil
		}
		_, _, err = tx.Journeys.Empty(ctx, ws.ID, kept.ID, event.Millis(s.deps.Clock().UnixMilli()))
		return err
	})
	if err != nil {
		return AutomationView{}, err
	}
	return s.automationView(ctx, ws.ID, kept, lang)
}

// prepare has watched what any version asks about, and notes of whom the condition holds. It
// tells the cards of points that are asked about.
func (s *Server) prepare(ctx context.Context, ws store.WorkspaceID, kept store.Automation, version int) (cards []string, err error) {
	versions, err := s.deps.Store.Automations.Versions(ctx, ws, kept.ID)
	if err != nil {
		return nil, err
	}
	var asked []condition.Condition
	var entering *automation.Definition
	for _, v := range versions {
		d, err := automation.Read(v.Body)
		if err != nil {
			return nil, err
		}
		if v.Version == version {
			entering = d
		}
		asked = append(asked, actor.Asked(d)...)
	}
	if entering == nil {
		return nil, store.ErrNotFound{What: "automation version", Name: kept.ID}
	}
	if err := s.deps.Store.Watches.Put(ctx, ws, automation.Cause(kept.ID), condition.Watches(asked...)); err != nil {
		return nil, err
	}
	// What is waited for has its past before it is looked whom it is true of already.
	if err := s.fillWatches(ctx, ws); err != nil {
		return nil, err
	}
	for _, c := range asked {
		cards = append(cards, condition.Cards(c)...)
	}
	saved, err := s.savedSegments(ctx, ws)
	if err != nil {
		return nil, err
	}
	if err := s.mayHandOver(ctx, ws, entering); err != nil {
		return nil, err
	}
	if err := s.mayBegin(ctx, ws, mailedBy(entering)...); err != nil {
		return nil, err
	}
	expandSegments(entering, saved)
	becoming, ok := entering.Trigger.Becoming()
	if !ok || s.acting == nil || kept.Live == version {
		return cards, nil
	}
	return cards, s.baseline(ctx, ws, kept.ID, becoming, false)
}

// baseline notes of whom the condition of a trigger holds. With adding, nobody is taken off
// of whom it held before: another condition than this one may still be asked.
func (s *Server) baseline(ctx context.Context, ws store.WorkspaceID, automation string, becoming condition.Condition, adding bool) error {
	l := s.ledger()
	now := s.nowMillis()
	for number := int64(0); ; {
		people, err := s.deps.Store.Contacts.After(ctx, ws, number, baselineAtOnce)
		if err != nil || len(people) == 0 {
			return err
		}
		ids := make([]contact.ID, len(people))
		for k, c := range people {
			ids[k], number = c.ID, max(number, c.Number)
		}
		err = l.Do(ctx, func(ctx context.Context, b actor.Books) error {
			return noteStanding(ctx, b, ws, automation, becoming, ids, adding, now)
		})
		if err != nil {
			return err
		}
	}
}

// noteStanding notes of whom of some people the condition of a trigger holds; see baseline.
func noteStanding(ctx context.Context, b actor.Books, ws store.WorkspaceID, automation string, becoming condition.Condition, ids []contact.ID, adding bool, now event.Millis) error {
	if len(ids) == 0 {
		return nil
	}
	facts, err := b.Facts(ctx, event.Workspace(ws), ids, []condition.Condition{becoming}, now)
	if err != nil {
		return err
	}
	var standings []actor.Standing
	for _, id := range ids {
		f := facts[id]
		if f == nil {
			continue
		}
		holds := condition.Holds(becoming, f)
		if adding && !holds {
			continue
		}
		at, _ := condition.NextChange(becoming, f)
		standings = append(standings, actor.Standing{Automation: automation, Contact: id, Holds: holds, LookAt: at})
	}
	return b.PutStandings(ctx, event.Workspace(ws), standings)
}
