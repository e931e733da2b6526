package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// ReviewReply is everything that makes the goal worse than it could be, the most at
// stake first.
type ReviewReply struct {
	AsOf     series.Day    `json:"as_of" format:"date"`
	Evidence string        `json:"evidence" enum:"ready,computing" doc:"computing: the links are still being measured; ask again"`
	KGI      LeversKGI     `json:"kgi"`
	Findings []FindingCard `json:"findings" doc:"muted ones too"`
}

// FindingCard is one finding as the screen shows it.
type FindingCard struct {
	insight.ReviewFinding
	Name  string `json:"name" doc:"of the indicator it is about; empty for the model as a whole"`
	Muted *Muted `json:"muted"`
}

// Muted is why a finding rests.
type Muted struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	On     time.Time `json:"on"`
}

// MuteRequest puts a finding to rest.
type MuteRequest struct {
	Key    string `json:"key" minLength:"1" maxLength:"300" doc:"of the finding"`
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
	By     string `json:"by,omitempty" maxLength:"100"`
}

func (s *Server) registerReview(api huma.API) {
	tags := []string{"ask"}
	front.Handle(api, huma.Operation{
		OperationID: "get-review", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/review",
		Summary: "All findings, the most at stake first", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
	}) (ReviewReply, error) {
		return s.review(ctx, in.Workspace, in.At, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "mute-finding", Metadata: front.Needs(access.Try), Method: http.MethodPost, Path: "/api/workspaces/{ws}/review/mute",
		Summary: "Put a finding to rest, with a reason", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body MuteRequest
	}) error {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return err
		}
		reason := strings.TrimSpace(in.Body.Reason)
		if reason == "" {
			return front.BadRequest("body.reason", words.T("休ませる理由を書いてください。", "Please say why it may rest."))
		}
		return s.deps.Store.MutedFindings.Mute(ctx, ws.ID, in.Body.Key, reason, front.SignedBy(ctx, in.Body.By))
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "unmute-finding", Metadata: front.Needs(access.Try), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/review/mute",
		Summary: "Bring a finding back", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Key string `query:"key" required:"true" maxLength:"300" doc:"of the finding"`
	}) error {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return err
		}
		return s.deps.Store.MutedFindings.Unmute(ctx, ws.ID, in.Key)
	})
}

func (s *Server) review(ctx context.Context, slug string, at front.At, lang words.Lang) (ReviewReply, error) {
	b, opt, err := s.lookedWithin(ctx, slug, at, lang, s.boards.ground.patience)
	if err != nil {
		return ReviewReply{}, err
	}
	muted, err := s.deps.Store.MutedFindings.List(ctx, b.scope.workspace)
	if err != nil {
		return ReviewReply{}, err
	}
	rests := map[string]*Muted{}
	for _, m := range muted {
		rests[m.Finding] = &Muted{Reason: m.Reason, By: m.Author, On: m.CreatedAt}
	}
	return waitedFor(ctx, opt, func(opt insight.Options) (ReviewReply, error) {
		v := insight.NewView(b.fresh(), opt) // beside the map: looking into every step takes a while
		kgi := b.model.KGI()
		reply := ReviewReply{
			AsOf: opt.AsOf, Evidence: evidenceState(opt), Findings: []FindingCard{},
			KGI: LeversKGI{ID: kgi.ID, Name: kgi.Name, Unit: kgi.Unit, Target: targetView(v.Status().Reading(kgi.ID).Goal)},
		}
		for _, f := range v.Review() {
			card := FindingCard{ReviewFinding: f, Muted: rests[f.Key]}
			if f.Indicator != nil {
				card.Name = b.model.Indicator(*f.Indicator).Name
			}
			reply.Findings = append(reply.Findings, card)
		}
		return reply, nil
	})
}
