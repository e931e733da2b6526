package server

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mailing hands the mails of the outbox over, and keeps what became of them.
type mailing struct {
	server  *Server
	courier *post.Courier
	wake    chan struct{} // a broadcast was begun

	mu       sync.Mutex
	prepared map[string]*preparedMail
	keys     map[store.WorkspaceID][]byte
	previews previews
	waiting  map[store.WorkspaceID][]store.MailDelivery // not yet written
	left     map[senderDay]int                          // not yet written
	warm     map[string]*warming
	ready    readiness
}

func newMailing(s *Server) *mailing {
	courier := post.NewCourier(s.deps.Clock)
	courier.Still = s.deps.Demo
	return &mailing{server: s, courier: courier, wake: make(chan struct{}, 1),
		prepared: map[string]*preparedMail{}, keys: map[store.WorkspaceID][]byte{}, waiting: map[store.WorkspaceID][]store.MailDelivery{},
		left: map[senderDay]int{}, warm: map[string]*warming{}, ready: readiness{lights: map[string]readyLight{}}}
}

// preparedMail is a template with its sender, ready to be written for people.
type preparedMail struct {
	until    time.Time
	template mailTemplate
	compiled *mail.Compiled
	sender   MailSenderSettings
	route    post.Route
	zone     *time.Location // of the workspace: where a day of a warm-up begins
}

// mailTemplate is a template as it is kept.
type mailTemplate struct {
	mail.Template
	Sender string `json:"sender" maxLength:"80" doc:"id of the sender it leaves by"`
}

// preparedLife is how long a template is taken to be what it was.
const (
	preparedLife = 2 * time.Second
	maxPrepared  = 500
)

// mailProblem is why a mail cannot be made; it is for people.
type mailProblem struct{ what words.Text }

// Error says it in Japanese.
func (e *mailProblem) Error() string { return e.what.JA }

func (m *mailing) prepare(ctx context.Context, ws store.WorkspaceID, id string) (*preparedMail, error) {
	now := m.server.deps.Clock()
	name := string(ws) + "\x00" + id
	m.mu.Lock()
	p := m.prepared[name]
	m.mu.Unlock()
	if p != nil && now.Before(p.until) {
		return p, nil
	}
	made, err := m.prepareAnew(ctx, ws, id)
	if err != nil {
		return nil, err
	}
	made.until = now.Add(preparedLife)
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.prepared) >= maxPrepared {
		clear(m.prepared)
	}
	m.prepared[name] = made
	return made, nil
}

func (m *mailing) prepareAnew(ctx context.Context, ws store.WorkspaceID, id string) (*preparedMail, error) {
	db := m.server.deps.Store
	piece, err := db.Mails.Get(ctx, ws, id, 0)
	if isNotFound(err) || err == nil && piece.Kind != store.MailTemplate {
		return nil, &mailProblem{words.T("テンプレートがありません。", "The template is gone.")}
	}
	if err != nil {
		return nil, err
	}
	made := &preparedMail{}
	if err := json.Unmarshal(piece.Body, &made.template); err != nil {
		return nil, fmt.Errorf("read template %q: %w", id, err)
	}
	if made.sender, made.route, err = m.senderOf(ctx, ws, made.template.Sender); err != nil {
		return nil, err
	}
	if made.zone, err = m.server.zoneOf(ctx, ws); err != nil {
		return nil, err
	}
	if made.sender.Stream != made.template.Stream {
		return nil, &mailProblem{mixedStreams()}
	}
	if made.compiled, err = mail.Compile(made.template.Template, made.sender.Legal, []string{"*"}); err != nil {
		return nil, err
	}
	return made, nil
}

// key signs the addresses in a workspace's mails.
func (m *mailing) key(ctx context.Context, ws store.WorkspaceID) ([]byte, error) {
	m.mu.Lock()
	key := m.keys[ws]
	m.mu.Unlock()
	if key != nil {
		return key, nil
	}
	key, err := m.server.deps.Store.Mails.Key(ctx, ws)
	if err == nil {
		m.mu.Lock()
		m.keys[ws] = key
		m.mu.Unlock()
	}
	return key, err
}

// root is the https address mails lead back to; "" without one.
func (s *Server) root() string {
	if s.url == nil {
		return ""
	}
	return s.url.String()
}

