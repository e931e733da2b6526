package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/deliver/preflight"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Kinds of documents of the law: who is handed data, and the other tags of the websites.
const (
	kindRecipient = "recipient"
	kindTags      = "external_tags"
)

// keptRecipient is a recipient as it is kept.
type keptRecipient struct {
	law.Recipient
	doc store.Document
}

func (s *Server) recipientsOf(ctx context.Context, ws store.WorkspaceID) ([]keptRecipient, error) {
	docs, err := s.deps.Store.Documents.List(ctx, ws, kindRecipient)
	if err != nil {
		return nil, err
	}
	list := make([]keptRecipient, len(docs))
	for i, doc := range docs {
		list[i].doc = doc
		if err := json.Unmarshal(doc.Body, &list[i].Recipient); err != nil {
			return nil, fmt.Errorf("read recipient %q: %w", doc.ID, err)
		}
	}
	return list, nil
}

// recipientAt finds who is declared to be reached at a host; "" where nobody is.
func recipientAt(list []keptRecipient, host string) string {
	for _, r := range list {
		if r.At(host) {
			return r.doc.ID
		}
	}
	return ""
}

// mayHandOver refuses an automation that would tell a program about people of which nobody
// has written down whose it is: data of people are handed over on a ground, or not at all.
func (s *Server) mayHandOver(ctx context.Context, ws store.WorkspaceID, d *automation.Definition) error {
	hosts := hooksOf(d)
	if len(hosts) == 0 {
		return nil
	}
	list, err := s.recipientsOf(ctx, ws)
	if err != nil {
		return err
	}
	for _, host := range hosts {
		if recipientAt(list, host) == "" && (s.url == nil || host != s.url.Hostname()) {
			return front.Refuse(http.StatusUnprocessableEntity, law.Undeclared(host))
		}
	}
	return nil
}

// hooksOf is the hosts that an automation's webhooks lead to.
func hooksOf(d *automation.Definition) (hosts []string) {
	for _, step := range d.Steps {
		if step.Webhook == nil {
			continue
		}
		if u, err := url.Parse(step.Webhook.URL); err == nil && !slices.Contains(hosts, u.Hostname()) {
			hosts = append(hosts, u.Hostname())
		}
	}
	return hosts
}

