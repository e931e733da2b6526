package server

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

const mailPageStyle = `:root{color-scheme:light dark}body{font-family:'Hiragino Sans','Yu Gothic',Meiryo,sans-serif;line-height:1.8;max-width:32rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.25rem}blockquote{margin:1em 0;padding:.2em 0 .2em 1em;border-left:3px solid;white-space:pre-line}button{font:inherit;padding:.7em 1.4em;margin:.4em 0;border-radius:.5em;border:1px solid currentColor;background:transparent;color:inherit;cursor:pointer;width:100%}label{display:flex;gap:.75em;align-items:center;padding:.6em 0;border-top:1px solid #8885}input{width:1.25em;height:1.25em;flex:none}fieldset{border:0;padding:0;margin:1em 0}legend{padding:0 0 .5em}`

// mailPagePolicy is that of the pages people come to from a mail.
var mailPagePolicy = contentSecurityPolicy + "; " + ownStyle("<style>"+mailPageStyle+"</style>")

var choosingPage = template.Must(template.New("choose").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>{{.Title}}</title>
<style>` + mailPageStyle + `</style></head>
<body><main><h1>{{.Title}}</h1>{{if .Done}}<p role="status"><strong>{{.Done}}</strong></p>{{end}}<form method="post">{{if .Topics}}<fieldset><legend>{{.Text}}</legend>{{range .Topics}}<label><input type="checkbox" name="topic" value="{{.Name}}"{{if .On}} checked{{end}}>{{.Name}}</label>{{end}}</fieldset><button type="submit" name="do" value="choose">{{.Save}}</button>{{else}}<p>{{.Text}}</p>{{end}}<button type="submit" name="do" value="none">{{.None}}</button></form></main></body></html>
`))

type choosingView struct {
	Lang, Title, Text, Done, Save, None string
	Topics                              []mailTopic
}

type mailTopic struct {
	Name string
	On   bool
}

// mostTopics bounds the page; a company that writes about more has lost its readers.
const mostTopics = 30

// topicsFor is what somebody can choose to receive: what the workspace writes marketing
// mail about, and the topic of the mail they came from.
func (s *Server) topicsFor(ctx context.Context, ws store.WorkspaceID, of string) ([]string, error) {
	list, err := s.deps.Store.Mails.List(ctx, ws, store.MailTemplate)
	if err != nil {
		return nil, err
	}
	var topics []string
	if of != "" {
		topics = append(topics, of)
	}
	for _, p := range list {
		var t mailTemplate
		if err := json.Unmarshal(p.Body, &t); err != nil {
			return nil, fmt.Errorf("read template %q: %w", p.ID, err)
		}
		if t.Stream == mail.Marketing && t.Topic != "" {
			topics = append(topics, t.Topic)
		}
	}
	slices.Sort(topics)
	topics = slices.Compact(topics)
	return topics[:min(len(topics), mostTopics)], nil
}

// showChoosing shows what one receives. It changes nothing.
func (s *Server) showChoosing(w http.ResponseWriter, r *http.Request) {
	t, err := s.refusingToken(r)
	if err == nil {
		err = s.choosing(w, r, t, "")
	}
	if err != nil {
		s.noSuchMail(w, r, err)
	}
}

func (s *Server) choosing(w http.ResponseWriter, r *http.Request, t track.Token, done string) error {
	ctx, ws, lang := r.Context(), store.WorkspaceID(t.Workspace), front.LanguageOf(r)
	topics, err := s.topicsFor(ctx, ws, t.Topic)
	if err != nil {
		return err
	}
	v := choosingView{Lang: string(lang), Done: done, Title: words.T("受け取るメールを選ぶ", "Choose what you receive").In(lang),
		Text: words.T("受け取りたい話題に印を付けてください。サインインは要りません。", "Tick what you want to receive. You need not sign in.").In(lang),
		Save: words.T("この内容にする", "Keep this choice").In(lang), None: words.T("すべての案内メールを停止する", "Stop all marketing mails").In(lang)}
	if len(topics) == 0 {
		v.Text = words.T("話題ごとには分かれていません。すべての停止だけができます。", "These mails are not parted by topic: you can stop all of them.").In(lang)
	}
	_, stops, err := s.stopsOf(ctx, t)
	if err != nil {
		return err
	}
	now := s.nowMillis()
	for _, topic := range topics {
		stopped := slices.ContainsFunc(stops, func(one contact.Suppression) bool { return one.Holds(topic, now) })
		v.Topics = append(v.Topics, mailTopic{topic, !stopped})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", mailPagePolicy)
	w.Header().Set("Referrer-Policy", "same-origin")
	_ = choosingPage.Execute(w, v) // the reader may be gone
	return nil
}

// stopsOf is the address a token is for, with what is stopped for it; "" they are erased.
func (s *Server) stopsOf(ctx context.Context, t track.Token) (string, []contact.Suppression, error) {
	ws := store.WorkspaceID(t.Workspace)
	person, err := s.deps.Store.Contacts.Get(ctx, ws, contact.ID(t.Contact))
	if isNotFound(err) || err == nil && person.Address == "" {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	address := strings.ToLower(person.Address)
	of, err := s.deps.Store.Suppressions.Of(ctx, ws, []string{address})
	return address, of[address], err
}

// chooseTopics keeps what somebody ticked: the others are stopped. Only stops they made
// themselves are lifted; one after a complaint, by hand or by the law stays.
func (s *Server) chooseTopics(w http.ResponseWriter, r *http.Request) {
	t, err := s.refusingToken(r)
	if err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	lang := front.LanguageOf(r)
	if r.PostFormValue("do") != "choose" {
		if err := s.refuseFor(r.Context(), t, ""); err != nil {
			s.noSuchMail(w, r, err)
			return
		}
		if err := s.choosing(w, r, t, words.T("すべて停止しました。いままでありがとうございました。", "All are stopped. Thank you for having read them.").In(lang)); err != nil {
			s.noSuchMail(w, r, err)
		}
		return
	}
	if err := s.keepTopics(r.Context(), t, r.PostForm["topic"]); err != nil {
		s.noSuchMail(w, r, err)
		return
	}
	if err := s.choosing(w, r, t, words.T("この内容にしました。", "Your choice is kept.").In(lang)); err != nil {
		s.noSuchMail(w, r, err)
	}
}

func (s *Server) keepTopics(ctx context.Context, t track.Token, wanted []string) error {
	ws := store.WorkspaceID(t.Workspace)
	topics, err := s.topicsFor(ctx, ws, t.Topic)
	if err != nil {
		return err
	}
	address, _, err := s.stopsOf(ctx, t)
	if err != nil || address == "" {
		return err
	}
	now := s.nowMillis()
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		// A stop at another address of theirs would speak against what they choose now.
		person, err := tx.Contacts.Get(ctx, ws, contact.ID(t.Contact))
		if err != nil {
			return err
		}
		known, err := tx.Contacts.Addresses(ctx, ws, []contact.ID{person.ID})
		if err != nil {
			return err
		}
		stops, err := tx.Suppressions.Of(ctx, ws, append(known[person.ID], address))
		if err != nil {
			return err
		}
		for stopped, list := range stops {
			for _, one := range list {
				lift := one.Topic == "" && len(wanted) > 0 || slices.Contains(wanted, one.Topic) && slices.Contains(topics, one.Topic)
				if one.Reason != contact.Unsubscribed || one.Lifted != 0 || !lift {
					continue
				}
				if err := tx.Suppressions.Lift(ctx, ws, stopped, one.Topic, "", "本人が「受け取るメールを選ぶ」のページで選びました"); err != nil {
					return err
				}
			}
		}
		var stopped []store.SuppressedAddress
		for _, topic := range topics {
			if !slices.Contains(wanted, topic) {
				stopped = append(stopped, store.SuppressedAddress{Address: address, Suppression: contact.Suppression{Topic: topic, Reason: contact.Unsubscribed, At: event.Millis(now), Note: t.Cause}})
			}
		}
		return tx.Suppressions.Put(ctx, ws, stopped)
	})
}
