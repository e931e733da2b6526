package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/preflight"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mailSecret is what a sender keeps sealed.
type mailSecret struct {
	Password string            `json:"password,omitempty"`
	Keys     map[string]string `json:"keys,omitempty"` // PEM by selector
}

func mailSecretOwner(ws store.WorkspaceID, id string) string {
	return "mail sender\x00" + string(ws) + "\x00" + id
}

func (s *Server) mailSecretOf(ctx context.Context, ws store.WorkspaceID, id string) (mailSecret, error) {
	var secret mailSecret
	sealed, err := s.deps.Store.Mails.Secret(ctx, ws, id)
	if err != nil || len(sealed) == 0 {
		return secret, err
	}
	if s.deps.Vault == nil {
		return secret, errors.New("open a secret: no key file is named")
	}
	opened, err := s.deps.Vault.Open(mailSecretOwner(ws, id), sealed)
	if err != nil {
		return secret, err
	}
	if err := json.Unmarshal(opened, &secret); err != nil {
		return secret, fmt.Errorf("read the secret of sender %q: not what was kept", id)
	}
	return secret, nil
}

func (s *Server) keepMailSecret(ctx context.Context, ws store.WorkspaceID, id string, secret mailSecret) error {
	if secret.Password == "" && len(secret.Keys) == 0 {
		return s.deps.Store.Mails.SetSecret(ctx, ws, id, nil)
	}
	if s.deps.Vault == nil {
		return front.Refuse(http.StatusUnprocessableEntity, words.T("鍵ファイルがないため、パスワードと署名の鍵を預かれません。", "Without a key file no password and no signing key can be kept."))
	}
	sealed, err := s.deps.Vault.Seal(mailSecretOwner(ws, id), mustJSON(secret))
	if err != nil {
		return err
	}
	return s.deps.Store.Mails.SetSecret(ctx, ws, id, sealed)
}

// senderOf is a sender with the route its mail takes.
func (m *mailing) senderOf(ctx context.Context, ws store.WorkspaceID, id string) (MailSenderSettings, post.Route, error) {
	var settings MailSenderSettings
	piece, err := m.server.deps.Store.Mails.Get(ctx, ws, id, 0)
	if isNotFound(err) || err == nil && piece.Kind != store.MailSender {
		return settings, post.Route{}, &mailProblem{words.T("差出人が決まっていません。", "The template has no sender.")}
	}
	if err != nil {
		return settings, post.Route{}, err
	}
	if err := json.Unmarshal(piece.Body, &settings); err != nil {
		return settings, post.Route{}, fmt.Errorf("read sender %q: %w", id, err)
	}
	secret, err := m.server.mailSecretOf(ctx, ws, id)
	if err != nil {
		return settings, post.Route{}, err
	}
	route := post.Route{Sender: string(ws) + "/" + id, Server: post.Server{
		Host: settings.Host, Port: settings.Port, Security: settings.Security, Username: settings.Username, Password: secret.Password,
		Hello: mail.DomainOf(settings.From), Connections: settings.Parallel,
		Dial: m.server.puller().Guard.Dial, // whoever names a host must not look around inside the network with it
	}}
	route.Rates = maps.Clone(mail.DomainRates)
	if settings.PerSec > 0 {
		route.Rates["*"] = settings.PerSec
	}
	for _, selector := range slices.Sorted(maps.Keys(secret.Keys)) {
		signer, err := post.ParseKey([]byte(secret.Keys[selector]))
		if err != nil {
			return settings, post.Route{}, err
		}
		route.Keys = append(route.Keys, post.SigningKey{Domain: mail.DomainOf(settings.From), Selector: selector, Signer: signer})
	}
	return settings, route, nil
}