// handings is whom the settings of a workspace have data of people handed to, now.
func (s *Server) handings(ctx context.Context, ws store.WorkspaceID, recipients []keptRecipient, senders []sendingNow) ([]HandingView, error) {
	list := []HandingView{}
	add := func(kind, name, host string) {
		if one := (HandingView{kind, name, host, recipientAt(recipients, host)}); host != "" && !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	for _, sender := range senders {
		add("mail", sender.name, sender.Host)
	}
	places, err := s.noticePlaces(ctx, ws)
	if err != nil {
		return nil, err
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws, kindNotice)
	if err != nil {
		return nil, err
	}
	for _, doc := range docs {
		add("notice", doc.Name, s.noticeHost(ws, doc.ID, places[doc.ID]))
	}
	automations, err := s.deps.Store.Automations.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, kept := range automations {
		if kept.Live == 0 {
			continue
		}
		saved, err := s.deps.Store.Automations.Version(ctx, ws, kept.ID, kept.Live)
		if err != nil {
			return nil, err
		}
		d, err := automation.Read(saved.Body)
		if err != nil {
			return nil, err
		}
		for _, host := range hooksOf(d) {
			add("webhook", kept.Name, host)
		}
	}
	return list, nil
}

// noticeHost is where a place of notices is reached; "" for one inside: mail leaves by a
// sender, which is listed itself.
func (s *Server) noticeHost(ws store.WorkspaceID, id string, place noticePlace) string {
	switch place.Kind {
	case notice.Mail:
		return ""
	case notice.Chatwork:
		return "api.chatwork.com"
	}
	secret, err := s.noticeSecretOf(ws, id, place)
	if err != nil {
		return ""
	}
	u, err := url.Parse(secret.URL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// sendingNow is a sender of mail with its name.
type sendingNow struct {
	MailSenderSettings
	name string
	keys bool
}

func (s *Server) sendersNow(ctx context.Context, ws store.WorkspaceID) ([]sendingNow, error) {
	pieces, err := s.deps.Store.Mails.List(ctx, ws, store.MailSender)
	if err != nil {
		return nil, err
	}
	list := make([]sendingNow, len(pieces))
	for i, p := range pieces {
		list[i].name, list[i].keys = p.Name, p.HasSecret
		if err := json.Unmarshal(p.Body, &list[i].MailSenderSettings); err != nil {
			return nil, fmt.Errorf("read sender %q: %w", p.ID, err)
		}
	}
	return list, nil
}

// lawReply is how a workspace stands with each duty, as far as its settings tell without
// asking anybody else.
func (s *Server) lawReply(ctx context.Context, slug string, lang words.Lang) (LawReply, error) {
	reply := LawReply{Duties: make([]DutyView, len(law.Duties)), Handings: []HandingView{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	for i, d := range law.Duties {
		reply.Duties[i] = DutyView{Number: d.Number, Name: d.Name.In(lang), Article: d.Article.In(lang), Does: d.Does.In(lang), Stops: d.Stops, Keeps: d.Keeps, Light: "none"}
	}
	recipients, err := s.recipientsOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	senders, err := s.sendersNow(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	if reply.Handings, err = s.handings(ctx, ws.ID, recipients, senders); err != nil {
		return reply, err
	}
	say := func(number int, light preflight.Light, text words.Text) {
		d := &reply.Duties[number-1]
		d.Light, d.Found = string(light), text.In(lang)
	}
	s.lawOfSenders(senders, say)
	s.lawOfRecipients(reply.Handings, recipients, say)
	stitched, err := s.stitching(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	if stitched.may() {
		say(7, preflight.Green, words.T("「%s」の版で知らせたうえで、結びつけています。", "It is tied; the notice “%s” says so.", stitched.Notice))
	} else {
		say(7, preflight.Green, words.T("匿名のときの行動は、結びつけていません。", "What was done anonymously is tied to nobody."))
	}
	tags, err := s.tagsOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	say(13, preflight.Green, words.T("Shirube のほかに、%d個のタグを公表しています。", "The notice names %d tags beside Shirube.", len(tags.Tags)))
	rate, err := s.deps.Store.Deliveries.Rate(ctx, ws.ID, s.nowMillis()-event.Millis(preflight.RateDays)*dayMillis)
	if err != nil {
		return reply, err
	}
	if rate.Accepted > 0 {
		c := preflight.Complaints(rate.Accepted, rate.Complaints)
		say(19, c.Light, c.What)
	}
	if err := s.lawOfForms(ctx, ws.ID, say); err != nil {
		return reply, err
	}
	return reply, s.lastDeeds(ctx, ws.ID, reply.Duties, lang)
}

func (s *Server) lawOfForms(ctx context.Context, ws store.WorkspaceID, say func(int, preflight.Light, words.Text)) error {
	forms, err := s.openForms(ctx, ws)
	switch {
	case err != nil || forms.Asking == 0:
	case len(forms.Unnamed) > 0:
		say(6, preflight.Amber, words.T("送信者の名前のない同意の文で、受付中のフォーム: %s", "Open with words of consent that do not name the sender: %s", strings.Join(forms.Unnamed, " / ")))
	default:
		say(6, preflight.Green, words.T("受付中の%d個のフォームで、同意の文に送信者の名前があります。", "The words of consent of all %d open forms name the sender.", forms.Asking))
	}
	return err
}

// lastDeeds adds the newest entry on the record of each duty, for whom the record is open.
func (s *Server) lastDeeds(ctx context.Context, ws store.WorkspaceID, duties []DutyView, lang words.Lang) error {
	if !front.RequestOf(ctx).May(access.Audit) {
		return nil
	}
	for i, d := range law.Duties {
		if len(d.Deeds()) == 0 {
			continue
		}
		entries, err := s.deps.Store.Audit.List(ctx, ws, store.AuditQuery{Operations: d.Deeds(), Limit: 1})
		if err != nil {
			return err
		}
		for _, e := range entries {
			duties[i].Last = &DutyDeed{At: e.At, Who: e.Actor.Name, Sentence: audit.Deed(e.Operation).In(lang)}
		}
	}
	return nil
}

func (s *Server) lawOfSenders(senders []sendingNow, say func(int, preflight.Light, words.Text)) {
	marketing := 0
	for _, sender := range senders {
		if sender.Stream != mail.Marketing {
			continue
		}
		marketing++
		if missing := sender.Legal.Missing(sender.Stream); len(missing) > 0 {
			say(3, preflight.Red, words.T("差出人「%[1]s」: %[2]s", "Sender “%[1]s”: %[2]s", sender.name, missing[0].What))
		}
		if !sender.keys && !sender.Relay {
			say(5, preflight.Amber, words.T("差出人「%s」の署名の鍵がありません。", "The sender “%s” signs with no key.", sender.name))
		}
	}
	if marketing > 0 && !strings.HasPrefix(s.root(), "https://") {
		say(17, preflight.Red, words.T("https のアドレスがないので、宣伝のメールは送れません。", "There is no https address: no marketing mail can be sent."))
	}
}

func (s *Server) lawOfRecipients(handings []HandingView, recipients []keptRecipient, say func(int, preflight.Light, words.Text)) {
	received := 0
	for _, r := range recipients {
		if r.Receives {
			received++
		}
	}
	say(8, preflight.Green, words.T("情報を受け取る相手は%d社です。", "Lists are received from %d.", received))
	var open []string
	light := preflight.Amber
	for _, h := range handings {
		if h.Recipient == "" && !slices.Contains(open, h.Host) {
			open = append(open, h.Host)
		}
		if h.Recipient == "" && h.Kind == "webhook" {
			light = preflight.Red
		}
	}
	if len(open) > 0 {
		say(9, light, words.T("渡しているのに書かれていない相手が%[1]d件あります(%[2]s)。", "%[1]d recipients are not written down (%[2]s).", len(open), strings.Join(open[:min(len(open), 3)], ", ")))
		return
	}
	say(9, preflight.Green, words.T("いま渡している相手は、すべて書かれています。", "All who are handed data are written down."))
}
