package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
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
	huma.Register(api, huma.Operation{
		OperationID: "list-views", Method: http.MethodGet, Path: "/api/workspaces/{ws}/views",
		Summary: "List the read-only pages", Tags: tags,
	}, func(ctx context.Context, in *struct{ InWorkspace }) (*struct{ Body ViewsReply }, error) {
		reply, err := s.listViews(ctx, in.Workspace)
		return &struct{ Body ViewsReply }{reply}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "create-view", Method: http.MethodPost, Path: "/api/workspaces/{ws}/views",
		Summary: "Make a read-only page to show", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Body NewView
	}) (*struct{ Body ViewMade }, error) {
		made, err := s.createView(ctx, in.Workspace, in.Body.Days)
		return &struct{ Body ViewMade }{made}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "delete-view", Method: http.MethodDelete, Path: "/api/workspaces/{ws}/views/{id}",
		Summary: "Close a read-only page", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		ID string `path:"id" maxLength:"80"`
	}) (*struct{}, error) {
		return nil, s.deleteView(ctx, in.Workspace, in.ID)
	})
	registerCached(api, huma.Operation{
		OperationID: "get-view", Method: http.MethodGet, Path: "/api/views/{token}",
		Summary: "The map of a read-only page", Tags: tags,
	}, MapReply{}, s.viewBytes)
}