func (s *Server) senderView(ctx context.Context, ws store.WorkspaceID, p store.MailPiece) (MailSenderView, error) {
	v := MailSenderView{ID: p.ID, Name: p.Name, Version: p.Version, Keys: []MailKeyView{}, UpdatedAt: p.UpdatedAt}
	if err := json.Unmarshal(p.Body, &v.Settings); err != nil {
		return v, fmt.Errorf("read sender %q: %w", p.ID, err)
	}
	var err error
	if v.Warmup, err = s.warmupView(ctx, ws, p.ID, v.Settings); err != nil || !p.HasSecret {
		return v, err
	}
	secret, err := s.mailSecretOf(ctx, ws, p.ID)
	if err != nil {
		return v, err
	}
	v.HasPassword = secret.Password != ""
	for _, selector := range slices.Sorted(maps.Keys(secret.Keys)) {
		signer, err := post.ParseKey([]byte(secret.Keys[selector]))
		if err != nil {
			return v, err
		}
		record, err := post.Record(signer)
		if err != nil {
			return v, err
		}
		v.Keys = append(v.Keys, MailKeyView{selector + "._domainkey." + mail.DomainOf(v.Settings.From), record})
	}
	return v, nil
}

func (s *Server) mailSenders(ctx context.Context, slug string) ([]MailSenderView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	list, err := s.deps.Store.Mails.List(ctx, ws.ID, store.MailSender)
	if err != nil {
		return nil, err
	}
	views := make([]MailSenderView, len(list))
	for i, p := range list {
		if views[i], err = s.senderView(ctx, ws.ID, p); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// pieceOf is a piece of the kind that is meant.
func (s *Server) pieceOf(ctx context.Context, slug, id string, kind store.MailKind) (store.WorkspaceID, store.MailPiece, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return "", store.MailPiece{}, err
	}
	p, err := s.deps.Store.Mails.Get(ctx, ws.ID, id, 0)
	if err == nil && p.Kind != kind {
		err = store.ErrNotFound{What: string(kind), Name: id}
	}
	return ws.ID, p, err
}

func (s *Server) saveMailSender(ctx context.Context, slug, id string, in MailSenderWish) (MailSenderView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return MailSenderView{}, err
	}
	for field, address := range map[string]string{"from": in.Settings.From, "reply_to": in.Settings.ReplyTo, "envelope": in.Settings.Envelope} {
		if _, ok := post.WireAddress(address); !ok && (address != "" || field == "from") {
			return MailSenderView{}, front.BadRequest("body.settings."+field, words.T("メールアドレス「%s」が正しくありません。", "The address %q cannot be used.", address))
		}
	}
	server := post.Server{Host: in.Settings.Host, Port: in.Settings.Port, Security: in.Settings.Security, Username: in.Settings.Username}
	if server.Check() != nil {
		return MailSenderView{}, front.BadRequest("body.settings.host", words.T("送信サーバーの設定が正しくありません。パスワードを使うときは TLS か STARTTLS にしてください。", "The mail server's settings cannot be used; with a password it has to be TLS or STARTTLS."))
	}
	piece := store.MailPiece{Kind: store.MailSender, Name: front.Clean(in.Name), Body: mustJSON(in.Settings), Author: front.AuthorOf(ctx)}
	var saved store.MailPiece
	if id == "" {
		saved, err = s.deps.Store.Mails.Create(ctx, ws.ID, piece)
	} else {
		if _, _, err = s.pieceOf(ctx, slug, id, store.MailSender); err == nil {
			saved, err = s.deps.Store.Mails.Save(ctx, ws.ID, id, in.Version, piece)
		}
	}
	if err != nil {
		return MailSenderView{}, err
	}
	if in.Password != nil {
		secret, err := s.mailSecretOf(ctx, ws.ID, saved.ID)
		if err != nil {
			return MailSenderView{}, err
		}
		secret.Password = *in.Password
		if err := s.keepMailSecret(ctx, ws.ID, saved.ID, secret); err != nil {
			return MailSenderView{}, err
		}
		if saved, err = s.deps.Store.Mails.Get(ctx, ws.ID, saved.ID, 0); err != nil {
			return MailSenderView{}, err
		}
	}
	return s.senderView(ctx, ws.ID, saved)
}

func (s *Server) deleteMailPiece(ctx context.Context, slug, id string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	return s.deps.Store.Mails.Delete(ctx, ws.ID, id)
}

