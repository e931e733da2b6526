package server

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mails keeps a sender no mail server is behind, and the templates.
func (p *planting) mails(ctx context.Context) error {
	p.past.to(p.begin())
	author := p.in(words.T("小林", "Kobayashi"))
	settings := MailSenderSettings{Stream: mail.Marketing, FromName: p.in(words.T("ひなたワークス 法人営業", "Hinata Works, corporate sales")), From: sales.From,
		Host: "smtp.sales.hinata.example", Port: 587, Security: "starttls", Count: true, Legal: sales.Legal(p.office.Lang)}
	sender, err := p.tx.Mails.Create(ctx, p.ws, store.MailPiece{Kind: store.MailSender, Name: settings.FromName, Body: mustJSON(settings), Author: author})
	if err != nil {
		return err
	}
	p.letters = map[string]string{}
	for _, letter := range sales.Letters(p.office.Lang) {
		if _, err := mail.Compile(letter.Template, settings.Legal, []string{"*"}); err != nil {
			return fmt.Errorf("template %q: %w", letter.Template.Name, err)
		}
		kept, err := p.tx.Mails.Create(ctx, p.ws, store.MailPiece{Kind: store.MailTemplate, Name: letter.Template.Name,
			Body: mustJSON(mailTemplate{Template: letter.Template, Sender: sender.ID}), Author: author})
		if err != nil {
			return err
		}
		p.letters[letter.ID] = kept.ID
	}
	return nil
}

// broadcasts keeps one that was sent in two variants, with what its readers and machines
// did, and a draft.
func (p *planting) broadcasts(ctx context.Context) error {
	author := p.in(words.T("小林", "Kobayashi"))
	at := p.office.Now - sales.BroadcastDays*aDay
	p.past.to(at)
	segment := condition.Condition{Segment: "met"}
	plan := BroadcastPlan{Name: p.in(sales.BroadcastName), Template: p.letters["news-a"], TemplateB: p.letters["news-b"], ShareB: 50, Audience: segment}
	kept, err := p.tx.Mails.Create(ctx, p.ws, store.MailPiece{Kind: store.MailBroadcast, Name: plan.Name, State: castSent, Body: mustJSON(plan), Author: author})
	if err != nil {
		return err
	}
	cause := "broadcast:" + kept.ID
	var items []outbox.Item
	var deliveries []store.MailDelivery
	var touches []store.MailTouch
	of := [2]int{}
	for k := range p.office.People {
		one := &p.office.People[k]
		if _, stopped := p.office.StopOf(k); stopped || one.KnownAt > at || one.Told != sales.ByCard && one.Told != sales.ByDealings {
			continue
		}
		id := p.ids[k]
		n, variant, template := 0, "A", plan.Template
		if shareOf("variant", kept.ID, string(id)) < .5 {
			n, variant, template = 1, "B", plan.TemplateB
		}
		of[n]++
		items = append(items, outbox.Item{Workspace: event.Workspace(p.ws), Key: "broadcast/" + kept.ID + "/" + string(id), Kind: outbox.Mail, Stream: mail.Marketing, Contact: string(id),
			Cause: cause, NotBefore: at, Payload: mustJSON(automation.Handing{Contact: string(id), Name: plan.Name, Step: variant, Mail: &automation.Mail{Template: template}})})
		short := "demo" + strconv.Itoa(k)
		deliveries = append(deliveries, store.MailDelivery{MessageID: short + "@sales.hinata.example", Contact: id, Cause: cause, Variant: variant, Class: mail.Accepted, Code: 250, At: at + event.Millis(k%600)*1000})
		touches = append(touches, p.touchesOf(k, n, of[n], store.MailTouch{Mail: short, Cause: cause + "#" + variant, Contact: id}, at)...)
	}
	if err := p.sent(ctx, items); err != nil {
		return err
	}
	if err := p.tx.Deliveries.Add(ctx, p.ws, deliveries); err != nil {
		return err
	}
	for _, t := range touches {
		if _, _, err := p.tx.Deliveries.Touch(ctx, p.ws, t, asPlanted); err != nil {
			return err
		}
	}
	p.past.to(p.office.Now - 2*aDay)
	draft := BroadcastPlan{Name: p.in(sales.DraftName), Template: p.letters["news-a"], Audience: segment}
	_, err = p.tx.Mails.Create(ctx, p.ws, store.MailPiece{Kind: store.MailBroadcast, Name: draft.Name, State: castDraft, Body: mustJSON(draft), Author: author})
	return err
}

