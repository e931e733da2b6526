package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// kindNotice is the kind of documents that places to be told at are kept as.
const kindNotice = "notice_channel"

// toOwner is the channel of notices to whoever looks after somebody.
const toOwner = "owner"

// noticePlace is one place people of the team are told at, as it is kept. What opens it is
// sealed.
type noticePlace struct {
	Kind   notice.Kind `json:"kind"`
	Room   string      `json:"room,omitempty"`
	To     string      `json:"to,omitempty"`
	Sender string      `json:"sender,omitempty"`
	Leads  bool        `json:"leads"`
	// Alerts: the team's alerts are told here; of these kinds alone where any are named.
	Alerts bool         `json:"alerts,omitempty"`
	Kinds  []alert.Kind `json:"kinds,omitempty"`
	Asked  []alert.Kind `json:"asked,omitempty"` // the kinds there were to choose from
	Owners []string     `json:"owners,omitempty"`
	Hint   string       `json:"hint,omitempty"`
	Sealed []byte       `json:"sealed,omitempty"`
}

// noticeSecret is what opens a place.
type noticeSecret struct {
	URL   string `json:"url,omitempty"`
	Token string `json:"token,omitempty"`
}

// noticing tells people of the team.
type noticing struct {
	server *Server
	sender *notice.Sender
}

func newNoticing(s *Server) *noticing {
	return &noticing{s, &notice.Sender{Client: s.puller().Guard.Client(webhookWithin), Now: s.deps.Clock}}
}

func noticeOwner(ws store.WorkspaceID, id string) string {
	return "notice\x00" + string(ws) + "\x00" + id
}

