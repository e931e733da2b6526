package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
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
	front.BodyLang
}

// ModelCheck is what is wrong with a model file and what could be better.
type ModelCheck struct {
	OK       bool                `json:"ok" doc:"it can be read; findings may still be there"`
	Problems []front.ProblemView `json:"problems"`
	Findings []FindingView       `json:"findings"`
	Smart    []SmartLine         `json:"smart"`
	Lapses   *Lapses             `json:"lapses" doc:"signatures that saving this would end; null for none"`
}

// Lapses is what saving another goal does to the agreement on the one there is.
type Lapses struct {
	Signatures int      `json:"signatures" doc:"how many would end"`
	Sentence   string   `json:"sentence" doc:"whose"`
	Changes    []string `json:"changes" doc:"what of the goal becomes another"`
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
	front.Handle(api, huma.Operation{
		OperationID: "get-model", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/model",
		Summary: "Read the model file", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Version int `query:"version" minimum:"0"`
	}) (ModelView, error) {
		return s.readModel(ctx, in.Workspace, in.Version)
	})
	front.Handle(api, huma.Operation{
		OperationID: "check-model", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodPost, Path: "/api/workspaces/{ws}/model/check",
		Summary: "Check a model file without storing it", Tags: tags, MaxBodyBytes: front.MaxModelBytes,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ModelText
	}) (ModelCheck, error) {
		return s.checkModel(ctx, in.Workspace, in.Body.YAML, in.Body.Over(ctx, in.Lang))
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-model", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: "/api/workspaces/{ws}/model",
		Summary: "Store a model file as the next version", Tags: tags, MaxBodyBytes: front.MaxModelBytes,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ModelSave
	}) (VersionMade, error) {
		return s.saveModel(ctx, in.Workspace, in.Body)
	})
}

func (s *Server) readModel(ctx context.Context, slug string, version int) (ModelView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ModelView{}, err
	}
	list, err := s.versions(ctx, ws.ID)
	if err != nil {
		return ModelView{}, err
	}
	if version == 0 {
		version = list[0].Version
	}
	// Not the parsed model: a text that can no longer be read must still be
	// shown, to be mended.
	saved, err := s.deps.Store.ModelVersions.Get(ctx, ws.ID, version)
	if err != nil {
		return ModelView{}, err
	}
	view := ModelView{
		Version: saved.Version, Newest: saved.Version == list[0].Version, YAML: saved.YAML, Name: ws.Name,
		Note: saved.Note, Author: saved.Author, CreatedAt: saved.CreatedAt,
	}
	if model, err := goal.Parse(modelFile, []byte(saved.YAML)); err == nil {
		view.Name = model.Name
	}
	return view, nil
}

func (s *Server) checkModel(ctx context.Context, slug, yaml string, lang words.Lang) (ModelCheck, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ModelCheck{}, err
	}
	return s.check(ctx, ws, yaml, lang)
}

// check reads a model text and looks at it with the workspace's data.
func (s *Server) check(ctx context.Context, ws store.Workspace, yaml string, lang words.Lang) (ModelCheck, error) {
	reply := ModelCheck{Problems: []front.ProblemView{}, Findings: []FindingView{}, Smart: []SmartLine{}}
	model, err := goal.Parse(modelFile, []byte(yaml))
	if problems, ok := words.AsProblems(err); ok {
		reply.Problems = front.ProblemViews(problems, lang)
		return reply, nil
	}
	if err != nil {
		return reply, err
	}
	b, err := s.boards.trial(ctx, ws, model)
	if err != nil {
		return reply, err
	}
	reply.OK = true
	if reply.Findings, reply.Smart, err = b.judge(ctx, s.deps.Clock(), lang); err != nil {
		return reply, err
	}
	reply.Lapses, err = s.lapses(ctx, ws.ID, model, lang)
	return reply, err
}

func (s *Server) saveModel(ctx context.Context, slug string, save ModelSave) (VersionMade, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return VersionMade{}, err
	}
	base, err := s.newest(ctx, ws.ID, save.BaseVersion)
	if err != nil {
		return VersionMade{}, err
	}
	if save.YAML == base.YAML {
		return VersionMade{Version: base.Version}, nil // nothing changed, nothing to save
	}
	note := saveNote(save.Note, words.T("ファイルを編集", "Edited the file"), base.model.Locale)
	version, err := s.saveVersion(ctx, ws.ID, base, save.YAML, note)
	return VersionMade{Version: version}, err
}
