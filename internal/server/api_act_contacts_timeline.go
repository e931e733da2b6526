package server

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// TimelineReply is what happened with somebody, the newest first.
type TimelineReply struct {
	Moments []MomentView `json:"moments"`
	Before  int64        `json:"before" doc:"where the next page goes on; 0: there is none"`
	Hidden  int          `json:"hidden" doc:"views from before they were known, which may not be shown: see stitching"`
}

// MomentView is one thing that happened: an event of a site, or what the team and the
// program did.
type MomentView struct {
	ID    string          `json:"id"`
	At    int64           `json:"at" doc:"milliseconds since 1970"`
	Kind  string          `json:"kind" doc:"event, consent, mail, form, note, score, verdict, merge, import, owner, journey, disclose"`
	Label string          `json:"label"`
	Text  string          `json:"text"`
	By    string          `json:"by"`
	Cause string          `json:"cause"`
	Event *EventRow       `json:"event" doc:"null where it is no event of a site"`
	Body  json.RawMessage `json:"body" doc:"{} where there is nothing more to tell"`
}

var momentLabels = map[contact.MomentKind]words.Text{
	contact.MomentConsent: words.T("配信の同意・停止", "Consent"), contact.MomentMail: words.T("メール", "Mail"), contact.MomentForm: words.T("フォーム", "Form"),
	contact.MomentNote: words.T("メモ", "Note"), contact.MomentScore: words.T("点数", "Score"), contact.MomentVerdict: words.T("営業の判断", "Sales' verdict"),
	contact.MomentMerge: words.T("連絡先の統合", "Merged"), contact.MomentImport: words.T("名簿の取り込み", "Imported"), contact.MomentOwner: words.T("担当の変更", "Owner changed"),
	contact.MomentJourney: words.T("自動化", "Automation"), contact.MomentDisclose: words.T("本人への開示", "Disclosed"),
}

func (s *Server) registerContactTimeline(api huma.API) {
	tags := []string{"contacts"}
	front.Handle(api, huma.Operation{
		OperationID: "get-timeline", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: contactsPath + "/{id}/timeline",
		Summary: "What happened with somebody, the newest first", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
		Before int64 `query:"before" minimum:"0" doc:"milliseconds since 1970; from the newest where absent"`
		Limit  int   `query:"limit" minimum:"1" maximum:"500" default:"50"`
	}) (TimelineReply, error) {
		return s.timeline(ctx, in.Workspace, in.ID, event.Millis(in.Before), in.Limit, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "write-note", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: contactsPath + "/{id}/notes",
		Summary: "Write something down about somebody", Tags: tags, DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *struct {
		ContactPath
		Body struct {
			Text string `json:"text" minLength:"1" maxLength:"4000"`
		}
	}) error {
		ws, id, err := s.contactID(ctx, in.Workspace, in.ID)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(contact.Clip(in.Body.Text, 16_000))
		if text == "" {
			return front.BadRequest("body.text", words.T("メモが空です。", "The note is empty."))
		}
		one, err := s.deps.Store.Contacts.Get(ctx, ws.ID, id)
		if err != nil {
			return err
		}
		return s.deps.Store.Moments.Add(ctx, ws.ID, []contact.Moment{{Contact: one.ID, At: s.millis(), Kind: contact.MomentNote, By: front.AuthorOf(ctx), Text: text}})
	})
	const stitching = "/api/workspaces/{ws}/act/stitching"
	front.Handle(api, huma.Operation{
		OperationID: "get-stitching", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: stitching,
		Summary: "Whether what people did before they were known may be tied to them", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (StitchView, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return StitchView{}, err
		}
		return s.stitching(ctx, ws.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-stitching", Metadata: front.Needs(access.Manage), Method: http.MethodPut, Path: stitching,
		Summary: "Allow or forbid it; allowing needs a privacy notice that names it", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body StitchView
	}) (StitchView, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return StitchView{}, err
		}
		if in.Body.Notice = front.Clean(in.Body.Notice); in.Body.Allowed && in.Body.Notice == "" {
			return StitchView{}, front.BadRequest("body.notice", words.T(
				"匿名のときの行動を結びつけるには、そのことを書いたプライバシーポリシーの版を書いてください（個人情報保護法17条・21条）。",
				"To tie what people did anonymously to them, name the version of the privacy notice that says so (Act on the Protection of Personal Information, articles 17 and 21)."))
		}
		text, err := json.Marshal(in.Body)
		if err != nil {
			return StitchView{}, err
		}
		err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Documents.Put(ctx, ws.ID, kindStitching, store.Document{ID: kindStitching, Name: kindStitching, Body: text, Author: front.AuthorOf(ctx)})
			if err != nil {
				return err
			}
			return scoreAnew(ctx, tx, ws.ID, func(score.Card) bool { return true })
		})
		s.wakeScoring()
		return in.Body, err
	})
}

