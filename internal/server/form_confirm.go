package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Asking once more by mail (double opt-in): the submission queues a mail in the transaction
// that records its consent; the consent counts when somebody presses the button on the page
// the mail leads to. Opening that page changes nothing: mail gateways open every link.

// Sending is not begun any more after so long: the mail would surprise.
const confirmWithin = 3 * 24 * time.Hour

// confirmKeys begin the keys of confirmation mails in the outbox.
const confirmKeys = "doi/"

// confirming is the payload of a confirmation mail.
type confirming struct {
	Submission string `json:"submission"`
}

func consentKey(submission string) string { return "form/" + submission }

// confirmItem is the mail that asks once more after a submission. Queued twice it is one.
func confirmItem(ws store.WorkspaceID, kept store.Submission, person contact.ID, now event.Millis) outbox.Item {
	return outbox.Item{
		Workspace: event.Workspace(ws), Key: confirmKeys + string(kept.Form) + "/" + kept.ID, Kind: outbox.Mail, Stream: mail.Transactional,
		Contact: string(person), Cause: "form:" + string(kept.Form), Payload: mustJSON(confirming{kept.ID}), NotBefore: now,
		ExpiresAt: now + event.Millis(confirmWithin.Milliseconds()),
	}
}

// askedToday counts the confirmation mails an address was sent within a day.
func askedToday(consents []contact.Consent, now event.Millis) (n int) {
	for _, c := range consents {
		if c.Double && c.ConfirmedAt == 0 && c.At > now-24*3_600_000 {
			n++
		}
	}
	return n
}

// confirmSender is the transactional sender that confirmation mails leave by: the one that
// is named, or the only one.
func (m *mailing) confirmSender(ctx context.Context, ws store.WorkspaceID, named string) (MailSenderSettings, post.Route, error) {
	if named == "" {
		list, err := m.server.deps.Store.Mails.List(ctx, ws, store.MailSender)
		if err != nil {
			return MailSenderSettings{}, post.Route{}, err
		}
		var found []string
		for _, piece := range list {
			var settings MailSenderSettings
			if err := json.Unmarshal(piece.Body, &settings); err != nil {
				return MailSenderSettings{}, post.Route{}, fmt.Errorf("read sender %q: %w", piece.ID, err)
			}
			if settings.Stream == mail.Transactional {
				found = append(found, piece.ID)
			}
		}
		switch len(found) {
		case 0:
			return MailSenderSettings{}, post.Route{}, &mailProblem{words.T("確認メールを送る差出人(手続きのメール用)がありません。メールの「差出人」で作ってください。",
				"There is no sender for transactional mail to ask by. Make one under Mail, Senders.")}
		case 1:
			named = found[0]
		default:
			return MailSenderSettings{}, post.Route{}, &mailProblem{words.T("確認メールをどの差出人から送るかを選んでください。", "Choose which sender the confirmation mail leaves by.")}
		}
	}
	settings, route, err := m.senderOf(ctx, ws, named)
	if err == nil && settings.Stream != mail.Transactional {
		err = &mailProblem{words.T("確認メールは、手続きのメール用の差出人から送ります。差出人を選びなおしてください。", "A confirmation mail leaves by a sender for transactional mail. Please choose another.")}
	}
	return settings, route, err
}

// confirmProblem says why a form cannot ask once more by mail; zero where it can, as far as
// is known without connecting to anybody.
func (s *Server) confirmProblem(ctx context.Context, ws store.WorkspaceID, d form.Definition) (words.Text, error) {
	if !d.Confirms() {
		return words.Text{}, nil
	}
	if s.url == nil {
		return words.T("確認メールのリンクを開ける https のアドレスがありません。管理者に、--url を指定して起動するよう頼んでください。",
			"There is no https address for the link in the mail. Ask whoever runs Shirube to start it with --url."), nil
	}
	_, _, err := s.mailing.confirmSender(ctx, ws, d.Consent.Sender)
	if problem, ok := asMailProblem(err); ok {
		return problem.what, nil
	}
	return words.Text{}, err
}

func asMailProblem(err error) (*mailProblem, bool) { return errors.AsType[*mailProblem](err) }

