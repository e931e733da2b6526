package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// MeasureState is what the screens of the web's numbers start from: which day it is, and
// whether there is anything to show.
type MeasureState struct {
	ReportHead
	Collecting Collecting `json:"collecting"`
}

func (s *Server) registerMeasureState(api huma.API) {
	s.registerMeasureProgress(api)
	front.Handle(api, huma.Operation{
		OperationID: "get-measure-state", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/state",
		Summary: "Which day it is, and whether events come in", Tags: []string{"measure"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (MeasureState, error) {
		a, err := s.ask(ctx, in.Workspace, MeasuredSpan{}, in.Words())
		if err != nil {
			return MeasureState{}, err
		}
		collecting, err := a.collecting(ctx)
		return MeasureState{ReportHead: a.head(), Collecting: collecting}, err
	})
}

// collecting looks for the newest event there is.
func (a asked) collecting(ctx context.Context) (Collecting, error) {
	received, found, err := a.reader.Newest(ctx, warehouse.Scope{Workspace: a.scope.Workspace, Span: longest(a.today + 1)})
	if err != nil || !found {
		return Collecting{State: "none"}, err
	}
	last := int64(received)
	return Collecting{State: "some", Last: &last}, nil
}
