package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
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
}

// CompareReply is what changed between two versions.
type CompareReply struct {
	Changes []ChangeOfModel `json:"changes"`
}

// ChangeOfModel is one difference between two versions.
type ChangeOfModel struct {
	Kind      string  `json:"kind"`
	Indicator *string `json:"indicator"`
	Field     string  `json:"field"`
	Before    *string `json:"before"`
	After     *string `json:"after"`
	Sentence  string  `json:"sentence"`
}

func (s *Server) registerVersions(api huma.API) {
	tags := []string{"versions"}
	huma.Register(api, huma.Operation{
		OperationID: "list-versions", Method: http.MethodGet, Path: "/api/workspaces/{ws}/versions",
		Summary: "List the saved versions of the model", Tags: tags,
	}, func(ctx context.Context, in *struct{ InWorkspace }) (*struct{ Body VersionsReply }, error) {
		reply, err := s.listVersions(ctx, in.Workspace)
		return &struct{ Body VersionsReply }{reply}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "compare-versions", Method: http.MethodGet, Path: "/api/workspaces/{ws}/versions/compare",
		Summary: "Compare two versions", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
		Old int `query:"old" required:"true" minimum:"1"`
		New int `query:"new" required:"true" minimum:"1"`
	}) (*struct{ Body CompareReply }, error) {
		reply, err := s.compareVersions(ctx, in.Workspace, in.Old, in.New, in.words())
		return &struct{ Body CompareReply }{reply}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "restore-version", Method: http.MethodPost, Path: "/api/workspaces/{ws}/versions/{n}/restore",
		Summary: "Go back: store an old version as the newest", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
		Number int `path:"n" minimum:"1"`
	}) (*struct{ Body VersionMade }, error) {
		version, err := s.restoreVersion(ctx, in.Workspace, in.Number, in.words())
		return &struct{ Body VersionMade }{VersionMade{Version: version}}, err
	})
}