// mayConfirm refuses a form that could take consents in and never ask for them: before it
// opens, the sender is connected to.
func (s *Server) mayConfirm(ctx context.Context, ws store.WorkspaceID, d form.Definition) error {
	what, err := s.confirmProblem(ctx, ws, d)
	if err != nil || !d.Confirms() {
		return err
	}
	if !what.Zero() {
		return front.Refuse(http.StatusUnprocessableEntity, what)
	}
	settings, route, err := s.mailing.confirmSender(ctx, ws, d.Consent.Sender)
	if err != nil {
		return toldMail(err)
	}
	checks, err := s.lookAt(ctx, settings, route, preflightMail{hasText: true})
	if err != nil {
		return err
	}
	if err := refuseRed(checks); err != nil {
		return err // a confirmation that nobody's mailbox believes is a reader lost
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if o := s.mailing.courier.Try(ctx, route.Server); o.Class != mail.Accepted {
		return front.Refuse(http.StatusUnprocessableEntity, words.T("確認メールの差出人 %s のメールサーバーにつながりません(%s)。差出人の設定を直してから開いてください。",
			"The mail server of %s, which asks once more, cannot be used (%s). Mend the sender, then open the form.", settings.From, o.Said))
	}
	return nil
}

// literal writes a text into a template so that none of its signs mean anything: each piece
// of it becomes a value that is filled in.
type literal struct{ values map[string]string }

func (l *literal) put(text string) string {
	const most = 900 // bytes of one value
	var out strings.Builder
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		for line != "" {
			end := min(len(line), most)
			for end < len(line) && !utf8.RuneStart(line[end]) {
				end--
			}
			key := "t" + strconv.Itoa(len(l.values))
			l.values[key], line = line[:end], line[end:]
			out.WriteString("{{" + key + "|}}")
		}
	}
	return out.String()
}

// confirmMail is the mail that asks once more.
func confirmMail(d form.Definition, legal mail.Legal, link string) (mail.Rendered, error) {
	says := d.Confirmation()
	l := &literal{map[string]string{}}
	t := mail.Template{
		Name: "confirm", Stream: mail.Transactional, Lang: string(d.Own()), Subject: l.put(form.OneLine(says.Subject)),
		Blocks: []mail.Block{
			{Kind: mail.Text, Text: l.put(says.Mail)},
			{Kind: mail.Divider},
			{Kind: mail.Text, Text: l.put(says.Agreed)},
			{Kind: mail.Button, Text: l.put(says.Button), URL: link},
			{Kind: mail.Text, Text: l.put(says.After)},
		},
	}
	compiled, err := mail.Compile(t, legal, []string{"*"})
	if err != nil {
		return mail.Rendered{}, err
	}
	var out mail.Rendered
	compiled.Render(&mail.Recipient{Person: func(key string) (string, bool) { v, ok := l.values[key]; return v, ok }}, &out)
	return out, nil
}

