package server

import (
	"context"
	"encoding/json"
	"fmt"
	netmail "net/mail"

	"github.com/shirube/shirube/internal/act/mail"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// HouseMail is how the house itself writes to the people who use it: invitations, links to
// sign in by, reports. It is set from outside, so that mail leaves before any workspace is
// there; a workspace's own sender of transactional mail goes before it.
type HouseMail struct {
	From   netmail.Address
	Server post.Server
}

// errNoHouseMail is for people.
var errNoHouseMail = &mailProblem{words.T(
	"メールの差出人がまだありません。「メール」で手続き用の差出人を決めると送れます。",
	"There is no sender for mail yet. Choose one for transactional mail under “Mail”.")}

// houseSender is by whom and how a workspace writes to its team: its own sender of
// transactional mail, else the house's. A *mailProblem where there is neither.
func (s *Server) houseSender(ctx context.Context, ws store.WorkspaceID) (netmail.Address, string, post.Route, error) {
	if ws != "" {
		pieces, err := s.deps.Store.Mails.List(ctx, ws, store.MailSender)
		if err != nil {
			return netmail.Address{}, "", post.Route{}, err
		}
		for _, p := range pieces {
			var settings MailSenderSettings
			if err := json.Unmarshal(p.Body, &settings); err != nil {
				return netmail.Address{}, "", post.Route{}, fmt.Errorf("read sender %q: %w", p.ID, err)
			}
			if settings.Stream != mail.Transactional {
				continue
			}
			settings, route, err := s.mailing.senderOf(ctx, ws, p.ID)
			return netmail.Address{Name: settings.FromName, Address: settings.From}, settings.Envelope, route, err
		}
	}
	if h := s.deps.House; h != nil {
		server := h.Server
		server.Hello = mail.DomainOf(h.From.Address)
		return h.From, "", post.Route{Sender: "house", Server: server, Rates: mail.DomainRates}, nil
	}
	return netmail.Address{}, "", post.Route{}, errNoHouseMail
}

// letter is one mail of the house to one person.
type letter struct {
	Key  string // the same for the same letter: its Message-ID comes of it
	To   netmail.Address
	Body mail.Rendered
	// Attached are files beside it.
	Attached []post.Attachment
}

// handLetter hands a letter over at once and says how that ended. ws may be "": the house's
// own sender then.
func (s *Server) handLetter(ctx context.Context, ws store.WorkspaceID, l letter) (mail.Outcome, error) {
	from, envelope, route, err := s.houseSender(ctx, ws)
	if err != nil {
		return mail.Outcome{}, err
	}
	message := post.Message{
		From: from, Envelope: envelope, To: l.To, Date: s.deps.Clock(), Auto: true, Body: l.Body, Attached: l.Attached,
		ID: post.MessageID(string(ws), l.Key, mail.DomainOf(from.Address)),
	}
	return s.mailing.courier.Hand(ctx, &message, route), nil
}
