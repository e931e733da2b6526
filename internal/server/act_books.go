package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// ledger is the state as the actor sees it. It knows the store and nothing of the server.
type ledger struct {
	store *store.DB
	zone  func(event.Workspace) string
	lines *linesKept // needed where points are worked out anew
}

var _ actor.Ledger = ledger{}

// Place is how far the actor has come.
func (l ledger) Place(ctx context.Context) (int64, error) {
	return l.store.Inbox.Place(ctx, actor.Name)
}

// Changes counts up whenever rules changed.
func (l ledger) Changes(ctx context.Context) (int64, error) { return l.store.Automations.Changes(ctx) }

// Rules are those of all workspaces.
func (l ledger) Rules(ctx context.Context) (actor.Rules, error) {
	rules := actor.Rules{Watched: map[event.Workspace][]condition.Matcher{}, Zones: map[event.Workspace]*time.Location{}}
	acting, err := l.store.Automations.Acting(ctx)
	if err != nil {
		return rules, err
	}
	for _, one := range acting {
		definition, err := automation.Read(one.Body)
		if err != nil {
			return rules, fmt.Errorf("version %d of automation %q: %w", one.Version, one.Automation, err)
		}
		rules.Automations = append(rules.Automations, actor.Rule{
			Workspace: event.Workspace(one.Workspace), Automation: one.Automation, Version: one.Version, Live: one.Live, Definition: definition,
		})
	}
	workspaces, err := l.store.Workspaces.List(ctx)
	if err != nil {
		return rules, err
	}
	saved := map[event.Workspace]map[string]condition.Condition{}
	for k := range rules.Automations {
		r := &rules.Automations[k]
		if saved[r.Workspace] == nil {
			if saved[r.Workspace], err = segmentsOf(ctx, l.store.Repositories, store.WorkspaceID(r.Workspace)); err != nil {
				return rules, err
			}
		}
		expandSegments(r.Definition, saved[r.Workspace])
	}
	for _, ws := range workspaces {
		id := event.Workspace(ws.ID)
		watched, err := l.store.Watches.List(ctx, ws.ID)
		if err != nil {
			return rules, err
		}
		for _, w := range watched {
			rules.Watched[id] = append(rules.Watched[id], w.Matcher)
		}
		rules.Zones[id] = l.location(id)
	}
	return rules, nil
}

func (l ledger) location(ws event.Workspace) *time.Location {
	zone, err := time.LoadLocation(l.zone(ws))
	if err != nil {
		return time.UTC // a model is refused with a zone that is none
	}
	return zone
}

// NextDue is when time alone has something to do.
func (l ledger) NextDue(ctx context.Context) (event.Millis, error) {
	return l.store.Journeys.NextDue(ctx)
}

// Touched reports whether somebody waits to be looked at.
func (l ledger) Touched(ctx context.Context) (bool, error) {
	return l.store.TriggerStates.AnyTouched(ctx)
}

// Rewind puts right what was begun ahead of the clock.
func (l ledger) Rewind(ctx context.Context, later, now event.Millis) error {
	_, err := l.store.Journeys.Rewind(ctx, later, now)
	return err
}

// Do is one transaction.
func (l ledger) Do(ctx context.Context, fn func(ctx context.Context, b actor.Books) error) error {
	return l.store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return fn(ctx, books{l, tx}) })
}

// books are one transaction of the state.
type books struct {
	ledger
	tx *store.Tx
}

// Advance moves the reader.
func (b books) Advance(ctx context.Context, from, upTo int64) error {
	return b.tx.Inbox.Advance(ctx, actor.Name, from, upTo)
}

// Hold keeps it where it is.
func (b books) Hold(ctx context.Context) error { return b.tx.Inbox.Hold(ctx, actor.Name) }

// Learn folds what events tell of people into the contacts.
func (b books) Learn(ctx context.Context, ws event.Workspace, sightings []contact.Sighting, now event.Millis) (actor.Learned, error) {
	folded, err := b.tx.Contacts.Upsert(ctx, store.WorkspaceID(ws), sightings)
	if errors.As(err, new(store.ErrNotFound)) {
		return actor.Learned{}, nil // the workspace is gone
	}
	if err != nil {
		return actor.Learned{}, err
	}
	return b.follow(ctx, ws, folded, now)
}

// Known is whose identities are.
func (b books) Known(ctx context.Context, ws event.Workspace, who []contact.Identity) (map[contact.Identity]contact.ID, error) {
	return b.tx.Contacts.Find(ctx, store.WorkspaceID(ws), who)
}

// Note keeps deeds.
func (b books) Note(ctx context.Context, ws event.Workspace, deeds []actor.Deed, now event.Millis) ([]bool, error) {
	list := make([]store.Occurrence, len(deeds))
	for k, d := range deeds {
		list[k] = store.Occurrence{Watch: d.Watch, Subject: d.Subject, At: d.At, MessageID: d.MessageID}
	}
	fresh, err := b.tx.Occurrences.Fresh(ctx, store.WorkspaceID(ws), list)
	if err != nil {
		return nil, err
	}
	if _, err = b.tx.Occurrences.Add(ctx, store.WorkspaceID(ws), list); err != nil {
		return nil, err
	}
	return fresh, b.rescore(ctx, ws, touched(deeds, fresh), now)
}

// Inside is the journeys that go on.
func (b books) Inside(ctx context.Context, ws event.Workspace, people []contact.ID) ([]automation.Journey, error) {
	return b.tx.Journeys.Inside(ctx, store.WorkspaceID(ws), people)
}

