package server

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/effect"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// castingView is what several broadcasts are shown with.
type castingView struct {
	ws      store.WorkspaceID
	refused map[string]int // people by what made them refuse
	lang    words.Lang
	// alone: one is looked at. What takes reading events is not asked of each of a list.
	alone bool
}

func (s *Server) castings(ctx context.Context, ws store.WorkspaceID, lang words.Lang) (castingView, error) {
	refused, err := s.deps.Store.Suppressions.RefusedBy(ctx, ws, "broadcast:")
	return castingView{ws: ws, refused: refused, lang: lang}, err
}

func (s *Server) broadcastView(ctx context.Context, with castingView, p store.MailPiece) (BroadcastView, error) {
	plan, err := broadcastOf(p)
	if err != nil {
		return BroadcastView{}, err
	}
	v := BroadcastView{ID: p.ID, Version: p.Version, State: p.State, Plan: plan, Author: p.Author, Outbox: map[string]int{}, Results: []BroadcastResult{}, LeftOut: []LeftOutView{},
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt}
	if p.State == castDraft || p.State == castPlanned {
		return v, nil
	}
	cause := "broadcast:" + p.ID
	counts, err := s.deps.Store.Outbox.CountOf(ctx, with.ws, cause)
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
	contest := mail.Contest{ShareB: float64(plan.ShareB) / 100, By: plan.By}
	for n, variant := range variants {
		c, err := s.deps.Store.Deliveries.Counts(ctx, with.ws, cause, variant)
		if err != nil {
			return v, err
		}
		v.Results = append(v.Results, BroadcastResult{variant, c.Accepted, c.Permanent, c.Unknown, c.Hard, c.Soft, c.Complaints, c.Opened, c.OpenedByAnyone, c.Clicked, c.ClickedByAnyone,
			with.refused[cause+"#"+variant]})
		arm := mail.Arm{People: c.Accepted, Did: c.Clicked}
		if plan.By == mail.ByOpens {
			arm.Did = c.Opened
		}
		*[]*mail.Arm{&contest.A, &contest.B}[n] = arm
	}
	if len(variants) == 1 || plan.By == mail.ByKPI && !with.alone {
		return v, nil
	}
	versus := versusView(contest, with.lang)
	if plan.By == mail.ByKPI {
		sent := wordingsSent{cause: cause, variants: [2]string{mail.WordingA, mail.WordingB}, shareB: contest.ShareB, by: plan.By, kpi: plan.KPI, days: effect.WatchDays(nil)}
		arms, _, err := s.wordingReaders(ctx, with.ws, sent)
		if err != nil {
			return v, err
		}
		if versus, err = s.versus(ctx, with.ws, sent, arms, with.lang); err != nil {
			return v, err
		}
	}
	v.Versus = &versus
	return v, nil
}

func (s *Server) broadcasts(ctx context.Context, slug string, lang words.Lang) ([]BroadcastView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	list, err := s.deps.Store.Mails.List(ctx, ws.ID, store.MailBroadcast)
	if err != nil {
		return nil, err
	}
	with, err := s.castings(ctx, ws.ID, lang)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b store.MailPiece) int { return b.CreatedAt.Compare(a.CreatedAt) })
	views := make([]BroadcastView, len(list))
	for i, p := range list {
		if views[i], err = s.broadcastView(ctx, with, p); err != nil {
			return nil, err
		}
	}
	return views, nil
}

func (s *Server) broadcast(ctx context.Context, slug, id string, lang words.Lang) (BroadcastView, error) {
	ws, p, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return BroadcastView{}, err
	}
	with, err := s.castings(ctx, ws, lang)
	if err != nil {
		return BroadcastView{}, err
	}
	with.alone = true
	v, err := s.broadcastView(ctx, with, p)
	if err != nil || p.State == castDraft || p.State == castPlanned {
		return v, err
	}
	reasons, err := s.deps.Store.Outbox.Reasons(ctx, ws, "broadcast:"+id)
	v.LeftOut = withheldWhy(reasons, lang)
	return v, err
}

// mostUnsure bounds a list that a person goes through by hand.
const mostUnsure = 200

func (s *Server) unsureMails(ctx context.Context, slug, id string) ([]UnsureMail, error) {
	ws, _, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return nil, err
	}
	items, err := s.deps.Store.Outbox.List(ctx, ws, store.ItemQuery{State: outbox.Unknown, Cause: "broadcast:" + id, Limit: mostUnsure})
	if err != nil {
		return nil, err
	}
	ids := make([]contact.ID, len(items))
	for i, item := range items {
		ids[i] = contact.ID(item.Contact)
	}
	people, err := s.deps.Store.Contacts.GetMany(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	list := make([]UnsureMail, len(items))
	for i, item := range items {
		person := people[contact.ID(item.Contact)]
		list[i] = UnsureMail{ID: item.ID, Contact: item.Contact, Name: person.Name, Address: person.Address, Reason: item.Reason, At: time.UnixMilli(int64(item.UpdatedAt)).UTC()}
	}
	return list, nil
}

