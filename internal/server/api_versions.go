package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// VersionsReply lists the saved versions, the newest first.
type VersionsReply struct {
	Versions []VersionView `json:"versions"`
}

// VersionView is one saved version.
type VersionView struct {
	Version   int       `json:"version"`
	Note      string    `json:"note"`
	Author    string    `json:"author"`
	CreatedAt time.Time `json:"created_at"`
	Current   bool      `json:"current"`
	// Review is where it was settled.
	Review *VersionReview `json:"review" doc:"the review that made it; null where somebody edited the map"`
}

// VersionReview names the review a version comes from.
type VersionReview struct {
	ID     string     `json:"id"`
	HeldOn series.Day `json:"held_on" format:"date"`
	Why    string     `json:"why"`
}

// CompareReply is what changed between two versions.
type CompareReply struct {
	Changes []ChangeOfModel `json:"changes"`
}

// ChangeOfModel is one difference between two versions.
type ChangeOfModel struct {
	Kind      string  `json:"kind" enum:"added,removed,changed"`
	What      string  `json:"what" doc:"model, indicator, influence, source or event"`
	Indicator *string `json:"indicator" doc:"id of the indicator or the source"`
	Field     *string `json:"field"`
	Before    *string `json:"before"`
	After     *string `json:"after"`
	Sentence  string  `json:"sentence"`
}

func (s *Server) registerVersions(api huma.API) {
	tags := []string{"versions"}
	front.Handle(api, huma.Operation{
		OperationID: "list-versions", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/versions",
		Summary: "List the saved versions of the model", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (VersionsReply, error) {
		return s.listVersions(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "compare-versions", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/versions/compare",
		Summary: "Compare two versions", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Old int `query:"old" required:"true" minimum:"1"`
		New int `query:"new" required:"true" minimum:"1"`
	}) (CompareReply, error) {
		return s.compareVersions(ctx, in.Workspace, in.Old, in.New, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "restore-version", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: "/api/workspaces/{ws}/versions/{n}/restore",
		Summary: "Go back: store an old version as the newest", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Number int `path:"n" minimum:"1"`
	}) (VersionMade, error) {
		return s.restoreVersion(ctx, in.Workspace, in.Number)
	})
}

func (s *Server) listVersions(ctx context.Context, slug string) (VersionsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return VersionsReply{}, err
	}
	list, err := s.versions(ctx, ws.ID)
	if err != nil {
		return VersionsReply{}, err
	}
	decided, err := s.deps.Store.Reviews.Decisions(ctx, ws.ID, store.DecisionQuery{Changed: true})
	if err != nil {
		return VersionsReply{}, err
	}
	reply := VersionsReply{Versions: make([]VersionView, len(list))}
	for i, v := range list {
		reply.Versions[i] = VersionView{
			Version: v.Version, Note: v.Note, Author: v.Author, CreatedAt: v.CreatedAt, Current: i == 0,
		}
		for _, d := range decided {
			if d.Version == v.Version {
				reply.Versions[i].Review = &VersionReview{ID: d.Review, HeldOn: d.HeldOn, Why: d.Why}
			}
		}
	}
	return reply, nil
}

func (s *Server) compareVersions(ctx context.Context, slug string, before, after int, lang words.Lang) (CompareReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return CompareReply{}, err
	}
	old, err := s.model(ctx, ws.ID, before)
	if err != nil {
		return CompareReply{}, err
	}
	now, err := s.model(ctx, ws.ID, after)
	if err != nil {
		return CompareReply{}, err
	}
	changes := goal.Diff(old.model, now.model)
	reply := CompareReply{Changes: make([]ChangeOfModel, len(changes))}
	for i, c := range changes {
		reply.Changes[i] = ChangeOfModel{
			Kind: string(c.Kind), What: c.What, Indicator: front.OrNull(c.Indicator), Field: front.OrNull(c.Field),
			Before: front.OrNull(c.Before), After: front.OrNull(c.After), Sentence: c.Sentence.In(lang),
		}
	}
	return reply, nil
}

// restoreVersion stores an old text as the newest version: nothing is lost, and
// going back can be undone in the same way.
func (s *Server) restoreVersion(ctx context.Context, slug string, number int) (VersionMade, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return VersionMade{}, err
	}
	list, err := s.versions(ctx, ws.ID)
	if err != nil {
		return VersionMade{}, err
	}
	if number == list[0].Version {
		return VersionMade{Version: number}, nil
	}
	// Going back must be possible above all where the newest cannot be read.
	newest, err := s.modelOrEmpty(ctx, ws.ID, list[0].Version)
	if err != nil {
		return VersionMade{}, err
	}
	old, err := s.model(ctx, ws.ID, number)
	if err != nil {
		return VersionMade{}, err
	}
	note := words.T("第%d版に戻しました", "Went back to version %d", number).In(newest.model.Locale)
	version, err := s.saveVersion(ctx, ws.ID, newest, old.YAML, note)
	return VersionMade{Version: version}, err
}
