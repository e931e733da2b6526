package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// plantedBy says who handed over what the office sent: nobody did, and nothing left.
var plantedBy = store.Sender{Node: "planted", Run: "planted"}

// automations keeps both definitions, and lets people in by the one.
func (p *planting) automations(ctx context.Context) error {
	for n, d := range []*automation.Definition{sales.ToViewers(p.office.Lang, p.letters["case"], p.letters["case-b"]), sales.ToReaders(p.office.Lang, p.letters["ask"])} {
		p.past.to(p.office.Now - event.Millis([]int{sales.RunningDays, sales.PausedDays[0]}[n])*aDay - aDay/2)
		if wrong := automation.Check(d); len(wrong) > 0 {
			return fmt.Errorf("automation %q: %s %s", d.Name, wrong[0].Place, wrong[0].What.EN)
		}
		body, err := automation.Write(d)
		if err != nil {
			return err
		}
		kept, err := p.tx.Automations.Create(ctx, p.ws, store.NewAutomation{Name: d.Name, KPI: d.KPI, Body: body, Author: p.in(words.T("小林", "Kobayashi"))})
		if err != nil {
			return err
		}
		if err := p.watch(ctx, automation.Cause(kept.ID), condition.Watches(actor.Asked(d)...)); err != nil {
			return err
		}
		if kept, err = p.tx.Automations.Switch(ctx, p.ws, kept.ID, kept.Version); err != nil {
			return err
		}
		if n == 1 {
			p.past.to(p.office.Now - event.Millis(sales.PausedDays[1])*aDay)
			if _, err := p.tx.Automations.Switch(ctx, p.ws, kept.ID, 0); err != nil {
				return err
			}
		}
		p.acts = append(p.acts, plantedAct{id: kept.ID, d: d})
	}
	return nil
}

// plantedAct is an automation that was kept.
type plantedAct struct {
	id   string
	d    *automation.Definition
	sent [2]int // of two wordings, so far
}

// deedFacts are what an automation asks of somebody: whether and when they inquired.
type deedFacts struct{ asked, now event.Millis }

func (f deedFacts) Holds(condition.Condition) bool { return f.asked > 0 && f.asked <= f.now }

func (f deedFacts) Happened(condition.Matcher, event.Millis) (event.Millis, bool) { return 0, false }

// entry is one time somebody came in.
type entry struct {
	k  int
	at event.Millis
}

// journeys leads everybody who came in through the automations, as the actor would have.
func (p *planting) journeys(ctx context.Context) error {
	var viewers, readers []entry
	from, to := p.office.Now-event.Millis(sales.PausedDays[0])*aDay, p.office.Now-event.Millis(sales.PausedDays[1])*aDay
	for k := range p.office.People {
		if at := p.office.People[k].EnteredAt; at > 0 {
			viewers = append(viewers, entry{k, at})
		}
		for _, d := range p.done[k] {
			if d.What == sales.Download && d.At > from && d.At < to {
				readers = append(readers, entry{k, d.At})
				break
			}
		}
	}
	for n, list := range [][]entry{viewers, readers} {
		slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
		for part := range slices.Chunk(list, 300) {
			if err := p.lead(ctx, &p.acts[n], part); err != nil {
				return err
			}
		}
	}
	return p.standings(ctx, p.acts[0])
}

func (p *planting) lead(ctx context.Context, act *plantedAct, list []entry) error {
	var journeys []automation.Journey
	var items []outbox.Item
	for _, e := range list {
		asked := sales.AskedAt(p.done[e.k])
		j := automation.Enter(act.id, 1, act.d, p.ids[e.k], 1, e.at)
		var passed []automation.Passage
		for now := e.at; j.State == automation.Inside && now <= p.office.Now; {
			var effects []automation.Effect
			j, effects = automation.Advance(act.d, j, deedFacts{asked, now}, now, template.Zone)
			passed = append(passed, j.Passed...)
			for _, one := range effects {
				if one.Item != nil {
					one.Item.Workspace = event.Workspace(p.ws)
					items = append(items, *one.Item)
				}
			}
			if asked > now && asked < j.WakeAt {
				now = asked
				continue
			}
			now = max(j.WakeAt, now+1)
		}
		j.Passed = passed
		journeys = append(journeys, j)
	}
	p.past.to(list[len(list)-1].at)
	if err := p.tx.Journeys.Put(ctx, p.ws, journeys); err != nil {
		return err
	}
	if err := p.sent(ctx, items); err != nil {
		return err
	}
	return p.tried(ctx, act, items)
}