func (s *Server) makeMailKey(ctx context.Context, slug, id, algorithm, selector string) (MailSenderView, error) {
	ws, _, err := s.pieceOf(ctx, slug, id, store.MailSender)
	if err != nil {
		return MailSenderView{}, err
	}
	secret, err := s.mailSecretOf(ctx, ws, id)
	if err != nil {
		return MailSenderView{}, err
	}
	if len(secret.Keys) >= 4 && secret.Keys[selector] == "" {
		return MailSenderView{}, front.BadRequest("body.selector", words.T("鍵は4つまでです。", "There can be four keys."))
	}
	made, _, err := post.NewKey(algorithm, s.deps.Random)
	if err != nil {
		return MailSenderView{}, err
	}
	if secret.Keys == nil {
		secret.Keys = map[string]string{}
	}
	secret.Keys[selector] = string(made)
	if err := s.keepMailSecret(ctx, ws, id, secret); err != nil {
		return MailSenderView{}, err
	}
	p, err := s.deps.Store.Mails.Get(ctx, ws, id, 0)
	if err != nil {
		return MailSenderView{}, err
	}
	return s.senderView(ctx, ws, p)
}

func outcomeView(o mail.Outcome) MailOutcomeView {
	return MailOutcomeView{Class: string(o.Class), Step: o.Step, Code: o.Code, Said: o.Said}
}