// writtenMail is a mail for one person, with the message that carries it.
type writtenMail struct {
	message post.Message
	mail    string // its short name
}

func (m *mailing) write(ctx context.Context, ws store.WorkspaceID, p *preparedMail, person contact.Contact, company, key, cause string) (*writtenMail, error) {
	secret, err := m.key(ctx, ws)
	if err != nil {
		return nil, err
	}
	now := m.server.deps.Clock()
	marketing := p.template.Stream == mail.Marketing
	addresses := track.Addresses{Base: m.server.root(), Key: secret, Count: p.sender.Count && marketing && m.server.url != nil, Token: track.Token{
		Workspace: string(ws), Contact: string(person.ID), Cause: cause, Topic: p.template.Topic, Mail: shortMail(secret, key), SentAt: now.UnixMilli(), Links: len(p.compiled.Links),
	}}
	domain := mail.DomainOf(p.sender.From)
	w := &writtenMail{mail: addresses.Token.Mail, message: post.Message{
		From: netmail.Address{Name: p.sender.FromName, Address: p.sender.From}, ReplyTo: p.sender.ReplyTo, Envelope: p.sender.Envelope,
		To: netmail.Address{Name: person.Name, Address: person.Address}, Date: now, ID: post.MessageID(string(ws), key, domain), Marketing: marketing, Auto: !marketing,
	}}
	r := mail.Recipient{Person: personOf(person, company), Link: addresses.Link, Pixel: addresses.Pixel(), Honey: addresses.Honey()}
	if marketing {
		r.Unsubscribe, r.Preferences = addresses.Unsubscribe(), addresses.Preferences()
		w.message.Unsubscribe = r.Unsubscribe
	}
	p.compiled.Render(&r, &w.message.Body)
	return w, nil
}

// shortMail names one mail in its addresses without giving the key of the item away.
func shortMail(secret []byte, key string) string {
	h := hmac.New(sha256.New, secret)
	_, _ = h.Write([]byte("mail\x00" + key))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil)[:15]))
}

// personOf gives the values of a contact that a template may ask for.
func personOf(c contact.Contact, company string) mail.Person {
	return func(key string) (string, bool) {
		switch key {
		case "name":
			return c.Name, c.Name != ""
		case "address":
			return c.Address, true
		case "company.name":
			return company, company != ""
		}
		v, ok := c.Properties[key]
		return v.String(), ok
	}
}

// Hand hands one mail over; see actor.Sender.
func (m *mailing) Hand(ctx context.Context, item outbox.Item) outbox.Answer {
	later := func(err error) outbox.Answer {
		m.server.deps.Log.Error("mail not handed over", "item", item.ID, "error", err)
		return outbox.Answer{State: outbox.Queued}
	}
	if strings.HasPrefix(item.Key, confirmKeys) {
		return m.handConfirm(ctx, item)
	}
	var h automation.Handing
	if err := json.Unmarshal(item.Payload, &h); err != nil || h.Mail == nil {
		return outbox.Answer{State: outbox.Failed, Reason: "no mail is named"}
	}
	ws := store.WorkspaceID(item.Workspace)
	p, err := m.prepare(ctx, ws, h.Mail.Template)
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problem.what.JA}
	}
	if problems, ok := words.AsProblems(err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problems[0].In(words.JA)}
	}
	if err != nil {
		return later(err)
	}
	if p.template.Stream == mail.Marketing && m.server.url == nil {
		return outbox.Answer{State: outbox.Failed, Reason: words.T("配信停止のための https のアドレスがありません(RFC 8058)。", "There is no https address to refuse by (RFC 8058).").JA}
	}
	// The gate has asked for consent by what the item said of itself; it must be true.
	if item.Stream != p.template.Stream || h.Mail.Topic != p.template.Topic {
		return outbox.Answer{State: outbox.Failed, Reason: words.T("テンプレートの種類か話題が、あとから変わりました。", "The template's stream or topic was changed since.").JA}
	}
	person, err := m.server.deps.Store.Contacts.Get(ctx, ws, contact.ID(item.Contact))
	if isNotFound(err) {
		return outbox.Answer{State: outbox.Cancelled, Reason: "erased"}
	}
	if err != nil {
		return later(err)
	}
	cause, variant := item.Cause, h.Variant
	if strings.HasPrefix(cause, "broadcast:") {
		variant = h.Step
	}
	if variant != "" {
		cause += "#" + variant
	}
	w, err := m.write(ctx, ws, p, person, m.companyName(ctx, ws, person), item.Key, cause)
	if err != nil {
		return later(err)
	}
	room, err := m.take(ctx, ws, p)
	if err != nil {
		return later(err)
	}
	if room > 0 {
		return outbox.Answer{State: outbox.Queued, Untried: true, RetryAfter: room, Reason: warmupNow}
	}
	o := m.courier.Hand(ctx, &w.message, p.route)
	m.went(ws, p, o)
	m.noteMail(ws, item, variant, o)
	if o.NoSuchAddress {
		if err := m.suppress(ctx, ws, person.Address, contact.Undeliverable, o.Said); err != nil {
			m.server.deps.Log.Error("address not stopped", "error", err)
		}
	}
	return o.Answer()
}

