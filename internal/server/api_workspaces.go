package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// WorkspacesReply lists the workspaces, the oldest first.
type WorkspacesReply struct {
	Workspaces []WorkspaceView `json:"workspaces"`
}

// WorkspaceView is one team's place: a model and its data.
type WorkspaceView struct {
	Slug      string    `json:"slug"`
	Name      string    `json:"name"`
	Demo      bool      `json:"demo"`
	UpdatedAt time.Time `json:"updated_at"`
	Role      string    `json:"role" enum:"owner,editor,member,viewer,guest" doc:"what one is there; an API key does what its scopes say"`
	Export    bool      `json:"export" doc:"whether one may take numbers out as files"`
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
	front.Handle(api, huma.Operation{
		OperationID: "list-workspaces", Metadata: front.Needs(access.Browse), Method: http.MethodGet, Path: "/api/workspaces",
		Summary: "List the workspaces", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (WorkspacesReply, error) {
		return s.listWorkspaces(ctx)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-workspace", Metadata: front.Needs(access.Found), Method: http.MethodPost, Path: "/api/workspaces",
		Summary: "Make a workspace from a template", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.Lang
		Body NewWorkspace
	}) (WorkspaceMade, error) {
		return s.createWorkspace(ctx, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "update-workspace", Metadata: front.Needs(access.Manage), Method: http.MethodPatch, Path: "/api/workspaces/{ws}",
		Summary: "Rename a workspace", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body WorkspaceChange
	}) (WorkspaceView, error) {
		return s.renameWorkspace(ctx, in.Workspace, in.Body.Name)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-workspace", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: "/api/workspaces/{ws}",
		Summary: "Delete a workspace with its models and data", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) error {
		return s.deleteWorkspace(ctx, in.Workspace)
	})
}

func (s *Server) listWorkspaces(ctx context.Context) (WorkspacesReply, error) {
	all, err := s.belongings(ctx)
	if err != nil {
		return WorkspacesReply{}, err
	}
	reply := WorkspacesReply{Workspaces: make([]WorkspaceView, len(all))}
	for i, ws := range all {
		reply.Workspaces[i] = workspaceView(ws.Workspace, ws.role, ws.export)
	}
	return reply, nil
}

func workspaceView(ws store.Workspace, role access.Role, export bool) WorkspaceView {
	return WorkspaceView{Slug: ws.Slug, Name: ws.Name, Demo: ws.Demo, UpdatedAt: ws.UpdatedAt, Role: string(role), Export: export}
}

func (s *Server) createWorkspace(ctx context.Context, in NewWorkspace) (WorkspaceMade, error) {
	if in.Name = front.Clean(in.Name); in.Name == "" {
		return WorkspaceMade{}, noWorkspaceName()
	}
	seed, err := s.newSeed(in)
	if err != nil {
		return WorkspaceMade{}, err
	}
	seed.Author, seed.Random = front.AuthorOf(ctx), s.deps.Random
	if who := front.RequestOf(ctx).Who; who != nil {
		seed.Owner = who.User.ID
	}
	stem := slugOf(in.Name, in.Template)
	const mostOfOneName = 1000
	for n := 1; n <= mostOfOneName; n++ {
		seed.Slug = stem
		if n > 1 {
			seed.Slug = fmt.Sprintf("%s-%d", stem, n)
		}
		if _, err := s.deps.Store.Workspaces.BySlug(ctx, seed.Slug); err == nil {
			continue // asked first, because planting reads all the sample data
		}
		ws, err := Plant(ctx, s.deps.Store, seed)
		if _, taken := errors.AsType[store.ErrExists](err); taken {
			continue
		}
		if err != nil {
			return WorkspaceMade{}, err
		}
		s.writeKeysChanged()
		return WorkspaceMade{Slug: ws.Slug}, s.recordFounding(ctx, ws)
	}
	return WorkspaceMade{}, front.Refuse(http.StatusConflict, words.T(
		"同じ名前のワークスペースが多すぎます。別の名前にしてください。", "Too many workspaces have this name. Choose another."))
}

func (s *Server) renameWorkspace(ctx context.Context, slug, name string) (WorkspaceView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return WorkspaceView{}, err
	}
	if name = front.Clean(name); name == "" {
		return WorkspaceView{}, noWorkspaceName()
	}
	if err := s.deps.Store.Workspaces.Rename(ctx, ws.ID, name); err != nil {
		return WorkspaceView{}, err
	}
	ws, err = s.deps.Store.Workspaces.Get(ctx, ws.ID)
	return workspaceView(ws, front.RoleOf(ctx), front.RequestOf(ctx).May(access.Export)), err
}

func noWorkspaceName() error {
	return front.BadRequest("body.name", words.T("名前を入れてください。", "Give it a name."))
}

func (s *Server) deleteWorkspace(ctx context.Context, slug string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	defer s.writeKeysChanged()
	if err := s.deps.Store.Workspaces.Delete(ctx, ws.ID); err != nil {
		return err
	}
	front.RequestOf(ctx).Log.Info("workspace deleted", "workspace", ws.ID, "slug", ws.Slug, "by", actorOf(ctx))
	if s.measuring == nil {
		return nil
	}
	if err := s.measuring.warehouse.DropWorkspace(ctx, event.Workspace(ws.ID)); err != nil {
		return fmt.Errorf("delete the events of %q: %w", ws.Slug, err)
	}
	return nil
}
