package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// ViewsReply lists the read-only pages that still work.
type ViewsReply struct {
	Views []ViewView `json:"views"`
}

// ViewView is one read-only page, without the secret in its address.
type ViewView struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// NewView asks for a read-only page.
type NewView struct {
	Days int `json:"days,omitempty" minimum:"1" maximum:"366" default:"30" doc:"how long it works"`
}

// ViewMade is the page's address; it is told once and only its fingerprint kept.
type ViewMade struct {
	ID        string    `json:"id"`
	Token     string    `json:"token"`
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
}

// ViewRequest asks for the map of a read-only page.
type ViewRequest struct {
	Lang
	Cached
	Token string `path:"token" maxLength:"100"`
}

func (s *Server) registerViews(api huma.API) {
	tags := []string{"views"}
	handle(api, huma.Operation{
		OperationID: "list-views", Metadata: needs(access.ShareOut), Method: http.MethodGet, Path: "/api/workspaces/{ws}/views",
		Summary: "List the read-only pages", Tags: tags,
	}, func(ctx context.Context, in *struct{ InWorkspace }) (ViewsReply, error) {
		return s.listViews(ctx, in.Workspace)
	})
	handle(api, huma.Operation{
		OperationID: "create-view", Metadata: needs(access.ShareOut), Method: http.MethodPost, Path: "/api/workspaces/{ws}/views",
		Summary: "Make a read-only page to show", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Body NewView
	}) (ViewMade, error) {
		return s.createView(ctx, in.Workspace, in.Body.Days)
	})
	handleNothing(api, huma.Operation{
		OperationID: "delete-view", Metadata: needs(access.ShareOut), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/views/{id}",
		Summary: "Close a read-only page", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		ID string `path:"id" maxLength:"80"`
	}) error {
		return s.deleteView(ctx, in.Workspace, in.ID)
	})
	registerCached(api, huma.Operation{
		OperationID: "get-view", Metadata: needs(access.Anybody), Method: http.MethodGet, Path: "/api/views/{token}",
		Summary: "The map of a read-only page", Tags: tags,
	}, MapReply{}, s.viewBytes)
}

func (s *Server) listViews(ctx context.Context, slug string) (ViewsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ViewsReply{}, err
	}
	list, err := s.deps.Store.Views.List(ctx, ws.ID)
	if err != nil {
		return ViewsReply{}, err
	}
	reply := ViewsReply{Views: []ViewView{}}
	now := s.deps.Clock()
	for _, v := range list {
		if v.RevokedAt.IsZero() && now.Before(v.ExpiresAt) {
			reply.Views = append(reply.Views, ViewView{ID: string(v.ID), CreatedAt: v.CreatedAt, ExpiresAt: v.ExpiresAt})
		}
	}
	return reply, nil
}

func (s *Server) createView(ctx context.Context, slug string, days int) (ViewMade, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ViewMade{}, err
	}
	view, token, err := s.deps.Store.Views.Create(ctx, ws.ID, store.NewView{
		ExpiresAt: s.deps.Clock().AddDate(0, 0, days),
	})
	if err != nil {
		return ViewMade{}, err
	}
	return ViewMade{ID: string(view.ID), Token: token, URL: "/view/" + token, ExpiresAt: view.ExpiresAt}, nil
}

func (s *Server) deleteView(ctx context.Context, slug, id string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	if !isName(id) {
		return store.ErrNotFound{What: "view", Name: id}
	}
	return s.deps.Store.Views.Revoke(ctx, ws.ID, store.ViewID(id))
}

// viewBytes is the map behind a token: always the newest, without anything that
// edits it, and nothing of any other workspace.
func (s *Server) viewBytes(ctx context.Context, in ViewRequest) (*packed, error) {
	view, err := s.deps.Store.Views.Resolve(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	ws, err := s.deps.Store.Workspaces.Get(ctx, view.Workspace)
	if err != nil {
		return nil, err
	}
	return s.boards.mapOf(ctx, ws, lookAt{version: view.Version, lang: in.words(), readOnly: true})
}