func (m *mailing) companyName(ctx context.Context, ws store.WorkspaceID, c contact.Contact) string {
	if c.CompanyID == "" {
		return ""
	}
	found, err := m.server.deps.Store.Companies.GetMany(ctx, ws, []string{c.CompanyID})
	if err != nil {
		return "" // the fallback stands in its place
	}
	return found[c.CompanyID].Name
}

func (m *mailing) suppress(ctx context.Context, ws store.WorkspaceID, address string, why contact.Reason, note string) error {
	return m.server.deps.Store.Suppressions.Put(ctx, ws, []store.SuppressedAddress{{Address: strings.ToLower(address), Suppression: contact.Suppression{
		Reason: why, At: event.Millis(m.server.deps.Clock().UnixMilli()), Note: note,
	}}})
}

// noteMail keeps what became of a mail, to be written with others.
func (m *mailing) noteMail(ws store.WorkspaceID, item outbox.Item, variant string, o mail.Outcome) {
	if o.Class != mail.Accepted && o.Class != mail.Permanent && o.Class != mail.Unknown {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.waiting[ws] = append(m.waiting[ws], store.MailDelivery{
		MessageID: o.MessageID, Contact: contact.ID(item.Contact), Cause: item.Cause, Variant: variant, Class: o.Class, Code: o.Code, Said: o.Said,
		At: event.Millis(m.server.deps.Clock().UnixMilli()),
	})
}

// flush writes what was noted: many at once, so that a broadcast is not held up by the
// disk. What a crash takes with it is known to the outbox all the same.
func (m *mailing) flush(ctx context.Context) {
	m.mu.Lock()
	waiting, left := m.waiting, m.left
	m.waiting, m.left = map[store.WorkspaceID][]store.MailDelivery{}, map[senderDay]int{}
	m.mu.Unlock()
	for of, n := range left {
		if err := m.server.deps.Store.Deliveries.CountDay(ctx, of.ws, of.sender, of.day, n); err != nil {
			m.server.deps.Log.Error("mails of a day not counted", "count", n, "error", err)
		}
	}
	for ws, list := range waiting {
		if err := m.server.deps.Store.Deliveries.Add(ctx, ws, list); err != nil {
			m.server.deps.Log.Error("deliveries not kept", "count", len(list), "error", err)
		}
	}
}

// run writes what was noted and moves broadcasts on, until ctx ends.
func (m *mailing) run(ctx context.Context) {
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	defer m.courier.Close()
	for n := 0; ; n++ {
		begun := false
		select {
		case <-ctx.Done():
			m.flush(context.WithoutCancel(ctx))
			return
		case <-m.wake:
			begun = true
		case <-ticker.C:
		}
		m.flush(ctx)
		if n%10 == 0 {
			if err := m.tell(ctx); err != nil && ctx.Err() == nil {
				m.server.deps.Log.Error("touches of mails not told", "error", err)
			}
		}
		if begun || n%10 == 0 {
			if err := m.moveBroadcasts(ctx); err != nil && ctx.Err() == nil {
				m.server.deps.Log.Error("broadcasts not moved on", "error", err)
			}
		}
	}
}

// mixedStreams says that what may be sent without consent must not carry what may not.
func mixedStreams() words.Text {
	return words.T("宣伝のメールと手続きのメールは、差出人を分けてください(特定電子メール法施行規則6条)。", "Marketing and transactional mail leave by different senders (rule 6 of the Specified Electronic Mail Act).")
}