func (s *Server) noticePlaces(ctx context.Context, ws store.WorkspaceID) (map[string]noticePlace, error) {
	docs, err := s.deps.Store.Documents.List(ctx, ws, kindNotice)
	if err != nil {
		return nil, err
	}
	all := make(map[string]noticePlace, len(docs))
	for _, doc := range docs {
		if all[doc.ID], err = noticePlaceOf(doc); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func noticePlaceOf(doc store.Document) (p noticePlace, err error) {
	if err := json.Unmarshal(doc.Body, &p); err != nil {
		return p, fmt.Errorf("read place of notices %q: %w", doc.ID, err)
	}
	p.Kinds = alert.Chosen(p.Kinds, p.Asked)
	return p, nil
}

// Hand hands a notice over; see actor.Sender. One to whoever looks after somebody becomes one
// for each place that is to hear of them, each with a key of its own: so no place is told
// twice because another one was busy.
func (n *noticing) Hand(ctx context.Context, item outbox.Item) outbox.Answer {
	later := func(err error) outbox.Answer {
		n.server.deps.Log.Error("notice not handed over", "item", item.ID, "error", err)
		return outbox.Answer{State: outbox.Queued}
	}
	if strings.HasPrefix(item.Key, reportKeys) {
		return n.server.handReport(ctx, item)
	}
	if strings.HasPrefix(item.Key, teamKeys) {
		return n.handTold(ctx, item)
	}
	var h automation.Handing
	if err := json.Unmarshal(item.Payload, &h); err != nil || h.Notify == nil {
		return outbox.Answer{State: outbox.Failed, Reason: "nothing to tell"}
	}
	ws := store.WorkspaceID(item.Workspace)
	places, err := n.server.noticePlaces(ctx, ws)
	if err != nil {
		return later(err)
	}
	if h.Notify.Channel == toOwner {
		answer, err := n.spread(ctx, item, h, places)
		if err != nil {
			return later(err)
		}
		return answer
	}
	place, there := places[h.Notify.Channel]
	if !there {
		return outbox.Answer{State: outbox.Failed, Reason: words.T("知らせる先がなくなりました。", "The place to be told at is gone.").JA}
	}
	message, ok, err := n.message(ctx, ws, item, h)
	switch {
	case err != nil:
		return later(err)
	case !ok:
		return outbox.Answer{State: outbox.Cancelled, Reason: "erased"}
	}
	return n.tell(ctx, ws, h.Notify.Channel, place, message)
}

func (n *noticing) spread(ctx context.Context, item outbox.Item, h automation.Handing, places map[string]noticePlace) (outbox.Answer, error) {
	db := n.server.deps.Store
	person, visitor, err := n.whom(ctx, store.WorkspaceID(item.Workspace), item.Key, h.Contact)
	switch {
	case isNotFound(err):
		return outbox.Answer{State: outbox.Cancelled, Reason: "erased"}, nil
	case err != nil:
		return outbox.Answer{}, err
	case visitor != nil && !visitor.may:
		return outbox.Answer{State: outbox.Cancelled, Reason: namelessWithheld.JA}, nil
	}
	var items []outbox.Item
	for id, place := range places {
		if !place.Leads || len(place.Owners) > 0 && !slices.Contains(place.Owners, person.Owner) {
			continue
		}
		one, of := item, h
		of.Notify = &automation.Notify{Channel: id, Text: h.Notify.Text}
		one.Key, one.Cause, one.Payload, one.State = item.Key+"/"+id, "notice:"+id, mustJSON(of), outbox.Queued
		one.NotBefore = n.server.nowMillis()
		items = append(items, one)
	}
	if len(items) == 0 {
		return outbox.Answer{State: outbox.Withheld, Reason: words.T("知らせる先がまだありません。「知らせる先」で決めてください。", "There is no place to be told at yet. Choose one under “Where to tell”.").JA}, nil
	}
	if _, err := db.Outbox.Queue(ctx, items); err != nil {
		return outbox.Answer{}, err
	}
	if n.server.acting != nil {
		n.server.acting.worker.Wake()
	}
	return outbox.Answer{State: outbox.Sent}, nil
}

// message says who it is about and why, in the workspace's language; false for somebody who
// is gone.
func (n *noticing) message(ctx context.Context, ws store.WorkspaceID, item outbox.Item, h automation.Handing) (notice.Message, bool, error) {
	lang, slug, err := n.speaks(ctx, ws)
	if err != nil {
		return notice.Message{}, false, err
	}
	person, visitor, err := n.whom(ctx, ws, item.Key, h.Contact)
	if isNotFound(err) || err == nil && visitor != nil && !visitor.may {
		return notice.Message{}, false, nil
	}
	if err != nil {
		return notice.Message{}, false, err
	}
	name := cmp.Or(person.Name, person.Address)
	if visitor != nil {
		name = visitor.called().In(lang)
	} else if firm := cmp.Or(n.server.mailing.companyName(ctx, ws, person), person.Properties[contact.PropertyCompany].Text); firm != "" {
		name = words.T("%[1]s様（%[2]s）", "%[1]s (%[2]s)", name, firm).In(lang)
	} else {
		name = words.T("%s様", "%s", name).In(lang)
	}
	root := n.server.ownAddress() + "/w/" + url.PathEscape(slug) + "/act"
	m := notice.Message{Key: item.Key, Type: "automation.notify", Title: words.T("%[1]s: %[2]s", "%[1]s: %[2]s", h.Name, name).In(lang), Points: []string{h.Notify.Text},
		Link: root + "/contacts/" + url.PathEscape(string(person.ID)), Button: words.T("くわしく見る", "See more").In(lang)}
	owner, err := n.server.ownerName(ctx, map[string]string{}, person.Owner)
	if err != nil {
		return m, false, err
	}
	if owner != "" {
		m.Foot = words.T("担当: %s", "Looked after by %s", owner).In(lang)
	}
	lead, found, err := n.leadOf(ctx, ws, item.Key)
	if err != nil || !found {
		return m, true, err
	}
	why, err := reasonsIn(lead)
	if err != nil {
		return m, false, err
	}
	m.Type, m.Points = "lead.hot", nil
	m.Title = words.T("%[1]sが%[2]d点になりました", "%[1]s has reached %[2]d points", name, lead.Points.Whole()).In(lang)
	for _, r := range why {
		line := words.T("%[1]s（%[3]s・%[2]s点）", "%[4]s (%[5]s, %[2]s)", r.JA, words.Signed(float64(r.Points), 0), r.WhenJA, r.EN, r.WhenEN)
		if r.WhenJA == "" {
			line = words.T("%[1]s（%[2]s点）", "%[3]s (%[2]s)", r.JA, words.Signed(float64(r.Points), 0), r.EN)
		}
		m.Points = append(m.Points, line.In(lang))
	}
	m.Link, m.Button = root+"?lead="+url.QueryEscape(string(lead.ID)), words.T("リードを開く", "Open the lead").In(lang)
	return m, true, nil
}

// leadOf is the lead a notice's key tells of: "score/<card>/<lead>".
func (n *noticing) leadOf(ctx context.Context, ws store.WorkspaceID, key string) (store.Lead, bool, error) {
	parts := strings.Split(key, "/")
	if len(parts) < 3 || parts[0] != "score" {
		return store.Lead{}, false, nil
	}
	lead, err := n.server.deps.Store.Leads.Get(ctx, ws, store.LeadID(parts[2]))
	if isNotFound(err) {
		return lead, false, nil
	}
	return lead, err == nil, err
}

// speaks is the language of a workspace, and its slug.
func (n *noticing) speaks(ctx context.Context, id store.WorkspaceID) (words.Lang, string, error) {
	ws, err := n.server.deps.Store.Workspaces.Get(ctx, id)
	if err != nil {
		return words.JA, "", err
	}
	model, err := n.server.modelOrEmptyNewest(ctx, id)
	if isNotFound(err) {
		return words.JA, ws.Slug, nil
	}
	if err != nil {
		return words.JA, "", err
	}
	return cmp.Or(model.model.Locale, words.JA), ws.Slug, nil
}

// tell opens a place and tells it.
func (n *noticing) tell(ctx context.Context, ws store.WorkspaceID, id string, place noticePlace, m notice.Message) outbox.Answer {
	if n.server.deps.Demo {
		return still{}.Hand(ctx, outbox.Item{})
	}
	if place.Kind == notice.Mail {
		return n.mail(ctx, ws, place, m)
	}
	secret, err := n.server.noticeSecretOf(ws, id, place)
	if err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: words.T("知らせる先の鍵が開けません。入れ直してください。", "What opens the place cannot be read. Enter it again.").JA}
	}
	target := notice.Target{Kind: place.Kind, URL: secret.URL, Room: place.Room, Token: secret.Token}
	if place.Kind == notice.Webhook {
		if target.Sign, err = n.server.webhookSecret(ctx, event.Workspace(ws)); err != nil {
			return outbox.Answer{State: outbox.Queued, Reason: "the signature could not be made"}
		}
	}
	return n.sender.Tell(ctx, target, m)
}