// Entered is how often people came into an automation.
func (b books) Entered(ctx context.Context, ws event.Workspace, id string, people []contact.ID, since event.Millis) (map[contact.ID]actor.Entered, error) {
	found, err := b.tx.Journeys.Entered(ctx, store.WorkspaceID(ws), id, people, since)
	if err != nil {
		return nil, err
	}
	entered := make(map[contact.ID]actor.Entered, len(found))
	for who, e := range found {
		entered[who] = actor.Entered(e)
	}
	return entered, nil
}

// PutJourneys keeps journeys.
func (b books) PutJourneys(ctx context.Context, ws event.Workspace, journeys []automation.Journey) error {
	return b.tx.Journeys.Put(ctx, store.WorkspaceID(ws), journeys)
}

// Standings is how triggers were last seen.
func (b books) Standings(ctx context.Context, ws event.Workspace, people []contact.ID) ([]actor.Standing, error) {
	states, err := b.tx.TriggerStates.Of(ctx, store.WorkspaceID(ws), people)
	if err != nil {
		return nil, err
	}
	list := make([]actor.Standing, len(states))
	for k, s := range states {
		list[k] = actor.Standing(s)
	}
	return list, nil
}

// PutStandings keeps them.
func (b books) PutStandings(ctx context.Context, ws event.Workspace, standings []actor.Standing) error {
	list := make([]store.TriggerState, len(standings))
	for k, s := range standings {
		list[k] = store.TriggerState(s)
	}
	return b.tx.TriggerStates.Put(ctx, store.WorkspaceID(ws), list)
}

// Change writes what steps do to contacts, and has them looked at again.
func (b books) Change(ctx context.Context, ws event.Workspace, changes []actor.Change, now event.Millis) error {
	id := store.WorkspaceID(ws)
	var given []store.GivenPoints
	var whose []string
	for _, c := range changes {
		edit := store.ContactEdit{By: c.Cause}
		switch {
		case c.Tag != nil:
			edit.AddTags, edit.DropTags = c.Tag.Add, c.Tag.Remove
		case c.Property != nil:
			edit.Properties = map[string]*contact.Value{c.Property.Key: c.Property.Value}
		case c.Points != nil:
			given = append(given, store.GivenPoints{Card: store.ScoreCardID(c.Points.Card), Subject: actor.SubjectOf(c.Contact), Key: c.Key, Cause: c.Cause,
				Given: score.Given{Points: thousandths(c.Points.Points), Name: c.Name, Version: c.Version, Reason: c.Points.Reason, At: now}})
			whose = append(whose, actor.SubjectOf(c.Contact))
			continue
		default:
			continue
		}
		if _, err := b.tx.Contacts.Change(ctx, id, c.Contact, edit); err != nil && !refusedEdit(err) {
			return err
		}
		whose = append(whose, actor.SubjectOf(c.Contact)) // what they are gives points as well
	}
	if err := b.tx.Scores.Give(ctx, id, given); err != nil {
		return err
	}
	if err := b.rescore(ctx, ws, whose, now); err != nil {
		return err
	}
	var people []string
	for _, g := range given {
		people = append(people, g.Subject)
	}
	return b.tx.TriggerStates.Touch(ctx, id, contactsOf(people)...)
}

// thousandths is points as people write them.
func thousandths(points float64) score.Points {
	return score.Points(math.Round(points * float64(score.Point)))
}

// refusedEdit reports whether an edit cannot be made whenever it is tried: the contact is
// gone, or full. The journey goes on without it.
func refusedEdit(err error) bool {
	return errors.As(err, new(store.ErrNotFound)) || errors.As(err, new(store.ErrTooLong)) || errors.As(err, new(store.ErrExists))
}

// Queue puts items into the outbox.
func (b books) Queue(ctx context.Context, items []outbox.Item) (int, error) {
	return b.tx.Outbox.Queue(ctx, items)
}

// Withdraw takes back what waits to be sent to those who leave.
func (b books) Withdraw(ctx context.Context, ws event.Workspace, left []actor.Leaving) error {
	people := map[string][]contact.ID{}
	for _, one := range left {
		people[one.Automation] = append(people[one.Automation], one.Contact)
	}
	for _, id := range slices.Sorted(maps.Keys(people)) {
		if _, err := b.tx.Outbox.Withdraw(ctx, store.WorkspaceID(ws), automation.Cause(id), people[id], outbox.Goal); err != nil {
			return err
		}
	}
	return nil
}

// Due is whom to look at.
func (b books) Due(ctx context.Context, now event.Millis, limit int) ([]actor.Due, error) {
	seen := map[actor.Due]bool{}
	var list []actor.Due
	add := func(ws store.WorkspaceID, who contact.ID) {
		if d := (actor.Due{Workspace: event.Workspace(ws), Contact: who}); !seen[d] {
			seen[d] = true
			list = append(list, d)
		}
	}
	journeys, err := b.tx.Journeys.Due(ctx, now, limit)
	if err != nil {
		return nil, err
	}
	for _, j := range journeys {
		add(j.Workspace, j.Contact)
	}
	people, err := b.tx.TriggerStates.Due(ctx, now, limit)
	if err != nil {
		return nil, err
	}
	looked := map[store.WorkspaceID][]contact.ID{}
	for _, p := range people {
		add(p.Workspace, p.Contact)
		looked[p.Workspace] = append(looked[p.Workspace], p.Contact)
	}
	for ws, who := range looked {
		if err := b.tx.TriggerStates.Looked(ctx, ws, who); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// day is the day of a moment where a workspace's model is.
func dayIn(at event.Millis, zone *time.Location) series.Day {
	return series.DayOf(time.UnixMilli(int64(at)).In(zone))
}