// sent keeps items as handed over. Nothing of them was.
func (p *planting) sent(ctx context.Context, items []outbox.Item) error {
	if _, err := p.tx.Outbox.Queue(ctx, items); err != nil {
		return err
	}
	for _, kind := range []outbox.Kind{outbox.Mail, outbox.Notice} {
		claimed, err := p.tx.Outbox.Claim(ctx, plantedBy, kind, p.office.Now, len(items))
		if err != nil {
			return err
		}
		for n := range claimed {
			claimed[n].State = outbox.Sent
		}
		if err := p.tx.Outbox.Finish(ctx, plantedBy, claimed); err != nil {
			return err
		}
	}
	return nil
}

// standings notes of whom the trigger is true now: theirs is past.
func (p *planting) standings(ctx context.Context, act plantedAct) error {
	p.past.to(p.office.Now)
	becoming, _ := act.d.Trigger.Becoming()
	zones := func(event.Workspace) string { return template.Zone.String() }
	b := books{ledger{zone: zones}, p.tx}
	for part := range slices.Chunk(p.ids, scoresAtOnce) {
		facts, err := b.Facts(ctx, event.Workspace(p.ws), slices.Clone(part), []condition.Condition{becoming}, p.office.Now)
		if err != nil {
			return err
		}
		var list []store.TriggerState
		for _, id := range part {
			f := facts[id]
			if f == nil || !condition.Holds(becoming, f) {
				continue
			}
			at, _ := condition.NextChange(becoming, f)
			list = append(list, store.TriggerState{Automation: act.id, Contact: id, Holds: true, LookAt: at})
		}
		if len(list) == 0 {
			continue
		}
		if err := p.tx.TriggerStates.Put(ctx, p.ws, list); err != nil {
			return err
		}
	}
	return nil
}

// segments keeps the saved conditions.
func (p *planting) segments(ctx context.Context) error {
	p.past.to(p.begin())
	for _, s := range sales.Segments(p.office.Lang) {
		if wrong := condition.Check(s.Condition); len(wrong) > 0 {
			return fmt.Errorf("segment %q: %s", s.Name, wrong[0].What.EN)
		}
		body, err := json.Marshal(s.Condition)
		if err != nil {
			return fmt.Errorf("write segment %q: %w", s.Name, err)
		}
		if _, err := p.tx.Documents.Put(ctx, p.ws, kindPeople, store.Document{ID: s.ID, Name: s.Name, Body: body, Author: p.in(words.T("小林", "Kobayashi"))}); err != nil {
			return err
		}
		if err := p.watch(ctx, "segment:"+s.ID, condition.Watches(s.Condition)); err != nil {
			return err
		}
	}
	return nil
}

// forms keeps the sheets and opens them.
func (p *planting) forms(ctx context.Context) error {
	p.past.to(p.begin())
	p.sheets = map[string]store.Form{}
	for _, sheet := range sales.Sheets(p.office.Lang) {
		body, err := json.Marshal(sheet.Definition)
		if err != nil {
			return fmt.Errorf("write form %q: %w", sheet.Name, err)
		}
		kept, err := p.tx.Forms.Create(ctx, p.ws, store.NewForm{Name: sheet.Name, Definition: body, Author: p.in(words.T("小林", "Kobayashi"))})
		if err != nil {
			return err
		}
		if err := p.tx.Forms.SetOpen(ctx, p.ws, kept.ID, sheet.Open); err != nil {
			return err
		}
		p.sheets[sheet.ID] = kept
	}
	return nil
}

// answers keeps what was sent in with them.
func (p *planting) answers(ctx context.Context) error {
	titles := map[string]string{}
	for _, sheet := range sales.Sheets(p.office.Lang) {
		titles[sheet.ID] = sheet.Definition.Title
	}
	var moments []contact.Moment
	for _, a := range p.office.Answers(p.done) {
		p.past.to(a.At)
		one := store.Submission{Form: p.sheets[a.Sheet].ID, Version: 1, State: store.SubmissionAccepted, Signs: []string{}, Answers: a.Answers, Agreed: a.Agreed}
		if a.Person >= 0 {
			who := &p.office.People[a.Person]
			one.Address, one.ContactID, one.Visitor = addressKey(who.Address), string(p.ids[a.Person]), who.Visitor
		}
		kept, err := p.tx.Submissions.Add(ctx, p.ws, one)
		if err != nil {
			return err
		}
		if err := p.tx.Submissions.Done(ctx, p.ws, kept.ID, one.ContactID); err != nil {
			return err
		}
		if a.Person >= 0 {
			moments = append(moments, contact.Moment{ID: "form/" + kept.ID, Contact: p.ids[a.Person], At: a.At, Kind: contact.MomentForm, Cause: "form:" + string(one.Form), Text: titles[a.Sheet]})
		}
	}
	return p.tx.Moments.Add(ctx, p.ws, moments)
}
