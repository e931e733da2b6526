package server

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mountMail serves the addresses that stand in mails. They know a person by the signed
// token alone: no cookie is read, and fetching one changes nothing but a count. Gateways
// follow every link of a mail; only a POST refuses (RFC 8058).
func (s *Server) mountMail(mux *http.ServeMux) {
	mux.HandleFunc("GET /u/{token}", s.showRefusing)
	mux.HandleFunc("POST /u/{token}", s.refuseMail)
	mux.HandleFunc("GET /p/{token}", s.showChoosing)
	mux.HandleFunc("POST /p/{token}", s.chooseTopics)
	mux.HandleFunc("GET /o/{token}", s.mailOpened)
	mux.HandleFunc("GET /c/{token}", s.mailClicked)
}

// tokenOf reads the token of a request; where leads is signed with it.
func (s *Server) tokenOf(r *http.Request, where string) (track.Token, error) {
	return track.Read(r.PathValue("token"), where, func(ws string) ([]byte, error) {
		if !front.IsName(ws) {
			return nil, track.ErrNone
		}
		key, err := s.mailing.keyIfThere(r.Context(), store.WorkspaceID(ws))
		if isNotFound(err) {
			return nil, track.ErrNone
		}
		return key, err
	})
}

// keyIfThere is key, for a workspace that may not exist: a made-up token makes none.
func (m *mailing) keyIfThere(ctx context.Context, ws store.WorkspaceID) ([]byte, error) {
	if _, err := m.server.deps.Store.Workspaces.Get(ctx, ws); err != nil {
		return nil, err
	}
	return m.key(ctx, ws)
}