// saveBroadcast keeps a draft, or the next version of one.
func (s *Server) saveBroadcast(ctx context.Context, slug, id string, base int, in BroadcastPlan) (BroadcastView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return BroadcastView{}, err
	}
	if !emptyCondition(in.Audience) {
		if err := checkedCondition("body.audience", in.Audience); err != nil {
			return BroadcastView{}, err
		}
	}
	if in.TemplateB == "" {
		in.ShareB, in.By, in.KPI = 0, "", ""
	}
	if in.By != mail.ByKPI {
		in.KPI = ""
	} else if err := s.mayTellBy(ctx, ws.ID, in.KPI); err != nil {
		return BroadcastView{}, err
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
			return BroadcastView{}, front.BadRequest("body.template_b", words.T("A と B は、種類と話題をそろえてください。", "A and B have to be of one stream and one topic."))
		}
		first = p
	}
	piece := store.MailPiece{Kind: store.MailBroadcast, Name: front.Clean(in.Name), State: castDraft, Body: mustJSON(in), Author: front.AuthorOf(ctx)}
	with := castingView{ws: ws.ID}
	if id == "" {
		made, err := s.deps.Store.Mails.Create(ctx, ws.ID, piece)
		if err != nil {
			return BroadcastView{}, err
		}
		return s.broadcastView(ctx, with, made)
	}
	_, known, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return BroadcastView{}, err
	}
	if known.State != castDraft {
		return BroadcastView{}, front.Refuse(http.StatusConflict, words.T("下書きだけを書き換えられます。予定を取り消してから直してください。", "Only a draft can be changed. Take the plan back first."))
	}
	saved, err := s.deps.Store.Mails.Save(ctx, ws.ID, id, base, piece)
	if err != nil {
		return BroadcastView{}, err
	}
	return s.broadcastView(ctx, with, saved)
}

// mayTellBy refuses an indicator of which nobody knows whose its events are.
func (s *Server) mayTellBy(ctx context.Context, ws store.WorkspaceID, kpi string) error {
	model, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil && !isNotFound(err) {
		return err
	}
	if model == nil || !toldByPerson(model.model, kpi) {
		return front.BadRequest("body.kpi", words.T("このKPIは、人ごとに分からない数です。クリックか開封でくらべてください。", "This KPI is not known person by person. Compare by clicks or openings."))
	}
	return nil
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
	allowed := map[string][]string{"draft": {castPlanned, castAsking}, "planned": {castDraft}, "sending": {castDraft, castPlanned, castAsking}, "stopped": {castPlanned, castAsking, castQueueing, castSending}}
	if !slices.Contains(allowed[to], p.State) {
		return BroadcastView{}, front.Refuse(http.StatusConflict, words.T("この一斉配信は、いまはそうできません。画面を読み込み直してください。", "This broadcast cannot do that now. Load the page again."))
	}
	switch to {
	case "draft":
		if err := s.deps.Store.Mails.Move(ctx, ws, id, p.State, castDraft); err != nil {
			return BroadcastView{}, err
		}
	case "stopped":
		if err := s.deps.Store.Mails.Move(ctx, ws, id, p.State, castStopped); err != nil {
			return BroadcastView{}, err
		}
		if _, err := s.deps.Store.Outbox.Cancel(ctx, ws, store.Cancelling{Cause: "broadcast:" + id, Reason: "stopped"}); err != nil {
			return BroadcastView{}, err
		}
	default:
		if to == "planned" && plan.At == nil {
			return BroadcastView{}, front.BadRequest("body.to", words.T("いつ送るかが決まっていません。", "It is not said when."))
		}
		if err := s.mayBegin(ctx, ws, plan.Template, plan.TemplateB); err != nil {
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
	return s.broadcast(ctx, slug, id, lang)
}

func (s *Server) deleteBroadcast(ctx context.Context, slug, id string) error {
	_, p, err := s.pieceOf(ctx, slug, id, store.MailBroadcast)
	if err != nil {
		return err
	}
	if p.State != castDraft {
		return front.Refuse(http.StatusConflict, words.T("送った配信の記録は消せません。", "What was sent stays on record."))
	}
	return s.deleteMailPiece(ctx, slug, id)
}
