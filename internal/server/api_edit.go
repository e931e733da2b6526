package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// EditRequest changes the model by steps, keeping the file's comments and order.
type EditRequest struct {
	BaseVersion int         `json:"base_version" minimum:"1"`
	Edits       []goal.Edit `json:"edits" minItems:"1" maxItems:"200"`
	DryRun      bool        `json:"dry_run,omitempty" doc:"show the outcome, store nothing"`
	Note        string      `json:"note,omitempty" maxLength:"500"`
	front.BodyLang
}

// EditReply is the model after the edits; version is 0 on a dry run or when the
// outcome has problems.
type EditReply struct {
	Version int    `json:"version"`
	YAML    string `json:"yaml"`
	ModelCheck
}

func (s *Server) registerEdit(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "edit-model", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: "/api/workspaces/{ws}/model/edit",
		Summary: "Change the model by steps", Tags: []string{"model"}, MaxBodyBytes: front.MaxModelBytes,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body EditRequest
	}) (EditReply, error) {
		return s.editModel(ctx, in.Workspace, in.Body, in.Body.Over(ctx, in.Lang))
	})
}

func (s *Server) editModel(ctx context.Context, slug string, in EditRequest, lang words.Lang) (EditReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return EditReply{}, err
	}
	base, err := s.newest(ctx, ws.ID, in.BaseVersion)
	if err != nil {
		return EditReply{}, err
	}
	edited, err := goal.ApplyEdits([]byte(base.YAML), in.Edits)
	if err != nil {
		return EditReply{}, err
	}
	reply := EditReply{YAML: string(edited)}
	reply.ModelCheck, err = s.check(ctx, ws, reply.YAML, lang)
	if err != nil || !reply.OK || in.DryRun {
		return reply, err
	}
	if reply.YAML == base.YAML {
		reply.Version = base.Version
		return reply, nil
	}
	note := saveNote(in.Note, editNote(base.model, in.Edits), base.model.Locale)
	reply.Version, err = s.saveVersion(ctx, ws.ID, base, reply.YAML, note)
	return reply, err
}

// editNote says what was edited, by the names people know.
func editNote(m *goal.Model, edits []goal.Edit) words.Text {
	name := edits[0].ID
	if name == "" {
		name = edits[0].From
	}
	if ind := m.Indicator(name); ind != nil {
		name = ind.Name
	}
	if name == "" {
		return words.T("モデルを編集", "Edited the model")
	}
	if len(edits) == 1 {
		return words.T("「%s」を編集", "Edited “%s”", name)
	}
	return words.T("「%s」ほか%dか所を編集", "Edited “%s” and %d more", name, len(edits)-1)
}