var refusingPage = template.Must(template.New("refuse").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>{{.Title}}</title>
<style>` + mailPageStyle + `</style></head>
<body><main><h1>{{.Title}}</h1>{{if .Quote}}<blockquote>{{.Quote}}</blockquote>{{end}}<p>{{.Text}}</p>{{if .Next}}<p><a href="{{.Next}}">{{.NextText}}</a></p>{{end}}{{range .Buttons}}<form method="post" action="{{$.Action}}"><input type="hidden" name="topic" value="{{.Value}}"><button type="submit">{{.Text}}</button></form>{{end}}</main></body></html>
`))

type refusingView struct {
	Lang, Title, Text, Action string
	Buttons                   []refusingButton
	Quote                     string // words that were agreed to
	Next, NextText            string // a link below
}

type refusingButton struct{ Value, Text string }

func showPage(w http.ResponseWriter, status int, v refusingView) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", mailPagePolicy)
	// Without any referrer a browser names no origin either when the button is pressed; to
	// other sites nothing is told all the same.
	w.Header().Set("Referrer-Policy", "same-origin")
	w.WriteHeader(status)
	_ = refusingPage.Execute(w, v) // the reader may be gone
}

func (s *Server) noSuchMail(w http.ResponseWriter, r *http.Request, err error) {
	lang := front.LanguageOf(r)
	v := refusingView{Lang: string(lang), Title: words.T("このリンクは使えません", "This link does not work").In(lang),
		Text: words.T("アドレスが途中で切れているかもしれません。メールのリンクをもう一度開くか、メールにある連絡先へお知らせください。", "It may have been cut off. Open the link in the mail again, or write to the contact named there.").In(lang)}
	status := http.StatusNotFound
	if err != track.ErrNone {
		s.deps.Log.Error("address of a mail", "error", err)
		status = http.StatusServiceUnavailable
	}
	showPage(w, status, v)
}

func (s *Server) refusingToken(r *http.Request) (track.Token, error) {
	t, err := s.tokenOf(r, "")
	if err == nil && t.Kind != track.Unsubscribe && t.Kind != track.Preferences {
		err = track.ErrNone
	}
	return t, err
}

// showRefusing shows a page with buttons. It changes nothing.
func (s *Server) showRefusing(w http.ResponseWriter, r *http.Request) {
	t, err := s.refusingToken(r)
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	lang := front.LanguageOf(r)
	v := refusingView{Lang: string(lang), Action: "/u/" + r.PathValue("token"), Title: words.T("メールの配信を停止しますか?", "Stop these mails?").In(lang),
		Text: words.T("ボタンを押すと、すぐに停止します。サインインは要りません。", "They stop as soon as you press the button. You need not sign in.").In(lang)}
	if t.Topic != "" {
		v.Buttons = append(v.Buttons, refusingButton{"this", words.T("「%s」のメールだけを停止する", "Stop mails about “%s” only", t.Topic).In(lang)})
	}
	v.Buttons = append(v.Buttons, refusingButton{"all", words.T("すべての案内メールを停止する", "Stop all marketing mails").In(lang)})
	showPage(w, http.StatusOK, v)
}

// refuseMail refuses. A mailbox provider posts "List-Unsubscribe=One-Click" here: it gets
// a plain 200, without a cookie and without being sent elsewhere.
func (s *Server) refuseMail(w http.ResponseWriter, r *http.Request) {
	t, err := s.refusingToken(r)
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	topic := ""
	// One click means the kind of mail it was clicked in; without a topic, all of it.
	if r.PostFormValue("topic") == "this" || r.PostFormValue("List-Unsubscribe") == "One-Click" {
		topic = t.Topic
	}
	if err := s.refuseFor(r.Context(), t, topic); err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	lang := front.LanguageOf(r)
	showPage(w, http.StatusOK, refusingView{Lang: string(lang), Title: words.T("停止しました", "Done").In(lang),
		Text: words.T("これから案内のメールはお送りしません。いままでありがとうございました。", "You will not be sent these mails any more. Thank you for having read them.").In(lang)})
}

func (s *Server) refuseFor(ctx context.Context, t track.Token, topic string) error {
	ws := store.WorkspaceID(t.Workspace)
	person, err := s.deps.Store.Contacts.Get(ctx, ws, contact.ID(t.Contact))
	if isNotFound(err) || err == nil && person.Address == "" {
		return nil // erased: nothing is sent anyway
	}
	if err != nil {
		return err
	}
	return s.deps.Store.Suppressions.Put(ctx, ws, []store.SuppressedAddress{{Address: person.Address, Suppression: contact.Suppression{
		Topic: topic, Reason: contact.Unsubscribed, At: event.Millis(s.deps.Clock().UnixMilli()), Note: t.Cause,
	}}})
}

// dot is a transparent picture of one pixel.
var dot = []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")

func (s *Server) mailOpened(w http.ResponseWriter, r *http.Request) {
	if t, err := s.tokenOf(r, ""); err == nil && t.Kind == track.Open {
		s.touched(r, t, "open", "")
	}
	h := w.Header()
	h.Set("Content-Type", "image/gif")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // mail is read in pages of others
	_, _ = w.Write(dot)
}

// mailClicked leads on to the link that was signed, and to no other.
func (s *Server) mailClicked(w http.ResponseWriter, r *http.Request) {
	to := r.URL.Query().Get("to")
	t, err := s.tokenOf(r, to)
	switch {
	case err == nil && t.Kind == track.Honey && to == "":
		s.touched(r, t, "honey", "")
		front.PlainText(w, http.StatusOK, "\n")
	case err == nil && t.Kind == track.Click && to != "":
		s.touched(r, t, "click", to)
		http.Redirect(w, r, to, http.StatusFound)
	case err == nil:
		s.noSuchMail(w, r, track.ErrNone)
	default:
		s.noSuchMail(w, r, err)
	}
}

// touched counts an opening or a click. Its event is made later, by tell.
func (s *Server) touched(r *http.Request, t track.Token, what, to string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
	defer cancel()
	touch := mail.Touch{At: event.Millis(s.deps.Clock().UnixMilli()), What: what, Link: t.Link, Method: r.Method, Agent: r.UserAgent(),
		Purpose: r.Header.Get("Sec-Purpose") + r.Header.Get("Purpose") + r.Header.Get("X-Moz"), SentAt: event.Millis(t.SentAt)}
	_, _, err := s.deps.Store.Deliveries.Touch(ctx, store.WorkspaceID(t.Workspace), store.MailTouch{Mail: t.Mail, Cause: t.Cause, Contact: contact.ID(t.Contact), URL: to, Touch: touch},
		func(all []mail.Touch) []mail.Reason { return mail.JudgeAgain(all, t.Links) })
	if err != nil {
		s.deps.Log.Error("touch of a mail not kept", "error", err)
	}
}

const toldAtOnce = 500

var touchNames = map[string]string{"open": "Mail Opened", "click": "Mail Link Clicked"}

// readerOf is who a mail was sent to.
type readerOf struct {
	workspace store.WorkspaceID
	contact   contact.ID
}

// readersOf is who the readers of mails are by now; those who were erased are left out. Each
// is known by their own id from then on, so that what they do with a mail is theirs wherever
// it is asked: in segments, triggers, points, their timeline, and when they are erased.
func (s *Server) readersOf(ctx context.Context, list []store.MailTouched) (map[readerOf]contact.ID, error) {
	asked := map[store.WorkspaceID][]contact.ID{}
	for _, t := range list {
		asked[t.Workspace] = append(asked[t.Workspace], t.Contact)
	}
	whose := map[readerOf]contact.ID{}
	for ws, ids := range asked {
		people, err := s.deps.Store.Contacts.GetMany(ctx, ws, ids)
		if err != nil {
			return nil, err
		}
		var now []contact.ID
		for id, one := range people {
			whose[readerOf{ws, id}] = one.ID
			now = append(now, one.ID)
		}
		slices.Sort(now)
		if err := s.deps.Store.Contacts.NameThemselves(ctx, ws, slices.Compact(now)); err != nil {
			return nil, err
		}
	}
	return whose, nil
}

// touchEvent is the event of a touch.
func touchEvent(t store.MailTouched, reader contact.ID, now event.Millis) event.Event {
	agent := event.ParseAgent(t.Agent)
	cause, variant, _ := strings.Cut(t.Cause, "#")
	about := map[string]any{"cause": cause, "link": t.URL}
	if variant != "" {
		about["variant"] = variant
	}
	e := event.Event{
		Workspace: event.Workspace(t.Workspace), Key: "mail", MessageID: "mail-" + t.Mail + "-" + strconv.Itoa(t.N), Kind: event.Track, Name: touchNames[t.What],
		UserID: string(reader), Visitor: string(reader), At: t.At, ReceivedAt: now, Device: agent.Device, Browser: agent.Browser, OS: agent.OS, Bot: agent.Bot,
		Properties: mustJSON(about),
	}
	if t.Reason != "" && e.Bot == "" {
		e.Bot = "scanner"
	}
	return e
}

// tell makes events of touches once nothing can change any more what they are taken for:
// the first click of a machine that follows all links looks like a person's. A machine's
// bears the class of robot: it is counted raw, and neither refuses nor scores. Told twice
// after a crash, an event has the same id.
func (m *mailing) tell(ctx context.Context) error {
	s := m.server
	for s.measuring != nil {
		list, err := s.deps.Store.Deliveries.Untold(ctx, event.Millis(s.deps.Clock().UnixMilli())-mail.SettleMillis, toldAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		whose, err := s.readersOf(ctx, list)
		if err != nil {
			return err
		}
		events := make([]event.Event, 0, len(list))
		for _, t := range list {
			reader, there := whose[readerOf{t.Workspace, t.Contact}]
			if touchNames[t.What] == "" || !there {
				continue // whoever was erased meanwhile is not written of again
			}
			events = append(events, touchEvent(t, reader, s.nowMillis()))
		}
		if len(events) > 0 {
			if err := s.Accept(ctx, events); err != nil {
				return err
			}
		}
		if err := s.deps.Store.Deliveries.Told(ctx, list); err != nil {
			return err
		}
		if len(list) < toldAtOnce {
			return nil
		}
	}
	return nil
}
