package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strings"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/notice"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// teamKeys begin the keys of what the team is told.
const teamKeys = "team/"

// telling is something the team is to hear of: people by mail, each in their own language,
// and places (Slack, Chatwork …) in the workspace's.
type telling struct {
	// Key names it within the workspace: told twice it is one. "question/<id>/<answer>".
	Key string `json:"key"`
	// Kind is what it is about: "question", "review", "agreement", "report", "alert", "people".
	Kind   string       `json:"kind"`
	Title  words.Text   `json:"title"`
	Points []words.Text `json:"points,omitempty"`
	Foot   words.Text   `json:"foot"`
	// Path is what the button opens, behind the address of the workspace: "/share/questions".
	Path   string     `json:"path"`
	Button words.Text `json:"button"`
	// Link is what the button opens instead, behind the host: a page for people who do not
	// sign in.
	Link string `json:"link,omitempty"`
	// HTML is the letter as a page, by language; absent: made of the words above.
	HTML map[words.Lang]string `json:"html,omitempty"`
}

// listeners are who hears of it.
type listeners struct {
	People []store.UserID
	Places []string // ids of places of notices
	// Asker is the question whose asker hears of it: somebody who does not sign in and left an
	// address. The address stays with the question: here it would outlast the wish to be gone.
	Asker string
}

// told is the payload of an item: the telling and one of its listeners.
type told struct {
	telling
	Person store.UserID `json:"person,omitempty"`
	Place  string       `json:"place,omitempty"`
	// Asker is the question of somebody who does not sign in.
	Asker string `json:"asker,omitempty"`
}

// outboxed is the outbox, of the store or of a transaction.
type outboxed interface {
	Queue(ctx context.Context, items []outbox.Item) (int, error)
}

// tell queues a telling for each of its listeners. What is queued leaves when the
// transaction is over; wake the worker by s.wakeOutbox then.
func (s *Server) tell(ctx context.Context, box outboxed, ws store.WorkspaceID, t telling, to listeners) error {
	var items []outbox.Item
	add := func(one told, whom string) {
		items = append(items, outbox.Item{
			Workspace: event.Workspace(ws), Key: teamKeys + t.Key + "/" + whom, Kind: outbox.Notice, Stream: string(mail.Transactional),
			Cause: teamKeys + t.Kind, Payload: mustJSON(one), NotBefore: s.nowMillis(), State: outbox.Queued,
		})
	}
	for _, id := range to.People {
		add(told{telling: t, Person: id}, "p:"+string(id))
	}
	for _, id := range to.Places {
		add(told{telling: t, Place: id}, "c:"+id)
	}
	if to.Asker != "" {
		add(told{telling: t, Asker: to.Asker}, "asker")
	}
	if len(items) == 0 {
		return nil
	}
	if _, err := box.Queue(ctx, items); err != nil {
		return fmt.Errorf("tell the team of %q: %w", t.Key, err)
	}
	return nil
}

// wakeOutbox lets the worker see at once what was queued.
func (s *Server) wakeOutbox() {
	if s.acting != nil {
		s.acting.worker.Wake()
	}
}

// handTold hands one telling to one of its listeners.
func (n *noticing) handTold(ctx context.Context, item outbox.Item) outbox.Answer {
	var t told
	if err := json.Unmarshal(item.Payload, &t); err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: "nothing to tell"}
	}
	answer, err := n.toldOne(ctx, store.WorkspaceID(item.Workspace), item.Key, t)
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problem.what.JA}
	}
	if err != nil {
		n.server.deps.Log.Error("team not told", "item", item.ID, "error", err)
		return outbox.Answer{State: outbox.Queued}
	}
	return answer
}

func (n *noticing) toldOne(ctx context.Context, ws store.WorkspaceID, key string, t told) (outbox.Answer, error) {
	lang, slug, err := n.speaks(ctx, ws)
	if err != nil {
		return outbox.Answer{}, err
	}
	if t.Place != "" {
		places, err := n.server.noticePlaces(ctx, ws)
		if err != nil {
			return outbox.Answer{}, err
		}
		place, there := places[t.Place]
		if !there {
			return outbox.Answer{State: outbox.Cancelled, Reason: "the place is gone"}, nil
		}
		return n.tell(ctx, ws, t.Place, place, t.message(key, lang, n.server.ownAddress(), slug)), nil
	}
	if t.Asker != "" {
		return n.toldAsker(ctx, ws, key, t, lang, slug)
	}
	db := n.server.deps.Store
	// Whoever has left since is told nothing more.
	if _, err := db.Members.Role(ctx, ws, t.Person); isNotFound(err) {
		return outbox.Answer{State: outbox.Cancelled, Reason: "no member any more"}, nil
	} else if err != nil {
		return outbox.Answer{}, err
	}
	user, err := db.Users.Get(ctx, t.Person)
	if err != nil {
		return outbox.Answer{}, err
	}
	lang = words.Lang(user.Locale)
	m := t.message(key, lang, n.server.ownAddress(), slug)
	o, err := n.server.handLetter(ctx, ws, letter{Key: key, To: netmail.Address{Name: user.Name, Address: user.Email},
		Body: mail.Rendered{Subject: m.Title, Text: []byte(m.Text() + "\n\n" + m.Link + "\n"), HTML: []byte(t.HTML[lang])}})
	if err != nil {
		return outbox.Answer{}, err
	}
	return o.Answer(), nil
}

// toldAsker tells somebody who does not sign in, in the workspace's language; nobody where the
// address is forgotten by now.
func (n *noticing) toldAsker(ctx context.Context, ws store.WorkspaceID, key string, t told, lang words.Lang, slug string) (outbox.Answer, error) {
	address, _, err := n.server.deps.Store.Questions.Outside(ctx, ws, t.Asker)
	if isNotFound(err) || err == nil && address == "" {
		return outbox.Answer{State: outbox.Cancelled, Reason: "the address is gone"}, nil
	}
	if err != nil {
		return outbox.Answer{}, err
	}
	m := t.message(key, lang, n.server.ownAddress(), slug)
	o, err := n.server.handLetter(ctx, ws, letter{Key: key, To: netmail.Address{Address: address}, Body: mail.Rendered{Subject: m.Title, Text: []byte(m.Text() + "\n\n" + m.Link + "\n"), HTML: []byte(t.HTML[lang])}})
	if err != nil {
		return outbox.Answer{}, err
	}
	return o.Answer(), nil
}

// message is the telling in one language.
func (t telling) message(key string, lang words.Lang, address, slug string) notice.Message {
	m := notice.Message{
		Key: key, Type: strings.ReplaceAll(t.Kind, "/", "."), Title: t.Title.In(lang), Foot: t.Foot.In(lang),
		Link: address + "/w/" + url.PathEscape(slug) + t.Path, Button: t.Button.In(lang),
	}
	if t.Link != "" {
		m.Link = address + t.Link
	}
	for _, p := range t.Points {
		m.Points = append(m.Points, p.In(lang))
	}
	return m
}
