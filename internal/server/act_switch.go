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
	var entering *automation.Definition
	if version > 0 {
		if cards, entering, err = s.prepare(ctx, ws.ID, kept, version); err != nil {
			return AutomationView{}, err
		}
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if kept, err = tx.Automations.Switch(ctx, ws.ID, kept.ID, version); err != nil {
			return err
		}
		if version > 0 {
			if entering.Trigger.Event != nil {
				// An event is not looked for: what another trigger was seen to be would be due for ever.
				if err := tx.TriggerStates.Forget(ctx, ws.ID, kept.ID); err != nil {
					return err
				}
			}
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
// tells the cards of points that are asked about, and what people will enter by.
func (s *Server) prepare(ctx context.Context, ws store.WorkspaceID, kept store.Automation, version int) (cards []string, entering *automation.Definition, err error) {
	versions, err := s.deps.Store.Automations.Versions(ctx, ws, kept.ID)
	if err != nil {
		return nil, nil, err
	}
	var asked []condition.Condition
	for _, v := range versions {
		d, err := automation.Read(v.Body)
		if err != nil {
			return nil, nil, err
		}
		if v.Version == version {
			entering = d
		}
		asked = append(asked, actor.Asked(d)...)
	}
	if entering == nil {
		return nil, nil, store.ErrNotFound{What: "automation version", Name: kept.ID}
	}
	// What it names may have been taken away since it was written: the KPI it serves, a mail.
	faults, err := s.missing(ctx, ws, entering)
	if err != nil {
		return nil, nil, err
	}
	if len(faults) > 0 {
		return nil, nil, refused("body.version", faults)
	}
	if err := s.deps.Store.Watches.Put(ctx, ws, automation.Cause(kept.ID), condition.Watches(asked...)); err != nil {
		return nil, nil, err
	}
	// What is waited for has its past before it is looked whom it is true of already.
	if err := s.fillWatches(ctx, ws); err != nil {
		return nil, nil, err
	}
	for _, c := range asked {
		cards = append(cards, condition.Cards(c)...)
	}
	saved, err := s.savedSegments(ctx, ws)
	if err != nil {
		return nil, nil, err
	}
	if err := s.mayHandOver(ctx, ws, entering); err != nil {
		return nil, nil, err
	}
	if err := s.mayBegin(ctx, ws, mailedBy(entering)...); err != nil {
		return nil, nil, err
	}
	expandSegments(entering, saved)
	if s.acting == nil || kept.Live == version {
		return cards, entering, nil
	}
	if date := entering.Trigger.Date; date != nil {
		return cards, entering, s.baselineDates(ctx, ws, kept.ID, date)
	}
	if becoming, ok := entering.Trigger.Becoming(); ok {
		return cards, entering, s.baseline(ctx, ws, kept.ID, becoming, false)
	}
	return cards, entering, nil
}

// baseline notes of whom the condition of a trigger holds. With adding, nobody is taken off
// of whom it held before: another condition than this one may still be asked.
func (s *Server) baseline(ctx context.Context, ws store.WorkspaceID, automation string, becoming condition.Condition, adding bool) error {
	now := s.nowMillis()
	return s.eachStretch(ctx, ws, func(ctx context.Context, b actor.Books, ids []contact.ID) error {
		return noteStanding(ctx, b, ws, automation, becoming, ids, adding, now)
	})
}

// baselineDates notes when a date is to let in those who are known already: nothing else
// would have them looked at.
func (s *Server) baselineDates(ctx context.Context, ws store.WorkspaceID, id string, date *automation.Date) error {
	now, zone := s.nowMillis(), s.ledger().location(event.Workspace(ws))
	return s.eachStretch(ctx, ws, func(ctx context.Context, b actor.Books, ids []contact.ID) error {
		facts, err := b.Facts(ctx, event.Workspace(ws), ids, nil, now)
		if err != nil {
			return err
		}
		var standings []actor.Standing
		for _, who := range ids {
			if f := facts[who]; f != nil {
				standings = append(standings, actor.Standing{Automation: id, Contact: who, LookAt: actor.NextDate(date, f, now, zone)})
			}
		}
		return b.PutStandings(ctx, event.Workspace(ws), standings)
	})
}

// eachStretch goes over all contacts, so many in a transaction as it should hold.
func (s *Server) eachStretch(ctx context.Context, ws store.WorkspaceID, visit func(ctx context.Context, b actor.Books, ids []contact.ID) error) error {
	l := s.ledger()
	for number := int64(0); ; {
		people, err := s.deps.Store.Contacts.After(ctx, ws, number, baselineAtOnce)
		if err != nil || len(people) == 0 {
			return err
		}
		ids := make([]contact.ID, len(people))
		for k, c := range people {
			ids[k], number = c.ID, max(number, c.Number)
		}
		err = l.Do(ctx, func(ctx context.Context, b actor.Books) error { return visit(ctx, b, ids) })
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
