package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/shirube/shirube/internal/series"
)

// WorkspacesReply lists the workspaces, the last changed first.
type WorkspacesReply struct {
	Workspaces []WorkspaceView `json:"workspaces"`
}

// WorkspaceView is one team's place: a model and its data.
type WorkspaceView struct {
	Slug      string    `json:"slug"`
	Name      string    `json:"name"`
	Demo      bool      `json:"demo"`
	UpdatedAt time.Time `json:"updated_at"`
}

// NewWorkspace asks for a workspace made from a template.
type NewWorkspace struct {
	Name     string  `json:"name" minLength:"1" maxLength:"200"`
	Template string  `json:"template" maxLength:"80" doc:"key of a template; empty for a model with a KGI only"`
	Sample   bool    `json:"sample" required:"false" doc:"bring the template's sample data along"`
	Locale   string  `json:"locale,omitempty" enum:"ja,en" default:"ja"`
	KGI      *NewKGI `json:"kgi,omitempty" doc:"what the start page asked about the KGI"`
}

// NewKGI is the goal in the team's own words and numbers.
type NewKGI struct {
	Name   string      `json:"name,omitempty" maxLength:"200"`
	Unit   string      `json:"unit,omitempty" maxLength:"40"`
	Owner  string      `json:"owner,omitempty" maxLength:"80"`
	Serves string      `json:"serves,omitempty" maxLength:"200"`
	Amount *float64    `json:"amount,omitempty" doc:"the number to reach; ratios as ratios"`
	Kind   string      `json:"kind,omitempty" enum:"total,growth,hold,reach" doc:"the template's kind where absent"`
	Per    string      `json:"per,omitempty" enum:"day,week,month,quarter,year"`
	From   *series.Day `json:"from,omitempty" format:"date"`
	By     *series.Day `json:"by,omitempty" format:"date"`
}

// WorkspaceMade names the new workspace.
type WorkspaceMade struct {
	Slug string `json:"slug"`
}

// WorkspaceChange renames a workspace.
type WorkspaceChange struct {
	Name string `json:"name" minLength:"1" maxLength:"200"`
}

func (s *Server) registerWorkspaces(api huma.API) {
	tags := []string{"workspaces"}
	huma.Register(api, huma.Operation{
		OperationID: "list-workspaces", Method: http.MethodGet, Path: "/api/workspaces",
		Summary: "List the workspaces", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (*struct{ Body WorkspacesReply }, error) {
		reply, err := s.listWorkspaces(ctx)
		return &struct{ Body WorkspacesReply }{reply}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "create-workspace", Method: http.MethodPost, Path: "/api/workspaces",
		Summary: "Make a workspace from a template", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		Lang
		Body NewWorkspace
	}) (*struct{ Body WorkspaceMade }, error) {
		slug, err := s.createWorkspace(ctx, in.Body)
		return &struct{ Body WorkspaceMade }{WorkspaceMade{Slug: slug}}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "update-workspace", Method: http.MethodPatch, Path: "/api/workspaces/{ws}",
		Summary: "Rename a workspace", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Body WorkspaceChange
	}) (*struct{ Body WorkspaceView }, error) {
		view, err := s.renameWorkspace(ctx, in.Workspace, in.Body.Name)
		return &struct{ Body WorkspaceView }{view}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "delete-workspace", Method: http.MethodDelete, Path: "/api/workspaces/{ws}",
		Summary: "Delete a workspace with its models and data", Tags: tags,
	}, func(ctx context.Context, in *struct{ InWorkspace }) (*struct{}, error) {
		return nil, s.deleteWorkspace(ctx, in.Workspace)
	})
}
