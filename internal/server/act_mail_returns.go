package server

import (
	"context"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/deliver/bounce"
	"github.com/shirube/shirube/internal/store"
)

// softBounces in a row after which an address is given up.
const softBounces = 5

// takeMailReturn reads what came back. It acts only where the Message-ID in it is one
// that was sent from here, and only on the address of whom it was sent to: anybody can
// write to a mailbox for bounces, and nobody may silence others by it.
func (s *Server) takeMailReturn(ctx context.Context, slug string, raw []byte) (MailReturnReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return MailReturnReply{}, err
	}
	report := bounce.Parse(raw)
	reply := MailReturnReply{Kind: string(report.Kind)}
	if report.Kind == bounce.Nothing {
		reply.Kind = "none"
	}
	if report.MessageID == "" || report.Kind == bounce.Nothing || report.Kind == bounce.Delayed {
		return reply, nil
	}
	what, hard := store.ReturnedSoft, false
	for _, a := range report.Addresses {
		hard = hard || a.Hard
	}
	switch {
	case report.Kind == bounce.Complaint:
		what = store.ReturnedComplaint
	case hard:
		what = store.ReturnedHard
	}
	s.mailing.flush(ctx) // it may have come back before it was written down
	sent, err := s.deps.Store.Deliveries.Return(ctx, ws.ID, report.MessageID, what)
	if isNotFound(err) {
		return reply, nil
	}
	if err != nil {
		return reply, err
	}
	reply.Known = true
	person, err := s.deps.Store.Contacts.Get(ctx, ws.ID, sent.Contact)
	if isNotFound(err) {
		return reply, nil
	}
	if err != nil {
		return reply, err
	}
	said := ""
	for _, a := range report.Addresses {
		if strings.EqualFold(a.Address, person.Address) {
			said = a.Said
		}
	}
	why := contact.Undeliverable
	switch what {
	case store.ReturnedComplaint:
		why = contact.Complained
	case store.ReturnedSoft:
		latest, err := s.deps.Store.Deliveries.Of(ctx, ws.ID, sent.Contact, softBounces)
		if err != nil {
			return reply, err
		}
		if len(latest) < softBounces || slices.ContainsFunc(latest, func(d store.MailDelivery) bool { return d.Returned == "" }) {
			return reply, nil
		}
	}
	if err := s.mailing.suppress(ctx, ws.ID, person.Address, why, said); err != nil {
		return reply, err
	}
	reply.Stopped = 1
	return reply, nil
}