func (s *Server) tryMailSender(ctx context.Context, slug, id string) (MailOutcomeView, error) {
	ws, _, err := s.pieceOf(ctx, slug, id, store.MailSender)
	if err != nil {
		return MailOutcomeView{}, err
	}
	_, route, err := s.mailing.senderOf(ctx, ws, id)
	if err != nil {
		return MailOutcomeView{}, toldMail(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return outcomeView(s.mailing.courier.Try(ctx, route.Server)), nil
}

// toldMail turns why a mail cannot be made into an answer for people.
func toldMail(err error) error {
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return front.Refuse(http.StatusUnprocessableEntity, problem.what)
	}
	return err
}

// look runs the preflight of a sender, and of a template where one is named.
func (s *Server) look(ctx context.Context, ws store.WorkspaceID, id, template string) ([]preflight.Check, error) {
	settings, route, err := s.mailing.senderOf(ctx, ws, id)
	if err != nil {
		return nil, toldMail(err)
	}
	of := preflightMail{hasText: true}
	if template != "" {
		p, err := s.mailing.prepare(ctx, ws, template)
		if err != nil {
			return nil, toldMail(err)
		}
		var out mail.Rendered
		p.compiled.Render(&mail.Recipient{}, &out)
		of = preflightMail{promotes: p.template.Promotion, hasText: len(strings.TrimSpace(string(out.Text))) > 0}
	}
	if settings.Stream == mail.Marketing {
		if of.forms, err = s.openForms(ctx, ws); err != nil {
			return nil, err
		}
		since := s.nowMillis() - event.Millis(preflight.RateDays)*dayMillis
		if of.rate, err = s.deps.Store.Deliveries.Rate(ctx, ws, since); err != nil {
			return nil, err
		}
	}
	return s.lookAt(ctx, settings, route, of)
}

// preflightMail is what the preflight asks of a mail itself, and of those before it.
type preflightMail struct {
	hasText, promotes bool
	rate              store.MailRate
	forms             preflight.Forms
}

func (s *Server) lookAt(ctx context.Context, settings MailSenderSettings, route post.Route, of preflightMail) ([]preflight.Check, error) {
	asked := preflight.Sender{Stream: settings.Stream, From: settings.From, Envelope: settings.Envelope, Host: settings.Host, Relay: settings.Relay, Security: settings.Security,
		Legal: settings.Legal, Root: s.root(), HasText: of.hasText, Promotes: of.promotes, Accepted: of.rate.Accepted, Complaints: of.rate.Complaints, Forms: of.forms}
	for _, key := range route.Keys {
		record, err := post.Record(key.Signer)
		if err != nil {
			return nil, err
		}
		asked.Keys = append(asked.Keys, preflight.Key{Domain: key.Domain, Selector: key.Selector, Public: key.Signer.Public(), Record: record})
	}
	resolver := s.deps.Resolver
	if resolver == nil {
		resolver = net.DefaultResolver
	}
	return preflight.Run(ctx, resolver, asked), nil
}

func (s *Server) preflightView(ctx context.Context, slug, id, template string, lang words.Lang) (PreflightView, error) {
	ws, _, err := s.pieceOf(ctx, slug, id, store.MailSender)
	if err != nil {
		return PreflightView{}, err
	}
	checks, err := s.look(ctx, ws, id, template)
	if err != nil {
		return PreflightView{}, err
	}
	v := PreflightView{Blocks: preflight.Blocks(checks), Checks: make([]PreflightCheck, len(checks))}
	for i, c := range checks {
		v.Checks[i] = PreflightCheck{c.Name, string(c.Light), c.What.In(lang), c.Mend.In(lang), c.Found}
	}
	return v, nil
}

// knownProperties are the keys that contacts of a workspace have: of the newest and the
// oldest thousand, which is enough to find a misspelt one.
func (s *Server) knownProperties(ctx context.Context, ws store.WorkspaceID) ([]string, error) {
	list, err := s.deps.Store.Contacts.After(ctx, ws, 0, 2000)
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for _, c := range list {
		for key := range c.Properties {
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys)), nil
}

// compiledFor checks a template with its sender's legal words.
func (s *Server) compiledFor(ctx context.Context, ws store.WorkspaceID, t mailTemplate) (*mail.Compiled, MailSenderSettings, error) {
	settings, _, err := s.mailing.senderOf(ctx, ws, t.Sender)
	if err != nil {
		return nil, settings, toldMail(err)
	}
	if settings.Stream != t.Stream {
		return nil, settings, front.BadRequest("body.template.sender", mixedStreams())
	}
	properties, err := s.knownProperties(ctx, ws)
	if err != nil {
		return nil, settings, err
	}
	compiled, err := mail.Compile(t.Template, settings.Legal, properties)
	return compiled, settings, err
}

func templateView(p store.MailPiece) (MailTemplateView, error) {
	v := MailTemplateView{ID: p.ID, Version: p.Version, Author: p.Author, UpdatedAt: p.UpdatedAt}
	if err := json.Unmarshal(p.Body, &v.Template); err != nil {
		return v, fmt.Errorf("read template %q: %w", p.ID, err)
	}
	return v, nil
}

// mailTemplateAt is a template in a version; 0 is the newest.
func (s *Server) mailTemplateAt(ctx context.Context, slug, id string, version int) (MailTemplateView, error) {
	ws, _, err := s.pieceOf(ctx, slug, id, store.MailTemplate)
	if err != nil {
		return MailTemplateView{}, err
	}
	p, err := s.deps.Store.Mails.Get(ctx, ws, id, version)
	if err != nil {
		return MailTemplateView{}, err
	}
	v, err := templateView(p)
	if err != nil {
		return v, err
	}
	v.Versions = []MailVersionView{}
	list, err := s.deps.Store.Mails.Versions(ctx, ws, id)
	for _, one := range list {
		v.Versions = append(v.Versions, MailVersionView{one.Version, one.Author, one.UpdatedAt})
	}
	return v, err
}

func (s *Server) mailTemplates(ctx context.Context, slug string) ([]MailTemplateView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	list, err := s.deps.Store.Mails.List(ctx, ws.ID, store.MailTemplate)
	if err != nil {
		return nil, err
	}
	views := make([]MailTemplateView, len(list))
	for i, p := range list {
		if views[i], err = templateView(p); err != nil {
			return nil, err
		}
	}
	return views, nil
}

func (s *Server) saveMailTemplate(ctx context.Context, slug, id string, in MailTemplateWish) (MailTemplateView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return MailTemplateView{}, err
	}
	if _, _, err := s.compiledFor(ctx, ws.ID, in.Template); err != nil {
		return MailTemplateView{}, err
	}
	piece := store.MailPiece{Kind: store.MailTemplate, Name: front.Clean(in.Template.Name), Body: mustJSON(in.Template), Author: front.AuthorOf(ctx)}
	if piece.Name == "" {
		piece.Name = in.Template.Subject[:min(len(in.Template.Subject), 60)]
		piece.Name = strings.ToValidUTF8(piece.Name, "")
	}
	var saved store.MailPiece
	if id == "" {
		saved, err = s.deps.Store.Mails.Create(ctx, ws.ID, piece)
	} else if _, _, err = s.pieceOf(ctx, slug, id, store.MailTemplate); err == nil {
		saved, err = s.deps.Store.Mails.Save(ctx, ws.ID, id, in.Version, piece)
	}
	if err != nil {
		return MailTemplateView{}, err
	}
	return templateView(saved)
}