// stitching is what the workspace allows; nothing where nobody has said so.
func (s *Server) stitching(ctx context.Context, ws store.WorkspaceID) (StitchView, error) {
	return stitchingIn(ctx, s.deps.Store.Repositories, ws)
}

func (s *Server) timeline(ctx context.Context, slug, id string, before event.Millis, limit int, lang words.Lang) (TimelineReply, error) {
	reply := TimelineReply{Moments: []MomentView{}}
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return reply, err
	}
	one, err := s.deps.Store.Contacts.Get(ctx, ws.ID, key)
	if err != nil {
		return reply, err
	}
	moments, err := s.deps.Store.Moments.List(ctx, ws.ID, one.ID, before, limit+1)
	if err != nil {
		return reply, err
	}
	owners := map[string]string{}
	for _, m := range moments {
		view := MomentView{ID: m.ID, At: int64(m.At), Kind: string(m.Kind), Label: momentLabels[m.Kind].In(lang), Text: momentText(m, lang), By: m.By, Cause: m.Cause, Body: json.RawMessage("{}")}
		if m.Kind == contact.MomentOwner {
			if view.Text, err = s.ownerName(ctx, owners, m.Text); err != nil {
				return reply, err
			}
		}
		if m.Body != nil {
			view.Body = m.Body
		}
		reply.Moments = append(reply.Moments, view)
	}
	acted, err := s.actingMoments(ctx, ws.ID, one, before, lang)
	if err != nil {
		return reply, err
	}
	reply.Moments = append(reply.Moments, acted...)
	if s.measuring != nil {
		a, err := s.ask(ctx, slug, MeasuredSpan{}, lang)
		if err != nil {
			return reply, err
		}
		rows, hidden, err := s.eventsOfContact(ctx, ws.ID, one)
		if err != nil {
			return reply, err
		}
		reply.Hidden = hidden
		reply.did(a, rows, before)
	}
	reply.page(limit)
	return reply, nil
}

// page leaves the newest of the moments and says where the next page goes on.
func (r *TimelineReply) page(limit int) {
	slices.SortStableFunc(r.Moments, func(x, y MomentView) int { return cmp.Or(cmp.Compare(y.At, x.At), cmp.Compare(x.ID, y.ID)) })
	if len(r.Moments) <= limit {
		return
	}
	// A page never ends between two of the same moment: the next begins before it.
	end := limit
	for end < len(r.Moments) && r.Moments[end].At == r.Moments[limit-1].At {
		end++
	}
	if end < len(r.Moments) {
		r.Before = r.Moments[end-1].At
	}
	r.Moments = r.Moments[:end]
}

// did puts events of a site among the moments, those before a moment where one is given.
func (r *TimelineReply) did(a asked, rows []warehouse.Row, before event.Millis) {
	for _, one := range rows {
		if before == 0 || one.At < before {
			row := a.eventRow(one)
			r.Moments = append(r.Moments, MomentView{ID: row.ID, At: row.At, Kind: "event", Label: row.Label, Text: cmp.Or(row.Title, row.Path), Event: &row, Body: json.RawMessage("{}")})
		}
	}
}

// eventsOfContact is what somebody did on sites, each event once, and how many from before
// they were known may not be shown.
func (s *Server) eventsOfContact(ctx context.Context, ws store.WorkspaceID, one contact.Contact) (rows []warehouse.Row, hidden int, err error) {
	allowed, err := s.stitching(ctx, ws)
	if err != nil {
		return nil, 0, err
	}
	identities, err := s.deps.Store.Contacts.Identities(ctx, ws, one.ID)
	if err != nil {
		return nil, 0, err
	}
	seen := map[string]bool{}
	for _, identity := range identities {
		if identity.Kind == contact.ByAddress {
			continue
		}
		found, err := s.measuring.warehouse.Person(ctx, event.Workspace(ws), warehouse.Who{ID: identity.Value})
		if err != nil {
			return nil, 0, err
		}
		for _, row := range found {
			if seen[row.MessageID] {
				continue
			}
			seen[row.MessageID] = true
			if !allowed.may() && row.UserID == "" && row.At < one.KnownSince() {
				hidden++
				continue
			}
			rows = append(rows, row)
		}
	}
	return rows, hidden, nil
}
