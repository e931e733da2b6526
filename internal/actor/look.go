package actor

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// look is the people of one workspace that something may have changed for, and what comes
// of it.
type look struct {
	workspace event.Workspace
	set       *ruleSet
	now       event.Millis
	people    map[contact.ID]*person

	journeys  []automation.Journey
	standings []Standing
	changes   []Change
	items     []outbox.Item
	left      []Leaving
	stale     bool // a journey goes by a version that is not in memory
}

// person is one of them.
type person struct {
	all   bool // anything of them may have changed
	deeds []condition.Occurrence
	hit   map[condition.Watch]bool
	facts answers
	// standing is how triggers were last seen.
	standing map[string]Standing
}

const dayMillis = event.Millis(24 * 3_600_000)

func newLook(ws event.Workspace, set *ruleSet, now event.Millis) *look {
	return &look{workspace: ws, set: set, now: now, people: map[contact.ID]*person{}}
}

func (l *look) of(id contact.ID) *person {
	p := l.people[id]
	if p == nil {
		p = &person{hit: map[condition.Watch]bool{}, standing: map[string]Standing{}}
		l.people[id] = p
	}
	return p
}

func (l *look) touch(id contact.ID) { l.of(id).all = true }

func (l *look) did(id contact.ID, o condition.Occurrence) {
	p := l.of(id)
	p.deeds = append(p.deeds, o)
	p.hit[o.Watch] = true
}

// run looks at everybody and writes what comes of it; it tells how many items were queued.
func (l *look) run(ctx context.Context, b Books) (int, error) {
	if len(l.people) == 0 || l.set == nil || len(l.set.versions) == 0 {
		return 0, nil
	}
	ids := sorted(l.people)
	inside, err := b.Inside(ctx, l.workspace, ids)
	if err != nil {
		return 0, err
	}
	if len(inside) == 0 && !l.anyTrigger() {
		return 0, nil
	}
	facts, err := b.Facts(ctx, l.workspace, ids, l.set.asked, l.now)
	if err != nil {
		return 0, err
	}
	standings, err := b.Standings(ctx, l.workspace, ids)
	if err != nil {
		return 0, err
	}
	for _, s := range standings {
		l.people[s.Contact].standing[s.Automation] = s
	}
	for id, p := range l.people {
		f, there := facts[id]
		if !there {
			delete(l.people, id) // erased meanwhile
			for automation := range p.standing {
				l.standings = append(l.standings, Standing{Automation: automation, Contact: id})
			}
			continue
		}
		p.facts = answers{f}
	}
	for _, j := range inside {
		if p := l.people[j.Contact]; p != nil {
			l.advance(j, p)
		} else {
			l.journeys = append(l.journeys, j.Remove(l.now))
		}
	}
	for _, r := range l.set.live {
		if err := l.trigger(ctx, b, r); err != nil {
			return 0, err
		}
	}
	return l.write(ctx, b)
}

// anyTrigger reports whether any live rule could let any of them in.
func (l *look) anyTrigger() bool {
	for _, r := range l.set.live {
		for _, p := range l.people {
			if r.concerns(p) {
				return true
			}
		}
	}
	return false
}

// concerns reports whether what has changed of somebody may matter to a rule.
func (r *rule) concerns(p *person) bool {
	if p.all {
		return true
	}
	if r.event != "" && p.hit[r.event] {
		return true
	}
	if r.becoming == nil {
		return false
	}
	if r.wide {
		return true // a score follows from what they did
	}
	for w := range p.hit {
		if r.watched[w] {
			return true
		}
	}
	return false
}

// advance leads a journey on by the version it was entered by.
func (l *look) advance(j automation.Journey, p *person) {
	r := l.set.versions[version{j.Automation, j.Version}]
	if r == nil {
		l.stale = true // another node let them in a moment ago
		return
	}
	next, effects := automation.Advance(r.Definition, j, p.facts, l.now, r.zone)
	switch goal := r.Definition.Goal; {
	case next.State == automation.Reached && len(effects) == 0:
		// What waits for the end of quiet hours, or for a server, is not meant for them any more.
		l.left = append(l.left, Leaving{j.Automation, j.Contact})
	case next.State == automation.Inside && goal != nil:
		if at, ok := condition.NextChange(*goal, p.facts.Facts); ok {
			next.WakeAt = min(next.WakeAt, max(at, l.now+1)) // time alone may bring them there
		}
	}
	l.journeys = append(l.journeys, next)
	for _, e := range effects {
		if e.Item == nil {
			l.changes = append(l.changes, Change{Contact: j.Contact, Cause: automation.Cause(j.Automation), Name: r.Definition.Name, Version: j.Version, Effect: e})
			continue
		}
		e.Item.Workspace = l.workspace
		l.items = append(l.items, *e.Item)
	}
}