// handConfirm hands a confirmation mail over.
func (m *mailing) handConfirm(ctx context.Context, item outbox.Item) outbox.Answer {
	later := func(err error) outbox.Answer {
		m.server.deps.Log.Error("confirmation mail not handed over", "item", item.ID, "error", err)
		return outbox.Answer{State: outbox.Queued}
	}
	var asked confirming
	if err := json.Unmarshal(item.Payload, &asked); err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: "no submission is named"}
	}
	ws := store.WorkspaceID(item.Workspace)
	kept, err := m.server.deps.Store.Submissions.Get(ctx, ws, asked.Submission)
	if isNotFound(err) {
		return outbox.Answer{State: outbox.Cancelled, Reason: "erased"}
	}
	if err != nil {
		return later(err)
	}
	d, err := m.server.formVersion(ctx, store.Form{Workspace: ws, ID: kept.Form}, kept.Version)
	if err != nil {
		return later(err)
	}
	d = readAs(d, kept)
	if !d.Confirms() || m.server.url == nil {
		return outbox.Answer{State: outbox.Failed, Reason: words.T("確認メールのリンクを開ける https のアドレスがありません。", "There is no https address for the link.").JA}
	}
	person, err := m.server.deps.Store.Contacts.Get(ctx, ws, contact.ID(item.Contact))
	if isNotFound(err) {
		return outbox.Answer{State: outbox.Cancelled, Reason: "erased"}
	}
	if err != nil {
		return later(err)
	}
	settings, route, err := m.confirmSender(ctx, ws, d.Consent.Sender)
	if problem, ok := asMailProblem(err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problem.what.JA}
	}
	if err != nil {
		return later(err)
	}
	secret, err := m.key(ctx, ws)
	if err != nil {
		return later(err)
	}
	now := m.server.deps.Clock()
	token := track.Token{Kind: track.Confirm, Workspace: string(ws), Contact: item.Contact, Cause: item.Cause, Mail: kept.ID, SentAt: now.UnixMilli()}
	body, err := confirmMail(d, settings.Legal, m.server.root()+"/y/"+track.Sign(secret, token, ""))
	if err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: err.Error()}
	}
	o := m.courier.Hand(ctx, &post.Message{
		From: netmail.Address{Name: settings.FromName, Address: settings.From}, ReplyTo: settings.ReplyTo, Envelope: settings.Envelope,
		// The address as it was given into the form: a contact may have got another since.
		To: netmail.Address{Address: addressGiven(d, kept, person)}, Date: now, ID: post.MessageID(string(ws), item.Key, mail.DomainOf(settings.From)), Auto: true, Body: body,
	}, route)
	m.noteMail(ws, item, "", o)
	if o.NoSuchAddress {
		if err := m.suppress(ctx, ws, person.Address, contact.Undeliverable, o.Said); err != nil {
			m.server.deps.Log.Error("address not stopped", "error", err)
		}
	}
	return o.Answer()
}

func addressGiven(d form.Definition, kept store.Submission, person contact.Contact) string {
	if given := form.PersonOf(d, kept.Answers).Address; given != "" {
		return given
	}
	return person.Address
}

// mountConfirming serves the page a confirmation mail leads to.
func (s *Server) mountConfirming(mux *http.ServeMux) {
	mux.HandleFunc("GET /y/{token}", s.showConfirming)
	mux.HandleFunc("POST /y/{token}", s.confirmForm)
}

// askedConsent is what a confirmation link leads to.
type askedConsent struct {
	ws      store.WorkspaceID
	kept    store.Submission
	form    store.Form
	asked   form.Definition
	lang    words.Lang
	done    bool // it was confirmed before
	expired bool
}

func (s *Server) askedConsent(r *http.Request) (a askedConsent, err error) {
	ctx := r.Context()
	t, err := s.tokenOf(r, "")
	if err == nil && t.Kind != track.Confirm {
		err = track.ErrNone
	}
	if err != nil {
		return a, err
	}
	a.ws = store.WorkspaceID(t.Workspace)
	if a.kept, err = s.deps.Store.Submissions.Get(ctx, a.ws, t.Mail); err != nil {
		if isNotFound(err) {
			err = track.ErrNone // erased: there is nothing to sign up
		}
		return a, err
	}
	if a.form, err = s.deps.Store.Forms.Get(ctx, a.ws, a.kept.Form); err != nil {
		return a, err
	}
	if a.asked, err = s.formVersion(ctx, a.form, a.kept.Version); err != nil {
		return a, err
	}
	a.asked = readAs(a.asked, a.kept)
	a.lang = a.asked.Own()
	said, err := s.deps.Store.Consents.Of(ctx, a.ws, []string{a.kept.Address})
	if err != nil {
		return a, err
	}
	for _, c := range said[a.kept.Address] {
		if c.Key == consentKey(a.kept.ID) {
			a.done = c.ConfirmedAt != 0
		}
	}
	a.expired = s.deps.Clock().Sub(time.UnixMilli(t.SentAt)) > form.ConfirmDays*24*time.Hour
	return a, nil
}