// mail tells by mail: by the sender that was chosen, else as the house writes to its people.
func (n *noticing) mail(ctx context.Context, ws store.WorkspaceID, place noticePlace, m notice.Message) outbox.Answer {
	if place.Sender == "" {
		return n.mailByHouse(ctx, ws, place, m)
	}
	settings, route, err := n.server.mailing.senderOf(ctx, ws, place.Sender)
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problem.what.JA}
	}
	if err != nil {
		return outbox.Answer{State: outbox.Queued, Reason: "the sender could not be read"}
	}
	message := post.Message{
		From: netmail.Address{Name: settings.FromName, Address: settings.From}, Envelope: settings.Envelope, To: netmail.Address{Address: place.To}, Date: n.server.deps.Clock(),
		ID: post.MessageID(string(ws), m.Key, mail.DomainOf(settings.From)), Auto: true, Body: mail.Rendered{Subject: m.Title, Text: []byte(m.Text() + "\n\n" + m.Link + "\n")},
	}
	return n.server.mailing.courier.Hand(ctx, &message, route).Answer()
}

// mailByHouse tells by mail where no sender was chosen.
func (n *noticing) mailByHouse(ctx context.Context, ws store.WorkspaceID, place noticePlace, m notice.Message) outbox.Answer {
	o, err := n.server.handLetter(ctx, ws, letter{Key: m.Key, To: netmail.Address{Address: place.To},
		Body: mail.Rendered{Subject: m.Title, Text: []byte(m.Text() + "\n\n" + m.Link + "\n")}})
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problem.what.JA}
	}
	if err != nil {
		return outbox.Answer{State: outbox.Queued, Reason: "the sender could not be read"}
	}
	return o.Answer()
}

func (s *Server) noticeSecretOf(ws store.WorkspaceID, id string, place noticePlace) (noticeSecret, error) {
	var secret noticeSecret
	if len(place.Sealed) == 0 || s.deps.Vault == nil {
		return secret, errors.New("open a place of notices: nothing is kept")
	}
	opened, err := s.deps.Vault.Open(noticeOwner(ws, id), place.Sealed)
	if err != nil {
		return secret, err
	}
	return secret, json.Unmarshal(opened, &secret)
}
