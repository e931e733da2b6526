package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// Past is a clock that planting sets back, so that what is kept with the moment it is
// written at lies where it belongs. A nil one leaves everything in the present.
type Past func(time.Time)

func (p Past) to(at event.Millis) {
	if p != nil {
		p(time.UnixMilli(int64(at)))
	}
}

// Planted is what planting an office gave its people.
type Planted struct {
	IDs  []contact.ID // of its people, in their order
	Held []bool       // out of the automation
	Done [][]sales.Deed
}

// PlantOffice writes the people of the made-up sales office, what they did and what became
// of them into the state, as if all of it had happened here. All of it happens or nothing.
func PlantOffice(ctx context.Context, db *store.DB, ws store.WorkspaceID, office *sales.Office, past Past) (planted Planted, err error) {
	p := planting{ws: ws, office: office, past: past, in: func(t words.Text) string { return t.In(office.Lang) }}
	err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		p.tx = tx
		for _, step := range []func(context.Context) error{p.card, p.mails, p.forms, p.automations, p.segments,
			p.people, p.consents, p.deeds, p.leads, p.scores, p.journeys, p.answers, p.broadcasts, p.initiatives} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	past.to(office.Now)
	if err != nil {
		return Planted{}, fmt.Errorf("plant the sales office: %w", err)
	}
	return Planted{p.ids, p.held, p.done}, nil
}

// planting is an office on its way into the state.
type planting struct {
	tx     *store.Tx
	ws     store.WorkspaceID
	office *sales.Office
	past   Past
	in     func(words.Text) string

	kept   store.ScoreCard
	scorer *score.Scorer
	ids    []contact.ID
	held   []bool
	done   [][]sales.Deed

	letters map[string]string     // ids of templates
	sheets  map[string]store.Form // by their part in the office
	acts    []plantedAct
}

// begin is when the office began to act.
func (p *planting) begin() event.Millis { return p.office.Now - (sales.RunningDays+20)*aDay }

func (p *planting) card(ctx context.Context) error {
	p.past.to(p.begin())
	card := sales.Card(p.office.Lang)
	if wrong := score.Check(card); len(wrong) > 0 {
		return fmt.Errorf("the card: %s", wrong[0].What.EN)
	}
	body, err := json.Marshal(card)
	if err != nil {
		return fmt.Errorf("write the card: %w", err)
	}
	if p.kept, err = p.tx.ScoreCards.Create(ctx, p.ws, store.NewScoreCard{Name: card.Name, Live: true, Body: body, Author: p.in(words.T("小林", "Kobayashi"))}); err != nil {
		return err
	}
	if p.scorer, err = scorerOf(ctx, p.tx.Repositories, p.ws, p.kept, template.Zone); err != nil {
		return err
	}
	return p.watch(ctx, watcherOf(p.kept.ID), card.Watched())
}

// watch has things watched whose past is written here: nothing has to be looked up.
func (p *planting) watch(ctx context.Context, owner string, list []condition.Watched) error {
	if err := p.tx.Watches.Put(ctx, p.ws, owner, list); err != nil {
		return err
	}
	for _, w := range list {
		if err := p.tx.Watches.NoteFilled(ctx, p.ws, w.Watch, 0); err != nil {
			return err
		}
	}
	return nil
}

// known is the people in the order they became known, by their place in the office.
func (p *planting) known() []int {
	order := make([]int, len(p.office.People))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(p.office.People[a].KnownAt, p.office.People[b].KnownAt)
	})
	return order
}

// peopleAtOnce are folded in at one moment: about a week of them.
const peopleAtOnce = 150

func (p *planting) people(ctx context.Context) error {
	p.ids = make([]contact.ID, len(p.office.People))
	for part := range slices.Chunk(p.known(), peopleAtOnce) {
		seen := make([]contact.Sighting, len(part))
		for n, k := range part {
			one := &p.office.People[k]
			seen[n] = contact.Sighting{At: one.KnownAt, Address: one.Address, Visitor: one.Visitor, Name: one.Name, Owner: one.Owner, Tags: one.Tags,
				Properties: map[string]contact.Value{
					contact.PropertyCompany: contact.TextValue(one.Company), sales.Department: contact.TextValue(one.Department), sales.Title: contact.TextValue(one.Title),
					sales.Employees: contact.NumberValue(float64(one.Employees)), sales.Prefecture: contact.TextValue(one.Prefecture), sales.Phone: contact.TextValue(one.Phone),
				}}
		}
		p.past.to(seen[len(seen)-1].At)
		folded, err := p.tx.Contacts.Upsert(ctx, p.ws, seen)
		if err != nil {
			return err
		}
		for n, k := range part {
			p.ids[k] = folded.Of[n]
		}
	}
	p.held = make([]bool, len(p.ids))
	for k, id := range p.ids {
		p.held[k] = automation.HeldOut(p.acts[0].id, id, sales.Holdout)
	}
	p.done = p.office.Done(p.held)
	return nil
}