// tried keeps that the mails which try two wordings arrived, and who followed their link:
// of either wording an even share.
func (p *planting) tried(ctx context.Context, act *plantedAct, items []outbox.Item) error {
	var deliveries []store.MailDelivery
	var clicks []store.MailTouch
	for _, item := range items {
		var h automation.Handing
		if err := json.Unmarshal(item.Payload, &h); err != nil {
			return fmt.Errorf("read what %q hands over: %w", item.Key, err)
		}
		if item.Kind != outbox.Mail || h.Variant == "" {
			continue
		}
		n, short := 0, "case"+item.Contact
		if strings.HasSuffix(h.Variant, "/"+mail.WordingB) {
			n = 1
		}
		act.sent[n]++
		at := item.NotBefore + event.Millis(act.sent[n]%50)*1000
		deliveries = append(deliveries, store.MailDelivery{MessageID: short + "@sales.hinata.example", Contact: contact.ID(item.Contact), Cause: item.Cause, Variant: h.Variant, Class: mail.Accepted, Code: 250, At: at})
		if evenly(act.sent[n], sales.CaseClicked[n]) {
			clicks = append(clicks, store.MailTouch{Mail: short, Cause: item.Cause + "#" + h.Variant, Contact: contact.ID(item.Contact),
				Touch: mail.Touch{At: at + event.Millis(10+act.sent[n]%600)*60_000, What: "click", Agent: "Mozilla/5.0"}})
		}
	}
	if err := p.tx.Deliveries.Add(ctx, p.ws, deliveries); err != nil {
		return err
	}
	for _, t := range clicks {
		if t.At > p.office.Now {
			continue
		}
		if _, _, err := p.tx.Deliveries.Touch(ctx, p.ws, t, asPlanted); err != nil {
			return err
		}
	}
	return nil
}

// evenly reports whether the nth of many is one of an even share of them.
func evenly(nth int, share float64) bool {
	return int(float64(nth)*share) > int(float64(nth-1)*share)
}

// asPlanted takes every touch for what it was said to be.
func asPlanted(all []mail.Touch) []mail.Reason {
	reasons := make([]mail.Reason, len(all))
	for n, t := range all {
		reasons[n] = t.Reason
	}
	return reasons
}

// touchesOf is what became of the nth mail of a variant: of each kind of touch an even
// share has one.
func (p *planting) touchesOf(k, variant, nth int, t store.MailTouch, at event.Millis) []store.MailTouch {
	falls := func(share float64) bool { return evenly(nth, share) }
	touch := func(what string, minutes int, reason mail.Reason) store.MailTouch {
		t.What, t.At, t.Link, t.Reason = what, at+event.Millis(minutes)*60_000, 0, reason
		t.Agent = "Mozilla/5.0"
		if reason != "" {
			t.Agent = "Barracuda Sentinel"
		}
		return t
	}
	var list []store.MailTouch
	if falls(sales.OpenedByPeople[variant]) {
		list = append(list, touch("open", 20+k%900, ""))
	}
	if falls(sales.ClickedByPeople[variant]) {
		list = append(list, touch("click", 22+k%900, ""))
	}
	if falls(sales.OpenedByMachines) {
		list = append(list, touch("open", 0, mail.ByAgent))
	}
	if falls(sales.ClickedByMachines) {
		list = append(list, touch("click", 0, mail.ByAgent))
	}
	return list
}
