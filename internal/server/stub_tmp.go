package server

import (
	"context"
	"errors"

	"github.com/shirube/shirube/internal/words"
)

var errStoreNotFound, errStoreConflict = errors.New("nf"), errors.New("c")

const maxModelBytes = 1 << 20

type Deps struct {
	Version, Commit string
	Demo            bool
}
type Server struct{ deps Deps }

func (s *Server) ready(context.Context) error                                         { return nil }
func (s *Server) goals(context.Context, words.Lang) (r GoalsReply, err error)         { return }
func (s *Server) listWorkspaces(context.Context) (r WorkspacesReply, err error)       { return }
func (s *Server) createWorkspace(context.Context, NewWorkspace) (r string, err error) { return }
func (s *Server) renameWorkspace(context.Context, string, string) (r WorkspaceView, err error) {
	return
}
func (s *Server) deleteWorkspace(context.Context, string) (err error)                     { return }
func (s *Server) listTemplates(words.Lang) (r TemplatesReply, err error)                  { return }
func (s *Server) mapBytes(context.Context, MapRequest) (r *packed, err error)             { return }
func (s *Server) indicatorBytes(context.Context, IndicatorRequest) (r *packed, err error) { return }
func (s *Server) viewBytes(context.Context, ViewRequest) (r *packed, err error)           { return }
func (s *Server) readModel(context.Context, string, int) (r ModelView, err error)         { return }
func (s *Server) checkModel(context.Context, string, string, words.Lang) (r ModelCheck, err error) {
	return
}
func (s *Server) saveModel(context.Context, string, ModelSave) (r int, err error) { return }
func (s *Server) editModel(context.Context, string, EditRequest, words.Lang) (r EditReply, err error) {
	return
}
func (s *Server) listVersions(context.Context, string) (r VersionsReply, err error) { return }
func (s *Server) compareVersions(context.Context, string, int, int, words.Lang) (r CompareReply, err error) {
	return
}
func (s *Server) restoreVersion(context.Context, string, int, words.Lang) (r int, err error)  { return }
func (s *Server) listSources(context.Context, string, words.Lang) (r SourcesReply, err error) { return }
func (s *Server) stageUpload(context.Context, string, string, string, Stream, words.Lang) (r UploadReply, err error) {
	return
}
func (s *Server) uploadProgress(context.Context, string, string) (r UploadProgress, err error) {
	return
}
func (s *Server) previewUpload(context.Context, string, string, string, words.Lang) (r UploadReply, err error) {
	return
}
func (s *Server) importUpload(context.Context, string, string, ImportRequest, words.Lang) (r ImportReply, err error) {
	return
}
func (s *Server) deleteUpload(context.Context, string, string) (err error)        { return }
func (s *Server) listViews(context.Context, string) (r ViewsReply, err error)     { return }
func (s *Server) createView(context.Context, string, int) (r ViewMade, err error) { return }
func (s *Server) deleteView(context.Context, string, string) (err error)          { return }
func (s *Server) whatIf(context.Context, string, At, []string, words.Lang) (r WhatIfReply, err error) {
	return
}
func (s *Server) explain(context.Context, string, At, string, string, string, words.Lang) (r ExplainReply, err error) {
	return
}
