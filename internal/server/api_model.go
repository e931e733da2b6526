package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// ModelView is one version of the model file.
type ModelView struct {
	Version   int       `json:"version"`
	Newest    bool      `json:"newest"`
	YAML      string    `json:"yaml"`
	Name      string    `json:"name"`
	Note      string    `json:"note"`
	Author    string    `json:"author"`
	CreatedAt time.Time `json:"created_at"`
}

// ModelText is a model file to check, without storing it.
type ModelText struct {
	YAML string `json:"yaml" maxLength:"1000000"`
	BodyLang
}

// ModelCheck is what is wrong with a model file and what could be better.
type ModelCheck struct {
	OK       bool          `json:"ok" doc:"it can be read; findings may still be there"`
	Problems []ProblemView `json:"problems"`
	Findings []FindingView `json:"findings"`
	Smart    []SmartLine   `json:"smart"`
}

// ProblemView is bad input: where, what was found and the mend.
type ProblemView struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
	Mend    string `json:"mend"`
}

// ModelSave stores a model file as the next version.
type ModelSave struct {
	YAML        string `json:"yaml" maxLength:"1000000"`
	BaseVersion int    `json:"base_version" minimum:"1" doc:"the version it was made from; a conflict when it is not the newest"`
	Note        string `json:"note,omitempty" maxLength:"500"`
}

// VersionMade names the new version.
type VersionMade struct {
	Version int `json:"version"`
}

func (s *Server) registerModel(api huma.API) {
	tags := []string{"model"}
	huma.Register(api, huma.Operation{
		OperationID: "get-model", Method: http.MethodGet, Path: "/api/workspaces/{ws}/model",
		Summary: "Read the model file", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Version int `query:"version" minimum:"0"`
	}) (*struct{ Body ModelView }, error) {
		view, err := s.readModel(ctx, in.Workspace, in.Version)
		return &struct{ Body ModelView }{view}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "check-model", Method: http.MethodPost, Path: "/api/workspaces/{ws}/model/check",
		Summary: "Check a model file without storing it", Tags: tags, MaxBodyBytes: maxModelBytes,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
		Body ModelText
	}) (*struct{ Body ModelCheck }, error) {
		check, err := s.checkModel(ctx, in.Workspace, in.Body.YAML, in.Body.over(ctx, in.Lang))
		return &struct{ Body ModelCheck }{check}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "put-model", Method: http.MethodPut, Path: "/api/workspaces/{ws}/model",
		Summary: "Store a model file as the next version", Tags: tags, MaxBodyBytes: maxModelBytes,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
		Body ModelSave
	}) (*struct{ Body VersionMade }, error) {
		version, err := s.saveModel(ctx, in.Workspace, in.Body)
		return &struct{ Body VersionMade }{VersionMade{Version: version}}, err
	})
}
