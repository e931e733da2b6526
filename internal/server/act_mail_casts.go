package server

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/bounce"
	"github.com/shirube/shirube/internal/deliver/preflight"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func (s *Server) broadcastView(ctx context.Context, ws store.WorkspaceID, p store.MailPiece) (BroadcastView, error) {
	plan, err := broadcastOf(p)
	if err != nil {
		return BroadcastView{}, err
	}
	v := BroadcastView{ID: p.ID, Version: p.Version, State: p.State, Plan: plan, Outbox: map[string]int{}, Results: []BroadcastResult{}}
	if p.State == castDraft || p.State == castPlanned {
		return v, nil
	}
	cause := "broadcast:" + p.ID
	counts, err := s.deps.Store.Outbox.CountOf(ctx, ws, cause)
	if err != nil {
		return v, err
	}
	for state, n := range counts {
		v.Outbox[string(state)] = n
	}
	variants := []string{"A"}
	if plan.TemplateB != "" {
		variants = append(variants, "B")
	}
	for _, variant := range variants {
		c, err := s.deps.Store.Deliveries.Counts(ctx, ws, cause, variant)
		if err != nil {
			return v, err
		}
		v.Results = append(v.Results, BroadcastResult{variant, c.Accepted, c.Permanent, c.Unknown, c.Hard, c.Soft, c.Complaints, c.Opened, c.OpenedByAnyone, c.Clicked, c.ClickedByAnyone})
	}
	return v, nil
}

func (s *Server) broadcasts(ctx context.Context, slug string) ([]BroadcastView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	list, err := s.deps.Store.Mails.List(ctx, ws.ID, store.MailBroadcast)
	if err != nil {
		return nil, err
	}
	views := make([]BroadcastView, len(list))
	for i, p := range list {
		if views[i], err = s.broadcastView(ctx, ws.ID, p); err != nil {
			return nil, err
		}
	}
	return views, nil
}

func (s *Server) broadcast(ctx context.Context, slug, id string) (BroadcastView, error) {
	ws, p, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return BroadcastView{}, err
	}
	return s.broadcastView(ctx, ws, p)
}

func (s *Server) createBroadcast(ctx context.Context, slug string, in BroadcastPlan) (BroadcastView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return BroadcastView{}, err
	}
	if !emptyCondition(in.Audience) && len(condition.Check(in.Audience)) > 0 {
		return BroadcastView{}, badRequest("body.audience", words.T("送る相手の条件が読めません。", "The condition of whom it is for cannot be read."))
	}
	var first *preparedMail
	for _, id := range []string{in.Template, in.TemplateB} {
		if id == "" {
			continue
		}
		p, err := s.mailing.prepare(ctx, ws.ID, id)
		if err != nil {
			return BroadcastView{}, toldMail(err)
		}
		if first != nil && (first.template.Stream != p.template.Stream || first.template.Topic != p.template.Topic) {
			return BroadcastView{}, badRequest("body.template_b", words.T("A と B は、種類と話題をそろえてください。", "A and B have to be of one stream and one topic."))
		}
		first = p
	}
	made, err := s.deps.Store.Mails.Create(ctx, ws.ID, store.MailPiece{Kind: store.MailBroadcast, Name: clean(in.Name), State: castDraft, Body: mustJSON(in), Author: authorOf(ctx)})
	if err != nil {
		return BroadcastView{}, err
	}
	return s.broadcastView(ctx, ws.ID, made)
}

// moveBroadcast plans, begins or stops. Beginning and planning look at the sender first:
// a red light holds marketing mail back.
func (s *Server) moveBroadcast(ctx context.Context, slug, id, to string, lang words.Lang) (BroadcastView, error) {
	ws, p, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return BroadcastView{}, err
	}
	plan, err := broadcastOf(p)
	if err != nil {
		return BroadcastView{}, err
	}
	allowed := map[string][]string{"planned": {castDraft}, "sending": {castDraft, castPlanned, castAsking}, "stopped": {castPlanned, castAsking, castQueueing, castSending}}
	if !slices.Contains(allowed[to], p.State) {
		return BroadcastView{}, refuse(http.StatusConflict, words.T("この一斉配信は、いまはそうできません。画面を読み込み直してください。", "This broadcast cannot do that now. Load the page again."))
	}
	switch to {
	case "stopped":
		if err := s.deps.Store.Mails.Move(ctx, ws, id, p.State, castStopped); err != nil {
			return BroadcastView{}, err
		}
		if _, err := s.deps.Store.Outbox.Cancel(ctx, ws, store.Cancelling{Cause: "broadcast:" + id, Reason: "stopped"}); err != nil {
			return BroadcastView{}, err
		}
	default:
		if to == "planned" && plan.At == nil {
			return BroadcastView{}, badRequest("body.to", words.T("いつ送るかが決まっていません。", "It is not said when."))
		}
		if err := s.mayBegin(ctx, ws, plan, lang); err != nil {
			return BroadcastView{}, err
		}
		next := castQueueing
		if to == "planned" {
			next = castPlanned
		}
		if err := s.deps.Store.Mails.Move(ctx, ws, id, p.State, next); err != nil {
			return BroadcastView{}, err
		}
		select {
		case s.mailing.wake <- struct{}{}:
		default:
		}
	}
	return s.broadcast(ctx, slug, id)
}

func (s *Server) mayBegin(ctx context.Context, ws store.WorkspaceID, plan BroadcastPlan, lang words.Lang) error {
	for _, id := range []string{plan.Template, plan.TemplateB} {
		if id == "" {
			continue
		}
		p, err := s.mailing.prepare(ctx, ws, id)
		if err != nil {
			return toldMail(err)
		}
		if p.template.Stream != mail.Marketing {
			continue
		}
		checks, err := s.look(ctx, ws, p.template.Sender, id)
		if err != nil {
			return err
		}
		for _, c := range checks {
			if c.Light == preflight.Red {
				return refuse(http.StatusUnprocessableEntity, words.T("送る前の確認が赤です。%[1]s %[2]s", "A check before sending is red. %[1]s %[2]s", c.What, c.Mend))
			}
		}
	}
	return nil
}

func (s *Server) deleteBroadcast(ctx context.Context, slug, id string) error {
	_, p, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return err
	}
	if p.State != castDraft {
		return refuse(http.StatusConflict, words.T("送った配信の記録は消せません。", "What was sent stays on record."))
	}
	return s.deleteMailPiece(ctx, slug, id)
}

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
