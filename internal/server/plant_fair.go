package server

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// PlantFair writes the made-up company's briefings into its workspace: the form, who filled it
// in, the automation that looks after them, and what the team undertakes. All of it happens or
// nothing.
func PlantFair(ctx context.Context, db *store.DB, ws store.WorkspaceID, fair demo.Fair, past Past) error {
	p := fairPlanting{fair: fair, planting: planting{ws: ws, past: past, in: func(t words.Text) string { return t.In(fair.Lang) },
		office: &sales.Office{Now: fair.Now, Lang: fair.Lang}}}
	err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		p.tx = tx
		for _, step := range []func(context.Context) error{p.sheet, p.guests, p.automation, p.undertaken} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	past.to(fair.Now)
	if err != nil {
		return fmt.Errorf("plant the briefings: %w", err)
	}
	return nil
}

// fairPlanting is the briefings on their way into the state; what it leads people through is
// the same as in the office.
type fairPlanting struct {
	planting
	fair demo.Fair
	form store.Form
}

func (p *fairPlanting) author() string { return demo.Team(p.fair.Lang)[2].Name }

func (p *fairPlanting) sheet(ctx context.Context) error {
	p.past.to(p.fair.Guests[0].At - 5*aDay)
	body, err := json.Marshal(p.fair.Form)
	if err != nil {
		return fmt.Errorf("write form %q: %w", p.fair.FormName, err)
	}
	if p.form, err = p.tx.Forms.Create(ctx, p.ws, store.NewForm{Name: p.fair.FormName, Definition: body, Author: p.author()}); err != nil {
		return err
	}
	return p.tx.Forms.SetOpen(ctx, p.ws, p.form.ID, true)
}

// guests keeps everybody who signed up, with what they answered and agreed to.
func (p *fairPlanting) guests(ctx context.Context) error {
	var seen []contact.Sighting
	var consents []contact.Consent
	for _, g := range p.fair.Guests {
		seen = append(seen, contact.Sighting{At: g.At, Address: g.Address, Name: g.Name, Tags: []string{demo.FairTag.In(p.fair.Lang)}})
		if g.Agreed {
			consents = append(consents, contact.Consent{Key: "fair/" + g.Address, Address: addressKey(g.Address), At: g.At, Basis: contact.Agreed, State: contact.Granted,
				Source: "https://recruit.hinata.example/briefing", Text: p.fair.Consent, IP: "192.0.2.20", Form: string(p.form.ID), FormVersion: 1})
		}
	}
	folded, err := p.tx.Contacts.Upsert(ctx, p.ws, seen)
	if err != nil {
		return err
	}
	p.ids, p.done = folded.Of, make([][]sales.Deed, len(folded.Of))
	if _, err := p.tx.Consents.Add(ctx, p.ws, consents); err != nil {
		return err
	}
	var moments []contact.Moment
	for k, g := range p.fair.Guests {
		p.past.to(g.At)
		kept, err := p.tx.Submissions.Add(ctx, p.ws, store.Submission{Form: p.form.ID, Version: 1, State: store.SubmissionAccepted, Signs: []string{}, Answers: g.Answers, Agreed: g.Agreed,
			Address: addressKey(g.Address), ContactID: string(p.ids[k])})
		if err != nil {
			return err
		}
		if err := p.tx.Submissions.Done(ctx, p.ws, kept.ID, string(p.ids[k])); err != nil {
			return err
		}
		moments = append(moments, contact.Moment{ID: "form/" + kept.ID, Contact: p.ids[k], At: g.At, Kind: contact.MomentForm, Cause: "form:" + string(p.form.ID), Text: p.fair.Form.Title})
	}
	return p.tx.Moments.Add(ctx, p.ws, moments)
}

// automation keeps the definition, switches it on and leads everybody through.
func (p *fairPlanting) automation(ctx context.Context) error {
	d := p.fair.Automation
	p.past.to(p.fair.Guests[0].At - aDay)
	if wrong := automation.Check(d); len(wrong) > 0 {
		return fmt.Errorf("automation %q: %s %s", d.Name, wrong[0].Place, wrong[0].What.EN)
	}
	body, err := automation.Write(d)
	if err != nil {
		return err
	}
	kept, err := p.tx.Automations.Create(ctx, p.ws, store.NewAutomation{Name: d.Name, KPI: d.KPI, Body: body, Author: p.author()})
	if err != nil {
		return err
	}
	if err := p.watch(ctx, automation.Cause(kept.ID), condition.Watches(actor.Asked(d)...)); err != nil {
		return err
	}
	if _, err := p.tx.Automations.Switch(ctx, p.ws, kept.ID, kept.Version); err != nil {
		return err
	}
	var entries []entry
	for k, g := range p.fair.Guests {
		entries = append(entries, entry{k, g.At})
	}
	return p.lead(ctx, &plantedAct{id: kept.ID, d: d}, entries)
}

func (p *fairPlanting) undertaken(ctx context.Context) error {
	for _, i := range p.fair.Initiatives {
		at := p.fair.Now - 9*aDay
		if i.From != nil {
			at = p.fair.Now - 402*aDay
		}
		p.past.to(at)
		if faults := i.Check(); len(faults) > 0 {
			return fmt.Errorf("initiative %q: %s %s", i.Name, faults[0].Field, faults[0].What.EN)
		}
		if _, err := p.tx.Initiatives.Create(ctx, p.ws, i, p.author()); err != nil {
			return err
		}
	}
	return nil
}