// readerOf is a real contact, or somebody of whom nothing is known.
func (s *Server) readerOf(ctx context.Context, ws store.WorkspaceID, id string) (contact.Contact, error) {
	if id == "" {
		return contact.Contact{ID: "preview", Address: "preview@example.jp"}, nil
	}
	return s.deps.Store.Contacts.Get(ctx, ws, contact.ID(id))
}

func (s *Server) previewMail(ctx context.Context, slug string, in MailTemplateWish) (MailPreview, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return MailPreview{}, err
	}
	made := preparedMail{template: in.Template}
	if in.Template.Sender == "" {
		var properties []string
		if properties, err = s.knownProperties(ctx, ws.ID); err == nil {
			made.compiled, err = mail.Compile(in.Template.Template, unsigned(in.Template.Lang), properties)
		}
	} else {
		made.compiled, made.sender, err = s.compiledFor(ctx, ws.ID, in.Template)
	}
	if err != nil {
		return MailPreview{}, err
	}
	person, err := s.readerOf(ctx, ws.ID, in.Contact)
	if err != nil {
		return MailPreview{}, err
	}
	var out mail.Rendered
	company := s.mailing.companyName(ctx, ws.ID, person)
	made.compiled.Render(&mail.Recipient{Person: personOf(person, company), Unsubscribe: "#", Preferences: "#"}, &out)
	key, err := s.newRequestID()
	if err != nil {
		return MailPreview{}, err
	}
	// What is shown leads nowhere; how large the mail is tells the one that would leave, whose
	// counted links are long.
	whole, err := s.mailing.write(ctx, ws.ID, &made, person, company, "broadcast/"+key, "broadcast:"+key)
	if err != nil {
		return MailPreview{}, err
	}
	s.mailing.previews.keep(key, preview{ws.ID, string(out.HTML), s.deps.Clock().Add(previewLife)})
	return MailPreview{Frame: "/api/workspaces/" + slug + "/act/mail/preview/" + key, Subject: out.Subject, HTML: string(out.HTML), Text: string(out.Text), Links: append([]string{}, made.compiled.Links...), Bytes: len(whole.message.Body.HTML)}, nil
}

// testMail sends to somebody of the house only: a test is no way around consent.
func (s *Server) testMail(ctx context.Context, slug, id, to, reader string) (MailOutcomeView, error) {
	ws, _, err := s.pieceOf(ctx, slug, id, store.MailTemplate)
	if err != nil {
		return MailOutcomeView{}, err
	}
	people, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return MailOutcomeView{}, err
	}
	if !slices.ContainsFunc(people, func(m store.Member) bool { return strings.EqualFold(m.User.Email, to) }) {
		return MailOutcomeView{}, front.BadRequest("body.to", words.T("テストは、このワークスペースの人のアドレスにだけ送れます。", "A test goes to people of this workspace only."))
	}
	p, err := s.mailing.prepare(ctx, ws, id)
	if err != nil {
		return MailOutcomeView{}, toldMail(err)
	}
	if p.template.Stream == mail.Marketing && s.url == nil {
		return MailOutcomeView{}, front.Refuse(http.StatusUnprocessableEntity, words.T("配信停止のための https のアドレスがありません(RFC 8058)。--url を指定して起動してください。", "There is no https address to refuse by (RFC 8058). Start with --url."))
	}
	person, err := s.readerOf(ctx, ws, reader)
	if err != nil {
		return MailOutcomeView{}, err
	}
	company := s.mailing.companyName(ctx, ws, person)
	person.ID, person.Address = "test", to
	key, err := s.newRequestID()
	if err != nil {
		return MailOutcomeView{}, err
	}
	w, err := s.mailing.write(ctx, ws, p, person, company, "test/"+key, "test")
	if err != nil {
		return MailOutcomeView{}, err
	}
	return outcomeView(s.mailing.courier.Hand(ctx, &w.message, p.route)), nil
}