// trigger lets in whom a rule's trigger means.
func (l *look) trigger(ctx context.Context, b Books, r *rule) error {
	entering := map[contact.ID]int{} // how often
	for _, id := range sorted(l.people) {
		p := l.people[id]
		if !r.concerns(p) {
			continue
		}
		before, known := p.standing[r.Automation]
		after := Standing{Automation: r.Automation, Contact: id}
		switch {
		case r.event != "":
			for _, o := range p.deeds {
				// What is told of long ago, as when a history is brought in, is no occasion to write now.
				if o.Watch == r.event && l.now-o.At <= automation.Grace {
					entering[id]++
				}
			}
			continue
		case r.becoming != nil:
			after.Holds = p.facts.Holds(*r.becoming)
			if at, ok := condition.NextChange(*r.becoming, p.facts.Facts); ok {
				after.LookAt = at
			}
			if after.Holds && !before.Holds {
				entering[id]++
			}
		default:
			after.LookAt = NextDate(r.Definition.Trigger.Date, p.facts.Facts, l.now, r.zone)
			// Whoever's date was moved, or came while nobody could look for long, is not let in.
			if due := before.LookAt; known && due > 0 && due <= l.now && l.now-due <= automation.Grace && l.dateAt(r, p, due) {
				entering[id]++
			}
		}
		if after.Holds != before.Holds || after.LookAt != before.LookAt {
			l.standings = append(l.standings, after)
		}
	}
	if len(entering) == 0 {
		return nil
	}
	entered, err := b.Entered(ctx, l.workspace, r.Automation, sorted(entering), l.now-dayMillis)
	if err != nil {
		return err
	}
	for _, id := range sorted(entering) {
		was := entered[id]
		for range entering[id] {
			if was.Lately >= automation.MostEntriesADay || !r.Definition.Reentry.MayEnter(was.Times, was.Inside, was.Last, l.now) {
				break
			}
			was.Times++
			was.Lately++
			j := automation.Enter(r.Automation, r.Version, r.Definition, id, was.Times, l.now)
			was.Last = l.now
			if j.State != automation.Inside {
				l.journeys = append(l.journeys, j)
				continue
			}
			l.advance(j, l.people[id])
			was.Inside = l.journeys[len(l.journeys)-1].State == automation.Inside
		}
	}
	return nil
}

// NextDate is when a trigger of a date is to be looked at next; 0 for never.
func NextDate(d *automation.Date, f condition.Facts, now event.Millis, zone *time.Location) event.Millis {
	on, ok := f.Property(d.Property)
	if !ok || on.Kind != contact.Date {
		return 0
	}
	at, ok := d.Next(event.Millis(on.Number), now, zone)
	if !ok {
		return 0
	}
	return at
}

// dateAt reports whether a moment is still the one a date means.
func (l *look) dateAt(r *rule, p *person, moment event.Millis) bool {
	on, ok := p.facts.Property(r.Definition.Trigger.Date.Property)
	if !ok || on.Kind != contact.Date {
		return false
	}
	at, ok := r.Definition.Trigger.Date.Next(event.Millis(on.Number), moment-1, r.zone)
	return ok && at == moment
}

// wrote reports whether anything came of it: what stays due without that is no reason to
// look again at once.
func (l *look) wrote() bool { return len(l.journeys)+len(l.standings)+len(l.changes) > 0 }

func (l *look) write(ctx context.Context, b Books) (int, error) {
	if len(l.journeys) > 0 {
		if err := b.PutJourneys(ctx, l.workspace, l.journeys); err != nil {
			return 0, err
		}
	}
	if len(l.left) > 0 {
		if err := b.Withdraw(ctx, l.workspace, l.left); err != nil {
			return 0, err
		}
	}
	if len(l.standings) > 0 {
		if err := b.PutStandings(ctx, l.workspace, l.standings); err != nil {
			return 0, err
		}
	}
	if len(l.changes) > 0 {
		if err := b.Change(ctx, l.workspace, l.changes, l.now); err != nil {
			return 0, err
		}
	}
	if len(l.items) == 0 {
		return 0, nil
	}
	added, err := b.Queue(ctx, l.items)
	if err != nil {
		return 0, fmt.Errorf("queue what was decided: %w", err)
	}
	return added, nil
}