// showConfirming shows a page with one button. It changes nothing.
func (s *Server) showConfirming(w http.ResponseWriter, r *http.Request) {
	a, err := s.askedConsent(r)
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	says := a.asked.Confirmation()
	v := refusingView{Lang: string(a.lang), Title: says.Ask, Text: says.AskText, Quote: says.Agreed, Action: "/y/" + r.PathValue("token"),
		Buttons: []refusingButton{{"yes", says.Yes}}}
	switch {
	case a.done:
		v = refusingView{Lang: v.Lang, Title: words.T("登録は済んでいます", "You are signed up already").In(a.lang), Text: says.DoneText, Quote: says.Agreed}
	case a.expired:
		v = s.expiredView(a)
	}
	showPage(w, http.StatusOK, v)
}

// expiredView says what to do about a link that came too late.
func (s *Server) expiredView(a askedConsent) refusingView {
	v := refusingView{Lang: string(a.lang), Title: words.T("このリンクの期限が切れました", "This link has expired").In(a.lang),
		Text: words.T("確認のリンクは%d日間だけ使えます。登録するには、フォームをもう一度送ってください。新しい確認メールが届きます。",
			"The link works for %d days only. To sign up, please send the form again: a new mail will come.", form.ConfirmDays).In(a.lang)}
	if a.form.Open {
		v.Next, v.NextText = "/f/"+string(a.form.ID)+"?lang="+string(a.lang), words.T("フォームを開く", "Open the form").In(a.lang)
	}
	return v
}

// confirmForm confirms, once.
func (s *Server) confirmForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	a, err := s.askedConsent(r)
	switch {
	case err != nil:
		s.noSuchMail(w, r, err)
		return
	case a.expired && !a.done:
		showPage(w, http.StatusGone, s.expiredView(a))
		return
	}
	if err := s.confirmConsent(r.Context(), a); err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	says := a.asked.Confirmation()
	showPage(w, http.StatusOK, refusingView{Lang: string(a.lang), Title: says.Done, Text: says.DoneText, Quote: says.Agreed})
}

// confirmConsent lets a consent count. Whoever had refused before and now asks anew by their
// own mailbox is sent what they asked for, and nothing else: an earlier refusal of everything
// stays on record for all other topics.
func (s *Server) confirmConsent(ctx context.Context, a askedConsent) error {
	now := event.Millis(s.deps.Clock().UnixMilli())
	topic, address := a.asked.Consent.Topic, a.kept.Address
	why := words.T("本人がメールで確かめて、もう一度登録しました。", "They signed up again and confirmed it by mail.").JA
	err := s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Consents.Confirm(ctx, a.ws, consentKey(a.kept.ID), now); err != nil {
			return err
		}
		stopped, err := tx.Suppressions.Of(ctx, a.ws, []string{address})
		if err != nil || a.done {
			return err
		}
		for _, stop := range stopped[address] {
			if stop.Reason != contact.Unsubscribed || stop.Lifted != 0 || stop.Topic != "" && stop.Topic != topic {
				continue
			}
			if stop.Topic == "" && topic != "" {
				refusal := contact.Consent{Key: "refused/" + consentKey(a.kept.ID), Address: address, State: contact.Refused, At: stop.At, Note: stop.Note}
				if _, err := tx.Consents.Add(ctx, a.ws, []contact.Consent{refusal}); err != nil {
					return err
				}
			}
			if err := tx.Suppressions.Lift(ctx, a.ws, address, stop.Topic, "", why); err != nil && !isNotFound(err) {
				return err
			}
		}
		if a.kept.ContactID == "" {
			return nil
		}
		return tx.Moments.Add(ctx, a.ws, []contact.Moment{{
			ID: "confirmed/" + a.kept.ID, Contact: contact.ID(a.kept.ContactID), At: now, Kind: contact.MomentConsent, Cause: "form:" + string(a.kept.Form), Text: a.asked.Title,
		}})
	})
	if err != nil {
		return fmt.Errorf("confirm the consent of submission %q: %w", a.kept.ID, err)
	}
	name := a.asked.ConfirmedEvent()
	if name == "" || s.measuring == nil {
		return nil
	}
	// It happens now and in a mail program: neither the page nor the visit is the form's.
	kept := a.kept
	kept.Page, kept.SentAt = "", now
	events, err := s.formEvents(ctx, a.ws, a.asked, kept, formEvent{name: name, id: "form-" + kept.ID + "-yes"}, nil)
	if err != nil {
		return err
	}
	return s.Accept(ctx, events)
}