func (p *planting) consents(ctx context.Context) error {
	p.past.to(p.office.Now)
	var list []contact.Consent
	var stopped []store.SuppressedAddress
	for k := range p.office.People {
		one := &p.office.People[k]
		said := p.office.ConsentOf(k)
		said.Address, said.At = addressKey(one.Address), one.KnownAt
		if sheet := map[sales.Where]string{sales.ByDownload: "material", sales.ByNewsletter: "newsletter"}[one.Told]; sheet != "" {
			said.Form, said.FormVersion = string(p.sheets[sheet].ID), 1
		}
		list = append(list, said)
		if s, stop := p.office.StopOf(k); stop {
			stopped = append(stopped, store.SuppressedAddress{Address: said.Address, Suppression: s})
		}
	}
	if _, err := p.tx.Consents.Add(ctx, p.ws, list); err != nil {
		return err
	}
	return p.tx.Suppressions.Put(ctx, p.ws, stopped)
}

// deeds keeps of the events what is watched, as the reader of the inbox would have.
func (p *planting) deeds(ctx context.Context) error {
	watched, err := p.tx.Watches.List(ctx, p.ws)
	if err != nil {
		return err
	}
	var asked []condition.Matcher
	for _, w := range watched {
		asked = append(asked, w.Matcher)
	}
	matchers := condition.NewMatchers(asked)
	var rows []store.Occurrence
	var hits []condition.Watch
	for k := range p.office.People {
		events := p.office.EventsOf(k, p.done[k])
		for n := range events {
			hits = matchers.Hits(&events[n], hits[:0])
			for _, w := range hits {
				rows = append(rows, store.Occurrence{Watch: w, Subject: subjectOf(p.ids[k]), At: events[n].At, MessageID: events[n].MessageID})
			}
		}
	}
	_, err = p.tx.Occurrences.Add(ctx, p.ws, rows)
	return err
}

// leads has sales told of everybody who was hot, at the moment they were, and says what
// became of them.
func (p *planting) leads(ctx context.Context) error {
	order := p.known()
	order = slices.DeleteFunc(order, func(k int) bool { return p.office.People[k].HotAt == 0 })
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.office.People[a].HotAt, p.office.People[b].HotAt) })
	judge := sales.NewJudge(p.office.Lang)
	for _, k := range order {
		one := &p.office.People[k]
		p.past.to(one.HotAt)
		hot, err := ScoreSubjects(ctx, p.tx.Repositories, p.ws, template.Zone, []string{subjectOf(p.ids[k])}, nil, one.HotAt)
		if err != nil {
			return err
		}
		if len(hot) != 1 {
			return fmt.Errorf("%q is not hot at %d", one.Name, one.HotAt)
		}
		if one.Open {
			continue
		}
		verdict, reason, after := judge.Said(hot[0].Points.Whole())
		said := store.LeadVerdict{Verdict: verdict, Reason: reason, Author: one.Owner, At: min(one.HotAt+after, p.office.Now-aDay/24)}
		if _, err := p.tx.Leads.Say(ctx, p.ws, hot[0].ID, said); err != nil {
			return err
		}
	}
	return nil
}

// scores works out everybody's points as they are now.
func (p *planting) scores(ctx context.Context) error {
	now := p.office.Now
	p.past.to(now)
	subjects := make([]string, len(p.ids))
	for k, id := range p.ids {
		subjects[k] = subjectOf(id)
	}
	about, err := scoringFacts(ctx, p.tx.Repositories, p.ws, template.Zone, subjects, fitsOf(p.scorer.Card()), now)
	if err != nil {
		return err
	}
	var list []store.Scored
	rows := p.tx.Scores.History(ctx, p.ws, watchesOf(p.scorer))
	err = p.scorer.Rescore(rows, nil, func(subject string) condition.Facts { return about[subject] }, now, func(one score.Standing) error {
		if strings.HasPrefix(one.Subject, contactPrefix) {
			list = append(list, store.Scored{Card: p.kept.ID, Subject: one.Subject, Version: p.kept.Version, Points: one.Total, Band: one.Band, Hot: one.Hot, Next: one.Next, UpdatedAt: now})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := p.tx.Scores.Put(ctx, p.ws, list); err != nil {
		return err
	}
	return p.tx.ScoreCards.NoteScored(ctx, p.ws, p.kept.ID, p.kept.Version)
}
